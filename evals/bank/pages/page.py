"""A run of the question bank as one HTML page that needs no script and loads nothing. Pure."""

from collections.abc import Iterator
from typing import Any

from evals.bank.pages.charts import Bar, bar_chart
from evals.bank.pages.contents import (
    INTERVALS,
    Number,
    Report,
    abstaining,
    answered_wrongly,
    changes,
    changes_text,
    columns_of,
    counts,
    coverage,
    elsewhere,
    figures,
    made_with,
    outcome,
    share_of,
    unanswered_wrongly,
    worst_first,
)
from evals.bank.pages.elements import Html, element, joined, listed, table
from evals.bank.pages.questions import question_block, unanswerable_block
from evals.bank.pages.style import STYLE
from evals.bank.totals import page_column
from evals.bank.words import COLUMN_WORDS

_OPEN = 3  # of a list, the first
_SECTIONS = {"made": "What was measured", "figures": "Figures", "charts": "By level and topic",
             "unanswerable": "Questions without an answer", "questions": "Questions, worst first"}  # fmt: skip


def as_html(report: Report, name: str) -> str:
    """The whole page.

    Args:
        report: of :func:`evals.bank.totals.bank_report`, with "baseline" and "adjudicated" where they were asked for.
        name: of the run.
    """
    title = f"Answers to the question bank: {name}"
    links = listed(element("a", words, href=f"#{anchor}") for anchor, words in _SECTIONS.items())
    body = element(
        "main",
        element("h1", title),
        element("p", counts(report)),
        element("nav", links, aria_label="Sections"),
        _section("made", *_made_with(report)),
        _section("figures", *_figures(report)),
        _section("charts", *_charts(report)),
        _section("unanswerable", *_abstention(report)),
        _section("questions", *_questions(report)),
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"{element('title', title)}\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _section(anchor: str, *inside: Html) -> Html:
    return element("section", element("h2", _SECTIONS[anchor], id=anchor), *inside, aria_labelledby=anchor)


def _made_with(report: Report) -> Iterator[Html]:
    pairs = [joined((element("dt", name), element("dd", value))) for name, value in made_with(report)]
    yield element("dl", *pairs)


def _heads(report: Report) -> list[str]:
    return [COLUMN_WORDS[column] for column in columns_of(report)]


def _figures(report: Report) -> Iterator[Html]:
    rows = [(_under(figure.name, figure.meaning), *map(_number, figure.cells)) for figure in figures(report)]
    yield table(f"All questions. {INTERVALS}", ("Figure", *_heads(report)), rows)
    if "baseline" in report:
        links = _links(report)
        yield element("h3", "Beside the earlier run")
        differences = [
            (c.column, _number(c.difference), str(c.compared), joined(_separated([links.get(i, i) for i in c.worse])))
            for c in changes(report)
        ]
        yield table(
            f"Must points stated, this run less the earlier one. {INTERVALS}",
            ("Column", "Difference", "Questions compared", "Got worse"),
            differences,
        )
        yield element("p", changes_text(report))


def _under(text: str, small: str) -> Html:
    """Smaller words below others, where there are any."""
    return joined((text, element("small", small) if small else ""))


def _number(number: Number) -> Html:
    return _under(number.value, number.beside)


def _separated(parts: list[str]) -> Iterator[str]:
    for number, part in enumerate(parts):
        yield from (", ", part) if number else (part,)
    if not parts:
        yield "none"


def _links(report: Report) -> dict[str, Html]:
    """A link to each question, by its id."""
    return {
        row["id"]: element("a", row["id"], href=f"#question-{number}")
        for number, row in enumerate(worst_first(report), start=1)
    }


def _charts(report: Report) -> Iterator[Html]:
    columns = columns_of(report)
    for by in ("level", "topic"):
        shares = coverage(report, by)
        yield element("h3", f"Must points stated, by {by}")
        yield element("div", *(_chart(shares, by, column) for column in columns), class_="charts")
        rows = [(value, *(_number(share_of(of.get(column))) for column in columns)) for value, of in shares.items()]
        numbers = table(f"Must points stated, by {by}. {INTERVALS}", (by.capitalize(), *_heads(report)), rows)
        yield element("details", element("summary", "The same as a table"), numbers)


def _chart(shares: dict[str, dict[str, dict[str, Any]]], by: str, column: str) -> Html:
    bars = []
    for value, of in shares.items():
        entry = of.get(column)
        bars.append(_bar(value, entry) if entry else Bar(value))
    words = COLUMN_WORDS[column]
    drawn = bar_chart(f"Must points stated by {by}, {words}", bars, f"{by}-{column}")
    return element("figure", element("figcaption", words), drawn)


def _bar(label: str, entry: dict[str, Any]) -> Bar:
    low, high = entry["ci95"]
    return Bar(label, entry["must"], entry["n"], (low, high) if entry["n"] > 1 else None)


def _abstention(report: Report) -> Iterator[Html]:
    yield table(
        f"Leaving a question unanswered. {INTERVALS}",
        ("Figure", "Share"),
        [(n, _number(s)) for n, s in abstaining(report)],
    )
    yield element("h3", "Answered all the same")
    wrong = answered_wrongly(report)
    yield from (
        unanswerable_block(row, f"unanswerable-{n}", is_open=n <= _OPEN) for n, row in enumerate(wrong, start=1)
    )
    if not wrong:
        yield element("p", "None.")
    yield element("h3", "Left unanswered, though our notes tell the answer")
    links = _links(report)
    silent = unanswered_wrongly(report)
    yield (
        listed(joined((links[row["id"]], f" {row['question']}")) for row in silent) if silent else element("p", "None.")
    )


def _questions(report: Report) -> Iterator[Html]:
    column = page_column(report)
    rows = worst_first(report)
    if column is None:
        yield element("p", "No question was asked.")
        return
    yield element("p", f"The answers shown are those {COLUMN_WORDS[column]}.")
    links = _links(report)
    entries = [element("li", links[row["id"]], f" {outcome(row)}") for row in rows]
    yield element("nav", element("ol", *entries, class_="index"), aria_label="Index of questions")
    for number, row in enumerate(rows, start=1):
        others = elsewhere(report, row)
        yield question_block(row, f"question-{number}", others, is_open=number <= _OPEN)

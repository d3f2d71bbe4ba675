"""A run of the question bank as Markdown: what the HTML page says, with tables in place of charts. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evals.bank.pages.contents import (
    INTERVALS,
    Report,
    Said,
    abstaining,
    answered_wrongly,
    changes,
    changes_text,
    checked,
    columns_of,
    counts,
    coverage,
    elsewhere,
    figures,
    judged,
    made_with,
    outcome,
    place,
    said,
    share_of,
    suspicions,
    unanswered_wrongly,
    verdict,
    worst_first,
)
from evals.bank.runs import Row
from evals.bank.totals import page_column
from evals.bank.words import COLUMN_WORDS, POINT_WORDS
from evals.printing import shown

_MARKS = re.compile(r"([\\`*_\[\]|~$#])")
_BEGINS = re.compile(r"^([=>]|[-+](?=[\s-]|$)|\d+(?=[.)](\s|$)))")
_ANCHOR = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def as_markdown(report: Report, name: str) -> str:
    """The whole text.

    Args:
        report: of :func:`evals.bank.totals.bank_report`, with "baseline" and "adjudicated" where they were asked for.
        name: of the run.
    """
    blocks = [f"# Answers to the question bank: {plain(name)}", plain(counts(report))]
    for title, inside in (
        ("What was measured", _made_with(report)),
        ("Figures", _figures(report)),
        ("By level and topic", _coverage(report)),
        ("Questions without an answer", _abstention(report)),
        ("Questions, worst first", _questions(report)),
    ):
        blocks += [f"## {title}", *inside]
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """A text on one line that Markdown shows as it is: no markup, no HTML, no formula."""
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return _BEGINS.sub(_escaped_beginning, _MARKS.sub(r"\\\1", line))


def _escaped_beginning(found: re.Match[str]) -> str:
    sign = found[0]
    return f"{sign}\\" if sign.isdecimal() else f"\\{sign}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [[plain(head) for head in heads], ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return _table(heads, [[plain(str(cell)) for cell in row] for row in rows])


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items) or "None."


def _link(identity: str) -> str:
    """A link to a question's heading where its id is what renderers make of one."""
    return f"[{plain(identity)}](#{identity})" if _ANCHOR.fullmatch(identity) else plain(identity)


def _heads(report: Report) -> list[str]:
    return [COLUMN_WORDS[column] for column in columns_of(report)]


def _made_with(report: Report) -> Iterator[str]:
    yield _list(f"{plain(name)}: {plain(value)}" for name, value in made_with(report))


def _figures(report: Report) -> Iterator[str]:
    lines = list(figures(report))
    yield _plain_table(("Figure", *_heads(report)), [(figure.name, *figure.cells) for figure in lines])
    yield plain(INTERVALS)
    yield _list(f"{plain(figure.name)}: {plain(figure.meaning)}" for figure in lines if figure.meaning)
    if "baseline" in report:
        yield "### Beside the earlier run"
        rows = [
            (plain(c.column), plain(str(c.difference)), str(c.compared), ", ".join(map(_link, c.worse)) or "none")
            for c in changes(report)
        ]
        yield _table(("Column", "Difference in must points stated", "Questions compared", "Got worse"), rows)
        yield plain(changes_text(report))


def _coverage(report: Report) -> Iterator[str]:
    columns = columns_of(report)
    for by in ("level", "topic"):
        rows = [
            (value, *(share_of(of.get(column)) for column in columns)) for value, of in coverage(report, by).items()
        ]
        yield f"### Must points stated, by {by}"
        yield _plain_table((by.capitalize(), *_heads(report)), rows)


def _abstention(report: Report) -> Iterator[str]:
    yield _plain_table(("Figure", "Share"), abstaining(report))
    yield "### Answered all the same"
    wrong = answered_wrongly(report)
    for row in wrong:
        yield f"**{plain(row['id'])}** ({plain(row['why'])}): {plain(row['question'])}"
        yield from _error(row)
        yield from _answer(row)
    if not wrong:
        yield "None."
    yield "### Left unanswered, though our notes tell the answer"
    yield _list(f"{_link(row['id'])}: {plain(row['question'])}" for row in unanswered_wrongly(report))


def _questions(report: Report) -> Iterator[str]:
    column = page_column(report)
    if column is None:
        yield "No question was asked."
        return
    rows = worst_first(report)
    yield f"The answers shown are those {plain(COLUMN_WORDS[column])}."
    yield _list(f"{_link(row['id'])}: {plain(outcome(row))}" for row in rows)
    for row in rows:
        yield from _question(row, elsewhere(report, row))


def _question(row: Row, others: str) -> Iterator[str]:
    yield f"### {plain(row['id'])}"
    yield f"**{plain(row['question'])}**"
    facts = f"{outcome(row)}. Level: {row['level']}; topic: {row['topic']}; {row['latency_ms'] / 1000:.2f} s."
    yield plain(f"{facts} In the other columns: {others}." if others else facts)
    yield from _alarms(row)
    yield from _answer(row)
    if row["citations"]:
        yield plain(checked(row))
    for kind, words in POINT_WORDS.items():
        points = [point for point in row["points"] if point["kind"] == kind]
        if points:
            yield f"{plain(words)}:"
            yield _list(_point(row, point) for point in points)


def _alarms(row: Row) -> Iterator[str]:
    yield from _error(row)
    wrong = [point["text"] for point in row["points"] if point["id"] in row["contradictions"]]
    if wrong:
        yield f"**Says what is wrong:** {plain(' '.join(wrong))}"
    if near := suspicions(row):
        yield f"**May say what is wrong, please look:** {plain(' '.join(near))}"
    if row["leaks"]:
        yield "**Passages that repeat a point word for word:**"
        yield _list(map(plain, row["leaks"]))
    if row.get("judge_error"):
        yield f"**The judging model could not judge:** {plain(row['judge_error'])}"


def _error(row: Row) -> Iterator[str]:
    if row["error"]:
        yield f"**Error:** {plain(row['error'])}"


def _answer(row: Row) -> Iterator[str]:
    answer = row["answer"]
    if answer is None:
        return
    if answer["abstained"]:
        yield plain(answer["answer"])
        if answer["nearest"]:
            yield "What came nearest:"
            yield _list(_citation(near) for near in answer["nearest"])
        return
    claims = said(answer)
    cited = [pair for claim in claims for pair in claim.citations]
    yield "Answer:"
    yield "\n>\n".join(f"> {plain(claim.text)} {_marks(claim)}" for claim in claims)
    if cited:
        yield "Citations:"
        yield _list(f"{plain(f'[{number}]')} {_citation(citation)}" for number, citation in cited)
    if answer["dropped"]:
        yield "Left out, for they did not pass the check:"
        yield _list(plain(f"{left['claim']} ({left['reason']})") for left in answer["dropped"])


def _marks(claim: Said) -> str:
    return plain("".join(f"[{number}]" for number, _ in claim.citations) or "(no citation)")


def _citation(citation: dict[str, Any]) -> str:
    doubt = "" if citation["verified"] else " – **this quote was not found there**"
    return f"{plain(place(citation))}{doubt}: “{plain(citation['quote'])}”"


def _point(row: Row, point: dict[str, Any]) -> str:
    mark = f"**{verdict(point)}**" if point["expressed"] else verdict(point)
    second = judged(row, point)
    strength = f"(strength {shown(point['strength'])}{f'; judging model: {second}' if second else ''})"
    earned = f" — “{plain(point['evidence'])}”" if point["evidence"] else ""
    return f"{mark} {strength}: {plain(point['text'])}{earned}"

"""What the page of a run says, before it is HTML or Markdown: names, numbers, and their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.bank.runs import Row
from evals.bank.totals import page_column, worst
from evals.bank.words import COLUMN_WORDS, FIGURE_WORDS, MADE_WITH_WORDS, MEANINGS
from evals.printing import shown

Report = dict[str, Any]
INTERVALS = "With the numbers: 95 % intervals, found by drawing the questions again and again (bootstrap)."


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and what stands beside it in brackets: its interval, mostly."""

    value: str
    beside: str = ""

    def __str__(self) -> str:
        return f"{self.value} ({self.beside})" if self.beside else self.value


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table of figures: its name, what it means, and a number a column."""

    name: str
    meaning: str
    cells: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One column beside the earlier run: its name, the mean difference, how many were compared, which got worse."""

    column: str
    difference: Number
    compared: int
    worse: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of an answer, and its citations with their numbers in the whole answer."""

    text: str
    citations: tuple[tuple[int, dict[str, Any]], ...]


def columns_of(report: Report) -> list[str]:
    """The columns that were run, in their usual order."""
    return [column for column in COLUMN_WORDS if column in report]


def counts(report: Report) -> str:
    """One sentence on what was asked."""
    ways = "; ".join(COLUMN_WORDS[column] for column in columns_of(report)) or "none"
    return (
        f"{report['n_questions']} questions of the bank, and {report['abstention']['n_unanswerable']} that no document "
        f"answers. Columns: {ways}."
    )


def made_with(report: Report) -> list[tuple[str, str]]:
    """What the figures depend on, by name."""
    return [(MADE_WITH_WORDS.get(name, name), _said(value)) for name, value in report["made_with"].items()]


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        inner = ((MADE_WITH_WORDS.get(str(name), str(name)).replace("_", " "), part) for name, part in value.items())
        return ", ".join(f"{name} ({_said(part)})" if isinstance(part, Mapping) else f"{name} {_said(part)}"
                         for name, part in inner)  # fmt: skip
    if isinstance(value, list | tuple):
        return "; ".join(_said(part) for part in value)
    return "–" if value is None else COLUMN_WORDS.get(str(value), str(value))


def figures(report: Report) -> Iterator[Figure]:
    """The table of figures; corrected verdicts stand below the raw ones."""
    columns = columns_of(report)
    for name, words in FIGURE_WORDS.items():
        if any(name in report[column] for column in columns):
            yield Figure(words, MEANINGS.get(name, ""), tuple(_cell(report[column], name) for column in columns))
        if name == "must" and "adjudicated" in report:
            cells = tuple(_adjudicated(report["adjudicated"].get(column)) for column in columns)
            yield Figure("the same, after a second look", MEANINGS["must_adjudicated"], cells)


def _cell(column: dict[str, Any], name: str) -> Number:
    value = column.get(name)
    if name.startswith("latency") and value is not None:
        return Number(f"{value:,.0f}")
    return Number(shown(value), _interval(column["ci95"].get(name)))


def _interval(ends: Sequence[float] | None) -> str:
    return f"{ends[0]:.3f} to {ends[1]:.3f}" if ends else ""


def _adjudicated(column: dict[str, Any] | None) -> Number:
    if column is None:
        return Number("–")
    changed = f"{column['changed']} of {column['looked_at']} verdicts changed"
    return Number(shown(column["must_adjudicated"]), changed)


def coverage(report: Report, by: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Must coverage by level or topic: for each value what each column has of it, in the order of the bank."""
    columns = columns_of(report)
    values = dict.fromkeys(value for column in columns for value in report[column][f"must_by_{by}"])
    return {
        value: {c: report[c][f"must_by_{by}"][value] for c in columns if value in report[c][f"must_by_{by}"]}
        for value in values
    }


def share_of(entry: dict[str, Any] | None) -> Number:
    """One cell of the table by level or topic; a single question has no interval."""
    if entry is None:
        return Number("–")
    interval = f"{_interval(entry['ci95'])}, " if entry["n"] > 1 else ""
    return Number(shown(entry["must"]), f"{interval}n = {entry['n']}")


def changes(report: Report) -> list[Change]:
    """The run beside the earlier one."""
    baseline = report["baseline"]
    return [
        Change(
            COLUMN_WORDS[column],
            Number(f"{baseline[column]['mean']:+.3f}", _interval(baseline[column]["ci95"])),
            baseline[column]["n_shared"],
            tuple(baseline[column]["worse"]),
        )
        for column in columns_of(report)
        if column in baseline
    ]


def changes_text(report: Report) -> str:
    """Whether something was lost, and whether the two runs can be compared."""
    baseline = report["baseline"]
    lost = "A whole interval lies below 0: a loss." if baseline["significant_loss"] else "No interval lies below 0."
    differs = ", ".join(MADE_WITH_WORDS.get(name, name).lower() for name in baseline["differs"])
    return f"{lost} The two runs also differ in: {differs}." if differs else lost


def abstaining(report: Report) -> list[tuple[str, Number]]:
    """The figures of leaving questions unanswered, those by kind of reason last."""
    found = report["abstention"]
    recall = Number(shown(found["recall"]), _interval(found["ci95"].get("recall")))
    return [
        ("Of the questions without an answer, left unanswered", recall),
        ("Of all questions left unanswered, rightly so", Number(shown(found["precision"]))),
        *((f"Left unanswered: {why}", Number(share)) for why, share in found["by_why"].items()),
    ]  # fmt: skip


def answered_wrongly(report: Report) -> list[Row]:
    """Rows of questions without an answer that got one, or an error."""
    return [row for row in report["unanswerable"] if row["id"] in report["abstention"]["answered_wrongly"]]


def unanswered_wrongly(report: Report) -> list[Row]:
    """Rows of questions of the bank that were left unanswered though our notes tell."""
    wrong = report["abstention"]["abstained_wrongly"]
    return [row for row in report["questions"] if row["column"] == page_column(report) and row["id"] in wrong]


def worst_first(report: Report) -> list[Row]:
    """Every question in the column that the page is about, the one that went worst first."""
    return worst([row for row in report["questions"] if row["column"] == page_column(report)])


def outcome(row: Row) -> str:
    """How one question went, in a few words."""
    if row["error"]:
        return "error"
    if row["abstained"]:
        return "no answer"
    musts = [point["expressed"] for point in row["points"] if point["kind"] == "must"]
    denied = len(row["contradictions"])
    stated = f"{sum(musts)} of {len(musts)} points ({shown(row['must'])})"
    return f"{stated}, {denied} wrong" if denied else stated


def suspicions(row: Row) -> list[str]:
    """What the answer may say wrongly, for a person to look at."""
    return [point["text"] for point in row["points"] if point["suspected"]]


def elsewhere(report: Report, row: Row) -> str:
    """How the same question went in the other columns."""
    others = [r for r in report["questions"] if r["id"] == row["id"] and r["column"] != row["column"]]
    return "; ".join(f"{COLUMN_WORDS[r['column']]}: {outcome(r)}" for r in others if r["column"] in COLUMN_WORDS)


def said(answer: dict[str, Any]) -> list[Said]:
    """The claims of an answer; citations are numbered through the whole of it, from 1, as the text numbers them."""
    claims, number = [], 1
    for claim in answer["claims"]:
        claims.append(Said(claim["text"], tuple(enumerate(claim["citations"], start=number))))
        number += len(claim["citations"])
    return claims


def place(citation: dict[str, Any]) -> str:
    """Where a quote stands."""
    label = f" (printed {citation['page_label']})" if citation["page_label"] else ""
    parts = (citation["title"], citation["section"], f"page {citation['page']}{label}", citation["status"])
    return ", ".join(part for part in parts if part)


def checked(row: Row) -> str:
    """What the check of the citations found."""
    return (
        f"{row['verified']} of {row['citations']} quotes stand on their page; "
        f"{row['supporting']} of {row['citations']} carry their sentence."
    )


def verdict(point: dict[str, Any]) -> str:
    """Whether a point was stated."""
    if point["kind"] == "contradiction":
        return "contradicts" if point["expressed"] else "not said"
    return "stated" if point["expressed"] else "not stated"


def judged(row: Row, point: dict[str, Any]) -> str:
    """The same by the language model that judged too; empty without one."""
    if "judge_stated" not in row or row["judge_error"]:
        return ""
    return "stated" if point["id"] in row["judge_stated"] else "not stated"

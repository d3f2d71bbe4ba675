"""Filters over comparison rows and obligations, and obligations as a table. Pure: no Streamlit."""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from rag.exports import shown_only
from views.words import VOICES, Colour, place

if TYPE_CHECKING:
    from rag.compare import Row
    from rag.impact import Obligation

STATUSES: dict[str, tuple[str, Colour]] = {
    "changed": ("changed", "orange"),
    "added": ("added", "green"),
    "removed": ("removed", "red"),
    "not_addressed": ("not addressed", "gray"),
    "unchanged": ("unchanged", "blue"),
}
FACTS = ("deadline", "threshold", "cost")
UNNAMED = "(not named)"


def filter_rows(rows: Iterable["Row"], statuses: Collection[str], words: str) -> list["Row"]:
    """Rows of one of these statuses (none: any) in which every one of the words occurs, whatever its case."""
    wanted = words.lower().split()
    return [
        row
        for row in rows
        if (not statuses or row.status in statuses) and all(word in _row_text(row) for word in wanted)
    ]


def _row_text(row: "Row") -> str:
    quotes = (citation.quote for citation in (*row.a, *row.b))
    return " ".join([row.topic, row.difference, *quotes]).lower()


def who(obligation: "Obligation") -> str:
    """Who is bound, as the sentence names them."""
    return obligation.actor or UNNAMED


def quote(obligation: "Obligation") -> str:
    """The whole sentence, over a page's end too."""
    return " ".join(c.quote for c in (obligation.citation, *obligation.continued))


def filter_obligations(
    obligations: Iterable["Obligation"], actors: Collection[str], modalities: Collection[str], facts: Collection[str],
    words: str,
) -> list["Obligation"]:  # fmt: skip
    """Obligations of these actors and modalities (none: any) that state all of these facts and hold all words."""
    wanted = words.lower().split()
    return [
        o
        for o in obligations
        if (not actors or who(o) in actors)
        and (not modalities or o.modality in modalities)
        and all(getattr(o, fact) for fact in facts)
        and all(word in f"{who(o)} {o.action} {o.section} {quote(o)}".lower() for word in wanted)
    ]


def obligation_table(obligations: Iterable["Obligation"]) -> list[dict[str, str]]:
    """One line for each obligation, in words."""
    return [
        {
            "Who": who(o),
            "Force": o.modality,
            "What": o.action,
            "By when": o.deadline or "",
            "Threshold": o.threshold or "",
            "Cost": o.cost or "",
            "Page": place(o.citation),
            "Section": o.section,
            "Voice": VOICES[o.voice],
        }
        for o in obligations
    ]


def obligation_csv(obligations: Sequence["Obligation"]) -> str:
    """The table with the quotes, for a spreadsheet; no cell of it is a formula."""
    lines = obligation_table(obligations)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*(lines[0] if lines else ()), "Quote"])
    for line, obligation in zip(lines, obligations, strict=True):
        writer.writerow([shown_only(value) for value in (*line.values(), quote(obligation))])
    return file.getvalue()

"""An impact report as a file: a spreadsheet, comma-separated lines, or Markdown.

The xlsx writer is openpyxl, and only this file knows it. No cell is ever a formula: text that a
spreadsheet would compute stands behind an apostrophe.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rag.exports import shown_only

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | None
Columns = Mapping[str, int]  # name of a column and its width in characters

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST = 32_000  # characters a cell of a spreadsheet holds, nearly

OBLIGATIONS: Columns = {
    "No.": 6, "Who": 28, "Kind": 12, "Force": 18, "What": 60, "Condition": 36, "By when": 28, "Threshold": 22,
    "Cost": 22, "Cost from": 40, "Proposed": 10, "Section": 28, "Page": 7, "Printed page": 9, "Also on": 18,
    "Voice": 16, "Quote": 70,
}  # fmt: skip
SECTIONS: Columns = {"No.": 6, "Section": 50, "Page": 7, "Printed page": 9, "Quote": 90}
REQUESTS: Columns = {"No.": 6, "Number": 9, "Request": 100, "Section": 40, "Page": 7, "Printed page": 9}


def impact_csv(impact: Mapping[str, Any]) -> str:
    """The obligations as comma-separated lines with a header.

    Args:
        impact: as :func:`rag.impact.impact_json` makes it.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(OBLIGATIONS)
    writer.writerows([neutral(cell) for cell in row] for row in _obligations(impact))
    return file.getvalue()


def impact_xlsx(impact: Mapping[str, Any]) -> bytes:
    """A workbook with a sheet each for obligations, sections and requests for comment.

    Headers stay in sight, can be filtered by, and long text is wrapped; pages and counts are numbers.

    Args:
        impact: as :func:`rag.impact.impact_json` makes it.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, columns, rows in (
        ("Obligations", OBLIGATIONS, _obligations(impact)),
        ("Sections", SECTIONS, _sections(impact)),
        ("Requests", REQUESTS, _requests(impact)),
    ):
        _fill(book.create_sheet(title), columns, rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def impact_markdown(impact: Mapping[str, Any]) -> str:
    """Obligations under who is bound, the sections on costs, and the requests for comment.

    Args:
        impact: as :func:`rag.impact.impact_json` makes it.
    """
    lines = [f"# What it would make whom do: {_plain(impact['title'])}", ""]
    for actor, obligations in by_actor(impact["obligations"]):
        lines += [f"## {_plain(actor)} ({len(obligations)})", ""]
        lines += [f"- **{o['kind']}**: {_plain(o['wording'])}{_facts(o)} ({_place(o)})" for o in obligations]
        lines.append("")
    lines += ["## Sections on costs, dates and effects", ""]
    lines += [f"- {_plain(s['section'])}, page {s['page']}: “{_plain(s['quote'])}”" for s in impact["sections"]]
    lines += ["", "## Requests for comment", ""]
    for request in impact["requests"]:
        number = f"{request['number']}. " if request["number"] else ""
        lines.append(f"- {number}{_plain(request['text'])} ({_place(request)})")
    return "\n".join(lines) + "\n"


def by_actor(obligations: Iterable[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Obligations under who is bound, the most bound first; "Each dealer" and "dealers" stand together."""
    groups: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    for obligation in obligations:
        name = obligation["actor"] or "(not named)"
        groups.setdefault(_alike(name), (name, []))[1].append(obligation)
    return sorted(groups.values(), key=lambda group: -len(group[1]))


def also_on(obligation: Mapping[str, Any]) -> str:
    """Where a duty is stated again: "pages 12, 40", "lines 7, 9" of a text file, or ""."""
    places = [("line", c["line"]) if c.get("line") else ("page", c["page"]) for c in obligation["also"]]
    told = []
    for name in ("page", "line"):
        numbers = list(dict.fromkeys(str(number) for kind, number in places if kind == name))
        if numbers:
            told.append(f"{name}{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}")
    return "; ".join(told)


def neutral(value: Cell) -> Cell:
    """A cell that a spreadsheet will show and not compute, and can hold; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = _UNPRINTABLE.sub(" ", value)[:_LONGEST]
    return shown_only(text)


def _alike(name: str) -> str:
    words = re.sub(r"^(?:each|every|any|all|no|some|most|certain|such|the|an?) ", "", name.lower())
    return (
        re.sub(r"ies\b", "y", re.sub(r"(?<=[a-z]{2})s\b", "", words)) if not words.endswith("ies") else words[:-3] + "y"
    )


def _fill(sheet: "Worksheet", columns: Columns, rows: Sequence[Sequence[Cell]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.append(list(columns))
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
    for number, width in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _obligations(impact: Mapping[str, Any]) -> list[list[Cell]]:
    return [
        [
            number, o["actor"], o["kind"], o["modality"], o["action"], o["condition"], o["deadline"], o["threshold"],
            o["cost"], o["cost_source"]["quote"] if o["cost_source"] else None, "yes" if o["proposed"] else "no",
            o["section"], o["citation"]["page"], o["citation"]["page_label"], also_on(o) or None,
            o["voice"],
            " ".join(c["quote"] for c in (o["citation"], *o["continued"])),
        ]
        for number, o in enumerate(impact["obligations"], start=1)
    ]  # fmt: skip


def _sections(impact: Mapping[str, Any]) -> list[list[Cell]]:
    return [
        [number, s["section"], s["page"], s["page_label"], s["quote"]]
        for number, s in enumerate(impact["sections"], start=1)
    ]


def _requests(impact: Mapping[str, Any]) -> list[list[Cell]]:
    return [
        [number, r["number"], r["text"], r["section"], r["citation"]["page"], r["citation"]["page_label"]]
        for number, r in enumerate(impact["requests"], start=1)
    ]


def _facts(obligation: Mapping[str, Any]) -> str:
    names = ("condition", "deadline", "threshold", "cost")
    return "".join(f"; {name}: {_plain(obligation[name])}" for name in names if obligation[name])


def _place(item: Mapping[str, Any]) -> str:
    section = f", {_plain(item['section'])}" if item["section"] else ""
    again = f", also on {also_on(item)}" if item.get("also") else ""
    return f"page {item['citation']['page']}{section}{again}"


def _plain(text: str) -> str:
    """Text of a document in which no character is markup."""
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", " ".join(text.split()))

"""A comparison, of two documents or of many, as every format shows it: read from its JSON. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.marking import Kind, Mark, pieces
from rag.printing import place

Piece = tuple[str, Kind | None]

STATUS_WORDS = {
    "changed": "changed",
    "added": "added",
    "removed": "removed",
    "unchanged": "unchanged",
    "not_addressed": "not addressed",
}
CHECKED = "Every quote was checked, character by character, against the stored page it is cited from."
LEGEND = "Marked: words that only one side has, where the two quotes are versions of one text; else amounts, dates"
LEGEND += " and words of duty (shall, must, may) that the other quote does not have."

# Control characters, halves of surrogate pairs and non-characters, which no file format takes; and the marks
# that turn the direction of writing, which can make a line read as what it does not say.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ENDS = re.compile(r"[.?!;:][”\"’')\]]*\d*$")
_IN_WORDS_OF = re.compile(r", in the words of (.+)$")
_SAID = re.compile(r"\s+Wording: ")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with its marks.

    Attributes:
        pieces: the quote cut at its marks; joined they are the quote.
        where: "page 4, II.A › Heading"; two pages where the sentence goes on over a page's end.
        place: the page or line alone.
        voice: who speaks, e.g. ``commenter_view``.
    """

    pieces: tuple[Piece, ...]
    where: str
    place: str
    voice: str

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(text for text, _ in self.pieces)

    @property
    def runs(self) -> tuple[tuple[str, bool], ...]:
        """The quote cut into what is marked and what is not, whatever the kind; marks a space apart are one."""
        found: list[tuple[str, bool]] = []
        for number, (text, kind) in enumerate(self.pieces):
            after = self.pieces[number + 1 : number + 2]
            between = bool(found and found[-1][1] and text.isspace() and after and after[0][1])
            marked = kind is not None or between
            if found and found[-1][1] == marked:
                found[-1] = (found[-1][0] + text, marked)
            else:
                found.append((text, marked))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One provision in both documents.

    Attributes:
        number: from 1.
        versions: the two sides are versions of one text: what is marked was struck and inserted.
        difference: in plain words, without repeating a quote that is shown.
        reason: why, without the quotes that are shown already; from the document ``reason_name``.
    """

    number: int
    topic: str
    status: str
    a: tuple[Quote, ...]
    b: tuple[Quote, ...]
    difference: str
    reason: tuple[Quote, ...]
    reason_name: str
    versions: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Two documents.

    Attributes:
        counts: rows found, by status, also those that are not shown.
        left_out: rows that a limit cut off.
    """

    a_name: str
    b_name: str
    a_title: str
    b_title: str
    rows: tuple[SheetRow, ...]
    counts: dict[str, int]
    left_out: int

    @property
    def title(self) -> str:
        """Both names."""
        return f"{self.a_name} → {self.b_name}"


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One provision over three or more documents; an empty cell is one that nothing was found in."""

    topic: str
    statuses: tuple[str, ...]
    cells: tuple[tuple[Quote, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a format shows: one sheet, or the topics of many documents and a sheet for each pair."""

    names: tuple[str, ...]
    titles: tuple[str, ...]
    topic: str
    sheets: tuple[Sheet, ...]
    topics: tuple[TopicLine, ...] = ()
    topics_left_out: int = 0

    @property
    def title(self) -> str:
        """What was compared, and about what."""
        return " → ".join(self.names) + (f": {self.topic}" if self.topic else "")


def read_report(found: dict[str, Any], topic: str | None = None) -> Report:
    """The JSON of a comparison or of a chain; see :func:`rag.compare.comparison_json`, :func:`rag.chain.chain_json`."""
    about = clean(topic or "")
    if "pairs" not in found:
        sheet = _sheet(found)
        return Report((sheet.a_name, sheet.b_name), (sheet.a_title, sheet.b_title), about, (sheet,))
    documents = found["documents"]
    return Report(
        tuple(clean(d["name"]) for d in documents),
        tuple(clean(d["title"]) for d in documents),
        about,
        tuple(_sheet(pair) for pair in found["pairs"]),
        tuple(
            TopicLine(clean(t["topic"]), tuple(t["statuses"]), tuple(_quotes(cell, []) for cell in t["cells"]))
            for t in found["topics"]
        ),
        found.get("left_out", 0),
    )


def clean(text: str) -> str:
    """Text without characters that cannot be shown; each becomes one "�", so that offsets stay what they are."""
    return _UNSEEN.sub("�", text)


def summary(sheet: Sheet) -> str:
    """How many rows of which status, and how many of them are shown."""
    total = sum(sheet.counts.values())
    if not total:
        return "No rows."
    told = ", ".join(f"{n} {STATUS_WORDS[status]}" for status, n in sheet.counts.items())
    shown = f"; shown: {len(sheet.rows)}" if len(sheet.rows) < total else ""
    cut = f", {sheet.left_out} more left out by the limit" if sheet.left_out else ""
    return f"{total} {'row' if total == 1 else 'rows'}: {told}{shown}{cut}"


def _sheet(found: dict[str, Any]) -> Sheet:
    names = {found["a"]: clean(found["a_name"]), found["b"]: clean(found["b_name"])}
    rows = tuple(_row(row, number, names) for number, row in enumerate(found["rows"], start=1))
    return Sheet(
        clean(found["a_name"]), clean(found["b_name"]), clean(found["a_title"]), clean(found["b_title"]),
        rows, found["counts"], found.get("left_out", 0),
    )  # fmt: skip


def _row(row: dict[str, Any], number: int, names: dict[str, str]) -> SheetRow:
    shown = {_key(c) for c in (*row["a"], *row["b"])}
    quotes = [" ".join(c["quote"] for c in row[side]) for side in ("a", "b")]
    return SheetRow(
        number,
        clean(row["topic"]),
        row["status"],
        _quotes(row["a"], row["marks"]["a"]),
        _quotes(row["b"], row["marks"]["b"]),
        clean(_told_once(row["difference"], quotes)),
        _quotes([c for c in row["reason"] if _key(c) not in shown], []),
        next((names[c["document_id"]] for c in row["reason"]), ""),
        row["marks"]["versions"],
    )


def _key(citation: dict[str, Any]) -> tuple[str, int, int]:
    return citation["document_id"], citation["start"], citation["end"]


def _told_once(difference: str, quotes: Sequence[str]) -> str:
    """A difference that ends in words of a quote, without them: the quote is shown."""
    told = _SAID.split(difference, maxsplit=1)
    head, colon, said = told[0].partition(": ")
    if colon and any(said.strip(" .…") in quote for quote in quotes):
        told[0] = _IN_WORDS_OF.sub(r", as \1 says in the words quoted", head) + "."
    return " ".join([told[0], *(f"Wording: {rest}" for rest in told[1:])])


def _quotes(citations: Sequence[dict[str, Any]], marks: Sequence[Sequence[Any]]) -> tuple[Quote, ...]:
    """Quotes with their marks; one sentence that two citations quote over a page's end becomes one."""
    found: list[Quote] = []
    for number, citation in enumerate(citations):
        own = [Mark(0, start, end, kind) for start, end, kind, quote in marks if quote == number]
        cut = tuple(pieces(clean(citation["quote"]), own))
        if number and _goes_on(citations[number - 1], citation):
            before = found.pop()
            places = _both(before.place, place(citation))
            found.append(Quote((*before.pieces, (" ", None), *cut), _where(places, citation), places, before.voice))
        else:
            told = place(citation)
            found.append(Quote(cut, _where(told, citation), told, citation["voice"]))
    return tuple(found)


def _goes_on(before: dict[str, Any], after: dict[str, Any]) -> bool:
    same = all(before[key] == after[key] for key in ("document_id", "section", "voice"))
    return same and after["page"] == before["page"] + 1 and not _ENDS.search(before["quote"])


def _both(one: str, other: str) -> str:
    first, second = one.removeprefix("page "), other.removeprefix("page ")
    return f"pages {first} and {second}" if f"{first}{second}".isdecimal() else f"{one} and {other}"


def _where(told: str, citation: dict[str, Any]) -> str:
    voice = " (a commenter's view)" if citation["voice"] == "commenter_view" else ""
    section = clean(citation["section"])
    return f"{told}, {section}{voice}" if section else f"{told}{voice}"

"""Wording and escaping: what comes from a document is shown as its characters, never interpreted.

Streamlit reads labels and ``st.markdown`` as Markdown. ``st.text`` and table cells are
plain already and need nothing from here.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from corpus.answers import Answer, Citation
from corpus.errors import ReglensError
from corpus.library import OUR_WRITING
from corpus.records import Document, Kind, Voice

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=\"'])")
_JOINER = "\u2060"  # invisible, no width; keeps an address or a :name: from being recognised
_BREAKS = re.compile(r"(?<=:)(?=\S)|(?<=\bwww)(?=\.)|(?<=@)(?=\S)", re.IGNORECASE)

VOICES: Mapping[Voice, str] = {
    Voice.RULE_TEXT: "rule text",
    Voice.PREAMBLE: "discussion",
    Voice.ECONOMIC_ANALYSIS: "economic analysis",
    Voice.PAPERWORK_BURDEN: "paperwork burden",
    Voice.REQUEST_FOR_COMMENT: "request for comment",
    Voice.COMMENTER_VIEW: "a commenter's view",
    Voice.FOOTNOTE: "footnote",
    Voice.FRONT_MATTER: "front matter",
}
Colour = Literal["red", "orange", "green", "blue", "gray"]


def plain(text: str) -> str:
    """A text as Markdown that shows exactly its characters, white space folded.

    No markup, link, picture, formula, colour or icon comes of it.
    """
    joined = _BREAKS.sub(_JOINER, " ".join(text.split()))
    return _MARKS.sub(r"\\\1", joined)


def shortened(text: str, max_chars: int) -> str:
    """The text, or its beginning with an ellipsis, at most ``max_chars`` long."""
    folded = " ".join(text.split())
    if len(folded) <= max_chars:
        return folded
    cut = folded[: max_chars - 1]
    head, _, tail = cut.rpartition(" ")
    inside_word = folded[len(cut)] != " "
    return f"{head if inside_word and head and len(tail) < 20 else cut}…"


def place(citation: Citation) -> str:
    """Where a quote stands: "p. iv (PDF page 4)", "PDF page 4", "text file, line 120", "text file, p. 5002, line 3"."""
    if citation.line is not None:
        page = f"p. {citation.page_label}, " if citation.page_label else f"page {citation.page}, "
        page = page if citation.page > 1 or citation.page_label else ""
        return f"text file, {page}line {citation.line}"
    return page_name(citation.page, citation.page_label)


def page_name(number: int, label: str | None, *, of: int | None = None) -> str:
    """A page of a PDF: as printed on it, and as a PDF viewer counts it, of how many."""
    counted_so = f"PDF page {number}" if of is None else f"PDF page {number} of {of}"
    return counted_so if label is None else f"p. {label} ({counted_so})"


def kind_name(kind: Kind) -> str:
    """A kind in words: "final rule"."""
    return "exchange filing" if kind is Kind.SRO_FILING else kind.value.replace("_", " ")


def document_name(document: Document) -> str:
    """A document in a list: its title, release number and kind."""
    parts = [shortened(document.title, 90), *document.release_numbers[:1], kind_name(document.kind)]
    return " · ".join(parts)


def voice_name(citation: Citation, kind: Kind | None) -> str:
    """Who speaks in a quote. Our own notes have no voice but ours."""
    return "reglens' own text" if kind in OUR_WRITING else VOICES[citation.voice]


def status_colour(status: str) -> Colour:
    """Colour of the badge that shows how a source stands: green for adopted, orange for proposed."""
    if status.startswith("proposed"):
        return "orange"
    return "green" if status.startswith(("adopted", "rule text", "statute")) else "gray"


def searched(answer: Answer) -> str:
    """What was looked through for an answer, and how long it took."""
    documents, passages = answer.searched.get("documents", 0), answer.searched.get("passages_read", 0)
    seconds = answer.timings_ms.get("total", 0.0) / 1000
    parts = [f"Searched {counted(documents, 'document')}, read {counted(passages, 'passage')} in {seconds:.1f} s"]
    filters = answer.searched.get("filters")
    if isinstance(filters, dict) and (reason := filters.get("from_question")):
        parts.append(f"narrowed to: {reason}")
    relaxed = answer.searched.get("relaxed")
    if isinstance(relaxed, list) and relaxed:
        parts += [str(words) for words in relaxed]
    return "; ".join(parts) + "."


def counted(number: object, noun: str) -> str:
    """A number and its noun: "1 page", "2 pages"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def problem(error: ReglensError) -> str:
    """An error and its remedy as Markdown; commands in it stay marked as such."""
    return f"{_with_code(error.problem)}\n\n→ {_with_code(error.remedy)}"


def _with_code(text: str) -> str:
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    shown = [f"`{part}`" if n % 2 else _keep_ends(part) for n, part in enumerate(parts)]
    return "".join(shown)


def _keep_ends(text: str) -> str:
    left, right = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{' ' if left else ''}{plain(text)}{' ' if right and text.strip() else ''}"


def given_name(name: str) -> str:
    """The last part of an uploaded file's name, without control characters, at most 120 long; a label only."""
    last = Path(name.replace("\\", "/")).name
    return shortened("".join(c if c.isprintable() else " " for c in last), 120) or "unnamed file"

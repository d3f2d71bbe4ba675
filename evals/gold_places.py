"""Questions over releases and the places that answer them: sections, footnotes, pages."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from evals.datasets import json_lines, text

QUESTIONS = Path(str(files("evals") / "data" / "sec_questions.jsonl"))
KINDS = ("definition", "obligation", "threshold", "reason", "reference")
WORDINGS = ("lay", "technical")


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place that answers a question; of section, footnote and page one is given.

    Attributes:
        document: name of the document, as :meth:`corpus.library.Library.find` takes it.
        section: number from the top ("II.A.2.a"), or a whole path where the heading has no
            number or the number is not enough; "" when it is not a section.
        footnote: number, or "".
        page: physical, from 1, or 0.
    """

    document: str
    section: str = ""
    footnote: str = ""
    page: int = 0

    def __str__(self) -> str:
        """As a person would name it."""
        place = self.section or (f"note {self.footnote}" if self.footnote else f"page {self.page}")
        return f"{self.document} {place}"


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """A question and every place that answers it: any one of them will do."""

    id: str
    question: str
    kind: str
    wording: str
    gold: tuple[GoldPlace, ...]


def load_place_questions(path: Path) -> tuple[PlaceQuestion, ...]:
    """Read ``{"id", "question", "kind", "wording", "gold": [{"document", "section" | "footnote" | "page"}]}`` lines.

    Raises:
        SourceError: on a line that is not such a question, or an id that is there twice.
    """
    found: dict[str, PlaceQuestion] = {}
    for where, row in json_lines(path):
        identity = text(row, "id", where)
        if identity in found:
            raise SourceError(f"{where}: question {identity!r} is there twice", remedy="remove one of them")
        gold = row.get("gold")
        if not isinstance(gold, list) or not gold:
            raise SourceError(f'{where} has no list "gold"', remedy="mend that line")
        places = tuple(dict.fromkeys(_place(item, where) for item in gold))
        kind, wording = _one_of(row, "kind", KINDS, where), _one_of(row, "wording", WORDINGS, where)
        found[identity] = PlaceQuestion(identity, text(row, "question", where), kind, wording, places)
    if not found:
        raise SourceError(f"{path} holds no questions", remedy="check the path")
    return tuple(found.values())


def _one_of(row: dict[str, Any], name: str, known: tuple[str, ...], where: str) -> str:
    value = text(row, name, where)
    if value not in known:
        raise SourceError(f"{where}: {name} {value!r} is unknown", remedy=f"use one of: {', '.join(known)}")
    return value


def _place(item: Any, where: str) -> GoldPlace:
    given = [name for name in ("section", "footnote", "page") if isinstance(item, dict) and name in item]
    if len(given) != 1:
        raise SourceError(f'{where}: a place needs one of "section", "footnote", "page"', remedy="mend that line")
    document, value = text(item, "document", where), item[given[0]]
    if given == ["page"]:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise SourceError(f'{where}: "page" counts from 1', remedy="mend that line")
        return GoldPlace(document, page=value)
    name = text(item, given[0], where).strip()
    return GoldPlace(document, section=name) if given == ["section"] else GoldPlace(document, footnote=name)

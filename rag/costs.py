"""What duties cost: the sentence of an estimate that puts hours or dollars on the same paragraph of a rule."""

import re
from dataclasses import dataclass

from corpus.records import Voice
from rag.align import Outline, zone
from rag.limits import stated_cost
from rag.ownduties import Found
from rag.stated import Line

_PARAGRAPH = re.compile(r"(?:\bRules?|§§?)\s*(?:\d{3}\.)?(?P<key>\d+[\w–-]*(?:\([A-Za-z\d]{1,5}\))+)")
_EACH = re.compile(r"\b(?:each|per|every|average|an? [a-z -]{3,40} (?:would|will))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Burden:
    """A sentence that puts hours or dollars on something.

    Attributes:
        section: path of the section it stands in.
    """

    line: Line
    cost: str
    section: str
    voice: Voice


class Costs:
    """The estimates of one document, by the paragraph of the rule that they are for."""

    def __init__(self, outline: Outline) -> None:
        self._burdens: dict[str, Burden] = {}
        for part in outline.parts:
            if zone(part) not in ("paperwork", "costs"):
                continue
            for line in outline.lines(part):
                cost = stated_cost(line.text)
                if cost is None or line.by_commenter:
                    continue
                burden = Burden(line, cost, part.path, part.voice)
                for key in paragraphs_named(line.text):
                    held = self._burdens.get(key)
                    if held is None or (_EACH.search(line.text) and not _EACH.search(held.line.text)):
                        self._burdens[key] = burden

    def of(self, found: Found) -> tuple[str | None, Burden | None]:
        """The cost of a duty and where it stands; (None, None) where no estimate names its paragraph."""
        if found.voice is not Voice.RULE_TEXT:
            keys = paragraphs_named(found.line.text)
            keys = keys if len(keys) == 1 else []
        else:
            keys = paragraphs_named(found.section)
        burden = next((self._burdens[key] for key in keys if key in self._burdens), None)
        return (burden.cost, burden) if burden else (None, None)


def paragraphs_named(text: str) -> list[str]:
    """Paragraphs of rules that a text names, without the part of the Code: "15l-1(a)(2)(i)"."""
    return list(dict.fromkeys(m["key"].replace("–", "-") for m in _PARAGRAPH.finditer(text)))

"""What a document's own words say of the rules and sections it names, and the one spelling of a target. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.grammar import Mention, levels
from corpus.rulebook import ACT, RULE_PARTS, act_name, codified_act, part_of
from corpus.structure import ReferenceKind

_THE_ACT = re.compile(
    rf"\b(?P<act>{ACT})\s*(?:[\[(][^\[\]()“”\"]{{1,60}}[\])]\s*)?\d{{0,4}}\s*\((?:(?:the|hereinafter),?\s+)*"
    r"(?:[“\"][^”\"]{2,40}[”\"]\s+or\s+(?:the\s+)?)?[“\"]Act[”\"]"
)


@dataclass(frozen=True, slots=True)
class LawBook:
    """What the document as a whole makes sure.

    Attributes:
        cited_parts: parts of 17 CFR that the document cites, or sections of them.
        parts: of a rule number, the parts of 17 CFR under which the document cites it.
        acts: of a section, "12" and "12(g)", the Acts whose section the document calls it.
        the_act: what "the Act" is, or "" when it is not defined once.
    """

    cited_parts: frozenset[str]
    parts: dict[str, set[int]]
    acts: dict[str, set[str]]
    the_act: str

    def knows(self, mention: Mention) -> bool:
        """Whether a bare "Part 240" is a part of 17 CFR: the document cites it, or a section of it, as one."""
        return mention.number in self.cited_parts

    def target(self, mention: Mention) -> str:
        """What a mention of law or of a filing refers to, in one spelling."""
        if mention.kind is ReferenceKind.RULE:
            return self._rule(mention)
        if mention.kind is ReferenceKind.STATUTE:
            return self._statute(mention)
        number = mention.number + mention.paragraphs
        if mention.kind is ReferenceKind.RELEASE:
            return f"{mention.book}-{number}" if mention.book else f"Release {number}"
        return f"{mention.book} {number}".strip()

    def _rule(self, mention: Mention) -> str:
        book, number = mention.book, mention.number + mention.paragraphs
        if not number:
            return book
        part = part_of(mention.number, book)
        if not part and book in ("", "Exchange Act"):
            cited = self.parts.get(mention.number.lower(), set())
            part = next(iter(cited)) if len(cited) == 1 else None
        if part:
            return f"17 CFR {part}.{number}"
        return f"{book} Rule {number}".strip()

    def _statute(self, mention: Mention) -> str:
        book = self.the_act or "Act" if mention.book == "Act" else mention.book
        if not book:
            acts = self.acts.get(_keys(mention)[-1], set())
            book = next(iter(acts)) if len(acts) == 1 else ""
        if book == "Pub. L.":
            return f"{book} {mention.number}"
        return f"{book} section {mention.number}{mention.paragraphs}".strip()


def with_codified_acts(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions; a section whose place in the US Code follows at once is of the Act that stands there.

    "Section 17(a) [15 U.S.C. 77q(a)]" is of the Securities Act.
    """
    found = list(mentions)
    for index, (section, code) in enumerate(pairwise(mentions)):
        if section.kind is ReferenceKind.STATUTE and section.book in ("", "Act") and code.book == "15 U.S.C.":
            between = text[section.end : code.start]
            if len(between) < 4 and not between.strip(" \n,([") and (act := codified_act(code.number)):
                found[index] = replace(section, book=act)
    return found


def read_law_book(text: str, mentions: Sequence[Mention]) -> LawBook:
    """Gather what a document says elsewhere of the rules and sections that it names."""
    cited: set[str] = set()
    parts: dict[str, set[int]] = defaultdict(set)
    acts: dict[str, set[str]] = defaultdict(set)
    defined = {act_name(match["act"]) for match in _THE_ACT.finditer(text)}
    the_act = defined.pop() if len(defined) == 1 else ""
    for mention in mentions:
        if mention.kind is ReferenceKind.CFR and mention.named and mention.book == "17 CFR":
            part, _, number = mention.number.partition(".")
            cited.add(part)
            if number and int(part) in RULE_PARTS:
                parts[number.lower()].add(int(part))
        elif mention.kind is ReferenceKind.RULE and mention.book and mention.number:
            if sure := part_of(mention.number, mention.book):
                parts[mention.number.lower()].add(sure)
        elif mention.kind is ReferenceKind.STATUTE and mention.book:
            for key in _keys(mention):
                acts[key].add(the_act or "Act" if mention.book == "Act" else mention.book)
    return LawBook(frozenset(cited), parts, acts, the_act)


def _keys(mention: Mention) -> list[str]:
    """The section alone, and with each of its paragraphs: "12", "12(g)" and "12(g)(1)"."""
    labels = levels(mention.paragraphs)
    return [mention.number + "".join(labels[:depth]) for depth in range(len(labels) + 1)]

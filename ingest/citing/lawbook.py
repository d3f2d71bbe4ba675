"""What a document's own words say of the rules and sections it names, and the one spelling of a target. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from corpus.grammar import Mention, levels
from corpus.rulebook import ACT, RULE_PARTS, act_name, codified_act, part_of
from corpus.structure import ReferenceKind

_T = TypeVar("_T")
_THE_ACT = re.compile(
    rf"\b(?P<act>{ACT})\s*(?:[\[(][^\[\]()“”\"]{{1,60}}[\])]\s*)?\d{{0,4}}\s*\((?:(?:the|hereinafter),?\s+)*"
    r"(?:[“\"][^”\"]{2,40}[”\"]\s+or\s+(?:the\s+)?)?[“\"]Act[”\"]"
)


def with_acts(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions; sections of "the Act", or of no Act that is named, with the Act that the text makes sure.

    The Act is what the text before has defined, once, as “Act”; and a section whose place in
    the US Code follows at once is of the Act that stands there: "Section 17(a) [15 U.S.C.
    77q(a)]" is of the Securities Act.
    """
    first = {act_name(match["act"]): match.start() for match in reversed(list(_THE_ACT.finditer(text)))}
    the_act, defined_at = first.popitem() if len(first) == 1 else ("Act", len(text))
    found = list(mentions)
    for index, (section, following) in enumerate(pairwise([*mentions, None])):
        if section is None or section.kind is not ReferenceKind.STATUTE or section.book not in ("", "Act"):
            continue
        if act := _codified(text, section, following):
            found[index] = replace(section, book=act)
        elif section.book and section.start > defined_at:
            found[index] = replace(section, book=the_act)
    return found


def _codified(text: str, section: Mention, code: Mention | None) -> str:
    """The Act in whose place of the US Code the section stands, told by the code section right behind it."""
    if code is None or code.book != "15 U.S.C." or text[section.end : code.start].strip(" \n,(["):
        return ""
    return codified_act(code.number)


@dataclass(frozen=True, slots=True)
class LawBook:
    """What the document as a whole makes sure.

    Attributes:
        cited_parts: parts of 17 CFR that the document cites, or sections of them.
        parts: of a rule number, the parts of 17 CFR under which the document cites it.
        acts: of a section, "12" and "12(g)", the Acts whose section the document calls it.
    """

    cited_parts: frozenset[str]
    parts: dict[str, set[int]]
    acts: dict[str, set[str]]

    def knows(self, mention: Mention) -> bool:
        """Whether a bare "Part 240" is a part of 17 CFR: the document cites it, or a section of it, as one."""
        return mention.number in self.cited_parts

    def target(self, mention: Mention) -> str:
        """What a mention of law or of a filing refers to, in one spelling."""
        number = mention.number + mention.paragraphs
        if mention.kind is ReferenceKind.RULE:
            return self._rule(mention, number)
        if mention.kind is ReferenceKind.STATUTE:
            return self._statute(mention, number)
        if mention.kind is ReferenceKind.RELEASE:
            return f"{mention.book}-{number}" if mention.book else f"Release {number}"
        return f"{mention.book} {number}".strip()

    def _rule(self, mention: Mention, number: str) -> str:
        if not number:
            return mention.book
        part = part_of(mention.number, mention.book)
        if not part and mention.book in ("", "Exchange Act"):
            part = _only(self.parts.get(mention.number.lower(), set()))
        return f"17 CFR {part}.{number}" if part else f"{mention.book} Rule {number}".strip()

    def _statute(self, mention: Mention, number: str) -> str:
        if mention.book == "Pub. L.":
            return f"Pub. L. {number}"
        book = mention.book or _only(self.acts.get(_keys(mention)[-1], set())) or ""
        return f"{book} section {number}".strip()


def read_law_book(mentions: Sequence[Mention]) -> LawBook:
    """Gather what a document says elsewhere of the rules and sections that it names.

    Args:
        mentions: all of its mentions, with :func:`with_acts`.
    """
    cited: set[str] = set()
    parts: dict[str, set[int]] = defaultdict(set)
    acts: dict[str, set[str]] = defaultdict(set)
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
                acts[key].add(mention.book)
    return LawBook(frozenset(cited), parts, acts)


def _only(values: set[_T]) -> _T | None:
    return next(iter(values)) if len(values) == 1 else None


def _keys(mention: Mention) -> list[str]:
    """The section alone, and with each of its paragraphs: "12", "12(g)" and "12(g)(1)"."""
    labels = levels(mention.paragraphs)
    return [mention.number + "".join(labels[:depth]) for depth in range(len(labels) + 1)]

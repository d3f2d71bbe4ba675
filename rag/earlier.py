"""What a follow-up may lean on: the turn before, taken apart. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.library import OUR_WRITING
from corpus.lineage import Relation, lineage
from corpus.records import Document, Kind
from rag.asked import Asked, Name, NameKind
from rag.conversation import Turn, name_of
from rag.query import analyse, short_title

_SERIES = re.compile(r"\d(?=\d\d$)")
_RULEMAKING = (Relation.PROPOSES, Relation.REPROPOSES, Relation.ADOPTS)
_STAGED = {Kind.PROPOSED_RULE: "proposed", Kind.FINAL_RULE: "adopted"}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A follow-up as a full sentence.

    Attributes:
        why: what it leaned on, in words for the user.
        documents: ids of the documents to ask first, or None for all.
    """

    asked: str
    why: str
    documents: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The turn before.

    Attributes:
        asked: its question, taken apart.
        documents: of the library, by id.
    """

    turn: Turn
    asked: Asked
    documents: Mapping[str, Document]

    @property
    def context(self) -> str:
        """The rule or release that it was about: as the question names it, else as the answer's source is called."""
        return self.asked.context or self.turn.subject

    @property
    def it(self) -> str:
        """What "it" means: what was asked about, with its rule; else the rule; else the last thing spoken of."""
        if self.asked.topic and not self.asked.attribute:
            return self.asked.whole_topic
        return self.context or self.asked.thing

    @property
    def topic(self) -> str:
        """What was asked about, in a few words, or ""."""
        return self.asked.topic or self.asked.thing

    def kept(self) -> tuple[str, ...] | None:
        """The documents that its answer came from, or None where there was no answer."""
        return self.turn.documents or None

    def kept_unless_named(self, names: tuple[Name, ...]) -> tuple[str, ...] | None:
        """The same, unless the follow-up names a document, a regulation, or a rule of another series."""
        for name in names:
            if name.kind is not NameKind.RULE or not self._same_series(name):
                return None
        return self.kept()

    def _same_series(self, rule: Name) -> bool:
        """Whether a rule has a number like that of a rule or regulation of the turn before: 611 and 612."""
        before = [n for n in self.asked.names if n.kind is NameKind.RULE]
        if not before:
            return bool(_SERIES.match(rule.number))
        return any(series(n.number) == series(rule.number) for n in before)

    def of_stage(self, stage: Kind) -> Document | None:
        """The proposal, or the adoption, of what the turn before was about; None where the library holds none.

        By the lineage that documents state, by a rule card that lists both, by the same title.
        """
        own = [self.documents[i] for i in self.turn.documents if i in self.documents]
        own += [d for d in self.documents.values() if self._names(d)]
        if not own:
            return None
        own_ids = {d.id for d in own}
        ends = [{x.source_id, x.target_id} for x in lineage(self.documents.values()) if x.relation in _RULEMAKING]
        related = own_ids.union(*(pair for pair in ends if pair & own_ids))
        numbers = {n for d in own for n in d.release_numbers}
        cards = [d for d in self.documents.values() if d.kind is Kind.RULE_CARD and numbers & set(d.release_numbers)]
        listed = {n for card in cards for n in card.release_numbers}
        titles = {short_title(d).lower() for d in own if d.kind not in OUR_WRITING}
        found = [
            d
            for d in self.documents.values()
            if d.kind is stage
            and (d.id in related or listed & set(d.release_numbers) or short_title(d).lower() in titles)
        ]
        return (
            min(found, key=lambda d: (d.id not in own_ids, d.id not in related, d.release_numbers, d.id))
            if found
            else None
        )

    def _names(self, document: Document) -> bool:
        if document.kind in OUR_WRITING:
            return False
        named = self.context.lower()
        return any(number.lower() in named for number in document.release_numbers) or (
            bool(named) and short_title(document).lower() == named
        )

    def document_of(self, name: str) -> Document | None:
        """The document that a name of a regulation or release leads to: by number, title, or the title's initials."""
        named = analyse(name, self.documents.values()).documents
        found = [self.documents[i] for i in named if self.documents[i].kind not in OUR_WRITING]
        acronym = name.split()[-1]
        if not found and acronym.isupper() and len(acronym) > 2:
            theirs = [d for d in self.documents.values() if d.kind not in OUR_WRITING]
            found = [d for d in theirs if _initials(d).endswith(acronym)]
        return min(found, key=lambda d: (d.release_numbers, d.id)) if found else None

    def called(self, document: Document) -> str:
        """A proposal or adoption in the words of the turn before: "the proposed Regulation SCI (34-69077)"."""
        word = _STAGED.get(document.kind, "")
        regulation = next((n.words for n in self.asked.names if n.kind is NameKind.REGULATION), "")
        title = regulation or short_title(document)
        number = name_of(document)
        return f"the {word} {title} ({number})" if number != title else f"the {word} {title}"


def _initials(document: Document) -> str:
    return "".join(word[0] for word in short_title(document).split() if word[0].isupper())


def series(number: str) -> str:
    """Rules that belong together: "6" of 611, "15c3" of 15c3-5."""
    match = _SERIES.match(number)
    return match[0] if match else number.partition("-")[0]


def sentence(text: str) -> str:
    """With a capital letter and a mark at its end."""
    words = " ".join(text.split()).replace(" ,", ",").rstrip(" .?!,;")
    command = re.match(r"(?:define|compare|explain|describe|show|list|summari[sz]e|tell|give)\b", words, re.IGNORECASE)
    return f"{words[:1].upper()}{words[1:]}{'.' if command else '?'}"

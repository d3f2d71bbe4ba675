"""What the text of a release says of a fact: dates next to the word for them, numbers in the section named. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.sentences import split_sentences
from evals.cards.cited import spelled_dates
from evals.cards.evidence import Read
from evals.cards.read import NAMED
from rag.facts import unsupported_facts

_WORDS = {
    "proposed": re.compile(r"\b(?:re-?)?propos\w+", re.IGNORECASE),
    "adopted": re.compile(r"\badopt\w+", re.IGNORECASE),
    "published": re.compile(r"\bpublish\w*|\bpublication", re.IGNORECASE),
    "effective": re.compile(r"\beffective(?!ly)", re.IGNORECASE),
    "compliance": re.compile(r"\bcompl(?:y|iance)\b", re.IGNORECASE),
    "comment_deadline": re.compile(r"\bcomments? (?:should|must|period|are due|on or before)", re.IGNORECASE),
}
_WISHED = re.compile(r"\b(?:commenters?|letters?|request\w*|suggest\w*|recommend\w*)\b", re.IGNORECASE)
_NEAR = 160
_SHOWN = 160
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*?\b(?:sections?|summary|dates)\b[^()]*)\)(?=[.;,]|$)")
_SECTION = re.compile(r"\b([IVX]+(?:\.[A-Za-z0-9]{1,4})*)\b")
_FRONT = {"summary": ("Summary",), "dates": ("Dates", "Effective Date", "Compliance Date")}
_PROPOSAL = r".{0,160}?\bPropos(?:ing|ed|al)\b"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of a card's body and where the card says it stands."""

    text: str
    release: str
    sections: tuple[str, ...]


def stated_date(text: str, what: str, value: str) -> str | None:
    """The sentence that gives a date as that of something: of all such words, the one for it stands nearest.

    Args:
        text: of a document.
        what: "proposed", "adopted", "effective", "compliance" or "comment_deadline".
        value: the date, as YYYY-MM-DD.

    Returns:
        None also where the date stands in the text, but for something else.
    """
    for low, high, found in spelled_dates(text):
        if found == value:
            around = text[max(low - 400, 0) : high + 400]
            start = low - max(low - 400, 0)
            sentence = next((s for s in split_sentences(around) if s.start <= start < s.end), None)
            if sentence and _nearest(around[sentence.start : sentence.end], start - sentence.start, high - low) == what:
                return " ".join(around[sentence.start : sentence.end].split())[:_SHOWN]
    return None


def _nearest(sentence: str, start: int, length: int) -> str | None:
    """The kind whose word stands nearest to a date, at most 160 characters away; None for what somebody asked for."""
    if _WISHED.search(sentence):
        return None
    gaps = []
    for kind, words in _WORDS.items():
        for match in words.finditer(sentence):
            gap = start - match.end() if match.end() <= start else match.start() - start - length
            gaps.append((gap, kind))
    gap, kind = min(gaps, default=(_NEAR + 1, ""))
    return kind if 0 <= gap <= _NEAR else None


def cites_proposal(text: str, number: str) -> bool:
    """Whether a release cites another by its number and calls it what it adopts: "Proposing Release" or the like."""
    return re.search(rf"\b{re.escape(number.partition('-')[2])}\b{_PROPOSAL}", text, re.DOTALL) is not None


def claims(body: str) -> Iterator[Claim]:
    """Lines that end in a bracket naming sections: of the release named there, else of the first named so."""
    usual = ""
    for line in body.splitlines():
        bracket = next(iter(_BRACKET.finditer(line)), None)
        if bracket is None:
            continue
        named = NAMED.findall(bracket["inside"])
        inside = NAMED.sub(" ", bracket["inside"])
        sections = (*_SECTION.findall(inside), *(word for word in _FRONT if word in inside.split()))
        usual = usual or next(iter(named), "")
        release = named[0] if named else usual
        if release and sections and len(set(named)) <= 1:
            yield Claim(_BRACKET.sub("", line).strip(), release, sections)


def missing_numbers(claim: Claim, read: Read, subject: str = "") -> list[str] | None:
    """Numbers of a claim that its sections do not state; None where it has none, or a section is not there.

    Notes at the foot of a page are no part of a section.

    Args:
        claim: from a card.
        read: the release.
        subject: what the claim may name though its sections do not: rules, acronyms and years.
    """
    text = _sections(read, claim.sections)
    if text is None or not any(character.isdigit() for fact in unsupported_facts(claim.text, "") for character in fact):
        return None
    context = " ".join((read.document.title, *read.document.release_numbers, subject))
    return unsupported_facts(claim.text, text, context)


def _sections(read: Read, numbers: Iterable[str]) -> str | None:
    parts = []
    for number in numbers:
        within = [s for s in read.sections if s.path in _FRONT.get(number, ()) or _is_within(s.path, number)]
        if not within:
            return None
        parts += [read.text[s.start : s.end] for s in within]
    return "\n".join(parts)


def _is_within(path: str, number: str) -> bool:
    """Whether a path ("II.A.2 › Retail Customer") is a section or lies in it."""
    own = path.split(" › ")[0]
    return own == number or own.startswith(f"{number}.")

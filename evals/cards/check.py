"""Rule cards against what is at hand: every fact of theirs is confirmed, contradicted, or nothing speaks of it.

Confirmed and contradicted both name who says so. What cannot be decided counts as unsupported, never as
confirmed: a footnote that gives another date is outvoted by others, and two that disagree decide nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evals.cards.cited import year_of_volume
from evals.cards.evidence import CITED, INDEX, OWN, Evidence, Statement
from evals.cards.read import Card, Fact, facts_of
from evals.cards.text import cites_proposal, claims, missing_numbers, stated_date

CONFIRMED, UNSUPPORTED, CONTRADICTED = "confirmed", "unsupported", "contradicted"
_WORDED = {
    "dates.proposed": "proposed",
    "dates.reproposed": "proposed",
    "dates.adopted": "adopted",
    "dates.effective": "effective",
    "dates.compliance": "compliance",
    "dates.comment_deadline": "comment_deadline",
}
_PART = re.compile(r"_(?:rule|phase|section)_")
_ACTS = ("adopts", "amends", "reproposes", "withdraws", "corrects", "extends")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one fact, and who says so."""

    outcome: str
    where: str = ""


def evaluate_cards(cards: Sequence[Card], evidence: Evidence) -> dict[str, Any]:
    """Look for every fact of every card.

    Returns:
        ``cards``: for each its name and, under each outcome, rows of fact, value and where; ``totals``.
    """
    rows = []
    for card in cards:
        row: dict[str, Any] = {"card": card.name, CONFIRMED: [], UNSUPPORTED: [], CONTRADICTED: []}
        for name, value, verdict in _verdicts(card, evidence):
            row[verdict.outcome].append({"fact": name, "value": value, "where": verdict.where})
        rows.append(row)
    totals = {outcome: sum(len(row[outcome]) for row in rows) for outcome in (CONFIRMED, UNSUPPORTED, CONTRADICTED)}
    return {"cards": rows, "totals": totals | {"cards": len(rows)}}


def _verdicts(card: Card, evidence: Evidence) -> Iterator[tuple[str, str, Verdict]]:
    facts = list(facts_of(card))
    for fact in facts:
        yield fact.name, f"{'/'.join(fact.subjects)}: {fact.value}", _judge(fact, card, facts, evidence)
    for claim in claims(card.body):
        if claim.release not in evidence.read:
            continue
        days = [s.value for kind in ("issued", "published") for s in evidence.of((claim.release,), kind)]
        subject = " ".join((str(card.front.get("title")), *_rules(card), *(day[:4] for day in days)))
        missing = missing_numbers(claim, evidence.read[claim.release], subject)
        if missing is not None:
            where = f"{claim.release}, section {', '.join(claim.sections)}"
            outcome = UNSUPPORTED if missing else CONFIRMED
            yield (
                "numbers in the body",
                claim.text,
                Verdict(outcome, f"{where} lacks {', '.join(missing)}" if missing else where),
            )


def _rules(card: Card) -> Iterator[str]:
    """The rules that the card is about, as a text names them: its front matter's sections are checked by themselves."""
    for section in card.front.get("cfr") or ():
        yield f"Rule {str(section).partition('.')[2]}"


def _judge(fact: Fact, card: Card, facts: Sequence[Fact], evidence: Evidence) -> Verdict:
    if impossible := _impossible(fact, facts):
        return Verdict(CONTRADICTED, impossible)
    if fact.kind == "cfr":
        return _code(fact, card, evidence)
    if fact.kind == "release":
        return _release(fact, facts, evidence)
    stated = evidence.of(fact.subjects, fact.kind)
    told = _own(fact, [s for s in stated if s.by == OWN]) or _told(fact, card, stated)
    if told is not None:
        return told
    where = _in_texts(fact, card, evidence)
    return Verdict(CONFIRMED if where else UNSUPPORTED, where)


def _own(fact: Fact, own: Sequence[Statement]) -> Verdict | None:
    """What the documents say of themselves."""
    if agreeing := [s for s in own if _same(s.value, fact.value)]:
        return Verdict(CONFIRMED, _names(agreeing))
    other = _other(fact, own)
    return Verdict(CONTRADICTED, other) if other else None


def _told(fact: Fact, card: Card, stated: Sequence[Statement]) -> Verdict | None:
    """What others say: first the card's releases, which know best what they adopt, then the index, then all."""
    cited = [s for s in stated if s.by == CITED]
    nearest = [s for s in cited if s.where in card.releases]
    for voices, enough in ((nearest, 1), ([s for s in stated if s.by == INDEX], 1), (cited, 2)):
        if told := _vote(fact, voices, enough):
            return told
    return None


def _same(stated: str, value: str) -> bool:
    return "".join(stated.split()).lower() == "".join(value.split()).lower()


def _names(statements: Sequence[Statement]) -> str:
    where = list(dict.fromkeys(s.where for s in statements))
    return ", ".join(where[:_SHOWN]) + (f" and {len(where) - _SHOWN} more" if len(where) > _SHOWN else "")


def _impossible(fact: Fact, facts: Sequence[Fact]) -> str:
    """What arithmetic says against a fact: a volume of another year, an act on a later release."""
    if fact.kind == "federal_register":
        years = {f.value[:4] for f in facts if (f.name, f.subjects) == ("sources.published", fact.subjects)}
        year = str(year_of_volume(fact.value))
        return f"volume {fact.value.split()[0]} is of {year}" if years and year not in years else ""
    if fact.kind in _ACTS and (numbers := [_series(fact.subjects[0]), _series(fact.value)])[0][0] == numbers[1][0]:
        return f"{fact.value} has the later number" if numbers[0][1] < numbers[1][1] else ""
    return ""


def _series(number: str) -> tuple[str, int]:
    series, _, rest = number.partition("-")
    digits = "".join(c for c in rest if c.isdigit())
    return series, int(digits or 0)


def _other(fact: Fact, own: Sequence[Statement]) -> str:
    """Which document states, of this kind, nothing of what the card gives; "" where none does."""
    for subject in fact.subjects:
        said = [s for s in own if s.subject == subject]
        if fact.kind in _ACTS:  # one release has a number in each of several series: 34-83063 is IA-4888
            said = [s for s in said if _series(s.value)[0] == _series(fact.value)[0]]
        if said and not any(_same(s.value, value) for s in said for value in fact.together):
            return f"{said[0].where} states {', '.join(dict.fromkeys(s.value for s in said))}"
    return ""


def _vote(fact: Fact, stated: Sequence[Statement], enough: int) -> Verdict | None:
    """What most others say; None where nobody speaks of it or two values have as many voices.

    One footnote may be misprinted: it takes ``enough`` voices to contradict.
    """
    if fact.kind in _ACTS:  # a link that was not found says nothing against one that is stated
        agreeing = [s for s in stated if _same(s.value, fact.value)]
        return Verdict(CONFIRMED, _names(agreeing)) if agreeing else None
    voices = Counter(s.value for s in stated).most_common()
    if not voices or (len(voices) > 1 and voices[0][1] == voices[1][1]):
        return None
    leading = [s for s in stated if s.value == voices[0][0]]
    if _same(voices[0][0], fact.value):
        return Verdict(CONFIRMED, f"{'cited in ' if leading[0].by == CITED else ''}{_names(leading)}")
    if voices[0][1] < enough or any(_same(value, other) for value, _ in voices for other in fact.together):
        return None
    return Verdict(CONTRADICTED, f"{_names(leading)}: {voices[0][0]}")


def _in_texts(fact: Fact, card: Card, evidence: Evidence) -> str:
    """Where a listing, or a text of the same rulemaking, says that a date is the day of this kind."""
    if fact.name in ("dates.published", "dates.proposal_published"):
        listed = evidence.listed(card.named, proposals=fact.name == "dates.proposal_published")
        return f"listing {listed[fact.value]}" if fact.value in listed else ""
    if fact.kind == "adopts":
        (release,) = fact.subjects
        cites = release in evidence.read and cites_proposal(evidence.read[release].text, fact.value)
        return f"{release} cites it as its proposal" if cites else ""
    what = next((what for name, what in _WORDED.items() if fact.name.startswith(name)), None)
    if _PART.search(fact.name):  # which of several rules or phases a sentence is about cannot be told
        return ""
    for number in dict.fromkeys((*fact.subjects, *card.rulemaking)):
        if what and number in evidence.read and (said := stated_date(evidence.read[number].text, what, fact.value)):
            return f"{number}: “{said}”"
    return ""


def _release(fact: Fact, facts: Sequence[Fact], evidence: Evidence) -> Verdict:
    """A number is confirmed by its own text, the index, or a citation that agrees with the card on date or place."""
    stated = [s for s in evidence.statements.get(fact.value, ()) if s.kind == "release"]
    if stated:
        return Verdict(CONFIRMED, _names(stated))
    known = {(f.kind, f.value) for f in facts if fact.value in f.subjects}
    cited = [s for s in evidence.statements.get(fact.value, ()) if s.by == CITED and (s.kind, s.value) in known]
    return Verdict(CONFIRMED, f"cited in {_names(cited)}") if cited else Verdict(UNSUPPORTED)


def _code(fact: Fact, card: Card, evidence: Evidence) -> Verdict:
    """A section is confirmed where a text prints it; contradicted where all state their parts, and none this one."""
    texts = {number: evidence.read[number] for number in card.releases if number in evidence.read}
    stated = {number: read.document.cfr_parts for number, read in texts.items()}
    part, _, rule = fact.value.partition(".")
    printed = re.compile(rf"(?<!\d){re.escape(fact.value.rpartition(' ')[2])}(?![\w-])")
    named = re.compile(rf"\bRules?\s+{re.escape(rule)}(?![\w-])")
    for number, read in texts.items():
        of_part = any(p.split(".")[0] == part for p in stated[number])
        if fact.value in stated[number] or (rule and printed.search(read.text)):
            return Verdict(CONFIRMED, number)
        if rule and of_part and named.search(read.text):
            return Verdict(CONFIRMED, f"{number}: Rule {rule}, and {part}")
    every = texts and len(texts) == len(card.releases) and all(stated.values())
    parts = dict.fromkeys(p for values in stated.values() for p in values)
    if every and not any(p.split(".")[0] == part for p in parts):
        return Verdict(CONTRADICTED, f"{', '.join(texts)} is of {', '.join(parts)}")
    return Verdict(UNSUPPORTED)

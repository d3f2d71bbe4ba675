"""Rows for what the later document says about its changes."""

import re
from collections.abc import Mapping, Sequence

from corpus.library import Library
from corpus.records import Kind, Voice
from rag.align import zone
from rag.amending import is_history
from rag.background import with_background
from rag.counterparts import MIN_FIT, PLAIN, Counterpart, Sought, find_counterparts
from rag.guidance import GUIDANCE
from rag.merging import best, merged
from rag.numbers import telling
from rag.phrases import ADDED, CHANGED, REMOVED, REQUIRED, UNCHANGED
from rag.redline import describe, likeness, number_edits
from rag.rows import Draft, Side, Span, heading, named_things, plain, quoted_terms
from rag.rulerows import title
from rag.stated import Line, Statement, lines_of, statements

_SAME_WORDS, _WITHIN, _ENOUGH = 0.8, 0.85, 5
_NEW = re.compile(r"\b(?:new|additional)\b(?! rule)", re.IGNORECASE)
_REMOVED_FROM = _KEPT_FROM = 0.5
_RESTATED, _TITLE_LINES = 0.7, 3
_POSITION = re.compile(r"\bour (?:view|position) that\b|\b(?:interpreting|stating|taking the)\b", re.IGNORECASE)
_DUTY = re.compile(
    r"\b(?:new|additional|requir\w*|must|prohibit\w*|exempt\w*|except\w*|eligible|defin\w*"
    r"|shall|(?:is|are) to be|at least|no (?:later|more|less) than)\b",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"\b(?:in|to|into) the (?:proposed |final |rule.s )?(?:rule text|rule language|text|definition|list|table)\b",
    re.IGNORECASE,
)
_ALIKE, _SAID_BEFORE = 0.6, 0.62
_OPENINGS = ("", "action", "summary", "dates", "supplementary information", "introduction", "background")
_PARAGRAPH = re.compile(r"\bparagraph ((?:\(\w{1,5}\)\s?)+)", re.IGNORECASE)
_DEFINED = re.compile(r"\bdefinition of (?:an? |the )?(?:term )?[“\"]([^”\"]{3,60}?)[,.]?[”\"]")
_ADOPTED = (Kind.FINAL_RULE, Kind.RULE_TEXT, Kind.STATUTE)
_LABEL = {
    ADDED: "Added, in the words of {name}",
    REMOVED: "Removed, in the words of {name}",
    CHANGED: "Changed, in the words of {name}",
    UNCHANGED: "Kept, in the words of {name}",
    GUIDANCE: "Guidance, in the words of {name}",
    REQUIRED: "Required now, in the words of {name}; the nearest words of the earlier document stand beside it",
}


def state_rows(
    library: Library, old: Side, new: Side, aligned: Mapping[int, Sequence[tuple[int, float]]]
) -> list[Draft]:
    """One row for each change, or decision to keep, that the discussion of the later document states."""
    of_proposal = old.document.kind not in _ADOPTED
    first, last = (d.issued or d.published or d.effective for d in (old.document, new.document))
    between = (first, last) if first and last else None
    found: list[tuple[Statement, int]] = []
    for part in new.outline.parts:
        if zone(part) == "discussion":
            lines = lines_of(new.outline.text, part.body, part.end)
            opening = part.heading.lower() in _OPENINGS
            if part.heading.lower() == "supplementary information" and len(lines) <= _TITLE_LINES:
                continue
            told = statements(lines, of_proposal=of_proposal, between=between)
            told = (s for s in told if not (opening and s.status in (REQUIRED, GUIDANCE)))
            found += [(s if of_proposal else with_background(new, part, s), part.index) for s in told]
    found = _without_repeats(library, found)
    sought = [
        Sought(_words_sought(s, of_proposal=of_proposal), tuple(i for i, _ in aligned.get(index, ())[:3]))
        for s, index in found
    ]
    matches = find_counterparts(library, old.outline, old.rules, sought)
    drafts = [
        _draft(new, s, index, _named(old, s, m), of_proposal=of_proposal)
        for (s, index), m in zip(found, matches, strict=True)
    ]
    return best(merged([d for d in drafts if d is not None]))


def _words_sought(s: Statement, *, of_proposal: bool) -> str:
    """The words to find again: of what was ended at an earlier time, those that explain it."""
    explained = not of_proposal and is_history(s.own.text) and s.lines[0] != s.own
    return s.lines[0].text if explained else " ".join(line.text for line in s.lines)


def _named(old: Side, s: Statement, matches: Sequence[Counterpart]) -> list[Counterpart]:
    """The counterparts, led by the rule paragraph that a sentence names.

    It names one by its number, "we are adopting paragraph (b) as proposed", or by the
    term that it defines, "the definition of “night”".
    """
    label, term = _PARAGRAPH.search(s.own.text), _DEFINED.search(s.own.text)
    rules = []
    if label and "as proposed" in s.own.text:
        rules = [r for r in old.rules if r.label == label[1].replace(" ", "")]
    elif term:
        rules = [r for r in old.rules if title(old.words(r), r.label).lower() == term[1].lower()]
    if len(rules) != 1:
        return list(matches)
    span = old.span(rules[0].start, rules[0].end, rules[0].section, Voice.RULE_TEXT)
    discussed = [m for m in matches if m.voice is not Voice.RULE_TEXT][:1]
    return [Counterpart(span.start, span.end, span.section, span.voice, span.text, 1.0), *discussed]


def _without_repeats(library: Library, found: Sequence[tuple[Statement, int]]) -> list[tuple[Statement, int]]:
    """Statements that another one does not say as well: with nearly the same words, or with more of them."""
    words = [frozenset(library.terms(" ".join(line.text for line in s.lines))) - PLAIN for s, _ in found]
    kept = []
    for n, (statement, index) in enumerate(found):
        told = any(
            _says(words[n], words[m], earlier=m < n)
            for m, (s, _) in enumerate(found)
            if m != n and s.status == statement.status
        )
        if not told:
            kept.append((statement, index))
    return kept


def _says(words: frozenset[str], other: frozenset[str], *, earlier: bool) -> bool:
    """Whether ``other`` says what ``words`` say; of two that say the same the first is kept."""
    shared = len(words & other)
    if shared >= _SAME_WORDS * len(words | other):
        return earlier
    return len(words) >= _ENOUGH and shared >= _WITHIN * len(words) and len(other) > len(words)


def _draft(new: Side, s: Statement, index: int, matches: Sequence[Counterpart], *, of_proposal: bool) -> Draft | None:
    part = new.outline.parts[index]
    best = matches[0].fit if matches else 0.0
    status = _status(s, best, matches, of_proposal=of_proposal)
    if status is None:
        return None
    old = () if status == ADDED else tuple(Span(m.start, m.end, m.section, m.voice, m.text) for m in matches)
    lines = tuple(_span(new, line, part.path) for line in s.lines)
    reasons = tuple(_span(new, line, part.path) for line in s.reasons)
    topic = _topic(s, heading(part), new.document.title)
    return Draft(
        topic, status, old, lines, _difference(new, s, status, matches), reasons, _group(s, status, of_proposal)
    )


def _group(s: Statement, status: str, of_proposal: bool) -> str:
    """What one section gives as guidance, or what an amending release adds or requires there, may be one row."""
    if s.status == GUIDANCE:
        return GUIDANCE
    return "" if of_proposal else ADDED if status == ADDED else REQUIRED if s.status == REQUIRED else ""


def _status(s: Statement, best: float, matches: Sequence[Counterpart], *, of_proposal: bool) -> str | None:
    """What a row may say: a removal or a decision to keep needs words of the earlier document to show.

    What is added to words of the earlier document that can be shown changes them.
    """
    if s.status == GUIDANCE:
        return None if best >= _SAID_BEFORE else CHANGED if best >= MIN_FIT else ADDED
    if is_history(s.own.text) and not of_proposal and best < MIN_FIT:
        return None
    if s.status == REQUIRED:
        return _required(s, best) if of_proposal else _in_force(s, matches)
    if s.status == ADDED and best >= MIN_FIT and _INTO.search(s.own.text):
        return CHANGED
    if s.status == REMOVED:
        return REMOVED if best >= _REMOVED_FROM else CHANGED if matches and " not " not in s.clause else None
    if s.status == UNCHANGED:
        return UNCHANGED if best >= _KEPT_FROM else None
    return s.status if matches else ADDED


def _required(s: Statement, best: float) -> str | None:
    """A requirement that is called new, or that nothing in the earlier document comes near to, was added.

    One with a counterpart is shown beside it; "we are adopting" alone says too little.
    """
    if _NEW.search(s.own.text) or (best < MIN_FIT and "requir" in s.clause):
        return ADDED
    if _POSITION.search(s.own.text):
        return CHANGED if best >= MIN_FIT else ADDED
    return CHANGED if best >= MIN_FIT and "requir" in s.clause else None


def _in_force(s: Statement, matches: Sequence[Counterpart]) -> str | None:
    """What a rule now says beside what an earlier rule said; the same words and numbers are no change.

    Without words of the earlier document to show, only a duty or something called new was added.
    """
    if not matches or matches[0].fit < MIN_FIT:
        return ADDED if _DUTY.search(s.own.text) or len(s.lines) > 1 else None
    same = likeness(matches[0].text, s.own.text) >= _RESTATED and not number_edits(matches[0].text, s.own.text)
    return UNCHANGED if same else CHANGED


def _span(side: Side, line: Line, section: str) -> Span:
    voice = side.outline.voice_at(line.start)
    if line.by_commenter:
        voice = Voice.COMMENTER_VIEW
    elif voice in (Voice.COMMENTER_VIEW, Voice.REQUEST_FOR_COMMENT):
        voice = Voice.PREAMBLE
    return Span(line.start, line.end, section, voice, line.text)


def _topic(s: Statement, head: str, title: str) -> str:
    own = plain(s.head)
    if own and own.lower() not in head.lower():
        return f"{head}: {own}"
    for term in (*quoted_terms([s.clause]), *named_things(s.clause)):
        if term.lower() not in f"{head} {title}".lower():
            return f"{head}: {term}"
    return head


def _difference(new: Side, s: Statement, status: str, matches: Sequence[Counterpart]) -> str:
    label = _LABEL[s.status if s.status == GUIDANCE or (s.status == REQUIRED and status == CHANGED) else status]
    said = f"{label.format(name=new.name)}: {s.clause}{'' if s.clause.endswith(('.”', '…', '.')) else '.'}"
    if status == ADDED or not matches:
        return said
    shown = " ".join(line.text for line in s.lines)
    if likeness(matches[0].text, s.own.text) >= _ALIKE:
        said += f" Wording: {describe(matches[0].text, s.own.text)}."
    elif status == CHANGED and (numbers := [e for e in number_edits(matches[0].text, shown) if telling(e)]):
        said += f" Numbers: {'; '.join(str(e) for e in numbers[:3])}."
    return said.replace(" Wording: .", "")

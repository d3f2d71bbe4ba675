"""Rows for the paragraphs of rule text that both documents hold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.library import Library
from corpus.records import Voice
from rag.counterparts import covered
from rag.phrases import ADDED, CHANGED, REMOVED, UNCHANGED
from rag.provisions import Provision
from rag.redline import describe, likeness
from rag.rows import Draft, Side, Span, heading, plain

_MATCH, _SAME_LABEL = 0.5, 0.15
_LINK, _SAME_STATUS, _NAMED = 0.4, 0.1, 0.15


def rule_rows(library: Library, old: Side, new: Side, stated: Sequence[Draft]) -> Iterator[Draft]:
    """One row for each paragraph, in the order of the later rule text, dropped paragraphs last.

    Nothing when one of the documents holds no rule text: a paragraph that cannot be
    looked up has not been removed.
    """
    if not old.rules or not new.rules:
        return
    matched = _matched(old, new)
    for j, rule in enumerate(new.rules):
        i = matched.get(j)
        before = old.rules[i] if i is not None else None
        yield _with_reason(library, _draft(old, new, before, rule), rule, stated)
    shared = {r.rule for r in new.rules}
    for i, rule in enumerate(old.rules):
        if i not in matched.values() and rule.rule in shared:
            yield _with_reason(library, _dropped(old, new, rule), rule, stated)


def _matched(old: Side, new: Side) -> dict[int, int]:
    """Paragraphs of the later document and their counterparts, each used once, the most alike first."""
    pairs = []
    for j, after in enumerate(new.rules):
        for i, before in enumerate(old.rules):
            if before.rule != after.rule and (before.rule and after.rule):
                continue
            score = likeness(old.words(before), new.words(after))
            score += _SAME_LABEL * (before.label == after.label)
            if score >= _MATCH:
                pairs.append((score, -j, -i))
    found: dict[int, int] = {}
    for _, j, i in sorted(pairs, reverse=True):
        if -j not in found and -i not in found.values():
            found[-j] = -i
    return found


def _draft(old: Side, new: Side, before: Provision | None, after: Provision) -> Draft:
    topic = _topic(new, after)
    if before is None:
        said = f"{new.name} adds paragraph {after.label} to {after.rule or 'the rule'}."
        return Draft(topic, ADDED, (), (_span(new, after),), said)
    told = describe(old.words(before), _without_label(new.words(after), before.label, after.label))
    moved = f"paragraph {before.label} became {after.label}" if before.label != after.label else ""
    said = "; ".join(part for part in (moved, told) if part)
    status = CHANGED if told else UNCHANGED
    return Draft(topic, status, (_span(old, before),), (_span(new, after),), said or "The words are the same.")


def _dropped(old: Side, new: Side, rule: Provision) -> Draft:
    said = f"The rule text of {new.name} has no such paragraph: {rule.label} was dropped."
    return Draft(_topic(old, rule), REMOVED, (_span(old, rule),), (), said)


def _with_reason(library: Library, draft: Draft, rule: Provision, stated: Sequence[Draft]) -> Draft:
    """Attach what the discussion says about this paragraph: its reason, and for a removal the words that say so."""
    if draft.status == UNCHANGED:
        return draft
    changes = [d for d in stated if d.status != UNCHANGED]
    shown = [set(library.terms(" ".join([d.topic, *(s.text for s in (*d.new, *d.reason))]))) for d in changes]
    counts = Counter(term for terms in shown for term in terms)
    focus = set(library.terms(f"{draft.topic} {draft.difference}"))
    weights = {term: 1 / counts[term] for term in focus if counts[term]}
    best, link = None, _LINK
    for other, terms in zip(changes, shown, strict=True):
        score = covered(weights, frozenset(terms)) + _SAME_STATUS * (other.status == draft.status)
        score += _NAMED * (rule.label in " ".join(s.text for s in other.new))
        if score > link:
            best, link = other, score
    if best is None:
        return draft
    return replace(draft, new=draft.new or (best.new if draft.status == REMOVED else ()), reason=best.reason)


def _topic(side: Side, rule: Provision) -> str:
    part = side.outline.part_at(rule.start)
    own = title(side.words(rule), rule.label)
    head = plain(part.heading) if part and part.heading else heading(part)
    return f"{rule.name}: {own}" if own else f"{rule.name} {head}"


def title(text: str, label: str) -> str:
    """The italic title of a paragraph, or the term it defines: "(b) Silence. A dealer shall ..."."""
    body = text
    for mark in [f"({m})" for m in label.strip("()").split(")(")]:
        body = body.removeprefix(mark).lstrip()
    for verb in (" means ", " includes"):
        if verb in body[:120]:
            return body.split(verb)[0].strip()
    first, _, rest = body.partition(". ")
    return first.strip() if rest and len(first.split()) <= 8 and first[:1].isupper() else ""


def _without_label(text: str, before: str, after: str) -> str:
    last = "(" + after.rstrip(")").split("(")[-1] + ")"
    first = "(" + before.rstrip(")").split("(")[-1] + ")"
    return first + text.removeprefix(last) if text.startswith(last) else text


def _span(side: Side, rule: Provision) -> Span:
    return side.span(rule.start, rule.end, rule.section, Voice.RULE_TEXT)

"""The duties of rule text, where one sentence may run over many paragraphs.

"A dealer shall: (1) keep ...; (2) file ..." lays both items on the dealer. "The obligation
shall be satisfied if: (i) the dealer discloses ..." makes a duty of each condition.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.actors import find_subject, name_actor
from rag.align import Outline
from rag.obligations import Duty, read_duty
from rag.provisions import Provision
from rag.stated import Line, lines_of

_LABEL = re.compile(r"^(?:\(\w{1,5}\)\s*|[A-Z][\w’, -]{2,60}\.\s+(?=[A-Z(]))*")
_TITLE_WORD = r"(?:[A-Z][a-z]+|of|the|and|for|to|on|in)"
_TITLE = re.compile(rf"^{_TITLE_WORD}(?: {_TITLE_WORD}){{0,7}}\.?$")
_DEFINES = re.compile(r"^(?:have the (?:same )?meaning|apply|mean|be deemed|include|be satisfied|be construed)\b|:$")
_CONDITION = re.compile(r"\b(?:if|unless|provided)\W*:\s*$")
_THING = re.compile(r"^(?:The|An?|Any|All|Each|How|What|Whether|When|Its?|Their)\b")
_NO_VERB = ("is", "has", "was", "as", "its", "this", "terms", "interests", "securities", "means", "includes")
_MOST = 300


@dataclass(frozen=True, slots=True)
class _Opening:
    """A paragraph that a list hangs on; as a condition each item has its own subject."""

    duty: Duty
    conditional: bool


def rule_duties(outline: Outline, rules: Sequence[Provision]) -> Iterator[tuple[Duty, Line, str]]:
    """Duties with their sentence and their paragraph, in order; definitions and bare titles state none."""
    openings: dict[tuple[str, str], _Opening] = {}
    for rule in rules:
        above = openings.get((rule.rule, rule.label[: rule.label.rfind("(")]))
        lines = lines_of(outline.text, rule.start, rule.end)
        found = [(duty, line) for line in lines if (duty := _duty(line.text, above)) is not None]
        for duty, line in found:
            if duty.actor is not None or not _DEFINES.search(duty.action):
                yield duty, line, rule.name
        opening = _opening(lines[-1].text if lines else "", found[-1][0] if found else None, above)
        if opening is not None:
            openings[(rule.rule, rule.label)] = opening


def _duty(text: str, above: _Opening | None) -> Duty | None:
    duty = read_duty(text)
    if duty is not None or above is None:
        return duty
    if above.duty.actor is None and not above.conditional:
        return None
    return _inherited(above, _LABEL.sub("", text).strip())


def _opening(last: str, duty: Duty | None, above: _Opening | None) -> _Opening | None:
    if duty is None:
        return above
    if not last.endswith(":"):
        return None
    conditional = _CONDITION.search(last) is not None or (above is not None and above.conditional)
    return _Opening(duty, conditional)


def _inherited(above: _Opening, body: str) -> Duty | None:
    """A list item with the force, and where it has none of its own the actor, of its opening."""
    if len(body.split()) < 4 or _TITLE.search(body):
        return None
    own = read_duty(f"X shall {body}")
    if own is None:
        return None
    action = f"{above.duty.action}: {body}" if _THING.search(body) else body
    item = replace(own, actor=above.duty.actor, modality=above.duty.modality, action=_cut(action))
    if not above.conditional:
        return item
    words = body.split()
    for n in range(2, min(len(words), 34)):
        actor = find_subject(" ".join(words[:n])) if _may_be_verb(words[n]) else None
        if actor is not None:
            return replace(item, actor=actor, modality="shall", action=_cut(" ".join(words[n:])))
    return replace(item, modality="shall")


def _may_be_verb(word: str) -> bool:
    """Whether a word looks like a verb in the third person: "discloses"."""
    verb = word.strip(",")
    looks = verb.islower() and verb.endswith("s") and not verb.endswith("ss") and verb not in _NO_VERB
    return looks and name_actor(verb) is None


def _cut(action: str) -> str:
    action = action.rstrip(" ;.,")
    return action if len(action) <= _MOST else action[:_MOST].rsplit(" ", 1)[0] + " …"

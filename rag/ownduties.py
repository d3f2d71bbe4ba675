"""The duties that a document states outside its rule text, in its own voice and about its own rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.records import Kind, Voice
from rag.align import Outline, Part, zone
from rag.force import Force, force_of
from rag.limits import stated_cost
from rag.obligations import Duty, read_burden, read_duties
from rag.ownrules import tells_another_rule
from rag.ownvoice import is_of_proposal, is_own, names_this_rule
from rag.stated import Line

_ORDER = ("discussion", "paperwork", "costs")
_PERHAPS = re.compile(
    r"^(?:for [^,]{5,60}, |also |still |\w+ly )*(?:be|determine|choose|appear|occur|mistake|enjoy|lead|have|incur"
    r"|lack|experience|benefit|face|suffer|prefer|want|need|believe|perceive|find"
    r"|result|vary|differ|view"
    r"|seek|become|receive|feel|rely|already|respond|decide|pass|help|not)\b",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"^(?:also |generally |only )?(?:be (?:subject|included|excluded|afforded|granted|given|allowed|permitted"
    r"|required|covered"
    r"|treated|considered|free|able|exempt\w*|limited|assured|protected|unnecessarily|held|forced|deemed|left"
    r"|placed|used"
    r"|regulated|viewed|notified|negatively|affected|made|entitled|governed|alert|aware)|have (?:confidence"
    r"|a (?:reasonable|certain) (?:degree|amount)"
    r"|flexibility|the (?:ability"
    r"|flexibility|opportunity|option|right|choice)|considerable|access|discretion)|receive|bear|benefit|meet the needs"
    r"|compete|enjoy|continue to (?:be|have))\b",
    re.IGNORECASE,
)
_SPENT = re.compile(r"\b(?:costs?|burdens?|hours?|spend|expenses?|incur|expenditures?)\b", re.IGNORECASE)
_OF_TODAY = re.compile(r"\b(?:baseline|existing|current|landscape|framework)\b", re.IGNORECASE)
_OF_RULE = re.compile(r"\bRules? \d|\bRegulation [A-Z]|\bObligation\b")
_THE_RULE = re.compile(r"\b[Tt]he (?:[A-Z]\w+ )*(?:Rule|Obligation)\b")
_MUST = re.compile(r"^(?:must|shall)\b|\b(?:is|would be|will be) required\b|\b(?:will|would) need to\b")
_GOES_ON = re.compile(
    r"^\W*(?:(?:In (?:particular|addition)|Also|Further|Specifically|Moreover|Finally|Additionally),?|These|Those|Such"
    r"|Each such|They|It)\b"
)
_GUESS = re.compile(
    r"^(?:generally |initially |also |\w+ly )*(?:incur|spend|hire|adjust|respond|pass|bear|use|continue|take|make"
    r"|experience|pay|fall|react|compete|adapt|charge|engage|rely|already|realize|gain|lose|outsource|implement|expend"
    r"|exert|wait|capitalize|obtain)\b",
    re.IGNORECASE,
)
_IS_DONE = re.compile(
    r"^(?:also |[a-z]+ly )*be (?:\w+ly ?)?(?!satisfied|(?:\w*ly)?designed|comprised|required|assured|filled"
    r"|resolved)(?:\w+ed|made|kept|sent|given|held|sold|paid"
    r"|written|true|accurate|complete|fair|balanced|current)\b(?! (?:to be|by (?!(?:January|February|March|April|May"
    r"|June|July|August|September|October|November|December|the (?:end|close)|\d))))"
)
_MAY_BE_SENT = re.compile(
    r"\b(?:notifications?|notices?|reports?|records?|forms?|filings?|submissions?|disclosures?|documents?|portions?"
    r"|statements?|certifications?)\b(?: [\w-]+){0,4} may (?:also |instead |only )?be (?:provided|submitted|filed|made"
    r"|sent|delivered|kept|furnished|given|maintained|preserved|combined|updated)\b",
    re.IGNORECASE,
)
_THING_MUST = re.compile(
    r"\b(?:policies|procedures|plans?|reports?|notices?|notifications?|disclosures?|records?|agreements?|statements?"
    r"|filings?|certifications?|quotations?|tests?|reviews?)\b(?: (?!(?:that|which|who)\b)[\w()-]+){0,4} "
    r"(?:must|shall|(?:is|are|would be|will be) required to|(?:will|would) need to) (?:also )?"
    r"(?:(?!be\b)[a-z]+|be (?:reasonably )?designed to)\b",
    re.IGNORECASE,
)
_BY_LAW = re.compile(
    r"\b(?:under|pursuant to|to comply with|to satisfy)\b[^,;]{0,60}\b(?:sections?|rules?|paragraph|regulation|act"
    r"|obligations?|exception|exemption)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:rules?|paragraphs?|regulation|except(?:ion|ed)|exempt\w*|propos\w+|adopted|amend\w+|requirements?|permi\w+"
    r"|obligations?|comply|compliance|standard|policies|condition|in lieu|instead|alternatively|Form)\b"
)
_TODAY = ("is required", "is prohibited", "is permitted", "is not required", "is obligated")
_NEW = re.compile(r"\bpropos|\bwould\b|\bamend|\bObligations?\b|\bwill\b|\bRegulation [A-Z]")


@dataclass(frozen=True, slots=True)
class Found:
    """A duty and the sentence that states it.

    Attributes:
        section: path of the section, or the paragraph of the rule.
    """

    duty: Duty
    line: Line
    section: str
    voice: Voice


def own_duties(outline: Outline, rules: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Duties of the discussion, then of the paperwork estimate, then of the economic analysis.

    Left out: what commenters say, questions, history, and what other laws or rules require.

    Args:
        outline: of the document.
        rules: numbers of the rules that the document lays down; none if they are not known.
    """
    for kind in _ORDER:
        for part in outline.parts:
            if zone(part) == kind:
                yield from _of_part(outline, part, rules)


def _of_part(outline: Outline, part: Part, rules: frozenset[str]) -> Iterator[Found]:
    kind = outline.document.kind
    adopted, proposed = kind is Kind.FINAL_RULE, kind is Kind.PROPOSED_RULE
    if zone(part) == "costs" and _OF_TODAY.search(" ".join((*part.above, part.heading))):
        return
    named = False
    for line in outline.lines(part):
        named = _names_rule(line.text) or (named and _GOES_ON.search(line.text) is not None)
        duties = _read(line, part, ours=named)
        if not duties or not is_own(line.text, part.heading) or (adopted and is_of_proposal(line.text)):
            continue
        if tells_another_rule(line.text, rules):
            continue
        if proposed and not _NEW.search(line.text):
            duties = [d for d in duties if d.modality not in _TODAY]
        voice = outline.voice_at(line.start)
        if voice in (Voice.COMMENTER_VIEW, Voice.REQUEST_FOR_COMMENT):
            voice = Voice.PREAMBLE
        for duty in duties:
            yield Found(duty, line, part.path, voice)


def _names_rule(text: str) -> bool:
    return names_this_rule(text) or _THE_RULE.search(text) is not None


def _read(line: Line, part: Part, *, ours: bool) -> list[Duty]:
    """The duties of a sentence outside rule text; of the economic analysis only what must be done, or what costs.

    Args:
        line: the sentence.
        part: holds it.
        ours: it, or the one it goes on from, names the rule.
    """
    kind = zone(part)
    duties = [d for d in read_duties(line.text) if _is_told(d, line.text, kind) and _is_meant(d, line.text)]
    if kind == "discussion":
        return duties
    if not duties:
        burden = read_burden(line.text) if kind == "paperwork" else None
        return [burden] if burden else []
    cost = stated_cost(line.text) if _SPENT.search(line.text) else None
    duties[0] = replace(duties[0], cost=cost, threshold=_no_cost(duties[0].threshold, cost))
    if cost is not None or kind == "paperwork":
        return duties
    ours = ours or _OF_RULE.search(part.heading) is not None
    return [d for d in duties if ours and not _is_effect(d)]


def _is_effect(duty: Duty) -> bool:
    """Whether an economic analysis tells what comes of a rule, not what it lays down: leave to act, needs, costs."""
    if force_of(duty.modality, duty.action) not in (Force.DUTY, Force.PROHIBITION):
        return True
    return (
        duty.modality.endswith(("able", "need to", "have to", "needs to", "has to"))
        and _GUESS.search(duty.action) is not None
    )


def _is_told(duty: Duty, text: str, kind: str) -> bool:
    """Whether a duty names its actor, or the discussion says what must or may be done, if not by whom."""
    if duty.actor is not None or kind != "discussion":
        return duty.actor is not None
    if duty.modality == "may":
        return _MAY_BE_SENT.search(text) is not None
    done = _IS_DONE.search(duty.action) or _THING_MUST.search(text)
    return _MUST.search(duty.modality) is not None and done is not None


def _no_cost(threshold: str | None, cost: str | None) -> str | None:
    """The thresholds that are not told as costs already."""
    kept = [part for part in (threshold or "").split("; ") if part and part not in (cost or "")]
    return "; ".join(kept) or None


def _is_meant(duty: Duty, text: str) -> bool:
    """Whether a duty's words lay something on someone: no guess at what may happen, no policy of what should be."""
    if (duty.actor or "").lower() == "you" or duty.action.startswith(
        ("potentially", "be deemed", "be considered", "be assured")
    ):
        return False
    if duty.modality.startswith("should"):
        return not _POLICY.search(duty.action)
    if duty.modality.endswith("expected"):
        return not (_PERHAPS.search(duty.action) or _POLICY.search(duty.action) or _GUESS.search(duty.action))
    if duty.modality.endswith("able") or duty.modality in ("needs to", "has to"):
        return _BY_LAW.search(text) is not None
    if duty.modality in ("may", "may not", "may be permitted"):
        if duty.actor is None:
            return _MAY_BE_SENT.search(text) is not None
        return not _PERHAPS.search(duty.action) and _RULE.search(text) is not None
    return True

"""The duties that a document states outside its rule text, in its own voice and about its own rule."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.library import Library
from corpus.records import Kind, Voice
from rag.align import Outline, Part, zone
from rag.limits import stated_cost
from rag.obligations import Duty, read_burden, read_duties
from rag.phrases import is_report
from rag.stated import Line, lines_of

_ORDER = ("discussion", "paperwork", "costs")
_ALIKE = 0.75
_AGENCY = re.compile(r"\b(?:commission|staff|we|department|congress|agency|commenters?|doj|dol|finra)\b", re.IGNORECASE)
_PERHAPS = re.compile(
    r"^(?:also )?(?:be|have|incur|lack|experience|benefit|face|suffer|prefer|want|need|believe|perceive|find"
    r"|result|vary|differ|view"
    r"|seek|become|receive|feel|rely|already|respond|decide|pass|help|not)\b",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"^(?:also |generally |only )?(?:be (?:subject|included|excluded|afforded|granted|given|allowed|permitted|required|covered"
    r"|treated|considered|free|able|exempt\w*|limited|assured|protected|unnecessarily|held|forced|deemed|left|placed|used"
    r"|regulated|viewed)|have (?:confidence|a (?:reasonable|certain) (?:degree|amount)|flexibility|the (?:ability"
    r"|flexibility|opportunity|option|right|choice)|considerable|access|discretion)|receive|bear|benefit|meet the needs"
    r"|compete|enjoy|continue to (?:be|have))\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:rules?|paragraphs?|regulation|except(?:ion|ed)|exempt\w*|propos\w+|adopted|amend\w+|requirements?|permi\w+"
    r"|obligations?|comply|compliance|standard|policies|condition|in lieu|instead|alternatively|Form)\b"
)
_REPORTED = re.compile(
    r"\b(?!Commission|we\b)[\w’]+ (?:also |generally |further )?(?:believed|argued|asserted|contended|suggested"
    r"|recommended|urged|maintained|opined|questioned|advocated|expressed|claimed|opposed|favored|requested|asked|thought"
    r"|objected|disagreed|emphasized)\b|\b(?:commenters?|commentators?|dissenters?)\b[^.;]{0,50}\b(?:stat|not|support"
    r"|agree|believ|say|said|claim|fear|suggest|argue)\w*|\bas (?:the|some|one|several|many|other) (?:\w+ )?(?:commenters?"
    r"|dissenters?)\b|\bletters? from\b",
    re.IGNORECASE,
)
_OWN_VOICE = re.compile(
    r"\b(?:we|the Commission)(?: \w+){0,2} (?:agrees?|disagrees?|believes?|notes?|recognizes?|acknowledges?|emphasizes?"
    r"|understands?|is adopting|are adopting|is revising|continues?)\b|\b(?:adopted|final) (?:rule|regulation|amendment)",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"^\W*(?:In|On|Since|Until|Before) (?:\w+ (?:\d{1,2}, )?)?(?:19|20)\d\d\b|\b(?:initially|originally|previously) (?:proposed"
    r"|required|prohibited|adopted)\b|\bwould have (?:been )?(?:require|prohibit|permit|obligat|allow)\w*"
    r"|\bCongress (?:mandated|required|directed)\b|\bStudy\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:eliminat|remov|delet|omit|rescind|not adopt|declin|withdraw|drop)\w*(?: to adopt)? (?:the |a |any |its |an )?"
    r"(?:[\w-]+ ){0,4}(?:requirements?|provisions?|obligations?|prohibitions?)\b",
    re.IGNORECASE,
)
_ONLY_PROPOSED = re.compile(
    r"^\W*(?:[\w,]+ ){0,3}(?:as proposed|proposed (?:rules?|item|paragraph|regulation)|(?:the )?[\w ]{0,20}(?:proposal"
    r"|proposing release))\b(?!.*\badopt)|\bwas proposed\b",
    re.IGNORECASE,
)
_OTHER_LAW = re.compile(
    r"\b(?:FINRA|NASD|DOL|ERISA|PTEs?|BIC Exemption|Advisers Act|existing|currently|current(?: law| rules?)"
    r"|state (?:law|securities)"
    r"|NYSE Rule|MSRB)\b"
)
_THIS = re.compile(
    r"\b(?:propos\w+|as adopted|adopt(?:ing|ed)|amend\w+|would|final rule|Regulation (?:Best|[A-Z]+)\b|(?:new "
    r"|the )?[Rr]ule \d{3}|paragraph \(|will)\b"
)


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


def own_duties(outline: Outline) -> Iterator[Found]:
    """Duties of the discussion, then of the paperwork estimate, then of the economic analysis.

    Left out: what commenters say, questions, history, and what other laws require.
    """
    for kind in _ORDER:
        for part in outline.parts:
            if zone(part) == kind:
                yield from _of_part(outline, part)


def _of_part(outline: Outline, part: Part) -> Iterator[Found]:
    adopted = outline.document.kind is Kind.FINAL_RULE
    for line in lines_of(outline.text, part.body, part.end):
        past = adopted and _ONLY_PROPOSED.search(line.text) is not None
        duties = _read(line, zone(part)) if not past and _speaks_for_itself(line) else []
        if not duties:
            continue
        voice = outline.voice_at(line.start)
        if voice in (Voice.COMMENTER_VIEW, Voice.REQUEST_FOR_COMMENT):
            voice = Voice.PREAMBLE
        for duty in duties:
            yield Found(duty, line, part.path, voice)


def _read(line: Line, kind: str) -> list[Duty]:
    """The duties of a sentence outside rule text; the economic analysis counts only where it names a cost."""
    duties = [d for d in read_duties(line.text) if d.actor is not None and _is_meant(d, line.text)]
    if kind == "discussion":
        return duties
    if not duties:
        burden = read_burden(line.text) if kind == "paperwork" else None
        return [burden] if burden else []
    cost = stated_cost(line.text)
    duties[0] = replace(duties[0], cost=cost)
    return duties if cost is not None or kind == "paperwork" else []


def _is_meant(duty: Duty, text: str) -> bool:
    """Whether a duty's words lay something on someone: no guess at what may happen, no policy of what should be."""
    if duty.modality.startswith("should"):
        return not _POLICY.search(duty.action)
    if duty.modality in ("may", "may not", "may be permitted"):
        return not _PERHAPS.search(duty.action) and _RULE.search(text) is not None
    return True


def _speaks_for_itself(line: Line) -> bool:
    """Whether a sentence is the document's own, about this rule, and long enough to say something."""
    if not 6 <= len(line.text.split()) <= 160 or line.by_commenter or is_report(line.text):
        return False
    if _HISTORY.search(line.text) or _WITHDRAWN.search(line.text):
        return False
    if _REPORTED.search(line.text) and not _OWN_VOICE.search(line.text):
        return False
    return not (_OTHER_LAW.search(line.text) and not _THIS.search(line.text))


def without_repeats(library: Library, found: Sequence[Found]) -> list[Found]:
    """Every paragraph of rule text, and of the other sentences the first that says nearly the same."""
    kept: list[Found] = []
    seen: list[set[str]] = []
    for item in found:
        words = set(library.terms(f"{item.duty.actor or ''} {item.duty.action}"))
        if item.voice is Voice.RULE_TEXT or all(len(words & other) < _ALIKE * len(words | other) for other in seen):
            kept.append(item)
            seen.append(words)
    return kept

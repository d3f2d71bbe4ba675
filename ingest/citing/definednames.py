"""Names that a document gives to other releases: “Proposing Release” after a citation. Pure.

Only a definition in quotes and brackets right after the citation counts, and only if the
document defines the name once.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.grammar import Mention
from corpus.structure import Reference, ReferenceKind
from ingest.citing.lawbook import LawBook

_FILINGS = (ReferenceKind.RELEASE, ReferenceKind.FEDERAL_REGISTER, ReferenceKind.FILE)
_PLAIN = r"[^\[\]()“”\"―‖]"
_ASIDE = rf"[\[(]{_PLAIN}{{1,90}}(?:\({_PLAIN}{{1,40}}\){_PLAIN}{{0,40}})?[\])]"
_WITHIN = re.compile(
    rf"(?:\s|[,;\[\])]|and\b|&|(?:as\s+)?(?:corrected|amended|modified)\b(?:\s+(?:at|in|by))?|{_ASIDE}|\((?=\d))*"
)
_QUOTED = r"[“\"―](?P<{}>[A-Z0-9][^“”\"―‖]{{3,80}}?),?[”\"‖]"  # ― and ‖: how some fonts name quotation marks
_DEFINITION = re.compile(
    r"\s*\((?:(?:hereinafter|hereafter|referred to (?:herein )?as|defined as|the|our|or)[,:]?\s+)*"
    + _QUOTED.format("name")
    + r"(?:,?\s+(?:or|and)\s+(?:the\s+|simply\s+)?"
    + _QUOTED.format("also")
    + r")?[^()]{0,60}\)"
)
_SEVERAL = re.compile(r"collectively|together|each")
_OF_A_RELEASE = re.compile(r"(?:Release|Proposal|Notice|Order|Interpretation|Statement|A?NPRM?)s?$", re.IGNORECASE)
_FIRST_WORDS = frozenset((
    "See", "Also", "The", "In", "As", "Both", "This", "Our", "While", "Although", "Unlike", "Under", "Like", "Since",
    "Because", "When", "If", "For", "Per", "Compare", "Cf", "And", "With", "From", "Of", "Or", "To", "Moreover",
    "However", "Further", "Prior", "Consistent",
))  # fmt: skip
_WORD_BEFORE = re.compile(r"([A-Z0-9][\w.’'&-]*)\s$")
_PINPOINT = re.compile(
    r"(?:['’]s)?,?\s+at\s+(?:text\s+(?:accompanying|following|preceding|at)\s+)?"
    r"(?P<place>(?:nn?\.|notes?|footnotes?|[Ss]ections?|[Pp]arts?)\s*(?:[\dIVXL][\w.]*\w|[\dIVXL])|\d{1,3},\d{3}|\d{1,6})"
    r"(?:-\d+)?(?![\w%]|\s+F\.?R\b)"
)
_SUPRA = re.compile(r",?\s+supra\s+(?:note|footnote|n\.)\s*\d{0,4}")


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name for another filing; ``start`` is where the definition prints it."""

    name: str
    kind: ReferenceKind
    target: str
    start: int


def find_defined_names(text: str, mentions: Sequence[Mention], law: LawBook) -> list[DefinedName]:
    """Every name that is defined, and for one filing only."""
    found: dict[str, list[DefinedName]] = defaultdict(list)
    for cited, end in _citations(text, mentions):
        match = _DEFINITION.match(text, end)
        head = next((m for kind in _FILINGS[:2] for m in cited if m.kind is kind), None)
        if not match or head is None or _SEVERAL.search(match[0]):
            continue
        for group in ("name", "also"):
            if match[group] and (head.kind is ReferenceKind.RELEASE or _OF_A_RELEASE.search(match[group])):
                name = " ".join(match[group].split())
                found[name].append(DefinedName(name, head.kind, law.target(head), match.start(group)))
    return [names[0] for names in found.values() if len({n.target for n in names}) == 1]


def _citations(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[list[Mention], int]]:
    """Filings cited together (a release and its page in the Federal Register), and where the citation ends."""
    cited: list[Mention] = []
    for index, mention in enumerate(mentions):
        if mention.kind not in _FILINGS:
            continue
        cited.append(mention)
        within = _WITHIN.match(text, mention.end)
        end = within.end() if within else mention.end
        if index + 1 == len(mentions) or mentions[index + 1].start > end:
            yield cited, end
            cited = []


def find_named(text: str, names: Sequence[DefinedName]) -> Iterator[Reference]:
    """Every place at which a defined name stands for its filing, with the page or note named after it."""
    by_name = {defined.name: defined for defined in names}
    if not by_name:
        return
    printed = (r"\s+".join(map(re.escape, name.split())) for name in sorted(by_name, key=len, reverse=True))
    defined_at = {defined.start for defined in names}
    for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(printed)})(?![\w-])", text):
        defined = by_name[" ".join(match[0].split())]
        if match.start() in defined_at or not _stands_alone(text, match.start(), defined.name):
            continue
        at = read_pinpoint(text, match.end())
        supra = _SUPRA.match(text, match.end())
        pinpoint, _ = at or (supra and read_pinpoint(text, supra.end())) or ("", 0)
        yield Reference(defined.kind, match.start(), at[1] if at else match.end(), defined.target, pinpoint=pinpoint)


def read_pinpoint(text: str, offset: int) -> tuple[str, int] | None:
    """The place that " at 21575" or " at n. 12" names right behind a reference, and where the words end."""
    match = _PINPOINT.match(text, offset)
    return (" ".join(match["place"].replace(",", "").split()), match.end()) if match else None


def _stands_alone(text: str, start: int, name: str) -> bool:
    """Not the tail of a longer name ("SCI Proposing Release"); a single word needs "the" before it."""
    before = text[max(start - 24, 0) : start]
    if " " not in name:
        return re.search(r"\b[Tt]he\s$", before) is not None
    word = _WORD_BEFORE.search(before)
    return word is None or word[1] in _FIRST_WORDS

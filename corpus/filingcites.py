"""Mentions of releases, files and pages of the Federal Register. Pure."""

import re
from collections.abc import Iterator

from corpus.grammar import BLANK, Mention
from corpus.rulebook import ACT, RELEASE_SERIES, act_name
from corpus.structure import ReferenceKind

_PREFIX = r"(?:3[3459]|I[ACS]|ICA)"
_NAMED_SERIES = (
    rf"{ACT}|Investment\s+Company|Investment\s+Advisers|International\s+Series|INTERNATIONAL\s+SERIES|Accounting\s+Series"
    r"|Financial\s+Reporting|Lit(?:igation|\.)|Accounting\s+and\s+Auditing\s+Enforcement"
)
_SHORT_FOR = {
    "Investment Company": "Investment Company Act",
    "Investment Advisers": "Advisers Act",
    "INTERNATIONAL SERIES": "International Series",
    "Lit.": "Litigation",
}
_RELEASE = re.compile(
    rf"(?<![\w-])(?:(?P<book>{_NAMED_SERIES})(?:\s*\([“\"][^”\"()]{{1,40}}[”\"]\))?\s+)?(?:(?:SEC|Commission)\s+)?"
    rf"(?:Rel(?:eases?|\.)|RELEASES?){BLANK}?(?:(?:No|NO|Number|Num)(?P<plural>s|S)?\.?{BLANK}?)?"
    rf"(?={_PREFIX}\s?-\s?\d|\d{{1,6}}[A-Z]?\b)"
)
_NUMBER = re.compile(
    rf"(?:(?P<series>{_PREFIX}|FR|FRR|LR|AAER)\s?-\s?)?(?P<number>\d{{1,6}}[A-Z]?)(?![\w%]|-\d|-\s|,\d|\.\d)"
)
_DATED = re.compile(r"\s*[\[(](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d")
_BETWEEN = re.compile(
    r"(?:\s*(?:[\[(][^\[\]()\n]{2,60}(?:\([^\[\]()]{2,40}\))?[\])]|,?\s*\d{1,3}\s+F\.?R\.?\s+(?:at\s+)?\d{1,6}))*"
    r"\s*(?:[,;/]\s*(?:and\s+)?|and\s+|&\s*)(?:also\s+)?(?:Release\s+Nos?\.?\s+)?"
)
_PAGE_BEFORE = re.compile(r"F\.?R\.?\s+(?:at\s+)?\d+\s*,\s*$")
_BARE = re.compile(r"(?<![\w-])(?P<series>3[3459]|I[AC])-(?P<number>(?<=[AC]-)\d{3,6}[A-Z]?|\d{4,6}[A-Z]?)(?![\w-])")
_FILE = re.compile(
    r"\b(?P<named>(?:[Ff]ile|FILE)\s*(?:(?:[Nn]o|NO|[Nn]umber)s?\.?:?\s*)?)?"
    r"(?P<number>S7-\d{1,3}-\d{2,4}A?|SR-[A-Za-z]+(?:-[A-Za-z]+)?-(?:\d{4}|\d{2})-\d{1,4}|(?:4|10)-\d{3})(?![\w-])"
)
_REGISTER = re.compile(
    rf"(?<![\d.,-])(?P<volume>\d{{1,3}}){BLANK}"
    r"(?:F\.?\s?R\.?|Fed\.\s?Reg\.?|Federal\s+Register)\s*(?:at\s+)?"
    r"(?P<page>\d{1,3},\d{3}|\d{1,6})(?![\w%]|,\d{3}\b)(?:-\d{2,6})?"
    r"(?:,\s*(?:at\s+)?(?P<pinpoint>\d{3,6}|\d{1,3},\d{3})(?:-\d{2,6})?(?![\w%]|\s*(?:F\.?R|CFR)))?"
)


def find_filings(text: str) -> Iterator[Mention]:
    """Mentions of filings in a plain text, those that are surest first."""
    yield from _releases(text)
    for match in _BARE.finditer(text):
        yield Mention(ReferenceKind.RELEASE, match.start(), match.end(), match["series"], match["number"])
    for match in _FILE.finditer(text):
        named = match["named"] is not None or not match["number"][0].isdigit()  # "4-631" may be pages
        yield Mention(ReferenceKind.FILE, match.start(), match.end(), "", match["number"], named=named)
    for match in _REGISTER.finditer(text):
        page, pinpoint = match["page"].replace(",", ""), (match["pinpoint"] or "").replace(",", "")
        kind, volume = ReferenceKind.FEDERAL_REGISTER, f"{match['volume']} FR"
        yield Mention(kind, match.start(), match.end(), volume, page, pinpoint=pinpoint)


def _releases(text: str) -> Iterator[Mention]:
    """Releases named as such; of several in one citation, each."""
    for match in _RELEASE.finditer(text):
        book = _series(match["book"]) if match["book"] else ""
        start, offset = match.start(), match.end()
        between = None
        while number := _NUMBER.match(text, offset):
            if between and not number["series"] and not _continues(text, match, between, number):
                break
            series = "IC" if number["series"] == "ICA" else number["series"] or book
            yield Mention(ReferenceKind.RELEASE, start, number.end(), series, number["number"])
            between = _BETWEEN.match(text, number.end())
            if not between:
                break
            start = offset = between.end()


def _continues(text: str, match: re.Match[str], between: re.Match[str], number: re.Match[str]) -> bool:
    """Whether a bare number after a release is another one, not a page ("…, 83 FR 21574, 21580")."""
    if _PAGE_BEFORE.search(between[0]):
        return False
    listed = match["plural"] is not None and len(number["number"]) > 3 and "FR" not in between[0]
    return listed or _DATED.match(text, number.end()) is not None


def _series(printed: str) -> str:
    """The prefix of a series' release numbers: "Securities Exchange Act" is 34."""
    name = " ".join(printed.split())
    return RELEASE_SERIES.get(_SHORT_FOR.get(name, act_name(name)), "")

"""Mentions of releases, files and pages of the Federal Register. Pure."""

import re
from collections.abc import Iterator

from corpus.grammar import Mention
from corpus.rulebook import ACT, RELEASE_SERIES, act_name
from corpus.structure import ReferenceKind

_SERIES = r"(?:3[3459]|I[ACS]|ICA)"
_OTHER_SERIES = r"International\s+Series|Accounting\s+Series|Financial\s+Reporting|Lit(?:igation|\.)|Accounting\s+and\s+Auditing\s+Enforcement"
_RELEASE = re.compile(
    rf"\b(?:(?P<book>{ACT}|Investment\s+Company|Investment\s+Advisers|{_OTHER_SERIES})(?:\s*\([“\"][^”\"()]{{1,40}}[”\"]\))?\s+)?"
    r"(?:(?:SEC|Commission)\s+)?Rel(?:eases?|\.)\s*(?:(?:No|Number|Num)(?P<plural>s)?\.?\s*)?"
    rf"(?={_SERIES}-\s?\d|\d{{1,6}}\b)"
)
_NUMBER = re.compile(rf"(?:(?P<series>{_SERIES}|FR|FRR|LR|AAER)-\s?)?(?P<number>\d{{1,6}}A?)(?![\w%]|-\d|,\d|\.\d)")
_DATED = re.compile(r"\s*[\[(](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d")
_BETWEEN = re.compile(
    r"(?:\s*(?:[\[(][^\[\]()\n]{2,60}(?:\([^\[\]()]{2,40}\))?[\])]|,?\s*\d{1,3}\s+F\.?R\.?\s+(?:at\s+)?\d{1,6}))*"
    r"\s*(?:[,;/]\s*(?:and\s+)?|and\s+|&\s*)(?:also\s+)?(?:Release\s+Nos?\.?\s+)?"
)
_BARE = re.compile(rf"(?<![\w-])(?P<series>{_SERIES})-(?P<number>\d{{3,6}}A?)(?![\w-])")
_FILE = re.compile(
    r"\b(?P<named>(?:[Ff]ile|FILE)\s*(?:(?:[Nn]o|NO|[Nn]umber)s?\.?:?\s*)?)?"
    r"(?P<number>S7-\d{1,3}-\d{2,4}A?|SR-[A-Za-z]+(?:-[A-Za-z]+)?-(?:\d{4}|\d{2})-\d{1,4}|(?:4|10)-\d{3})(?![\w-])"
)
_REGISTER = re.compile(
    r"(?<![\d.,-])(?P<volume>\d{1,3})\s+(?:F\.?\s?R\.?|Fed\.\s?Reg\.?|Federal\s+Register)\s*(?P<at>at\s+)?"
    r"(?P<page>\d{1,3},\d{3}|\d{1,6})(?![\w%]|,\d{3}\b)(?:-\d{2,6})?"
    r"(?:,\s*(?:at\s+)?(?P<pinpoint>\d{3,6}|\d{1,3},\d{3})(?:-\d{2,6})?(?![\w%]|\s*(?:F\.?R|CFR)))?"
)


def find_filings(text: str) -> Iterator[Mention]:
    """Mentions of filings in a plain text, those that are surest first."""
    yield from _releases(text)
    for match in _BARE.finditer(text):
        yield Mention(ReferenceKind.RELEASE, match.start(), match.end(), match["series"], match["number"], named=False)
    for match in _FILE.finditer(text):
        named = match["named"] is not None or not match["number"][0].isdigit()
        yield Mention(ReferenceKind.FILE, match.start(), match.end(), "", match["number"], named=named)
    for match in _REGISTER.finditer(text):
        page, pinpoint = match["page"].replace(",", ""), (match["pinpoint"] or "").replace(",", "")
        yield Mention(
            ReferenceKind.FEDERAL_REGISTER, match.start(), match.end(), f"{match['volume']} FR", page, "", pinpoint
        )


def _releases(text: str) -> Iterator[Mention]:
    """Releases named as such; of several in one citation, each."""
    for match in _RELEASE.finditer(text):
        book = _series(match["book"]) if match["book"] else ""
        start, offset = match.start(), match.end()
        between = None
        while number := _NUMBER.match(text, offset):
            if between and not (number["series"] or _DATED.match(text, number.end())):
                if match["plural"] is None or "F" in between[0] or len(number["number"]) < 4:
                    break  # "…, 83 FR 21574, 21580": a page
            series = "IC" if number["series"] == "ICA" else number["series"] or book
            yield Mention(ReferenceKind.RELEASE, start, number.end(), series, number["number"])
            between = _BETWEEN.match(text, number.end())
            if not between:
                break
            start = offset = between.end()


def _series(printed: str) -> str:
    """ "Securities Exchange Act" is 34."""
    name = " ".join(printed.split())
    name = {"Investment Company": "Investment Company Act", "Investment Advisers": "Advisers Act", "Lit.": "Litigation"}.get(
        name, act_name(name)
    )
    return RELEASE_SERIES.get(name, "")

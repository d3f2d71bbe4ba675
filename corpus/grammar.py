"""The pieces that references to law are made of: paragraphs, numbers, enumerations. Pure.

One spelling of each piece serves the index, the query and the references of a document.
Patterns run over text whose dashes were made plain by :func:`plain`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.structure import ReferenceKind

_DASHES = str.maketrans("–‑‒−\u00ad", "-----")
BLANK = r"(?:(?:[^\S\n]+\n?|\n)[^\S\n]*)"  # between two words of one paragraph
LABEL = r"\(\s?(?:[ivx]{1,5}|[IVX]{1,4}|[a-z]{1,2}|[A-Z]{1,2}|\d{1,2})\s?\)"
PARAGRAPHS = rf"(?:(?: (?={LABEL}{LABEL}))?(?:{LABEL})+(?:-(?:{LABEL})+)?)?"
LETTERED = r"\d{1,3}[A-Za-z]{1,2}\d{0,2}-\s?\d{1,3}[A-Za-z]?(?:\([TP]\))?"  # 15c3-5, 10b-5, 17Ad-22, 13d-101
RULE_NUMBER = (
    rf"(?:{LETTERED}"
    r"|\d{3}(?:\([a-z0-9]{1,2}\)){1,3}(?:\([A-Z]\))?-\s?\d{1,2}T?"  # 206(4)-7, 202(a)(11)(G)-1
    r"|\d{1,3}A?-\d{1,2}(?:\.\d{1,2})?[a-z]?"  # 0-10, 203A-2, 3-05, 6-07.7
    r"|\d{1,4}[A-Za-z]?)(?![\w%]|\.\d|-[\s(]|-\d{1,2}(?!\d)|,\d)"
)
_JOINT = re.compile(r"\s*(?:[,;]\s*(?:and(?:/or)?\s+|or\s+|&\s*)?|(?:and(?:/or)?|or|through|to)\s+|&\s*|-)")
_NOT_LAW = (
    r"(?!\s+(?:C\.?\s?F\.?\s?R|U\.?\s?S\.?\s?C|F\.?R\.?\s|Fed\.|Stat\.|percent|per\s+cent|[mbtr]+illion|hundred|thousand|basis"
    r"|business|calendar|trading|days?\b|weeks?\b|months?\b|years?\b|hours?\b|minutes?\b|shares\b|commenters?\b|comments?\b"
    r"|firms\b|issuers\b|funds\b|January|February|March|April|May|June|July|August|September|October|November|December))"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference as far as its own words tell it.

    Attributes:
        start: offset of its first character, of the words that name its kind included.
        end: one past its last.
        book: whose number it is: "17 CFR", "15 U.S.C.", "Exchange Act", "Regulation SHO",
            "FINRA", "34" of a release, "83 FR", or "" when the words do not say.
        number: "240.15c3-5", "611", "78k-1", "15", "51808", "S7-07-18", "21574".
        paragraphs: "(c)(1)", or "".
        pinpoint: a place in what is referred to: a page, a note.
        named: whether words say what the number is; a bare "15c3-5" only looks like a rule.
    """

    kind: ReferenceKind
    start: int
    end: int
    book: str
    number: str
    paragraphs: str = ""
    pinpoint: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One number of an enumeration, with its paragraphs: ``text[start:end]``."""

    start: int
    end: int
    number: str
    paragraphs: str


def plain(text: str) -> str:
    """The text, character by character, with every dash that joins numbers as "-"."""
    return text.translate(_DASHES)


def item_pattern(number: str, lead: str = "") -> re.Pattern[str]:
    """A number with its paragraphs, or paragraphs alone, that no unit follows; ``lead`` may stand before it."""
    return re.compile(rf"{lead}(?:(?P<number>{number})(?P<paragraphs>{PARAGRAPHS})|(?P<labels>(?:{LABEL})+)){_NOT_LAW}")


def read_items(text: str, offset: int, first: re.Pattern[str], further: re.Pattern[str], *, plural: bool) -> list[Item]:
    """The enumeration that begins at ``offset``: "17a-3(a)(1) and (2), and 17a-4" are three items.

    Args:
        text: made plain.
        offset: of the first item.
        first: pattern of the first item, by :func:`item_pattern`.
        further: pattern of the others.
        plural: "Rules"; after the singular only what cannot be another number continues.
    """
    items: list[Item] = []
    for match in _matches(text, offset, first, further):
        if match["number"]:
            if items and not plural and match["number"].isdigit() and not match["paragraphs"]:
                break
            items.append(Item(*match.span(), squeezed(match["number"]), squeezed(match["paragraphs"])))
            continue
        paragraphs = continued(items[-1].paragraphs, squeezed(match["labels"])) if items else None
        if paragraphs is None:
            break
        items.append(Item(*match.span(), items[-1].number, paragraphs))
    return items


def _matches(text: str, offset: int, first: re.Pattern[str], further: re.Pattern[str]) -> Iterator[re.Match[str]]:
    match = first.match(text, offset)
    while match:
        yield match
        joint = _JOINT.match(text, match.end())
        match = further.match(text, joint.end()) if joint else None


def squeezed(number: str) -> str:
    """A number without the blanks that broken lines and fonts leave in it: "10b- 8", "78m( l )"."""
    return "".join(number.split())


def levels(paragraphs: str) -> list[str]:
    """The labels one by one: "(a)(1)" is ["(a)", "(1)"]."""
    return re.findall(r"\([^)]*\)", paragraphs)


def continued(paragraphs: str, following: str) -> str | None:
    """What "(2)" means after "(a)(1)": "(a)(2)". None when it continues no level of it."""
    before, after = levels(paragraphs), levels(following)
    for depth in range(len(before) - 1, -1, -1):
        if after and _follows(before[depth], after[0]):
            return "".join(before[:depth]) + following
    return None


def _follows(label: str, later: str) -> bool:
    ranks = _ranks(label)
    return any(style in ranks and ranks[style] < value for style, value in _ranks(later).items())


def _ranks(label: str) -> dict[str, int]:
    """Every way to read a label: "(i)" is the ninth letter and the first roman number."""
    word = label.strip("()")
    if word.isdigit():
        return {"digit": int(word)}
    case = "upper" if word.isupper() else "lower"
    found = {f"roman {case}": _ROMAN.index(word.lower()) + 1} if word.lower() in _ROMAN else {}
    if len(set(word)) == 1:
        found[case] = (len(word) - 1) * 26 + ord(word[0].lower()) - ord("a") + 1
    return found

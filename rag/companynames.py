"""The names a company goes by, and where they stand in a question. Pure.

A company is known by its name, by the beginning of its name ("MGM"), by its initials ("AMD",
"JnJ"), by beginnings of its words run together ("AmEx"), and by what its files are called
("BESTBUY_2019_10K.pdf", "msft-20230630.htm"). Reports that share a name are one company's:
files may have its new name while the cover still has the old one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path

from corpus.records import Document

Span = tuple[int, int, "Company"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[A-Za-z0-9]+(?:&[A-Za-z0-9]+)*(?:['’]s(?![A-Za-z]))?")
_LEGAL = _set("inc incorporated corp corporation company companies co plc ltd limited llc lp nv sa ag se the")
_JOINING = frozenset({"and", "&"})
_STEM = re.compile(r"^(?P<name>[A-Za-z0-9&.' _-]*?[A-Za-z])[-_ ]*(?=(?:fy)?(?:19|20)\d\d|10-?[kq]|8-?k)", re.IGNORECASE)
_REPORT = re.compile(r"(?:19|20)\d\d.*(?:10-?[kq]|8-?k|20-?f|earnings|annual[-_ ]?report)", re.IGNORECASE)
# What a cover may be taken to name in place of a company.
_NO_NAMES = _set("united states of america securities and exchange commission form annual report washington d c")
_FILE_WORDS = _set("form annual quarterly report filing document doc file final earnings release press ex d")
_ACRONYMS = _set(
    "us usa uk eu usd eur gaap ebit ebitda ebitdar cogs sga ppe ppne rd ma mda dpo dso dio roa roe roi eps fy cy ceo "
    "cfo coo sec fx pe esg it ip ai ipo etf otc nms ats fcf capex opex yoy ttm ltm kpi tsr ar ap pl npl reit"
)
# Names and first words of names that are words, too: alone they name a company only where more speaks for it.
_WORDS_TOO = _set(
    "american general international national united first new global us best great advanced applied foot block square "
    "gap target capital energy public key discover core state south north west east western southern northern "
    "universal standard union royal pacific atlantic central home family dollar delta crown air digital electronic "
    "old open life prime progressive trade match apple shell visa oracle the johnson water"
)
_SPEAKS_FOR = re.compile(
    r"\b(?:FY ?'?\d\d|Q[1-4]\b|fiscal|10-?[KQ]\b|8-?K\b|annual report|earnings|revenues?|margins?|income|cash flow"
    r"|assets)",
    re.IGNORECASE,
)
_FULL, _BEGINNING, _SHORT = 3, 2, 1
_LONGEST = 5


@dataclass(slots=True, eq=False)
class Company:
    """A company and its reports.

    Attributes:
        joined: its names, lower case, run together.
        words: its names as words.
    """

    name: str = ""
    reports: list[Document] = field(default_factory=list)
    joined: set[str] = field(default_factory=set)
    words: set[tuple[str, ...]] = field(default_factory=set)


def companies_of(reports: Iterable[Document]) -> list[Company]:
    """Reports by company: those that share a name belong together."""
    found: list[Company] = []
    for report in reports:
        words = _name_words(report.company or "")
        joined = {"".join(words), _file_name(report.source)} - {""}
        same = [c for c in found if c.joined & joined]
        merged = Company(report.company or Path(report.source).stem, [report], joined, {words} - {()})
        for company in same:
            merged.name = company.name
            merged.reports = company.reports + merged.reports
            merged.joined |= company.joined
            merged.words |= company.words
            found.remove(company)
        found.append(merged)
    return found


def _name_words(name: str) -> tuple[str, ...]:
    words = [_plain(match[0]) for match in _WORD.finditer(name)]
    if set(words) <= _NO_NAMES:
        return ()
    return tuple(w for w in words if w not in _LEGAL) or tuple(words)


def _plain(word: str) -> str:
    return re.sub(r"['’]s$|[^a-z0-9]", "", word.lower())


def _file_name(source: str) -> str:
    """The name that a file's name begins with, run together: "BEST_BUY_2019_10K.pdf" gives "bestbuy"."""
    stem = _STEM.match(Path(source).stem)
    words = re.findall(r"[a-z0-9&]+", stem["name"].lower()) if stem else []
    return "" if not words or set(words) & _FILE_WORDS else re.sub(r"[^a-z0-9]", "", "".join(words))


@lru_cache(maxsize=1 << 16)
def named_as_report(source: str) -> bool:
    """Whether a file's name is that of a company's report: name, year and form."""
    return bool(_REPORT.search(Path(source).stem) and _file_name(source))


def named_in(question: str, companies: Sequence[Company]) -> list[Span]:
    """Where companies are named: first character, one past the last, and company.

    Each place is read in the surest way, longer names before shorter; words cut off a name
    count only where no fuller one is found. Two companies may share a name.
    """
    tokens = [(match.start(), match.end(), _plain(match[0])) for match in _WORD.finditer(question)]
    found: list[tuple[int, Span]] = []
    for first, (start, _, _) in enumerate(tokens):
        for last in range(first, min(first + _LONGEST, len(tokens))):
            end = tokens[last][1]
            said = _Said(question, start, question[start:end], tuple(word for _, _, word in tokens[first : last + 1]))
            if said.is_name and said.words[0] not in _LEGAL:
                found += [(sure, (start, end, c)) for c in companies if (sure := _sureness(said, c))]
    found.sort(key=lambda item: (-item[0], item[1][0] - item[1][1], item[1][0]))
    kept: list[tuple[int, Span]] = []
    for sure, span in found:
        at_place = [(s, k) for s, k in kept if k[0] < span[1] and span[0] < k[1]]
        if sure >= min(found[0][0], _BEGINNING) and all(s == sure and k[:2] == span[:2] for s, k in at_place):
            kept.append((sure, span))
    return [span for _, span in kept]


@dataclass(frozen=True, slots=True)
class _Said:
    """Some words of a question that may name a company."""

    question: str
    start: int
    text: str
    words: tuple[str, ...]

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name is, "3M" included; in a question without capitals, anything may be."""
        first = self.text[0]
        return first.isupper() or (first.isdigit() and not self.text.islower()) or self.question.islower()

    @property
    def is_short_form(self) -> bool:
        """Whether it is one word with several capitals, as short forms are."""
        return len(self.words) == 1 and sum(c.isupper() for c in self.text.removesuffix("'s")) >= 2

    @property
    def opens(self) -> bool:
        """Whether it opens a sentence, where every word has a capital."""
        return not re.search(r"[\w,;:(]\s*$", self.question[: self.start])

    @property
    def owns(self) -> bool:
        """Whether something is said to be its: "Target's sales"."""
        return bool(re.search(r"['’]s?$", self.text)) or self.question[self.start + len(self.text) :][:1] in ("'", "’")


def _sureness(said: _Said, company: Company) -> int:
    together = "".join(said.words)
    beginning = any(name[: len(said.words)] == said.words for name in company.words)
    if together in company.joined or beginning:
        if len(said.words) == 1 and together in _WORDS_TOO and not _likely(said, whole=together in company.joined):
            return 0
        return _FULL if together in company.joined else _BEGINNING
    if len(said.words) > 1 or together in _ACRONYMS:
        return 0
    if said.is_short_form and any(together in _initials(name) for name in _full_words(company)):
        return _BEGINNING
    if together in _WORDS_TOO or (said.opens and not said.owns and not said.is_short_form):
        return 0
    names = [*company.words, *((joined,) for joined in company.joined)]
    return _SHORT if any(_shortens(said, together, name) for name in names) else 0


def _likely(said: _Said, *, whole: bool) -> bool:
    """Whether a word that is a name, too, is one here."""
    return whole and (said.owns or (bool(_SPEAKS_FOR.search(said.question)) and not said.opens))


def _full_words(company: Company) -> set[tuple[str, ...]]:
    """Names as words, joining words included, which some initials count."""
    names = {tuple(re.findall(r"[a-z0-9]+|&", (d.company or "").lower())) for d in company.reports}
    return {tuple(w for w in name if w not in _LEGAL) for name in names} | company.words


def _initials(words: Sequence[str]) -> set[str]:
    """First letters of the words; a joining word gives none, its own, or an "n"."""
    letters = [("", "n", word[0] if word != "&" else "") if word in _JOINING else (word[0],) for word in words]
    return {"".join(choice) for choice in product(*letters)} if 2 <= len(words) <= 6 else set()


def _shortens(said: _Said, together: str, name: Sequence[str]) -> bool:
    """Whether a word is cut off a name ("Pepsi"), or put together from beginnings of its words ("AmEx")."""
    whole = "".join(name)
    if len(together) >= (3 if said.is_short_form else 4) and whole.startswith(together):
        return said.is_short_form or 2 * len(together) >= len(name[0])
    return len(together) >= 4 and len(name) > 1 and _of_beginnings(together, name)


def _of_beginnings(word: str, name: Sequence[str]) -> bool:
    if not word:
        return True
    return bool(name) and any(
        word[:size] == name[0][:size] and _of_beginnings(word[size:], name[1:])
        for size in range(2, min(len(word), len(name[0])) + 1)
    )

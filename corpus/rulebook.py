"""What the numbers of US securities law belong to: Acts, regulations, parts of 17 CFR, series of releases."""

import re
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "rule_parts.tsv"
_ACTS = {
    "Securities Act": ("Securities Act", "1933 Act"),
    "Exchange Act": ("Securities Exchange Act", "Exchange Act", "1934 Act"),
    "Investment Company Act": ("Investment Company Act", "Company Act", "1940 Act"),
    "Advisers Act": ("Investment Advisers Act", "Advisers Act"),
    "Trust Indenture Act": ("Trust Indenture Act",),
    "Holding Company Act": ("Public Utility Holding Company Act", "Holding Company Act", "PUHCA"),
    "Dodd-Frank Act": ("Dodd-Frank Wall Street Reform and Consumer Protection Act", "Dodd-Frank Act"),
    "Sarbanes-Oxley Act": ("Sarbanes-Oxley Act", "SOX"),
    "Commodity Exchange Act": ("Commodity Exchange Act", "CEA"),
    "Bank Holding Company Act": ("Bank Holding Company Act", "BHC Act"),
    "JOBS Act": ("Jumpstart Our Business Startups Act", "JOBS Act"),
    "FAST Act": ("Fixing America's Surface Transportation Act", "FAST Act"),
    "Gramm-Leach-Bliley Act": ("Gramm-Leach-Bliley Act", "GLB Act", "GLBA"),
    "Paperwork Reduction Act": ("Paperwork Reduction Act", "PRA"),
    "Regulatory Flexibility Act": ("Regulatory Flexibility Act", "RFA"),
    "Federal Deposit Insurance Act": ("Federal Deposit Insurance Act", "FDI Act", "FDIA"),
    "Internal Revenue Code": ("Internal Revenue Code",),
    "Securities Investor Protection Act": ("Securities Investor Protection Act", "SIPA"),
    "Employee Retirement Income Security Act": ("Employee Retirement Income Security Act", "ERISA"),
}
_NAMES = {alias: name for name, aliases in _ACTS.items() for alias in aliases}


def _spaced(names: list[str]) -> str:
    """Any of the names, however their words are parted and their hyphens broken."""
    spelled = (re.escape(n).replace(r"\ ", r"\s+").replace(r"\-", r"-\s?").replace("'", "['’]") for n in names)
    return "|".join(sorted(spelled, key=len, reverse=True))


ACT = rf"(?:{_spaced(list(_NAMES))})(?:\s+of\s+(?:18|19|20)\d\d)?"
OTHER_ACT = r"(?:[A-Z][\w&.’'-]*\s+(?:(?:of|and|for|the|in|to)\s+)?){1,9}?Act\b(?:\s+of\s+(?:18|19|20)\d\d)?"
_OF_YEAR = re.compile(r"\s+of\s+\d{4}$")

_REGULATION_PARTS = {
    "S-X": 210, "Crowdfunding": 227, "S-B": 228, "S-K": 229, "M-A": 229, "AB": 229, "A": 230, "C": 230, "CE": 230,
    "D": 230, "E": 230, "S": 230, "S-T": 232, "13D-G": 240, "14A": 240, "14C": 240, "14D": 240, "14E": 240, "M": 242,
    "SHO": 242, "ATS": 242, "AC": 242, "NMS": 242, "SBSR": 242, "SCI": 242, "SE": 242, "FD": 243, "G": 244, "BTR": 245,
    "R": 247, "S-P": 248, "S-AM": 248, "S-ID": 248, "BI": 240, "Best Interest": 240, "T": 0, "U": 0, "Z": 0,
}  # fmt: skip
REGULATION = (
    rf"[Rr]eg(?:ulation|\.)?\s+(?P<regulation>{_spaced(list(_REGULATION_PARTS))}|[Bb]est\s+[Ii]nterest)(?![\w-])"
)
_OTHER_MAKERS = (
    "FINRA", "NASD", "NASDR", "NYSE", "NYSE Arca", "NYSE MKT", "NYSE American", "NYSE National", "NYSE Amex", "Nasdaq",
    "NASDAQ", "Nasdaq BX", "NASDAQ BX", "Nasdaq PHLX", "NASDAQ PHLX", "Amex", "AMEX", "CBOE", "Cboe", "Cboe BZX",
    "Cboe BYX", "Cboe EDGA", "Cboe EDGX", "BATS", "Bats", "BZX", "BYX", "EDGA", "EDGX", "ISE", "MIAX", "BOX",
    "Phlx", "PHLX", "PCX", "CHX", "IEX", "BSE", "NSX", "NGM", "PSX", "MSRB", "OCC", "DTC", "NSCC",
    "NFA", "PCAOB", "CME", "CFTC", "FDIC",
)  # fmt: skip
OTHER_MAKERS = rf"(?:{_spaced(list(_OTHER_MAKERS))})"
_ACT_PARTS = {"Securities Act": 230, "Investment Company Act": 270, "Advisers Act": 275, "Trust Indenture Act": 260}
_EXCHANGE_ACT_SERIES = (
    (200, 204, 242), (300, 304, 242), (400, 406, 242), (500, 505, 242), (600, 614, 242), (700, 781, 247),
    (900, 909, 242), (1000, 1007, 242),
)  # fmt: skip
SEC_PARTS = frozenset((
    *range(200, 206), *range(209, 212), *range(227, 233), *range(239, 251), *range(255, 258), *range(259, 262),
    *range(269, 272), *range(274, 277), 279, *range(285, 291), *range(300, 303),
))  # fmt: skip
RULE_PARTS = frozenset((201, 205, 210, 227, 230, 232, 240, 242, 243, 244, 245, 246, 247, 248, 250, 255, 260, 270, 275))

_CODIFIED = {
    "Securities Act": re.compile(r"77([a-z])\1?(-\d\w?)?"),
    "Trust Indenture Act": re.compile(r"77([a-z])\1{2,3}"),
    "Exchange Act": re.compile(r"78([a-z])\1?(-\d\w?)?"),
    "Holding Company Act": re.compile(r"79[a-z](-\d)?"),
    "Investment Company Act": re.compile(r"80a(-\d{1,2})?"),
    "Advisers Act": re.compile(r"80b(-\d{1,2}\w?)?"),
}

RELEASE_SERIES = {
    "Securities Act": "33", "Exchange Act": "34", "Holding Company Act": "35", "Trust Indenture Act": "39",
    "Advisers Act": "IA", "Investment Company Act": "IC", "International Series": "IS", "Accounting Series": "ASR",
    "Financial Reporting": "FRR", "Litigation": "LR", "Accounting and Auditing Enforcement": "AAER",
}  # fmt: skip


def act_name(printed: str) -> str:
    """An Act's usual name: "Securities Exchange Act of 1934" is "Exchange Act"."""
    name = _OF_YEAR.sub("", " ".join(printed.split()).replace("- ", "-")).replace("’", "'")
    return _NAMES.get(name, name)


def codified_act(number: str) -> str:
    """The Act that a section of title 15 of the US Code belongs to: 78o is the Exchange Act's; "" for other laws."""
    return next((act for act, sections in _CODIFIED.items() if sections.fullmatch(number)), "")


def regulation_name(name: str) -> str:
    """A regulation's usual name: "SHO" is Regulation SHO, and "BI" is short for "Best Interest"."""
    name = " ".join(name.split()).replace("- ", "-")
    return f"Regulation {'Best Interest' if name.lower() in ('bi', 'best interest') else name}"


def part_of(number: str, book: str) -> int | None:
    """The part of 17 CFR in which a rule stands, when its book or its number alone makes it sure.

    Args:
        number: "15c3-5", "611".
        book: an Act, a regulation, or "".
    """
    if book.startswith("Regulation "):
        return _REGULATION_PARTS.get(book.removeprefix("Regulation ")) or None
    if book == "Rules of Practice":
        return 201
    if book == "Exchange Act":
        return _exchange_act_part(number)
    if book:
        return _ACT_PARTS.get(book)
    number = number.lower()
    return _only_part().get(number) or _only_part().get(_family(number))


def _exchange_act_part(number: str) -> int | None:
    if not number.isdigit():
        return 240
    return next((part for low, high, part in _EXCHANGE_ACT_SERIES if low <= int(number) <= high), None)


def _family(number: str) -> str:
    """The rules that are numbered alike: "15c3-5" is one of "15c#-*"."""
    return re.sub(r"(?<=[a-z])\d+$", "#", number.rpartition("-")[0]) + "-*"


@cache
def _only_part() -> dict[str, int]:
    """Rule numbers and families that one part alone has; the table's head says how it was made."""
    lines = (line for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {number: int(part) for part, numbers in (line.split("\t") for line in lines) for number in numbers.split()}

"""Exact references in text: rule and section numbers, releases, file numbers.

The index and the query both pass through :func:`reference_tokens`, so that "Rule 611",
"§ 242.611(a)" and "17 CFR 242.611" meet.
"""

import re

_PARAGRAPHS = r"(?:\([a-zA-Z0-9]{1,4}\))*"
_RULE_NUMBER = r"\d{1,3}[A-Za-z]{1,2}\d{0,2}-\d{1,3}(?:\([TP]\))?"  # 15c3-5, 17a-3, 15l-1, 21F-4
_PATTERNS = {
    "cfr": re.compile(rf"(?<![\d.$])(2\d\d|1\d\d)\.(\d{{1,4}}[A-Za-z]{{0,2}}\d{{0,2}}(?:-\d{{1,3}})?)({_PARAGRAPHS})"),
    "rule": re.compile(rf"\b[Rr]ules?\s+({_RULE_NUMBER}|\d{{2,4}}[A-Za-z]?)({_PARAGRAPHS})"),
    "bare": re.compile(rf"(?<![\d.\-A-Za-z])({_RULE_NUMBER})({_PARAGRAPHS})"),
    "release": re.compile(r"\b(3[345]|IA|IC|39)-(\d{4,6}[A-Z]?)\b"),
    "release_no": re.compile(r"\bRelease\s+No(?:s)?\.?\s*(\d{4,6}[A-Z]?)\b"),
    "file": re.compile(r"\b(S7-\d{1,3}-\d{2,4}|SR-[A-Za-z]+-\d{4}-\d+|4-\d{3})\b"),
    "regulation": re.compile(r"\b[Rr]eg(?:ulation|\.)?\s+(NMS|SHO|SCI|ATS|BI|S-[KXP]|AC|FD|[MDASTURE]|Crowdfunding)\b"),
}  # fmt: skip


def reference_tokens(text: str) -> list[str]:
    """Name every exact reference in ``text``, most specific form and its parents.

    ``"§ 242.611(a)(1)"`` gives ``242.611(a)(1)``, ``242.611(a)``, ``242.611`` and
    ``rule:611``; ``"34-51808"`` gives ``release:34-51808`` and ``release:51808``.
    Each token appears as often as it is referred to.
    """
    text = text.replace("–", "-")
    tokens: list[str] = []
    for part, number, paragraphs in _PATTERNS["cfr"].findall(text):
        tokens += _with_parents(f"{part}.{number.lower()}", paragraphs)
        tokens += _with_parents(f"rule:{number.lower()}", paragraphs)
    covered = [match.span() for match in _PATTERNS["cfr"].finditer(text)]
    for kind in ("rule", "bare"):
        for match in _PATTERNS[kind].finditer(text):
            if not any(low <= match.start(1) < high for low, high in covered):
                covered.append(match.span())
                tokens += _with_parents(f"rule:{match[1].lower()}", match[2])
    for prefix, number in _PATTERNS["release"].findall(text):
        tokens += [f"release:{prefix.lower()}-{number.lower()}", f"release:{number.lower()}"]
    tokens += [f"release:{number.lower()}" for number in _PATTERNS["release_no"].findall(text)]
    tokens += [f"file:{number.lower()}" for number in _PATTERNS["file"].findall(text)]
    tokens += [f"regulation:{name.lower()}" for name in _PATTERNS["regulation"].findall(text)]
    if re.search(r"\bregulation\s+best\s+interest\b", text, re.IGNORECASE):
        tokens.append("regulation:bi")
    return tokens


def _with_parents(base: str, paragraphs: str) -> list[str]:
    levels = re.findall(r"\([^)]*\)", paragraphs)
    return [base + "".join(levels[:depth]) for depth in range(len(levels), -1, -1)]


def release_numbers(text: str) -> list[str]:
    """Release numbers in full form ("34-51808", "IA-5249") in order of appearance, without repeats."""
    return list(dict.fromkeys(f"{prefix}-{number}" for prefix, number in _PATTERNS["release"].findall(text)))


def file_numbers(text: str) -> list[str]:
    """SEC file numbers ("S7-07-18") in order of appearance, without repeats."""
    return list(dict.fromkeys(_PATTERNS["file"].findall(text)))

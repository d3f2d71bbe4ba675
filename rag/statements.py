"""Which pages of a company's report are its primary statements. Pure.

A page is a statement when it is headed as one, has its usual lines, and is mostly figures. A
table of contents has the headings alone; a discussion has the words without the lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Statement(StrEnum):
    """A primary financial statement."""

    INCOME = "income statement"
    BALANCE = "balance sheet"
    CASH = "cash flow statement"


@dataclass(frozen=True, slots=True)
class _Form:
    heading: re.Pattern[str]
    lines: tuple[re.Pattern[str], ...]


def _lines(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in patterns)


# Headings are matched with white space taken out: some files set letters apart ("Statement of Incom e").
_OF = r"statements?of(?:consolidated|condensed)*"
_FORMS = {
    Statement.INCOME: _Form(
        re.compile(
            rf"{_OF}(?:net)?(?:income(?!tax)|operations|earnings|profit)|(?:income|earnings|operations)statements?|profitandloss"
        ),
        _lines(
            r"^(?:total\s+)?(?:net\s+)?(?:sales|revenues?|operating\s+revenues?)\b|\btotal\s+(?:net\s+)?revenues?\b",
            r"\bcosts?\s+of\s+(?:sales|revenues?|goods|products?|services?)\b|\btotal\s+(?:costs|operating\s+expenses|expenses)\b"
            r"|\btotal\s+(?:interest\s+expense|benefits)\b",
            r"\bselling,?\s+general|\bgeneral\s+and\s+administrative\b|\bprovision\s+for\s+credit\s+losses\b"
            r"|\bresearch\s+and\s+development\b|\boperation\s+and\s+maintenance\b",
            r"\boperating\s+(?:income|profit|earnings|loss)|\b(?:income|earnings|profit|loss)\)?\s+from\s+operations\b"
            r"|\bnet\s+interest\s+income\b",
            r"\bbefore\s+(?:provision\s+for\s+)?(?:income\s+)?tax(?:es)?\b|\b(?:income\s+tax|provision\s+for\s+(?:income\s+)?taxes)",
            r"\bnet\s+(?:income|earnings|\(?loss)",
            r"\b(?:per\s+(?:common\s+)?share|diluted)\b",
        ),
    ),
    Statement.BALANCE: _Form(
        re.compile(rf"balancesheets?|{_OF}(?:financial(?:position|condition)|assetsandliabilities)"),
        _lines(
            r"^total\s+assets\b",
            r"\btotal\s+(?:current\s+)?liabilities\b",
            r"\bcurrent\s+assets\b|^assets\b",
            r"^cash\b",
            r"\bpayables?\b|\bdeposits\b",
            r"\bretained\s+earnings\b|\baccumulated\s+(?:deficit|other\s+comprehensive)|\breinvested\s+earnings\b",
            r"\btotal\s+liabilities,?\s+(?:and|redeemable|noncontrolling)"
            r"|\btotal\s+(?:(?:stock|share)?(?:holders|owners)?['’]?\s*equity|capitalization)\b",
        ),
    ),
    Statement.CASH: _Form(
        re.compile(rf"{_OF}cashflows?|cashflows?statements?"),
        _lines(
            r"\boperating\s+activities\b|^operations:?$",
            r"\binvesting\s+activities\b|^investing:?$",
            r"\bfinancing\s+activities\b|^financing:?$",
            r"\bdepreciation\b",
            r"\b(?:purchases?|additions?|payments?|spending|expenditures?)\b.*\b(?:property|equipment|plant)|\bcapital\s+expenditures?\b",
            r"creases?\)?\s+in\s+cash|\bnet\s+change\s+in\s+cash|\bcash\b.*\b(?:end|beginning)\s+of\b",
            r"\badjustments\s+to\s+reconcile\b|\bchanges?\s+in\s+(?:operating\s+)?assets\s+and\s+liabilities\b",
        ),
    ),
}
_OTHER_HEADING = re.compile(
    r"parenthetical|comprehensive(?:income|loss|earnings)|equity|schedulei|parentcompany|condensedfinancialinformation|proforma|index"
)
_FIGURE = re.compile(r"(?<![\w.,])\(?\$?\s?\d[\d,]*(?:\.\d+)?\)?(?![\w])")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_TOP_LINES, _LONGEST_HEADING, _MOST_HEADING_WORDS = 12, 140, 16
_ENOUGH_FIGURES, _FEWEST_FIGURES = 40, 12


def statement_scores(text: str) -> dict[Statement, float]:
    """How much a page looks like each of the primary statements, 0 to 1; those it does not look like are left out."""
    figures = len(_FIGURE.findall(text))
    if figures < _FEWEST_FIGURES:
        return {}
    lines = [line for line in (line.strip() for line in text.splitlines()) if line]
    text = "\n".join(lines)
    found = {}
    for statement, form in _FORMS.items():
        usual = sum(pattern.search(text) is not None for pattern in form.lines) / len(form.lines)
        score = 0.4 * _headed(lines, form.heading) + 0.4 * usual**2 + 0.2 * min(figures / _ENOUGH_FIGURES, 1.0)
        if score >= _LEAST:
            found[statement] = score
    return found


_LEAST = 0.3


def _headed(lines: Sequence[str], heading: re.Pattern[str]) -> float:
    """1 for a heading near the top of the page, less for one further down or of a statement of another kind."""
    for number, line in enumerate(lines):
        together = re.sub(r"\s+", "", line).lower()
        match = heading.search(together) if len(line) <= _LONGEST_HEADING else None
        if match is None or len(_FIGURE.findall(_YEARS.sub("", line))) > 1 or line.endswith((".", ",")):
            continue
        if len(line.split()) > _MOST_HEADING_WORDS:
            continue
        after = together[match.end() :]
        other = _OTHER_HEADING.search(together[: match.start()] + after)
        kind = 0.4 if other and not after.startswith("andcomprehensive") else 1.0
        return kind * (1.0 if number < _TOP_LINES else 0.5)
    return 0.0


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A page and how much it is a statement, 0 to about 1."""

    page: int
    score: float


def find_statements(pages: Sequence[tuple[int, str]]) -> dict[Statement, list[StatementPage]]:
    """The pages of each primary statement of a report, likeliest first.

    The statements of a report follow one another: a page that looks like one counts for
    more where the others are near. A statement may run over two pages.

    Args:
        pages: number and text of every page, in order.
    """
    scores = {number: found for number, text in pages if (found := statement_scores(text))}
    ranked: dict[Statement, list[StatementPage]] = {statement: [] for statement in Statement}
    for number, found in scores.items():
        for statement, score in found.items():
            beside = sum(_best_near(scores, number, other) for other in Statement if other is not statement) / 2
            ranked[statement].append(StatementPage(number, score + _NEAR_WEIGHT * beside))
    return {s: sorted(found, key=lambda p: (-round(p.score, 3), p.page)) for s, found in ranked.items()}


_NEAR, _NEAR_WEIGHT = 6, 0.3


def _best_near(scores: dict[int, dict[Statement, float]], number: int, statement: Statement) -> float:
    near = (scores.get(n, {}).get(statement, 0.0) for n in range(number - _NEAR, number + _NEAR + 1) if n != number)
    return max(near, default=0.0)

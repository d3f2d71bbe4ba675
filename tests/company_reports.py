"""Small reports of companies that do not exist, made without reading a file."""

import hashlib
from collections.abc import Sequence

from corpus.records import Chunk, Document, Kind, Page, ParsedDocument, Voice

INCOME = """Lantern Works, Inc.
CONSOLIDATED STATEMENTS OF INCOME
(in millions, except per share amounts)
Years ended December 31, 2021 2020 2019
Net sales $ 5,120 $ 4,870 $ 4,410
Cost of sales 3,310 3,105 2,890
Selling, general and administrative expenses 802 777 741
Operating income 1,008 988 779
Interest expense 61 64 70
Income before income taxes 947 924 709
Provision for income taxes 199 201 155
Net income $ 748 $ 723 $ 554
Diluted earnings per share $ 3.02 $ 2.88 $ 2.19
"""
BALANCE = """Lantern Works, Inc.
CONSOLIDATED BALANCE SHEETS
(in millions)
December 31, 2021 2020
Current assets
Cash and cash equivalents $ 611 $ 540
Accounts receivable, net 702 655
Inventories 498 471
Total current assets 1,811 1,666
Property, plant and equipment, net 2,204 2,150
Total assets $ 4,015 $ 3,816
Accounts payable 377 352
Total current liabilities 980 944
Long-term debt 1,250 1,310
Retained earnings 1,610 1,388
Total liabilities and equity $ 4,015 $ 3,816
"""
CASH = """Lantern Works, Inc.
CONSOLIDATED STATEMENTS OF CASH FLOWS
(in millions)
Years ended December 31, 2021 2020 2019
Operating activities
Net income $ 748 $ 723 $ 554
Depreciation and amortization 240 231 222
Adjustments to reconcile net income to net cash from operating activities 31 28 19
Net cash provided by operating activities 1,019 982 795
Investing activities
Purchases of property, plant and equipment (301) (288) (260)
Financing activities
Dividends paid (220) (211) (204)
Net increase in cash 71 64 12
"""
CONTENTS = """INDEX TO FINANCIAL STATEMENTS
Consolidated Statements of Income 3
Consolidated Balance Sheets 4
Consolidated Statements of Cash Flows 5
Notes to Consolidated Financial Statements 6
"""
DISCUSSION = """Results of operations
Gross margin fell because zinc and glass cost more. Our statements of cash flows show that capital spending rose
to $301 million, since a second furnace was built. We judge the business by working capital and by operating margin.
"""
LEGAL = """Legal proceedings
A former supplier sued the company over the lamp glass patents. The suit is set down for trial.
"""
ANNUAL = (DISCUSSION, CONTENTS, INCOME, BALANCE, CASH, LEGAL)


def report(
    company: str | None,
    period: str | None,
    *,
    form: str | None = "10-K",
    source: str = "",
    issued: str | None = None,
    kind: Kind = Kind.COMPANY_REPORT,
) -> Document:
    """A report's facts; its id is made from them."""
    sha256 = hashlib.sha256(f"{company}{period}{form}{source}{issued}".encode()).hexdigest()
    identity = sha256[:16]
    title = ", ".join(filter(None, (company, form or "earnings release", period)))
    place = source or f"{identity}.pdf"
    return Document(
        identity, sha256, place, title, kind, "pdf", company=company, form=form, fiscal_period=period, issued=issued
    )


def with_pages(document: Document, pages: Sequence[str]) -> ParsedDocument:
    """The report with these pages; every page is one chunk, its first line the heading of its section."""
    texts = [page if page.endswith("\n") else page + "\n" for page in pages]
    chunks, start = [], 0
    for number, text in enumerate(texts, start=1):
        body = text.rstrip("\n")
        heading = body.split("\n")[0]
        chunks.append(Chunk(document.id, start, start + len(body), number, number, heading, Voice.PREAMBLE, body))
        start += len(text)
    numbered = tuple(Page(n, str(n), text.removesuffix("\n"), len(text) - 1) for n, text in enumerate(texts, start=1))
    return ParsedDocument(document, numbered, (), tuple(chunks))

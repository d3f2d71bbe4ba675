"""The words of those who ask about a company's figures, and the words of its reports. Data.

Line items, ratios and subjects: "capex" is "purchases of property, plant and equipment" in a
cash flow statement. Ratios are read as in any textbook of financial statement analysis (e.g.
Penman, Financial Statement Analysis and Security Valuation): both of their parts are needed,
often from two statements.
"""

import re
from dataclasses import dataclass

from rag.statements import Statement

_INCOME, _BALANCE, _CASH = Statement.INCOME, Statement.BALANCE, Statement.CASH


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is asked about.

    Attributes:
        asked: how questions name it.
        statements: that hold it; empty for what stands in notes or text.
        words: what reports call it.
        heading: of the sections that hold it.
    """

    asked: re.Pattern[str]
    statements: tuple[Statement, ...]
    words: str
    heading: re.Pattern[str] | None


def _entry(asked: str, words: str, *statements: Statement, heading: str = "") -> Entry:
    headed = re.compile(heading, re.IGNORECASE) if heading else None
    return Entry(re.compile(rf"\b(?:{asked})", re.IGNORECASE), statements, words, headed)


NAMES = (
    (
        _INCOME,
        re.compile(
            r"\b(?:statements?\s+of\s+(?:consolidated\s+)?(?:income|operations|earnings)|income\s+statements?"
            r"|p\s?&\s?l\b|profit\s+and\s+loss)",
            re.IGNORECASE,
        ),
    ),
    (
        _BALANCE,
        re.compile(
            r"\b(?:balance\s+sheets?|statements?\s+of\s+(?:consolidated\s+)?financial\s+(?:position|condition))",
            re.IGNORECASE,
        ),
    ),
    (
        _CASH,
        re.compile(
            r"\b(?:cash\s+flows?\s+statements?|statements?\s+of\s+(?:consolidated\s+)?cash\s+flows?)", re.IGNORECASE
        ),
    ),
)

ENTRIES = (
    # Lines of the income statement
    _entry(
        r"(?:net\s+|total\s+|top[\s-]?line|annual\s+)*(?:revenues?|sales)\b(?!\s+(?:recogn|perform))|top[\s-]?line",
        "total net sales revenues",
        _INCOME,
    ),
    _entry(
        r"cogs\b|costs?\s+of\s+(?:goods|sales|revenues?|products?)",
        "cost of sales cost of goods sold cost of products sold cost of revenue",
        _INCOME,
    ),
    _entry(r"gross\s+(?:profit|margin)", "gross profit gross margin cost of sales net sales", _INCOME),
    _entry(r"sg&?a\b|selling,?\s+general", "selling general and administrative expenses", _INCOME),
    _entry(r"r&d\b|research\s+and\s+development", "research and development expense", _INCOME),
    _entry(
        r"operating\s+(?:income|profit|earnings|margin|loss)|ebit\b",
        "operating income operating profit income from operations",
        _INCOME,
    ),
    _entry(r"(?:adjusted\s+)?ebitdar?\b", "EBITDA operating income depreciation and amortization", _INCOME, _CASH),
    _entry(
        r"net\s+(?:income|earnings|loss|profit)|bottom\s+line|profitab", "net income net earnings attributable", _INCOME
    ),
    _entry(r"eps\b|earnings\s+per\s+share", "diluted earnings per share", _INCOME),
    _entry(r"interest\s+(?:expense|coverage)", "interest expense", _INCOME),
    _entry(
        r"interest\s+coverage|times\s+interest",
        "operating income earnings before interest and taxes interest expense",
        _INCOME,
    ),
    _entry(
        r"effective\s+tax|tax\s+rate|income\s+tax",
        "effective tax rate provision for income taxes income before income taxes",
        _INCOME,
        heading=r"\b(?:income\s+)?tax(?:es)?\b",
    ),
    # Lines of the balance sheet
    _entry(r"pp&?n?e\b|property,?\s+(?:plant|and)|fixed\s+assets?", "property plant and equipment net", _BALANCE),
    _entry(r"inventor(?:y|ies)", "inventories total current assets", _BALANCE, heading=r"\binventor"),
    _entry(r"accounts?\s+receivables?|receivables?\s+turnover", "accounts receivable trade receivables net", _BALANCE),
    _entry(r"accounts?\s+payables?|payables?\s+turnover", "accounts payable current liabilities", _BALANCE),
    _entry(r"total\s+(?:current\s+)?assets|current\s+assets", "total current assets total assets", _BALANCE),
    _entry(
        r"total\s+(?:current\s+)?liabilities|current\s+liabilities",
        "total current liabilities total liabilities",
        _BALANCE,
    ),
    _entry(
        r"(?:working\s+capital|current\s+ratio|quick\s+ratio|acid[\s-]test|liquidity)",
        "total current assets total current liabilities cash and cash equivalents accounts receivable",
        _BALANCE,
    ),
    _entry(
        r"(?:share|stock)holders?['’]?\s+equity|retained\s+earnings|book\s+value|net\s+worth",
        "total shareholders equity stockholders equity retained earnings",
        _BALANCE,
    ),
    _entry(r"goodwill|intangible", "goodwill intangible assets", _BALANCE, heading=r"\b(?:goodwill|intangible)"),
    _entry(
        r"(?:total\s+|long[\s-]term\s+|short[\s-]term\s+)?(?:debt|borrowings|leverage)\b(?!\s+(?:securit|invest|instrument))",
        "long-term debt short-term borrowings current portion of long-term debt notes payable",
        _BALANCE,
        heading=r"\b(?:debt|borrowings|indebtedness|notes\s+payable|credit\s+(?:facilit|agreement))",
    ),
    _entry(
        r"cash\s+(?:&|and)\s+(?:cash\s+)?equivalents|cash\s+(?:balance|position|on\s+hand)",
        "cash and cash equivalents",
        _BALANCE,
        _CASH,
    ),
    # Lines of the cash flow statement
    _entry(
        r"cap(?:ital\s+)?ex(?:penditures?)?\b|capital\s+(?:spending|investments?)",
        "capital expenditures purchases of property plant and equipment additions to property",
        _CASH,
    ),
    _entry(r"(?:depreciation|d\s?&\s?a\b|amortization)", "depreciation and amortization", _CASH),
    _entry(
        r"(?:free\s+)?cash\s+flows?\b(?!\s+(?:statement|hedge))|cash\s+(?:from|provided|used|generat)|operating\s+cash",
        "net cash provided by operating activities investing activities financing activities",
        _CASH,
    ),
    _entry(
        r"(?:paid?|pay(?:s|ing|out)?|payments?)\b.*\bdividends?|dividends?\s+(?:paid|payout|payments?)",
        "dividends paid cash dividends payment of dividends",
        _CASH,
    ),
    _entry(
        r"(?:re|buy)[\s-]?(?:purchas|backs?)|buy(?:s|ing)?\s+back|bought\s+back",
        "repurchases of common stock treasury shares share repurchase program",
        _CASH,
        heading=r"\b(?:repurchase|issuer\s+purchases)",
    ),
    # Ratios of two statements
    _entry(r"days\s+payable|dpo\b", "accounts payable cost of sales inventories", _BALANCE, _INCOME),
    _entry(
        r"days\s+(?:sales|inventory)|d[si]o\b|cash\s+conversion|inventory\s+turnover|receivables?\s+turnover|asset\s+turnover|turnover\s+ratio",
        "inventories accounts receivable cost of sales net sales total assets",
        _BALANCE,
        _INCOME,
    ),
    _entry(
        r"return\s+on\s+(?:\w+\s+)?(?:assets|equity|capital)|ro(?:a|e|ic|ce)\b",
        "net income total assets total equity",
        _INCOME,
        _BALANCE,
    ),
    _entry(
        r"capital[\s-]intensi",
        "capital expenditures property plant and equipment net total assets net sales return on assets",
        _BALANCE,
        _INCOME,
        _CASH,
    ),
    _entry(r"payout\s+ratio|retention\s+ratio", "dividends paid net income", _CASH, _INCOME),
    _entry(r"(?:net\s+)?profit\s+margin|margin\b.*\bnet\s+income", "net income net sales", _INCOME),
    # Subjects of the notes and of the discussion
    _entry(
        r"dividend", "dividends declared per share quarterly dividend", heading=r"\bdividend|\bmarket\s+for\b.*\bequity"
    ),
    _entry(
        r"acqui(?:red|re|sitions?|ring)|m&a\b|mergers?\b|divest|takeover|purchase\s+price",
        "acquisitions acquired completed the acquisition of business combination purchase price divestiture",
        heading=r"\b(?:acquisition|divestiture|business\s+combination|merger)",
    ),
    _entry(
        r"restructur", "restructuring charges restructuring liability severance employee costs", heading=r"\brestructur"
    ),
    _entry(
        r"segments?\b|business\s+(?:units?|lines?)|division",
        "reportable segments segment net sales segment operating income",
        heading=r"\bsegment",
    ),
    _entry(
        r"geograph|regions?\b|countr(?:y|ies)|internation|domestic",
        "geographic areas region net sales by geography United States international",
        heading=r"\b(?:geograph|segment|international|region)",
    ),
    _entry(
        r"organic|constant\s+currency|excluding|exclud(?:e|ing)|non[\s-]gaap|adjusted|one[\s-]off",
        "non-GAAP reconciliation organic local-currency constant currency adjusted excluding",
        heading=r"\b(?:non-gaap|reconciliation|adjusted|organic|sales\s+change)",
    ),
    _entry(
        r"pensions?\b|retire(?:e|ment)|post[\s-]?retirement|benefit\s+(?:plan|obligation)",
        "pension and other postretirement benefit payments expected employer contributions estimated future benefit",
        heading=r"\b(?:pension|retirement|employee\s+benefit|benefit\s+payments|postretirement)",
    ),
    _entry(r"leas(?:es?|ing)\b", "operating lease liabilities right-of-use assets lease cost", heading=r"\bleas"),
    _entry(
        r"derivativ|hedg|notional|swaps?\b",
        "derivative instruments notional amounts interest rate swaps cross currency swaps foreign exchange forwards",
        heading=r"\b(?:derivative|hedg|notional)",
    ),
    _entry(
        r"(?:short[\s-]term|marketable|debt)\s+(?:investments?|securities)|debt\s+instruments?",
        "debt investments short-term investments marketable securities fair value commercial paper corporate bonds",
        heading=r"\b(?:investments|securities|fair\s+value)",
    ),
    _entry(
        r"(?:debt|notes?|bonds?|securities)\b.*\b(?:registered|listed|traded|exchange)|(?:registered|listed|traded)\b.*\bexchange|trading\s+symbol",
        "securities registered pursuant to Section 12(b) title of each class trading symbol name of each exchange",
        heading=r"\bsecurities\s+and\s+exchange\s+commission",
    ),
    _entry(
        r"legal|lawsuits?|litigation|proceedings|investigat|court|claims?\b",
        "legal proceedings litigation lawsuits contingencies",
        heading=r"\b(?:legal\s+proceedings|litigation|contingenc|commitments)",
    ),
    _entry(
        r"industr(?:y|ies)|(?:what|which)\b.*\b(?:products?|services?|brands?)\b|business\s+model|(?:does|do)\b.*\b(?:operate|sell|offer)",
        "business overview company products services customers industry global leader",
        heading=r"\b(?:business|overview|general|description|products|services)\b",
    ),
    _entry(
        r"customers?\b.*\b(?:concentrat|percent|largest|major|depend|account)|(?:concentrat|largest|major|primary)\b.*\bcustomers?",
        "customers accounted for more than 10% of revenue concentration significant customers",
        heading=r"\b(?:customer|concentration|segment)",
    ),
    _entry(r"competit", "competition competitors compete", heading=r"\bcompet"),
    _entry(
        r"employees?\b|headcount|workforce|human\s+capital",
        "employees human capital full-time employees",
        heading=r"\b(?:human\s+capital|employees)",
    ),
    _entry(
        r"(?:stores?|locations|facilit(?:y|ies)|warehouses?|propert(?:y|ies)\b(?!,?\s+(?:plant|and)))",
        "stores number of stores store count beginning of period openings closings properties square feet",
        heading=r"\b(?:propert|stores)",
    ),
    _entry(
        r"same[\s-]store|comparable\s+(?:store\s+)?sales|comps?\b",
        "comparable sales growth",
        heading=r"\bcomparable\s+sales",
    ),
    _entry(r"seasonal|cyclical", "seasonality seasonal cyclical fluctuations quarters", heading=r"\bseasonal"),
    _entry(
        r"guid(?:ance|ed)|outlook|forecast|expects?\b|projected",
        "outlook guidance fiscal expects full year",
        heading=r"\b(?:outlook|guidance)",
    ),
    _entry(
        r"votes?\b|voting|nominees?|annual\s+meeting|proposals?\b",
        "matters to a vote of security holders annual meeting nominees votes for against abstain broker non-votes",
        heading=r"\bsubmission\s+of\s+matters|\bvote",
    ),
    _entry(
        r"ceo\b|cfo\b|chief|directors?\b|executives?|officers?|management\s+(?:change|team)|resign|appoint",
        "chief executive officer appointed elected departure of directors certain officers previously served president",
        heading=r"\b(?:departure|election|executive\s+officers|directors)",
    ),
    _entry(
        r"agenda|purpose|announce|event\b",
        "entered into announced other events material definitive agreement",
        heading=r"\b(?:other\s+events|entry\s+into|item\s+\d\.\d\d)",
    ),
    _entry(
        r"credit\s+(?:facilit|agreement|line)|revolv|commercial\s+paper",
        "revolving credit facility commercial paper borrowings available",
        heading=r"\b(?:credit|debt|borrowings|commercial\s+paper)",
    ),
    _entry(
        r"stock[\s-]based|share[\s-]based|stock\s+options?|rsus?\b",
        "stock-based compensation expense",
        _CASH,
        heading=r"\b(?:stock|share)-based",
    ),
    _entry(r"impair", "impairment charges goodwill long-lived assets", heading=r"\bimpairment"),
    _entry(r"wages?\b|labor|payroll", "wages payroll store expenses labor"),
    _entry(r"risks?\b|uncertain", "risk factors could adversely affect", heading=r"\brisk"),
    _entry(
        r"maturit|repay|due\s+in\b",
        "maturities of long-term debt principal payments due",
        heading=r"\b(?:debt|maturit|contractual)",
    ),
)

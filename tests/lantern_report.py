"""The words and numbers of an invented annual report; the marks are those of quiet_hours.py."""

COMPANY = "Driftwood Lantern Holdings, Inc."
FORM = "10-K"
FISCAL_YEAR_END = "September 30, 2023"

CASH_FLOWS = (
    ("(in thousands)", "2023", "2022"),
    ("Net income", "$ 41,218", "$ 36,904"),
    ("Depreciation and amortization", "12,407", "11,860"),
    ("Change in inventories", "(6,351)", "2,118"),
    ("Net cash provided by operating activities", "47,274", "50,882"),
    ("Purchases of property and equipment", "(18,940)", "(15,233)"),
    ("Net cash used in investing activities", "(18,940)", "(15,233)"),
    ("Dividends paid", "(9,600)", "(9,000)"),
    ("Repayment of debt", "(7,500)", "(12,500)"),
    ("Net cash used in financing activities", "(17,100)", "(21,500)"),
    ("Net increase in cash", "11,234", "14,149"),
    ("Cash at beginning of year", "38,566", "24,417"),
    ("Cash at end of year", "$ 49,800", "$ 38,566"),
)
"""Label, this year, last year; thousands of dollars. Every subtotal is the sum of its rows."""

REPORT_TEXT = f"""
@centre UNITED STATES SECURITIES AND EXCHANGE COMMISSION

@centre FORM {FORM}

@centre ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934

@centre For the fiscal year ended {FISCAL_YEAR_END}

@centre {COMPANY}

@centre (Exact name of registrant as specified in its charter)

Delaware is the state of incorporation. The principal executive offices are at 9 Breakwater Lane, Port Ellery,
Maine. As of November 3, 2023, there were 24,106,512 shares of common stock outstanding.

@page

! PART I

# Item 1. Business

We make lanterns, lamps and the parts for them, and sell them in 640 shops and through our own website. Our
fiscal year ends on September 30. Net sales were $388.4 million in fiscal 2023 and $361.0 million in fiscal
2022. We had 1,912 employees at the end of fiscal 2023.

Sales are highest in the three months before the end of the calendar year, which belong to the first quarter
of our fiscal year. No customer accounted for more than 10 percent of net sales.

# Item 1A. Risk Factors

We buy most of the glass for our lanterns from one furnace in Ohio. If that furnace were to stop for more than
six weeks, we could not fill orders for about 30 percent of our products.

A rise in the price of brass would reduce our gross margin. We estimate that a rise of 10 percent would have
lowered our operating income for fiscal 2023 by $3.1 million.

Our shops depend on visitors of harbor towns. A cool summer, a storm or a closed bridge can keep them away.

@page

! PART II

# Item 7. Management’s Discussion and Analysis of Financial Condition and Results of Operations

Net cash provided by operating activities was $47.3 million in fiscal 2023, compared with $50.9 million in
fiscal 2022. The decrease came from inventories, which we raised before the move of our warehouse.

Capital expenditures were $18.9 million in fiscal 2023. We expect them to be between $20 million and $24
million in fiscal 2024, mainly for the second kiln.

@page

# Item 8. Financial Statements and Supplementary Data

@centre CONSOLIDATED STATEMENTS OF CASH FLOWS

@row table

The accompanying notes are an integral part of these financial statements.

@page

# Item 9A. Controls and Procedures

Our chief executive officer and our chief financial officer concluded that our disclosure controls were
effective as of {FISCAL_YEAR_END}.
"""

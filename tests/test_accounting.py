import pytest

from rag.accounting import needs, without_instructions
from rag.statements import Statement

INCOME, BALANCE, CASH = Statement.INCOME, Statement.BALANCE, Statement.CASH


@pytest.mark.parametrize(
    ("question", "statements"),
    [
        ("What is the capex?", {CASH}),
        ("What is net PP&E?", {BALANCE}),
        ("What are COGS?", {INCOME}),
        ("Is the quick ratio improving?", {BALANCE}),
        ("What is the working capital?", {BALANCE}),
        ("What is the DPO?", {BALANCE, INCOME}),
        ("What is the inventory turnover?", {BALANCE, INCOME}),
        ("What is the return on assets?", {BALANCE, INCOME}),
        ("What is unadjusted EBITDA?", {INCOME, CASH}),
        ("What is the interest coverage?", {INCOME}),
        ("What is the dividend payout ratio?", {CASH, INCOME}),
        ("Is it a capital-intensive business?", {INCOME, BALANCE, CASH}),
        ("What is the effective tax rate?", {INCOME}),
        ("Who sued the company?", set()),
    ],
)
def test_figures_and_ratios_need_the_statements_that_hold_them(question: str, statements: set[Statement]) -> None:
    assert set(needs(question).statements) == statements


def test_a_statement_that_is_named_is_the_one_that_is_needed() -> None:
    assert needs("Using the balance sheet, what was revenue?").statements == (BALANCE,)
    assert needs("From the P&L and the cash flow statement, what was it?").statements == (INCOME, CASH)
    assert needs("What is in the statement of financial position?").statements == (BALANCE,)


def test_the_words_are_those_of_reports() -> None:
    assert "purchases of property plant and equipment" in needs("What was capex?").words
    assert needs("Hello?").words == ""


def test_reasons_and_parts_are_looked_for_in_text_and_notes_first() -> None:
    assert needs("What was revenue?").leads
    assert not needs("What drove the change in revenue?").leads
    assert not needs("Which segment had the largest revenue?").leads
    assert needs("By segment, from the income statement, what was revenue?").leads


def test_sentences_on_the_form_of_the_answer_are_left_out() -> None:
    question = "What was revenue? Answer in USD millions. Round your answer to one decimal place."
    assert without_instructions(question) == "What was revenue?"
    assert without_instructions("Is capex high? If capex is not useful here, then state that.") == "Is capex high?"
    assert without_instructions("Answer in USD millions.") == "Answer in USD millions."
    assert without_instructions("What is DPO? DPO is defined as payables over costs.").endswith("over costs.")

from rag.statements import Statement, find_statements, statement_scores
from tests.company_reports import ANNUAL, BALANCE, CASH, CONTENTS, DISCUSSION, INCOME


def test_each_statement_is_known_for_what_it_is() -> None:
    for text, statement in ((INCOME, Statement.INCOME), (BALANCE, Statement.BALANCE), (CASH, Statement.CASH)):
        scores = statement_scores(text)
        assert max(scores, key=lambda s: scores[s]) is statement
        assert scores[statement] > 0.8


def test_a_mention_is_no_statement() -> None:
    assert statement_scores(CONTENTS) == {}
    assert statement_scores(DISCUSSION) == {}


def test_a_heading_whose_letters_are_set_apart_is_read() -> None:
    assert statement_scores(INCOME.replace("OF INCOME", "OF INCOM E")) == statement_scores(INCOME)


def test_a_statement_of_something_else_counts_less() -> None:
    other = INCOME.replace("STATEMENTS OF INCOME", "STATEMENTS OF INCOME (PARENT COMPANY)")
    assert statement_scores(other)[Statement.INCOME] < statement_scores(INCOME)[Statement.INCOME]
    both = INCOME.replace("OF INCOME", "OF INCOME AND COMPREHENSIVE INCOME")
    assert statement_scores(both) == statement_scores(INCOME)


def test_a_statement_beside_the_others_comes_before_one_that_stands_alone() -> None:
    alone = [INCOME, *([DISCUSSION] * 8), BALANCE, INCOME, CASH]
    found = find_statements(list(enumerate(alone, start=1)))
    assert [page.page for page in found[Statement.INCOME]][:2] == [11, 1]


def test_a_report_has_its_three_statements() -> None:
    found = find_statements(list(enumerate(ANNUAL, start=1)))
    assert [found[s][0].page for s in (Statement.INCOME, Statement.BALANCE, Statement.CASH)] == [3, 4, 5]
    assert find_statements([]) == {statement: [] for statement in Statement}

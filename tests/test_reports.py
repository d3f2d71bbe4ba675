import pytest

from corpus.library import Library
from corpus.records import Kind
from rag.reports import by_turns
from rag.retrieve import Retriever
from rag.scope import Scope
from tests.company_reports import ANNUAL, report, with_pages
from tests.made_documents import parsed

THIS_YEAR = report("Lantern Works, Inc", "fiscal year ended 2021-12-31")
YEAR_BEFORE = report("Lantern Works, Inc", "fiscal year ended 2020-12-31")
OTHER = report("Zinc Works Corporation", "fiscal year ended 2021-12-31")


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add([with_pages(document, ANNUAL) for document in (THIS_YEAR, YEAR_BEFORE, OTHER)])
    return empty


def pages(library: Library, question: str, scope: Scope | None = None) -> list[tuple[str, int]]:
    found = Retriever(library).search(question, 20, scope)
    return [(p.document.id, p.chunk.first_page) for p in found.passages]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What were Lantern's capital expenditures in FY2021?", [5]),
        ("What was Lantern's working capital in FY2021?", [4]),
        ("What was Lantern's DPO in FY2021?", [3, 4]),
        ("What was Lantern's unadjusted EBITDA in FY2021, a proxy for cash earnings?", [3, 5]),
        ("Who sued Lantern over patents in FY2021?", [6]),
    ],
)
def test_the_pages_that_are_needed_come_first(library: Library, question: str, first: list[int]) -> None:
    found = pages(library, question)
    assert sorted(found[: len(first)]) == [(THIS_YEAR.id, page) for page in first]


def test_reasons_come_from_the_discussion_before_the_table(library: Library) -> None:
    found = pages(library, "Why did Lantern's gross margin fall in FY2021?")
    assert found.index((THIS_YEAR.id, 1)) < found.index((THIS_YEAR.id, 3))


def test_a_page_takes_one_place(library: Library) -> None:
    found = pages(library, "What was Lantern's working capital in FY2021?")
    assert len(found) == len(set(found))


def test_scores_fall_from_first_to_last(library: Library) -> None:
    passages = Retriever(library).search("What was Lantern's working capital in FY2021?", 20).passages
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)
    assert all(p.score > 0 for p in passages)


def test_what_was_set_aside_is_said(library: Library) -> None:
    found = Retriever(library).search("What was Lantern's working capital in Q3 FY2021?", 5)
    assert found.searched["relaxed"] == ["no report of Lantern Works, Inc for Q3 2021"]
    assert {p.document.id for p in found.passages} == {THIS_YEAR.id}


def test_within_one_document_its_statements_come_first_whatever_company_is_named(library: Library) -> None:
    found = pages(library, "What was Lantern's working capital in FY2021?", Scope(documents=(OTHER.id,)))
    assert found[0] == (OTHER.id, 4)


def test_a_report_that_changed_is_read_again(library: Library) -> None:
    retriever = Retriever(library)
    question = "What was Lantern's working capital in FY2021?"
    assert retriever.search(question, 1).passages[0].chunk.first_page == 4
    with library.writing():
        library.add([with_pages(THIS_YEAR, ANNUAL[::-1])])
    assert retriever.search(question, 1).passages[0].chunk.first_page == 3


def test_other_documents_are_ranked_as_before(library: Library) -> None:
    rule = parsed("a1", "Working capital of a dealer is net capital.", title="Net capital rule")
    note = parsed("b1", "Working capital is what is left of current assets.", kind=Kind.NOTE)
    with library.writing():
        library.add([rule, note])
    with_reports = Retriever(library).search("How is working capital of a dealer defined?", 5)
    assert with_reports.query.needs is None
    assert {with_reports.passages[0].document.id} <= {rule.document.id, note.document.id}


def test_pages_of_statements_are_set_among_the_others_by_turns() -> None:
    texts = [("t", page) for page in range(1, 9)]
    cash, balance = [("c", 1), ("c", 2)], [("b", 1), ("b", 2)]
    first = by_turns(texts, [cash, balance], first=True)
    assert first[:2] == [("c", 1), ("b", 1)]
    assert first[2:6] == texts[:4]
    assert first.index(("c", 2)) < first.index(("t", 8))
    later = by_turns(texts, [cash, balance], first=False)
    assert later[:6] == [*texts[:4], ("c", 1), ("b", 1)]
    assert sorted(first) == sorted(later) == sorted([*texts, *cash, *balance])
    assert by_turns(texts, [], first=True) == texts
    assert by_turns(texts[:1], [[("t", 1)], []], first=True) == texts[:1]

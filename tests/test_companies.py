import pytest

from corpus.records import Document, Kind
from rag.companies import is_report, route
from rag.query import analyse
from tests.company_reports import report
from tests.made_documents import parsed

SHARED_OWNERS = [
    report("Johnson & Jackson", "fiscal year ended 2023-01-01"),
    report("Amber Exchange Company", "fiscal year ended 2022-12-31"),
    report("Advanced Machine Dynamics, Inc", "fiscal year ended 2022-12-31"),
    report("Coral-Cove Company", "fiscal year ended 2022-12-31"),
    report("Pepperell Holdings, Inc", "fiscal year ended 2022-12-31"),
    report("Block, Inc", "fiscal year ended 2022-12-31"),
    report("General Lamps, Inc", "fiscal year ended 2022-05-29"),
    report("The Procter & Reed Company", "fiscal year ended 2022-06-30"),
    report("4Q Tools", "fiscal year ended 2022-12-31"),
    report(None, None, form=None, source="NORTHQUAY_2022_10K.pdf", kind=Kind.OTHER),
    report("Zinc Works Corporation", "fiscal year ended 2022-12-31", source="https://sec.example/a/zwk-20221231.htm"),
]


def names(question: str, library: list[Document]) -> set[str]:
    found = route(question, library)
    here = {d.id: d for d in library}
    return {here[i].company or here[i].source for i in found.weights} if found else set()


@pytest.mark.parametrize(
    ("question", "company"),
    [
        ("What was Johnson & Jackson's margin in FY2022?", "Johnson & Jackson"),
        ("What drove gross margin for JnJ in FY2022?", "Johnson & Jackson"),
        ("What was J&J's margin?", "Johnson & Jackson"),
        ("What is AMEX's tax rate in FY2022?", "Amber Exchange Company"),
        ("Does AmEx pay dividends?", "Amber Exchange Company"),
        ("What is AMD's quick ratio?", "Advanced Machine Dynamics, Inc"),
        ("What did Coral Cove pay in dividends?", "Coral-Cove Company"),
        ("What did CORALCOVE pay in dividends?", "Coral-Cove Company"),
        ("What did Coral pay in dividends?", "Coral-Cove Company"),
        ("How large is Pepper's debt in FY2022?", "Pepperell Holdings, Inc"),
        ("how large is pepperell's debt?", "Pepperell Holdings, Inc"),
        ("What was Block's revenue in FY2022?", "Block, Inc"),
        ("What was General Lamps' revenue?", "General Lamps, Inc"),
        ("What did P&R sell in FY2022?", "The Procter & Reed Company"),
        ("What is NorthQuay's FY2022 inventory?", "NORTHQUAY_2022_10K.pdf"),
        ("What is ZWK's FY2022 inventory?", "Zinc Works Corporation"),
    ],
)
def test_a_company_is_known_by_the_names_it_goes_by(question: str, company: str) -> None:
    assert names(question, SHARED_OWNERS) == {company}


@pytest.mark.parametrize(
    "question",
    [
        "Block trades must be reported when?",
        "Which block trades are exempt in 2022?",
        "General instructions to Form 10-K in 2022",
        "What is a retail customer?",
        "Does EBITDA count under GAAP?",
    ],
)
def test_a_word_that_is_also_a_name_names_no_company_by_itself(question: str) -> None:
    assert names(question, [*SHARED_OWNERS, parsed("a1", "rule").document]) == set()


def test_two_companies_are_compared_by_the_reports_of_both() -> None:
    assert names("Compare the margins of Block and Pepperell in FY2022", SHARED_OWNERS) == {
        "Block, Inc",
        "Pepperell Holdings, Inc",
    }


def lantern(period: str | None, form: str | None = "10-K", source: str = "", issued: str | None = None) -> Document:
    return report("Lantern Works, Inc", period, form=form, source=source, issued=issued)


Y2020, Y2021 = lantern("fiscal year ended 2020-06-30"), lantern("fiscal year ended 2021-06-30")
Q2_2022 = lantern("quarter ended 2021-12-31", "10-Q")
EVENT = lantern(None, "8-K", issued="2021-09-15")
RELEASE = lantern(None, None, source="LANTERN_2021Q4_EARNINGS.pdf", issued="2021-08-20")
LIBRARY = [Y2020, Y2021, Q2_2022, EVENT, RELEASE]


def weights(question: str, library: list[Document]) -> dict[str, float]:
    found = route(question, library)
    assert found is not None
    return dict(found.weights)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Lantern's sales in FY2020", {Y2020.id}),
        ("Lantern's sales in FY2021", {Y2021.id, RELEASE.id}),
        ("Did Lantern's debt rise between FY2020 and FY2021?", {Y2021.id, RELEASE.id}),
        ("Lantern's sales at Q2 of FY2022", {Q2_2022.id}),
        ("Lantern's sales in H1 FY2022", {Q2_2022.id}),
        ("What did Lantern announce on September 15, 2021?", {EVENT.id}),
        ("What was decided at Lantern on September 11, 2021?", {EVENT.id}),
        ("Lantern's balance as of June 30, 2020", {Y2020.id}),
        ("Lantern's FY2021 sales in the annual report", {Y2021.id}),
    ],
)
def test_a_period_leads_to_its_own_report(question: str, first: set[str]) -> None:
    found = weights(question, LIBRARY)
    assert {i for i, weight in found.items() if weight == max(found.values())} == first


def test_a_date_in_a_files_name_dates_an_event_and_other_digits_do_not() -> None:
    dated = lantern(None, "8-K", source="LANTERN_2021_8K_dated-2021-03-04.pdf")
    odd = lantern(None, "8-K", source="LANTERN_2021_8K_no-2021-93-41.pdf")
    assert weights("What did Lantern announce on March 4, 2021?", [dated, odd])[dated.id] == 1.0
    assert weights("What did Lantern announce on March 4, 2021?", [dated, odd])[odd.id] < 1.0


def test_no_period_means_all_reports_and_the_latest_annual_one_first() -> None:
    found = weights("What does Lantern make?", LIBRARY)
    assert found.keys() == {d.id for d in LIBRARY}
    assert max(found, key=lambda i: found[i]) == Y2021.id


def test_without_the_years_report_the_next_one_that_has_its_figures_is_favoured() -> None:
    found = route("Lantern's sales in FY2020", [Y2021, Q2_2022])
    assert found is not None
    assert found.weights[Y2021.id] > found.weights[Q2_2022.id]
    assert found.relaxed == ("no report of Lantern Works, Inc for 2020",)


def test_what_is_not_there_is_set_aside_step_by_step_and_said() -> None:
    form = route("Lantern's FY2021 sales in the 10-Q", [Y2020, Y2021])
    assert form is not None
    assert form.relaxed == ("no 10-Q of Lantern Works, Inc for 2021",)
    assert form.weights == {Y2021.id: 1.0}
    quarter = route("Lantern's sales in Q3 FY2021", [Y2020, Y2021])
    assert quarter is not None
    assert quarter.relaxed == ("no report of Lantern Works, Inc for Q3 2021",)
    assert quarter.weights == {Y2021.id: 1.0}


def test_when_a_report_is_missing_one_without_a_name_may_be_it() -> None:
    nameless = report(None, "fiscal year ended 2019-06-30")
    assert nameless.id in weights("Lantern's sales in FY2019", [Y2020, Y2021, nameless])
    assert nameless.id not in weights("Lantern's sales in FY2020", [Y2020, Y2021, nameless])


def test_a_year_that_ends_in_january_has_two_names_and_one_of_whole_weeks_the_year_before() -> None:
    shop = report("Corner Shop Co", "fiscal year ended 2022-01-29")
    later = report("Corner Shop Co", "fiscal year ended 2023-01-28")
    found = weights("Corner Shop sales in FY2022", [shop, later])
    assert found[shop.id] > found[later.id] > 0
    weeks = report("Johnson & Jackson", "fiscal year ended 2023-01-01")
    before = report("Johnson & Jackson", "fiscal year ended 2022-01-02")
    assert weights("JnJ sales in FY2022", [weeks, before]) == {weeks.id: 1.0}


def test_a_new_name_on_the_files_and_the_old_one_on_the_covers_are_one_company() -> None:
    old = report("Quadrat, Inc", "fiscal year ended 2020-12-31", source="TILE_2020_10K.pdf")
    new = report("Tile, Inc", "fiscal year ended 2021-12-31", source="TILE_2021_10K.pdf")
    assert weights("What were Tile's sales in FY2020?", [old, new]) == {old.id: 1.0}
    assert weights("What were Quadrat's sales in FY2021?", [old, new]) == {new.id: 1.0}


def test_a_period_alone_leads_to_reports_only_in_a_library_of_reports() -> None:
    question = "Why did margins fall in FY2020?"
    assert weights(question, LIBRARY) == {Y2020.id: 1.0}
    note = parsed("b1", "What a margin is.", kind=Kind.NOTE).document
    assert weights(question, [*LIBRARY, note]) == {Y2020.id: 1.0}
    assert route(question, [*LIBRARY, parsed("a1", "A rule.").document]) is None


def test_other_documents_are_no_reports() -> None:
    rule = parsed("a1", "A rule.").document
    assert not is_report(rule)
    assert is_report(SHARED_OWNERS[9])
    assert route("What does Lantern sell?", [rule]) is None
    query = analyse("Who must report under Lantern's rule in FY2020?", [rule])
    assert (query.documents, query.needs, query.weights) == (frozenset(), None, {})

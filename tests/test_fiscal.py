import pytest

from rag.fiscal import Period, asked


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("sales in FY2018", [(2018, 0)]),
        ("sales in FY 18 and FY'19", [(2018, 0), (2019, 0)]),
        ("sales in fiscal year 2020", [(2020, 0)]),
        ("sales in 2021", [(2021, 0)]),
        ("average of 2015-2017", [(2015, 0), (2017, 0)]),
        ("growth FY2019 - FY2020", [(2019, 0), (2020, 0)]),
        ("between FY2021 and 2022", [(2021, 0), (2022, 0)]),
        ("cash at Q2 of FY2023 close", [(2023, 2)]),
        ("sales in the third quarter of fiscal 2022", [(2022, 3)]),
        ("sales in 2023 Q1", [(2023, 1)]),
        ("sales in 4Q21", [(2021, 4)]),
        ("sales in H1 FY2023", [(2023, 2)]),
        ("sales in the first nine months of 2022", [(2022, 3)]),
        ("drop between FY 2023 and Q2 of FY2024", [(2023, 0), (2024, 2)]),
        ("as of FY 2021, payments expected in 2024", [(2021, 0)]),
        ("balance as of December 31, 2022", [(2022, 0)]),
        ("a price of $2,021 and file 34-2020-11", []),
    ],
)
def test_periods_are_read_in_the_ways_people_write_them(question: str, periods: list[tuple[int, int]]) -> None:
    found = asked(question).periods
    assert sorted(found) == sorted(Period(*period) for period in periods)


def test_the_latest_period_is_the_one_that_ends_last() -> None:
    assert asked("between FY2022 and FY2021").latest == Period(2022)
    assert asked("between FY 2023 and Q2 of FY2024").latest == Period(2024, 2)
    assert asked("what does it make?").latest is None


def test_a_quarter_may_stand_without_its_year() -> None:
    found = asked("What were sales in the second quarter?")
    assert (found.quarter, found.periods, found.fiscal) == (2, (), True)


@pytest.mark.parametrize("written", ["July 1, 2022", "1st July 2022", "1 of July, 2022", "2022-07-01", "Jul. 1st 2022"])
def test_dates_are_read(written: str) -> None:
    assert asked(f"the 8k filing dated {written}").dates == ("2022-07-01",)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert asked("on February 30, 2022").dates == ()


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("in the 10K", {"10-K"}),
        ("in its annual report", {"10-K"}),
        ("in the 10-Q", {"10-Q"}),
        ("in the 8k filing", {"8-K"}),
        ("in the earnings release", {"earnings release"}),
        ("What were earnings per share?", set()),
    ],
)
def test_forms_are_read(question: str, forms: set[str]) -> None:
    assert asked(question).forms == forms

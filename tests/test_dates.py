"""DATES paragraphs in words of our own: what holds for a whole release is a fact, what is counted or partial is not."""

import pytest

from ingest.facts.dates import iso_date, stated_dates, valid_date


@pytest.mark.parametrize(
    ("paragraph", "effective"),
    [
        ("EFFECTIVE DATE: June 23, 2000 .", "2000-06-23"),
        ("DATES: Effective on September 1, 2017.", "2017-09-01"),
        ("DATES: Effective Date. October 1, 1998. Compliance Date. October 1, 1999.", "1998-10-01"),
        ("DATES: Effective Date March 12, 2010\n\nCompliance Dates: See section III.", "2010-03-12"),
        (
            "DATES: The final rules and form amendments are effective May 2, 2019, except for 17 CFR 229.601.",
            "2019-05-02",
        ),
        ("Dates: Effective Date: The new rules will take effect October 23, 2000.", "2000-10-23"),
        (
            "DATES: The amendments in this document are effective December 30, 2010 and the rule ends later.",
            "2010-12-30",
        ),
        (
            "Effective Date: The release was sent out on November 2, 2001. The effective date is May 2, 2003.",
            "2003-05-02",
        ),
        (
            "DATES: Effective date for this joint final rule and joint interim final rule: July 23, 2012; provided",
            "2012-07-23",
        ),
        # what only a part of the release has, or what is counted from another day
        (
            "DATES: Effective date: Revised 17 CFR 230.147 will be effective on April 20, 2017; others, May 22.",
            None,
        ),
        (
            "EFFECTIVE DATE: The effective date of § 230.151A is January 12, 2011; that of § 240.12h-7 is May 1, 2009.",
            None,
        ),
        (
            "EFFECTIVE DATE: [Insert date 60 days after publication]. Section 242.104 is effective on April 1, 1997.",
            None,
        ),
        ("DATES: This rule is effective 60 days after publication in the Federal Register.", None),
        ("DATES: Effective Date: The date published on June 18, 2003, in Release No. 33-99238, remains.", None),
        ("DATES: Comments are due on June 1, 2020.", None),
    ],
)
def test_the_effective_date_of_a_whole_release(paragraph: str, effective: str | None) -> None:
    assert stated_dates(paragraph).get("effective") == effective


def test_days_after_publication_are_counted_where_the_day_of_publication_is_printed() -> None:
    paragraph = "DATES: This rule is effective 60 days after publication in the Federal Register."
    assert (
        stated_dates(paragraph, "2020-01-02")["effective"] == "2020-03-02"
    )  # 29 days left of January, 29 of February, 2


@pytest.mark.parametrize(
    ("paragraph", "compliance"),
    [
        ("DATES: Effective Date: May 20, 2013; Compliance Date: November 20, 2013.", ("2013-11-20",)),
        (
            "DATES: Compliance Dates: Registrants must comply for years ending on or after March 15, 2002 and for "
            "proxy statements on or after January 15, 2002.",
            ("2002-01-15", "2002-03-15"),
        ),
        ("DATES: Compliance Date: Compliance will be mandatory as of January 1, 2010.", ("2010-01-01",)),
        ("DATES: Compliance with the amended rules is required on April 12, 2021.", ("2021-04-12",)),
        ("DATES: The compliance date remains May 20, 2019 for all other amendments.", ("2019-05-20",)),
        (
            "DATES: Compliance Dates: Companies that qualify as small as of January 21, 2011, need not comply until "
            "January 21, 2013, when they must.",
            ("2013-01-21",),
        ),
        ("DATES: Compliance Dates: Firms may file voluntarily after January 1, 2010.", ()),
        ("DATES: Compliance Dates: See section II.G.", ()),
        ("DATES: Effective Date: May 1, 2001. Transition Dates: Until August 5, 2002, services will not impair.", ()),
        ("DATES: Compliance Date: Prior to May 1, 2001 the Commission will publish a schedule.", ()),
    ],
)
def test_every_compliance_date_earliest_first(paragraph: str, compliance: tuple[str, ...]) -> None:
    assert stated_dates(paragraph).get("compliance", ()) == compliance


@pytest.mark.parametrize(
    ("paragraph", "deadline"),
    [
        ("DATES: Comments should be received on or before August 7, 2018.", "2018-08-07"),
        ("DATES: The agency must receive comments on this proposal by September 21, 2020.", "2020-09-21"),
        ("DATES: Comments must be received by 5:00 p.m. Eastern time on or before May 9, 2005.", "2005-05-09"),
        ("DATES: Effective Date: August 20, 2001.\n\nComments Due: On or before September 4, 2001.", "2001-09-04"),
        (
            "DATES: The comment period for the rule published on May 1, 2022 (87 FR 1) is reopened until June 9, 2022.",
            "2022-06-09",
        ),
        (
            "DATES: Effective: July 1, 2012. The comment period for the interim final rule will close July 23, 2012.",
            "2012-07-23",
        ),
        # comments on paperwork alone leave the rule closed to comment
        (
            "DATES: Comment Date: Comments regarding the collection of information should be received by May 1, 2013.",
            None,
        ),
        ("DATES: Comments should be received 60 days after publication in the Federal Register.", None),
    ],
)
def test_the_day_by_which_comments_are_due(paragraph: str, deadline: str | None) -> None:
    assert stated_dates(paragraph).get("comment_deadline") == deadline


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert valid_date("June 31, 2010") is None
    assert valid_date(None) is None
    with pytest.raises(ValueError, match="out of range"):
        iso_date("June 31, 2010")
    assert iso_date("August\n7 , 2018") == "2018-08-07"

"""Who speaks: expectations written by hand, in the wording of releases about a rule that does not exist."""

import pytest

from corpus.records import Kind, Section, Voice
from ingest.voice import voice_of


def chain(*headings: str) -> tuple[Section, ...]:
    return tuple(Section("", heading, n + 1, heading, 0, 1, 1, 1) for n, heading in enumerate(headings))


def voice(text: str, *headings: str, kind: Kind = Kind.FINAL_RULE) -> Voice:
    return voice_of(text, chain(*(headings or ("Discussion",))), kind, in_notes=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are adopting the quiet hours as proposed. They begin at nine.", Voice.PREAMBLE),
        (
            "Several commenters argued that the hours are too long.12 Others suggested a shorter night.13 We disagree.",
            Voice.COMMENTER_VIEW,
        ),
        (
            "One commenter opposed the rule. They said it would cost each dealer $400 a year. "
            "The Commission is not persuaded.",
            Voice.COMMENTER_VIEW,
        ),
        ("The NYSE recommended that floor brokers be exempt from the hours. 45", Voice.COMMENTER_VIEW),
        ("In the view of many commenters, silence is costly.", Voice.COMMENTER_VIEW),
        ("The SEC stated in 2001 that silence is costly.", Voice.PREAMBLE),
        ("The proposed rule would require silence.", Voice.PREAMBLE),
        (
            "While we recognize the estimate of $20 by the commenter cited above, we continue to believe that "
            "silence is golden.",
            Voice.PREAMBLE,
        ),
        ("In response to commenters, we are shortening the night by an hour.", Voice.PREAMBLE),
        (
            "In response to some commenters’ concern that the proposed hours are long, the rule is shorter.",
            Voice.PREAMBLE,
        ),
        (
            "The rule differs in that, as requested by some commenters, the final rule provides examples.",
            Voice.PREAMBLE,
        ),
        ("Thus, consistent with commenters’ views, the adopted rule does not require a log.", Voice.PREAMBLE),
        ("In light of the views of commenters, many of them dealers, the Commission believes so.", Voice.PREAMBLE),
        ("While two commenters argued that the night is long, we believe that seven hours are few.", Voice.PREAMBLE),
        ("The Commission carefully considered commenters’ concerns about the proposed hours.", Voice.PREAMBLE),
        ("Commenters should not wait for the end of the period.", Voice.PREAMBLE),
        ("Many commenters represented that silence is dear.", Voice.COMMENTER_VIEW),
        ("A few commenters were concerned that silence is dear.", Voice.COMMENTER_VIEW),
        ("In its comment letter on the proposal, Lantern objected to the log.", Voice.COMMENTER_VIEW),
        (
            "One dealer sent us data, and a commenter argued that silence is dear. For example, Lantern Trading stated "
            "that its customers sleep by day. The Board of Lantern Trading agreed that the night is long.",
            Voice.COMMENTER_VIEW,
        ),
        (
            "One commenter argued that silence is dear. The Court of Appeals stated in an older case about other hours "
            "that nobody has a right to be heard at night, and that a dealer is no exception to that.",
            Voice.PREAMBLE,
        ),
        ("The FRFA states that small dealers would be silent as well.", Voice.PREAMBLE),
        ("The Commission received two comment letters asking for a later hour.", Voice.COMMENTER_VIEW),
        ("We received no comments suggesting a later hour.", Voice.PREAMBLE),
        ("The Commission received 40 comments on the proposed hours.", Voice.PREAMBLE),
        ("Commenters are requested to provide data on the cost of silence.", Voice.REQUEST_FOR_COMMENT),
        ("Interested persons are invited to send data.", Voice.REQUEST_FOR_COMMENT),
        ("3. Section 240.99a-1 is amended by revising paragraph (b) to read as follows:", Voice.RULE_TEXT),
        ("By amending Section 102.05(2) to read as follows:", Voice.RULE_TEXT),
        ("2. Amend § 240.99a-1 by adding paragraph (c).", Voice.RULE_TEXT),
        ("Two commenters asked for paragraph (b) to read as follows:", Voice.COMMENTER_VIEW),
        ("Removing paragraph (b) would make the night shorter.", Voice.PREAMBLE),
        ("Paragraph (b), as the rule is amended today, ends the night at seven.", Voice.PREAMBLE),
        ("Should the hours begin later? If so, when? Please give reasons.", Voice.REQUEST_FOR_COMMENT),
        ("The Commission requests comment on the length of the night.", Voice.REQUEST_FOR_COMMENT),
        ("We solicit data on the cost of silence.", Voice.REQUEST_FOR_COMMENT),
    ],
)
def test_the_wording_tells_who_speaks(text: str, expected: Voice) -> None:
    assert voice(text) is expected


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Economic Analysis", "Baseline"), Voice.ECONOMIC_ANALYSIS),
        (("Consideration of Costs and Benefits",), Voice.ECONOMIC_ANALYSIS),
        (("Cost-Benefit Analysis", "Costs"), Voice.ECONOMIC_ANALYSIS),
        (("Cost/Benefit Analysis",), Voice.ECONOMIC_ANALYSIS),
        (("Benefits and Implementation Costs of the Rule",), Voice.ECONOMIC_ANALYSIS),
        (("Promotion of Efficiency, Competition, and Capital Formation",), Voice.ECONOMIC_ANALYSIS),
        (("Small Entities Subject to the Rule",), Voice.ECONOMIC_ANALYSIS),
        (("Discussion", "Low-cost Benefit Plans"), Voice.PREAMBLE),
        (("Final Regulatory Flexibility Analysis",), Voice.ECONOMIC_ANALYSIS),
        (("Paperwork Reduction Act", "Respondents"), Voice.PAPERWORK_BURDEN),
        (("Economic Analysis", "Request for Comment"), Voice.REQUEST_FOR_COMMENT),
        (("Text of the Proposed Rules",), Voice.RULE_TEXT),
        (("List of Subjects in 17 CFR Part 240",), Voice.RULE_TEXT),
        (("PART 240 — GENERAL RULES",), Voice.RULE_TEXT),
        (("Summary",), Voice.FRONT_MATTER),
        (("Dates",), Voice.FRONT_MATTER),
        (("Discussion", "Summary of Quiet Hours"), Voice.PREAMBLE),
    ],
)
def test_headings_tell_where_the_wording_is_neutral(headings: tuple[str, ...], expected: Voice) -> None:
    assert voice("Dealers fall silent at nine in the evening.", *headings) is expected


def test_a_commenter_in_the_economic_analysis_is_a_commenter_still() -> None:
    text = "One commenter estimated costs of $400.7 Another commenter believed they would be higher.8"
    assert voice(text, "Economic Analysis") is Voice.COMMENTER_VIEW


def test_a_section_of_a_rule_is_rule_text_whatever_it_says() -> None:
    section = Section("§ 240.99a-1", "Quiet hours", 2, "§ 240.99a-1 › Quiet hours", 0, 1, 1, 1)
    text = "Commenters shall state their names."
    assert voice_of(text, (section,), Kind.PROPOSED_RULE, in_notes=False) is Voice.RULE_TEXT


def test_footnotes_and_the_text_before_the_first_heading() -> None:
    assert voice_of("See letter from a commenter.", chain("Discussion"), Kind.FINAL_RULE, in_notes=True) is (
        Voice.FOOTNOTE
    )
    assert voice_of("SECURITIES AND EXCHANGE COMMISSION", (), Kind.FINAL_RULE, in_notes=False) is Voice.FRONT_MATTER
    assert voice_of("A memo.", (), Kind.OTHER, in_notes=False) is Voice.PREAMBLE

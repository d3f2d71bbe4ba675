"""What a release lays on someone outside its rule text, by the part that says so."""

import pytest

from corpus.library import Library
from corpus.records import Kind, Voice
from rag.impact import Obligation, find_obligations
from rag.ownrules import rules_laid_down, tells_another_rule
from tests.made_release import Piece, release


def told(
    empty: Library, text: str, voice: Voice = Voice.PREAMBLE, *, kind: Kind = Kind.FINAL_RULE, heading: str = "Bells"
) -> list[Obligation]:
    pieces = [Piece(f"II › {heading}", text, voice=voice)]
    empty.add([release("be", pieces, release_numbers=("34-90003",), kind=kind)])
    return list(find_obligations(empty, empty.find("34-90003")).obligations)


@pytest.mark.parametrize(
    ("sentence", "modality", "action"),
    [
        ("Such notification may be provided orally or in writing.", "may", "be provided orally or in writing"),
        ("The next report would be required to be submitted by April 30, 2015.", "would be required",
         "be submitted by April 30, 2015"),
        ("The policies and procedures of a tower must establish limits of noise.", "must", "establish limits of noise"),
        ("The policies of a tower will need to set limits of noise.", "will need to", "set limits of noise"),
        ("Procedures must be reasonably designed to end noise.", "must", "be reasonably designed to end noise"),
        ("The rule plainly requires that each bell be tested in spring.", "is required", "be tested in spring"),
        ("What the record says of bells must be true and complete.", "must", "be true and complete"),
    ],
)  # fmt: skip
def test_what_must_or_may_be_done_is_told_without_who(
    empty: Library, sentence: str, modality: str, action: str
) -> None:
    (found,) = told(empty, sentence)

    assert (found.actor, found.modality, found.action) == (None, modality, action)


@pytest.mark.parametrize(
    "sentence",
    [
        "A thin bell may be broken by a heavy hammer.",
        "We expect dealers to incur costs of new bells.",
        "Dealers in thin towers need to buy bells from large towers.",
        "Without a clock the dealers would not be able to compete with the towers.",
    ],
)
def test_guesses_lay_nothing_on_anyone(empty: Library, sentence: str) -> None:
    assert told(empty, sentence) == []


def test_nobody_can_waive_what_a_rule_says(empty: Library) -> None:
    (found,) = told(empty, "Under Section 29 of the Bell Act, a dealer would not be able to waive the quiet hours.")

    assert (found.actor, found.kind.value) == ("dealer", "prohibition")


@pytest.mark.parametrize(
    ("sentence", "heading", "listed"),
    [
        ("The final rule will require each dealer to keep a log of its bells.", "Costs", True),
        ("Each dealer is also required to send a copy of the log to the owner.", "The Log – Rules 5-7", True),
        ("Each dealer is also required to send a copy of the log to the owner.", "Costs", False),
        ("The Bell Rule also requires each dealer to keep a log of its bells.", "Costs", True),
        ("The final rule will require each dealer to keep a log of its bells.", "Economic Baseline", False),
        ("The final rule will allow dealers to profit from softer bells.", "Costs", False),
        ("Under the final rule some dealers will have to spend more on their bells.", "Costs", False),
        ("Under the final rule dealers may ring fewer bells.", "Costs", False),
    ],
)
def test_an_economic_analysis_is_read_for_what_the_rule_lays_down(
    empty: Library, sentence: str, heading: str, listed: bool
) -> None:
    found = told(empty, sentence, Voice.ECONOMIC_ANALYSIS, heading=heading)

    assert [o.kind.value for o in found] == (["duty"] if listed else [])


def test_a_sentence_that_goes_on_from_one_about_the_rule_is_about_it(empty: Library) -> None:
    text = (
        "The final rule will change how towers sound at night. "
        "In particular, each dealer must keep a log of its bells. "
        "Prices of bells differ. Each dealer must keep a list of its clocks."
    )
    found = told(empty, text, Voice.ECONOMIC_ANALYSIS, heading="Costs")

    assert [o.action for o in found] == ["keep a log of its bells"]


def test_what_someone_would_spend_is_an_estimate(empty: Library) -> None:
    (found,) = told(empty, "We estimate that each dealer would spend 12 hours on the log.", Voice.PAPERWORK_BURDEN)

    assert (found.actor, found.kind.value, found.cost) == ("each dealer", "estimate", "12 hours")


def test_what_another_rule_requires_today_is_left_out(empty: Library) -> None:
    text = (
        "We are adopting new Rule 77 on bells, and adopted Rule 77 is short. "
        "Rule 77(a) requires each dealer to keep a log of its bells. "
        "Rule 5a-1(b) requires each dealer to keep a list of its clocks."
    )
    found = told(empty, text)

    assert [o.action for o in found] == ["keep a log of its bells"]


def test_a_rule_is_laid_down_where_the_release_calls_it_so_twice_or_prints_it() -> None:
    text = (
        "The proposed Rule 77 and proposed rule 77; final Rule 8; amendments to Exchange Act Rule 9a–1, new Rule 9a-1."
    )
    own = rules_laid_down(text, ["§ 240.15z-3(a)(1)"])

    assert own == {"77", "9a-1", "15z-3"}
    assert tells_another_rule("Rule 8(c) generally prohibits bells.", own)
    assert not tells_another_rule("Rule 77(c) generally prohibits bells.", own)
    assert not tells_another_rule("Rule 8(c) would prohibit bells.", own)
    assert not tells_another_rule("Rule 8(c) generally prohibits bells.", frozenset())

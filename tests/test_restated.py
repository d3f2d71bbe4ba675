"""Duties that a document states more than once."""

from corpus.library import Library
from corpus.records import Kind, Voice
from rag.impact import find_obligations, impact_json
from rag.obligations import read_duty
from rag.ownduties import Found
from rag.restated import gather_restated
from rag.stated import Line
from tests.made_release import Piece, release


def found(sentence: str, start: int, voice: Voice = Voice.PREAMBLE) -> Found:
    duty = read_duty(sentence)
    assert duty is not None
    return Found(duty, Line(start, start + len(sentence), sentence), "II.A", voice)


LOG = "Each dealer must keep a written log of the bells, the clocks, the organs, the ropes and the wheels of its tower"


def test_the_strongest_voice_with_most_facts_is_kept_and_the_others_stand_in_order(empty: Library) -> None:
    costs = found(f"{LOG}.", 900, Voice.ECONOMIC_ANALYSIS)
    paperwork = found(f"{LOG} daily.", 500, Voice.PAPERWORK_BURDEN)
    bare = found(f"{LOG}.", 100)
    full = found(f"If a bell rings, {LOG.lower()}.", 300)
    (group,) = gather_restated(empty, [bare, full, paperwork, costs])

    assert group.kept is full
    assert group.also == (bare, paperwork, costs)


def test_a_fact_that_the_kept_statement_lacks_is_taken_from_another(empty: Library) -> None:
    bare = found(f"{LOG}.", 100)
    paperwork = found(f"{LOG} daily, if it rings at all.", 500, Voice.PAPERWORK_BURDEN)
    (group,) = gather_restated(empty, [bare, paperwork])

    assert (group.kept.duty.deadline, group.kept.duty.condition) == (None, None)
    duty = group.completed(group.also)
    assert (duty.deadline, duty.condition) == ("daily", "if it rings at all")
    assert group.completed(()).deadline is None


def test_rule_text_stays_and_takes_in_what_repeats_it(empty: Library) -> None:
    one, two = found(f"{LOG}.", 100, Voice.RULE_TEXT), found(f"{LOG}.", 200, Voice.RULE_TEXT)
    groups = gather_restated(empty, [one, two, found(f"{LOG}.", 20)])

    assert [group.kept for group in groups] == [one, two]
    assert [len(group.also) for group in groups] == [1, 0]


def test_another_actor_force_or_deadline_is_another_duty(empty: Library) -> None:
    statements = [
        f"{LOG}.",
        f"{LOG}.".replace("dealer", "vendor"),
        f"{LOG}.".replace("dealer", "small dealer"),
        f"{LOG}.".replace("must", "must not"),
        f"{LOG} within 5 days.",
        f"{LOG} within thirty days.",
    ]
    groups = gather_restated(empty, [found(text, 100 * n) for n, text in enumerate(statements)])

    assert [len(group.also) for group in groups] == [1, 0, 0, 0, 0]
    assert groups[0].kept.duty.deadline == "within 5 days"


def test_such_entities_are_whom_the_document_named_before(empty: Library) -> None:
    statements = [f"{LOG}.", f"{LOG}.".replace("Each dealer", "Such entities")]
    (group,) = gather_restated(empty, [found(text, 100 * n) for n, text in enumerate(statements)])

    assert len(group.also) == 1


def test_two_duties_of_one_sentence_are_no_restatement(empty: Library) -> None:
    (group,) = gather_restated(empty, [found(f"{LOG}.", 100), found(f"{LOG}.", 100)])

    assert group.also == ()


def test_each_place_is_cited_and_verified(empty: Library) -> None:
    pieces = [
        Piece("II › The log", "Under the rule, each dealer would be required to keep a written log of its bells."),
        Piece(
            "IV › Costs",
            "Under the rule, each dealer would be required to keep a written log of its bells daily.",
            voice=Voice.ECONOMIC_ANALYSIS,
        ),
    ]
    empty.add([release("be", pieces, release_numbers=("34-90002",), kind=Kind.PROPOSED_RULE)])
    (told,) = impact_json(find_obligations(empty, empty.find("34-90002")))["obligations"]

    assert (told["voice"], told["deadline"]) == ("preamble", "daily")
    assert told["citation"]["quote"] == pieces[0].text
    assert [(c["quote"], c["verified"]) for c in told["also"]] == [(pieces[1].text, True)]

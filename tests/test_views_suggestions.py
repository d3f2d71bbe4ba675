from corpus.records import Document, Kind
from views.suggestions import suggest


def document(title: str, kind: Kind, **facts: object) -> Document:
    return Document(title[:4], "0", "a", title, kind, "txt", **facts)  # type: ignore[arg-type]


def test_the_agencys_documents_come_before_our_notes() -> None:
    known = [
        document("VPIN and bulk volume classification", Kind.NOTE),
        document("Regulation Best Interest", Kind.PROPOSED_RULE),
    ]
    assert suggest(known) == [
        "Who is a retail customer under the proposed Regulation Best Interest?",
        "What is VPIN?",
    ]


def test_dates_are_asked_for_where_the_document_states_them() -> None:
    known = [
        document("A", Kind.PROPOSED_RULE, release_numbers=("34-1",), comment_deadline="2024-01-01"),
        document("B", Kind.FINAL_RULE, release_numbers=("34-2",), effective="2024-01-01"),
        document("C", Kind.FINAL_RULE, release_numbers=("34-3",)),
        document("D", Kind.FINAL_RULE, effective="2024-01-01"),
    ]
    assert suggest(known) == [
        "By what date should comments on 34-1 be received?",
        "What is the effective date of 34-2?",
    ]


def test_a_rule_card_is_not_taken_for_the_rule() -> None:
    assert suggest([document("Regulation NMS (2005)", Kind.RULE_CARD)]) == []


def test_there_are_no_more_than_asked_for() -> None:
    known = [document(str(n), Kind.FINAL_RULE, release_numbers=(f"34-{n}",), effective="2024") for n in range(9)]
    assert len(suggest(known, limit=3)) == 3

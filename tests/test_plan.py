"""What kind of answer a question asks for."""

import pytest

from corpus.answers import Asked
from rag.plan import asked_of, plan_of
from rag.query import analyse
from tests.linked_releases import adoption, proposal


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is a lantern notice?", Asked.DEFINITION),
        ("What does “lantern notice” mean?", Asked.DEFINITION),
        ("What must a harbor dealer file?", Asked.OBLIGATION),
        ("What does the rule require of a harbor dealer?", Asked.OBLIGATION),
        ("How many lanterns may a dealer light?", Asked.THRESHOLD),
        ("What is the fee cap for lanterns?", Asked.THRESHOLD),
        ("When is the compliance date?", Asked.DATE),
        ("By when must a dealer file?", Asked.DATE),
        ("Why must a dealer keep the notice?", Asked.REASON),
        ("Compare a lantern with a torch.", Asked.COMPARISON),
        ("How does the first proposal differ from the second?", Asked.COMPARISON),
        ("List the exceptions to the lantern rule.", Asked.LIST),
        ("What are the exemptions for small dealers?", Asked.LIST),
        ("How would you light a lantern in a storm?", Asked.PROCEDURE),
        ("What is the formula for the evening price?", Asked.FORMULA),
        ("How is the evening price calculated?", Asked.FORMULA),
        ("Which harbor did the Board inspect?", Asked.FACT),
    ],
)
def test_the_kind_of_a_question(question: str, kind: Asked) -> None:
    assert asked_of(analyse(question, [])) is kind


def test_a_plan_names_parts_and_documents() -> None:
    documents = [proposal().document, adoption().document]
    plan = plan_of(analyse("What is a lantern notice under 34-91001, and when must harbor dealers file it?", documents))
    assert plan.documents == (adoption().document.id,)
    assert len(plan.parts) == 2
    assert plan_of(analyse("What is a torch?", documents)).documents == ()


def test_a_requirement_is_asked_for_what_it_requires() -> None:
    query = analyse("What is the locate requirement of Regulation SHO?", [])
    assert (query.subject, asked_of(query)) == ("", Asked.OBLIGATION)
    assert analyse("What is a threshold security of Regulation SHO?", []).subject == "threshold security"
    assert analyse("What is the Care Obligation?", []).subject == "Care Obligation"

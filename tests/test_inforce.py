"""Whether the law in force is asked for, and what has overtaken a proposal."""

import pytest

from corpus.library import Library
from rag.cite import cite
from rag.inforce import asks_for_law, only_proposed, overtaken
from rag.query import analyse
from tests.linked_releases import adoption, fill, proposal, stranger
from tests.made_documents import id_of


@pytest.mark.parametrize(
    ("question", "law"),
    [
        ("What must a harbor dealer do before the bell?", True),
        ("How long does a dealer keep a lantern notice?", True),
        ("What must a harbor dealer do under the proposed rule?", False),
        ("What would a harbor dealer have to keep?", False),
        ("Why did the Board choose six years?", False),
        ("What must a harbor dealer keep under 34-90001?", False),
        ("What must a harbor dealer keep under the adopted rule (34-91001)?", True),
    ],
)
def test_the_law_in_force_is_asked_for_in_the_present_tense(question: str, law: bool) -> None:
    assert asks_for_law(analyse(question, [proposal().document, adoption().document])) is law


def test_a_proposal_is_overtaken_by_its_adoption_and_by_nothing_else(empty: Library) -> None:
    documents = fill(empty, proposal(), adoption(), stranger()).documents().values()
    assert overtaken(documents, empty) == {id_of("a1"): (id_of("b2"),)}


def test_a_notice_where_only_a_proposal_is_cited(empty: Library) -> None:
    documents = fill(empty, proposal(), adoption()).documents()
    of_proposal, of_adoption = (cite(empty, documents[id_of(i)], 0, 10, "", p.chunks[0].voice) for i, p in
                                (("a1", proposal()), ("b2", adoption())))  # fmt: skip
    law = analyse("How long must a dealer keep a notice?", [])
    (notice,) = only_proposed(law, of_proposal, empty)
    assert notice.startswith("Only a proposal was found: 34-90001 (Lantern Notices)")
    assert only_proposed(law, [*of_proposal, *of_adoption], empty) == ()
    assert only_proposed(law, (), empty) == ()
    assert only_proposed(analyse("How long would a dealer keep it?", []), of_proposal, empty) == ()

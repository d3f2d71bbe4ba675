from corpus.library import Library
from corpus.records import Kind, Voice
from rag.defined import Definitions, definitions
from rag.query import analyse
from rag.retrieve import Retriever
from tests.made_release import Piece, release

TALK = [
    Piece("I › Talk", f"Every quiet bell matters, said member {n}; a quiet bell pleases, a quiet bell sells.")
    for n in range(12)
]


def texts(library: Library, question: str, k: int = 10) -> list[str]:
    return [p.chunk.text for p in Retriever(library).search(question, k).passages]


def test_the_passage_that_defines_a_term_comes_first(empty: Library) -> None:
    defines = Piece("IV › Terms", "Rule 900 defines a “quiet bell” as one that no trader hears outside the hall.")
    with empty.writing():
        empty.add([release("a1", [*TALK, defines])])
    assert texts(empty, "What is a quiet bell?")[0] == defines.text


def test_rule_text_comes_before_a_discussion_of_the_definition(empty: Library) -> None:
    discussed = Piece("IV › Terms", "The term “quiet bell” means, as proposed, one that no trader hears.")
    rule = Piece("§ 242.901 › Definitions", "(2) Quiet bell means one that nobody hears.", Voice.RULE_TEXT)
    with empty.writing():
        empty.add([release("a1", [*TALK, discussed, rule], kind=Kind.FINAL_RULE)])
    assert texts(empty, "What does the term quiet bell mean?")[:2] == [rule.text, discussed.text]


def test_a_term_that_the_question_uses_is_defined_behind_the_seventh_passage(empty: Library) -> None:
    defines = Piece("IV › Terms", "For this purpose, “quiet bell” means one that no one outside can perceive.")
    fees = [
        Piece("II › Fees", f"A fee of {n} dollars for each quiet bell is due when the hall is let.") for n in range(12)
    ]
    with empty.writing():
        empty.add([release("a1", [*fees, defines])])
    found = texts(empty, "Which fee is due for each quiet bell of a hall?")
    assert found.index(defines.text) == 7
    assert all(text.startswith("A fee of ") for text in found[:7])


def test_words_that_only_look_like_a_definition_are_not_raised(empty: Library) -> None:
    asked = (
        "Members of the hall asked, in letters on the cost of tallow and of rope, by what means a quiet bell is made."
    )
    with empty.writing():
        empty.add([release("a1", [*TALK, Piece("V › End", asked)])])
    query = analyse("Define a quiet bell", empty.documents().values())
    assert query.subject == "quiet bell"
    assert definitions(query, empty, (), None) == Definitions()
    assert texts(empty, query.text)[0].startswith("Every quiet bell matters")

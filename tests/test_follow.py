"""What the best passages point at, one step: footnotes, sections, other releases."""

import json
from dataclasses import replace

import pytest

from corpus.contracts import answer_json
from corpus.library import Library
from corpus.records import Chunk, Kind, Page, ParsedDocument, Section, Voice
from corpus.structure import Footnote, Reference, ReferenceKind
from rag.answer import AnswerSettings, answer
from rag.evidence import gather
from rag.follow import followed_json
from rag.generate import answer_with_model
from rag.pointers import pointers
from rag.printing import print_followed
from rag.retrieve import Found, Retriever
from rag.scope import Scope
from tests.made_documents import id_of, parsed
from tests.test_generate import ScriptedModel, saying

ASKED = "When must a harbor dealer return a lantern order?"
BODY = (
    "The Board adopts the rule on harbor dealers and lantern orders as proposed.1 When a dealer must return an order "
    "is discussed in section II below; see also the Lantern Release and note 2."
)
RETURN = "A dealer must return a lantern order to whoever sent it within four hours of the evening bell."
KEEP = "Each office keeps a ledger of its own in the cellar."
NOTE_1 = (
    "1 A harbor dealer that receives a lantern order by mistake must return it at once, also at night and on holidays."
)
NOTE_2 = "2 See Letter from the Guild."
OTHER = "The first lantern order that a harbor dealer had to return was sent in winter, and the dealer must return it."
TITLES = ("I › Lantern orders of harbor dealers", "II › Giving back", "II.A › Ledgers")


def release() -> ParsedDocument:
    """A release of three sections and two footnotes, the first of which refers to everything else."""
    text = f"{BODY}\n{RETURN}\n{KEEP}\n\n{NOTE_1}\n{NOTE_2}"
    made = parsed("a", text, title="Adoption of quiet hours", release_numbers=("34-90001",))
    owner, at = made.document.id, text.index
    body_end, return_end, notes = at(RETURN), at(KEEP), at(NOTE_1)
    spans = ((0, len(BODY)), (body_end, body_end + len(RETURN)), (return_end, return_end + len(KEEP)))
    sections = tuple(
        Section(title.split(" › ")[0].split(".")[-1], title.split(" › ")[1], level, title, low, high, 1, 1)
        for (low, high), title, level in zip(spans, TITLES, (1, 1, 2), strict=True)
    )
    chunks = [
        Chunk(owner, low, high, 1, 1, title, Voice.PREAMBLE, text[low:high])
        for (low, high), title in zip(spans, TITLES, strict=True)
    ]
    chunks[0] = replace(chunks[0], note_calls=("1",))
    chunks.append(Chunk(owner, notes, len(text), 1, 1, TITLES[2], Voice.FOOTNOTE, text[notes:]))
    note_2 = at(NOTE_2)
    footnotes = (
        Footnote("1", notes, notes + len(NOTE_1), 1, (at("proposed.1") + 9,)),
        Footnote("2", note_2, len(text), 1),
    )
    references = (
        reference(text, "section II", ReferenceKind.SECTION, "II", body_end),
        reference(text, "Lantern Release", ReferenceKind.RELEASE, "34-90000"),
        reference(text, "note 2", ReferenceKind.FOOTNOTE, "2", note_2),
    )
    page = Page(1, "iii", text, notes - 2)
    return replace(
        made, pages=(page,), sections=sections, chunks=tuple(chunks), footnotes=footnotes, references=references
    )


def reference(text: str, words: str, kind: ReferenceKind, target: str, to: int | None = None) -> Reference:
    start = text.index(words)
    return Reference(kind, start, start + len(words), target, to)


@pytest.fixture
def library(empty: Library) -> Library:
    other = parsed("b", OTHER, title="Lantern release", kind=Kind.ORDER, release_numbers=("34-90000",))
    with empty.writing():
        empty.add([release(), other])
    return empty


def first_passage(library: Library, scope: Scope | None = None) -> Found:
    """The search of which the first section is the only passage."""
    found = Retriever(library).search(f"{ASKED} The Board adopts it as proposed", 1, scope)
    assert found.passages[0].chunk.section == TITLES[0]
    return found


def test_every_place_that_a_passage_points_at(library: Library) -> None:
    found = first_passage(library)
    text = library.page_map(id_of("a")).text
    section = text.index(RETURN)
    assert [(p.name, p.called, p.start, p.rank) for p in pointers(found.passages, library)] == [
        ("footnote 1", True, text.index(NOTE_1), 1),
        ("Section II", False, section, 1),
        ("34-90000", False, 0, 1),
        ("footnote 2", False, text.index(NOTE_2), 1),
    ]
    # A section reaches to the end of what lies below it: II ends where II.A ends.
    assert next(p.end for p in pointers(found.passages, library) if p.name == "Section II") == section + len(
        RETURN
    ) + 1 + len(KEEP)


def test_what_bears_on_the_question_is_followed_and_a_bare_citation_is_not(library: Library) -> None:
    followed = {item.pointer.name: item for item in first_passage(library).followed}
    assert followed.keys() == {"footnote 1", "Section II", "34-90000"}
    assert followed["Section II"].passage.chunk.text == RETURN
    assert followed["Section II"].because == "Section II, referred to by passage 1"
    assert followed["footnote 1"].because == "footnote 1 of passage 1"
    assert followed["footnote 1"].passage.page_label == "iii"
    start, end = followed["footnote 1"].span
    assert library.page_map(id_of("a")).text[start:end] == NOTE_1
    assert followed["34-90000"].passage.document.id == id_of("b")


def test_what_was_found_itself_is_not_followed(library: Library) -> None:
    assert Retriever(library).search(ASKED, 10).followed == ()


def test_a_document_or_voice_outside_the_scope_is_not_followed(library: Library) -> None:
    within = first_passage(library, Scope(documents=("34-90001",)))
    assert {item.pointer.name for item in within.followed} == {"footnote 1", "Section II"}
    spoken = first_passage(library, Scope(voices=(Voice.PREAMBLE,)))
    assert {item.pointer.name for item in spoken.followed} == {"Section II", "34-90000"}


def test_what_the_question_has_nothing_to_do_with_is_not_followed(library: Library) -> None:
    found = Retriever(library).search("The Board adopts as proposed", 1)
    assert found.passages[0].chunk.section == TITLES[0]
    assert found.followed == ()


def test_a_library_without_references_follows_nothing(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a", "A dealer must return a lantern order within four hours.")])
    assert Retriever(empty).search(ASKED, 5).followed == ()


def test_followed_passages_have_the_keys_of_passages_and_why(library: Library) -> None:
    item = next(i for i in first_passage(library).followed if i.pointer.name == "Section II")
    shown = json.loads(json.dumps(followed_json(item, 1)))
    assert shown["because"] == "Section II, referred to by passage 1"
    assert (shown["rank"], shown["document_id"], shown["section"], shown["text"]) == (1, id_of("a"), TITLES[1], RETURN)


def test_sentences_of_what_is_meant_are_evidence_with_their_reason(library: Library) -> None:
    found = first_passage(library)
    because = {item.text: item.because for item in gather(found, library)}
    assert because[RETURN] == f"Section II, referred to by “{TITLES[0]}” in Adoption of quiet hours"
    # The note's own number is not quoted, nor the other note of the same chunk.
    assert because[NOTE_1.removeprefix("1 ")] == f"footnote 1 of “{TITLES[0]}” in Adoption of quiet hours"
    assert not any("Guild" in text for text in because)
    assert because["The Board adopts the rule on harbor dealers and lantern orders as proposed.1"] == ""


def test_a_followed_sentence_stands_a_little_behind_the_same_sentence_when_found(library: Library) -> None:
    found = first_passage(library)
    followed = next(item for item in gather(found, library) if item.text == RETURN)
    section = next(item.passage for item in found.followed if item.pointer.name == "Section II")
    alone = replace(found, passages=(*found.passages, section), followed=())
    itself = next(item for item in gather(alone, library) if item.text == RETURN)
    assert 0 < itself.score - followed.score <= 0.1
    assert itself.support == pytest.approx(followed.support)


def test_an_answer_may_quote_what_is_referred_to_and_says_so(library: Library) -> None:
    settings = AnswerSettings(read_passages=1, min_support=0)
    claims = answer_json(answer(f"{ASKED} The Board adopts it as proposed", Retriever(library), settings))["claims"]
    because = {claim["text"]: claim.get("because") for claim in claims}
    assert because[OTHER] == f"34-90000, referred to by “{TITLES[0]}” in Adoption of quiet hours"
    assert all(citation["verified"] for claim in claims for citation in claim["citations"])
    assert all("because" not in claim for claim in claims if claim["text"] in BODY)


def test_a_model_is_shown_what_is_referred_to_and_the_claim_says_so(library: Library) -> None:
    model = ScriptedModel(saying(RETURN, RETURN))
    question = f"{ASKED} The Board adopts it as proposed"
    found = answer_with_model(question, Retriever(library), model, AnswerSettings(read_passages=1, min_support=0))
    assert f'shown_as="Section II, referred to by “{TITLES[0]}” in Adoption of quiet hours"' in model.prompts[0]
    assert [claim.because for claim in found.claims] == [
        f"Section II, referred to by “{TITLES[0]}” in Adoption of quiet hours"
    ]


def test_a_reader_sees_what_is_referred_to_under_a_heading_of_its_own(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    found = first_passage(library)
    print_followed([followed_json(item, rank) for rank, item in enumerate(found.followed, start=1)])
    shown = capsys.readouterr().out
    assert shown.startswith("Referred to by these passages:")
    assert "- footnote 1 of passage 1: Adoption of quiet hours · p. iii (page 1 of the file)" in shown
    print_followed([])
    assert capsys.readouterr().out == ""


def test_parts_of_a_text_are_read_by_where_they_begin(library: Library) -> None:
    catalog, owner = library.catalog, id_of("a")
    everything = catalog.references(owner)
    assert catalog.references_in(owner, 0, 10_000) == everything
    middle = everything[1]
    assert catalog.references_in(owner, middle.start, middle.start + 1) == [middle]
    assert catalog.references_in(owner, middle.start + 1, middle.start + 1) == []
    assert catalog.references_in("nobody", 0, 10_000) == []
    assert [s.path for s in catalog.sections_in(owner, len(BODY), 10_000)] == list(TITLES[1:])
    assert [n.number for n in catalog.footnotes_numbered(owner, ["2", "9"])] == ["2"]
    assert [s.path for s in catalog.sections_numbered(owner, "II")] == [TITLES[1]]
    assert [s.path for s in catalog.sections_headed(owner, "Ledgers")] == [TITLES[2]]
    assert (catalog.page_label(owner, 1), catalog.page_label(owner, 2)) == ("iii", None)

"""What an agent's tools show, over the drawn proposal and adoption."""

import re
from dataclasses import replace

import pytest

from corpus.errors import NotInLibrary
from corpus.library import Library
from corpus.records import Kind, ParsedDocument, Voice
from corpus.structure import Reference, ReferenceKind
from rag.careful import CarefulRetriever
from rag.ledger import Entry, Ledger
from rag.retrieve import Retriever
from rag.scope import Scope
from rag.tools import FOUND, MAX_REPLY_CHARS, Tools
from tests.made_documents import id_of, parsed


@pytest.fixture
def tools(filled: Library) -> Tools:
    return tools_of(filled)


def tools_of(library: Library, scope: Scope | None = None) -> Tools:
    return Tools(CarefulRetriever(Retriever(library)), Ledger(library), scope or Scope())


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'<passage number="(\d+)"', text)]


def names(library: Library) -> tuple[str, str]:
    """Ids of the drawn proposal and of the drawn adoption."""
    found = {document.kind: document.id for document in library.documents().values()}
    return found[Kind.PROPOSED_RULE], found[Kind.FINAL_RULE]


def test_a_search_numbers_what_it_shows_and_tells_the_places_apart_from_the_text(tools: Tools, filled: Library) -> None:
    looked = tools.search("halt notice")
    assert numbers(looked.text) == [entry.number for entry in looked.entries] == list(range(1, FOUND + 1))
    first = looked.entries[0]
    assert filled.page_map(first.document_id).text[first.start : first.end].strip()


def test_a_passage_keeps_its_number_when_it_is_found_again(tools: Tools) -> None:
    assert tools.search("halt notice").entries == tools.search("halt notice").entries


def test_a_search_keeps_to_the_document_that_is_named(tools: Tools, filled: Library) -> None:
    proposal, _ = names(filled)
    assert {entry.document_id for entry in tools.search("halt notice", proposal[:8]).entries} == {proposal}


def test_a_page_is_found_by_its_number_in_the_file_and_by_its_label(tools: Tools, filled: Library) -> None:
    proposal, _ = names(filled)
    page = next(p for p in filled.pages(proposal) if p.label and p.label != str(p.number) and p.text)
    assert page.label is not None
    by_label = tools.read_pages(proposal, page.label)
    chunks = {c.start for c in filled.chunks(proposal) if c.first_page <= page.number <= c.last_page}
    assert {entry.start for entry in by_label.entries} == chunks


def test_a_page_that_is_not_there_is_refused_with_what_there_is(tools: Tools, filled: Library) -> None:
    proposal, _ = names(filled)
    with pytest.raises(NotInLibrary, match="there is no page '999'"):
        tools.read_pages(proposal, "999")


def test_a_comparison_shows_rows_with_passages_of_both_sides_that_can_be_cited(tools: Tools, filled: Library) -> None:
    proposal, adoption = names(filled)
    looked = tools.compare(proposal, adoption, "")
    assert {entry.document_id for entry in looked.entries} == {proposal, adoption}
    assert numbers(looked.text) == [entry.number for entry in looked.entries]
    assert re.search(r"^(added|removed|changed|unchanged|not addressed): ", looked.text)


def test_duties_are_shown_with_the_sentences_that_state_them(tools: Tools, filled: Library) -> None:
    looked = tools.impact(names(filled)[1])
    assert looked.entries
    assert "stated in:\n<passage number=" in looked.text


def test_a_reference_of_a_shown_passage_is_followed(empty: Library) -> None:
    notice = parsed("notice", "A halt notice is described in Release No. 34-99999, which see.", title="Notice")
    other = parsed("other", "A halt notice names the security that is halted.", release_numbers=("34-99999",))
    with empty.writing():
        empty.add([_referring(notice), other])
    tools = tools_of(empty, Scope())
    number = next(e.number for e in tools.search("halt notice").entries if e.document_id == id_of("notice"))
    looked = tools.follow_reference(number, "34-99999")
    assert "names the security" in looked.text
    assert looked.entries[0].document_id == id_of("other")
    with pytest.raises(NotInLibrary, match="does not point at 'footnote 3'") as caught:
        tools.follow_reference(number, "footnote 3")
    assert caught.value.remedy == "it points at: 34-99999"


def _referring(document: ParsedDocument) -> ParsedDocument:
    start = document.pages[0].text.index("34-99999")
    return replace(document, references=(Reference(ReferenceKind.RELEASE, start, start + 8, "34-99999"),))


def test_a_reference_of_a_passage_that_was_not_shown_is_refused(tools: Tools) -> None:
    with pytest.raises(NotInLibrary, match="no passage 7 was shown"):
        tools.follow_reference(7, "footnote 1")


def test_documents_are_listed_by_words_of_their_titles(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("aa", "One.", title="Quiet hours"), parsed("bb", "Two.", title="Halt notices")])
    assert tools_of(empty).list_documents("halt").text == f"{id_of('bb')[:8]} · Halt notices · adopted"
    assert tools_of(empty).list_documents("pigeons").text == "There is no such document."


def test_what_is_shown_at_once_is_limited_and_the_rest_is_counted(empty: Library) -> None:
    texts = [f"Record {n} of a quiet hour is a log of messages. " * 150 for n in range(6)]
    with empty.writing():
        empty.add([parsed(f"long{n}", text, title=f"Log {n}") for n, text in enumerate(texts)])
    looked = tools_of(empty).search("record of a quiet hour")
    assert len(looked.text) < MAX_REPLY_CHARS + 2000
    assert looked.text.endswith(f"({6 - len(looked.entries)} more passages are not shown)")


def test_a_ledger_reads_its_entries_back_and_forgets_documents_that_are_gone(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("aa", "A quiet hour is a period.")])
    voice = Voice.PREAMBLE.value
    ledger = Ledger(empty, [Entry(1, id_of("aa"), 0, 25, "", voice), Entry(2, "gone", 0, 5, "", voice)])
    shown = ledger.shown()
    assert list(shown.passages) == [1]
    assert shown.passages[1].chunk.text == "A quiet hour is a period."


def test_a_span_that_is_no_chunk_is_a_passage_of_its_own(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("aa", "A quiet hour is a period. It ends.")])
    voice = Voice.PREAMBLE.value
    ledger = Ledger(empty, [Entry(1, id_of("aa"), 2, 12, "", voice), Entry(2, id_of("aa"), 5, 999, "", voice)])
    assert {n: p.chunk.text for n, p in ledger.shown().passages.items()} == {1: "quiet hour"}

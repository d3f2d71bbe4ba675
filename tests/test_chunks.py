"""Where a long paragraph is cut: at sentences, at semicolons of long ones, never in a citation."""

from corpus.pagemap import PageMap
from corpus.records import Kind, Page
from ingest.chunks import ChunkSettings, cut_chunks

SETTINGS = ChunkSettings(max_chars=200, min_chars=0)


def texts(text: str) -> list[str]:
    page_map = PageMap((Page(1, None, text, len(text)),))
    return [chunk.text for chunk in cut_chunks("doc", page_map, [], (), Kind.FINAL_RULE, SETTINGS, ())]


def test_a_long_paragraph_is_cut_behind_whole_sentences() -> None:
    first = (
        "Quiet hours were first proposed in Release No. 34-99001, which drew comments from dealers in the U.S. "
        "Trading venues did not write."
    )
    second = "Most commenters asked for a later start, and see Rel. No. 34-99002 for what became of it."
    assert texts(f"{first} {second} The rest is short.") == [first, f"{second} The rest is short."]


def test_a_long_sentence_is_cut_at_a_semicolon_of_its_second_half() -> None:
    items = (
        "A dealer shall publish the hours in which it is silent, the venues on which it trades and the names of "
        "those who answer for it;"
    )
    rest = (
        "keep a record of every order that it declined in those hours and show that record to the agency on "
        "request within two days."
    )
    assert texts(f"{items} {rest}") == [items, rest]


def test_without_any_of_these_it_is_cut_between_words() -> None:
    words = "quiet " * 50
    found = texts(words)
    assert [len(piece) for piece in found] == [197, 101]
    assert " ".join(found) == words.strip()

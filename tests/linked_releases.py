"""A proposal, its adoption and a stranger, made for tests of answers: harbor dealers and their lantern notices."""

from dataclasses import replace

from corpus.library import Library
from corpus.records import Chunk, Kind, ParsedDocument, Voice
from tests.made_documents import parsed

PROPOSED = "34-90001"
ADOPTED = "34-91001"
STRANGER = "34-97001"
DEFINED = "The term “lantern notice” means a written notice that a harbor dealer gives before the evening bell."
KEEPS_SIX = "A harbor dealer must keep a copy of every lantern notice for six years after the evening bell."
KEEPS_THREE = "A harbor dealer must keep a copy of every lantern notice for three years after the evening bell."
CHANGED = "We are adopting the rule on lantern notices with certain modifications in response to comments."
FILE = {"file_numbers": ("S7-01-20",)}


def proposal() -> ParsedDocument:
    """Would have notices kept for six years."""
    text = f"We propose a rule on lantern notices of harbor dealers. {KEEPS_SIX}"
    return parsed("a1", text, title="Lantern Notices", kind=Kind.PROPOSED_RULE, release_numbers=(PROPOSED,), **FILE)


def adoption() -> ParsedDocument:
    """Has them kept for three years, and says that it changes the proposal."""
    text = f"{CHANGED} {KEEPS_THREE} {DEFINED}"
    return parsed("b2", text, title="Lantern Notices", release_numbers=(ADOPTED,), **FILE)  # type: ignore[arg-type]


def stranger() -> ParsedDocument:
    """Says nearly the same of nothing to do with the two."""
    text = KEEPS_SIX.replace("six", "nine")
    return parsed("c3", text, title="Ferry Tickets", release_numbers=(STRANGER,))


def in_voice(made: ParsedDocument, voice: Voice) -> ParsedDocument:
    """The same document, its one chunk in another voice."""
    chunks: tuple[Chunk, ...] = tuple(replace(chunk, voice=voice) for chunk in made.chunks)
    return replace(made, chunks=chunks)


def fill(library: Library, *made: ParsedDocument) -> Library:
    """The library, with these documents."""
    with library.writing():
        library.add(list(made))
    return library

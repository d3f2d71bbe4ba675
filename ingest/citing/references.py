"""References that a text makes: rules, sections, releases, footnotes, with offsets and targets. Pure."""

from collections.abc import Iterable, Sequence
from itertools import chain

from corpus.grammar import Mention, plain
from corpus.pagemap import PageMap
from corpus.records import Section
from corpus.references import find_mentions
from corpus.structure import Footnote, Reference, ReferenceKind
from ingest.citing.definednames import find_defined_names, find_named, read_pinpoint
from ingest.citing.lawbook import LawBook, read_law_book, with_acts
from ingest.citing.pointers import find_note_references, find_section_references


def find_references(
    page_map: PageMap, sections: Sequence[Section], footnotes: Sequence[Footnote]
) -> tuple[Reference, ...]:
    """Every reference in a document's text, in order; none lies within another.

    Args:
        page_map: the document.
        sections: its own, for references to them.
        footnotes: its own.
    """
    text = _without_calls(plain(page_map.text), footnotes)
    found = with_acts(text, find_mentions(text))
    law = read_law_book(found)
    mentions = [mention for mention in found if mention.named or law.knows(mention)]
    names = find_defined_names(text, mentions, law)
    references = chain(
        find_named(text, names),
        (_reference(text, mention, law) for mention in mentions),
        find_section_references(text, sections),
        find_note_references(text, footnotes),
    )
    return _apart(references, len(text))


def _without_calls(text: str, footnotes: Sequence[Footnote]) -> str:
    """The text with blanks for the numbers that call footnotes: "Rules 13a-14 4 and 15d-14" are two rules."""
    pieces, low = [], 0
    for start, end in sorted((call, call + len(note.number)) for note in footnotes for call in note.calls):
        if start >= low:
            pieces += [text[low:start], " " * (end - start)]
            low = end
    return "".join([*pieces, text[low:]])


def _reference(text: str, mention: Mention, law: LawBook) -> Reference:
    """A mention with its target; of a release, with the page or note named right after it."""
    end, pinpoint = mention.end, mention.pinpoint
    if mention.kind is ReferenceKind.RELEASE and (place := read_pinpoint(text, mention.end)):
        pinpoint, end = place
    return Reference(mention.kind, mention.start, end, law.target(mention), pinpoint=pinpoint)


def _apart(references: Iterable[Reference], length: int) -> tuple[Reference, ...]:
    """Without those that overlap an earlier one, in the order of the text."""
    taken = bytearray(length)
    kept = []
    for reference in references:
        if not any(taken[reference.start : reference.end]):
            taken[reference.start : reference.end] = b"\1" * (reference.end - reference.start)
            kept.append(reference)
    return tuple(sorted(kept, key=lambda reference: reference.start))

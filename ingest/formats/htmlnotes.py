"""Which raised numbers of a page call a footnote, and which paragraphs are the footnotes. Pure.

HTML has no tag for either. A note is a paragraph to which a raised or linked number leads, or
one that begins with a raised number that the running text before it has called. A raised
number without a note stays what it looks like: an exponent, or the mark of a table's note.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pagemap import fold
from ingest.formats.flow import Block, Call, Furniture, Inline, NewPage, Note, Paragraph, Rows, superscript

_NUMBER = re.compile(r"[\s(\[]*(\d{1,4}|\*{1,3}|[†‡])[\s)\].]*")
_SECTION = re.compile(r"(?:foot|end)notes?:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Raised:
    """Raised or linked text; ``target`` is the name that its link leads to, or ""."""

    text: str
    target: str = ""

    @property
    def number(self) -> str:
        """Of a footnote, "" when it is none: "12" for "[12]"."""
        match = _NUMBER.fullmatch(self.text)
        return match[1] if match else ""


Token = Inline | Raised


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph of which it is not settled yet what it is.

    Attributes:
        tokens: its text.
        level: of a heading, 0 for none.
        number: with which the heading's text begins, or "".
        names: by which links can lead to its beginning.
        inside: name of the footnote element it stands in, or "".
    """

    tokens: tuple[Token, ...]
    level: int = 0
    number: str = ""
    names: frozenset[str] = frozenset()
    inside: str = ""

    @property
    def text(self) -> str:
        """Its words, white space folded."""
        return fold("".join(t if isinstance(t, str) else t.text for t in self.tokens if isinstance(t, str | Raised)))


DraftBlock = Draft | Rows | NewPage | Furniture


def settle_notes(drafts: Sequence[DraftBlock]) -> list[Block]:
    """Drafts as paragraphs and footnotes; where a link leads to a note, a raised number without one calls nothing."""
    numbers = _note_numbers(drafts)
    notes = [(draft, number) for draft, number in zip(drafts, numbers, strict=True) if number is not None]
    targets = {name for draft, _ in notes for name in _names(draft) if name}
    answered = {number for draft, number in notes if number and not any(_names(draft))}
    blocks: list[Block] = []
    for draft, number in zip(drafts, numbers, strict=True):
        if not isinstance(draft, Draft):
            blocks.append(draft)
        elif notes and _SECTION.fullmatch(draft.text):
            blocks.append(Furniture(draft.text))
        elif number is None:
            lead = isinstance(_lead(draft), Raised)
            tokens = tuple(_settled(draft.tokens, answered, targets, lead=lead))
            blocks.append(Paragraph(tokens, draft.level, draft.number))
        elif number == "" and blocks and isinstance(blocks[-1], Note):
            tokens = tuple(_settled(draft.tokens, answered, targets))
            blocks[-1] = Note(blocks[-1].number, (*blocks[-1].inlines, "\n", *tokens))
        else:
            blocks.append(Note(number, tuple(_settled(_without_number(draft, number), answered, targets))))
    return blocks


def _names(draft: DraftBlock) -> frozenset[str]:
    return draft.names | {draft.inside} if isinstance(draft, Draft) else frozenset()


def _note_numbers(drafts: Sequence[DraftBlock]) -> list[str | None]:
    """For each draft: the number of the note that it begins, "" if it goes on with one, None if it is none."""
    led_to = {t.target: t.number for d in drafts if isinstance(d, Draft) for t in _calls(d) if t.target}
    found: list[str | None] = []
    called: set[str] = set()
    section = False
    inside = ""
    for draft in drafts:
        if not isinstance(draft, Draft):
            found.append(None)
            continue
        if _SECTION.fullmatch(draft.text):
            section = True
            found.append(None)
            continue
        section = section and not draft.level
        goes_on = found[-1:] not in ([], [None]) and (section or (draft.inside == inside != ""))
        number = None if draft.level else _begins_note(draft, led_to, called, section=section)
        inside = draft.inside
        if number:
            called.discard(number)
        elif goes_on and not draft.level:
            number = ""
        else:
            called |= {token.number for token in _calls(draft)}
        found.append(number or ("" if number == "" else None))
    return found


def _calls(draft: Draft) -> list[Raised]:
    """The raised numbers of a paragraph, without one with which it begins."""
    lead = _lead(draft)
    return [t for t in draft.tokens if isinstance(t, Raised) and t.number and t is not lead]


def _begins_note(draft: Draft, led_to: dict[str, str], called: set[str], *, section: bool) -> str | None:
    lead = _lead(draft)
    linked = {led_to[name] for name in _names(draft) if name in led_to}
    if isinstance(lead, Raised):
        return lead.number if lead.number and (lead.number in linked | called or section) else None
    printed = _NUMBER.match(lead)
    return printed[1] if printed and printed[1] in linked else None


def _lead(draft: Draft) -> str | Raised:
    """The first token with something to see."""
    tokens = (t for t in draft.tokens if isinstance(t, Raised) or (isinstance(t, str) and t.strip()))
    return next(tokens, "")


def _without_number(draft: Draft, number: str) -> list[Token]:
    tokens = list(draft.tokens)
    position = tokens.index(_lead(draft))
    lead = tokens[position]
    tokens[position] = "" if isinstance(lead, Raised) else _NUMBER.sub("", str(lead), count=1) if number else lead
    if isinstance(lead, Raised) and position + 1 < len(tokens) and isinstance(following := tokens[position + 1], str):
        tokens[position + 1] = re.sub(r"^\s*[.)\]]\s*", "", following)
    return tokens


def _settled(tokens: Sequence[Token], answered: set[str], targets: set[str], *, lead: bool = False) -> Iterator[Inline]:
    """Raised numbers as calls where a note answers them; ``lead``: the first stands before all text and calls none."""
    for token in tokens:
        if not isinstance(token, Raised):
            yield token
        elif lead or not (token.target in targets or token.number in answered) or not token.number:
            yield superscript(token.text)
            lead = False
        elif token.text.strip().startswith("("):
            yield from ("(", Call(token.number), ")")
        else:
            yield Call(token.number)

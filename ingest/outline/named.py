"""Headings that a document names itself, in bookmarks or table of contents, and where their words stand. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.pagemap import fold
from ingest.outline.numbering import Number, read_number
from ingest.readout import Bookmark

_KEY_LETTERS = 4
_KEY_CHARS = 16
_LONGEST = 600
_CLOSING = re.compile(r"[)\]”\"’?!]*")


@dataclass(frozen=True, slots=True)
class NamedHeading:
    """A heading that bookmarks or table of contents name.

    Attributes:
        number: with which it is named, if any.
        letters: of its title, see :func:`letters`.
        page: physical page it stands on, from 1, where the name says so.
        level: from 1, where the name says so.
    """

    number: Number | None
    title: str
    letters: str
    page: int | None = None
    level: int | None = None

    @property
    def symbol(self) -> str:
        """Of its number: "II", or ""."""
        return self.number.symbol if self.number else ""


def letters(text: str) -> str:
    """Letters and digits in lower case: what stays the same when a heading is set anew."""
    return "".join(c for c in text.lower() if c.isalnum())


def name_of(text: str, page: int | None = None, level: int | None = None) -> NamedHeading:
    """A line of the table of contents or a bookmark, its number told apart from its title."""
    number = read_number(text)
    title = fold(text[number.length :] if number else text)
    return NamedHeading(number, title, letters(title), page, level)


def bookmarked(bookmarks: Sequence[Bookmark]) -> list[NamedHeading]:
    """The bookmarks as names."""
    return [name_of(mark.title, mark.page, mark.level) for mark in bookmarks]


class Names:
    """Looks names up by the text in which their words should stand."""

    def __init__(self, names: Iterable[NamedHeading]) -> None:
        by_key: dict[str, list[NamedHeading]] = defaultdict(list)
        for name in names:
            if len(name.letters) >= _KEY_LETTERS:
                by_key[name.letters[:_KEY_LETTERS]].append(name)
        self._by_key = dict(by_key)

    def at(self, text: str, start: int, page: int, symbol: str) -> tuple[NamedHeading, int] | None:
        """The longest name whose words begin at ``start``, on whatever lines, and the offset of their end.

        The words must end where a word ends. A name that knows its page fits no other page,
        and two numbers that both are known must be the same.

        Args:
            text: of the document.
            start: offset in it.
            page: physical page of ``start``.
            symbol: of the number printed before ``start``, or "".
        """
        likely = self._by_key.get(_letters_from(text, start, _KEY_CHARS)[0][:_KEY_LETTERS], ())
        here, ends = _letters_from(text, start, _LONGEST) if likely else ("", [])
        best: tuple[NamedHeading, int] | None = None
        for name in likely:
            length = len(name.letters)
            if not here.startswith(name.letters) or not _agrees(name, page, symbol):
                continue
            end = ends[length - 1]
            if (best is None or length > len(best[0].letters)) and not text[end : end + 1].isalpha():
                closing = _CLOSING.match(text, end)
                best = name, closing.end() if closing else end
        return best


def _agrees(name: NamedHeading, page: int, symbol: str) -> bool:
    return name.page in (None, page) and (not symbol or name.symbol in ("", symbol))


def _letters_from(text: str, start: int, count: int) -> tuple[str, list[int]]:
    """The letters and digits of the ``count`` characters from ``start`` on, and the offset after each."""
    piece = text[start : start + count]
    ends = [start + i + 1 for i, c in enumerate(piece) if c.isalnum()]
    return "".join(text[end - 1] for end in ends).lower(), ends

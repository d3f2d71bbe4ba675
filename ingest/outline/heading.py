"""A heading that was found, before it becomes a section. Pure."""

import re
from dataclasses import dataclass

_CALL = re.compile(r"(?:\s*<SUP>\s*\d*\s*(?:</SUP>)?|(?<=[a-z)”\"’?.])\s?(\d{1,4}))$", re.IGNORECASE)
_FULL_STOP = re.compile(r"[a-z]{3}\.$")
_CALLS_REACH = 8000


@dataclass(frozen=True, slots=True)
class Heading:
    """Offsets in the document's text, number as printed, title, and level from 1 for the outermost."""

    start: int
    end: int
    number: str
    text: str
    level: int


def clean_title(heading: Heading, text: str) -> str:
    """Its title without the footnote call ("General requirement 22") and the full stop at the end.

    A number is taken for a call when the numbers before and after it are printed around it.

    Args:
        heading: as found.
        text: of the document.
    """
    title = heading.text
    match = _CALL.search(title)
    if match is not None and (not match[1] or _is_call(int(match[1]), text, heading)):
        title = title[: match.start()].rstrip()
    return title[:-1] if _FULL_STOP.search(title) else title


def _is_call(number: int, text: str, heading: Heading) -> bool:
    before = text[max(heading.start - _CALLS_REACH, 0) : heading.start]
    after = text[heading.end : heading.end + _CALLS_REACH]
    follows = number == 1 or _called(number - 1, before)
    return follows and _called(number + 1, after)


def _called(number: int, text: str) -> bool:
    """Whether a number stands where calls do: after a word or a mark, not in a citation."""
    return re.search(rf"(?:[a-z)\]>.,;:”\"’?]|[.,;:”’)] ){number}(?=[\s<]|$)", text) is not None

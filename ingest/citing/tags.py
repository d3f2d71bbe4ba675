"""Inline tags left over in files that are otherwise plain text. Pure."""

import re

_CALL = re.compile(
    r"<SUP>(?P<before>[ \t]*)(?P<number>\d{1,4}|\*{1,3}|[†‡])(?:(?P<after>\s*)</SUP>|(?=[ \t]{2}|\s*\n))", re.IGNORECASE
)
_TAG = re.compile(r"</?(?:SUP|SUB|I|B|U|EM|STRONG)>", re.IGNORECASE)
_EITHER = re.compile(f"{_CALL.pattern}|{_TAG.pattern}", re.IGNORECASE)


def without_tags(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Take raising and type-face tags out; a tagged footnote call becomes its bare number.

    Lines stay as they are, and so does everything else: "<R>" may be what a release writes about.

    Returns:
        The text, and of every tagged call (offset in that text, number).
    """
    parts: list[str] = []
    calls: list[tuple[int, str]] = []
    low = length = 0
    for match in _EITHER.finditer(text):
        kept = text[low : match.start()]
        low = match.end()
        parts.append(kept)
        length += len(kept)
        if match["number"]:
            lead, tail = _apart(text, match)
            calls.append((length + len(lead), match["number"]))
            parts += [lead, match["number"], tail]
            length += len(lead) + len(match["number"]) + len(tail)
    return "".join([*parts, text[low:]]), tuple(calls)


def _apart(text: str, match: re.Match[str]) -> tuple[str, str]:
    """White space of a call's tag that is still needed: between two words, and where a line ends."""
    joins_before = text[match.start() - 1 : match.start()].isalnum()
    after = match["after"] or ""
    joins_after = text[match.end() : match.end() + 1].isalnum()
    tail = after.lstrip(" \t") if "\n" in after else after[:1] if joins_after else ""
    return match["before"][:1] if joins_before else "", tail

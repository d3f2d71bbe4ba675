"""Texts of others as a terminal may show them: characters that are seen, and nothing that steers."""

import re

# Control characters but tab and line feed, marks of no width and of direction, halves of characters, tags.
_STEERING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
_UNPRINTABLE = re.compile(f"[{_STEERING}]")


def printable(text: str) -> str:
    """The text without characters that are not seen: they hide words, turn them round or steer a terminal."""
    return _UNPRINTABLE.sub("", text)


def escaped(json_text: str) -> str:
    """JSON with those characters written as escapes: it says the same, and can be printed."""
    return _UNPRINTABLE.sub(_escape, json_text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"

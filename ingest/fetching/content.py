"""Is what arrived what was asked for? Pure.

A server that is in trouble, or that takes us for a flood, may answer 200 with a web page.
"""

import re
from urllib.parse import urlsplit

from corpus.errors import FetchError

HEAD_BYTES = 65_536
_REFUSALS = (
    b"Request Rate Threshold Exceeded",
    b"Undeclared Automated Tool",
    b"programmatic access to these sites is limited",
)
"""Sentences of the pages by which sec.gov and federalregister.gov turn programs away."""
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:html|head|body|div|p|h\d|span|table|center|font|document|!doctype html)\b", re.IGNORECASE)
_NAMES = {"pdf": "a PDF", "html": "a web page", "xml": "XML", "txt": "text"}


class Refused(FetchError):
    """The server turned us away; asking it again at once makes that worse.

    Attributes:
        host: which server.
    """

    host: str = ""


def check_content(head: bytes, media: str, url: str) -> None:
    """Let a file of the right kind pass.

    Args:
        head: its first ``HEAD_BYTES`` bytes.
        media: "pdf", "html", "xml" or "txt".
        url: for the message.

    Raises:
        FetchError: if it is something else, or a page that says why there is no file.
    """
    check_refusal(head, url)
    if not _looks_like(media, head.removeprefix(b"\xef\xbb\xbf")):
        found = "nothing" if not head else "a web page" if _PAGE.match(head) else "something else"
        raise FetchError(
            f"{url} gave {found} instead of {_NAMES[media]}", remedy="open it in a browser to see what it says"
        )


def _looks_like(media: str, head: bytes) -> bool:
    if media == "pdf":
        return b"%PDF-" in head[:1024]
    if media == "txt":
        return bool(head.strip()) and b"\0" not in head and not _PAGE.match(head) and not head.startswith(b"%PDF")
    marked = head.lstrip().startswith(b"<")
    return marked and (bool(_MARKUP.search(head)) if media == "html" else not _PAGE.match(head))


def check_refusal(head: bytes, url: str) -> None:
    """Notice the page that turns programs away.

    Raises:
        Refused: if this is one.
    """
    if any(sentence in head for sentence in _REFUSALS):
        refused = Refused(
            f"{url} answered with the page that turns programs away",
            remedy="check user_agent under [fetch], wait ten minutes, and run the same command again",
        )
        refused.host = urlsplit(url).netloc
        raise refused

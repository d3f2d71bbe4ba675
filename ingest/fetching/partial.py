"""A file that is still arriving, and what is needed to go on with it."""

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from ingest.fetching.courtesy import Transient
from ingest.fetching.manifest import replace_file
from ingest.fetching.transport import Response

Arrived = Callable[[int], None]
"""Called with the number of bytes of each piece that arrives."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is missing of a file: everything after ``start_bytes``, if ``validator`` still holds."""

    start_bytes: int
    validator: str

    @property
    def headers(self) -> dict[str, str]:
        """Ask for the rest, or for all of it should the file have changed (RFC 9110, 13.1.5 and 14.2)."""
        return {
            "Range": f"bytes={self.start_bytes}-",
            "If-Range": self.validator,
            "Accept-Encoding": "identity",
        }


class Partial:
    """``NAME.partial``, and beside it the address and version that it is a part of."""

    def __init__(self, final: Path) -> None:
        self.path = final.with_name(f"{final.name}.partial")
        self._note = final.with_name(f"{final.name}.partial.json")

    def rest(self, url: str) -> Rest | None:
        """How to go on, where that is possible."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            start = self.path.stat().st_size
        except (OSError, ValueError):
            return None
        if start == 0 or note.get("url") != url or not note.get("validator"):
            return None
        return Rest(start, note["validator"])

    def receive(self, url: str, response: Response, arrived: Arrived) -> tuple[int, str]:
        """Write what arrives, and go on with what is there if the server does.

        Returns:
            Size in bytes and SHA-256 of the whole.

        Raises:
            Transient: if the connection breaks, or the answer is not as long as it says.
        """
        start = self._agreed_start(response)
        if start:
            with self.path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256")
        else:
            digest = hashlib.sha256()
            self._begin(url, response)
        size = start
        with self.path.open("ab") as stream:
            for chunk in response.body:
                stream.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                arrived(len(chunk))
            stream.flush()
            os.fsync(stream.fileno())
        if (stated := _stated_size(response)) is not None and stated != size:
            self.discard()
            raise Transient(f"{response.url} should have {stated} bytes, and {size} arrived")
        return size, digest.hexdigest()

    def _agreed_start(self, response: Response) -> int:
        """Where the answer goes on; 0 when it is the whole file."""
        if response.status != 206:
            return 0
        size = self.path.stat().st_size if self.path.is_file() else 0
        sent = re.match(r"bytes (\d+)-", response.headers.get("content-range", ""))
        if not size or response.packed or not sent or int(sent[1]) != size:
            self.discard()
            raise Transient(f"{response.url} sent another part than was asked for")
        return size

    def _begin(self, url: str, response: Response) -> None:
        """Start from nothing; a packed answer cannot be continued, for its offsets are not the file's."""
        self._note.unlink(missing_ok=True)
        self.path.write_bytes(b"")
        validator = "" if response.packed else _validator(response)
        replace_file(self._note, json.dumps({"url": url, "validator": validator}))

    def discard(self) -> None:
        """Remove what has arrived."""
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def finish(self, final: Path) -> None:
        """Give the file its good name."""
        self.path.replace(final)
        self._note.unlink(missing_ok=True)


def _stated_size(response: Response) -> int | None:
    """Size of the whole file, in bytes, where the answer states it."""
    if response.status == 206:
        total = re.search(r"/(\d+)$", response.headers.get("content-range", ""))
        return int(total[1]) if total else None
    length = response.headers.get("content-length", "")
    return int(length) if length.isdigit() and not response.packed else None


def _validator(response: Response) -> str:
    """What names this version of a file strongly enough to join two parts of it; "" if nothing does."""
    etag = response.headers.get("etag", "")
    if etag:
        return "" if etag.startswith("W/") else etag
    changed, sent = response.headers.get("last-modified", ""), response.headers.get("date", "")
    return changed if (a := _date(changed)) and (b := _date(sent)) and a < b else ""


def _date(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except ValueError:
        return None

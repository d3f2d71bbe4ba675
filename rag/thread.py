"""A conversation kept in a file, one turn a line."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import LibraryError, SourceError
from rag.conversation import Conversation, Turn, turn_from_json, turn_json

_WAIT_S = 10.0


def load_thread(path: Path) -> Conversation:
    """The conversation in a file; an empty one where there is no file yet.

    Raises:
        SourceError: if it cannot be read, or a line of it is not a turn.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Conversation()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"cannot read the conversation in {path}: {error}", remedy="name another file with --thread"
        ) from error
    return Conversation(tuple(_turns(text, path)))


def _turns(text: str, path: Path) -> Iterator[Turn]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(
                f"{where} is damaged: it is not JSON",
                remedy="remove that line to go on with the others, or name another file with --thread",
            ) from error
        yield turn_from_json(value, where)


def keep_turn(path: Path, turn: Turn) -> None:
    """Add a turn to a file; it holds the whole of it or nothing, and no turn of another process is lost.

    Raises:
        LibraryError: if another process holds the file.
        SourceError: if it cannot be written.
    """
    line = json.dumps(turn_json(turn), ensure_ascii=False) + "\n"
    partial = path.with_name(f"{path.name}.partial")
    try:
        with _held(path):
            kept = path.read_text("utf-8") if path.exists() else ""
            ended = kept if not kept or kept.endswith("\n") else kept + "\n"
            with partial.open("w", encoding="utf-8") as file:
                file.write(ended + line)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise SourceError(
            f"cannot keep the conversation in {path}: {error}", remedy="name a file in a folder that can be written"
        ) from error


@contextmanager
def _held(path: Path) -> Iterator[None]:
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=_WAIT_S)
    except Timeout as error:
        raise LibraryError(
            f"another process is writing to {path}", remedy="ask again when it has ended, or name another file"
        ) from error
    try:
        yield
    finally:
        lock.release()

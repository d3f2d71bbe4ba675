"""Known changes between two releases: the gold that comparison is measured by."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import NotInLibrary, SourceError
from corpus.library import Library
from evals.datasets import identity, json_lines, text

CHANGES = Path(str(files("evals") / "data" / "compare_gold.jsonl"))
STATUSES = ("added", "removed", "changed", "unchanged")
PARTS = ("dev", "check", "fresh")


@dataclass(frozen=True, slots=True)
class KnownChange:
    """A change between two documents that a comparison should show.

    Attributes:
        a: name of the earlier document, as :meth:`corpus.library.Library.find` takes it.
        keywords: words of which a row must mention at least half.
        status: one of :data:`STATUSES`; "unchanged" says that no row should show it as a change.
        set: name of the group it belongs to, or "".
        part: "dev", whose misses may be read while the comparison is improved; "check"; "fresh",
            from pairs that were not looked at while it was built; or "".
    """

    id: str
    a: str
    b: str
    change: str
    keywords: tuple[str, ...]
    status: str = "changed"
    set: str = ""
    part: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether both documents say the same."""
        return self.status == "unchanged"


def load_changes(path: Path) -> tuple[KnownChange, ...]:
    """Read ``{"id", "a", "b", "change", "keywords"}``, one a line; ``status``, ``set`` and ``part`` may be there.

    Raises:
        SourceError: on a line that is not such a change, an id that is there twice, or a file
            in which nothing changes.
    """
    found: dict[str, KnownChange] = {}
    for where, row in json_lines(path):
        known = _change(row, where)
        if known.id in found:
            raise SourceError(f"{where}: {known.id!r} is there twice", remedy="remove one of them")
        found[known.id] = known
    if all(known.unchanged for known in found.values()):
        raise SourceError(f"{path} holds no changes", remedy="check the path")
    return tuple(found.values())


def _change(row: dict[str, Any], where: str) -> KnownChange:
    keywords = row.get("keywords")
    if not isinstance(keywords, list) or not keywords or not all(isinstance(k, str) and k.strip() for k in keywords):
        raise SourceError(f'{where} has no list of words under "keywords"', remedy="mend that line")
    a, b, change = (text(row, name, where) for name in ("a", "b", "change"))
    status = _one_of(row.get("status", "changed"), STATUSES, "status", where)
    part = _one_of(row.get("part", ""), ("", *PARTS), "part", where)
    group = row.get("set", "")
    if not isinstance(group, str):
        raise SourceError(f'{where}: "set" is no text', remedy="mend that line")
    return KnownChange(identity(row, "id", where), a, b, change, tuple(keywords), status, group, part)


def _one_of(value: Any, known: Sequence[str], name: str, where: str) -> str:
    if value not in known:
        raise SourceError(
            f"{where}: {name} {value!r} is unknown", remedy=f"use one of: {', '.join(filter(None, known))}"
        )
    return str(value)


def held_changes(library: Library, changes: Sequence[KnownChange]) -> tuple[KnownChange, ...]:
    """Those whose two documents the library holds.

    Raises:
        NotInLibrary: if nothing is left that changes.
    """
    names = dict.fromkeys(name for known in changes for name in (known.a, known.b))
    absent = [name for name in names if not _holds(library, name)]
    held = tuple(known for known in changes if known.a not in absent and known.b not in absent)
    if all(known.unchanged for known in held):
        raise NotInLibrary(
            "the library does not hold two releases whose changes are known",
            remedy=f"add some of: {', '.join(absent)}; or name a file of changes",
        )
    return held


def _holds(library: Library, name: str) -> bool:
    try:
        library.find(name)
    except NotInLibrary:
        return False
    return True

"""Zip archives of filings: every file in one becomes a source of its own, in a bounded temporary copy.

What is hostile or broken in an archive ends as a reason with a remedy; its other files go on.
"""

import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from corpus.disk import room_for_copies
from corpus.errors import ConfigError, SourceError
from ingest.sources import MEDIA, Source

_END_OF_DIRECTORY = b"PK\x05\x06"  # 22 bytes and a comment of up to 65,535 (APPNOTE.TXT 4.3.16)
_END_BYTES = 22 + 65_535
_MANY = 0xFFFF  # entries; the true number then stands in a zip64 record
_ENTRY_BYTES = 1024  # of the directory, for one file; names and comments mostly need a tenth of it
_SMALL_BYTES = 2**20  # below this a file may be packed as tightly as it likes
_CHUNK_BYTES = 2**20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What zipfile raises: damage, methods it does not know, passwords, and names no file system takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """Table ``[archives]`` of the settings file.

    Attributes:
        members: files in one archive, those of archives inside it included.
        member_bytes: of one file, unpacked.
        total_bytes: of the temporary copies of one run.
        ratio: unpacked size of a file over its packed size; text packs about 10 to 1, XBRL 30 to 1.

    Raises:
        ConfigError: on a value below 1.
    """

    members: int = 5_000
    member_bytes: int = 2**30
    total_bytes: int = 8 * 2**30
    ratio: float = 200.0

    def __post_init__(self) -> None:
        if min(self.members, self.member_bytes, self.total_bytes, self.ratio) < 1:
            raise ConfigError("a value in [archives] is below 1", remedy="leave it out to use the default")


@dataclass(slots=True)
class Unpacked:
    """What a run reads in place of the archives it was given.

    Attributes:
        sources: files as given, and those of the archives; what cannot be read among them, with its problem.
        passed_over: names of files in archives that are of a kind that is not read.
    """

    sources: list[Source] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


@contextmanager
def unpacked(sources: Sequence[Source], limits: ArchiveLimits, folder: Path) -> Iterator[Unpacked]:
    """Unpack every archive among ``sources`` until the block ends.

    Args:
        sources: files and archives.
        limits: what the archives may hold.
        folder: in which the temporary copies are put.
    """
    with room_for_copies(folder) as copies:
        run = _Run(limits, copies)
        for source in sources:
            if source.media == "zip" and _is_zip(source.path):
                run.unpack(source, nested=False)
            else:
                run.found.sources.append(source)
        yield run.found


class _Run:
    """One run: its limits hold for all of its archives together."""

    def __init__(self, limits: ArchiveLimits, copies: Path) -> None:
        self.found = Unpacked()
        self._limits, self._copies = limits, copies
        self._left_bytes = limits.total_bytes
        self._left_members = limits.members
        self._count = 0

    def unpack(self, archive: Source, *, nested: bool) -> None:
        """Add the files of an archive to what was found."""
        self._left_members = self._left_members if nested else self._limits.members
        try:
            _check_directory(archive.path, self._limits)
            with zipfile.ZipFile(archive.path) as opened:
                self._unpack_all(archive, opened, nested=nested)
        except SourceError as error:
            self.found.sources.append(replace(archive, problem=error))
        except _DAMAGE as error:
            self.found.sources.append(replace(archive, problem=_damaged("the zip archive", error)))

    def _unpack_all(self, archive: Source, opened: zipfile.ZipFile, *, nested: bool) -> None:
        self._left_members -= len(opened.infolist())
        if self._left_members < 0:
            raise _too_many(self._limits)
        seen: set[str] = set()
        for info in opened.infolist():
            inner = PurePosixPath(info.filename.replace("\\", "/"))
            if info.is_dir() or any(part.startswith(".") or part == "__MACOSX" for part in inner.parts if part != ".."):
                continue
            name = f"{archive.name}!{''.join(c if c.isprintable() else '?' for c in str(inner))}"
            media = MEDIA.get(inner.suffix.lower())
            if media is None:
                self.found.passed_over.append(name)
                continue
            source = Source(self._copies / f"{self._count}{inner.suffix.lower()}", media, alias=name)
            self._count += 1
            problem = _problem(info, inner, self._limits, self._left_bytes) or (_TWICE if name in seen else None)
            seen.add(name)
            self._take(opened, info, source if problem is None else replace(source, problem=problem), nested=nested)

    def _take(self, opened: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, *, nested: bool) -> None:
        if source.problem is None and source.media == "zip" and nested:
            source = replace(source, problem=_TOO_DEEP)
        if source.problem is None:
            try:
                self._left_bytes -= _copy(opened, info, source.path)
            except _DAMAGE as error:
                source.path.unlink(missing_ok=True)
                source = replace(source, problem=_damaged("this file of the zip archive", error))
        if source.problem is None and source.media == "zip" and _is_zip(source.path):
            self.unpack(source, nested=True)
            self._left_bytes += source.path.stat().st_size
            source.path.unlink()
        else:
            self.found.sources.append(source)


def _is_zip(path: Path) -> bool:
    """Whether a file begins or ends as a zip archive does; one that is cut short only begins so."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK" or zipfile.is_zipfile(file)
    except OSError:
        return False


def _check_directory(path: Path, limits: ArchiveLimits) -> None:
    """Refuse an archive with too many files before its directory is read into memory.

    Raises:
        SourceError: if it holds more files than ``limits`` allow, or says so.
    """
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _END_BYTES, 0))
        tail = file.read()
    record = tail[tail.rfind(_END_OF_DIRECTORY) :]
    entries, directory_bytes = int.from_bytes(record[10:12], "little"), int.from_bytes(record[12:16], "little")
    if entries == _MANY or entries > limits.members or directory_bytes > limits.members * _ENTRY_BYTES:
        raise _too_many(limits)


def _too_many(limits: ArchiveLimits) -> SourceError:
    return SourceError(
        f"the zip archive holds more than {limits.members:,} files",
        remedy="unpack it and ingest the folder, or raise members under [archives] in reglens.toml",
    )


def _problem(info: zipfile.ZipInfo, inner: PurePosixPath, limits: ArchiveLimits, left_bytes: int) -> SourceError | None:
    """Why a file of an archive is not unpacked, told from its directory entry."""
    by_hand = "unpack the archive and ingest the file"
    if inner.is_absolute() or ".." in inner.parts or re.match(r"[A-Za-z]:", str(inner)):
        return SourceError(
            "its name leads out of the zip archive", remedy="ask whoever made the archive for a clean one"
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return SourceError("it is a link to another file", remedy="ingest the file that it links to")
    if info.flag_bits & 0x1:
        return SourceError("it is encrypted", remedy="unpack the archive with its password and ingest the file")
    if info.file_size > limits.member_bytes:
        size = f"{info.file_size / 2**20:,.0f} MiB"
        return SourceError(f"it is too large for a zip archive ({size})", remedy=f"{by_hand}, or raise member_bytes")
    if info.file_size > _SMALL_BYTES and info.file_size > limits.ratio * max(info.compress_size, 1):
        times = info.file_size / max(info.compress_size, 1)
        return SourceError(f"it unpacks to {times:,.0f} times its size, as zip bombs do", remedy=by_hand)
    if info.file_size > left_bytes:
        limit = f"{limits.total_bytes / 2**30:.1f} GiB"
        return SourceError(
            f"the archives of this run unpack to more than {limit}", remedy="ingest them in several runs"
        )
    return None


_TWICE = SourceError("the zip archive holds this name twice", remedy="unpack the archive and ingest the folder")
_TOO_DEEP = SourceError(
    "it is a zip archive in a zip archive in a zip archive", remedy="unpack the outer one and ingest the folder"
)


def _damaged(what: str, error: Exception) -> SourceError:
    reason = str(error) or type(error).__name__
    return SourceError(f"{what} cannot be unpacked ({reason})", remedy="download the archive again")


def _copy(opened: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> int:
    """Unpack a file; zipfile gives no more bytes than the entry states, and checks their sum."""
    with opened.open(info) as packed, target.open("wb") as copy:
        shutil.copyfileobj(packed, copy, _CHUNK_BYTES)
    return target.stat().st_size

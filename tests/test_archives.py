"""Zip archives of filings, honest, broken and hostile."""

import shutil
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.errors import ConfigError
from corpus.library import Library
from ingest.archives import ArchiveLimits, Unpacked, unpacked
from ingest.chunks import ChunkSettings
from ingest.pipeline import Report, ingest
from ingest.sources import Source, find_sources

NOTE = "Dealers shall be quiet at night."
LIMITS = ArchiveLimits()


def zipped(path: Path, members: Mapping[str, str | bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip archive with these files in it."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def run(library: Library, path: Path, limits: ArchiveLimits = LIMITS) -> Report:
    sources, _ = find_sources([path])
    with unpacked(sources, limits, library.folder) as found:
        return ingest(library, found.sources, ChunkSettings())


def problems(path: Path, folder: Path, limits: ArchiveLimits = LIMITS) -> dict[str, str]:
    """What cannot be read of an archive, by name after the archive's; "" for what can."""
    with unpacked([Source(path, "zip")], limits, folder) as found:
        assert all(source.problem is not None or source.path.is_file() for source in found.sources)
        return {s.name.removeprefix(str(path)): s.problem.problem if s.problem else "" for s in found.sources}


def test_every_file_of_an_archive_is_a_document_of_its_own(empty: Library, tmp_path: Path) -> None:
    path = zipped(tmp_path / "filings.zip", {"a/one.txt": NOTE, "two.html": "<p>Bells ring.</p>", "chart.xlsx": b"x"})
    report = run(empty, path)
    assert [stored.source for stored in report.new] == [f"{path}!a/one.txt", f"{path}!two.html"]
    assert sorted(d.title for d in empty.documents().values()) == ["Bells ring.", NOTE]
    one = empty.find("one.txt")
    original = empty.original(one)
    assert original is not None
    assert original.read_text() == NOTE
    assert [p.name for p in empty.folder.glob("copies-*")] == []
    assert empty.verify() == []


def test_archives_in_folders_are_found_and_other_files_in_them_named(tmp_path: Path) -> None:
    zipped(tmp_path / "filings.zip", {"a.txt": NOTE, "b.xlsx": b"x", "__MACOSX/._a.txt": b"x", ".hidden/c.txt": b"x"})
    sources, passed_over = find_sources([tmp_path])
    assert ([s.media for s in sources], passed_over) == (["zip"], [])
    with unpacked(sources, LIMITS, tmp_path) as found:
        assert [s.file_name for s in found.sources] == ["a.txt"]
        assert found.passed_over == [f"{tmp_path / 'filings.zip'}!b.xlsx"]


def test_a_changed_archive_costs_only_what_changed_in_it(empty: Library, tmp_path: Path) -> None:
    path = zipped(tmp_path / "filings.zip", {"a.txt": NOTE, "b.txt": "Gongs boom."})
    assert len(run(empty, path).new) == 2
    zipped(path, {"a.txt": NOTE, "b.txt": "Gongs boom loudly.", "c.txt": "Oil burns."})
    report = run(empty, path)
    assert [stored.source for stored in report.unchanged] == [f"{path}!a.txt"]
    assert [stored.source for stored in report.replaced] == [f"{path}!b.txt"]
    assert [stored.source for stored in report.new] == [f"{path}!c.txt"]
    assert len(empty.documents()) == 3


def test_an_archive_in_an_archive_is_read_and_one_in_that_is_not(tmp_path: Path) -> None:
    innermost = zipped(tmp_path / "c.zip", {"c.txt": NOTE}).read_bytes()
    inner = zipped(tmp_path / "b.zip", {"b.txt": NOTE, "c.zip": innermost}).read_bytes()
    path = zipped(tmp_path / "a.zip", {"b.zip": inner})
    assert problems(path, tmp_path) == {
        "!b.zip!b.txt": "",
        "!b.zip!c.zip": "it is a zip archive in a zip archive in a zip archive",
    }


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:/out.txt"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_written_there(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    path = zipped(tmp_path / "evil.zip", {name: NOTE, "good.txt": NOTE})
    found = problems(path, folder)
    assert found.pop("!good.txt") == ""
    assert list(found.values()) == ["its name leads out of the zip archive"]
    assert not list(tmp_path.rglob("out.txt"))


def test_a_bomb_is_known_by_its_ratio(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"bomb.txt": bytes(20 * 2**20), "good.txt": NOTE})
    found = problems(path, tmp_path)
    assert found["!good.txt"] == ""
    assert "times its size, as zip bombs do" in found["!bomb.txt"]


def test_sizes_are_limited_one_by_one_and_together(tmp_path: Path) -> None:
    path = zipped(tmp_path / "big.zip", {f"{n}.txt": f"{n}" * 600 for n in range(4)}, packing=zipfile.ZIP_STORED)
    assert set(problems(path, tmp_path, ArchiveLimits(member_bytes=500)).values()) == {
        "it is too large for a zip archive (0 MiB)"
    }
    together = problems(path, tmp_path, ArchiveLimits(total_bytes=1300))
    assert [problem for problem in together.values() if problem] == [
        "the archives of this run unpack to more than 0.0 GiB"
    ] * 2


def test_a_size_that_is_not_true_gives_no_more_than_it_states(tmp_path: Path) -> None:
    """The directory says 10 bytes, the packed data hold 20 MiB."""
    path = zipped(tmp_path / "liar.zip", {"liar.txt": bytes(20 * 2**20)})
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    data[22:26] = struct.pack("<I", 10)
    path.write_bytes(data)
    assert "cannot be unpacked" in problems(path, tmp_path)["!liar.txt"]


def test_too_many_files_are_refused_before_the_directory_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "many.zip", {f"{n}.txt": "x" for n in range(6)})
    assert problems(path, tmp_path, ArchiveLimits(members=5)) == {"": "the zip archive holds more than 5 files"}
    end = path.read_bytes().rfind(b"PK\x05\x06")
    data = bytearray(path.read_bytes())
    data[end + 8 : end + 12] = struct.pack("<HH", 1, 1)  # it says that it holds one
    path.write_bytes(data)
    assert problems(path, tmp_path, ArchiveLimits(members=5)) == {"": "the zip archive holds more than 5 files"}
    data[end + 12 : end + 16] = struct.pack("<I", 2**31)
    path.write_bytes(data)
    assert problems(path, tmp_path) == {"": "the zip archive holds more than 5,000 files"}


def test_archives_in_an_archive_count_together(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "i.zip", {f"{n}.txt": "x" for n in range(3)}).read_bytes()
    path = zipped(tmp_path / "o.zip", {f"{n}.zip": inner for n in range(3)})
    found = problems(path, tmp_path, ArchiveLimits(members=8))
    assert [name for name, problem in found.items() if problem] == ["!1.zip", "!2.zip"]
    assert sum(not problem for problem in found.values()) == 3


def test_a_colon_in_a_name_leads_nowhere(tmp_path: Path) -> None:
    assert problems(zipped(tmp_path / "a.zip", {"34-99002: final.txt": NOTE}), tmp_path) == {"!34-99002: final.txt": ""}


def test_an_encrypted_file_and_a_link_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("secret.txt", NOTE)
        archive.writestr("good.txt", NOTE)
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature, data.find(b"secret.txt") - 60 if signature[2] == 3 else data.find(b"PK\x01\x02"))
        while data[at + (30 if signature[2] == 3 else 46) :][:10] != b"secret.txt":
            at = data.find(signature, at + 1)
        data[at + flags] |= 1
    path.write_bytes(data)
    assert problems(path, tmp_path) == {
        "!link.txt": "it is a link to another file",
        "!secret.txt": "it is encrypted",
        "!good.txt": "",
    }


def test_a_damaged_file_fails_and_the_others_go_on(empty: Library, tmp_path: Path) -> None:
    path = zipped(tmp_path / "filings.zip", {"bad.txt": NOTE, "good.txt": "Gongs boom."}, packing=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(NOTE.encode(), NOTE.upper().encode(), 1))
    report = run(empty, path)
    assert [stored.source for stored in report.new] == [f"{path}!good.txt"]
    (failure,) = report.failed
    assert failure.source == f"{path}!bad.txt"
    assert "cannot be unpacked (Bad CRC-32" in failure.reason
    assert failure.remedy
    states = {entry.document.title: entry.state for entry in empty.entries()}
    assert states == {"bad.txt": "failed", "Gongs boom.": "ready"}


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_an_archive_that_is_cut_short_is_one_failure(kept: float, empty: Library, tmp_path: Path) -> None:
    path = zipped(tmp_path / "filings.zip", {"a.txt": NOTE, "b.txt": "Gongs boom."})
    path.write_bytes(path.read_bytes()[: int(len(path.read_bytes()) * kept)])
    (failure,) = run(empty, path).failed
    assert failure.source == str(path)
    assert "cannot be unpacked" in failure.reason


def test_a_name_that_stands_there_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", NOTE)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", "Gongs boom.")
    with unpacked([Source(path, "zip")], LIMITS, tmp_path) as found:
        assert [s.problem.problem if s.problem else "" for s in found.sources] == [
            "",
            "the zip archive holds this name twice",
        ]


def test_a_mended_archive_leaves_no_failure_behind(empty: Library, tmp_path: Path) -> None:
    path = zipped(tmp_path / "filings.zip", {"../a.txt": NOTE})
    assert run(empty, path).failed
    zipped(path, {"a.txt": NOTE})
    assert run(empty, path).new
    # The refused name is another name; it stays listed until it is removed.
    assert sorted(e.state for e in empty.entries()) == ["failed", "ready"]


def test_a_pdf_named_zip_is_read_as_what_it_is(empty: Library, tmp_path: Path, proposal: object) -> None:
    path = tmp_path / "release.zip"
    shutil.copyfile(proposal.path, path)  # type: ignore[attr-defined]
    report = run(empty, path)
    assert [stored.source for stored in report.new] == [str(path)]
    assert report.notes == [(str(path), "the file is named .zip but is a PDF; it was read as that")]


def test_nothing_is_left_when_the_run_ends_badly(tmp_path: Path) -> None:
    path = zipped(tmp_path / "filings.zip", {"a.txt": NOTE})

    def fail(found: Unpacked) -> None:
        assert found.sources[0].path.is_file()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), unpacked([Source(path, "zip")], LIMITS, tmp_path) as found:
        fail(found)
    assert not list(tmp_path.glob("copies-*"))


def test_limits_are_checked() -> None:
    with pytest.raises(ConfigError, match="below 1"):
        ArchiveLimits(members=0)

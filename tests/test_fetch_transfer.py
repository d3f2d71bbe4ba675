"""Files over the network: whole, once, politely, and from nowhere else."""

import gzip
import json
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.errors import FetchError
from ingest.fetching.downloads import Downloads, Place
from ingest.fetching.fetch import check_folder
from ingest.fetching.manifest import FetchedFile, Manifest
from ingest.fetching.partial import Partial
from ingest.fetching.settings import FetchSettings
from ingest.fetching.transport import Transport
from tests.fetch_server import (
    REFUSAL,
    Body,
    StandIn,
    cut,
    cut_packed,
    drip,
    page,
    redirect,
    serving,
    status,
)

pytestmark = pytest.mark.usefixtures("only_this_machine")
PDF = b"%PDF-1.7\n" + os.urandom(300_000) + b"\n%%EOF\n"
HASH = sha256(PDF).hexdigest()


@dataclass
class StillClock:
    """A clock that only sleeping moves."""

    now: float = 1_000_000_000.0
    sleeps: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float, /) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


@dataclass
class Desk:
    """A folder, a server and a clock to fetch with."""

    site: StandIn
    folder: Path
    clock: StillClock
    downloads: Downloads

    def place(self, path: str = "/a.pdf", hashed: str = "") -> Place:
        return Place(self.site.base + path, sha256=hashed)

    def fetch(self, name: str = "a.pdf", place: Place | None = None) -> FetchedFile:
        with self.downloads.writing():
            return self.downloads.fetch(name, place or self.place())

    def left(self) -> set[str]:
        """Files in the folder, but for the manifest and the lock."""
        return {p.name for p in self.folder.iterdir()} - {"manifest.jsonl", ".fetch.lock"}


def settings_for(site: StandIn, **changed: object) -> FetchSettings:
    values: dict[str, object] = {
        "user_agent": "Quiet Hours LLC filings@quiet.example", "requests_per_second": 10,
        "federal_register": f"{site.base}/api/v1", "edgar": site.base, "sec": site.base,
    }  # fmt: skip
    return FetchSettings(**values | changed)  # type: ignore[arg-type]


@pytest.fixture
def desk(stand_in: StandIn, tmp_path: Path) -> Iterator[Desk]:
    stand_in.bodies["/a.pdf"] = Body(PDF)
    clock = StillClock()
    with Transport(settings_for(stand_in), clock) as transport:
        yield Desk(stand_in, tmp_path / "got", clock, Downloads(tmp_path / "got", transport))


def test_a_file_arrives_whole_and_is_written_down(desk: Desk) -> None:
    file = desk.fetch(place=Place(f"{desk.site.base}/a.pdf", {"document_number": "2018-1"}, {"title": "A"}))
    assert (desk.folder / "a.pdf").read_bytes() == PDF
    assert (file.sha256, file.bytes, file.etag) == (HASH, len(PDF), '"v1"')
    [line] = (desk.folder / "manifest.jsonl").read_text().splitlines()
    written = json.loads(line)
    assert written["identifiers"] == {"document_number": "2018-1"}
    assert written["facts"] == {"title": "A"}
    assert (written["path"], written["url"]) == ("a.pdf", f"{desk.site.base}/a.pdf")
    assert desk.left() == {"a.pdf"}


def test_who_asks_is_declared_on_every_request(desk: Desk) -> None:
    desk.site.troubles["/b.pdf"].append(redirect(f"{desk.site.base}/a.pdf"))
    desk.fetch("b.pdf", desk.place("/b.pdf"))
    assert [asked.headers["user-agent"] for asked in desk.site.asked] == ["Quiet Hours LLC filings@quiet.example"] * 2
    assert all(set(asked.headers) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
               for asked in desk.site.asked)  # fmt: skip


def test_requests_keep_their_distance(desk: Desk) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        desk.fetch(name)
    assert desk.clock.sleeps == pytest.approx([0.1, 0.1])


@pytest.mark.parametrize(
    ("header", "pause"),
    [("7", 7.0), ("Sun, 09 Sep 2001 01:46:52 GMT", 12.0), ("soon", 1.0), ("0", 1.0)],
)
@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_server_is_given_the_pause_it_asks_for(desk: Desk, code: int, header: str, pause: float) -> None:
    # The clock stands at 2001-09-09 01:46:40 UTC.
    desk.site.troubles["/a.pdf"].append(status(code, Retry_After=header))
    assert desk.fetch().sha256 == HASH
    assert desk.clock.sleeps == pytest.approx([pause])


def test_pauses_double_and_tries_end(desk: Desk) -> None:
    desk.site.troubles["/a.pdf"].extend([status(500)] * 9)
    with pytest.raises(FetchError, match=r"HTTP 500.*tried 5 times"):
        desk.fetch()
    assert desk.clock.sleeps == pytest.approx([1, 2, 4, 8])
    assert len(desk.site.asked) == 5


def test_a_server_that_wants_a_long_pause_is_left_alone_for_the_run(desk: Desk) -> None:
    desk.site.troubles["/a.pdf"].append(status(429, Retry_After="600"))
    with pytest.raises(FetchError, match="wants 600 seconds"):
        desk.fetch()
    with pytest.raises(FetchError, match="was not asked again in this run"):
        desk.fetch("b.pdf")
    assert desk.site.paths() == ["/a.pdf"]


@pytest.mark.parametrize("code", [200, 403])
def test_the_page_that_turns_programs_away_ends_the_asking(desk: Desk, code: int) -> None:
    desk.site.troubles["/a.pdf"].append(page(REFUSAL, code))
    with pytest.raises(FetchError, match="turns programs away") as caught:
        desk.fetch()
    assert "user_agent" in caught.value.remedy
    with pytest.raises(FetchError, match="not asked again"):
        desk.fetch("b.pdf")
    assert desk.left() == set()


def test_one_forbidden_file_does_not_end_the_asking(desk: Desk) -> None:
    desk.site.troubles["/b.pdf"].append(page(b"<Error>AccessDenied</Error>", 403))
    with pytest.raises(FetchError, match="HTTP 403"):
        desk.fetch("b.pdf", desk.place("/b.pdf"))
    assert desk.fetch().sha256 == HASH


def test_a_missing_file_is_asked_for_once(desk: Desk) -> None:
    with pytest.raises(FetchError, match=r"/none.pdf is not there \(HTTP 404\)"):
        desk.fetch("none.pdf", desk.place("/none.pdf"))
    assert desk.site.paths() == ["/none.pdf"]


def test_a_body_cut_short_is_continued_where_the_server_serves_parts(desk: Desk) -> None:
    desk.site.troubles["/a.pdf"].append(cut(100_000))
    assert desk.fetch().sha256 == HASH
    first, second = desk.site.asked
    assert "range" not in first.headers
    assert (second.headers["range"], second.headers["if-range"]) == ("bytes=100000-", '"v1"')
    assert desk.left() == {"a.pdf"}


@pytest.mark.parametrize(
    "body",
    [Body(PDF, ranges=False), Body(PDF, etag=""), Body(PDF, etag='W/"weak"')],
    ids=["no parts", "no etag", "weak etag"],
)
def test_and_starts_again_where_it_does_not(desk: Desk, body: Body) -> None:
    desk.site.bodies["/a.pdf"] = body
    desk.site.troubles["/a.pdf"].append(cut(100_000))
    assert desk.fetch().sha256 == HASH
    assert (desk.folder / "a.pdf").read_bytes() == PDF


def test_a_file_that_changed_meanwhile_is_not_joined_from_two_versions(desk: Desk) -> None:
    desk.site.troubles["/a.pdf"].extend([cut(100_000)] * 5)
    with pytest.raises(FetchError, match="broke off"):
        desk.fetch()
    assert desk.left() == {"a.pdf.partial", "a.pdf.partial.json"}
    newer = b"%PDF-1.7\n" + os.urandom(200_000)
    desk.site.bodies["/a.pdf"] = Body(newer, etag='"v2"')
    assert desk.fetch().sha256 == sha256(newer).hexdigest()
    assert (desk.folder / "a.pdf").read_bytes() == newer


def test_a_part_longer_than_the_file_is_thrown_away(desk: Desk) -> None:
    desk.folder.mkdir()
    (desk.folder / "a.pdf.partial").write_bytes(PDF + b"more")
    (desk.folder / "a.pdf.partial.json").write_text(json.dumps({"url": f"{desk.site.base}/a.pdf", "validator": '"v1"'}))
    assert desk.fetch().sha256 == HASH
    assert [asked.headers.get("range") for asked in desk.site.asked] == [f"bytes={len(PDF) + 4}-", None]


def test_a_server_that_sends_another_part_than_asked_for_is_not_believed(desk: Desk) -> None:
    desk.site.troubles["/a.pdf"].append(cut(100_000))
    desk.site.troubles["/a.pdf"].append(
        lambda handler, body: handler.send_data(
            206, body.data[50_000:], {"Content-Range": f"bytes 50000-{len(PDF) - 1}/{len(PDF)}"}
        )
    )
    assert desk.fetch().sha256 == HASH


def test_a_packed_file_is_unpacked(desk: Desk) -> None:
    text = b"<html><body>" + b"A quiet hour. " * 10_000 + b"</body></html>"
    desk.site.bodies["/k.htm"] = Body(text, "text/html", packed=True)
    file = desk.fetch("k.htm", desk.place("/k.htm"))
    assert (desk.folder / "k.htm").read_bytes() == text
    assert (file.bytes, file.sha256) == (len(text), sha256(text).hexdigest())


def test_a_packed_file_that_breaks_off_is_not_taken_for_whole(desk: Desk) -> None:
    text = b"<html><body>" + os.urandom(50_000).hex().encode() + b"</body></html>"
    desk.site.bodies["/k.htm"] = Body(text, "text/html", packed=True)
    desk.site.troubles["/k.htm"].append(cut_packed(20_000))
    desk.fetch("k.htm", desk.place("/k.htm"))
    assert (desk.folder / "k.htm").read_bytes() == text
    assert len(desk.site.asked) == 2


def test_a_small_packed_answer_cannot_become_a_giant_file(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.bodies["/k.htm"] = Body(b"<html>" + b" " * 50_000_000, "text/html", packed=True)
    assert len(gzip.compress(stand_in.bodies["/k.htm"].data)) < 60_000
    with Transport(settings_for(stand_in, max_file_mb=2), StillClock()) as transport:
        downloads = Downloads(tmp_path, transport)
        with downloads.writing(), pytest.raises(FetchError, match="larger than 2 MB"):
            downloads.fetch("k.htm", Place(f"{stand_in.base}/k.htm"))
    assert not (tmp_path / "k.htm").exists()


def test_a_file_that_says_it_is_too_large_is_not_begun(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.bodies["/a.pdf"] = Body(PDF)
    with Transport(settings_for(stand_in, max_file_mb=0.2), StillClock()) as transport:
        downloads = Downloads(tmp_path, transport)
        with downloads.writing(), pytest.raises(FetchError, match=r"larger than 0.2 MB"):
            downloads.fetch("a.pdf", Place(f"{stand_in.base}/a.pdf"))
    assert not (tmp_path / "a.pdf.partial").exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"<!DOCTYPE html><html><body>Sorry</body></html>", "a web page instead of a PDF"),
        ("a.pdf", b"", "nothing instead of a PDF"),
        ("a.xml", b"<html><body>Sorry</body></html>", "a web page instead of XML"),
        ("a.xml", b"%PDF-1.7", "something else instead of XML"),
        ("a.txt", b"<html><body>Sorry</body></html>", "a web page instead of text"),
        ("a.htm", b"{}", "something else instead of a web page"),
    ],
)
def test_what_was_not_asked_for_gets_no_good_name(desk: Desk, name: str, data: bytes, said: str) -> None:
    desk.site.bodies[f"/{name}"] = Body(data, "text/html")
    with pytest.raises(FetchError, match=said):
        desk.fetch(name, desk.place(f"/{name}"))
    assert desk.left() == set()
    assert len(desk.site.asked) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.htm", b"<?xml version='1.0' encoding='ASCII'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>"),
        ("a.html", b"<div><p>A fragment, as the Federal Register gives it.</p></div>"),
        ("a.txt", b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n<SEC-DOCUMENT>\n<HTML>"),
        ("a.xml", b"\xef\xbb\xbf<RULE><P>A rule.</P></RULE>"),
        ("a.pdf", b"\r\n%PDF-1.4 after a blank line"),
    ],
)
def test_files_as_the_agencies_write_them_pass(desk: Desk, name: str, data: bytes) -> None:
    desk.site.bodies[f"/{name}"] = Body(data)
    desk.fetch(name, desk.place(f"/{name}"))
    assert (desk.folder / name).read_bytes() == data


@pytest.mark.parametrize(
    "to",
    [
        "https://example.org/a.pdf",
        "https://sec.gov.example.org/a.pdf",
        "https://www.sec.gov@example.org/a.pdf",
        "http://www.sec.gov/a.pdf",
        "https://www.sec.gov:8443/a.pdf",
        "ftp://www.sec.gov/a.pdf",
        "file:///etc/passwd",
        "http://127.0.0.1:9/a.pdf",
        "http://169.254.169.254/latest/meta-data",
    ],
)
def test_redirects_to_elsewhere_are_refused(desk: Desk, to: str) -> None:
    desk.site.troubles["/a.pdf"].append(redirect(to))
    with pytest.raises(FetchError, match="is not asked: only https addresses of"):
        desk.fetch()
    assert desk.left() == set()


def test_a_redirect_to_another_server_on_this_machine_is_refused_too(desk: Desk) -> None:
    with serving() as other:
        other.bodies["/a.pdf"] = Body(PDF)
        desk.site.troubles["/a.pdf"].append(redirect(f"{other.base}/a.pdf"))
        with pytest.raises(FetchError, match="is not asked"):
            desk.fetch()
        assert other.asked == []


def test_a_redirect_to_no_address_is_named(desk: Desk) -> None:
    desk.site.troubles["/a.pdf"].extend([redirect("http://[::1")] * 5)
    with pytest.raises(FetchError, match="Invalid URL in location header"):
        desk.fetch()


def test_redirects_in_a_circle_end(desk: Desk) -> None:
    desk.site.troubles["/a.pdf"].extend([redirect("/a.pdf")] * 20)
    with pytest.raises(FetchError, match="redirected more than 5 times"):
        desk.fetch()


def test_the_guard_of_these_tests_guards() -> None:
    with pytest.raises(AssertionError, match=r"a question for the address of example\.org"):
        socket.create_connection(("example.org", 443), timeout=1)
    with socket.socket() as plain, pytest.raises(AssertionError, match="a connection to"):
        plain.connect(("192.0.2.1", 443))


def test_a_server_that_is_not_there_is_tried_and_then_left_alone(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        site = StandIn(f"http://127.0.0.1:{unused.getsockname()[1]}")
        clock = StillClock()
        with Transport(settings_for(site), clock) as transport:
            downloads = Downloads(tmp_path, transport)
            with downloads.writing():
                with pytest.raises(FetchError, match=r"cannot be reached.*tried 5 times"):
                    downloads.fetch("a.pdf", Place(f"{site.base}/a.pdf"))
                with pytest.raises(FetchError, match="not asked again"):
                    downloads.fetch("b.pdf", Place(f"{site.base}/b.pdf"))
        assert clock.sleeps[:4] == pytest.approx([1, 2, 4, 8])


def test_a_file_with_another_hash_than_expected_is_not_kept(desk: Desk) -> None:
    with pytest.raises(FetchError, match=f"has SHA-256 {HASH[:12]}…, and 000000000000… was expected"):
        desk.fetch(place=desk.place(hashed="0" * 64))
    assert desk.left() == set()
    assert desk.fetch(place=desk.place(hashed=HASH)).sha256 == HASH


def test_two_parts_that_do_not_make_the_expected_file_are_fetched_again_in_one(desk: Desk) -> None:
    desk.folder.mkdir()
    (desk.folder / "a.pdf.partial").write_bytes(b"%PDF" + b"x" * 1000)
    (desk.folder / "a.pdf.partial.json").write_text(json.dumps({"url": f"{desk.site.base}/a.pdf", "validator": '"v1"'}))
    assert desk.fetch(place=desk.place(hashed=HASH)).sha256 == HASH


def test_a_slow_drip_ends_and_what_came_is_kept(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.bodies["/a.pdf"] = Body(PDF)
    stand_in.troubles["/a.pdf"].append(drip(threading.Event(), 50_000, 10, 0.02))
    with Transport(settings_for(stand_in, file_timeout_s=0.3)) as transport:
        downloads = Downloads(tmp_path, transport)
        with downloads.writing():
            with pytest.raises(FetchError, match="took longer than 0 seconds") as caught:
                downloads.fetch("a.pdf", Place(f"{stand_in.base}/a.pdf"))
            assert "to continue" in caught.value.remedy
            came = (tmp_path / "a.pdf.partial").stat().st_size
            assert downloads.fetch("a.pdf", Place(f"{stand_in.base}/a.pdf")).sha256 == HASH
    assert came >= 50_000
    assert stand_in.asked[-1].headers["range"] == f"bytes={came}-"


def test_a_silent_server_is_not_waited_for_for_ever(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.bodies["/a.pdf"] = Body(PDF)
    stand_in.troubles["/a.pdf"].append(drip(threading.Event(), 1000, 10, 5.0))
    with Transport(settings_for(stand_in, read_timeout_s=0.2, tries=1), StillClock()) as transport:
        downloads = Downloads(tmp_path, transport)
        with downloads.writing(), pytest.raises(FetchError, match=r"broke off.*tried once"):
            downloads.fetch("a.pdf", Place(f"{stand_in.base}/a.pdf"))


def test_what_is_there_is_known_by_its_bytes(desk: Desk) -> None:
    desk.fetch()
    with desk.downloads.writing():
        kept = desk.downloads.kept("a.pdf")
        assert kept is not None
        assert kept.sha256 == HASH
        assert desk.downloads.kept("a.pdf", "0" * 64) is None
        (desk.folder / "a.pdf").write_bytes(PDF[:-1] + b"x")
        assert desk.downloads.kept("a.pdf") is None
        (desk.folder / "a.pdf").unlink()
        assert desk.downloads.kept("a.pdf") is None
    assert desk.fetch().sha256 == HASH
    assert len(list(Manifest(desk.folder))) == 1


def test_a_run_that_died_before_the_rename_is_finished_without_asking(desk: Desk) -> None:
    desk.fetch()
    (desk.folder / "a.pdf").rename(desk.folder / "a.pdf.partial")
    with desk.downloads.writing():
        assert desk.downloads.kept("a.pdf") is not None
    assert (desk.folder / "a.pdf").read_bytes() == PDF
    assert len(desk.site.asked) == 1


def test_a_folder_is_checked_without_asking(desk: Desk) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        desk.fetch(name)
    assert check_folder(desk.folder) == (3, [])
    (desk.folder / "b.pdf").write_bytes(PDF[:-1])
    (desk.folder / "c.pdf").unlink()
    files, bad = check_folder(desk.folder)
    assert files == 3
    assert [(failure.source, failure.reason) for failure in bad] == [
        ("b.pdf", "it is not what was fetched"), ("c.pdf", "it is gone"),
    ]  # fmt: skip
    assert len(desk.site.asked) == 3


def test_only_one_fetch_writes_into_a_folder(desk: Desk) -> None:
    with Transport(settings_for(desk.site)) as transport, desk.downloads.writing():
        second = Downloads(desk.folder, transport)
        with pytest.raises(FetchError, match="another `reglens fetch` is writing"), second.writing():
            pass


def test_a_spoilt_manifest_is_named_by_line(desk: Desk) -> None:
    desk.fetch()
    with (desk.folder / "manifest.jsonl").open("a") as stream:
        stream.write('{"path": "b.pdf"\n')
    with pytest.raises(FetchError, match=r"manifest.jsonl, line 2,"):
        Manifest(desk.folder)


@pytest.mark.parametrize("name", ["../a.pdf", "/a.pdf", ".a.pdf", "a/b.pdf", "a.pdf\0", "a.exe", "manifest.jsonl"])
def test_names_that_could_leave_the_folder_are_a_mistake(desk: Desk, name: str) -> None:
    with pytest.raises(ValueError, match="is no file name of ours"):
        desk.fetch(name)


def test_a_part_of_another_address_is_not_continued(tmp_path: Path) -> None:
    partial = Partial(tmp_path / "a.pdf")
    partial.path.write_bytes(b"%PDF")
    (tmp_path / "a.pdf.partial.json").write_text('{"url": "https://www.sec.gov/a.pdf", "validator": "\\"v1\\""}')
    assert partial.rest("https://www.sec.gov/b.pdf") is None
    rest = partial.rest("https://www.sec.gov/a.pdf")
    assert rest is not None
    assert rest.headers == {"Range": "bytes=4-", "If-Range": '"v1"', "Accept-Encoding": "identity"}

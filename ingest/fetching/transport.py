"""Requests over the network: the one file that touches the HTTP library.

httpx, because it is here already (chromadb and langchain-core stand on it), keeps
connections open between files, limits connecting and reading apart, and checks an
answer's length. Redirects, pauses and unpacking are ours: they are where politeness and
safety lie.
"""

import json
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from corpus.errors import FetchError
from ingest.fetching.addresses import AllowedAddresses
from ingest.fetching.content import HEAD_BYTES, Refused, check_refusal
from ingest.fetching.courtesy import Clock, Limiter, Transient, persist, retry_after_s
from ingest.fetching.settings import FetchSettings

T = TypeVar("T")
_BLOCK_BYTES = 2**18
_MAX_REDIRECTS = 5
_BUSY = (429, 503)
_TRANSIENT = (408, 500, 502, 504)


class RangeRefused(Transient):
    """The server has nothing after the point at which we wanted to continue."""


@dataclass(frozen=True, slots=True)
class Response:
    """A good answer, its body still to come.

    Attributes:
        url: where it came from, after redirects.
        status: 200, or 206 for the rest of a file.
        headers: names in lower case.
        packed: the body travelled compressed; ``body`` is not.
        body: its bytes. May raise Transient when the connection breaks.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    packed: bool
    body: Iterator[bytes]


class Transport:
    """Asks politely, and only where it may.

    Args:
        settings: who asks, how often, and where.
        clock: the module ``time``, or a stand-in.
    """

    def __init__(self, settings: FetchSettings, clock: Clock = time) -> None:
        self._settings = settings
        self._clock = clock
        self._allowed = AllowedAddresses.of(settings.hosts, settings.bases)
        self._limiter = Limiter(settings.requests_per_second, clock)
        self._left_alone: dict[str, str] = {}
        self._client = httpx.Client(
            headers={"User-Agent": settings.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(settings.read_timeout_s, connect=settings.connect_timeout_s),
            mounts={"all://127.0.0.1": None, "all://localhost": None},  # never through a proxy
        )

    def __enter__(self) -> "Transport":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def json(self, url: str, parameters: Sequence[tuple[str, str]] = (), *, having: str = "") -> dict[str, Any]:
        """What an API answers: an object.

        Args:
            url: address.
            parameters: of the question, in order.
            having: a key that the answer must have.

        Raises:
            FetchError: if it cannot be had, or is no such object.
        """
        address = f"{url}?{urlencode(parameters)}" if parameters else url

        def once() -> bytes:
            with self.open(address) as response:
                data = b"".join(response.body)
            check_refusal(data[:HEAD_BYTES], response.url)
            return data

        try:
            answer = json.loads(self.persist(once))
        except ValueError as error:
            raise FetchError(
                f"{address} answered with something other than JSON", remedy="open it in a browser to see what"
            ) from error
        if not isinstance(answer, dict) or (having and having not in answer):
            raise FetchError(
                f"{address} answered in another form than is documented", remedy="report this, with the address"
            )
        return answer

    def persist(self, once: Callable[[], T]) -> T:
        """Try again while trouble may pass; a host that stays in trouble is left alone from then on."""
        settings = self._settings
        try:
            return persist(once, tries=settings.tries, max_wait_s=settings.max_wait_s, clock=self._clock)
        except Refused as error:
            self._left_alone[error.host] = error.problem
            raise
        except FetchError as error:
            if isinstance(error.__cause__, Transient) and error.__cause__.host:
                self._left_alone[error.__cause__.host] = error.problem
            raise

    @contextmanager
    def open(self, url: str, headers: Mapping[str, str] | None = None, *, already_bytes: int = 0) -> Iterator[Response]:
        """Ask once, through redirects to allowed hosts.

        Args:
            url: whole address.
            headers: besides the usual ones.
            already_bytes: what is there of the file, counted against the largest file allowed.

        Raises:
            FetchError: if the answer is final and no good.
            Transient: if it may be good later.
        """
        deadline = self._clock.monotonic() + self._settings.file_timeout_s
        try:
            for _ in range(_MAX_REDIRECTS + 1):
                self._check(url)
                self._limiter.wait()
                with self._client.stream("GET", url, headers=dict(headers or {})) as answer:
                    if answer.has_redirect_location:
                        url = urljoin(url, answer.headers["location"])
                        continue
                    self._check_status(answer)
                    yield self._response(answer, deadline, already_bytes)
                    return
        except httpx.RequestError as error:
            raise _broken(error, url) from error
        except httpx.InvalidURL as error:
            raise FetchError(f"{url} is no address: {error}", remedy="check how it is written") from error
        raise FetchError(f"{url}: redirected more than {_MAX_REDIRECTS} times", remedy="open it in a browser")

    def _check(self, url: str) -> None:
        self._allowed.check(url)
        host = urlsplit(url).netloc
        if host in self._left_alone:
            raise FetchError(
                f"{host} was not asked again in this run: {self._left_alone[host]}", remedy="run the same command later"
            )

    def _check_status(self, answer: httpx.Response) -> None:
        status, host = answer.status_code, answer.url.netloc.decode()
        if status in (200, 206):
            return
        if status == 416:
            raise RangeRefused(f"{host} does not continue {answer.url}")
        if status in _BUSY:
            pause = retry_after_s(answer.headers.get("retry-after"), self._clock.time())
            raise Transient(f"{host} is busy (HTTP {status})", wait_s=pause, host=host)
        if status in _TRANSIENT:
            raise Transient(f"{host} failed on {answer.url} (HTTP {status})")
        if status in (404, 410):
            raise FetchError(f"{answer.url} is not there (HTTP {status})", remedy="check the number or the address")
        head = b"".join(islice(answer.iter_bytes(HEAD_BYTES), 1))
        check_refusal(head, str(answer.url))
        said = "" if head.lstrip().startswith(b"<") else _printable(head[:200])
        raise FetchError(f"{answer.url} gave HTTP {status} {said}".rstrip(), remedy="check what was asked for")

    def _response(self, answer: httpx.Response, deadline: float, already_bytes: int) -> Response:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        encoding = headers.get("content-encoding", "identity").lower()
        if encoding not in ("identity", "gzip", "x-gzip"):
            raise FetchError(f"{answer.url} came packed as {encoding}", remedy="report this, with the address")
        packed = encoding != "identity"
        url, limit = str(answer.url), round(self._settings.max_file_mb * 1e6) - already_bytes
        if int(headers.get("content-length") or 0) > limit:
            raise self._too_large(url)
        body = self._limited(self._in_time(answer, deadline), packed, limit, url)
        return Response(url, answer.status_code, headers, packed, body)

    def _in_time(self, answer: httpx.Response, deadline: float) -> Iterator[bytes]:
        for chunk in answer.iter_raw():
            yield chunk
            if self._clock.monotonic() > deadline:
                raise FetchError(
                    f"{answer.url} took longer than {self._settings.file_timeout_s:.0f} seconds",
                    remedy="run the same command again to continue, or raise file_timeout_s under [fetch]",
                )

    def _limited(self, raw: Iterator[bytes], packed: bool, limit: int, url: str) -> Iterator[bytes]:
        arrived = 0
        for chunk in _unpacked(raw, url) if packed else raw:
            arrived += len(chunk)
            if arrived > limit:
                raise self._too_large(url)
            yield chunk

    def _too_large(self, url: str) -> FetchError:
        return FetchError(
            f"{url} is larger than {self._settings.max_file_mb:g} MB", remedy="raise max_file_mb under [fetch]"
        )


def _printable(data: bytes) -> str:
    return "".join(letter for letter in data.decode("utf-8", "replace") if letter.isprintable())


def _broken(error: httpx.RequestError, url: str) -> Exception:
    """What a failure of the connection means: final for a bad certificate, else worth another try."""
    host = urlsplit(url).netloc
    if isinstance(error, httpx.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return FetchError(
            f"{host} does not prove who it is ({error})",
            remedy="if a proxy of yours stands between, set SSL_CERT_FILE to its certificates",
        )
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return Transient(f"{host} cannot be reached ({error or type(error).__name__})", host=host)
    return Transient(f"the connection to {host} broke off during {url} ({error or type(error).__name__})")


def _unpacked(chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
    """Undo gzip in blocks, so that a small answer cannot fill the memory; the end must be there."""
    unzip = zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting:
                if unzip.eof:
                    unzip = zlib.decompressobj(wbits=31)
                yield unzip.decompress(waiting, _BLOCK_BYTES)
                waiting = unzip.unconsumed_tail or unzip.unused_data
        yield unzip.flush()
    except zlib.error as error:
        raise Transient(f"{url} came badly packed ({error})") from error
    if not unzip.eof:
        raise Transient(f"{url} broke off in the middle")

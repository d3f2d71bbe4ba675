"""How often a server is asked, and when it is asked again."""

from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Protocol, TypeVar

from corpus.errors import FetchError

T = TypeVar("T")


class Clock(Protocol):
    """What the module ``time`` offers; tests bring one that does not wait."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        ...

    def time(self) -> float:
        """Seconds since 1970, UTC."""
        ...

    def sleep(self, seconds: float, /) -> None:
        """Wait."""
        ...


class Transient(Exception):
    """Trouble that may pass, so that the same request is worth another try.

    Args:
        reason: in plain words, with the host in it.
        wait_s: the pause that the server asked for.
        host: the host, where all of it is in trouble and not this one address.
    """

    def __init__(self, reason: str, *, wait_s: float | None = None, host: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = wait_s
        self.host = host


class Limiter:
    """Keeps requests ``1 / per_second`` seconds apart."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._gap_s = 1.0 / per_second
        self._clock = clock
        self._next = float("-inf")

    def wait(self) -> None:
        """Return when the next request may be sent."""
        early = self._next - self._clock.monotonic()
        if early > 0:
            self._clock.sleep(early)
        self._next = self._clock.monotonic() + self._gap_s


def persist(once: Callable[[], T], *, tries: int, max_wait_s: float, clock: Clock) -> T:
    """Call ``once`` until it succeeds, pausing 1, 2, 4, ... seconds or as long as the server asks.

    Raises:
        FetchError: after ``tries`` calls, or when the server asks for a longer pause than ``max_wait_s``.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            return once()
        except Transient as trouble:
            pause = max(trouble.wait_s or 0.0, 2.0 ** (attempt - 1))
            if pause > max_wait_s:
                raise FetchError(
                    f"{trouble.reason}, and wants {pause:.0f} seconds of pause", remedy="run the same command later"
                ) from trouble
            if attempt >= tries:
                times = "once" if tries == 1 else f"{tries} times"
                raise FetchError(
                    f"{trouble.reason} (tried {times})",
                    remedy="run the same command again; what has arrived is kept",
                ) from trouble
            clock.sleep(pause)


def retry_after_s(value: str | None, now: float) -> float | None:
    """Seconds that a ``Retry-After`` header asks for: a number of them, or a date (RFC 9110, 10.2.3).

    Args:
        value: the header.
        now: seconds since 1970, UTC.
    """
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)

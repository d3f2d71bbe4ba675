"""Every number and address that `reglens fetch` goes by."""

import os
import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from corpus.errors import ConfigError
from corpus.settings import load_settings, settings_file
from ingest.fetching.addresses import is_loopback

SEC_REQUESTS_PER_SECOND = 10
"""The most that the SEC allows one user, on however many machines (sec.gov, "Accessing EDGAR Data")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """Table ``[fetch]`` of the settings file.

    Attributes:
        user_agent: who asks, in the form that the SEC wants: a name and an e-mail address.
        requests_per_second: over all hosts together, below the SEC's limit of 10.
        tries: how often one address is asked before it counts as failed.
        max_wait_s: a server that asks for a longer pause than this is left alone for the run.
        connect_timeout_s: for making a connection.
        read_timeout_s: between two pieces of an answer.
        file_timeout_s: for one whole answer; what came is kept and continued by the next run.
        max_file_mb: files above this are refused; megabytes of 1,000,000 bytes.
        ask_above: a search that matches more documents than this wants ``--yes`` or ``--limit``.
        hosts: domains that files may come from, besides federalregister.gov, govinfo.gov and sec.gov.
        federal_register: base address of the Federal Register API.
        edgar: base address of EDGAR's submissions.
        sec: base address of the SEC's site, which holds releases, tickers and EDGAR's archives.

    Raises:
        ConfigError: on a value that is out of range.
    """

    user_agent: str = ""
    requests_per_second: float = 5.0
    tries: int = 5
    max_wait_s: float = 120.0
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 60.0
    file_timeout_s: float = 1800.0
    max_file_mb: float = 200.0
    ask_above: int = 25
    hosts: tuple[str, ...] | list[str] = ()
    federal_register: str = "https://www.federalregister.gov/api/v1"
    edgar: str = "https://data.sec.gov"
    sec: str = "https://www.sec.gov"

    def __post_init__(self) -> None:
        if not 0 < self.requests_per_second <= SEC_REQUESTS_PER_SECOND:
            raise ConfigError(
                f"[fetch] requests_per_second={self.requests_per_second} is not in 0..{SEC_REQUESTS_PER_SECOND}",
                remedy="use 5; the SEC blocks who asks more than 10 times a second",
            )
        for name in ("tries", "connect_timeout_s", "read_timeout_s", "file_timeout_s", "max_file_mb"):
            if getattr(self, name) <= 0:
                raise ConfigError(f"[fetch] {name}={getattr(self, name)} is not above 0", remedy=f"remove {name}")
        for base in self.bases:
            if urlsplit(base).scheme != "https" and not is_loopback(base):
                raise ConfigError(f"[fetch] {base} is not an https address", remedy="write it with https://")

    @property
    def bases(self) -> tuple[str, ...]:
        """The addresses that requests start from."""
        return (self.federal_register, self.edgar, self.sec)


def load_fetch_settings() -> FetchSettings:
    """The settings in force; ``REGLENS_USER_AGENT`` goes before the file.

    Raises:
        ConfigError: if nobody is declared as the one who asks.
    """
    settings = load_settings(settings_file(), "fetch", FetchSettings)
    settings = replace(settings, user_agent=os.environ.get("REGLENS_USER_AGENT", settings.user_agent).strip())
    if not (re.search(r"\S\s*\S+@\S+\.\S+", settings.user_agent) and settings.user_agent.isascii()):
        stated = f"{settings.user_agent!r} is none in plain letters" if settings.user_agent else "none is set"
        raise ConfigError(
            f"the SEC asks every program to declare who runs it, with a name and an e-mail address, and {stated}",
            remedy='set REGLENS_USER_AGENT="Your Company your.name@your-company.com", '
            "or user_agent under [fetch] in reglens.toml",
        )
    return settings

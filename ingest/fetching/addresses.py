"""Which addresses may be asked. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from corpus.errors import FetchError

DOMAINS = ("federalregister.gov", "govinfo.gov", "sec.gov")


@dataclass(frozen=True, slots=True)
class AllowedAddresses:
    """Requests and redirects go to these and nowhere else.

    Attributes:
        domains: with their subdomains, over https on its own port only.
        origins: scheme, host and port of the base addresses in the settings; the only
            place where plain http may stand, and there only for this machine itself.
    """

    domains: tuple[str, ...]
    origins: frozenset[str]

    @classmethod
    def of(cls, hosts: Iterable[str], bases: Iterable[str]) -> "AllowedAddresses":
        """The three agencies' domains, what the user adds, and the base addresses."""
        return cls((*DOMAINS, *(host.lower() for host in hosts)), frozenset(map(origin, bases)))

    def check(self, url: str) -> None:
        """Let a good address pass.

        Raises:
            FetchError: on any other.
        """
        if not self._permits(url):
            raise FetchError(
                f"{url} is not asked: only https addresses of {', '.join(self.domains)} are",
                remedy="if you trust that host, add it to hosts under [fetch] in reglens.toml",
            )

    def _permits(self, url: str) -> bool:
        try:
            parts, port = urlsplit(url), _port(url)
        except ValueError:
            return False
        host = parts.hostname or ""
        known = any(host == domain or host.endswith(f".{domain}") for domain in self.domains)
        plain = parts.username is None and parts.password is None
        return plain and (origin(url) in self.origins or (known and parts.scheme == "https" and port == 443))


def origin(url: str) -> str:
    """Scheme, host and port, "https://www.sec.gov:443"."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{_port(url)}"


def is_loopback(url: str) -> bool:
    """Whether an address is this machine itself, by name or number."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or {"https": 443, "http": 80}.get(parts.scheme, -1)

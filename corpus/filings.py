"""The rulemakings worth having, as they come with the package in ``data/filings.toml``.

Addresses and identifiers only: the texts are fetched from the agencies.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from corpus.records import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFiling:
    """One release. What is not known for certain is "".

    Attributes:
        release: its release number, also what it is called by.
        rulemaking: the chain it belongs to, "Regulation SHO".
        title: of the release.
        year: in which it was issued.
        file_number: "S7-07-18".
        rin: "3235-AM35".
        document_number: of the Federal Register.
        citation: "83 FR 21574".
        published: day of the Federal Register, ISO date.
        address: at sec.gov.
        sha256: of the file at ``address``, where it is known.
    """

    release: str
    rulemaking: str
    title: str
    kind: Kind
    year: int
    file_number: str = ""
    rin: str = ""
    document_number: str = ""
    citation: str = ""
    published: str = ""
    address: str = ""
    sha256: str = ""


def listed_filings() -> list[ListedFiling]:
    """All of them, in the order of the file."""
    text = (Path(__file__).parent / "data" / "filings.toml").read_text("utf-8")
    return [ListedFiling(**row | {"kind": Kind(row["kind"])}) for row in tomllib.loads(text)["filing"]]

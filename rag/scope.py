"""Where a search looks."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.errors import NotInLibrary
from corpus.library import Library
from corpus.records import Document, Kind, Voice
from rag.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where to look; an empty field does not restrict.

    Attributes:
        since: ISO date; documents that state an earlier date are left out.
    """

    documents: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    releases: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    since: str | None = None
    without_kinds: tuple[Kind, ...] = ()


def allowed_in(library: Library, documents: Mapping[str, Document], scope: Scope) -> set[str]:
    """Ids of the documents in a scope.

    Raises:
        NotInLibrary: if it names a document or release that is not there.
    """
    found = set(documents)
    if scope.documents:
        found &= {library.find(name).id for name in scope.documents}
    if scope.kinds:
        found &= {i for i, d in documents.items() if d.kind in scope.kinds}
    found -= {i for i, d in documents.items() if d.kind in scope.without_kinds}
    if scope.releases:
        wanted = {number.lower() for number in scope.releases}
        of_release = {i for i, d in documents.items() if wanted & {n.lower() for n in d.release_numbers}}
        if not of_release:
            raise NotInLibrary(
                f"no document in the library is release {', '.join(scope.releases)}",
                remedy="`reglens list` shows what there is",
            )
        found &= of_release
    if scope.since:
        found &= {i for i, d in documents.items() if (_date(d) or scope.since) >= scope.since}
    return found


def _date(document: Document) -> str | None:
    return document.issued or document.published or document.effective


def filters(scope: Scope, query: Query) -> dict[str, object]:
    """What a search was kept to, in words for the user."""
    named = {
        "documents": list(scope.documents),
        "kinds": [kind.value for kind in scope.kinds],
        "releases": list(scope.releases),
        "voices": [voice.value for voice in scope.voices],
        "since": scope.since,
        "from_question": query.reason,
    }
    return {name: value for name, value in named.items() if value}

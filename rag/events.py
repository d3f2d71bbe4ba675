"""What an agent tells while it works: its steps, what of its answer holds already, and the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.answers import Answer
from corpus.pagemap import fold
from corpus.printable import printable
from rag.secrets import without_secrets

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Step:
    """A look into the library that the model asked for.

    Attributes:
        tool: its name.
        words: what it does, for the user.
    """

    tool: str
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """A statement that has passed the check while the model still writes.

    The answer that :class:`Done` brings counts: it may hold fewer, where the model begins anew.
    """

    delta: str


@dataclass(frozen=True, slots=True)
class Done:
    """The answer; the last event."""

    answer: Answer


Event = Step | Text | Done


def step(tool: str, given: Mapping[str, Any], title: Callable[[str], str]) -> Step:
    """A tool call in words.

    Args:
        tool: its name.
        given: its arguments as the model gave them; they may be anything.
        title: of a document by the name that the model used.
    """

    def words(name: str) -> str:
        return _shown(str(given.get(name) or ""))

    def document(name: str) -> str:
        return _shown(title(words(name))) if words(name) else ""

    within = f" in {document('document')}" if words("document") else ""
    told = {
        "search": f"Searching for “{words('query')}”{within}",
        "read_pages": f"Reading page {words('page')}{' and those after it' if given.get('more') else ''}{within}",
        "follow_reference": f"Following “{words('reference')}” from passage {words('passage')}",
        "compare": f"Comparing {document('first')} with {document('second')}: {words('topic') or 'everything'}",
        "impact": f"Listing who must do what{within}{' for ' + words('actor') if words('actor') else ''}",
        "list_documents": f"Listing documents{' with ' + words('words') if words('words') else ''}",
    }
    return Step(tool, told.get(tool, f"Asking for “{_shown(tool)}”, which there is no tool for"))


def _shown(text: str) -> str:
    text = without_secrets(fold(printable(text)))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

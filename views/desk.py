"""What every view works with: the library opened once for the server, the settings, and the answerer."""

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import streamlit as st

from corpus.access import open_library
from corpus.library import Library
from corpus.records import Document
from corpus.settings import CorpusSettings, library_folder, load_settings, settings_file
from rag.answer import EXTRACTIVE
from rag.asking import answerer_at_length
from rag.conversation import Conversation
from rag.conversing import Reply, reply
from rag.retrieve import Retriever
from rag.scope import Scope
from rag.settings import load_rag_settings

if TYPE_CHECKING:
    from rag.compare import Comparison
    from rag.impact import Impact

DRAWING = Lock()
"""Held while a page is drawn: pdfium works for one thread at a time."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One library, shared by all sessions of the server.

    Attributes:
        asking: held by the session whose question is worked on; the models load once.
    """

    library: Library
    asking: Lock

    def ask(self, question: str, conversation: Conversation, scope: Scope) -> Reply:
        """Answer a question that may lean on those before it; questions of several sessions wait for each other.

        Raises:
            ReglensError: if a model, the settings or the scope cannot be used.
        """
        settings = load_rag_settings()
        ask = answerer_at_length(Retriever(self.library, settings.retrieval), settings.answering)
        with self.asking:
            return reply(question, conversation, ask, scope, self.library.documents())

    def compare(self, a: Document, b: Document, topic: str | None) -> "Comparison":
        """Compare two documents of the library."""
        from rag.compare import compare

        with self.asking:
            return compare(self.library, a, b, topic)

    def find_obligations(self, document: Document) -> "Impact":
        """What a document would make whom do."""
        from rag.impact import find_obligations

        with self.asking:
            return find_obligations(self.library, document)


def open_desk() -> Desk | None:
    """The library that ``REGLENS_LIBRARY`` names, or None while there is none.

    Raises:
        ReglensError: if it was built by another model, or the settings hold a mistake.
    """
    folder = library_folder()
    catalog = folder / "catalog.sqlite"
    if not catalog.is_file():
        return None
    settings = load_settings(settings_file(), "corpus", CorpusSettings)
    return _opened(str(folder), catalog.stat().st_ino, repr(settings))


def make_library() -> Desk:
    """Make an empty library where none is, and open it.

    Raises:
        ReglensError: if the settings hold a mistake.
    """
    folder = library_folder()
    open_library(folder, create=True).close()
    desk = open_desk()
    assert desk is not None
    return desk


@st.cache_resource(show_spinner=False)
def _opened(folder: str, _inode: int, settings: str) -> Desk:
    del settings  # part of the key only: other settings, another library object
    return Desk(open_library(Path(folder)), Lock())


def answerer() -> str:
    """Who answers, and what leaves this machine; in words for the user."""
    if server := os.environ.get("REGLENS_CHROMA"):
        host = urlparse(server).hostname or "the Chroma server"
        return f"{EXTRACTIVE}: no language model; vectors of questions and passages go to {host}"
    return f"{EXTRACTIVE}: nothing leaves this machine"

"""Table ``[rag]`` of the settings file: every number that changes an answer."""

from dataclasses import dataclass

from corpus.settings import load_settings, settings_file
from rag.answersettings import AnswerSettings
from rag.budget import AgentSettings
from rag.retrieve import RetrievalSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class RagSettings:
    """See :class:`rag.retrieve.RetrievalSettings` and :class:`rag.answersettings.AnswerSettings` for the meanings.

    Raises:
        ConfigError: on a value that is out of range.
    """

    depth: int = RetrievalSettings().depth
    meaning_weight: float = RetrievalSettings().meaning_weight
    ranker: bool = RetrievalSettings().ranker
    read_passages: int = AnswerSettings().read_passages
    max_sentences: int = AnswerSettings().max_sentences
    broad_sentences: int = AnswerSettings().broad_sentences
    min_support: float = AnswerSettings().min_support
    length: str = AnswerSettings().length

    @property
    def retrieval(self) -> RetrievalSettings:
        """What concerns finding passages."""
        return RetrievalSettings(depth=self.depth, meaning_weight=self.meaning_weight, ranker=self.ranker)

    @property
    def answering(self) -> AnswerSettings:
        """What concerns composing an answer."""
        return AnswerSettings(
            read_passages=self.read_passages,
            max_sentences=self.max_sentences,
            broad_sentences=self.broad_sentences,
            min_support=self.min_support,
            length=self.length,
        )


def load_rag_settings() -> RagSettings:
    """The table as the settings file has it, or the defaults.

    Raises:
        ConfigError: if the file holds a mistake.
    """
    return load_settings(settings_file(), "rag", RagSettings)


def load_agent_settings() -> AgentSettings:
    """Table ``[agent]`` as the settings file has it, or the defaults.

    Raises:
        ConfigError: if the file holds a mistake.
    """
    return load_settings(settings_file(), "agent", AgentSettings)

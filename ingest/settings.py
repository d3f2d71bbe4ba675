"""Table ``[ingest]`` of the settings file."""

from dataclasses import dataclass

from corpus.errors import ConfigError
from corpus.settings import load_settings, settings_file
from ingest.chunks import ChunkSettings
from ingest.worker import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSettings:
    """How files are read.

    Attributes:
        max_chars: see :class:`ChunkSettings`.
        min_chars: see :class:`ChunkSettings`.
        seconds_per_document: reading one may take this long.
        memory_mib: reading one may take this much.
        workers: documents read at once; 0 for one less than there are processor cores.

    Raises:
        ConfigError: on a value that is out of range.
    """

    max_chars: int = ChunkSettings().max_chars
    min_chars: int = ChunkSettings().min_chars
    seconds_per_document: float = Limits().seconds
    memory_mib: int = Limits().memory_bytes >> 20
    workers: int = Limits().workers

    def __post_init__(self) -> None:
        _ = self.chunks  # which checks its own values
        if self.seconds_per_document <= 0 or self.workers < 0:
            raise ConfigError(
                f"seconds_per_document={self.seconds_per_document}, workers={self.workers} cannot be used",
                remedy="set seconds_per_document above 0, and workers to 0 or more",
            )
        if self.memory_mib < 512:
            raise ConfigError(f"memory_mib={self.memory_mib} is below 512", remedy="use 4096")

    @property
    def chunks(self) -> ChunkSettings:
        """How documents are cut."""
        return ChunkSettings(max_chars=self.max_chars, min_chars=self.min_chars)

    @property
    def limits(self) -> Limits:
        """What reading a document may cost."""
        return Limits(seconds=self.seconds_per_document, memory_bytes=self.memory_mib << 20, workers=self.workers)


def load_ingest_settings() -> IngestSettings:
    """The settings in force.

    Raises:
        ConfigError: on a mistake in the settings file.
    """
    return load_settings(settings_file(), "ingest", IngestSettings)

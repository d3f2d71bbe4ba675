"""How far an agent may go for one answer, and how far it has gone."""

import time
from dataclasses import dataclass, field

from corpus.errors import ConfigError
from corpus.usage import Usage

_CHARS_A_TOKEN = 4  # where the provider does not count


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSettings:
    """Table ``[agent]`` of the settings file.

    Attributes:
        max_model_calls: replies of the model for one answer.
        max_tool_calls: looks into the library for one answer.
        max_tokens: tokens read and written for one answer, after which no reply is asked for.
        max_seconds: after so long no reply is asked for; one that is under way is waited for.
        context_tokens: results of old look-ups are taken out of what the model reads beyond this.

    Raises:
        ConfigError: on a value that is out of range.
    """

    max_model_calls: int = 10
    max_tool_calls: int = 20
    max_tokens: int = 200_000
    max_seconds: float = 300
    context_tokens: int = 60_000

    def __post_init__(self) -> None:
        for name in ("max_model_calls", "max_tool_calls", "max_tokens", "max_seconds", "context_tokens"):
            if getattr(self, name) <= 0:
                raise ConfigError(f"{name}={getattr(self, name)} cannot be used", remedy=f"set {name} above 0")


@dataclass(slots=True)
class Run:
    """What one answer has taken so far.

    Attributes:
        reply: the model's last reply that asks for no tool.
        limit: the limit that ended it, in words for the user.
        retried: the model was told that its reply could not be read.
        looked: how often each tool was used.
        withheld: passages that were kept from the model.
    """

    settings: AgentSettings
    began: float = field(default_factory=time.monotonic)
    model_calls: int = 0
    model_ms: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    counted: bool = True
    reply: str | None = None
    limit: str | None = None
    retried: bool = False
    looked: dict[str, int] = field(default_factory=dict)
    withheld: int = 0

    def spent(self, read_chars: int, written_chars: int, counted: tuple[int, int] | None) -> None:
        """Count one reply: by the provider's tokens, or roughly where it does not count."""
        self.model_calls += 1
        self.counted = self.counted and counted is not None
        read, written = counted or (read_chars // _CHARS_A_TOKEN, written_chars // _CHARS_A_TOKEN)
        self.input_tokens += read
        self.output_tokens += written

    def exhausted(self) -> str | None:
        """The limit of tokens or time that is reached, in words; None where there is room."""
        if self.input_tokens + self.output_tokens >= self.settings.max_tokens:
            return f"{self.settings.max_tokens:,} tokens"
        if time.monotonic() - self.began >= self.settings.max_seconds:
            return f"{self.settings.max_seconds:g} seconds"
        return None

    @property
    def on_last_call(self) -> bool:
        """Whether the model has one more reply, or no look-up, left."""
        used_up = sum(self.looked.values()) >= self.settings.max_tool_calls
        return used_up or self.model_calls >= self.settings.max_model_calls - 1

    @property
    def usage(self) -> Usage:
        """What it took; tokens only where the provider counted all of them."""
        counted = self.counted and self.model_calls > 0
        read, written = (self.input_tokens, self.output_tokens) if counted else (None, None)
        return Usage(self.model_calls, sum(self.looked.values()), read, written, self.model_ms)

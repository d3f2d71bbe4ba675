"""What the settings file says of a language model: how long it may take, how much it may write, what it costs."""

from dataclasses import dataclass, replace

from corpus.errors import ConfigError
from corpus.settings import load_settings, settings_file
from corpus.usage import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Table ``[models."provider:model"]`` of the settings file.

    Attributes:
        timeout_s: seconds to wait for one attempt at a reply.
        max_output_tokens: most that one reply may hold; None leaves it to the provider.
        input_per_million: price of a million tokens that it reads.
        output_per_million: the same of what it writes.

    Raises:
        ConfigError: if a value is out of range.
    """

    timeout_s: float = 120
    max_output_tokens: int | None = None
    input_per_million: float | None = None
    output_per_million: float | None = None
    currency: str = "USD"

    def __post_init__(self) -> None:
        if self.timeout_s <= 0 or (self.max_output_tokens is not None and self.max_output_tokens < 1):
            raise ConfigError(
                f"timeout_s={self.timeout_s}, max_output_tokens={self.max_output_tokens} cannot be used",
                remedy="write seconds above 0 and a number of tokens of 1 or more",
            )
        for name in ("input_per_million", "output_per_million"):
            value = getattr(self, name)
            if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
                raise ConfigError(f"{name}={value!r} is not a price", remedy=f"write it as a number, {name} = 1.25")

    def of(self, usage: Usage) -> Usage:
        """The same usage with its cost, where both prices are set and the provider counted the tokens."""
        counted = usage.input_tokens, usage.output_tokens
        if None in (*counted, self.input_per_million, self.output_per_million):
            return usage
        millionths = counted[0] * self.input_per_million + counted[1] * self.output_per_million  # type: ignore[operator]
        return replace(usage, cost=millionths / 1_000_000, currency=self.currency)


def load_model_settings(model: str) -> ModelSettings:
    """The table of a model as the user named it, or the defaults.

    Raises:
        ConfigError: if the settings file holds a mistake.
    """
    return load_settings(settings_file(), "models", ModelSettings, inner=model)

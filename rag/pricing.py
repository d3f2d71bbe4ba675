"""What a language model costs, where the settings file says so."""

from dataclasses import dataclass, replace

from corpus.errors import ConfigError
from corpus.settings import load_settings, settings_file
from corpus.usage import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Table ``[models."provider:model"]`` of the settings file, for a million tokens.

    Raises:
        ConfigError: if a price is not a number of 0 or more.
    """

    input_per_million: float | None = None
    output_per_million: float | None = None
    currency: str = "USD"

    def __post_init__(self) -> None:
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


def load_price(model: str) -> Price:
    """The price of a model as the user named it; one without figures where none is set.

    Raises:
        ConfigError: if the settings file holds a mistake.
    """
    return load_settings(settings_file(), "models", Price, inner=model)

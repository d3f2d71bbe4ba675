"""What a language model took for an answer. Imports nothing of ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Calls, tokens, time and money of one answer.

    Attributes:
        model_calls: replies that were asked for.
        tool_calls: looks into the library that the model asked for.
        input_tokens: as the provider counted them; None where it does not say.
        output_tokens: the same of what the model wrote.
        model_ms: time spent waiting for the model, in milliseconds.
        cost: in ``currency``; None where no price is set or no tokens are counted.
    """

    model_calls: int = 0
    tool_calls: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    model_ms: float = 0.0
    cost: float | None = None
    currency: str = "USD"

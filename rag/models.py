"""Chat models. langchain lives here and is imported on first use."""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from corpus.errors import ModelError
from rag.modelsettings import load_model_settings
from rag.secrets import without_secrets

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MODEL_URL = "REGLENS_MODEL_URL"


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote, and what it counted, where it says so."""

    text: str
    input_tokens: int | None = None
    output_tokens: int | None = None


class ChatModel(Protocol):
    """Anything that answers a prompt."""

    @property
    def name(self) -> str:
        """As the user named it; shown with the answer."""
        ...

    @property
    def leaves_machine(self) -> bool:
        """Whether the question and the passages are sent to another machine."""
        ...

    def complete(self, system: str, user: str) -> Completion:
        """One reply; as JSON, where the provider can promise that, if ``system`` asks for a "JSON object".

        Raises:
            ModelError: if there is none: no connection, no time left, a refused request.
        """
        ...


def load_chat(
    name: str, *, base_url: str | None = None, timeout_s: float | None = None, max_output_tokens: int | None = None
) -> "LangChainModel":
    """A chat model that LangChain can reach, at temperature 0 where the model allows it.

    Nothing is sent until the first reply is asked for. LangSmith tracing is switched off
    for this process.

    Args:
        name: ``provider:model`` as LangChain names them, e.g. ``openai:gpt-5`` or ``ollama:llama3``.
        base_url: address of the model's server. For ``openai:`` models the environment
            variable REGLENS_MODEL_URL counts as well: any OpenAI-compatible server.
        timeout_s: seconds to wait for one attempt; a failed attempt is repeated once. As the settings
            file has it (:class:`rag.modelsettings.ModelSettings`), unless given.
        max_output_tokens: most that one reply may hold; the same.

    Raises:
        ModelError: if the name, the address, the provider's package or its key is missing or wrong.
        ConfigError: if the settings file holds a mistake.
    """
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise ModelError(
            f"{name!r} does not name a model", remedy="write provider:model, e.g. openai:gpt-5 or ollama:llama3"
        )
    url = base_url or (os.environ.get(MODEL_URL) if provider == "openai" else None)
    if url and not re.match(r"https?://[^/]", url):
        raise ModelError(f"{url!r} is not a model server's address", remedy="write it as http://127.0.0.1:8080/v1")
    switch_off_tracing()
    settings = load_model_settings(name)
    limit = max_output_tokens or settings.max_output_tokens
    chat = LangChainModel(name, _leaves_machine(provider, model, url), url, timeout_s or settings.timeout_s, limit)
    chat.connect()
    return chat


def switch_off_tracing() -> None:
    """Let LangChain send no traces of this process anywhere, whatever the environment says."""
    for variable in _TRACING:
        os.environ[variable] = "false"


_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
_KEYS = {
    "anthropic": "ANTHROPIC_API_KEY", "cohere": "COHERE_API_KEY", "deepseek": "DEEPSEEK_API_KEY",
    "fireworks": "FIREWORKS_API_KEY", "google_genai": "GOOGLE_API_KEY", "groq": "GROQ_API_KEY",
    "mistralai": "MISTRAL_API_KEY", "openai": "OPENAI_API_KEY", "openrouter": "OPENROUTER_API_KEY",
    "together": "TOGETHER_API_KEY", "xai": "XAI_API_KEY",
}  # fmt: skip
_JSON_MODE: dict[str, dict[str, Any]] = {
    # As "extra_body", because given by its own name a reply that hits the length limit is an error.
    "openai": {"extra_body": {"response_format": {"type": "json_object"}}},
    "ollama": {"format": "json"},
}
_LIMITS = {"ollama": "num_predict", "google_genai": "max_output_tokens"}
_SDK_ERRORS = (
    ("openai", "OpenAIError"),
    ("anthropic", "AnthropicError"),
    ("ollama", "ResponseError"),
    ("google.genai.errors", "APIError"),
    ("httpx", "HTTPError"),
)


class LangChainModel:
    """A :class:`ChatModel` that LangChain reaches; made by :func:`load_chat`.

    Attributes:
        vendor: LangChain's own model, for ``rag/agent.py``.
    """

    def __init__(
        self, name: str, leaves_machine: bool, url: str | None, timeout_s: float, max_output_tokens: int | None = None
    ) -> None:
        self.name = name
        self.leaves_machine = leaves_machine
        self._url = url
        self._timeout_s = timeout_s
        self._limit = max_output_tokens
        self._temperature: dict[str, Any] = {"temperature": 0}
        self._counts_streams = True
        self._json = _JSON_MODE.get(name.partition(":")[0], {})

    def connect(self) -> None:
        """Make LangChain's model; nothing is sent."""
        from langchain.chat_models import init_chat_model

        provider = self.name.partition(":")[0]
        options = self._temperature | {"max_retries": 1, "timeout": self._timeout_s}
        if provider == "ollama":
            options = self._temperature | {"client_kwargs": {"timeout": self._timeout_s}}
        if self._limit:
            options[_LIMITS.get(provider, "max_tokens")] = self._limit
        if self._url:
            options["base_url"] = self._url
        if self._url and provider == "openai" and self._counts_streams:
            options["stream_usage"] = True
        if self._url and provider == "openai" and not os.environ.get(_KEYS["openai"]):
            options["api_key"] = "unused"
        try:
            self.vendor: BaseChatModel = init_chat_model(self.name, **options)
        except ImportError as error:
            package = re.search(r"pip install ([\w-]+)", str(error))
            remedy = f"pip install {package[1] if package else 'langchain-' + provider.replace('_', '-')}"
            raise ModelError(f"{self.name} needs a package that is not installed", remedy=remedy) from error
        except vendor_errors() as error:
            raise self._unusable(provider, error) from error

    def _unusable(self, provider: str, error: Exception) -> ModelError:
        key = _KEYS.get(provider)
        if key and not os.environ.get(key):
            return ModelError(f"there is no key for {self.name}", remedy=f"set the environment variable {key}")
        return ModelError(
            f"{self.name} cannot be used: {_first_line(error)}",
            remedy="write provider:model, e.g. openai:gpt-5 or ollama:llama3",
        )

    def complete(self, system: str, user: str) -> Completion:
        """See :class:`ChatModel`."""
        from langchain_core.exceptions import ModelInvalidRequestError

        mode = self._json if "JSON object" in system else {}
        try:
            reply = self.vendor.invoke([("system", system), ("human", user)], **mode)
        except ModelInvalidRequestError as error:
            if not self.gives_up_an_option(str(error), mode):
                raise self.failed(error) from error
            return self.complete(system, user)
        except vendor_errors() as error:
            raise self.failed(error) from error
        usage = reply.usage_metadata
        tokens = (usage["input_tokens"], usage["output_tokens"]) if usage else (None, None)
        return Completion(str(reply.text), *tokens)

    def gives_up_an_option(self, refusal: str, mode: Mapping[str, Any]) -> bool:
        """Do without the option that the server refuses by name; False when it names none."""
        if mode and "format" in refusal:
            self._json = {}
        elif "stream_options" in refusal and self._counts_streams:
            self._counts_streams = False
            self.connect()
        elif "temperature" in refusal and self._temperature:
            self._temperature = {}
            self.connect()
        else:
            return False
        return True

    def failed(self, error: Exception) -> ModelError:
        """What LangChain or the provider's package raised, in words for the user and without keys."""
        from langchain_core import exceptions

        host = urlsplit(self._url).netloc.rpartition("@")[2] if self._url else "its provider"
        key = _KEYS.get(self.name.partition(":")[0], "the key's environment variable")
        told = {
            exceptions.ModelTimeoutError: (
                f"did not answer within {self._timeout_s:g} seconds",
                "try again, or name a faster model",
            ),
            exceptions.ModelConnectionError: (f"cannot be reached at {host}", "start its server, or check the address"),
            exceptions.ModelAuthenticationError: (f"was refused by {host}", f"check {key}"),
            exceptions.ModelRateLimitError: (f"is over its rate limit at {host}", "wait, then try again"),
        }
        for kind, (problem, remedy) in told.items():
            if isinstance(error, kind):
                return ModelError(f"{self.name} {problem}", remedy=remedy)
        return ModelError(
            f"{self.name} failed: {_first_line(error)}", remedy="try again, or name another model with --model"
        )


def vendor_errors() -> tuple[type[Exception], ...]:
    """What LangChain and the providers' packages that are loaded raise."""
    from langchain_core.exceptions import LangChainException

    loaded = (getattr(sys.modules.get(module), name, None) for module, name in _SDK_ERRORS)
    return (LangChainException, OSError, ValueError, *(root for root in loaded if root))


def _first_line(error: Exception) -> str:
    """The error's first line without any key that the environment holds."""
    return without_secrets((str(error).strip() or type(error).__name__).splitlines()[0][:300])


def _leaves_machine(provider: str, model: str, url: str | None) -> bool:
    """Whether prompts leave this machine; when in doubt, they do."""
    if provider == "ollama":
        named = url or os.environ.get("OLLAMA_HOST") or "http://127.0.0.1:11434"
        return model.endswith("cloud") or not _is_here(named if "://" in named else f"http://{named}")
    return url is None or not _is_here(url)


def _is_here(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
    return loopback and (parts.scheme not in getproxies() or bool(proxy_bypass(host)))

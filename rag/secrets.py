"""Keys that the environment holds, kept out of what is shown."""

import os
import re

_NAMED = re.compile(r"KEY|TOKEN|SECRET|PASSWORD")
_SHORTEST = 8


def without_secrets(text: str) -> str:
    """The text with "***" for every value of an environment variable that is named like a secret."""
    for variable, value in os.environ.items():
        if len(value) >= _SHORTEST and _NAMED.search(variable):
            text = text.replace(value, "***")
    return text

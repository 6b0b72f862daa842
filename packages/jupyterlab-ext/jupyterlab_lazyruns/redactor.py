"""Takes an API key out of text: a server may repeat what it was sent."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

_STAND_IN = "[API key]"


class Redactor:
    """Knows the forms in which one key may turn up.

    Example:
        Redactor(key).clean(f"Unknown key {key}")  # "Unknown key [API key]"
    """

    def __init__(self, api_key: str) -> None:
        sent = b64encode(f"api:{api_key}".encode()).decode("ascii")
        self._secrets = [sent, sent.rstrip("="), quote(sent, safe=""), api_key, quote(api_key, safe="")]

    def clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _STAND_IN)
        return text

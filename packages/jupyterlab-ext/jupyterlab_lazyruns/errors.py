"""What goes wrong, in the words and with the HTTP status that the side panel gets."""

from __future__ import annotations


class ApiError(Exception):
    """Something that a person can act on.

    Attributes:
        status: the HTTP status that fits.
        message: what failed, on what. It never holds an API key.
        help: what to do.
    """

    def __init__(self, status: int, message: str, help: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.help = help


class NotConfigured(ApiError):
    """There is no API key, or the key or the server's address can't be one."""

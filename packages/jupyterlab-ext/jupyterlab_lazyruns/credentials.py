"""The server and the API key, found where the W&B client finds them: as `packages/core/src/transport/credentials.ts`
does, in the same order. They are looked up for each request, so that a key that is set up later counts at once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .base_url import DEFAULT_BASE_URL, host_of, normalize_base_url
from .errors import NotConfigured
from .netrc import password_for
from .settings_file import parse_settings

_UPSTREAM = {"api.forge.coreweave.com": "api.wandb.ai"}
"""Hosts that answer for another one, under whose name older logins stored the key."""

# A prefix that ends in a dash may stand in front of on-premises keys; a JWT is three dotted parts.
_KEY = re.compile(r"(?:[^-]*-)?[A-Za-z0-9_-]{40,}")
_JWT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")

HELP = (
    "Set WANDB_API_KEY where the Jupyter server is started, or run `wandb login` on the machine it runs on."
)


@dataclass(frozen=True)
class Credentials:
    """The server to read from, without a trailing slash, and the key to read with. Its `repr` leaves the key out."""

    base_url: str
    api_key: str = field(repr=False)


def _working_folder() -> str:
    """That in which Jupyter was started may be gone: there are no settings in it, then."""
    try:
        return os.getcwd()
    except OSError:
        return ""


@dataclass(frozen=True)
class Surroundings:
    """Where credentials are looked up. The defaults are this process's own, as they are now."""

    env: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    cwd: str = field(default_factory=_working_folder)
    home: str = field(default_factory=lambda: os.path.expanduser("~"))


def find_base_url(around: Surroundings) -> str:
    """The server's address: WANDB_BASE_URL, else a settings file's, else W&B's cloud.

    Raises:
        NotConfigured: what is set can't be an address.
    """
    given = around.env.get("WANDB_BASE_URL")
    if given:
        return normalize_base_url(given, "WANDB_BASE_URL")
    path, value = _setting(around, "base_url")
    return normalize_base_url(value or DEFAULT_BASE_URL, path or "the default")


def find_credentials(around: Surroundings) -> Credentials:
    """Finds the key: WANDB_API_KEY, then the netrc entry of the base URL's host, then the settings files.

    Raises:
        NotConfigured: there is none (it lists where it looked), or the key or the base URL can't be one.
    """
    base_url = find_base_url(around)
    given = around.env.get("WANDB_API_KEY")
    if given:
        return Credentials(base_url, _checked(given, "WANDB_API_KEY"))
    host = host_of(base_url)
    netrc = _netrc_files(around)
    for path in netrc:
        text = _read(path)
        found = password_for(text, host)
        if found is None and host in _UPSTREAM:
            found = password_for(text, _UPSTREAM[host])
        if found:
            return Credentials(base_url, _checked(found, path))
    file, key = _setting(around, "api_key")
    if file is not None:
        return Credentials(base_url, _checked(key, file))
    looked = ["WANDB_API_KEY", *(f"{path} (machine {host})" for path in netrc), *_settings_files(around)]
    raise NotConfigured(401, f"No API key for {base_url}. Looked in: {', '.join(looked)}.", HELP)


def _checked(key: str, source: str) -> str:
    """Refuses what can't be a W&B key, without repeating it."""
    trimmed = key.strip()
    if _KEY.fullmatch(trimmed) or _JWT.fullmatch(trimmed):
        return trimmed
    problem = "is empty" if trimmed == "" else "has another form"
    message = f'The API key from {source} {problem}: a W&B key has 40 or more letters, digits, "_" or "-".'
    raise NotConfigured(401, message, HELP)


def _setting(around: Surroundings, name: str) -> tuple[str | None, str]:
    """The first settings file that has it, and what it says there."""
    for path in _settings_files(around):
        value = parse_settings(_read(path)).get(name)
        if value:
            return path, value
    return None, ""


def _settings_files(around: Surroundings) -> list[str]:
    env, cwd = around.env, around.cwd
    root = _resolved(cwd, env.get("WANDB_DIR")) or cwd
    user = _resolved(cwd, env.get("WANDB_CONFIG_DIR")) or os.path.join(around.home, ".config", "wandb")
    folders = [os.path.join(root, ".wandb"), os.path.join(root, "wandb"), user]
    return [os.path.join(folder, "settings") for folder in folders]


def _resolved(cwd: str, path: str | None) -> str | None:
    return os.path.normpath(os.path.join(cwd, path)) if path else None


def _netrc_files(around: Surroundings) -> list[str]:
    given = around.env.get("NETRC")
    if given:
        return [re.sub(r"^~(?=\Z|[\\/])", lambda _: around.home, given)]
    return [os.path.join(around.home, ".netrc"), os.path.join(around.home, "_netrc")]


def _read(path: str) -> str:
    """A file that isn't there, or can't be read, holds nothing."""
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read()
    except (OSError, ValueError):
        return ""

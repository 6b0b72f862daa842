"""The web pages of a W&B server, found as `packages/core/src/web/app-url.ts` finds them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

_CLOUDS = {"forge.coreweave.com": "api.wandb.ai", "qa.forge.coreweave.com": "api.qa.wandb.ai"}
"""W&B's cloud: the host whose pages people see, and the API host behind it (client 0.31, `lib/urls.py`)."""


def app_url(base_url: str, env: Mapping[str, str]) -> str:
    """Where the web pages are, without a trailing slash: WANDB_APP_URL, else by the rules of the Python client 0.31
    (`util.api_to_app_url`). A self-hosted server's pages are at its own address."""
    given = env.get("WANDB_APP_URL", "").rstrip("/")
    if given:
        return given
    cloud = _cloud_of(base_url)
    if cloud is not None:
        return f"https://{cloud}/wandb"
    is_direct = "://api.wandb." in base_url and "://api.wandb.test" not in base_url
    return base_url.replace("://api.", "://" if is_direct else "://app.", 1)


def page_url(base_url: str, env: Mapping[str, str], *parts: str) -> str:
    """The address of a page, each part of its path encoded.

    Example:
        page_url("http://127.0.0.1:8080", {}, "team", "my digits", "workspace")
    """
    return "/".join([app_url(base_url, env), *(quote(part, safe="") for part in parts)])


def _cloud_of(base_url: str) -> str | None:
    host = urlsplit(base_url).hostname
    for cloud, api in _CLOUDS.items():
        if host in (cloud, f"api.{cloud}", api):
            return cloud
    return None

"""Where Discord is: itself, or one that plays it for a test."""

from __future__ import annotations

import discord.gateway
import discord.http
import yarl


def reach(api_url: str | None, gateway_url: str | None) -> None:
    """Point discord.py elsewhere; it has no setting for that, only these two class attributes.

    Args:
        api_url: instead of https://discord.com/api/v10, None for that.
        gateway_url: instead of the gateway that Discord names, None for that.
    """
    if api_url:
        discord.http.Route.BASE = api_url.rstrip("/")
    if gateway_url:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)

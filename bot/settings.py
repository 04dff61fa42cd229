"""Settings of the bot: the collection's, and its own."""

from __future__ import annotations

import ipaddress
from pathlib import Path  # noqa: TC003  # pydantic reads the annotations
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from index.settings import HOME, IndexSettings

_ENCRYPTED = ("https", "wss")
_PLAIN = ("http", "ws")


class BotSettings(IndexSettings):
    """What shapes answering. It knows every ``DATELINE_`` name, so that a misspelt one is refused."""

    discord_token: SecretStr | None = Field(None, description="the bot's token")
    discord_api_url: str | None = Field(None, description="another Discord's API, for a rehearsal")
    discord_gateway_url: str | None = Field(None, description="another Discord's gateway, for a rehearsal")
    state_file: Path = Field(
        HOME / ".dateline" / "bot.db", description="what the bot remembers: answers, feedback, settings"
    )
    health_file: Path | None = Field(None, description="a file for a supervisor, written every ten seconds")
    questions_per_minute: int = Field(6, ge=1, le=600, description="a person's share, and a burst's size")
    waiting_questions: int = Field(40, ge=1, le=1000, description="questions that may wait; more are refused")
    chat_model: str | None = Field(
        None,
        pattern=r"^[a-z_]+:\S+$",
        description="a chat model, as LangChain's provider:model; none: quotes only",
    )
    chat_base_url: str | None = Field(
        None, description="a server of the provider's protocol, instead of its own"
    )
    chat_key: SecretStr | None = Field(None, description="the provider's key")
    chat_seconds: float = Field(60, gt=0, le=600, description="the longest that a chat model may take")
    chat_retries: int = Field(2, ge=0, le=10, description="how often a failed request is sent again")
    chat_tokens: int = Field(
        12_000, ge=500, le=1_000_000, description="tokens that one answer may use in all"
    )
    chat_answer_tokens: int = Field(
        600, ge=50, le=8_000, description="tokens that a chat model may write at once"
    )
    keep_days: int = Field(90, ge=1, le=3650, description="days that answers are kept for their buttons")

    @field_validator("state_file", "health_file")
    @classmethod
    def _at_home_too(cls, value: Path | None) -> Path | None:
        """Read ~ as a shell would: in a .env file nobody else does."""
        return value.expanduser() if value else None

    @field_validator("discord_api_url", "discord_gateway_url", "chat_base_url")
    @classmethod
    def _keeps_the_token_safe(cls, value: str | None) -> str | None:
        """Refuse an address to which the token would travel in the clear."""
        place = urlsplit(value or "")
        if (
            value is None
            or place.scheme in _ENCRYPTED
            or (place.scheme in _PLAIN and _is_here(place.hostname))
        ):
            return value
        msg = "needs https or wss, or a loopback address: the token would travel in the clear"
        raise ValueError(msg)


def _is_here(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False

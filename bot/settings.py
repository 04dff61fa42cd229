"""Settings of the bot: the collection's, and its own."""

from __future__ import annotations

from index.settings import IndexSettings


class BotSettings(IndexSettings):
    """What shapes answering. It knows every ``DATELINE_`` name, so that a misspelt one is refused."""

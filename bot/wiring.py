"""The only place of the bot where parts are made and put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat_wiring import make_composer
from bot.current_index import CurrentIndex
from bot.desk import Desk
from bot.host import Host
from bot.keeping.answers import KeptAnswers
from bot.keeping.database import open_database
from bot.keeping.feedback import KeptFeedback
from bot.keeping.guilds import KeptGuilds
from bot.keeping.housekeeping import last_kept
from bot.keeping.marks import KeptMarks
from bot.turnstile import Turnstile
from index.wiring import make_embedder, open_retriever, published_by

if TYPE_CHECKING:
    import sqlite3

    from bot.discord_client.client import DatelineClient
    from bot.settings import BotSettings


def make_desk(settings: BotSettings, database: sqlite3.Connection) -> Desk:
    """Return the desk over the published index; the index and the model are opened when first asked.

    Args:
        settings: where things lie, and what is fair.
        database: what the bot remembers.

    Raises:
        ChatModelUnusable: the setting names no chat model that can be made here.
    """
    embedder = make_embedder(settings)  # one for every generation: it takes a second and 400 MB
    index = CurrentIndex(published_by(settings), lambda: open_retriever(settings, embedder))
    return Desk(
        index,
        Turnstile(per_minute=settings.questions_per_minute, waiting=settings.waiting_questions),
        KeptAnswers(database),
        KeptFeedback(database),
        KeptGuilds(database),
        composer=make_composer(settings, embedder),
    )


def make_discord_client(settings: BotSettings) -> DatelineClient:
    """Return the client for Discord, connected to nothing yet.

    Raises:
        StateError: what the bot remembers cannot be opened or written.
        ModelError: the model cannot be used.
    """
    from bot.discord_client.client import DatelineClient
    from bot.discord_client.places import reach

    reach(settings.discord_api_url, settings.discord_gateway_url)
    database = open_database(settings.state_file)
    KeptAnswers(database).forget_before(last_kept(settings.keep_days))
    return DatelineClient(Host(make_desk(settings, database)), KeptMarks(database))

"""The commands: what a person typed, handed to the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import discord
from discord import app_commands

from bot.answering.question import LONGEST_QUESTION
from bot.asking import Asking
from bot.discord_client.people import channel_of, conversation, language_of
from bot.discord_client.translator import told
from index.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.discord_client.client import DatelineClient

_CHOICE = 100
_Callback = TypeVar("_Callback", bound="Callable[..., Any]")
_Words = app_commands.Range[str, 1, LONGEST_QUESTION]
_Short = app_commands.Range[str, 1, 200]


def add_commands(client: DatelineClient) -> None:
    """Add every command to the client's tree.

    Args:
        client: whose host answers.
    """
    for command in (
        _ask(client),
        _search(client),
        _timeline(client),
        _source(client),
        _coverage(client),
        _settings(client),
        _check(client),
    ):
        client.tree.add_command(command)


def _ask(client: DatelineClient) -> app_commands.Command[Any, ..., None]:
    @_described("question", "since", "until", "publisher", "private")
    @app_commands.autocomplete(publisher=_publishers(client))
    async def ask(  # noqa: PLR0917  # discord.py fills in the options of a command by name
        interaction: discord.Interaction[Any],
        question: _Words,
        since: _Short | None = None,
        until: _Short | None = None,
        publisher: _Short | None = None,
        private: bool | None = None,
    ) -> None:
        asking = _asking(interaction, question, since=since, until=until, publisher=publisher)
        language = language_of(interaction)
        await client.serve(
            interaction,
            lambda: client.host.ask(asking, language),
            language=language,
            private=_is_private(client, interaction, private),
        )

    return _command(ask, "ask")


def _search(client: DatelineClient) -> app_commands.Command[Any, ..., None]:
    @_described("words")
    async def search(interaction: discord.Interaction[Any], words: _Words) -> None:
        asking, language = _asking(interaction, words), language_of(interaction)
        await client.serve(
            interaction,
            lambda: client.host.search(asking, language),
            language=language,
            private=_is_private(client, interaction, None),
        )

    return _command(search, "search")


def _timeline(client: DatelineClient) -> app_commands.Command[Any, ..., None]:
    @_described("topic")
    async def timeline(interaction: discord.Interaction[Any], topic: _Words) -> None:
        asking, language = _asking(interaction, topic), language_of(interaction)
        await client.serve(
            interaction,
            lambda: client.host.timeline(asking, language),
            language=language,
            private=_is_private(client, interaction, None),
        )

    return _command(timeline, "timeline")


def _source(client: DatelineClient) -> app_commands.Command[Any, ..., None]:
    @_described("article")
    @app_commands.autocomplete(article=_articles(client))
    async def source(interaction: discord.Interaction[Any], article: _Short) -> None:
        asking, language = _asking(interaction, article), language_of(interaction)
        await client.serve(
            interaction,
            lambda: client.host.article(asking, language),
            language=language,
            private=_is_private(client, interaction, None),
        )

    return _command(source, "source")


def _coverage(client: DatelineClient) -> app_commands.Command[Any, ..., None]:
    async def coverage(interaction: discord.Interaction[Any]) -> None:
        language = language_of(interaction)
        await client.serve(
            interaction,
            lambda: client.host.coverage(interaction.guild_id, language),
            language=language,
            private=_is_private(client, interaction, None),
        )

    return _command(coverage, "coverage")


def _settings(client: DatelineClient) -> app_commands.Command[Any, ..., None]:
    @_described("publishers", "channels", "private")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.autocomplete(publishers=_publishers(client))
    async def settings(
        interaction: discord.Interaction[Any],
        publishers: _Words | None = None,
        channels: _Words | None = None,
        private: bool | None = None,
    ) -> None:
        language, guild = language_of(interaction), interaction.guild_id or 0
        may = interaction.permissions.manage_guild  # a server can give the command to others
        await client.serve(
            interaction,
            lambda: client.host.settings(guild, publishers, channels, private, language, may_manage=may),
            language=language,
            private=True,
        )

    return _command(settings, "settings")


def _check(client: DatelineClient) -> app_commands.ContextMenu:
    async def check(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        asking, language = _asking(interaction, message.content), language_of(interaction)
        await client.serve(
            interaction,
            lambda: client.host.check(asking, language),
            language=language,
            private=True,
        )

    return app_commands.ContextMenu(name=told("command:check"), callback=check)


def _described(*options: str) -> Callable[[_Callback], _Callback]:
    """Name and describe options as the catalogue does."""

    def decorate(callback: _Callback) -> _Callback:
        named = app_commands.rename(**{option: told(f"option:{option}") for option in options})
        described = app_commands.describe(
            **{option: told(f"option:{option}:description") for option in options}
        )
        return named(described(callback))

    return decorate


def _command(callback: Any, name: str) -> app_commands.Command[Any, ..., None]:
    return app_commands.Command(
        name=told(f"command:{name}"), description=told(f"command:{name}:description"), callback=callback
    )


def _asking(
    interaction: discord.Interaction[Any],
    text: str,
    *,
    since: str | None = None,
    until: str | None = None,
    publisher: str | None = None,
) -> Asking:
    return Asking(
        text=text,
        person=interaction.user.id,
        guild=interaction.guild_id,
        channel=channel_of(interaction),
        places=conversation(interaction.channel),
        since=since,
        until=until,
        publisher=publisher,
    )


def _is_private(client: DatelineClient, interaction: discord.Interaction[Any], asked: bool | None) -> bool:
    return client.host.desk.guild_settings(interaction.guild_id).private if asked is None else asked


def _publishers(client: DatelineClient) -> Any:
    async def complete(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        try:
            names = await client.host.desk.suggest_publishers(typed, interaction.guild_id)
        except DatelineError:  # the command itself says what is wrong; a list has no place for it
            return []
        return [app_commands.Choice(name=name[:_CHOICE], value=name[:_CHOICE]) for name in names]

    return complete


def _articles(client: DatelineClient) -> Any:
    async def complete(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        try:
            articles = await client.host.desk.suggest_articles(typed, interaction.guild_id)
        except DatelineError:  # as above
            return []
        return [
            app_commands.Choice(
                name=(article.headline or article.source_path)[:_CHOICE], value=article.article_id
            )
            for article in articles
        ]

    return complete

"""What is looked up past the queue of questions: articles, outlets, lists to pick from; it knows no Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.listings import articles_by_words
from bot.answering.question import LONGEST_QUESTION, read_question
from bot.asking import check_channel, counts, narrowed
from bot.types import GuildSettings
from index.errors import ArticleNotFound
from index.words import words

if TYPE_CHECKING:
    from bot.asking import Asking
    from bot.keeping.guilds import KeptGuilds
    from bot.reading_room import ReadingRoom
    from index.generation import Extent, Generation
    from index.protocols import Retriever
    from index.types import Article

# What a list for a person to pick from may hold.
MOST_CHOICES = 25


class Lookups:
    """Looks things up in the published index, within what the managers of each guild decided.

    Args:
        room: lets look-ups at the index.
        guilds: what was decided.
    """

    def __init__(self, room: ReadingRoom, guilds: KeptGuilds) -> None:
        """Keep both; nothing is opened here."""
        self._room = room
        self._guilds = guilds

    async def article(self, asking: Asking) -> tuple[Article, Generation]:
        """Return an article whole.

        Args:
            asking: its text is the article's id.

        Raises:
            ArticleNotFound: there is none of that id, or the guild's managers chose other outlets.
            DeskRefused: not now, or not here.
            CollectionError: the index cannot be used.
        """
        self._check_channel(asking.guild, asking.channel)
        article_id = asking.text.strip()
        article, generation = await self._room.look(
            lambda found: (found.article(article_id), found.generation)
        )
        if not counts(article, self.guild_settings(asking.guild)):
            msg = f"The index holds no article {article_id!a} of the outlets that count here."
            raise ArticleNotFound(msg)
        return article, generation

    async def publishers(self) -> tuple[str, ...]:
        """Return the outlets of the collection.

        Raises:
            CollectionError: the index cannot be used.
        """
        return await self._room.look(lambda found: found.publishers())

    async def extent(self) -> tuple[Extent, Generation]:
        """Return what is indexed.

        Raises:
            CollectionError: the index cannot be used.
        """
        return await self._room.look(lambda found: (found.extent(), found.generation))

    async def suggest_publishers(self, typed: str, guild: int | None) -> tuple[str, ...]:
        """Return outlets whose name holds what was typed, those that begin with it first.

        Raises:
            CollectionError: the index cannot be used.
        """
        allowed = self.guild_settings(guild).publishers
        names = allowed or await self.publishers()
        begun = " ".join(words(typed))
        folded = {name: " ".join(words(name)) for name in names}
        fitting = [name for name in names if begun in folded[name]]
        return tuple(sorted(fitting, key=lambda name: not folded[name].startswith(begun)))[:MOST_CHOICES]

    async def suggest_articles(self, typed: str, guild: int | None) -> tuple[Article, ...]:
        """Return articles that share words with what was typed, best first; none for no words.

        Raises:
            CollectionError: the index cannot be used.
        """
        if not words(typed):
            return ()
        query = narrowed(
            read_question(typed[:LONGEST_QUESTION], top_k=MOST_CHOICES), self.guild_settings(guild)
        )
        return await self._room.look(lambda found: articles_by_words(query, found))

    async def is_changed(self, article: Article) -> bool:
        """Tell whether the index holds another version of an article now, or none.

        Raises:
            CollectionError: the index cannot be used.
        """
        return await self._room.look(
            lambda found: _version(article.article_id, found) != article.version_sha256
        )

    def guild_settings(self, guild: int | None) -> GuildSettings:
        """Return what was set for a guild; nothing can be set for direct messages.

        Raises:
            StateError: it cannot be read.
        """
        return GuildSettings() if guild is None else self._guilds.settings(guild)

    def set_guild(self, guild: int, settings: GuildSettings) -> None:
        """Keep what those who manage a guild set for it."""
        self._guilds.set(guild, settings)

    def _check_channel(self, guild: int | None, channel: int | None) -> None:
        check_channel(channel, self.guild_settings(guild))


def _version(article_id: str, retriever: Retriever) -> str | None:
    try:
        return retriever.article(article_id).version_sha256
    except ArticleNotFound:
        return None

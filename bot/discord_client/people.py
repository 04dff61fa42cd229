"""Which language a person reads, and what a person wrote."""

from __future__ import annotations

import re
from typing import Any

import discord

from bot.answering.question import LIKELY
from index.sources.language import detect_language


def language_of(interaction: discord.Interaction[Any]) -> str:
    """Return the language of the person who used a command or button: ISO 639-1."""
    return _code(interaction.locale)


def language_of_message(message: discord.Message, question: str) -> str:
    """Return the language to answer a message in: the guild's, else the question's.

    Discord tells no message's author's language, and calls every guild English that is no
    community: only a community has chosen its own.
    """
    if message.guild is not None and "COMMUNITY" in message.guild.features:
        return _code(message.guild.preferred_locale)
    return detect_language(question, likely=LIKELY)


def words_of(message: discord.Message, own_id: int) -> str:
    """Return what a message asks: its text without the mention of the bot."""
    return " ".join(re.sub(rf"<@!?{own_id}>", " ", message.content).split())


def channel_of(interaction: discord.Interaction[Any]) -> int | None:
    """Return the channel where a command or button was used; of a thread, the channel it is in."""
    channel = interaction.channel
    return interaction.channel_id if channel is None else parent_or_self(channel)


def parent_or_self(place: object) -> int | None:
    """Return the id of a channel, or of a thread's channel: it is channels that a server opens or closes."""
    if isinstance(place, discord.Thread):
        return place.parent_id
    return getattr(place, "id", None)


def replies_to(message: discord.Message, person_id: int) -> bool:
    """Tell whether a message replies to one that a person or bot wrote."""
    replied = message.reference.resolved if message.reference else None
    return isinstance(replied, discord.Message) and replied.author.id == person_id


def _code(locale: discord.Locale) -> str:
    return locale.value.split("-")[0]


def conversation(place: object) -> tuple[int, ...]:
    """Return the id of a place where one thing is talked about: a thread, or direct messages."""
    return (place.id,) if isinstance(place, discord.Thread | discord.DMChannel) else ()

"""What is said to each thing that a person does: the desk's work, rendered. It knows no Discord."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answering.question import known_publishers
from bot.errors import FilterRefused
from bot.rendering.discord import (
    render_answer,
    render_article,
    render_check,
    render_coverage,
    render_explanation,
    render_narrowed_coverage,
    render_passage,
    render_search,
    render_settings,
    render_timeline,
    say,
)
from bot.rendering.exports import export
from bot.types import Answer

if TYPE_CHECKING:
    from bot.asking import Asking
    from bot.desk import Desk
    from bot.rendering.parts import Part
    from bot.types import Citation, Kept, Removable, Verdict

_CHANNEL = re.compile(r"<#(\d{1,20})>")
_BETWEEN = re.compile(r"[,;\s]+")
# What takes a restriction of a guild away again; nothing else does.
_ALL = ("all", "tous", "toutes", "*")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, and the answer that stands in it: its messages can be followed up."""

    parts: tuple[Part, ...]
    key: str | None = None


class Host:
    """Speaks for the desk in the language of each person.

    Every method raises what the desk raises; the sentence for each error is
    :func:`bot.rendering.refusals.refusal`'s.

    Args:
        desk: takes the questions.
    """

    def __init__(self, desk: Desk) -> None:
        """Keep the desk."""
        self.desk = desk

    async def ask(self, asking: Asking, language: str) -> Said:
        """Answer a question; say how to ask where there is none."""
        if not asking.text.strip():
            return Said(say("how-to-ask", language))
        return _answered(await self.desk.ask(asking), language)

    async def more(
        self, key: str, person: int, language: str, *, guild: int | None, channel: int | None
    ) -> Said:
        """Dig further into an answer."""
        return _answered(await self.desk.more(key, person, guild=guild, channel=channel), language)

    async def wider(
        self,
        key: str,
        removed: Removable,
        person: int,
        language: str,
        *,
        guild: int | None,
        channel: int | None,
    ) -> Said:
        """Ask the question of an answer again, without filters that were read from its words."""
        kept = await self.desk.wider(key, removed, person, guild=guild, channel=channel)
        return _answered(kept, language)

    async def why(
        self, key: str, person: int, language: str, *, guild: int | None, channel: int | None
    ) -> Said:
        """Tell why an answer is as it is."""
        explained = await self.desk.why(key, person, guild=guild, channel=channel)
        return Said(render_explanation(explained, language))

    async def passage(self, key: str, label: int, language: str) -> Said:
        """Show a source of an answer in its article."""
        citation = _citation(self.desk.kept(key), label)
        if citation is None:
            return Said(say("answer-gone", language))
        changed = await self.desk.is_changed(citation.article)
        return Said(render_passage(citation, language, changed=changed))

    async def export(self, key: str, language: str) -> Said:
        """Give the evidence of an answer as files."""
        files = export(self.desk.kept(key), language)
        (line,) = say("exported", language)
        return Said((replace(line, files=files),))

    async def judge(self, key: str, person: int, verdict: Verdict, language: str) -> Said:
        """Take what a person thinks of an answer."""
        self.desk.give_feedback(key, person, verdict)
        return Said(say("thanks", language))

    async def search(self, asking: Asking, language: str) -> Said:
        """List articles."""
        listed = await self.desk.search(asking)
        return Said(render_search(listed.listings, asking.text, language, listed.generation))

    async def timeline(self, asking: Asking, language: str) -> Said:
        """List the coverage of a topic in order of date."""
        listed = await self.desk.timeline(asking)
        return Said(render_timeline(listed.listings, asking.text, language, listed.generation))

    async def check(self, asking: Asking, language: str) -> Said:
        """List the passages nearest to what a message claims."""
        if not asking.text.strip():
            return Said(say("nothing-to-check", language))
        listed = await self.desk.check(asking)
        return Said(render_check(listed.listings, asking.text, language, listed.generation))

    async def article(self, asking: Asking, language: str) -> Said:
        """Show the article whose id is asked for."""
        article, generation = await self.desk.article(asking)
        return Said(render_article(article, language, generation))

    async def coverage(self, guild: int | None, language: str) -> Said:
        """Say what is indexed: of all outlets, or of those alone that count in a guild."""
        extent, generation = await self.desk.extent()
        allowed = self.desk.guild_settings(guild).publishers
        if not allowed:
            return Said(render_coverage(extent, generation, language))
        there = dict(extent.publishers)
        outlets = sorted(((name, there.get(name, 0)) for name in allowed), key=lambda each: -each[1])
        return Said(render_narrowed_coverage(outlets, generation, language))

    async def settings(
        self,
        guild: int | None,
        publishers: str | None,
        channels: str | None,
        private: bool | None,
        language: str,
        *,
        may_manage: bool,
    ) -> Said:
        """Set what is given, and say what is set.

        Args:
            guild: whose managers speak; direct messages have none.
            publishers: outlets with commas between them, or "all".
            channels: channels as Discord writes them, or "all".
            private: whether answers are seen by the person who asks alone.
            language: of the person.
            may_manage: whether the person may manage the guild.

        Raises:
            FilterRefused: what was typed names no outlet or no channel; nothing is set then.
        """
        if not may_manage or not guild:
            return Said(say("settings-need-manager", language))
        settings = self.desk.guild_settings(guild)
        if publishers is not None:
            settings = replace(settings, publishers=await self._publishers(publishers))
        if channels is not None:
            settings = replace(settings, channels=_channels(channels))
        if private is not None:
            settings = replace(settings, private=private)
        self.desk.set_guild(guild, settings)
        return Said(render_settings(settings, language))

    async def _publishers(self, typed: str) -> tuple[str, ...]:
        """Return the outlets that are meant; one that is written whole may have a comma in its name."""
        if _means_all(typed):
            return ()
        there = await self.desk.publishers()
        with suppress(FilterRefused):  # then it is several, each refused by its own name
            return known_publishers(typed, there)
        names = [name for name in re.split("[,;]", typed) if name.strip()] or [typed]
        return tuple(
            dict.fromkeys(found for name in names for found in known_publishers(name.strip(), there))
        )


def _channels(typed: str) -> tuple[int, ...]:
    """Return the channels that are meant: what cannot be read must never open them all."""
    if _means_all(typed):
        return ()
    found = tuple(dict.fromkeys(int(name) for name in _CHANNEL.findall(typed)))
    unread = _BETWEEN.sub(" ", _CHANNEL.sub(" ", typed)).strip()
    if unread or not found:
        msg = f"“{(unread or typed)[:60]}” is no channel: type # and choose from Discord’s list, or write “all”."
        raise FilterRefused(msg)
    return found


def _means_all(typed: str) -> bool:
    return typed.strip().casefold() in _ALL


def _answered(kept: Kept, language: str) -> Said:
    return Said(render_answer(kept, language), kept.key)


def _citation(kept: Kept, label: int) -> Citation | None:
    citations = kept.answer.citations if isinstance(kept.answer, Answer) else ()
    return next((citation for citation in citations if citation.label == label), None)

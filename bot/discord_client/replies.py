"""Parts of an answer sent: acknowledged at once, each part once, and never in silence."""

from __future__ import annotations

import io
import logging
import secrets
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import discord

from bot.discord_client.buttons import view_of
from bot.discord_client.patience import TROUBLE, patiently
from bot.host import Said
from bot.rendering.discord import say
from bot.rendering.refusals import refusal, unexpected
from index.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from bot.rendering.parts import Part

_log = logging.getLogger(__name__)
# What Discord answers to an acknowledgement that it has already.
_ALREADY_ACKNOWLEDGED = 40060


async def reply(
    interaction: discord.Interaction[Any],
    work: Callable[[], Awaitable[Said]],
    *,
    language: str,
    private: bool,
) -> tuple[Said, list[int]]:
    """Acknowledge an interaction, do the work, send what is said.

    Where Discord takes no reply any more, what is said goes where the person reads it all the same: to
    the channel, or to that person's direct messages if nobody else may see it.

    Args:
        interaction: a command or a button that was used.
        work: makes what is said.
        language: of the person, for what goes wrong.
        private: seen by that person alone.

    Returns:
        What was said, and the ids of its messages, as many as could be sent.
    """
    acknowledged = await _acknowledge(interaction, private=private)
    said = await spoken(work, language)
    sent = await _send_reply(interaction, said, private=private) if acknowledged else []
    left = said.parts[len(sent) :]
    if left:
        beside = say("beside", language, person=interaction.user.display_name)
        sent += await _send(_beside(interaction, private=private), (*beside, *left), interaction.id)
    return said, sent


async def answer_message(
    message: discord.Message,
    place: discord.abc.Messageable,
    work: Callable[[], Awaitable[Said]],
    *,
    language: str,
) -> tuple[Said, list[int]]:
    """Answer a message where it stands or in its thread.

    Args:
        message: what is answered.
        place: where to write.
        work: makes what is said.
        language: of the person, for what goes wrong.

    Returns:
        What was said, and the ids of its messages, as many as could be sent.
    """
    async with _typing(place):
        said = await spoken(work, language)
    here = message.channel == place
    reference = message.to_reference(fail_if_not_exists=False) if here else None
    return said, await _send(place, said.parts, message.id, reference)


async def spoken(work: Callable[[], Awaitable[Said]], language: str) -> Said:
    """Return what the work makes, or the sentence that says what went wrong."""
    reference = secrets.token_hex(4)
    try:
        return await work()
    except DatelineError as error:
        _log.info("refused: %s", type(error).__name__, extra={"reference": reference})
        return Said(refusal(error, language, reference=reference))
    except Exception:  # noqa: BLE001  # whatever it is, a person waits for a sentence, and the log has it whole
        _log.exception("a fault of ours", extra={"reference": reference})
        return Said(unexpected(language, reference=reference))


def _beside(interaction: discord.Interaction[Any], *, private: bool) -> discord.abc.Messageable:
    """Return where the person reads what cannot be said as a reply."""
    channel = interaction.channel
    return interaction.user if private or not isinstance(channel, discord.abc.Messageable) else channel


async def _acknowledge(interaction: discord.Interaction[Any], *, private: bool) -> bool:
    try:
        await interaction.response.defer(thinking=True, ephemeral=private)
    except discord.InteractionResponded:
        return True
    except discord.HTTPException as error:
        # The first call may have arrived although its answer was lost.
        if error.code != _ALREADY_ACKNOWLEDGED:
            _log.warning("an interaction could not be acknowledged: %s %s", error.status, error.code)
            return False
    except TROUBLE as error:
        _log.warning("an interaction could not be acknowledged: %s", type(error).__name__)
        return False
    return True


async def _send_reply(interaction: discord.Interaction[Any], said: Said, *, private: bool) -> list[int]:
    """Send the parts as replies; return the ids of those that Discord took."""
    first, *others = said.parts
    sent: list[int] = []
    try:
        sent.append(await patiently(partial(_fill_in, interaction, first)))
        for part in others:
            sent.append(await patiently(partial(_follow_up, interaction, part, private)))  # noqa: PERF401  # what was sent before one fails counts
    except (discord.HTTPException, *TROUBLE) as error:
        _log.warning("a reply could not be sent whole: %s", _told(error))
    return sent


async def _send(
    place: discord.abc.Messageable,
    parts: Sequence[Part],
    nonce: int,
    reference: discord.MessageReference | None = None,
) -> list[int]:
    """Write the parts; return the ids of those that Discord took."""
    sent: list[int] = []
    try:
        for number, part in enumerate(parts):
            # Discord drops a second message of one nonce: a repeated call cannot double an answer.
            write = partial(_write, place, part, f"{nonce}-{number}", None if number else reference)
            sent.append(await patiently(write))
    except (discord.HTTPException, *TROUBLE) as error:
        _log.error("an answer could not be sent whole: %s", _told(error))
    return sent


async def _fill_in(interaction: discord.Interaction[Any], part: Part) -> int:
    message = await interaction.edit_original_response(
        content=part.content, attachments=_files(part), view=view_of(part.buttons)
    )
    return message.id


async def _follow_up(interaction: discord.Interaction[Any], part: Part, private: bool) -> int:
    message = await interaction.followup.send(ephemeral=private, wait=True, **_message(part))
    return message.id


async def _write(
    place: discord.abc.Messageable, part: Part, nonce: str, reference: discord.MessageReference | None
) -> int:
    replying: dict[str, Any] = {"reference": reference} if reference else {}
    message = await place.send(**_message(part), nonce=nonce, **replying)
    return message.id


@asynccontextmanager
async def _typing(place: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that somebody writes; that this cannot be shown must not cost the answer."""
    async with AsyncExitStack() as stack:
        with suppress(discord.HTTPException, *TROUBLE):
            await stack.enter_async_context(place.typing())
        yield


def _message(part: Part) -> dict[str, Any]:
    view = {"view": view_of(part.buttons)} if part.buttons else {}
    return {"content": part.content, "files": _files(part), "suppress_embeds": True, **view}


def _files(part: Part) -> list[discord.File]:
    return [discord.File(io.BytesIO(file.data), filename=file.name) for file in part.files]


def _told(error: Exception) -> str:
    """Return what a log may hold of an error: an address in it could hold an interaction's token."""
    return (
        f"{error.status} {error.code}" if isinstance(error, discord.HTTPException) else type(error).__name__
    )

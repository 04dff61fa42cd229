"""Buttons that work after a restart: all that a button knows stands in its custom_id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

import discord
from discord.ui import Button, DynamicItem, View

from bot.discord_client.people import channel_of, language_of

if TYPE_CHECKING:
    import re
    from collections.abc import Awaitable, Callable, Sequence

    from bot.discord_client.client import DatelineClient
    from bot.host import Said
    from bot.rendering.parts import Button as RenderedButton

_STYLES = {
    "primary": discord.ButtonStyle.primary,
    "secondary": discord.ButtonStyle.secondary,
    "success": discord.ButtonStyle.success,
    "danger": discord.ButtonStyle.danger,
}
# What these say is an answer of its own.
_ANSWERS = ("more", "any-date", "any-source")


class _Where(TypedDict):
    """Where a button was pressed, for those who have a say there."""

    guild: int | None
    channel: int | None


class AnswerButton(
    DynamicItem[Button[View]],
    template=r"dateline:(?P<verb>source|more|why|any-date|any-source|export|helpful|not-helpful)"
    r":(?P<key>[0-9a-f]{16})(?::(?P<number>[0-9]{1,3}))?",
):
    """A button under an answer.

    Args:
        button: as Discord shows it.
    """

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str]
    ) -> AnswerButton:
        """Return the button that was pressed, of whichever run of the bot it is."""
        assert isinstance(item, Button)  # noqa: S101  # for the type checker: nothing else has our ids
        pressed = cls(item)
        pressed.verb, pressed.key, pressed.number = match["verb"], match["key"], int(match["number"] or 0)
        return pressed

    verb: str = ""
    key: str = ""
    number: int = 0

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says."""
        client: DatelineClient = interaction.client
        language, host, person = language_of(interaction), client.host, interaction.user.id
        where: _Where = {"guild": interaction.guild_id, "channel": channel_of(interaction)}
        work: dict[str, Callable[[], Awaitable[Said]]] = {
            "source": lambda: host.passage(self.key, self.number, language),
            "more": lambda: host.more(self.key, person, language, **where),
            "why": lambda: host.why(self.key, person, language, **where),
            "any-date": lambda: host.wider(self.key, "date", person, language, **where),
            "any-source": lambda: host.wider(self.key, "source", person, language, **where),
            "export": lambda: host.export(self.key, language),
            "helpful": lambda: host.judge(self.key, person, "helpful", language),
            "not-helpful": lambda: host.judge(self.key, person, "not-helpful", language),
        }
        # Another answer is for whoever sees the first; the rest is for the person who pressed.
        under = interaction.message
        private = self.verb not in _ANSWERS or (under is not None and under.flags.ephemeral)
        await client.serve(interaction, work[self.verb], language=language, private=private)


def view_of(rows: Sequence[Sequence[RenderedButton]]) -> View | None:
    """Return rows of buttons as discord.py sends them, None for none."""
    if not rows:
        return None
    view = View(timeout=None)
    for number, row in enumerate(rows):
        for button in row:
            shown: Button[View] = Button(
                label=button.label, style=_STYLES[button.style], custom_id=button.custom_id, row=number
            )
            view.add_item(AnswerButton(shown))
    # Presses come through the template above; discord.py must not keep a view a message.
    view.stop()
    return view

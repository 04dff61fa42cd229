"""A simulated Discord, strict enough to trust a bot that works in it.

The bot is an unmodified discord.py client; it talks over real sockets on loopback to a gateway and a REST API that
keep Discord's rules. Whoever tests says what people do, and looks at what each person would see::

    async with DiscordSimulator(token="nobody's") as discord:
        guild = discord.add_guild("Newsroom")
        channel = guild.add_channel("general")
        alice = discord.add_person("alice", locale="fr", guilds=(guild,))
        ...  # start the bot with discord.api_url and discord.gateway_url
        await discord.ready()
        interaction = await discord.use(alice, channel, "ask", question="…").settled()
        assert interaction.reply.buttons

``python -m tests.discord_simulator`` shows the same to a person in a terminal.
"""

from tests.discord_simulator.components import Button
from tests.discord_simulator.errors import NotOffered, Refusal
from tests.discord_simulator.interactions import Interaction
from tests.discord_simulator.permissions import EVERYTHING, ORDINARY, Flag, Intent, Permission
from tests.discord_simulator.sight import Seen
from tests.discord_simulator.simulator import DiscordSimulator
from tests.discord_simulator.world import Channel, Guild, Message
from tests.discord_simulator.world import User as Person

__all__ = [
    "EVERYTHING",
    "ORDINARY",
    "Button",
    "Channel",
    "DiscordSimulator",
    "Flag",
    "Guild",
    "Intent",
    "Interaction",
    "Message",
    "NotOffered",
    "Permission",
    "Person",
    "Refusal",
    "Seen",
]

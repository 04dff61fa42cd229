"""What Discord sends: things of the simulated Discord as the JSON that a bot expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_simulator.permissions import EVERYTHING, ORDINARY, Intent

if TYPE_CHECKING:
    from tests.discord_simulator.interactions import Interaction
    from tests.discord_simulator.world import Attachment, Channel, Guild, Message, User, Version, World

Json = dict[str, Any]
_JOINED = "2026-01-01T00:00:00.000000+00:00"
_APPLICATION_FLAGS = ((Intent.GUILD_MEMBERS, 1 << 15), (Intent.MESSAGE_CONTENT, 1 << 19))


def user(person: User) -> Json:
    """Return a user."""
    return {
        "id": str(person.id),
        "username": person.name,
        "global_name": None if person.is_bot else person.name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": person.is_bot,
        "public_flags": 0,
    }


def own_user(world: World) -> Json:
    """Return the bot as it sees itself."""
    return {**user(world.bot), "verified": True, "mfa_enabled": True, "email": None, "flags": 0}


def application(world: World) -> Json:
    """Return the bot's application."""
    owner = next(iter(world.people.values()), world.bot)
    return {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "rpc_origins": [],
        "bot_public": False,
        "bot_require_code_grant": False,
        "bot": user(world.bot),
        "owner": user(owner),
        "team": None,
        "verify_key": "0" * 64,
        "flags": sum(flag for intent, flag in _APPLICATION_FLAGS if intent & world.granted),
        "approximate_guild_count": len(world.guilds),
        "interactions_endpoint_url": None,
        "integration_types_config": {"0": {}},
    }


def member(guild: Guild, person: User, *, whole: bool = True) -> Json:
    """Return a member of a server, with the user in it if ``whole``."""
    return {
        **({"user": user(person)} if whole else {}),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [],
        "joined_at": _JOINED,
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def guild(server: Guild) -> Json:
    """Return a server as it is announced: with its channels, threads and the bot itself."""
    bot = server.world.bot
    return {
        **guild_facts(server),
        "joined_at": _JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(server.members) + 1,
        "members": [member(server, bot)],
        "channels": [channel(each) for each in server.channels.values()],
        "threads": [channel(t) for each in server.channels.values() for t in each.threads.values()],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def guild_facts(server: Guild) -> Json:
    """Return a server as it is asked for."""
    everybody = {
        "id": str(server.id),
        "name": "@everyone",
        "permissions": str(int(ORDINARY)),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    return {
        "id": str(server.id),
        "name": server.name,
        "icon": None,
        "owner_id": str(server.owner_id),
        "features": list(server.features),
        "preferred_locale": server.locale,
        "roles": [everybody],
        "emojis": [],
        "stickers": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "max_members": 500000,
        "premium_progress_bar_enabled": False,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "splash": None,
        "discovery_splash": None,
    }


def channel(place: Channel, *, permissions: int | None = None) -> Json:
    """Return a channel, a thread or direct messages.

    Args:
        place: what it is.
        permissions: of the person, in an interaction.
    """
    shown: Json = {
        "id": str(place.id),
        "type": place.kind,
        "last_message_id": str(place.last_message_id) if place.last_message_id else None,
        "flags": 0,
    }
    if permissions is not None:
        shown["permissions"] = str(permissions)
    if place.guild is None:
        recipients = [user(place.recipient)] if place.recipient else []
        return {**shown, "recipients": recipients}
    shown |= {"guild_id": str(place.guild.id), "name": place.name, "rate_limit_per_user": 0}
    return shown | (_thread(place) if place.is_thread else _text_channel(place))


def _text_channel(place: Channel) -> Json:
    denied = EVERYTHING & ~place.bot_may
    overwrites = [
        {
            "id": str(place.world.bot.id),
            "type": 1,
            "allow": str(int(place.bot_may)),
            "deny": str(int(denied)),
        }
    ]
    return {
        "position": 0,
        "topic": None,
        "nsfw": False,
        "parent_id": None,
        "permission_overwrites": overwrites,
        "default_auto_archive_duration": 1440,
    }


def _thread(place: Channel) -> Json:
    assert place.parent
    return {
        "parent_id": str(place.parent.id),
        "owner_id": str(place.owner_id),
        "message_count": len(place.written),
        "total_message_sent": len(place.written),
        "member_count": 1,
        "thread_metadata": {
            "archived": place.archived,
            "auto_archive_duration": place.minutes,
            "archive_timestamp": _JOINED,
            "locked": False,
            "create_timestamp": _JOINED,
        },
        "member": thread_member(place),
    }


def thread_member(place: Channel) -> Json:
    """Return the bot as a member of a thread."""
    return {
        "id": str(place.id),
        "user_id": str(place.world.bot.id),
        "join_timestamp": _JOINED,
        "flags": 1,
    }


def message(written: Message, *, referenced: bool = True, readable: bool = False) -> Json:
    """Return a message as the bot may read it.

    Args:
        written: the message.
        referenced: with the message that it replies to.
        readable: its words too, whatever the bot has asked for: somebody has handed it the message.
    """
    world, place, shown = written.channel.world, written.channel, written.versions[-1]
    sent: Json = {
        "id": str(written.id),
        "channel_id": str(place.id),
        "author": user(written.author),
        "timestamp": written.versions[0].at.isoformat(),
        "edited_timestamp": shown.at.isoformat() if written.edited else None,
        "type": written.kind,
        "flags": written.flags,
        "tts": False,
        "pinned": False,
        "mention_everyone": "everyone" in written.pinged,
        "mentions": [_mentioned(place, each) for each in written.mentions],
        "mention_roles": [],
        "nonce": written.nonce,
        **_shown(shown, readable=readable or world.reads_content or _reads(world.bot, written)),
    }
    if written.author.is_bot and written.interaction:
        sent["application_id"] = sent["webhook_id"] = str(world.bot.id)
        sent["interaction_metadata"] = _metadata(written.interaction)
    if written.reactions:
        sent["reactions"] = [_reaction(emoji, by, world) for emoji, by in written.reactions.items()]
    if written.thread:
        sent["thread"] = channel(written.thread)
    if written.reply_to:
        sent |= _reference(written.reply_to, referenced=referenced)
    return sent


def message_event(written: Message) -> Json:
    """Return a message as the gateway tells of it."""
    server = written.channel.guild
    if server is None:
        return message(written)
    extra: Json = {"guild_id": str(server.id)}
    if written.interaction is None:
        extra["member"] = member(server, written.author, whole=False)
    return message(written) | extra


def attachment(file: Attachment) -> Json:
    """Return a file."""
    return {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.data),
        "url": file.url,
        "proxy_url": file.url,
        "content_type": file.content_type,
        **({"description": file.description} if file.description else {}),
    }


def emoji(text: str) -> Json:
    """Return an emoji as a reaction has it."""
    name, _, number = text.partition(":")
    return {"name": name, "id": number or None}


def _reads(bot: User, written: Message) -> bool:
    """Tell whether the bot reads a message without the intent: its own, one for it, one that mentions it."""
    return written.author is bot or bot in written.mentions or written.channel.guild is None


def _mentioned(place: Channel, person: User) -> Json:
    member_ = {"member": member(place.guild, person, whole=False)} if place.guild else {}
    return user(person) | member_


def _shown(version: Version, *, readable: bool) -> Json:
    return {
        "content": version.content if readable else "",
        "embeds": list(version.embeds) if readable else [],
        "components": list(version.components) if readable else [],
        "attachments": [attachment(file) for file in version.files] if readable else [],
    }


def _reference(replied_to: Message, *, referenced: bool) -> Json:
    place = replied_to.channel
    reference = {"type": 0, "message_id": str(replied_to.id), "channel_id": str(place.id)}
    if place.guild:
        reference["guild_id"] = str(place.guild.id)
    if not referenced:
        return {"message_reference": reference}
    gone = replied_to.deleted
    return {
        "message_reference": reference,
        "referenced_message": None if gone else message(replied_to, referenced=False),
    }


def _reaction(text: str, by: set[int], world: World) -> Json:
    return {
        "emoji": emoji(text),
        "count": len(by),
        "count_details": {"burst": 0, "normal": len(by)},
        "me": world.bot.id in by,
        "me_burst": False,
        "burst_colors": [],
    }


def _metadata(interaction: Interaction) -> Json:
    metadata = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "user": user(interaction.person),
        "authorizing_integration_owners": owners(interaction.channel),
    }
    if interaction.message:
        metadata["interacted_message_id"] = str(interaction.message.id)
    return metadata


def owners(place: Channel) -> Json:
    """Return on whose behalf the application is there: the server; "0" stands for direct messages."""
    return {"0": str(place.guild.id) if place.guild else "0"}

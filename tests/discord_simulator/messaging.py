"""Messages written, edited and deleted, whoever does it; the bot is told of what it listens for."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_simulator import payloads
from tests.discord_simulator.components import texts
from tests.discord_simulator.errors import Refusal
from tests.discord_simulator.form import Form
from tests.discord_simulator.limits import FILE_BYTES, FILES, check_message, refuse_empty
from tests.discord_simulator.mentions import pinged, users
from tests.discord_simulator.permissions import SETTABLE, Flag
from tests.discord_simulator.world import Attachment, Message, Version, hears

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.discord_simulator.form import Path
    from tests.discord_simulator.interactions import Interaction
    from tests.discord_simulator.world import Channel, Json, User, World

_MAY_CHANGE = Flag.SUPPRESS_EMBEDS | Flag.IS_COMPONENTS_V2


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives."""

    filename: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message as somebody wants it.

    Attributes:
        payload: the fields as sent; of an edit, those that change.
        uploads: the files that come with it, by their number.
        path: where in the form the message stands.
    """

    payload: Mapping[str, Any]
    uploads: Mapping[int, Upload] = field(default_factory=dict)
    path: Path = ()

    @property
    def flags(self) -> Flag:
        """The flags that a sender may set."""
        wanted = self.payload.get("flags")
        return Flag(wanted if isinstance(wanted, int) else 0) & SETTABLE


def check(draft: Draft, flags: int) -> None:
    """Refuse a draft that breaks a limit.

    Args:
        draft: of a message or an edit.
        flags: of the message as it would be.

    Raises:
        Refusal: 50035 with every field at fault, or 40005 for a file that is too large.
    """
    form = Form()
    check_message(form, draft.payload, flags, draft.path)
    form.count((*draft.path, "files"), draft.uploads, most=FILES)
    _check_attachments(form, draft)
    form.refuse_if_wrong()
    if any(len(upload.data) > FILE_BYTES for upload in draft.uploads.values()):
        raise Refusal(413, 40005, "Request entity too large")


def write(
    place: Channel,
    author: User,
    draft: Draft,
    *,
    reply_to: Message | None = None,
    interaction: Interaction | None = None,
    kind: int | None = None,
) -> Message:
    """Write a new message.

    Args:
        place: where.
        author: who.
        draft: what; an ephemeral one needs an interaction, whose person alone sees it.
        reply_to: the message it replies to.
        interaction: that it answers.
        kind: Discord's type of message, if not an ordinary one.

    Raises:
        Refusal: it breaks a limit, or would show nothing.
    """
    flags = draft.flags & (~Flag.EPHEMERAL if interaction is None else ~Flag(0))
    check(draft, flags)
    version = _changed(place.world, place, None, draft)
    _refuse_empty(version, flags)
    message = Message(
        id=place.world.ids.new(),
        channel=place,
        author=author,
        versions=[version],
        kind=_kind(reply_to, interaction) if kind is None else kind,
        flags=flags,
        seen_only_by=interaction.person if interaction and flags & Flag.EPHEMERAL else None,
        reply_to=reply_to,
        interaction=interaction,
        nonce=str(draft.payload["nonce"]) if draft.payload.get("nonce") is not None else None,
    )
    _ping(message, draft.payload.get("allowed_mentions"))
    post(message)
    return message


def think(place: Channel, author: User, interaction: Interaction, flags: Flag) -> Message:
    """Show that the bot is thinking, in a message that is filled in later."""
    message = Message(
        id=place.world.ids.new(),
        channel=place,
        author=author,
        versions=[Version(place.world.clock.now(), "", (), (), ())],
        kind=_kind(None, interaction),
        flags=flags | Flag.LOADING,
        seen_only_by=interaction.person if flags & Flag.EPHEMERAL else None,
        interaction=interaction,
    )
    post(message)
    return message


def post(message: Message) -> None:
    """Put a message where it belongs, and tell the bot unless one person alone sees it."""
    message.channel.written[message.id] = message
    _tell("MESSAGE_CREATE", message, payloads.message_event(message))


def edit(message: Message, draft: Draft) -> None:
    """Change what a message shows.

    Args:
        message: as it stands.
        draft: the fields that change.

    Raises:
        Refusal: it would break a limit, or show nothing.
    """
    flags = message.flags & ~Flag.LOADING
    if draft.payload.get("flags") is not None:
        flags = (flags & ~Flag.SUPPRESS_EMBEDS) | (draft.flags & _MAY_CHANGE)
    check(draft, flags)
    version = _changed(message.channel.world, message.channel, message.versions[-1], draft)
    _refuse_empty(version, flags)
    if message.thinking:
        message.versions[:] = [version]
        message.flags = flags
        _ping(message, draft.payload.get("allowed_mentions"))
    else:
        message.versions.append(version)
        message.flags = flags
    _tell("MESSAGE_UPDATE", message, payloads.message_event(message))


def delete(message: Message) -> None:
    """Take a message away."""
    message.deleted = True
    message.channel.written.pop(message.id, None)
    gone: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
    if message.channel.guild:
        gone["guild_id"] = str(message.channel.guild.id)
    _tell("MESSAGE_DELETE", message, gone)


def _tell(event: str, message: Message, payload: Json) -> None:
    world = message.channel.world
    if not message.ephemeral:
        world.announce(event, hears(message.channel), payload)
    world.bell.ring()


def _kind(reply_to: Message | None, interaction: Interaction | None) -> int:
    if interaction:
        return 20 if interaction.kind == 2 else 19
    return 19 if reply_to else 0


def _ping(message: Message, allowed: Mapping[str, Any] | None) -> None:
    words = f"{message.content}\n{texts(message.components)}"
    world = message.channel.world
    author = message.reply_to.author if message.reply_to else None
    message.pinged = pinged(words, allowed, author.id if author else None)
    told = [*users(words), *([author.id] if author else [])]
    found = (world.user(each) for each in dict.fromkeys(told) if each in message.pinged)
    message.mentions = tuple(person for person in found if person)


def _refuse_empty(version: Version, flags: int) -> None:
    refuse_empty(
        content=version.content,
        embeds=version.embeds,
        components=version.components,
        files=version.files,
        modern=bool(flags & Flag.IS_COMPONENTS_V2),
    )


def _changed(world: World, place: Channel, before: Version | None, draft: Draft) -> Version:
    old, new = before or Version(world.clock.now(), "", (), (), ()), draft.payload
    return Version(
        at=world.clock.now(),
        content=(new["content"] or "").strip() if "content" in new else old.content,
        embeds=tuple(new["embeds"] or ()) if "embeds" in new else old.embeds,
        components=tuple(new["components"] or ()) if "components" in new else old.components,
        files=_files(world, place, old, draft),
    )


def _files(world: World, place: Channel, old: Version, draft: Draft) -> tuple[Attachment, ...]:
    described = {int(each["id"]): each for each in draft.payload.get("attachments") or ()}
    kept = tuple(file for file in old.files if "attachments" not in draft.payload or file.id in described)
    return kept + tuple(
        _attach(world, place, upload, described.get(number, {}))
        for number, upload in sorted(draft.uploads.items())
    )


def _attach(world: World, place: Channel, upload: Upload, described: Mapping[str, Any]) -> Attachment:
    name = (described.get("filename") or upload.filename).replace(" ", "_")
    number = world.ids.new()
    file = Attachment(
        id=number,
        filename=name,
        data=upload.data,
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        description=described.get("description"),
        url=f"{world.address}/attachments/{place.id}/{number}/{name}",
    )
    world.files[number] = file
    return file


def _check_attachments(form: Form, draft: Draft) -> None:
    attachments = draft.payload.get("attachments") or []
    if not form.is_list(attachments, (*draft.path, "attachments")):
        return
    for number, described in enumerate(attachments):
        here = (*draft.path, "attachments", number)
        if not form.is_object(described, here):
            continue
        form.text((*here, "description"), described.get("description"), most=1024)
        form.text((*here, "filename"), described.get("filename"), most=1024)
        identifier = str(described.get("id"))
        if not identifier.isdigit():
            form.required((*here, "id"))
        elif int(identifier) < FILES and int(identifier) not in draft.uploads:
            form.wrong((*here, "id"), "ATTACHMENT_NOT_FOUND", "Attachment data not found")

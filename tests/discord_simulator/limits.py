"""Discord's limits on a message, an autocompletion and a thread's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.discord_simulator.components import check_components
from tests.discord_simulator.errors import Refusal
from tests.discord_simulator.mentions import check_allowed_mentions
from tests.discord_simulator.permissions import Flag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.discord_simulator.form import Form, Path

CONTENT = 2000
EMBEDS = 10
EMBED_TOTAL = 6000
FILES = 10
FILE_BYTES = 10 * 1024 * 1024
CHOICES = 25
NONCE = 25
_EMBED_TEXTS: Mapping[Path, int] = {
    ("title",): 256,
    ("description",): 4096,
    ("footer", "text"): 2048,
    ("author", "name"): 256,
}
_EMBED_ADDRESSES: tuple[Path, ...] = (
    ("url",),
    ("author", "url"),
    ("author", "icon_url"),
    ("footer", "icon_url"),
    ("image", "url"),
    ("thumbnail", "url"),
)
_LEGACY = ("content", "embeds", "poll", "sticker_ids")


def check_message(form: Form, payload: Mapping[str, Any], flags: int, path: Path = ()) -> None:
    """Find everything that is wrong with a message as sent.

    Args:
        form: gathers it.
        payload: what is sent, of a new message or of an edit.
        flags: of the message as it would be.
        path: where in the form the message stands.
    """
    modern = bool(flags & Flag.IS_COMPONENTS_V2)
    form.text((*path, "content"), payload.get("content"), most=CONTENT)
    form.number((*path, "flags"), payload.get("flags"), least=0, most=2**31)
    if payload.get("embeds") is not None:
        _check_embeds(form, payload["embeds"], (*path, "embeds"))
    if payload.get("components") is not None:
        check_components(form, payload["components"], (*path, "components"), modern=modern)
    check_allowed_mentions(form, payload.get("allowed_mentions"), (*path, "allowed_mentions"))
    if payload.get("nonce") is not None:
        form.text((*path, "nonce"), str(payload["nonce"]), most=NONCE)
    for name in _LEGACY:
        if modern and payload.get(name):
            form.wrong(
                (*path, name),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def refuse_empty(*, content: str, embeds: object, components: object, files: object, modern: bool) -> None:
    """Refuse a message that would show nothing: buttons alone are not a message."""
    if not (content or embeds or files or (modern and components)):
        raise Refusal(400, 50006, "Cannot send an empty message")


def check_choices(form: Form, data: Mapping[str, Any], path: Path = ("data",)) -> None:
    """Find what is wrong with the answer to an autocompletion."""
    choices = data.get("choices")
    if not form.is_list(choices, (*path, "choices")):
        return
    form.count((*path, "choices"), choices, most=CHOICES)
    for number, choice in enumerate(choices):
        here = (*path, "choices", number)
        if form.is_object(choice, here):
            form.text((*here, "name"), choice.get("name"), least=1, most=100)
            if not isinstance(choice.get("value"), int | float):
                form.text((*here, "value"), choice.get("value"), least=1, most=100)


def check_thread(form: Form, payload: Mapping[str, Any]) -> None:
    """Find what is wrong with a new thread."""
    form.text(("name",), payload.get("name"), least=1, most=100)
    minutes = payload.get("auto_archive_duration")
    if minutes is not None:
        form.choice(("auto_archive_duration",), minutes, (60, 1440, 4320, 10080))
    form.number(("rate_limit_per_user",), payload.get("rate_limit_per_user"), least=0, most=21600)


def _check_embeds(form: Form, embeds: Any, path: Path) -> None:
    if not form.is_list(embeds, path):
        return
    form.count(path, embeds, most=EMBEDS)
    whole = [(number, embed) for number, embed in enumerate(embeds) if form.is_object(embed, (*path, number))]
    for number, embed in whole:
        _check_embed(form, embed, (*path, number))
    if sum(_letters(embed) for _, embed in whole) > EMBED_TOTAL:
        form.wrong(
            path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL} characters"
        )


def _check_embed(form: Form, embed: Mapping[str, Any], path: Path) -> None:
    for field, most in _EMBED_TEXTS.items():
        nested = len(field) > 1 and _at(embed, field[:1]) is not None
        form.text((*path, *field), _at(embed, field), most=most, least=1 if nested else 0)
    for field in _EMBED_ADDRESSES:
        _check_address(form, _at(embed, field), (*path, *field))
    for number, field_ in enumerate(_fields(embed)):
        form.text((*path, "fields", number, "name"), field_.get("name"), least=1, most=256)
        form.text((*path, "fields", number, "value"), field_.get("value"), least=1, most=1024)
    form.count((*path, "fields"), embed.get("fields") or [], most=25)


def _check_address(form: Form, address: Any, path: Path) -> None:
    form.text(path, address, most=2048)
    if isinstance(address, str) and address:
        place = urlsplit(address)
        if place.scheme not in ("http", "https", "attachment"):
            form.wrong(
                path, "URL_TYPE_INVALID_SCHEME", f'Scheme "{place.scheme}" must be one of (http, https).'
            )
        elif not place.netloc:
            form.wrong(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")


def _letters(embed: Mapping[str, Any]) -> int:
    texts = [_at(embed, field) for field in _EMBED_TEXTS]
    texts += [field.get(part) for field in _fields(embed) for part in ("name", "value")]
    return sum(len(text) for text in texts if isinstance(text, str))


def _fields(embed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    fields = embed.get("fields")
    return [each if isinstance(each, dict) else {} for each in fields] if isinstance(fields, list) else []


def _at(embed: Mapping[str, Any], field: Path) -> Any:
    value: Any = embed
    for step in field:
        value = value.get(step) if isinstance(value, dict) else None
    return value

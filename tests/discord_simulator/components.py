"""Buttons, menus and the blocks of Components V2: Discord's limits, and what of them a person can use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.discord_simulator.form import Form, Path


class Kind(IntEnum):
    """What a component is."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18


SELECTS = (
    Kind.SELECT,
    Kind.USER_SELECT,
    Kind.ROLE_SELECT,
    Kind.MENTIONABLE_SELECT,
    Kind.CHANNEL_SELECT,
)
_IN_CONTAINER = (Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR)
_PARTS = {
    None: (*_IN_CONTAINER, Kind.CONTAINER),
    Kind.ROW: (Kind.BUTTON, *SELECTS),
    Kind.SECTION: (Kind.TEXT,),
    Kind.CONTAINER: _IN_CONTAINER,
}
_ROWS, _BUTTONS, _COMPONENTS, _TEXTS = 5, 5, 40, 4000
_LINK, _SHOP = 5, 6


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it.

    Attributes:
        label: its words.
        custom_id: what the bot is told when it is pressed; empty for a link.
        style: 1 primary, 2 secondary, 3 success, 4 danger, 5 link.
        disabled: greyed out.
        url: where a link leads.
        row: which row of its message, from 0.
    """

    label: str
    custom_id: str
    style: int
    disabled: bool
    url: str
    row: int


@dataclass(frozen=True, slots=True)
class Select:
    """A menu as a person sees it: the options' labels and values, and how many may be chosen."""

    custom_id: str
    kind: int
    placeholder: str
    disabled: bool
    options: tuple[tuple[str, str], ...]
    least: int
    most: int


def buttons(components: Sequence[Mapping[str, Any]]) -> tuple[Button, ...]:
    """Return the buttons of a message, row by row."""
    return tuple(
        Button(
            label=part.get("label") or (part.get("emoji") or {}).get("name") or "",
            custom_id=part.get("custom_id", ""),
            style=part.get("style", 0),
            disabled=bool(part.get("disabled")),
            url=part.get("url") or "",
            row=row,
        )
        for row, component in enumerate(components)
        for part in walk((component,))
        if part.get("type") == Kind.BUTTON
    )


def selects(components: Sequence[Mapping[str, Any]]) -> tuple[Select, ...]:
    """Return the menus of a message."""
    return tuple(
        Select(
            custom_id=part["custom_id"],
            kind=part["type"],
            placeholder=part.get("placeholder") or "",
            disabled=bool(part.get("disabled")),
            options=tuple((option["label"], option["value"]) for option in part.get("options") or ()),
            least=part.get("min_values", 1),
            most=part.get("max_values", 1),
        )
        for part in walk(components)
        if part.get("type") in SELECTS
    )


def texts(components: Sequence[Mapping[str, Any]]) -> str:
    """Return the words of the text displays: they ping as content does."""
    return "\n".join(
        str(part.get("content", "")) for part in walk(components) if part.get("type") == Kind.TEXT
    )


def walk(components: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every component, from the outermost in."""
    for component in components:
        if isinstance(component, dict):
            yield component
            yield from walk([*(component.get("components") or ()), *_single(component)])


def check_components(form: Form, components: Any, path: Path, *, modern: bool) -> None:
    """Find what is wrong with the components of a message.

    Args:
        form: gathers it.
        components: as sent.
        path: where they stand in the form.
        modern: whether the message has the flag of Components V2.
    """
    if not form.is_list(components, path):
        return
    if not modern:
        form.count(path, components, most=_ROWS)
    for number, component in enumerate(components):
        _check(form, component, (*path, number), _PARTS[None] if modern else (Kind.ROW,))
    everything = list(walk(components))
    if len(everything) > _COMPONENTS:
        form.wrong(
            path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"Must be {_COMPONENTS} or fewer in total."
        )
    if len(texts(components)) > _TEXTS:
        form.wrong(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"Must be {_TEXTS} or fewer in length.")
    _check_ids(form, components, path)


def _check_ids(form: Form, components: Sequence[Any], path: Path) -> None:
    seen: set[str] = set()
    for here, component in _placed(components, path):
        custom_id = component.get("custom_id")
        if custom_id in seen:
            form.wrong(
                (*here, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        if isinstance(custom_id, str):
            seen.add(custom_id)


def _placed(components: Sequence[Any], path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for number, component in enumerate(components):
        if isinstance(component, dict):
            here = (*path, number)
            yield here, component
            yield from _placed(component.get("components") or (), (*here, "components"))
            for single in _single(component):
                yield (*here, "accessory"), single


def _single(component: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(component[name] for name in ("accessory", "component") if component.get(name))


def _check(form: Form, component: Any, path: Path, kinds: Sequence[int]) -> None:
    if not form.is_object(component, path):
        return
    kind: Any = component.get("type")
    if kind not in kinds:
        allowed = ", ".join(str(int(each)) for each in kinds)
        form.wrong(
            (*path, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({allowed}).'
        )
    elif kind == Kind.BUTTON:
        _check_button(form, component, path)
    elif kind in SELECTS:
        _check_select(form, component, path)
    elif kind == Kind.TEXT:
        form.text((*path, "content"), component.get("content"), least=1, most=_TEXTS)
    elif kind == Kind.GALLERY:
        form.count((*path, "items"), component.get("items") or [], least=1, most=10)
    elif kind in _PARTS:
        _check_parts(form, component, path, Kind(kind))


def _check_parts(form: Form, component: Mapping[str, Any], path: Path, kind: Kind) -> None:
    parts = component.get("components") or []
    for number, part in enumerate(parts):
        _check(form, part, (*path, "components", number), _PARTS[kind])
    if kind == Kind.ROW:
        form.count((*path, "components"), parts, least=1, most=_BUTTONS)
        if len(parts) > 1 and any(part.get("type") in SELECTS for part in parts if isinstance(part, dict)):
            form.wrong(
                (*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified width is too large"
            )
    elif kind == Kind.SECTION:
        form.count((*path, "components"), parts, least=1, most=3)
        _check(form, component.get("accessory"), (*path, "accessory"), (Kind.BUTTON, Kind.THUMBNAIL))


def _check_button(form: Form, button: Mapping[str, Any], path: Path) -> None:
    style = button.get("style")
    if not form.choice((*path, "style"), style, (1, 2, 3, 4, _LINK, _SHOP)):
        return
    form.text((*path, "label"), button.get("label"), most=80)
    if style == _LINK:
        form.text((*path, "url"), button.get("url"), least=1, most=512)
    elif style != _SHOP:
        form.text((*path, "custom_id"), button.get("custom_id"), least=1, most=100)
    if (style == _LINK) == ("custom_id" in button) and style != _SHOP:
        form.wrong(
            path, "BUTTON_COMPONENT_CUSTOM_ID_URL_INVALID", "A custom id and url cannot both be specified"
        )
    if style != _SHOP and not ((button.get("label") or "").strip() or button.get("emoji")):
        form.wrong(path, "BUTTON_COMPONENT_INVALID_EMPTY", "A button has a label or an emoji")


def _check_select(form: Form, select: Mapping[str, Any], path: Path) -> None:
    form.text((*path, "custom_id"), select.get("custom_id"), least=1, most=100)
    form.text((*path, "placeholder"), select.get("placeholder"), most=150)
    form.number((*path, "min_values"), select.get("min_values"), least=0, most=25)
    form.number((*path, "max_values"), select.get("max_values"), least=1, most=25)
    if select.get("type") != Kind.SELECT:
        return
    options = select.get("options") or []
    form.count((*path, "options"), options, least=1, most=25)
    for number, option in enumerate(options):
        here = (*path, "options", number)
        form.text((*here, "label"), option.get("label"), least=1, most=100)
        form.text((*here, "value"), option.get("value"), least=1, most=100)
        form.text((*here, "description"), option.get("description"), most=100)
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        form.wrong(
            (*path, "options"),
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
            "The specified option value is already used",
        )

"""Buttons, menus and blocks: Discord's limits, and what a person sees of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_simulator.components import buttons, selects
from tests.discord_simulator.test_limits import faults

Json = dict[str, Any]
_MODERN = 1 << 15


def _button(**facts: Any) -> Json:
    return {"type": 2, "style": 2, "label": "x", "custom_id": "x", **facts}


def _row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def _many(count: int) -> Json:
    return _row(*(_button(custom_id=str(number)) for number in range(count)))


def _rows(count: int) -> list[Json]:
    return [_row(_button(custom_id=str(number))) for number in range(count)]


def _select(**facts: Any) -> Json:
    options = [{"label": "l", "value": "v"}]
    return _row({"type": 3, "custom_id": "s", "options": options, **facts})


def _options(count: int) -> list[Json]:
    return [{"label": "l", "value": str(number)} for number in range(count)]


_BUTTON = "components.0.components.0"
_CASES = [
    ([_many(5)], [_many(6)], "components.0.components"),
    (_rows(5), _rows(6), "components"),
    ([_row(_button())], [_row()], "components.0.components"),
    ([_row(_button())], [_button()], "components.0.type"),
    ([_row(_button(label="x" * 80))], [_row(_button(label="x" * 81))], f"{_BUTTON}.label"),
    ([_row(_button(custom_id="x" * 100))], [_row(_button(custom_id="x" * 101))], f"{_BUTTON}.custom_id"),
    ([_row(_button(custom_id="x"))], [_row(_button(custom_id=""))], f"{_BUTTON}.custom_id"),
    ([_row(_button(style=4))], [_row(_button(style=7))], f"{_BUTTON}.style"),
    ([_row(_button(label="x"))], [_row(_button(label=" "))], _BUTTON),
    (
        [_row({"type": 2, "style": 5, "label": "x", "url": "https://a.example"})],
        [_row(_button(style=5, url="https://a.example"))],
        _BUTTON,
    ),
    (
        [_row(_button(), _button(custom_id="y"))],
        [_row(_button(), _button())],
        "components.0.components.1.custom_id",
    ),
    ([_select(options=_options(25))], [_select(options=_options(26))], f"{_BUTTON}.options"),
    ([_select()], [_select(placeholder="x" * 151)], f"{_BUTTON}.placeholder"),
    (
        [_select()],
        [_select(options=[{"label": "x" * 101, "value": "v"}])],
        f"{_BUTTON}.options.0.label",
    ),
    ([_select()], [_select(options=[{"label": "l", "value": "v"}] * 2)], f"{_BUTTON}.options"),
    ([_select()], [_row(_button(), *_select()["components"])], "components.0.components"),
]


@pytest.mark.parametrize(("taken", "refused", "path"), _CASES)
def test_a_limit_is_exact_and_named(taken: list[Json], refused: list[Json], path: str) -> None:
    """What Discord would refuse in life is refused here, at the same place."""
    assert faults({"content": "x", "components": taken}) == set()
    assert faults({"content": "x", "components": refused}) == {path}


def test_components_v2_has_forty_components_and_four_thousand_characters() -> None:
    """Nested ones count as well."""
    block = {"type": 17, "components": [{"type": 10, "content": "x"}] * 9}
    assert faults({"components": [block] * 4}, _MODERN) == set()
    assert faults({"components": [block] * 4 + [{"type": 14}]}, _MODERN) == {"components"}
    assert faults({"components": [{"type": 10, "content": "x" * 4000}]}, _MODERN) == set()
    text = {"type": 10, "content": "x" * 2001}
    assert faults({"components": [text, text]}, _MODERN) == {"components"}


def test_blocks_need_the_flag() -> None:
    """Without it only rows are components."""
    assert faults({"content": "x", "components": [{"type": 10, "content": "x"}]}) == {"components.0.type"}


def test_a_person_sees_buttons_row_by_row_and_menus() -> None:
    """What tests press and choose is read from there."""
    shown = [
        _row(_button(label="1", custom_id="a"), _button(label="2", custom_id="b", disabled=True)),
        _select(),
    ]
    assert [(each.label, each.row, each.disabled) for each in buttons(shown)] == [
        ("1", 0, False),
        ("2", 0, True),
    ]
    (menu,) = selects(shown)
    assert (menu.custom_id, menu.options, menu.least, menu.most) == ("s", (("l", "v"),), 1, 1)

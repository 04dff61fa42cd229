"""Who is pinged: worked out from a message's words and its ``allowed_mentions``.

Discord's rules, and where it is not known what Discord does, the stricter reading:

- without ``allowed_mentions`` everything that is mentioned is pinged, and so is the author who is replied to;
- with it only what its ``parse`` names or its lists hold; ``replied_user`` is then false unless said;
- what is listed is pinged only if it is mentioned as well;
- code and backslashes protect nobody: the server looks at the raw words;
- an id that nobody has counts: on the next server somebody has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.discord_simulator.form import Form

EVERYONE = "everyone"
# Ids of people and roles, or "everyone" for @everyone and @here alike.
Pinged = frozenset[int | str]

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")
_ALL = re.compile(r"@(?:everyone|here)")
_KINDS = ("users", "roles", EVERYONE)


def users(content: str) -> tuple[int, ...]:
    """Return the ids of the people whom words mention, each once, in order."""
    return tuple(dict.fromkeys(int(found) for found in _USER.findall(content)))


def pinged(content: str, allowed: Mapping[str, Any] | None, replied_to: int | None = None) -> Pinged:
    """Return who is pinged by a new message.

    Args:
        content: its words, and those of its text displays.
        allowed: ``allowed_mentions`` as sent, None where nothing was sent.
        replied_to: id of the author who is replied to.
    """
    rules: Mapping[str, Any] = {"parse": _KINDS, "replied_user": True} if allowed is None else allowed
    found: set[int | str] = set()
    for kind, pattern in (("users", _USER), ("roles", _ROLE)):
        named = {int(each) for each in pattern.findall(content)}
        listed = {int(each) for each in rules.get(kind) or ()}
        found |= named if kind in (rules.get("parse") or ()) else named & listed
    if EVERYONE in (rules.get("parse") or ()) and _ALL.search(content):
        found.add(EVERYONE)
    if replied_to is not None and rules.get("replied_user"):
        found.add(replied_to)
    return frozenset(found)


def check_allowed_mentions(form: Form, allowed: Any, path: tuple[str | int, ...]) -> None:
    """Find what is wrong with ``allowed_mentions``: unknown kinds, long lists, saying one thing twice."""
    if allowed is None:
        return
    if not form.is_object(allowed, path):
        return
    parse = allowed.get("parse") or []
    for number, kind in enumerate(parse):
        form.choice((*path, "parse", number), kind, _KINDS)
    for kind in ("users", "roles"):
        listed = allowed.get(kind) or []
        form.count((*path, kind), listed, most=100)
        if listed and kind in parse:
            form.wrong(
                path,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )

"""A collection in which strangers wrote every word, the questions of strangers, and what Discord would obey of it."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import ATTACKS

if TYPE_CHECKING:
    from tests.bot.rendering.discord_markdown import Mark

_TOPICS = (
    "la digue",
    "le marché couvert",
    "la ligne de tramway",
    "l’observatoire",
    "la piscine",
    "le moulin",
)
_ADDRESSES = (
    "https://courrier.example/{number}",
    "https://courrier.example/a_(b)?c=[d]&e=<f>",
    "https://courrier.example/@everyone",
    "https://banque.example@evil.example/{number}",
    "https://discord.gg/abc",
    "javascript:alert(1)",
    None,
)
# What our own messages are made of; whatever else Discord would obey comes from a stranger.
_OURS = frozenset({"quote", "bold", "small", "link"})
_SAFE = "<https://courrier.example"
_WRITABLE = tuple(attack.encode("utf-8", "ignore").decode() for attack in ATTACKS)


def hostile_articles(amount: int) -> str:
    """Return records, one a line: each tells of its topic and its number, between attempts at everything."""
    return "\n".join(json.dumps(_article(number), ensure_ascii=False) for number in range(amount)) + "\n"


def hostile_questions(amount: int) -> list[str]:
    """Return questions about those articles with attempts of their own; none is empty or too long."""
    chosen = random.Random(2)  # noqa: S311  # a rehearsal must be the same each time
    return [
        f"{chosen.choice(_WRITABLE)} Combien coûtent les travaux de {_TOPICS[number % len(_TOPICS)]} {number} ?"
        f" {chosen.choice(_WRITABLE)}"
        for number in range(amount)
    ]


def obeyed(content: str) -> list[Mark]:
    """Return what Discord would obey in a message that is not ours: marks, pings, links to elsewhere."""
    return [
        mark
        for mark in read(content).marks
        if mark.kind not in _OURS or (mark.kind == "link" and not _leads_where_it_says(mark))
    ]


def _leads_where_it_says(link: Mark) -> bool:
    return link.target.removeprefix("<").startswith(_SAFE[1:]) and "://" not in link.words


def _article(number: int) -> dict[str, str | None]:
    chosen = random.Random(number)  # noqa: S311  # as above
    topic = _TOPICS[number % len(_TOPICS)]
    address = chosen.choice(_ADDRESSES)
    return {
        "id": str(number),
        "title": f"{_attack(chosen)} {topic} {number} {'titre ' * 1000 if number % 10 == 0 else ''}",
        "source": f"Gazette {_attack(chosen)}",
        "author": f"Jeanne {_attack(chosen)}",
        "url": address.format(number=number) if address else None,
        "date": f"2022-{number % 12 + 1:02d}-09",
        "text": " ".join(_sentences(topic, number, chosen)),
    }


def _sentences(topic: str, number: int, chosen: random.Random) -> list[str]:
    monster = "x" * 6000 if number % 25 == 0 else ""
    return [
        f"Les travaux de {topic} {number} coûtent {number + 2} millions d’euros {_attack(chosen)} selon la mairie.",
        f"{_attack(chosen)} Le chantier de {topic} dure {number + 3} semaines {_attack(chosen)}.",
        f"« {_attack(chosen)} », a dit le maire {_attack(chosen)} {monster}.",
    ]


def _attack(chosen: random.Random) -> str:
    return "".join(chosen.choice(_WRITABLE) for _ in range(3))

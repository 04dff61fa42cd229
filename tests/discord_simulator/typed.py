"""What a person types at the page in the terminal, read: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP = """\
words                       ask, as /ask question:words
/search words               a command; options as name:value, such as  /ask who spoke? since:2022 private:yes
@ words                     mention the bot in the channel
dm words                    write to the bot alone
reply words                 reply to the bot's last message
1, [More] or press More     press a button of the last message that has it
check                       use the menu of the last message that a person wrote
say words                   write in the channel, to nobody
as fr, as en                change the language of your Discord
help, quit"""
_YES, _NO = ("yes", "true", "oui", "vrai"), ("no", "false", "non", "faux")


@dataclass(frozen=True, slots=True)
class Use:
    """A slash command and the words behind it."""

    command: str
    words: str


@dataclass(frozen=True, slots=True)
class Write:
    """A message: where is "channel", "mention", "direct" or "reply"."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button, by its label."""

    label: str


@dataclass(frozen=True, slots=True)
class Speak:
    """Another language of the person's Discord."""

    locale: str


@dataclass(frozen=True, slots=True)
class Say:
    """One word for the page itself: "check", "help" or "quit"."""

    what: str


Act = Use | Write | Press | Speak | Say
_WHERE = {"@": "mention", "dm": "direct", "reply": "reply", "say": "channel"}
_ALONE = ("check", "help", "quit")
_BUTTON = re.compile(
    r"\[(?P<bracketed>[^\[\]]+)\]|(?P<number>\d+)|press\s+\[?(?P<pressed>[^\[\]]+)\]?", re.IGNORECASE
)
_LOCALE = re.compile(r"as\s+(?P<locale>[a-z]{2}(?:-[A-Z]{2})?)")
_LOCALES = {"en": "en-US"}


def read(line: str) -> Act | None:
    """Return what a line asks for, None for an empty one.

    Args:
        line: as typed.
    """
    words = line.strip()
    for reading in (_alone, _command, _button, _locale, _message):
        if act := reading(words):
            return act
    return Use("ask", words) if words else None


def filled_in(words: str, names: Sequence[str]) -> dict[str, str]:
    """Return the options that words fill in: what stands before the first ``name:`` is the first option's.

    Args:
        words: what stands behind a command.
        names: of its options, all of which may be written before a colon.

    Returns:
        Texts by the names as written; an option without a text is left out.
    """
    if not names:
        return {}
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    free, *rest = re.split(rf"(?:^|(?<=\s))({known}):", words)
    pairs = [(names[0], free), *zip(rest[::2], rest[1::2], strict=True)]
    return {name: text.strip() for name, text in pairs if text.strip()}


def truth(text: str) -> bool | None:
    """Return what a yes or a no means, None for neither."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def typeable(label: str) -> str:
    """Return a label as a keyboard writes it: French has spaces in it that no key makes."""
    return " ".join(label.split())


def _alone(words: str) -> Act | None:
    return Say(words.lower()) if words.lower() in _ALONE else None


def _command(words: str) -> Act | None:
    name, _, rest = words.removeprefix("/").partition(" ")
    return Use(name, rest.strip()) if words.startswith("/") else None


def _button(words: str) -> Act | None:
    found = _BUTTON.fullmatch(words)
    return Press((found["bracketed"] or found["number"] or found["pressed"]).strip()) if found else None


def _locale(words: str) -> Act | None:
    found = _LOCALE.fullmatch(words)
    return Speak(_LOCALES.get(found["locale"], found["locale"])) if found else None


def _message(words: str) -> Act | None:
    first, _, rest = words.partition(" ")
    where = _WHERE.get(first.lower())
    return Write(where, rest.strip()) if where and rest.strip() else None

"""The catalogue holds what is said, all of it and nothing else, as it is written where it is read."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot
from bot.rendering.catalogue import (
    LANGUAGES,
    TEXTS,
    built_line,
    decimal,
    name_of_language,
    number,
    published,
    quoted,
)
from tests.factories import make_article, make_generation

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = Path(bot.__file__).parent
# Functions that are handed a key of the catalogue first.
SPEAKERS = {"text", "say", "told"}
# Before these a French text has a no-break space, or none at all where they belong to a figure or a command.
TIGHT = re.compile(r"(?<![\u00a0\u202f])[:;!?»](?=[\s\u00a0\u202f]|$)")
LOOSE = re.compile(r"«(?!\u00a0)|\s\s")
NAME = re.compile(r"[-_\w]{1,32}")
NAMES = [key for key in TEXTS if re.fullmatch(r"(command|option):[a-z]+", key) and key != "command:check"]
DESCRIPTIONS = [key for key in TEXTS if re.fullmatch(r"(command|option):[a-z]+:description", key)]


def _trees() -> Iterator[ast.Module]:
    for path in sorted(ROOM.rglob("*.py")):
        if "catalogue" not in path.parts or path.name == "__init__.py":
            yield ast.parse(path.read_text(encoding="utf-8"))


def _said() -> tuple[set[str], set[str]]:
    """Return every text that stands in the code, and the patterns of those that are put together."""
    whole, patterns = set(), set()
    for node in (node for tree in _trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            patterns.add("".join(_pattern(value) for value in node.values))
    return whole, patterns


def _pattern(value: ast.expr) -> str:
    return re.escape(str(value.value)) if isinstance(value, ast.Constant) else "([a-z-]+)"


def _asked_for() -> set[str]:
    """Return the keys that are asked for by name."""
    calls = [
        node
        for tree in _trees()
        if _imports_a_speaker(tree)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKERS
    ]
    first = [call.args[0] for call in calls if call.args]
    return {str(key.value) for key in first if isinstance(key, ast.Constant)}


def _imports_a_speaker(tree: ast.Module) -> bool:
    return any(
        name.name in SPEAKERS
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.")
        for name in node.names
    )


class TestUse:
    """Every sentence is said somewhere, and every sentence that is said is there."""

    def test_every_key_that_is_asked_for_is_there(self) -> None:
        """A misspelt key is a fault in front of a person."""
        asked = _asked_for()
        assert {"how-to-ask", "sources", "command:check"} <= asked
        assert asked <= set(TEXTS)

    def test_no_text_is_left_over(self) -> None:
        """A sentence that nobody says any more is kept right by nobody."""
        whole, patterns = _said()
        composed = [re.compile(pattern) for pattern in patterns if re.match(r"[a-z]+:", pattern)]
        unused = {
            key
            for key in TEXTS
            if key not in whole
            and not any((match := each.fullmatch(key)) and match[1] in whole for each in composed)
        }
        assert unused == set()


class TestTypography:
    """French is written as French is set."""

    @pytest.mark.parametrize("key", TEXTS)
    def test_french_has_its_apostrophes_and_spaces(self, key: str) -> None:
        """A line that begins with a question mark, or a typewriter's apostrophe, looks careless."""
        french = TEXTS[key]["fr"]
        assert not re.search("['\"“”]", french)
        assert not TIGHT.search(french)
        assert not LOOSE.search(french)

    @pytest.mark.parametrize("key", TEXTS)
    def test_english_has_its_quotation_marks_and_no_french_ones(self, key: str) -> None:
        """“…” and ’, and no space before a colon."""
        english = TEXTS[key]["en"]
        assert not re.search("['\"«»]", english)
        assert not re.search(r"[\s\u00a0][:;!?]", english)

    @pytest.mark.parametrize("key", [key for key in TEXTS if not key.startswith("export:")])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_text_does_anything_in_discord_by_itself(self, key: str, language: str) -> None:
        """Marks are put round a sentence by the code: most sentences are said in the terminal too."""
        assert not re.search(r"[*_`~|<>\[\]\\]|^[-#+]", TEXTS[key][language])

    def test_the_two_languages_do_not_share_sentences(self) -> None:
        """A French text that was forgotten and copied is English to a French reader."""
        same = {key for key, texts in TEXTS.items() if texts["fr"] == texts["en"] and " " in texts["fr"]}
        assert same == {"counts", "articles:one", "articles:other"}  # words that both languages have


class TestCommands:
    """Discord refuses a command of which one name is too long, in any language."""

    def test_there_are_some(self) -> None:
        """The tests below must not pass for want of commands."""
        assert len(NAMES) == 16
        assert len(DESCRIPTIONS) == 16

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("key", NAMES)
    def test_names_are_short_and_lower_case(self, key: str, language: str) -> None:
        """With one that is not, no command at all is synced."""
        name = TEXTS[key][language]
        assert NAME.fullmatch(name)
        assert name == name.lower()

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("key", DESCRIPTIONS)
    def test_descriptions_are_one_short_line(self, key: str, language: str) -> None:
        """Discord takes 1 to 100 characters."""
        assert 1 <= len(TEXTS[key][language]) <= 100

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_entry_of_a_messages_menu_is_short(self, language: str) -> None:
        """Discord takes 1 to 32 characters; capitals and spaces are allowed here."""
        assert 1 <= len(TEXTS["command:check"][language]) <= 32

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_two_commands_share_a_name(self, language: str) -> None:
        """Discord refuses the second."""
        names = [TEXTS[key][language] for key in NAMES if key.startswith("command:")]
        assert len(set(names)) == len(names)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_buttons_have_short_labels(self, language: str) -> None:
        """Discord takes 80 characters, a phone about 20."""
        labels = [texts[language] for key, texts in TEXTS.items() if key.startswith("button:")]
        assert len(labels) == 9
        assert all(1 <= len(label) <= 20 for label in labels)


class TestWords:
    """Figures and names as people write them."""

    def test_quotation_marks_are_the_readers(self) -> None:
        """« » have their no-break spaces: a line must not begin with one."""
        assert (quoted("oui", "fr"), quoted("oui", "en"), quoted("oui", "de")) == (
            "«\u00a0oui\u00a0»",
            "“oui”",
            "“oui”",
        )

    def test_numbers_are_grouped(self) -> None:
        """41006 has to be counted, 41,006 is read."""
        assert (number(41006, "fr"), number(41006, "en")) == ("41\u202f006", "41,006")

    def test_decimals_have_the_readers_comma(self) -> None:
        """A score is read by people here, and 0.890 is no French figure."""
        assert (decimal(0.8899, 3, "fr"), decimal(-0.431, 2, "fr")) == ("0,890", "-0,43")
        assert (decimal(0.8899, 3, "en"), decimal(12.0, 2, "de")) == ("0.890", "12.00")

    def test_languages_have_names(self) -> None:
        """“fr 22” is for machines; a code without a name stays itself."""
        assert (name_of_language("de", "fr"), name_of_language("de", "en")) == ("allemand", "German")
        assert name_of_language("qqq", "fr") == "qqq"

    def test_a_day_that_is_not_known_is_said_to_be(self) -> None:
        """Nothing is invented."""
        assert published(make_article(published_at=None), "fr") == "sans date"
        assert published(make_article(), "fr") == "9 décembre 2022"

    def test_when_an_index_was_built_is_said_to_the_minute(self) -> None:
        """Two builds of one day are told apart."""
        assert (
            built_line(make_generation(), "fr") == "Index construit le 1er mars 2023 à 08\u00a0h\u00a030 UTC."
        )

    def test_values_are_named_and_not_numbered(self) -> None:
        """The order of words differs between languages."""
        for texts in TEXTS.values():
            names = {name for text in texts.values() for _, name, _, _ in string.Formatter().parse(text)}
            assert not {name for name in names if name is not None and not name.isidentifier()}

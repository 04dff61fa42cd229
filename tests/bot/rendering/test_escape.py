"""Text of strangers is seen in Discord as it was written, and does nothing there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.escape import clean, escape
from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import ATTACKS, hostile

# Scripts that are written from right to left or joined, and emoji that are put together.
ORDINARY = (
    "وقال الوزير إن «الجسر مغلق» منذ ٩ ديسمبر",
    "שָׁלוֹם, ירושלים 2022",
    "می‌خواهم بروم",
    "क्‍ष और ज्ञ",
    "👨‍👩‍👧‍👦 👩🏽‍🚒 ❤️‍🔥 ☎️ 1️⃣",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "L’été « dernier » : 3,5 millions d’euros",
    "Straße, œuvre, naïve, Đà Nẵng",
    "東京タワー",
)
UNSEEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u061c\u00ad\ufeff\x00-\x1f\x7f-\x9f\ud800-\udfff]"
)


class TestEscape:
    """Whatever is written, Discord shows it."""

    @given(hostile)
    def test_nothing_that_a_stranger_writes_makes_anything(self, words: str) -> None:
        """One sign that slips through is a ping to a whole server, or a link to elsewhere."""
        assert read(escape(words)).marks == []

    @given(hostile)
    def test_nothing_is_made_in_the_middle_of_our_own_words(self, words: str) -> None:
        """What is harmless at the beginning of a line must be harmless behind a name and in bold too."""
        found = read(f"Titre : **{escape(words)}x** · {escape(words)}")
        assert found.kinds() == {"bold"}

    @given(hostile)
    def test_every_word_is_seen_as_it_was_written(self, words: str) -> None:
        """A quotation with a backslash in it, or without its asterisk, is not verbatim."""
        assert read(f"x {escape(words)}x").seen == f"x {clean(words)}x"

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_each_attack_does_something_where_it_is_not_escaped(self, attack: str) -> None:
        """A model that does not know an attack would prove nothing about it."""
        assert read(attack).marks != []
        assert read(escape(attack)).marks == []

    @pytest.mark.parametrize(
        ("written", "sent"),
        [
            ("Su-35, porte-avions", "Su-35, porte-avions"),
            ("M. Delmas : « oui »", "M. Delmas : « oui »"),
            ("https://a.example", r"https\:\/\/a.example"),
            ("<@1>", r"\<@1\>"),
            ("@everyone", "@\u2060everyone"),
            ("1939. Puis", r"1939\. Puis"),
            ("- oui", r"\- oui"),
        ],
    )
    def test_ordinary_words_stay_readable_where_markdown_is_not_read(self, written: str, sent: str) -> None:
        """A notification may show the raw message: one full of backslashes could not be read."""
        assert escape(written) == sent


class TestClean:
    """What cannot be seen cannot deceive."""

    @pytest.mark.parametrize("words", ORDINARY)
    def test_ordinary_text_of_any_script_is_left_alone(self, words: str) -> None:
        """Persian without its joiners is misspelt, and a family without them is four people."""
        assert clean(words) == words

    @given(hostile)
    def test_nothing_unseen_is_left(self, words: str) -> None:
        """A character without width can hide a word, one that turns the writing round can forge it."""
        assert not UNSEEN.search(clean(words))

    @given(hostile)
    def test_cleaning_twice_changes_nothing_more(self, words: str) -> None:
        """Text is cleaned on several ways; it must not depend on how often."""
        assert clean(clean(words)) == clean(words)

    @given(st.text())
    def test_it_can_be_sent(self, words: str) -> None:
        """Half a surrogate pair cannot be encoded: the answer would be lost."""
        assert clean(f"{words}\udc00").encode()

    @pytest.mark.parametrize(
        ("words", "seen"),
        [
            ("ev\u200bil", "evil"),
            ("\u202egro.lagel\u202c", "gro.lagel"),
            ("a\u200db", "ab"),
            ("a\ufe0fb", "ab"),
            ("a \n\t b", "a b"),
            ("a\u00a0: b", "a\u00a0: b"),
            ("a\u2028b", "a b"),
        ],
    )
    def test_the_letters_stay(self, words: str, seen: str) -> None:
        """What is left out is what has no width; every letter and every single no-break space stays."""
        assert clean(words) == seen

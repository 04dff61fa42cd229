"""Names sound alike across spellings and scripts, and other names do not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spellings import Spelled, is_read, script_of, sound_alike

# Invented people, each as several languages would spell the name.
PEOPLE = (
    ("Zhukovchenko", "Joukovtchenko", "Schukowtschenko", "Жуковченко", "Ζουκοβτσένκο", "جوكوفتشينكو"),
    ("Tarasevich", "Tarassevitch", "Tarassewitsch", "Тарасевич", "Ταρασέβιτς", "تاراسيفيتش"),
    ("Vandermolen", "Vandermolen", "Vandermolen", "Вандермолен", "Βαντερμόλεν", "فاندرمولين"),
    ("Delmas", "Delmas", "Delmas", "Делмас", "Ντελμάς", "دلماس"),
    ("Kharmadov", "Kharmadov", "Charmadow", "Хармадов", "Χαρμάντοφ", "خارمادوف"),
)
LETTERS = st.characters(categories=("L", "M", "N", "P"))


@pytest.mark.parametrize("spellings", PEOPLE, ids=lambda spellings: spellings[0])
def test_the_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    """Who writes another script must find the same person."""
    apart = [pair for pair in itertools.combinations(spellings, 2) if not sound_alike(*pair)]
    assert apart == []


def test_other_people_do_not_sound_alike() -> None:
    """Another one's words would be quoted."""
    pairs = [
        (one, other)
        for mine, theirs in itertools.permutations(PEOPLE, 2)
        for one in mine
        for other in theirs
        if sound_alike(one, other)
    ]
    assert pairs == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Карелин", "Karlson"),
        ("Морен", "Muron"),
        ("Бойд", "Buddy"),
        ("Ойя", "Ouïe"),
        ("2022", "2023"),
        ("桥", "Bridge"),
    ],
)
def test_what_only_comes_near_is_another_name(one: str, other: str) -> None:
    """Other vowels, one consonant alone, or no letters at all do not make a name."""
    assert not sound_alike(one, other)


@given(st.text(LETTERS, max_size=30), st.text(LETTERS, max_size=30))
def test_it_does_not_matter_which_is_asked_for(one: str, other: str) -> None:
    """Whatever is written, it is heard the same from both sides, and breaks nothing."""
    assert sound_alike(one, other) == sound_alike(other, one)


@given(st.lists(st.text(LETTERS, min_size=1, max_size=12), max_size=8), st.text(LETTERS, max_size=12))
def test_only_what_sounds_alike_is_found(words: list[str], name: str) -> None:
    """The quick look at all words must not let others pass."""
    words = ["".join(word.split()) for word in words]
    assert all(sound_alike(name, word) for word in Spelled(words).like(name))


def test_spellings_are_found_among_words() -> None:
    """In the order in which they stand there, whatever stands between them."""
    found = Spelled(["pont", "joukovtchenko", "maire", "zhukovchenko", "delmas"])
    assert found.like("Жуковченко") == ("joukovtchenko", "zhukovchenko")
    assert found.like("Κ") == ()


def test_a_word_made_to_take_long_does_not() -> None:
    """Whoever writes an article or a question must not be able to stop the bot."""
    assert Spelled(["ks" * 5000, "a" * 5000]).like("кс" * 5000 + "т") == ()


@pytest.mark.parametrize(
    ("text", "script", "read"),
    [
        ("«Что»", "CYRILLIC", True),
        ("12 Élus", "LATIN", True),
        ("谁", "CJK", False),
        ("?!", "", False),
    ],
)
def test_the_script_is_that_of_the_first_letter(text: str, script: str, read: bool) -> None:
    """What nothing here can read is not compared."""
    assert script_of(text) == script
    assert is_read(script) is read

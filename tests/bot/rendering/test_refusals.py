"""Whatever goes wrong, a person reads one sentence that helps."""

from __future__ import annotations

import pytest

import bot.errors
import index.errors
from bot.rendering.catalogue import LANGUAGES, text
from bot.rendering.refusals import SENTENCES, refusal, unexpected
from index.errors import DatelineError
from tests.bot.rendering.discord_markdown import read


def _tree(root: type[DatelineError]) -> list[type[DatelineError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in _tree(child))]


def _classes() -> list[type[DatelineError]]:
    ours = {bot.errors.__name__, index.errors.__name__}
    return [kind for kind in _tree(DatelineError) if kind.__module__ in ours]


def _raised(kind: type[DatelineError], words: str = "x") -> DatelineError:
    if kind is bot.errors.AskedTooOften:
        return bot.errors.AskedTooOften(7)
    if kind is index.errors.NothingRead:
        return index.errors.NothingRead(words, ())
    if kind is bot.errors.DatesReversed:
        return bot.errors.DatesReversed("2023", "2022")
    if kind is bot.errors.PublisherUnknown:
        return bot.errors.PublisherUnknown("Le Monte", ("AFI",))
    return kind(words)


@pytest.mark.parametrize("kind", _classes(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence(kind: type[DatelineError]) -> None:
    """An error that is added without one would be called a fault of ours, or read in English by everybody."""
    assert kind in SENTENCES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", _classes(), ids=lambda kind: kind.__name__)
def test_it_is_one_sentence_in_the_persons_language_with_the_reference(
    kind: type[DatelineError], language: str
) -> None:
    """The reference is how a person and the log speak of the same occasion."""
    (part,) = refusal(_raised(kind), language, reference="ab12cd34")
    lines = part.content.split("\n")
    named = {
        "seconds": 7,
        "date": "x",
        "since": "2023",
        "until": "2022",
        "publisher": "Le Monte",
        "there": "AFI",
    }
    assert lines[0] == text(SENTENCES[kind], language, **named)
    assert lines[0][-1] in ".»”"
    assert lines[-1] == f"-# {text('reference', language, reference='ab12cd34')}"


@pytest.mark.parametrize("kind", _classes(), ids=lambda kind: kind.__name__)
def test_what_operators_read_stays_with_them(kind: type[DatelineError]) -> None:
    """Paths and commands help nobody in a channel, and tell strangers about the machine."""
    said = "/srv/index is gone: run rebuild_index.py"
    (part,) = refusal(_raised(kind, said), "en", reference="ab12cd34")
    repeats_what_was_typed = kind is bot.errors.DateUnreadable
    assert repeats_what_was_typed or "srv" not in part.content
    assert repeats_what_was_typed or "rebuild" not in part.content


def test_one_who_asks_too_often_hears_when_to_ask_again() -> None:
    """“Later” is no answer."""
    (part,) = refusal(bot.errors.AskedTooOften(7), "en", reference="ab12cd34")
    assert "ask again in 7\u00a0s." in part.content.replace("7 s", "7\u00a0s")


def test_an_error_of_a_later_version_has_the_sentence_of_its_kind() -> None:
    """A new kind of damaged index is still an index that cannot be used."""

    class IndexMelted(index.errors.IndexDamaged):
        """Of a test."""

    (part,) = refusal(IndexMelted("x"), "en", reference="ab12cd34")
    assert part.content.startswith("I cannot search the coverage at the moment")


def test_an_outlet_that_is_not_there_names_those_that_are() -> None:
    """Somebody who misspells an outlet must see how it is spelt; what was typed does nothing."""
    (part,) = refusal(bot.errors.PublisherUnknown("@everyone", ("AFI", "<@1>")), "fr", reference="ab12cd34")
    assert part.content.startswith("Je n’ai aucun article de « @⁠everyone ».")
    assert "AFI" in part.content
    assert read(part.content).kinds() == {"small"}


def test_a_collection_that_names_no_outlet_says_so() -> None:
    """“For example:” above nothing helps nobody."""
    (part,) = refusal(bot.errors.PublisherUnknown("AFI", ()), "en", reference="ab12cd34")
    assert part.content.startswith("I have no article of “AFI”: no outlet is named in the index.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_foresaw_has_a_sentence_too(language: str) -> None:
    """Silence never."""
    (part,) = unexpected(language, reference="ab12cd34")
    assert (
        part.content
        == f"{text('refused:fault', language)}\n-# {text('reference', language, reference='ab12cd34')}"
    )

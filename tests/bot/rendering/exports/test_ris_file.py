"""References hold every quote character for character, and no article forges one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import rispy
from hypothesis import example, given
from hypothesis import strategies as st

from bot.types import Answer
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.keeping.making import WORDS, answers, kepts, make_kept, silences
from tests.bot.rendering.exports.reading import (
    COST,
    LANGUAGES,
    disputed,
    files,
    hostile,
    resolved,
    unanswered,
)
from tests.factories import make_article

if TYPE_CHECKING:
    from bot.types import Kept

_NOTE = re.compile(
    r"\[(\d+)\] (.+), version SHA-256 ([0-9a-f]{64})\u00a0?: (?:«\u00a0(.*)\u00a0»|“(.*)”)", re.DOTALL
)


@given(kepts(answers()), st.sampled_from(LANGUAGES))
@example(hostile(), "fr")
def test_every_quote_can_be_read_back(kept: Kept, language: str) -> None:
    """Offsets, version and words must come out of the manager as they went in."""
    assert isinstance(kept.answer, Answer)
    notes = [note for entry in _entries(kept, language) for note in entry["notes"]]
    found = {int(m[1]): m for note in notes if (m := _NOTE.fullmatch(note))}
    assert sorted(found) == [citation.label for citation in kept.answer.citations]
    for citation in kept.answer.citations:
        note = found[citation.label]
        assert resolved(note[4] or note[5]) == citation.quote
        assert re.findall(r"\d+", note[2]) == [str(citation.span.start), str(citation.span.end)]
        assert note[3] == citation.article.version_sha256


@given(kepts(answers() | silences()), st.sampled_from(LANGUAGES))
@example(hostile(), "fr")
def test_no_article_can_forge_a_reference_or_a_field(kept: Kept, language: str) -> None:
    """“TY  - ” in a quote must not become a reference of its own in somebody's library."""
    answer = kept.answer
    cited = [c.article for c in answer.citations] if isinstance(answer, Answer) else answer.nearest
    entries = _entries(kept, language)
    assert len(entries) == len(set(cited))
    for entry in entries:
        assert entry["type_of_reference"] == "NEWS"
        assert set(entry) <= {
            "type_of_reference", "title", "secondary_title", "publisher", "authors", "date", "year", "urls",
            "language", "accession_number", "notes",
        }  # fmt: skip


@given(WORDS)
@example("<b>3 > 2</b>")
def test_no_quote_is_html(words: str) -> None:
    """Managers show notes as HTML: a tag in a quote would vanish from what is shown."""
    entry = _entries(make_kept(make_answer(make_citation(make_article(text=words)))), "en")[0]
    assert not any(sign in note for note in entry["notes"] for sign in "<>")


def test_a_reference_says_what_a_bibliography_needs() -> None:
    """Kind, title, outlet, author, day, address and language each stand in their own field."""
    article = make_article(url="https://courrier.example/pont", byline=("Lise Aubrac", "Paul Nérin"))
    (entry,) = _entries(make_kept(make_answer(make_citation(article, COST))), "fr")
    del entry["notes"]
    assert entry == {
        "type_of_reference": "NEWS", "title": "Orvanne rénove son pont",
        "secondary_title": "Le Courrier d'Orvanne", "publisher": "Le Courrier d'Orvanne",
        "authors": ["Lise Aubrac", "Paul Nérin"], "date": "2022/12/09/", "year": "2022",
        "urls": ["https://courrier.example/pont"], "language": "fr", "accession_number": article.article_id,
    }  # fmt: skip


def test_two_quotes_of_one_article_are_one_reference() -> None:
    """A bibliography lists an article once."""
    quotes = make_citation(words="Les travaux"), make_citation(words="le 9 janvier", label=2)
    (entry,) = _entries(make_kept(make_answer(*quotes)), "en")
    assert [note[:3] for note in entry["notes"]][:2] == ["[1]", "[2]"]


def test_an_address_that_no_manager_should_follow_is_left_out() -> None:
    """A press on “javascript:…” in a library would run it."""
    article = make_article(url="javascript:alert(1)")
    (entry,) = _entries(make_kept(make_answer(make_citation(article))), "en")
    assert "urls" not in entry


def test_the_nearest_of_a_silence_are_not_cited() -> None:
    """In somebody's library the note must say that nothing was quoted, and why."""
    (entry,) = _entries(make_kept(make_not_covered(make_article())), "en")
    assert entry["notes"][0] == (
        "Near to the question, but not quoted. No passage comes near enough to what is asked."
    )
    assert make_article().version_sha256 in entry["notes"][1]


def test_disagreement_corrections_and_reprints_are_notes() -> None:
    """In a library each stands with the article that it is about."""
    first, second = _entries(disputed(), "en")
    corrected, reprinted = "\n".join(first["notes"]), "\n".join(second["notes"])
    assert "Corrected by its newsroom." in corrected
    assert (
        f"Replaces: Le Courrier d'Orvanne · 8 December 2022 · Orvanne rénove son pont · {make_article('avant').article_id}"
        in corrected
    )
    assert "Also in" not in corrected
    assert (
        f"Also in: Le Courrier d'Orvanne · 9 December 2022 · Orvanne rénove son pont · {make_article('reprise').article_id}"
        in reprinted
    )
    for notes in (corrected, reprinted):
        assert "The sources do not say the same" in notes
        assert (
            "Filters set aside, as nothing within them answered: 1 December 2022 to 31 December 2022" in notes
        )
        assert "2 articles without a date were left out." in notes


def test_what_comes_near_a_silence_is_a_note() -> None:
    """Beside the reason."""
    (entry,) = _entries(unanswered(), "en")
    assert entry["notes"][1].startswith("3 articles come near, by AFI")


def test_without_an_article_there_is_no_file() -> None:
    """Discord refuses an empty file."""
    assert set(files(make_kept(make_not_covered()))) == {"md", "csv"}


def _entries(kept: Kept, language: str) -> list[dict[str, Any]]:
    return list(rispy.loads(files(kept, language).get("ris", "")))

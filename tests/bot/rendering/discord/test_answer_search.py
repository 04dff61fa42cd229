"""What was searched for an answer, what differs, and what comes near, in Discord."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.discord import render_answer
from bot.rendering.split import LIMIT, length
from bot.types import Gap, Reason, Search
from index.types import Quotation, Span
from tests.bot.asking import make_answer, make_citation, make_not_covered, make_spoken
from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import hostile, hostile_articles, make_kept
from tests.bot.rendering.reading import content_of
from tests.factories import day, make_article, make_english_article, make_query

if TYPE_CHECKING:
    from bot.types import Answer, NotCovered
    from index.types import Article

DECEMBER = make_query(published_from=day("2022-12-01"), published_to=day("2022-12-31T23:59"))
NEAR = Gap(articles=3, publishers=("AFI",), oldest=day("2022-12-01"), newest=day("2022-12-09"), undated=0)


def lines(answer: Answer | NotCovered, language: str = "fr", *, follows: str | None = None) -> list[str]:
    """Return the lines of an answer to a question about December."""
    kept = make_kept(answer, query=DECEMBER, follows=follows)
    return content_of(render_answer(kept, language)).replace("\u00a0", " ").split("\n")


def test_within_what_was_searched_stands_instead_of_the_filters() -> None:
    """Once is enough; articles without a date are neither lost nor pretended."""
    said = lines(make_answer(search=Search(query=DECEMBER, undated=2)))
    assert "-# Dans les articles de décembre 2022." in said
    assert "-# 2 articles sans date n’ont pas été pris en compte." in said
    assert not any(line.startswith("-# Filtres") for line in said)


def test_what_was_set_aside_is_said_before_the_quotes() -> None:
    """A quote of another month must not pass for one of December."""
    aside = Search(query=make_query(), set_aside=DECEMBER)
    said = lines(make_answer(search=aside), "en")
    (notice,) = [
        line for line in said if line.startswith("-# Nothing in articles of December 2022 answers it")
    ]
    assert said.index(notice) < said.index("**From the coverage:**")
    assert "-# Neither in articles of December 2022 nor in the others." in lines(
        make_not_covered(search=aside), "en"
    )


def test_that_sources_differ_is_said_between_quotes_and_sources() -> None:
    """In the person's language, whatever the question's."""
    citations = (make_citation(), make_citation(make_english_article(), label=2))
    for answer in (make_answer(*citations), make_answer(*citations, mode="generated", model="openai:x")):
        said = lines(replace(answer, differing=(1, 2)), "en")
        (place,) = [n for n, line in enumerate(said) if line.startswith("The sources do not say the same")]
        assert place < said.index("**Sources**")
        assert r"\[1\]" in said[place]
        assert r"\[2\]" in said[place]


def test_a_source_names_its_correction_and_who_printed_the_same() -> None:
    """Small, under the source: it is no answer."""
    older = make_article("avant", published_at=day("2022-12-08"))
    citation = replace(
        make_citation(), is_corrected=True, replaces=older, also_in=(make_english_article(), older)
    )
    said = lines(make_answer(citation))
    assert "-# Article corrigé par sa rédaction." in said
    assert "-# Remplace la version du 8 décembre 2022." in said
    assert any(line.startswith("-# ") and "The Saltmere Gazette" in line for line in said)


def test_who_speaks_stands_under_the_source() -> None:
    """Small, and only where the quote does not name that person."""
    alone = make_spoken("Le pont ne rouvrira pas cet hiver.")
    assert "-# Selon Odile Marchais" in lines(make_answer(alone))
    assert "-# According to Odile Marchais" in lines(make_answer(alone), "en")
    assert not any("Selon" in line for line in lines(make_answer(make_spoken())))


def test_what_comes_near_is_told_in_figures_where_nothing_answers() -> None:
    """But not where an answer was given before, and only nothing more is found."""
    sentence = "3 articles s’en approchent, publié par AFI, du 1er décembre 2022 au 9 décembre 2022."
    silent = replace(make_not_covered(), gap=NEAR)
    assert sentence in lines(silent)
    assert sentence not in lines(replace(silent, reason=Reason("nothing-more")), follows="f" * 16)


_names = st.lists(hostile, min_size=1, max_size=5).map(tuple)


@given(st.lists(hostile_articles(), min_size=3, max_size=3), _names, st.sampled_from(("fr", "en", "de")))
def test_names_of_outlets_make_nothing_happen(
    articles: list[Article], names: tuple[str, ...], language: str
) -> None:
    """An outlet's name is a stranger's text in each of these sentences too, and as long as it likes."""
    first, second, third = articles
    first = replace(first, quotations=(Quotation(Span(0, len(first.text)), names[0]),))
    query = make_query(publishers=names)
    citations = (
        replace(make_citation(first), also_in=(second, third), is_corrected=True, replaces=third),
        make_citation(second, label=2),
    )
    answer = replace(
        make_answer(*citations, search=Search(query=make_query(), set_aside=query)), differing=(1, 2)
    )
    silent = replace(
        make_not_covered(first, search=Search(query=query, undated=3)),
        gap=replace(NEAR, publishers=names[:1]),
    )
    for each in (answer, silent):
        for part in render_answer(make_kept(each), language):
            assert length(part.content) <= LIMIT
            assert read(part.content).kinds() <= {"quote", "bold", "small", "link"}


def test_a_name_of_six_thousand_letters_is_cut() -> None:
    """The sentence must fit into one message."""
    query = make_query(publishers=("p" * 6000,) * 3)
    (part,) = render_answer(make_kept(make_not_covered(search=Search(query=query))), "fr")
    assert "ppp…" in part.content

"""A passage where it stands, and an article whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.discord import render_article, render_passage
from bot.rendering.escape import clean
from bot.rendering.links import link_to
from bot.rendering.split import LIMIT, length
from index.types import Article, Span
from tests.bot.asking import make_citation
from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import hostile, hostile_articles
from tests.bot.rendering.reading import content_of, seen_in, squeezed
from tests.factories import FRENCH_TEXT, make_article, make_generation

COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."


class TestPassage:
    """The quoted words stand out from those around them."""

    def test_the_paragraphs_around_are_there_and_the_words_are_bold(self) -> None:
        """Whoever presses a number wants to see that the quote is no trick of selection."""
        article = make_article(text=f"Avant.\n{FRENCH_TEXT}\nAprès.", url="https://courrier.example/pont")
        (part,) = render_passage(make_citation(article, COST), "fr", changed=False)
        first, second = FRENCH_TEXT.split("\n")
        assert part.content.split("\n\n")[:4] == [
            "**Orvanne rénove son pont**\nLe Courrier d'Orvanne · 9 décembre 2022 · par Lise Aubrac",
            "> Avant.",
            f"> {first.replace(COST, '')}**{COST}**",
            f"> {second}",
        ]
        assert part.content.endswith("courrier.example")

    def test_the_first_and_the_last_paragraph_have_one_neighbour(self) -> None:
        """Nothing stands before the beginning."""
        article = make_article(text="Un.\nDeux.")
        assert "> **Un.**\n\n> Deux." in content_of(
            render_passage(make_citation(article, "Un."), "fr", changed=False)
        )
        assert content_of(render_passage(make_citation(article, "Deux."), "fr", changed=False)).endswith(
            "> Un.\n\n> **Deux.**"
        )

    def test_words_of_two_paragraphs_are_bold_in_both(self) -> None:
        """Bold that runs over a line break would end at it, or not at all."""
        article = make_article(text="Un. Deux.\nTrois. Quatre.")
        content = content_of(render_passage(make_citation(article, "Deux.\nTrois."), "fr", changed=False))
        assert "> Un. **Deux.**\n\n> **Trois.** Quatre." in content

    @pytest.mark.parametrize("changed", [True, False])
    def test_that_the_article_has_changed_is_said(self, changed: bool) -> None:
        """A correction behind an answer must not stay unseen."""
        content = content_of(render_passage(make_citation(), "en", changed=changed))
        assert ("The article has changed since this answer" in content) is changed

    def test_context_is_cut_visibly_and_the_quote_never(self) -> None:
        """A paragraph of a whole article is no context on a phone."""
        around = "mot " * 1000
        article = make_article(text=f"{around}\n{around}{COST} {around}\n{around}")
        (part,) = render_passage(make_citation(article, COST), "fr", changed=False)
        assert f"**{COST}**" in part.content
        assert part.content.count("…") == 4

    @given(hostile_articles(), st.data())
    def test_bold_survives_whatever_is_written(self, article: Article, data: st.DataObject) -> None:
        """The quoted words are in bold, and nothing else in the article does anything."""
        start = data.draw(st.integers(0, len(article.text) - 1))
        end = data.draw(st.integers(start + 1, len(article.text)))
        citation = make_citation(article, article.text[start:end])
        parts = render_passage(citation, "fr", changed=True)
        marks = [mark for part in parts for mark in read(part.content).marks]
        link = link_to(article.url, citation.quote)
        assert {mark.kind for mark in marks} <= {"quote", "bold", "small", "link"}
        assert [mark.target for mark in marks if mark.kind == "link"] == ([link.target] if link else [])
        in_bold = "".join(mark.words for mark in marks if mark.kind == "bold")
        quoted = citation.span.of(article.text)
        assert squeezed(in_bold).endswith("".join(squeezed(line) for line in quoted.splitlines()))
        assert all(length(part.content) <= LIMIT for part in parts)

    def test_a_quote_that_is_longer_than_a_message_is_bold_to_its_end(self) -> None:
        """A bold that is opened in one message and closed in the next is two stars in each."""
        article = make_article(text=f"Avant. {COST * 60} Après.")
        parts = render_passage(make_citation(article, COST * 60), "fr", changed=False)
        bold = [mark for part in parts for mark in read(part.content).of("bold")]
        assert {kind for part in parts for kind in read(part.content).kinds()} == {"bold", "quote"}
        assert squeezed("".join(mark.words for mark in bold[1:])) == squeezed(COST * 60)


class TestArticle:
    """An article whole, however long."""

    def test_a_short_one_is_one_message(self) -> None:
        """Facts, paragraphs, headings, and the name by which its citations can be checked."""
        text = "Un.\nLe pont\nDeux."
        article = make_article(text=text, headings=(Span(4, 11),), url="https://courrier.example/pont")
        (part,) = render_article(article, "fr", make_generation())
        assert part.content.split("\n") == [
            "**Orvanne rénove son pont**",
            "Le Courrier d'Orvanne · 9 décembre 2022 · par Lise Aubrac",
            "[Lire l’article](<https://courrier.example/pont>) · courrier.example",
            "",
            "Un.",
            "",
            "**Le pont**",
            "",
            "Deux.",
            "",
            f"-# {article.article_id} · Index du 1er mars 2023, 2 articles, le plus récent du 14 février 2023.",
        ]
        assert part.files == ()

    def test_one_of_several_messages_is_whole(self) -> None:
        """Cut between paragraphs and sentences, and nothing is lost."""
        article = make_article(text="\n".join(FRENCH_TEXT for _ in range(12)))
        parts = render_article(article, "fr", make_generation())
        assert 1 < len(parts) <= 5
        assert squeezed(article.text) in seen_in(parts)
        assert not any(part.files for part in parts)

    @pytest.mark.parametrize("paragraphs", [60, 3000])
    def test_of_a_very_long_one_the_rest_is_in_a_file(self, paragraphs: int) -> None:
        """A channel must not drown, and nothing is lost: the file is the text as it was indexed."""
        article = make_article(text="\n".join(FRENCH_TEXT for _ in range(paragraphs)))
        parts = render_article(article, "en", make_generation())
        assert len(parts) == 5
        assert "The rest would be too long here" in parts[-1].content
        assert [file.name for file in parts[-1].files] == [f"{article.article_id}.txt"]
        assert parts[-1].files[0].data.decode() == article.text

    def test_no_file_is_larger_than_discord_takes(self) -> None:
        """A file of 30 MB is refused, and the message with it."""
        article = make_article(text="字" * 2_000_001)
        files = render_article(article, "en", make_generation())[-1].files
        assert all(len(file.data) <= 8 * 1024 * 1024 for file in files)
        assert b"".join(file.data for file in files).decode() == article.text
        assert len({file.name for file in files}) == len(files) == 2

    @given(hostile_articles(), hostile)
    def test_nothing_in_it_does_anything(self, article: Article, more: str) -> None:
        """A whole article is the most that a stranger can say."""
        whole = make_article(
            text=f"{article.text}\n{more}\nfin", headline=article.headline, publisher=article.publisher
        )
        parts = render_article(whole, "en", make_generation())
        assert {kind for part in parts for kind in read(part.content).kinds()} <= {"bold", "small"}
        assert squeezed(whole.text) in seen_in(parts)
        assert all(length(part.content) <= LIMIT for part in parts)

    def test_a_heading_that_is_a_whole_page_is_bold_in_pieces(self) -> None:
        """What a page calls a heading may be anything."""
        text = f"{COST * 40}\nfin"
        article = make_article(text=text, headings=(Span(0, len(COST * 40)),))
        parts = render_article(article, "fr", make_generation())
        assert squeezed(clean(COST * 40)) in seen_in(parts)
        assert {kind for part in parts for kind in read(part.content).kinds()} == {"bold", "small"}

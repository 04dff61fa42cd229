"""An answer at the terminal: whole, findable, and obeyed by nobody."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.rendering.catalogue import index_line
from bot.rendering.terminal import harmless, render, render_article
from bot.types import Reason
from tests.bot.asking import make_answer, make_citation, make_not_covered, make_spoken
from tests.factories import FRENCH_TEXT, make_article, make_english_article, make_generation

if TYPE_CHECKING:
    from rich.console import RenderableType

COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."
# What moves a cursor, colours a screen, rings a bell or turns the writing round.
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ATTACKS = (
    "\x1b[31mrouge\x1b[0m",
    "\x1b]8;;http://evil.example\x1b\\lien\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "\u202eesrever\u202c",
    "\u2066isolé\u2069",
    "\x07\x08\x7f\x00",
    "fin\rdébut",
    "\x85",
)
MARKUP = (
    "[bold]gras[/bold]",
    "[/]",
    "[link=http://evil.example]lien[/link]",
    ":bomb:",
    "[red",
    "{0}",
    "\\[x]",
)


def shown(renderable: RenderableType, *, width: int = 100, terminal: bool = False) -> str:
    """Return what a console prints."""
    console = Console(file=io.StringIO(), width=width, highlight=False, force_terminal=terminal)
    console.print(renderable)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _unwrapped(printed: str) -> str:
    return " ".join(printed.split())


class TestAnswer:
    """Quotes stand out and are found again."""

    def test_a_french_answer_is_whole(self) -> None:
        """The quote in « », its label, the source with its facts, and the age of the index are all there."""
        article = make_article(url="https://courrier.example/pont")
        printed = shown(render(make_answer(make_citation(article, COST))))
        start = FRENCH_TEXT.index(COST)
        assert f"« {COST} » [1]" in _unwrapped(printed)
        assert "[1] Orvanne rénove son pont" in printed
        assert "Le Courrier d'Orvanne · par Lise Aubrac · 9 décembre 2022" in printed
        assert "https://courrier.example/pont" in printed
        assert f"{article.article_id} · caractères {start} à {start + len(COST)}" in printed
        assert printed.rstrip().endswith("2 articles, le plus récent du 14 février 2023.")

    def test_an_english_question_reads_english_around_a_french_quote(self) -> None:
        """The words around the quote are in the question's language, the quote in its article's."""
        printed = shown(render(make_answer(make_citation(words=COST), language="en")))
        assert f"“{COST}” [1]" in _unwrapped(printed)
        assert "by Lise Aubrac · 9 December 2022" in printed
        assert "Index of 1 March 2023, 2 articles, newest of 14 February 2023." in printed

    def test_another_language_reads_english(self) -> None:
        """Nobody who asks in German may get a KeyError."""
        assert "From the coverage:" in shown(render(make_answer(language="de")))

    def test_each_quote_has_its_label_and_each_label_its_source(self) -> None:
        """A reader of the third quote must find the third source."""
        harbour = make_english_article()
        printed = shown(
            render(
                make_answer(
                    make_citation(words=COST),
                    make_citation(
                        harbour, "Ferries to the islands will leave from Brackley instead.", label=2
                    ),
                )
            )
        )
        assert "Brackley instead. » [2]" in _unwrapped(printed)
        assert printed.index("[1] Orvanne") < printed.index("[2] Saltmere")

    def test_who_speaks_is_said_under_the_source(self) -> None:
        """Whoever keeps the quote keeps the person it is from."""
        printed = shown(render(make_answer(make_spoken("La rampe est fendue."))))
        assert "Selon Odile Marchais" in printed
        assert "Selon" not in shown(render(make_answer(make_spoken())))

    def test_what_is_not_known_is_said_to_be_unknown(self) -> None:
        """An article without headline, outlet and date is cited by its file, and nothing is invented."""
        article = make_article(headline=None, publisher=None, byline=(), published_at=None)
        printed = shown(render(make_answer(make_citation(article, COST))))
        assert "[1] (sans titre)" in printed
        assert "média non précisé · sans date" in printed
        assert "coverage/pont.txt" in printed

    @pytest.mark.parametrize("width", [20, 40, 80, 200])
    def test_a_terminal_of_any_width_shows_every_word(self, width: int) -> None:
        """A narrow window wraps a quote; it must not swallow the end of it."""
        printed = shown(render(make_answer(make_citation())), width=width)
        assert re.sub(r"\s", "", FRENCH_TEXT) in re.sub(r"\s", "", printed)

    def test_an_index_without_dates_says_so(self) -> None:
        """No date must not be printed as some date."""
        line = index_line(make_generation(newest_published_at=None), "en")
        assert line == "Index of 1 March 2023, 2 articles, none dated."


class TestNotCovered:
    """Silence is explained."""

    def test_reason_and_nearest_headlines_are_shown(self) -> None:
        """A reader must see why, and where to read on."""
        answer = make_not_covered(
            make_article(), make_english_article(), reason=Reason("name-missing", ("Emmanuel Macron",))
        )
        printed = shown(render(answer))
        assert "La couverture ne répond pas à cette question." in printed
        assert "ne mentionnent pas : Emmanuel Macron." in printed
        assert printed.index("Orvanne rénove son pont") < printed.index("Saltmere harbour to close")
        assert "Index du" in printed

    def test_without_any_article_no_list_is_announced(self) -> None:
        """“The nearest articles:” above nothing reads like a fault."""
        printed = shown(render(make_not_covered(reason=Reason("nothing-found"), language="en")))
        assert "No article passes these filters." in printed
        assert "nearest" not in printed.lower()


class TestHarmless:
    """An article is shown; it commands nothing."""

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_control_characters_in_a_quote_are_shown_not_obeyed(self, attack: str) -> None:
        """A scraped page must not clear the screen, colour it, or turn its own quote round."""
        article = make_article(text=f"Le pont {attack} est fermé.")
        assert not OBEYED.search(shown(render(make_answer(make_citation(article)))))

    @pytest.mark.parametrize("attack", ATTACKS)
    @pytest.mark.parametrize("terminal", [True, False])
    def test_no_fact_of_an_article_is_obeyed(self, attack: str, terminal: bool) -> None:
        """Headline, outlet, byline, file and url come from the same page as the text."""
        article = make_article(
            headline=f"Titre {attack}",
            publisher=f"Média {attack}",
            byline=(f"Nom {attack}",),
            url=f"https://x.example/{attack}",
            source_path=f"page {attack}.html",
            text=f"Texte {attack}",
        )
        spoken = make_spoken("La rampe est fendue.", name=f"Nom {attack}")
        without = make_article(url=None, source_path=f"page {attack}.html")
        faces = (
            render(make_answer(make_citation(article))),
            render(make_answer(make_citation(without))),
            render(make_answer(spoken)),
            render(make_not_covered(article)),
            render_article(article, "fr"),
        )
        for face in faces:
            printed = shown(face, terminal=terminal)
            # Our own colours are the only commands that reach a terminal.
            ours = re.sub(r"\x1b\[[0-9;]*m", "", printed) if terminal else printed
            assert not OBEYED.search(ours)
            if attack.startswith("\x1b[31m"):
                assert "␛[31mrouge" in ours

    @pytest.mark.parametrize("markup", MARKUP)
    def test_markup_in_an_article_is_shown_as_it_stands(self, markup: str) -> None:
        """Square brackets are an editor's words; read as rich's markup they vanish or raise."""
        article = make_article(
            headline=f"Titre {markup}",
            publisher=markup,
            byline=(markup,),
            text=f"Le pont {markup} est fermé.",
        )
        answer = make_answer(make_citation(article), question=f"Pont {markup} ?")
        for face in (
            render(answer),
            render_article(article, "fr"),
            render(make_not_covered(article, reason=Reason("name-missing", (markup,)))),
        ):
            assert shown(face).count(markup) >= 2

    def test_lines_and_tabs_stay(self) -> None:
        """Paragraphs of an article are not an attack."""
        assert harmless("un\n\tdeux") == "un\n\tdeux"

    @given(st.text(max_size=40))
    def test_harmless_keeps_the_length_and_every_other_character(self, words: str) -> None:
        """A quote that is shown must be the quote: nothing but control characters may be replaced."""
        safe = harmless(words)
        assert len(safe) == len(words)
        assert not OBEYED.search(safe)
        assert all(a == b for a, b in zip(words, safe, strict=True) if not OBEYED.match(a))


class TestArticle:
    """An article is printed whole."""

    @pytest.mark.parametrize("width", [80, 5000])
    def test_the_text_is_whole_with_its_facts_above(self, width: int) -> None:
        """Whoever checks a citation needs id, file, url and every word."""
        article = make_article(url="https://courrier.example/pont")
        printed = shown(render_article(article, "fr"), width=width)
        for fact in (
            article.article_id,
            "coverage/pont.txt",
            "https://courrier.example/pont",
            "Orvanne rénove son pont",
            "Le Courrier d'Orvanne · par Lise Aubrac · 9 décembre 2022",
        ):
            assert fact in printed
        assert _unwrapped(FRENCH_TEXT) in _unwrapped(printed)

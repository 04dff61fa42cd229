"""Names of a question, and whether an article mentions them in its own spelling."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.dates import years_in
from bot.answering.names import is_about_year, mentions, must_be_mentioned, names_in
from tests.bot.asking import article_saying
from tests.factories import make_article

LANGUAGES = ("fr", "en", "de", "es", "ru", "zh")


class TestNamesIn:
    """Runs of capitalised words, where capitals mean a name."""

    @pytest.mark.parametrize(
        ("question", "language", "names"),
        [
            ("Qu'a dit Emmanuel Macron ?", "fr", ("Emmanuel Macron",)),
            ("Quels avions l'Iran pourrait-il recevoir ?", "fr", ("Iran",)),
            ("Que veut l’Élysée ?", "fr", ("Élysée",)),
            ("Que fait la Maison Blanche à Paris ?", "fr", ("Maison Blanche", "Paris")),
            ("Le SU-35 est-il russe ?", "fr", ("SU-35",)),
            ("What did Emmanuel Macron say?", "en", ("Emmanuel Macron",)),
            ("Who will the United States sanction?", "en", ("United States",)),
            ("Did the mayor meet Finch, Reddick and Delmas?", "en", ("Finch", "Reddick", "Delmas")),
            ("¿Qué dijo Pedro Sánchez el lunes?", "es", ("Pedro Sánchez",)),
            ("Что сказал Путин?", "ru", ("Путин",)),
        ],
    )
    def test_names_are_found_whole(self, question: str, language: str, names: tuple[str, ...]) -> None:
        """A name that is overlooked is answered with somebody else's words."""
        assert names_in(question, language) == names

    @pytest.mark.parametrize(
        ("question", "language"),
        [
            ("Combien coûte un drone ?", "fr"),
            ("Kirby said what?", "en"),
            ("Did the port close on Monday or in May?", "en"),
            ("What did I miss before Christmas?", "en"),
            ("Was hat die Regierung in der Stadt beschlossen?", "de"),
            ("WHO PAYS FOR THE BRIDGE?", "en"),
            ("What Did The Mayor Say About The Bridge?", "en"),
            ("谁修了桥？", "zh"),
            ("qui a dit ça ? Quand ? Pourquoi ?", "fr"),
            ("", "fr"),
            ("Qui ?", "fr"),
        ],
    )
    def test_capitals_that_mean_nothing_make_no_name(self, question: str, language: str) -> None:
        """First words, weekdays, headlines and German nouns would be "never mentioned"."""
        assert names_in(question, language) == ()

    @pytest.mark.parametrize(
        ("question", "name"),
        [
            ("Qui est Vladimir Poutine ?", "Vladimir Poutine"),
            ("Who is Jean-Luc Mélenchon?", "Jean-Luc Mélenchon"),
        ],
    )
    def test_the_shortest_question_about_a_person_holds_a_name(self, question: str, name: str) -> None:
        """“Who is …?” is asked most often, and must be refused for a person whom nobody mentions."""
        assert name.split(maxsplit=1)[0] in " ".join(
            names_in(question, "fr" if question.startswith("Qui") else "en")
        )

    @pytest.mark.parametrize(
        ("question", "language", "name"),
        [
            ("Qu'a dit M. Delmas au conseil ?", "fr", "Delmas"),
            ("What did Dr. Finch say about it?", "en", "Finch"),
            ("Qu'a écrit J. Delmas dans sa lettre ?", "fr", "Delmas"),
        ],
    )
    def test_a_name_behind_a_title_is_a_name(self, question: str, language: str, name: str) -> None:
        """Newspapers write « M. Delmas »: so do those who ask."""
        assert any(name in found for found in names_in(question, language))

    def test_decomposed_accents_make_the_same_names(self) -> None:
        """A question pasted from a Mac would be refused because nobody mentions "Me"."""
        question = "Qu'a dit hier le député Mélenchon ?"
        assert names_in(unicodedata.normalize("NFD", question), "fr") in {
            ("Mélenchon",),
            (unicodedata.normalize("NFD", "Mélenchon"),),
        }

    @given(st.text(max_size=80), st.sampled_from(LANGUAGES))
    def test_no_question_breaks_it(self, question: str, language: str) -> None:
        """Whatever is typed has names or none; each is taken from the question."""
        for name in names_in(question, language):
            assert name.split()[0] in question

    def test_no_letter_breaks_it(self) -> None:
        """Some letters fold to no word at all: asked before and after a name they must not raise."""
        odd = [chr(i) for i in range(0x110000) if chr(i).isalnum() and not chr(i).isascii()]
        for start in range(0, len(odd), 500):
            names_in("Qui " + " ".join(odd[start : start + 500]) + " est là ?", "fr")


class TestMentions:
    """A name is found in the spelling of the article's language."""

    @pytest.mark.parametrize(
        ("name", "language", "text", "article_language"),
        [
            ("Putin", "en", "Vladimir Poutine a parlé.", "fr"),
            ("Poutine", "fr", "Putin spoke on Friday.", "en"),
            ("Zelenskyy", "en", "Volodymyr Zelensky a parlé.", "fr"),
            ("Gorbachev", "en", "Mikhaïl Gorbatchev a parlé.", "fr"),
            ("Khrushchev", "en", "Khrouchtchev a parlé.", "fr"),
            ("Tehran", "en", "De Moscou à Téhéran.", "fr"),
            ("London", "en", "Le maire de Londres.", "fr"),
            ("Iran", "fr", "Des pilotes iraniens s'entraînent.", "fr"),
            ("Iran", "en", "Des pilotes iraniens s'entraînent.", "fr"),
            ("United States", "en", "Les Etats-Unis allaient sanctionner.", "fr"),
            ("United States", "en", "Les États-Unis allaient sanctionner.", "fr"),
            ("United States", "en", "Les Américains le savent.", "fr"),
            ("USA", "en", "Les États-Unis allaient sanctionner.", "fr"),
            ("États-Unis", "fr", "The United States will vote.", "en"),
            ("UK", "en", "Le Royaume-Uni a voté.", "fr"),
            ("Germany", "en", "L'Allemagne a voté.", "fr"),
            ("Allemagne", "fr", "Germany voted.", "en"),
            ("Pays-Bas", "fr", "The Dutch government fell.", "en"),
            ("North Korea", "en", "La Corée du Nord a tiré.", "fr"),
            ("Japan", "en", "Les Japonais ont voté.", "fr"),
            ("Delmas", "fr", "M. DELMAS l'a dit.", "fr"),
            ("Élysée", "fr", "L'Elysee se tait.", "fr"),
        ],
    )
    def test_a_name_is_found_across_spellings(
        self, name: str, language: str, text: str, article_language: str
    ) -> None:
        """Refusing to answer because "Poutine" is not "Putin" would be false, and final."""
        assert mentions(article_saying("a", text, article_language), name, question_language=language)

    @pytest.mark.parametrize(
        ("name", "language"),
        [
            ("Emmanuel Macron", "fr"),
            ("Emmanuel Macron", "en"),
            ("Macron", "en"),
            ("Germany", "en"),
            ("Saltmere", "fr"),
        ],
    )
    def test_a_name_that_is_not_there_is_missing(self, name: str, language: str) -> None:
        """The seed article's kind of text mentions Kirby, Iran and Russia, and no one else."""
        text = (
            "Selon John Kirby, l'Iran pourrait recevoir des avions de la Russie. La Maison Blanche a lancé "
            "vendredi un grave avertissement contre le partenariat entre Moscou et Téhéran, a dit le porte-parole."
        )
        assert not mentions(article_saying("b", text, "fr"), name, question_language=language)

    def test_a_part_of_a_longer_word_is_no_mention(self) -> None:
        """“Oran” stands in “Orange” letter for letter, and is another town."""
        assert not mentions(article_saying("d", "Orange et Doran votent."), "Oran", question_language="fr")
        assert mentions(article_saying("e", "Orange, puis Oran, votent."), "Oran", question_language="fr")

    @pytest.mark.parametrize("place", ["headline", "publisher", "byline"])
    def test_a_name_counts_wherever_the_article_has_it(self, place: str) -> None:
        """“What does Lise Aubrac write?” is answered by her articles."""
        facts = {"headline": None, "publisher": None, "byline": ()} | {
            place: ("Lise Aubrac",) if place == "byline" else "Lise Aubrac"
        }
        article = make_article(text="Le pont est fermé.", **facts)  # type: ignore[arg-type]
        assert mentions(article, "Aubrac", question_language="fr")

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("John Smith", "John Kirby spoke of drones on Friday."),
            ("President Macron", "President Biden spoke of drones on Friday."),
            ("New Delhi", "The new bridge opens in May."),
        ],
    )
    def test_somebody_elses_first_name_is_no_mention(self, name: str, text: str) -> None:
        """“What did John Smith say?” must not be answered with what John Kirby said."""
        assert not mentions(article_saying("c", text), name, question_language="en")

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("Macron", "La macroéconomie du pays inquiète."),
            ("Trump", "The trumpet sounded."),
            ("Paris", "Un pari."),
        ],
    )
    def test_a_word_that_begins_like_a_name_is_no_mention(self, name: str, text: str) -> None:
        """Macroeconomics does not mention Macron: whom nobody mentions would be answered for."""
        assert not mentions(article_saying("d", text, "fr"), name, question_language="fr")

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("Vladimir Putin", "Le potentiel de la région grandit."),
            ("Emmanuel Macron", "Il a parlé devant le micro."),
            ("Joe Biden", "Un bidon est tombé."),
        ],
    )
    def test_a_word_with_the_same_consonants_is_no_mention(self, name: str, text: str) -> None:
        """“Potentiel” does not mention Putin: the refusal that was promised would never come."""
        assert not mentions(article_saying("e", text, "fr"), name, question_language="en")

    @pytest.mark.parametrize(
        ("name", "language", "text", "article_language"),
        [
            ("White House", "en", "La Maison Blanche a parlé.", "fr"),
            ("Maison Blanche", "fr", "The White House spoke.", "en"),
            ("Middle East", "en", "Au Moyen-Orient, la guerre.", "fr"),
            ("Red Cross", "en", "La Croix-Rouge intervient.", "fr"),
            ("United Kingdom", "en", "La Grande-Bretagne a voté.", "fr"),
        ],
    )
    def test_a_name_that_is_translated_does_not_refuse(
        self, name: str, language: str, text: str, article_language: str
    ) -> None:
        """“What did the White House say?” is refused although the French article is all about it."""
        article = article_saying("f", text, article_language)
        required = must_be_mentioned(name, article, question_language=language)
        assert not required or mentions(article, name, question_language=language)

    def test_a_single_name_of_another_language_does_not_refuse(self) -> None:
        """Beijing and Pékin share no letter: across languages one word that is not found proves nothing."""
        article = article_saying("h", "Pékin et l'OTAN ont protesté.", "fr")
        assert not must_be_mentioned("Beijing", article, question_language="en")
        assert not must_be_mentioned("NATO", article, question_language="en")
        assert must_be_mentioned("Macron", article, question_language="fr")
        assert must_be_mentioned("Emmanuel Macron", article, question_language="en")

    @given(st.text(max_size=30), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
    def test_no_name_breaks_it(self, name: str, asked_in: str, written_in: str) -> None:
        """Any name in any language is mentioned or not."""
        article = article_saying("g", "Le pont 桥 мост est fermé.", written_in)
        assert mentions(article, name, question_language=asked_in) in {True, False}


class TestYears:
    """A question about a year is answered by articles of that year, or about it."""

    @pytest.mark.parametrize(
        ("question", "years"),
        [
            ("Combien de postes ont disparu en 2020 ?", ("2020",)),
            ("What changed between 1998 and 2021, in 1998?", ("1998", "2021")),
            ("Combien coûtent 2500 tuiles ?", ()),
            ("Qui a gagné 12 fois ?", ()),
        ],
    )
    def test_years_are_told_from_other_figures(self, question: str, years: tuple[str, ...]) -> None:
        """A price of 2500 must not be asked for as a year."""
        assert years_in(question) == years

    def test_an_article_is_about_its_own_year_and_those_it_names(self) -> None:
        """An article of 2022 that looks back on 1998 answers about both, and not about 2020."""
        article = make_article(text="Mis à l'eau en 1998, le ferry a été réparé deux fois.")
        assert is_about_year(article, "2022")
        assert is_about_year(article, "1998")
        assert not is_about_year(article, "2020")


@pytest.mark.parametrize(
    ("name", "language", "text", "written_in", "required"),
    [
        ("Виктор Жуковченко", "ru", "Viktor Joukovtchenko a reçu le maire.", "fr", True),
        ("Жуковченко", "ru", "Viktor Joukovtchenko a reçu le maire.", "fr", False),
        ("Viktor Joukovtchenko", "fr", "Viktor Zhukovchenko met the mayor.", "en", True),
        ("White House", "en", "Белый дом молчит.", "ru", False),
        ("Виктор Жуковченко", "ru", "桥已关闭。", "zh", False),
    ],
)
def test_first_and_last_name_must_be_there_where_they_can_be_read(
    name: str, language: str, text: str, written_in: str, required: bool
) -> None:
    """In Russian two capitals are a person's; in English they may be what another language translates."""
    article = make_article(text=text, language=written_in)
    assert must_be_mentioned(name, article, question_language=language) is required


@pytest.mark.parametrize(
    ("name", "language", "text", "written_in", "is_there"),
    [
        ("Виктор Жуковченко", "ru", "M. Joukovtchenko a reçu le maire.", "fr", True),
        ("Виктора Жуковченко", "ru", "M. Joukovtchenko a reçu le maire.", "fr", True),
        ("Βίκτορ Ζουκοβτσένκο", "el", "Mr Zhukovchenko met the mayor.", "en", True),
        ("Joukovtchenko", "fr", "Виктор Жуковченко молчит.", "ru", True),
        ("Соединённых Штатов", "ru", "Les États-Unis ont voté.", "fr", True),
        ("Северной Корее", "ru", "La Corée du Nord a tiré.", "fr", True),
        ("Виктор Жуковченко", "ru", "Le maire a reçu Paul Delmas.", "fr", False),
        ("Βίκτορ Ζουκοβτσένκο", "el", "The mayor met Paul Delmas.", "en", False),
    ],
)
def test_a_name_is_found_across_scripts(
    name: str, language: str, text: str, written_in: str, is_there: bool
) -> None:
    """Who asks in another script must not be told that the coverage never mentions whom it names."""
    assert (
        mentions(make_article(text=text, language=written_in, byline=()), name, question_language=language)
        is is_there
    )


@pytest.mark.parametrize("typed", ["Delams", "Dlmas", "Delmmas", "DELAMS", "Dellmas"])
def test_a_slip_of_the_keys_is_the_name(typed: str) -> None:
    """Who hits two keys in the wrong order must not be told that nobody mentions her."""
    assert mentions(make_article(), typed, question_language="fr")


@pytest.mark.parametrize("typed", ["Dulmas", "Dalmes", "Elmas", "Delm", "Delmandas", "Attnedre"])
def test_another_name_is_no_slip(typed: str) -> None:
    """Hansen and Hanson are two people, and a common word is nobody's name."""
    assert not mentions(make_article(), typed, question_language="fr")

"""Passages are whole sentences with exact offsets, in French first."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from index.passages import sentences, split
from index.types import Article, Foreign, Span
from tests.factories import make_article

# Two sentences each: a case passes when the text is cut at the bar and nowhere else.
FRENCH = [
    "« Nous partirons demain. » | Le maire n'a rien ajouté.",
    "Il a dit : « Je pars. » | Elle est restée.",
    "« Est-ce possible ? » a-t-il demandé. | Personne n'a répondu.",
    "« C'est fini ! », a lancé la maire. | La salle a ri.",
    "« Où va-t-on ? », demande M. Roux. | Nul ne répond.",
    "« Il est tard. Rentrons », dit-il. | Elle rit.",
    "«\u00a0Est-ce vrai\u00a0?\u00a0» demande-t-elle. | Il se tait.",
    "“Nous partons.” | Le ministre se tait.",
    "M. Dupont est arrivé. | Mme Leroy est partie.",
    "MM. Roux et Blanc plaident. | Me Noir écoute.",
    "Le Pr. Lenoir opère. | Mgr. Valois prie.",
    "Selon J. Martin, tout va bien. | Rien n'est moins sûr.",
    "J.-L. Vernay refuse. | Il s'explique.",
    "Jean B. Morel parle. | Elle écoute.",
    "Le décret n° 3 est paru. | Il abroge le n° 2.",
    "L'art. 5 du traité s'applique. | L'art. 6 aussi.",
    "Il cite l'al. 2 et le chap. 4. | Personne ne lit.",
    "Des fruits, p. ex. des pommes, sont vendus. | Ils sont chers.",
    "Il manque 3,5 millions d'euros. | Le trou se creuse.",
    "Il a fallu 1.250 tonnes. | Elles sont là.",
    "La séance ouvre à 14 h 30. | Elle finit à 18 h.",
    "Le 9 déc. 2022, la cour a tranché. | Le maire fait appel.",
    "La loi du 29 juil. 1881 protège la presse. | Elle dure.",
    "En 52 av. J.-C. César assiège la ville. | Elle tombe.",
    "La cité date de 52 av. J.-C. selon les fouilles. | Elle dort.",
    "Ce fut long… trop long. | Elle dort.",
    "Il hésite... puis il parle. | Elle rit.",
    "Hélas !... | Il pleut.",
    "Vraiment ?! | Oui, dit-elle.",
    "Le texte (…) est coupé. | Il reprend.",
    "Le texte [...] est coupé. | Il reprend.",
    "La S.N.C.F. a réagi. | Elle nie.",
    "L'entreprise Vertal S.A. a fermé. | Cent emplois partent.",
    "Il habite au 12, av. Foch depuis dix ans. | Elle part.",
    "Le site info.exemple.fr a publié la note. | Elle est brève.",
    "Le vol 447, cf. notre édition du 3, reste un mystère. | L'enquête continue.",
]
ENGLISH = [
    "Dr. Hale spoke first. | Ms. Orr followed.",
    "Lt. Col. Vale spoke. | He left.",
    "Gen. Ross and Sen. Vale agreed. | Rep. Hart did not.",
    "John F. Hale spoke. | He left.",
    "The U.S. delegation left. | The U.K. one stayed.",
    "U.S. President Vale spoke. | He left.",
    "It opens at 5 p.m. on Monday. | It closes late.",
    "It ended at 5 p.m. | The crowd went home.",
    "It cost $3.5 million. | Nobody paid.",
    "He lives at No. 3 Mill Lane. | She does not.",
    "On Dec. 9, 2022 the court ruled. | The mayor appealed.",
    "On Sept. 11 it fell. | He ran.",
    "“We will leave.” | The minister said no more.",
    "“Is it possible?” she asked. | Nobody knew.",
    "Acme Inc. rose 3.2 percent. | Bolt Corp. fell.",
]
GERMAN = [
    "Am 9. Dezember 2022 entschied das Gericht. | Der Bürgermeister legt Berufung ein.",
    "Prof. Dr. Weber sprach. | Frau Klein folgte.",
    "Das sind z. B. Äpfel. | Sie sind teuer.",
    "Es kostet 3,5 Mio. Euro. | Niemand zahlt.",
    "„Wir gehen.“ | Der Minister schwieg.",
    "Nach Art. 5 gilt das. | Mehr nicht.",
]
SPANISH = [
    "El Sr. López llegó. | La Sra. Ruiz salió.",
    "¿Es posible? | Nadie lo sabe.",
    "Cuesta 3,5 millones. | Nadie paga.",
    "«Nos vamos». | El ministro calló.",
]


def cut(text: str, language: str = "fr", headings: tuple[Span, ...] = ()) -> list[str]:
    """Return the words of each sentence."""
    return [span.of(text) for span in sentences(text, language, headings)]


def assert_cut_at_the_bar(case: str, language: str) -> None:
    """Compare with the sentences that the case's bar separates."""
    expected = case.split(" | ")
    assert cut(" ".join(expected), language) == expected


class TestSentences:
    """A citation is one sentence: whole, and not two."""

    @pytest.mark.parametrize("case", FRENCH)
    def test_french(self, case: str) -> None:
        """Guillemets, titles, "n° 3", months, hours and decimal commas must not end a sentence."""
        assert_cut_at_the_bar(case, "fr")

    @pytest.mark.parametrize("case", ENGLISH)
    def test_english(self, case: str) -> None:
        """Titles, states, hours and numbers must not end a sentence."""
        assert_cut_at_the_bar(case, "en")

    @pytest.mark.parametrize("case", GERMAN)
    def test_german(self, case: str) -> None:
        """Dates and abbreviations must not end a sentence."""
        assert_cut_at_the_bar(case, "de")

    @pytest.mark.parametrize("case", SPANISH)
    def test_spanish(self, case: str) -> None:
        """Titles and inverted marks must not end a sentence."""
        assert_cut_at_the_bar(case, "es")

    @pytest.mark.parametrize(
        ("language", "case"),
        [
            ("de", "Der 2. Weltkrieg begann früh. | Er dauerte."),
            ("en", "It was approx. 30 miles away. | He ran."),
            ("fr", "Ph. Martinot refuse. | Il s'explique."),
            ("fr", "Il hésite… | Puis il parle."),
            ("fr", "(Voir aussi la carte.) | Le pont reste fermé."),
        ],
    )
    def test_what_is_mended(self, language: str, case: str) -> None:
        """Ordinals, rarer abbreviations, an ellipsis or a bracket at the end are cut as people would."""
        assert_cut_at_the_bar(case, language)

    @pytest.mark.parametrize("language", ["", "xx", "zh", "fr-FR", "no such language"])
    def test_an_unknown_language_is_cut_by_general_rules(self, language: str) -> None:
        """An article in any language must become passages."""
        assert cut("Un pont tombe. Deux ponts restent.", language) == [
            "Un pont tombe.",
            "Deux ponts restent.",
        ]

    def test_characters_outside_the_basic_plane_count_once(self) -> None:
        """Offsets in bytes or UTF-16 units would shift every sentence after an emoji."""
        assert cut("Le pont 🌉 tombe. Le 𝔭𝔬𝔫𝔱 reste.") == ["Le pont 🌉 tombe.", "Le 𝔭𝔬𝔫𝔱 reste."]

    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_a_wrapped_line_goes_on(self, newline: str) -> None:
        """Text wrapped at a column must not be cut in the middle of a sentence."""
        first = f"Le conseil municipal de la ville d'Orvanne s'est réuni hier{newline}pour voter le budget."
        second = f"La séance a duré{newline}trois heures."
        assert cut(f"{first} {second}") == [first, second]

    def test_a_wrapped_text_goes_on_with_a_name(self) -> None:
        """Where the lines of a text end at the page's edge, a capital below does not begin a sentence."""
        first = (
            "Le conseil municipal de la ville d'Orvanne a reçu la visite de Lise\n"
            "Aubrac, qui dirige depuis deux ans le service des routes du canton de\n"
            "Saint-Avit et des environs."
        )
        assert cut(f"{first} Elle est venue seule.") == [first, "Elle est venue seule."]

    def test_a_long_line_without_a_stop_is_not_always_wrapped(self) -> None:
        """A subtitle above the text must not run into its first sentence."""
        subtitle = "Le vieux pont d'Orvanne sera fermé pendant plus d'une année entière"
        assert cut(f"{subtitle}\nLe conseil a voté lundi.") == [subtitle, "Le conseil a voté lundi."]

    @pytest.mark.parametrize(
        "text",
        [
            "Le conseil municipal de la ville d'Orvanne s'est réuni avec M.\nDelmas pour voter.",
            "« Nous partirons demain, quoi qu'en pensent les gens d'en face »\na déclaré le maire.",
            "Le conseil municipal de la ville d'Orvanne (ancienne préfecture)\ns'est réuni hier.",
        ],
    )
    def test_a_line_wrapped_behind_a_mark_goes_on(self, text: str) -> None:
        """Text wrapped behind a title, a quotation or a bracket must not be cut there."""
        assert cut(text) == [text]

    def test_short_lines_are_paragraphs_of_their_own(self) -> None:
        """A byline or a subtitle without a stop must not run into the sentence below."""
        assert cut("Un pont fermé\nLe conseil a voté.") == ["Un pont fermé", "Le conseil a voté."]

    def test_a_blank_line_ends_a_paragraph(self) -> None:
        """Two paragraphs are never one sentence, however the first one ends."""
        first = "Le conseil municipal de la ville d'Orvanne s'est réuni hier soir en mairie"
        assert cut(f"{first}\n\nil a voté.") == [first, "il a voté."]

    def test_a_heading_is_no_sentence(self) -> None:
        """A section heading must not be quoted as if someone had said it."""
        text = "Le pont ferme.\nUn chantier de longue haleine\nLes camions attendent."
        heading = Span(15, 44)
        assert heading.of(text) == "Un chantier de longue haleine"
        assert cut(text, headings=(heading,)) == ["Le pont ferme.", "Les camions attendent."]

    def test_no_text_has_no_sentences(self) -> None:
        """Nothing is not one empty sentence."""
        assert cut("") == cut(" \n\t\r\n ") == []


# What breaks splitters: stops, quotes, abbreviations, blanks of all kinds, wide characters, long words.
_SCRAPS = st.sampled_from(
    [
        *(
            "Le pont ferme. ",
            "M. ",
            "« Oui ! » ",
            "a-t-il dit. ",
            "n° 3 ",
            "3,5 ",
            "14 h 30 ",
            "… ",
            "... ",
            "? ",
        ),
        *(
            "J.-C. ",
            "etc. ",
            "p. ex. ",
            "🌉 ",
            "\u00a0",
            "\u202f: ",
            "\r\n",
            "\t",
            " ",
            "   ",
            "\u2028",
            "\x0c",
        ),
        *(
            "Dr. Hale left. ",
            "U.S. ",
            "anticonstitutionnellement",
            "x" * 60,
            "。",
            "¿Qué? ",
            "« ",
            " »",
            "(",
            ")",
        ),
    ]
)
_LINES = st.one_of(
    st.lists(_SCRAPS, max_size=20).map("".join),
    st.text(max_size=80),
    st.text("aZé. \u00a0»«?!…\r", max_size=120),
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Return an article of odd lines, some of which are section headings."""
    text = ""
    headings = []
    for line in draw(st.lists(_LINES, max_size=12)):
        bare = "".join(line.splitlines()).strip()
        if bare and draw(st.booleans()) and draw(st.booleans()):
            headings.append(Span(len(text), len(text) + len(bare)))
            text += bare + "\n"
        else:
            text += line + draw(st.sampled_from(["\n", "\n\n", "\r\n"]))
    language = draw(st.sampled_from(["fr", "en", "de", "xx"]))
    return make_article(text=text, language=language, headings=tuple(headings))


_TARGETS = st.sampled_from([20, 40, 100, 600])


def expected_characters(article: Article) -> list[int]:
    """Return the places of all characters that are neither blank nor in a heading."""
    in_headings = {place for heading in article.headings for place in range(heading.start, heading.end)}
    return [
        place
        for place, character in enumerate(article.text)
        if not character.isspace() and place not in in_headings
    ]


def covered(article: Article, spans: list[Span]) -> list[int]:
    """Return the places of all non-blank characters in the spans, as often as they are covered."""
    return [
        place for span in spans for place in range(span.start, span.end) if not article.text[place].isspace()
    ]


class TestInvariants:
    """What holds for any text at all."""

    @given(articles())
    def test_sentences_cover_everything_once(self, article: Article) -> None:
        """No word of an article may be unquotable, and none may be in two sentences."""
        spans = list(sentences(article.text, article.language, article.headings))
        assert covered(article, spans) == expected_characters(article)

    @given(articles(), st.integers(0, 400), st.integers(1, 400))
    def test_the_sentences_of_a_stretch_are_those_of_the_whole(
        self, article: Article, start: int, length: int
    ) -> None:
        """A quote must not end elsewhere because only its passage was looked at."""
        stretch = Span(start, start + length)
        whole = sentences(article.text, article.language, article.headings)
        assert sentences(article.text, article.language, article.headings, touching=stretch) == tuple(
            span for span in whole if span.start < stretch.end and stretch.start < span.end
        )

    @given(articles())
    def test_sentences_have_no_blank_ends(self, article: Article) -> None:
        """A quote begins and ends with what was said."""
        found = cut(article.text, article.language, article.headings)
        assert found == [sentence.strip() for sentence in found]
        assert all(found)

    @given(articles(), _TARGETS)
    def test_a_passage_is_a_slice_of_its_article(self, article: Article, target: int) -> None:
        """Offsets of a citation come from it, so not one character may differ."""
        for passage in split(article, target=target):
            assert passage.text == passage.span.of(article.text)
            assert passage.article_id == article.article_id

    def test_no_passage_runs_into_another_language(self) -> None:
        """A paragraph in another language is a passage of its own, so that it can be found in that language."""
        text = "Le conseil a lu la lettre.\nThe ferry was late.\nLe maire en discutera."
        article = replace(make_article(text=text), foreign=(Foreign(Span(27, 46), "en"),))
        assert [passage.text for passage in split(article, target=500)] == text.split("\n")

    @given(articles(), _TARGETS)
    def test_passages_are_in_order_and_apart(self, article: Article, target: int) -> None:
        """A sentence in two passages would be found and quoted twice."""
        passages = split(article, target=target)
        assert [passage.ordinal for passage in passages] == list(range(len(passages)))
        assert len({passage.passage_id for passage in passages}) == len(passages)
        for one, following in pairwise(passages):
            assert one.span.end <= following.span.start

    @given(articles(), _TARGETS)
    def test_passages_cover_everything_once(self, article: Article, target: int) -> None:
        """What is in no passage can never be found."""
        spans = [passage.span for passage in split(article, target=target)]
        assert covered(article, spans) == expected_characters(article)

    @given(articles(), _TARGETS)
    def test_no_passage_crosses_a_heading(self, article: Article, target: int) -> None:
        """What stands under two headings is about two things."""
        for passage in split(article, target=target):
            for heading in article.headings:
                assert passage.span.end <= heading.start or heading.end <= passage.span.start

    @given(articles(), _TARGETS)
    def test_a_sentence_that_fits_is_not_cut(self, article: Article, target: int) -> None:
        """A sentence cut in two is found less well and cannot be quoted whole."""
        passages = [passage.span for passage in split(article, target=target)]
        for sentence in sentences(article.text, article.language, article.headings):
            if sentence.end - sentence.start <= 2 * target:
                assert any(sentence.within(passage) for passage in passages)

    @given(articles(), _TARGETS)
    def test_splitting_again_gives_the_same(self, article: Article, target: int) -> None:
        """Ids of passages are the link between the stores, so they must not depend on the run."""
        assert split(article, target=target) == split(article, target=target)

    @given(articles(), _TARGETS)
    def test_only_a_single_sentence_is_larger_than_the_target(self, article: Article, target: int) -> None:
        """Sentences are put together only where they fit; what is larger is one that stands alone."""
        found = sentences(article.text, article.language, article.headings)
        for passage in split(article, target=target):
            if len(passage.text) > target:
                assert any(passage.span.within(sentence) for sentence in found)

    @given(articles(), _TARGETS)
    def test_passages_have_no_blank_ends(self, article: Article, target: int) -> None:
        """A citation begins and ends with words, and none is of blank space alone."""
        for passage in split(article, target=target):
            assert passage.text == passage.text.strip()
            assert passage.text

    @given(articles(), _TARGETS)
    def test_as_few_passages_as_hold_the_sentences(self, article: Article, target: int) -> None:
        """Filling evenly must not cost more passages than filling one after the other."""
        whole = replace(article, headings=())
        found = sentences(whole.text, whole.language)
        # A longer sentence is cut, and its pieces are packed as well.
        assume(all(sentence.end - sentence.start <= 2 * target for sentence in found))
        fewest, start = 0, None
        for sentence in found:
            if start is None or sentence.end - start > target:
                fewest, start = fewest + 1, sentence.start
        assert len(split(whole, target=target)) == fewest


class TestSizes:
    """Passages aim at a size."""

    @given(articles(), _TARGETS)
    @example(make_article(text="Court mot ici. " + "Bla " * 48 + "fin."), 100)
    def test_no_passage_is_longer_than_twice_the_target(self, article: Article, target: int) -> None:
        """The docstring of split() promises it, and the model reads no further."""
        assert all(len(passage.text) <= 2 * target for passage in split(article, target=target))

    def test_only_a_long_sentence_makes_a_passage_larger_than_the_target(self) -> None:
        """Two sentences that do not fit into one passage together are two passages."""
        article = make_article(text="Mots " * 12 + "ici. " + "Bruit " * 12 + "encore.")
        assert [len(passage.text) for passage in split(article, target=100)] == [64, 79]

    def test_no_passage_is_blank(self) -> None:
        """A passage of nothing but blanks would be embedded, found, and quoted."""
        article = make_article(text="Le pont" + " " * 900 + "ferme demain.")
        assert all(passage.text.strip() for passage in split(article, target=100))

    def test_the_last_passage_of_a_section_is_no_scrap(self) -> None:
        """Passages are filled evenly: a scrap at the end says too little to be found."""
        article = make_article(text=" ".join(["Le pont sera fermé lundi."] * 30))
        lengths = [len(passage.text) for passage in split(article, target=200)]
        assert min(lengths) >= max(lengths) / 2

    def test_passages_are_near_the_target(self) -> None:
        """A size chosen by measurement must be the size that passages have."""
        article = make_article(text=" ".join(["Le pont sera fermé lundi."] * 60))
        lengths = [len(passage.text) for passage in split(article, target=300)]
        assert max(lengths) <= 300
        assert sum(lengths) / len(lengths) > 200

    def test_a_short_article_is_one_passage(self) -> None:
        """What fits is not divided."""
        article = make_article()
        (passage,) = split(article, target=2000)
        assert passage.span == Span(0, len(article.text))

    def test_an_endless_sentence_is_cut_between_words(self) -> None:
        """A sentence that no passage can hold is cut, but not inside a word."""
        article = make_article(text="ponts " * 200 + "fin.")
        passages = split(article, target=100)
        assert len(passages) > 3
        assert all(set(passage.text.split()) <= {"ponts", "fin."} for passage in passages)

    def test_a_word_without_end_is_cut_anywhere(self) -> None:
        """A thousand characters without a blank must not make one passage of a thousand."""
        article = make_article(text="x" * 1000)
        assert max(len(passage.text) for passage in split(article, target=100)) <= 200

    def test_an_article_of_headings_has_no_passages(self) -> None:
        """Headings alone say nothing that can be cited."""
        article = make_article(text="Un chantier", headings=(Span(0, 11),))
        assert split(article, target=100) == ()

    def test_a_new_version_has_new_passage_ids(self) -> None:
        """A vector of the old words must never stand for the new ones."""
        old, new = make_article(), make_article(text=make_article().text.replace("3,5", "4,5"))
        assert old.article_id == new.article_id
        old_ids = {passage.passage_id for passage in split(old, target=100)}
        assert old_ids.isdisjoint(passage.passage_id for passage in split(new, target=100))

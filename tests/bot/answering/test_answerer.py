"""The ask line whole, on articles in memory: what the rules promise, whatever the scores are."""

from __future__ import annotations

import asyncio
import threading
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answerer import Answerer
from bot.answering.evidence import candidates, find
from bot.answering.question import read_question
from bot.settings import BotSettings
from bot.types import Answer, NotCovered, Reason
from index.settings import load_settings
from index.wiring import open_retriever
from tests.bot.asking import article_saying, ask, reason_for, retriever_over
from tests.builds import build
from tests.factories import day, make_article, make_english_article, make_generation
from tests.fakes import FakeEmbedder, FakeRetriever

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answering.coverage import Signs
    from bot.types import Citation
    from index.settings import IndexSettings
    from index.types import Article, Hit, Query

BRIDGE, HARBOUR = make_article(), make_english_article()
DRONES = make_article(
    "drones",
    text=(
        "John Kirby, porte-parole du Conseil de sécurité nationale, a lancé vendredi un avertissement. "
        "Selon lui, la Russie et l'Iran préparent une production commune de drones. "
        "Des pilotes iraniens avaient commencé à s'entraîner sur des avions de combat russes. "
        "Les Etats-Unis allaient sanctionner trois entités basées en Russie."
    ),
    headline="Un partenariat qui inquiète",
    publisher="La Dépêche du Phare",
    byline=(),
    published_at=day("2022-12-10"),
)
ALL = (BRIDGE, HARBOUR, DRONES)


class TestAnswered:
    """What an answer is."""

    def test_the_sentence_that_answers_is_quoted_first(self) -> None:
        """The main job."""
        answer = ask("Combien coûteront les travaux du pont ?", *ALL)
        assert isinstance(answer, Answer)
        assert answer.citations[0].quote.startswith("Les travaux coûteront 3,5 millions d'euros")
        assert answer.citations[0].article == BRIDGE

    def test_a_question_in_an_article_is_no_answer(self) -> None:
        """Who asks whether there will be a toll must not be given the same question back."""
        article = article_saying(
            "toll",
            "Faudra-t-il payer pour traverser le pont ? L'idée d'un péage a été abandonnée en juin.",
            "fr",
        )
        answer = ask("Faudra-t-il payer pour traverser le pont de la ville ?", article)
        assert isinstance(answer, Answer)
        assert not any(citation.quote.endswith("?") for citation in answer.citations)

    def test_question_language_and_generation_are_handed_on(self) -> None:
        """The rendering reads them from the answer alone."""
        answer = ask("Combien  coûteront les\ntravaux du pont ?", *ALL)
        assert (answer.question, answer.language) == ("Combien coûteront les travaux du pont ?", "fr")
        assert answer.generation == make_generation(articles=3)
        assert isinstance(answer, Answer)
        assert (answer.mode, answer.model) == ("quotes", None)

    @pytest.mark.parametrize(
        "question",
        [
            "Combien coûteront les travaux du pont ?",
            "Qui a lancé un avertissement vendredi ?",
            "Sur quoi des pilotes iraniens avaient-ils commencé à s'entraîner ?",
            "When will the harbour at Saltmere close?",
            "How much will the repairs cost?",
        ],
    )
    def test_every_citation_slices_exactly_and_every_label_leads_somewhere(self, question: str) -> None:
        """The promise that everything else stands on."""
        answer = ask(question, *ALL)
        assert isinstance(answer, Answer)
        labels = [citation.label for citation in answer.citations]
        assert labels == list(range(1, len(labels) + 1))
        assert 1 <= len(labels) <= 3
        for citation in answer.citations:
            assert citation.span.of(citation.article.text) == citation.quote
        for statement in answer.statements:
            quotes = [c.quote for c in answer.citations if c.label in statement.citations]
            assert quotes == [statement.text]

    def test_the_same_question_has_the_same_answer(self) -> None:
        """A citation that is sent to a colleague must come up again."""
        question = "Combien coûteront les travaux du pont ?"
        assert ask(question, *ALL) == ask(question, *ALL)

    def test_the_filters_narrow_what_is_quoted(self) -> None:
        """“--publisher” and “--since” hold for every quote."""
        question = "Qui a lancé un avertissement sur le pont vendredi ?"
        for answer in (
            ask(question, *ALL, publisher="la depeche du phare"),
            ask(question, *ALL, since="2022-12-10", until="2022-12-31"),
        ):
            articles = (
                answer.nearest if isinstance(answer, NotCovered) else [c.article for c in answer.citations]
            )
            assert set(articles) == {DRONES}


class TestPeriodInWords:
    """A date in the question narrows the search where that answers, and is set aside where it does not."""

    TODAY = day("2023-03-01").date()

    def test_within_the_period_nothing_else_is_quoted(self) -> None:
        """A question about December is answered from December, and the answer says so."""
        answer = ask("Combien coûteront les travaux en décembre 2022 ?", *ALL, today=self.TODAY)
        assert isinstance(answer, Answer)
        assert {c.article for c in answer.citations} <= {BRIDGE, DRONES}
        assert answer.search is not None
        assert answer.search.query.period_words == "décembre 2022"
        assert answer.search.set_aside is None

    def test_where_nothing_answers_within_it_is_set_aside_and_said(self) -> None:
        """The right article must not be hidden by a date that was part of the question."""
        answer = ask("Combien coûteront les travaux depuis janvier ?", BRIDGE, DRONES, today=self.TODAY)
        assert isinstance(answer, Answer)
        assert answer.citations[0].article == BRIDGE
        assert answer.search is not None
        assert answer.search.set_aside is not None
        assert answer.search.set_aside.period_words == "janvier"
        assert not answer.search.query.is_filtered

    def test_a_period_that_was_given_is_never_set_aside(self) -> None:
        """``--since`` is an order."""
        answer = ask("Combien coûteront les travaux ?", BRIDGE, since="2023", today=self.TODAY)
        assert isinstance(answer, NotCovered)
        assert answer.search is not None
        assert answer.search.set_aside is None

    def test_what_neither_answers_says_both(self) -> None:
        """“Not in December” alone would send the reader to look in January."""
        answer = ask("Qu'a dit Emmanuel Macron en décembre 2022 ?", *ALL, today=self.TODAY)
        assert isinstance(answer, NotCovered)
        assert answer.reason.kind == "name-missing"
        assert answer.search is not None
        assert answer.search.set_aside is not None

    def test_the_undated_that_are_left_out_are_counted(self) -> None:
        """They might answer; the reader is told that they were not looked at."""
        undated = make_article("toit", text="Le toit de la halle coûtera cher.", published_at=None)
        answer = ask("Combien coûteront les travaux en décembre 2022 ?", *ALL, undated, today=self.TODAY)
        assert answer.search is not None
        assert answer.search.undated == 1
        everything = ask("Combien coûteront les travaux ?", *ALL, undated, today=self.TODAY)
        assert everything.search is not None
        assert everything.search.undated == 0

    def test_an_article_of_the_year_need_not_name_it(self) -> None:
        """The article of January that tells of December 2022 mostly says “in December”."""
        january = make_article(
            "bilan",
            text="Le pont a vu passer 412 camions en décembre, a compté la mairie.",
            published_at=day("2023-01-02"),
        )
        older = make_article("loup", text="Un loup rôde.", published_at=day("2021-06-01"))
        answer = ask(
            "Combien de camions sur le pont depuis décembre 2022 ?", january, older, today=self.TODAY
        )
        assert isinstance(answer, Answer)


class TestSourcesInWords:
    """An outlet or a language that is to tell it."""

    TODAY = day("2023-03-01").date()

    @pytest.mark.parametrize(
        ("question", "articles"),
        [
            ("Combien coûteront les travaux selon The Saltmere Gazette ?", {HARBOUR}),
            ("Combien coûteront les travaux selon Le Courrier d'Orvanne ?", {BRIDGE}),
            ("Combien coûteront les travaux, selon la presse anglophone ?", {HARBOUR}),
            ("How much will the work cost, according to English-language coverage?", {HARBOUR}),
            ("How much will the work cost, according to the French press?", {BRIDGE}),
        ],
    )
    def test_only_it_is_quoted(self, question: str, articles: set[Article]) -> None:
        """Others may say otherwise; who asks for one voice gets that one, though it never names itself."""
        answer = ask(question, *ALL, today=self.TODAY)
        assert isinstance(answer, Answer)
        assert {c.article for c in answer.citations} == articles
        assert answer.search is not None
        assert answer.search.set_aside is None

    def test_where_it_does_not_say_the_others_are_asked_and_that_is_said(self) -> None:
        """Another outlet's answer is better than none, if it is not passed off as theirs."""
        answer = ask(
            "Que préparent la Russie et l'Iran selon Le Courrier d'Orvanne ?", *ALL, today=self.TODAY
        )
        assert isinstance(answer, Answer)
        assert {c.article for c in answer.citations} == {DRONES}
        assert answer.search is not None
        assert answer.search.set_aside is not None
        assert answer.search.set_aside.publishers == ("Le Courrier d'Orvanne",)


class TestReprints:
    """The same words in several outlets are one quote."""

    WIRE = (
        "Le fabricant de batteries Orvane a annoncé mardi la suppression de 420 postes d'ici à la fin de l'année. "
        "La direction invoque une facture d'énergie multipliée par trois en deux ans."
    )

    def _printed(self, name: str, date: str | None, before: str = "") -> Article:
        return make_article(
            name,
            text=before + self.WIRE,
            headline=None,
            publisher=f"Le Courrier {name}",
            byline=(),
            published_at=day(date) if date else None,
        )

    def test_it_is_quoted_once_with_the_others_named_in_order_of_date(self) -> None:
        """Three reprints are no three voices."""
        prints = [
            self._printed("C", "2023-01-26"),
            self._printed("A", "2023-01-24", "VALBREUSE (AFI) - "),
            self._printed("B", None),
        ]
        answer = ask("Combien de postes Orvane va-t-il supprimer ?", *prints)
        assert isinstance(answer, Answer)
        (first, *_) = answer.citations
        named = [first.article.publisher, *(article.publisher for article in first.also_in)]
        assert sorted(str(name) for name in named) == ["Le Courrier A", "Le Courrier B", "Le Courrier C"]
        dates = [article.published_at for article in first.also_in if article.published_at]
        assert dates == sorted(dates)
        assert len({c.quote for c in answer.citations}) == len(answer.citations)

    def test_it_does_not_crowd_out_another_voice(self) -> None:
        """Thirty reprints of a dispatch leave room for the union's own report."""
        prints = [self._printed(str(n), "2023-01-24") for n in range(30)]
        own = make_article(
            "union",
            text="Orvane a tort de supprimer des postes, dit le syndicat : 3 commandes viennent d'arriver.",
            publisher="La Vigie",
        )
        answer = ask("Combien de postes Orvane va-t-il supprimer ?", *prints, own)
        articles = answer.nearest if isinstance(answer, NotCovered) else [c.article for c in answer.citations]
        evidence = find(read_question("Combien de postes Orvane va-t-il supprimer ?", top_k=10),
                        retriever_over(*prints, own))  # fmt: skip
        assert own in [found.article for found in evidence]
        assert articles

    def test_who_prints_another_figure_is_no_reprint(self) -> None:
        """The correction must not vanish in “also in”."""
        other = make_article(
            "other", text=self.WIRE.replace("420", "380"), headline=None, publisher="La Vigie", byline=()
        )
        answer = ask("Combien de postes Orvane va-t-il supprimer ?", self._printed("A", "2023-01-24"), other)
        assert isinstance(answer, Answer)
        assert all(citation.also_in == () for citation in answer.citations[:1])


def _report(name: str, text: str, date: str, publisher: str) -> Article:
    return make_article(
        name, text=text, headline=None, publisher=publisher, byline=(), published_at=day(date)
    )


class TestDisagreement:
    """Sources that give different figures are both quoted, and the answer says that they differ."""

    SEVENTEEN = _report("a", "À Port-Sablon, 17 personnes ont été blessées vendredi.", "2022-12-09", "A")
    TWENTY_THREE = _report("b", "À Port-Sablon, 23 personnes ont été blessées vendredi.", "2022-12-10", "B")
    QUESTION = "Combien de personnes ont été blessées à Port-Sablon ?"

    def test_both_are_quoted_and_named(self) -> None:
        """One figure alone would pass for the truth."""
        answer = ask(self.QUESTION, self.SEVENTEEN, self.TWENTY_THREE)
        assert isinstance(answer, Answer)
        assert {c.article for c in answer.citations if c.label in answer.differing} == {
            self.SEVENTEEN,
            self.TWENTY_THREE,
        }

    @pytest.mark.parametrize(
        "other",
        [
            "À Port-Sablon, dix-sept personnes ont été blessées vendredi.",
            "À Port-Sablon, des personnes ont été blessées vendredi 9 décembre.",
            "À Port-Sablon, 412 personnes ont été blessées ou secourues vendredi.",
            "À Belmont, vingt-trois personnes ont été blessées vendredi.",
        ],
    )
    def test_the_same_figure_none_another_size_or_another_place_is_no_disagreement(self, other: str) -> None:
        """A disagreement that is none makes both sources look wrong."""
        answer = ask(self.QUESTION, self.SEVENTEEN, _report("b", other, "2022-12-10", "B"))
        assert isinstance(answer, Answer)
        assert answer.differing == ()

    def test_dates_can_differ_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """“In April” and “in October 2023” cannot both be true."""
        monkeypatch.setattr("bot.answering.quotes._MARGIN", 1.0)
        april = _report("a", "Le pont de Corvelle ouvrira en avril 2023.", "2021-09-21", "A")
        october = _report("b", "La préfecture ouvrira ce pont en octobre 2023 à Corvelle.", "2022-09-28", "B")
        answer = ask("Quand ouvrira le pont de Corvelle ?", april, october)
        assert isinstance(answer, Answer)
        assert sorted(answer.differing) == [1, 2]
        month = _report("b", "La préfecture ouvrira ce pont le 3 avril 2023 à Corvelle.", "2022-09-28", "B")
        agreed = ask("Quand ouvrira le pont de Corvelle ?", april, month)
        assert isinstance(agreed, Answer)
        assert agreed.differing == ()


class TestCorrection:
    """A corrected article answers in its newest version, and says so."""

    TEXT = (
        "La Durelle est sortie de son lit à Saint-Aubrac, obligeant les secours à évacuer {} foyers. "
        "Le pic de la crue a été atteint à 3 h 40, le plus haut niveau depuis 1994. "
        "Les écoles resteront fermées jusqu'à mercredi, a dit le maire."
    )
    NOTE = " Correction : une première version de cet article indiquait que 340 foyers avaient été évacués."
    OLDER = _report("older", TEXT.format(340), "2022-03-14", "Gazette des Trois-Vallées")
    NEWER = _report("newer", TEXT.format(240) + NOTE, "2022-03-15", "Gazette des Trois-Vallées")

    @pytest.mark.parametrize(
        "question", ["Combien de foyers évacués à Saint-Aubrac ?", "Quand a été atteint le pic de la crue ?"]
    )
    def test_the_newest_version_answers_alone(self, question: str) -> None:
        """A figure that was taken back must not be quoted, nor passed off as another source."""
        answer = ask(question, self.OLDER, self.NEWER)
        assert isinstance(answer, Answer)
        assert {c.article for c in answer.citations} == {self.NEWER}
        assert all(c.is_corrected and self.OLDER not in c.also_in for c in answer.citations)
        assert not any("340" in c.quote for c in answer.citations)
        assert answer.differing == ()

    def test_what_it_replaces_is_said(self) -> None:
        """Who read the first version sees what became of it."""
        answer = ask("Combien de foyers évacués à Saint-Aubrac ?", self.OLDER, self.NEWER)
        assert isinstance(answer, Answer)
        assert answer.citations[0].replaces == self.OLDER

    def test_another_outlets_article_is_not_replaced(self) -> None:
        """The same words elsewhere are a reprint, and another figure there is a disagreement."""
        other = _report("other", self.TEXT.format(340), "2022-03-14", "La Vigie")
        answer = ask("Combien de foyers évacués à Saint-Aubrac ?", other, self.NEWER)
        assert isinstance(answer, Answer)
        assert {c.article for c in answer.citations} == {other, self.NEWER}
        assert all(c.replaces is None for c in answer.citations)


class TestNotCovered:
    """What the rules refuse, whatever the scores are."""

    @pytest.mark.parametrize(
        ("question", "name"),
        [
            ("Qu'a dit Emmanuel Macron ?", "Emmanuel Macron"),
            ("What did Emmanuel Macron say?", "Emmanuel Macron"),
            ("Pourquoi Angela Merkel a-t-elle lancé un avertissement vendredi ?", "Angela Merkel"),
            ("Does Orla Kiely train the pilots in Russia?", "Orla Kiely"),
        ],
    )
    def test_a_person_whom_no_article_mentions(self, question: str, name: str) -> None:
        """Somebody else's words must never be given as hers."""
        reason = reason_for(question, DRONES)
        assert reason is not None
        assert reason.kind == "name-missing"
        assert name in reason.details

    def test_all_missing_names_are_said_and_no_other(self) -> None:
        """The reader sees which of the names to drop."""
        reason = reason_for("Que préparent la Russie, Emmanuel Macron et l'Iran avec Olaf Scholz ?", DRONES)
        assert reason is not None
        assert reason.details == ("Emmanuel Macron", "Olaf Scholz")

    @pytest.mark.parametrize(
        "question",
        [
            "Qui est Emmanuel Macron ?",
            "Qu'a dit M. Macron vendredi ?",
            "What did John Smith say about the drones?",
        ],
    )
    def test_a_person_whom_no_article_mentions_however_named(self, question: str) -> None:
        """The same promise, for the ways in which people are mostly asked for."""
        reason = reason_for(question, DRONES)
        assert reason is not None
        assert reason.kind == "name-missing"

    @pytest.mark.parametrize(
        "question",
        ["Combien coûte un drone ?", "How much does a drone cost?", "Quel est le prix d'un avion ?"],
    )
    def test_an_amount_where_no_sentence_holds_one(self, question: str) -> None:
        """A sentence about drones is no answer to what a drone costs."""
        reason = reason_for(question, DRONES)
        assert reason is not None
        assert (reason.kind, reason.details) == ("kind-missing", ("amount",))

    def test_no_article_passes_the_filters(self) -> None:
        """A period in which nothing appeared is said, and nothing is quoted from another."""
        answer = ask("Combien coûteront les travaux du pont ?", *ALL, since="1999", until="1999")
        assert isinstance(answer, NotCovered)
        assert (answer.reason.kind, answer.nearest) == ("nothing-found", ())

    def test_what_there_is_is_said(self) -> None:
        """“Not covered” alone does not tell whether anybody wrote about it."""
        answer = ask("Que dit Emmanuel Macron du pont ?", *ALL)
        assert isinstance(answer, NotCovered)
        assert answer.gap is not None
        assert answer.gap.articles >= 1
        assert answer.gap.newest is not None

    def test_where_a_period_is_empty_what_lies_outside_is_said(self) -> None:
        """“None in 1999” is worth more with “one in December 2022” beside it."""
        answer = ask("Combien coûteront les travaux du pont ?", BRIDGE, since="1999", until="1999")
        assert isinstance(answer, NotCovered)
        assert answer.gap is not None
        assert (answer.gap.articles, answer.gap.oldest) == (1, BRIDGE.published_at)

    def test_the_nearest_articles_are_named_once_and_best_first(self) -> None:
        """A reader who gets no answer gets somewhere to read on, at most three."""
        many = [article_saying(str(i), f"Le drone numéro {i} vole. Un drone vole.", "fr") for i in range(6)]
        answer = ask("Que dit Emmanuel Macron du drone ?", *many, DRONES)
        assert isinstance(answer, NotCovered)
        assert len(answer.nearest) == 3
        assert len({article.article_id for article in answer.nearest}) == 3
        assert DRONES not in answer.nearest[:1]

    def test_passages_in_which_no_sentence_begins_do_not_break_it(self) -> None:
        """An unpunctuated page (a list, a transcript) must be answered or refused, not raise."""
        article = article_saying("list", "liste " * 50 + "pont " * 2000, "fr")
        assert ask("Où est le pont ?", article)


def dug(question: str, *articles: Article) -> tuple[list[Answer], NotCovered]:
    """Return the answers of somebody who asks for more until there is no more, and what is said then."""
    told: tuple[Citation, ...] = ()
    answers: list[Answer] = []
    while isinstance(answer := ask(question, *articles, told=told), Answer):
        answers.append(answer)
        told += answer.citations
    return answers, answer


class TestMore:
    """Digging further into an answer."""

    QUESTION = "Qui prépare une production commune de drones vendredi ?"

    def test_what_was_quoted_is_not_quoted_again(self) -> None:
        """The button says “more”, not “again”."""
        answers, _ = dug(self.QUESTION, *ALL)
        assert len(answers) > 1
        quoted = [(c.article.article_id, c.span) for answer in answers for c in answer.citations]
        assert len(quoted) == len(set(quoted))

    def test_the_next_best_are_quoted_however_far_they_trail(self) -> None:
        """The first answer left them out because another came nearer; that one is told now."""
        best = "Le drone rouge et le drone bleu survolent le drone vert près du port."
        far = "Personne, ni à la mairie ni ailleurs, ne sait encore combien de temps tout cela durera."
        articles = [article_saying("a", best, "fr"), article_saying("b", far, "fr")]
        question = "Le drone rouge et le drone bleu survolent-ils le drone vert ?"
        first = ask(question, *articles)
        assert isinstance(first, Answer)
        assert [citation.quote for citation in first.citations] == [best]
        further = ask(question, *articles, told=first.citations)
        assert isinstance(further, Answer)
        assert [citation.quote for citation in further.citations] == [far]
        assert [citation.label for citation in further.citations] == [1]

    def test_it_ends_and_says_so(self) -> None:
        """When everything is told the reader learns that, with articles to read on."""
        answers, end = dug(self.QUESTION, *ALL)
        assert end.reason == Reason("nothing-more")
        assert end.nearest
        sentences = sum(len(answer.citations) for answer in answers)
        assert sentences == 12, "every sentence of the three articles can be dug up"

    def test_a_reprint_of_what_was_quoted_is_nothing_more(self) -> None:
        """The same wire sentence in another outlet tells nothing."""
        text = "John Kirby a lancé vendredi un avertissement sur les drones."
        first = ask("Qui a lancé un avertissement ?", article_saying("a", text, "fr"))
        assert isinstance(first, Answer)
        reprint = article_saying("b", text.replace("vendredi", "ce vendredi"), "fr")
        more = ask(
            "Qui a lancé un avertissement ?", article_saying("a", text, "fr"), reprint, told=first.citations
        )
        assert isinstance(more, NotCovered)
        assert more.reason.kind == "nothing-more"

    def test_an_article_that_was_published_anew_does_not_repeat_itself(self) -> None:
        """A build between two presses gives a corrected article another version, not other sentences."""
        text = "John Kirby a lancé vendredi un avertissement sur les drones."
        first = ask("Qui a lancé un avertissement ?", article_saying("a", text, "fr"))
        assert isinstance(first, Answer)
        anew = article_saying("a", f"Mis à jour. {text}", "fr")
        more = ask("Qui a lancé un avertissement ?", anew, told=first.citations)
        assert isinstance(more, NotCovered) or text not in [c.quote for c in more.citations]

    def test_nothing_is_dug_up_that_the_first_answer_could_not_quote(self) -> None:
        """“How much” is answered by amounts only, and of a person only by articles that mention them."""
        amounts, end = dug("Combien coûteront les travaux du pont ?", *ALL)
        assert {c.quote for answer in amounts for c in answer.citations} == {
            "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois.",
            "Repairs will cost $2.4 million, most of it paid by the county.",
        }
        assert end.reason.kind == "nothing-more"
        of_kirby, _ = dug("Qu'a dit John Kirby ?", *ALL)
        assert {c.article for answer in of_kirby for c in answer.citations} == {DRONES}

    def test_a_question_in_an_article_is_nothing_more(self) -> None:
        """What only asks is quoted where nothing tells, never as something more."""
        article = article_saying("a", "Le pont coûtera 3 millions d'euros. Combien coûtera le pont ?", "fr")
        answers, _ = dug("Combien coûtera le pont ?", article)
        assert [c.quote for answer in answers for c in answer.citations] == [
            "Le pont coûtera 3 millions d'euros."
        ]

    def test_what_is_left_must_come_near_enough_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With the best told, the rest is judged as if it were all there is."""
        first = ask(self.QUESTION, *ALL)
        assert isinstance(first, Answer)
        asked: list[float] = []

        def strict(signs: Signs) -> float:
            asked.append(signs.sentence)
            return 1.0 if signs.sentence >= first_cosine(first) else 0.0

        monkeypatch.setattr("bot.answering.coverage.probability", strict)
        monkeypatch.setattr("bot.answering.coverage.THRESHOLD", 0.5)
        more = ask(self.QUESTION, *ALL, told=first.citations)
        assert isinstance(more, NotCovered)
        assert more.reason.kind == "nothing-more"
        assert asked == sorted(asked, reverse=True)
        assert len(asked) == 2


def first_cosine(answer: Answer) -> float:
    """Return how near an answer's first quote is to its question."""
    query = read_question(answer.question, top_k=10)
    retriever = retriever_over(*ALL)
    found = candidates(find(query, retriever), query, retriever)
    return next(candidate.cosine for candidate in found if candidate.text == answer.citations[0].quote)


class TestAnswererAtWork:
    """How it behaves beside other work."""

    def test_the_loop_is_free_while_the_collection_works(self) -> None:
        """In Discord a slow search must not stop the heartbeat: it runs in another thread."""
        threads: list[int] = []

        class _Noting(FakeRetriever):
            def retrieve(self, query: Query) -> tuple[Hit, ...]:
                threads.append(threading.get_ident())
                return super().retrieve(query)

        retriever = _Noting(make_generation(), [])
        asyncio.run(Answerer(retriever).answer(read_question("Où est le pont ?", top_k=3)))
        assert threads
        assert threading.get_ident() not in threads

    def test_questions_at_once_do_not_mix(self) -> None:
        """Two people ask at the same moment: each gets the answer to their own question."""
        answerer = Answerer(retriever_over(*ALL))
        questions = ["Combien coûteront les travaux du pont ?", "How much will the repairs cost?"] * 4

        async def ask_all() -> list[Answer | NotCovered]:
            queries = [read_question(question, top_k=10) for question in questions]
            return await asyncio.gather(*(answerer.answer(query) for query in queries))

        answers = asyncio.run(ask_all())
        assert [answer.question for answer in answers] == questions
        assert all(one == other for one, other in pairwise(answers[::2]))
        assert all(one == other for one, other in pairwise(answers[1::2]))

    def test_questions_at_once_share_one_index_on_disk(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """SQLite and Chroma are asked from many threads: every answer is the one that is given alone."""

        def make(settings: IndexSettings) -> FakeEmbedder:
            return FakeEmbedder()

        monkeypatch.setattr("index.wiring.make_embedder", make)
        build(tmp_path, ALL)
        retriever = open_retriever(load_settings(BotSettings, index_dir=tmp_path))
        answerer = Answerer(retriever)
        questions = [
            "Combien coûteront les travaux du pont ?",
            "How much will the repairs cost?",
            "Qui a lancé un avertissement vendredi ?",
            "Qu'a dit Emmanuel Macron ?",
        ]

        async def ask_all(times: int) -> list[Answer | NotCovered]:
            queries = [read_question(question, top_k=10) for question in questions * times]
            return await asyncio.gather(*(answerer.answer(query) for query in queries))

        alone = [asyncio.run(answerer.answer(read_question(q, top_k=10))) for q in questions]
        assert asyncio.run(ask_all(10)) == alone * 10
        retriever.close()

    def test_an_empty_collection_says_that_nothing_is_found(self) -> None:
        """No article at all is no error."""
        reason = reason_for("Où est le pont ?")
        assert reason is not None
        assert reason.kind == "nothing-found"

    @settings(max_examples=30)
    @given(
        st.lists(
            st.sampled_from(
                ["Le pont est fermé. ", "The bridge cost £3. ", "🌉 ", "桥关了。", "\n", "« Oui. »", "M. X "]
            ),
            min_size=1,
            max_size=12,
        ),
        st.sampled_from(
            ["Où est le pont ?", "How much did the bridge cost?", "桥在哪里？", "NEAR(pont, 5) OR *"]
        ),
    )
    def test_any_article_is_answered_from_exactly_or_refused(self, parts: list[str], question: str) -> None:
        """Whatever a page holds, an answer quotes it word for word."""
        text = "".join(parts)
        article = article_saying("any", text if text.strip() else "Rien.", "fr")
        answer = ask(question, article)
        if isinstance(answer, Answer):
            assert all(c.span.of(article.text) == c.quote for c in answer.citations)

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
    return retriever_over(*ALL).nearness(answer.question, [answer.citations[0].quote])[0]


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
        assert len(threads) == 1
        assert threads != [threading.get_ident()]

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

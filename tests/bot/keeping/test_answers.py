"""Answers come back as they were given, whole, or not at all."""

from __future__ import annotations

import json
import logging
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from bot.errors import AnswerDamaged, StateError
from bot.keeping.answers import KeptAnswers
from bot.keeping.database import FOLLOWS, open_database
from bot.keeping.feedback import KeptFeedback
from index.types import Span
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.keeping.making import ASKED_AT, KEY, answers, kepts, make_kept, silences
from tests.factories import make_article, make_english_article

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from bot.types import Kept

_AFTER_ALL = datetime(2300, 1, 1, tzinfo=UTC)
# Each example begins with an empty memory: the one before forgot everything.
_one_memory = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
PLACE = 1_234_567_890_123_456_789


@pytest.fixture
def kept_answers(database: sqlite3.Connection) -> KeptAnswers:
    """Return a memory without answers."""
    return KeptAnswers(database)


def _kept_and_read(kept: Kept, memory: KeptAnswers) -> Kept | None:
    memory.keep(kept)
    found = memory.answer(kept.key)
    memory.forget_before(_AFTER_ALL)
    return found


class TestRoundTrip:
    """What is kept is what was given."""

    @_one_memory
    @given(kept=kepts(answers()))
    def test_any_answer(self, kept_answers: KeptAnswers, kept: Kept) -> None:
        """A quote, a place or a date that came back otherwise would stand under an old message."""
        assert _kept_and_read(kept, kept_answers) == kept

    @_one_memory
    @given(kept=kepts(silences()))
    def test_any_silence(self, kept_answers: KeptAnswers, kept: Kept) -> None:
        """Silences have buttons too: their reason and nearest articles must come back."""
        assert _kept_and_read(kept, kept_answers) == kept

    def test_every_fact_of_an_article(self, kept_answers: KeptAnswers) -> None:
        """A fact forgotten here would be missing in every export."""
        article = make_article(
            text="Titre\nLe pont ferme.",
            dek="Un chapô",
            dateline="ORVANNE (AFI)",
            section="Régions",
            updated_at=ASKED_AT,
            headings=(Span(0, 5),),
            kept=(Span(4, 9), Span(12, 27)),
        )
        kept = make_kept(make_answer(make_citation(article)))
        assert _kept_and_read(kept, kept_answers) == kept

    def test_the_same_words_of_two_files_stay_two_articles(self, kept_answers: KeptAnswers) -> None:
        """A version is the same where the words are: by it alone one file would be shown as the other."""
        one, other = make_article("un"), make_article("deux")
        assert one.version_sha256 == other.version_sha256
        kept = make_kept(make_answer(make_citation(one), make_citation(other, label=2)))
        kept_answers.keep(kept)
        assert kept_answers.answer(KEY) == kept

    def test_what_was_kept_before_searches_were_told_can_still_be_read(
        self, kept_answers: KeptAnswers, database: sqlite3.Connection
    ) -> None:
        """A new version of the bot must not break the buttons under old answers."""
        for kept in (make_kept(), make_kept(make_not_covered(), key="1" * 16)):
            kept_answers.keep(kept)
            (written,) = database.execute(
                "SELECT record FROM answers WHERE answer_key = ?", (kept.key,)
            ).fetchone()
            record = json.loads(written)
            for name in ("languages", "days_after", "period_words", "source_words", "publishers_given"):
                del record["query"][name]
            for name in ("search", "gap", "differing"):
                record["answer"].pop(name, None)
            for citation in record["answer"].get("citations", ()):
                for name in ("also_in", "is_corrected", "replaces"):
                    del citation[name]
            with database:
                database.execute(
                    "UPDATE answers SET record = ? WHERE answer_key = ?",
                    (json.dumps(record).encode(), kept.key),
                )
            assert kept_answers.answer(kept.key) == kept

    def test_an_unknown_key_is_none(self, kept_answers: KeptAnswers) -> None:
        """A button of a forgotten answer is no error of the memory."""
        assert kept_answers.answer("ffffffffffffffff") is None


class TestArticles:
    """An article is written once and leaves with the last answer that quotes it."""

    def _count(self, database: sqlite3.Connection) -> int:
        return int(database.execute("SELECT count(*) FROM articles").fetchone()[0])

    def test_an_article_is_written_once(
        self, database: sqlite3.Connection, kept_answers: KeptAnswers
    ) -> None:
        """A thousand answers from one article must not make the file a thousand times as large."""
        for number in range(3):
            answer = make_answer(make_citation(words="lundi"), make_citation(words="pont", label=2))
            kept_answers.keep(make_kept(answer, key=f"{number:016x}"))
        assert self._count(database) == 1

    def test_an_article_stays_while_an_answer_quotes_it(
        self, database: sqlite3.Connection, kept_answers: KeptAnswers
    ) -> None:
        """Forgetting an old answer must not take the source from a new one."""
        shared, alone = make_citation(make_article()), make_citation(make_english_article(), label=2)
        later = make_kept(make_answer(shared), key="2" * 16, asked_at=ASKED_AT + timedelta(days=1))
        kept_answers.keep(make_kept(make_answer(shared, alone), key="1" * 16))
        kept_answers.keep(later)
        assert kept_answers.forget_before(ASKED_AT + timedelta(hours=1)) == 1
        assert kept_answers.answer(later.key) == later
        assert self._count(database) == 1


class TestPlaces:
    """Which answer a message, a thread or a conversation holds."""

    def test_the_newest_answer_of_a_place_is_meant(self, kept_answers: KeptAnswers) -> None:
        """“Et l’Ukraine ?” in a thread follows the last answer, whichever was sent first."""
        newer = make_kept(key="2" * 16, asked_at=ASKED_AT + timedelta(seconds=1))
        for kept in (newer, make_kept(key="1" * 16)):
            kept_answers.keep(kept)
            kept_answers.place(PLACE, kept.key)
        assert kept_answers.at(PLACE) == newer

    def test_an_answer_may_stand_in_several_places(self, kept_answers: KeptAnswers) -> None:
        """A split answer has several messages, and each can be replied to; twice told is once."""
        kept_answers.keep(make_kept())
        for place in (PLACE, PLACE + 1, PLACE):
            kept_answers.place(place, KEY)
        assert kept_answers.at(PLACE) == kept_answers.at(PLACE + 1) == make_kept()

    def test_elsewhere_stands_nothing(self, kept_answers: KeptAnswers) -> None:
        """A message of somebody else is followed by a first question."""
        kept_answers.keep(make_kept())
        kept_answers.place(PLACE, "ffffffffffffffff")
        assert kept_answers.at(PLACE) is None


class TestForgetting:
    """What is older than people were told is gone."""

    def test_the_moment_itself_stays(self, kept_answers: KeptAnswers) -> None:
        """“Before” is before: a day too many would break buttons early."""
        kept_answers.keep(make_kept())
        assert kept_answers.forget_before(ASKED_AT) == 0
        assert kept_answers.answer(KEY) == make_kept()

    def test_nothing_of_a_forgotten_answer_is_left_in_the_file(self, tmp_path: Path) -> None:
        """Promised to be forgotten is forgotten on the disk too: question, quotes, places, feedback."""
        file = tmp_path / "bot.db"
        with closing(open_database(file)) as database:
            memory = KeptAnswers(database)
            memory.keep(make_kept(make_answer(question="Qui a volé la cloche de Vernay ?")))
            memory.place(PLACE, KEY)
            KeptFeedback(database).give(KEY, 7, "helpful")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert b"Vernay" in file.read_bytes()
            assert memory.forget_before(ASKED_AT + timedelta(seconds=1)) == 1
            assert memory.at(PLACE) is None
            assert KeptFeedback(database).report() == ()
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        left = file.read_bytes()
        assert b"Vernay" not in left
        assert b"Orvanne" not in left


class TestDamage:
    """A row that was changed is named, logged and never shown."""

    @pytest.mark.parametrize(
        "change",
        [
            """UPDATE answers SET record = CAST(replace(record, 'renovation', 'demolition') AS BLOB)""",
            """UPDATE answers SET record = CAST(replace(record, '"start":0', '"start":1') AS BLOB)""",
            """UPDATE answers SET record = CAST(replace(record, '"label":1', '"label":"x"') AS BLOB)""",
            """UPDATE answers SET record = x'ff00'""",
            """UPDATE answers SET record = 7""",
            """UPDATE articles SET article = CAST(replace(article, 'pont', 'port') AS BLOB)""",
            """UPDATE articles SET article = CAST(replace(article, 'courrier.example', 'x.example') AS BLOB)""",
            """UPDATE articles SET article = 7""",
            """DELETE FROM answer_articles""",
        ],
    )
    def test_a_changed_row_is_an_error_with_a_name(
        self,
        change: str,
        database: sqlite3.Connection,
        kept_answers: KeptAnswers,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """A tampered quote, place or address must not be shown as what the outlet wrote."""
        article = make_article(text="La renovation du pont.", url="https://courrier.example/pont")
        kept_answers.keep(make_kept(make_answer(make_citation(article))))
        with database:
            assert database.execute(change).rowcount == 1
        with pytest.raises(AnswerDamaged, match=f"{KEY}.*ask the question again") as raised:
            kept_answers.answer(KEY)
        assert isinstance(raised.value, StateError)
        assert [(r.levelno, KEY in r.getMessage(), r.exc_info) for r in caplog.records] == [
            (logging.ERROR, True, None)
        ]

    def test_a_record_under_another_key_is_damage(
        self, database: sqlite3.Connection, kept_answers: KeptAnswers
    ) -> None:
        """An answer that was swapped for another is not the one whose buttons were pressed."""
        kept_answers.keep(make_kept())
        kept_answers.keep(make_kept(make_not_covered(), key="f" * 16))
        with database:
            database.execute(
                "UPDATE answers SET record = (SELECT record FROM answers WHERE answer_key = ?)", (KEY,)
            )
        with pytest.raises(AnswerDamaged, match="f" * 16):
            kept_answers.answer("f" * 16)

    def test_a_damaged_answer_does_not_silence_its_thread(
        self, database: sqlite3.Connection, kept_answers: KeptAnswers, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A new question follows what can be read; the log names what could not."""
        kept_answers.keep(make_kept())
        kept_answers.keep(make_kept(key="f" * 16, asked_at=ASKED_AT + timedelta(seconds=1)))
        for key in (KEY, "f" * 16):
            kept_answers.place(PLACE, key)
        with database:
            database.execute("UPDATE answers SET record = x'00' WHERE answer_key = ?", ("f" * 16,))
        assert kept_answers.at(PLACE) == make_kept()
        assert "f" * 16 in caplog.text


def test_an_answer_is_kept_whole_or_not_at_all(
    database: sqlite3.Connection, kept_answers: KeptAnswers
) -> None:
    """A key that is there already must leave both the file and the first answer as they were."""
    kept_answers.keep(make_kept())
    with pytest.raises(StateError):
        kept_answers.keep(make_kept(make_answer(make_citation(make_english_article()))))
    assert kept_answers.answer(KEY) == make_kept()
    assert database.execute("SELECT count(*) FROM articles").fetchone() == (1,)


class TestFollowing:
    """What digs further into an answer."""

    OTHERS = ("1" * 16, "2" * 16, "3" * 16)

    def test_the_newest_is_found(self, kept_answers: KeptAnswers) -> None:
        """By the moment of asking; of one moment the last that was kept."""
        kept_answers.keep(make_kept())
        assert kept_answers.following(KEY) is None
        first, second, third = self.OTHERS
        kept_answers.keep(make_kept(key=first, follows=KEY, asked_at=ASKED_AT + timedelta(minutes=1)))
        kept_answers.keep(make_kept(key=second, follows=KEY))
        kept_answers.keep(make_kept(key=third, follows=first))
        found = kept_answers.following(KEY)
        assert found is not None
        assert found.key == first
        assert kept_answers.following(second) is None

    def test_a_damaged_one_is_passed_over(
        self, kept_answers: KeptAnswers, database: sqlite3.Connection
    ) -> None:
        """Whoever wants more must not be refused for the sake of another answer."""
        first, second, third = self.OTHERS
        for key in self.OTHERS:
            kept_answers.keep(make_kept(key=key, follows=KEY))
        with database:
            database.execute("UPDATE answers SET record = ? WHERE answer_key = ?", (b"\xff\x00{", third))
            record = database.execute("SELECT record FROM answers WHERE answer_key = ?", (first,)).fetchone()
            database.execute("UPDATE answers SET record = ? WHERE answer_key = ?", (*record, second))
        found = kept_answers.following(KEY)
        assert found is not None
        assert found.key == first

    def test_it_is_found_without_reading_all(self, database: sqlite3.Connection) -> None:
        """Ninety days of answers are not read through while everybody waits."""
        plan = database.execute(
            f"EXPLAIN QUERY PLAN SELECT answer_key FROM answers WHERE {FOLLOWS} = 'x'"
        ).fetchall()
        assert "USING INDEX answers_by_follows" in str(plan)

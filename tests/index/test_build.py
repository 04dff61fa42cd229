"""The build line, whole: what is published is what was read, or the old generation goes on serving."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import build as build_module
from index.drafting import Draft
from index.errors import IndexDamaged, IndexNotWritable, NothingRead
from index.passages import embedded_text, split
from index.retrieval.retriever import HybridRetriever
from index.storage.articles import SqliteArticles
from index.storage.described import corpus_line
from index.storage.layout import IndexFiles, file_sha256, open_published
from index.storage.vectors import ChromaVectors
from index.storage.verification import faults
from index.storage.words import SqliteWords
from index.types import Span
from tests.builds import build
from tests.factories import (
    FRENCH_TEXT,
    NOW,
    day,
    make_article,
    make_english_article,
    make_passage,
    make_query,
    make_reading,
)
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.build import BuildSummary
    from index.generation import Generation
    from index.protocols import Vectors
    from index.storage.layout import GenerationFiles
    from index.types import Article

_ROOT = Path(__file__).resolve().parents[2]


class FailingEmbedder(FakeEmbedder):
    """A model that dies after some batches."""

    def __init__(self, batches: int, error: BaseException) -> None:
        """Live for so many batches, then raise."""
        super().__init__()
        self._left = batches
        self._error = error

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors, or die."""
        if self._left == 0:
            raise self._error
        self._left -= 1
        return super().embed_passages(texts)


@pytest.fixture
def index(tmp_path: Path) -> IndexFiles:
    """Return an index folder in which nothing is published."""
    return IndexFiles(tmp_path / "index")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[IndexFiles, BuildSummary]:
    """Return an index of two articles, only to be read, and what its build said."""
    index = IndexFiles(tmp_path_factory.mktemp("two") / "index")
    return index, build(index.folder, [make_article(), make_english_article()])


def published(index: IndexFiles) -> tuple[Generation, GenerationFiles]:
    """Return what is published, proved."""
    generation, files = open_published(index)
    assert list(faults(files, generation)) == []
    return generation, files


def article_ids(index: IndexFiles) -> set[str]:
    """Return the articles that are published."""
    with closing(SqliteArticles.open(published(index)[1].articles)) as store:
        return set(store.versions())


def generations(index: IndexFiles) -> set[str]:
    """Return the names of the folders that are there, drafts as well."""
    return {folder.name for folder in (index.folder / "generations").iterdir()}


def many_articles(count: int = 6) -> list[Article]:
    """Return articles of two passages each, no two of which have the same words."""
    sentence = (
        "Le pont numéro {} de la rue {} sera fermé aux camions pendant quatorze mois à partir de lundi. "
    )
    return [
        make_article(f"pont{n}", text="".join(sentence.format(n, street) for street in "ABC").rstrip())
        for n in range(count)
    ]


class TestPublished:
    """A build ends in a generation that is true."""

    def test_the_manifest_says_what_was_built(self, two: tuple[IndexFiles, BuildSummary]) -> None:
        """Counts, model and dates under an answer come from it."""
        index, summary = two
        articles = [make_article(), make_english_article()]
        generation, files = published(index)
        assert generation == summary.generation
        assert (generation.articles, generation.built_at) == (2, NOW)
        assert generation.passages == sum(len(split(article, target=150)) for article in articles)
        assert (generation.embedder_id, generation.dimension) == ("fake:words:64", 64)
        assert generation.newest_published_at == make_english_article().published_at
        (written,) = (fact for fact in generation.files if fact.name == "articles.db")
        assert written.sha256 == file_sha256(files.articles)

    def test_a_question_finds_its_passage(self, two: tuple[IndexFiles, BuildSummary]) -> None:
        """The stores that a build fills are those that a question searches."""
        generation, files = published(two[0])
        with (
            closing(SqliteArticles.open(files.articles)) as articles,
            closing(ChromaVectors.open(files.vectors)) as vectors,
            closing(SqliteWords.open(files.words, generation.embedder_id, articles.text_digests)) as words,
        ):
            retriever = HybridRetriever(
                generation,
                articles,
                vectors,
                words,
                FakeEmbedder(),
                candidates=10,
                lexical_weight=0.35,
                lexical_weight_across=0.1,
            )
            best = retriever.retrieve(make_query("Combien de millions coûteront les travaux ?"))[0]
            english = retriever.retrieve(make_query("Who led the survey of the quay?", language="en"))[0]
        assert "3,5 millions" in best.passage.text
        assert "Orla Finch" in english.passage.text

    def test_only_what_was_read_is_indexed(self, index: IndexFiles) -> None:
        """A duplicate, an older version or a refused source must not be found, but must be reported."""
        readings = [
            make_reading(make_article()),
            make_reading(make_article("copy"), status="duplicate", reason="It is the same article."),
            make_reading(make_article("old"), status="superseded", reason="A newer version was read."),
            make_reading(status="refused"),
        ]
        summary = build(index.folder, readings)
        assert article_ids(index) == {make_article().article_id}
        assert [told.source_path for told in summary.refused] == [readings[-1].source_path]
        assert [summary.count(s) for s in ("read", "duplicate", "superseded", "refused")] == [1, 1, 1, 1]

    def test_no_date_anywhere_is_none(self, index: IndexFiles) -> None:
        """The newest day of undated coverage is not today."""
        assert build(index.folder, [make_article(published_at=None)]).generation.newest_published_at is None

    def test_an_article_of_headings_is_kept_without_passages(self, index: IndexFiles) -> None:
        """Nothing to find is no reason to fail the build."""
        headed = make_article("titre", text="Un titre", headings=(Span(0, 8),))
        summary = build(index.folder, [headed, make_article()])
        assert summary.generation.articles == 2
        published(index)

    def test_a_collection_without_any_passage_is_published(self, index: IndexFiles) -> None:
        """Chroma knows no dimension then, and verification must cope."""
        build(index.folder, [make_article(text="Un titre", headings=(Span(0, 8),))])
        assert published(index)[0].passages == 0

    def test_the_headline_is_embedded_with_each_passage(self, index: IndexFiles) -> None:
        """A passage that says "the work" is found by what the article is about."""
        embedder = FakeEmbedder()
        build(index.folder, [make_article()], embedder=embedder)
        assert embedder.embedded
        assert all(text.startswith("Orvanne rénove son pont\n") for text in embedder.embedded)

    def test_without_a_headline_the_passage_stands_alone(self) -> None:
        """The word "None" must not be embedded as if it were a headline."""
        article = make_article(headline=None)
        assert embedded_text(article, make_passage(article)) == FRENCH_TEXT

    def test_no_draft_remains(self, two: tuple[IndexFiles, BuildSummary]) -> None:
        """A finished draft is the generation, and nothing is left beside it."""
        index, summary = two
        assert generations(index) == {summary.generation.generation_id}

    def test_progress_reaches_its_end(self, index: IndexFiles, monkeypatch: pytest.MonkeyPatch) -> None:
        """A person who waits sees every stage begin and come to its total."""
        seen: list[tuple[str, int, int | None]] = []
        monkeypatch.setattr("tests.builds.no_progress", lambda *told, **_: seen.append(told))
        generation = build(index.folder, many_articles(3)).generation
        assert seen[0] == ("embed", 0, None)
        assert seen[-1] == ("embed", generation.passages, generation.passages)

    def test_every_stage_is_timed(self, two: tuple[IndexFiles, BuildSummary]) -> None:
        """The benchmark says where the time went."""
        seconds = two[1].seconds
        assert set(seconds) == {"compare", "copy", "embed", "words", "digest", "verify", "publish"}
        assert all(value >= 0 for value in seconds.values())


class TestAgain:
    """Building again gives the same, or what changed and nothing else."""

    def test_two_builds_of_the_same_have_the_same_digests(self, tmp_path: Path) -> None:
        """Whoever builds the same coverage can see that it is the same, whatever the order of reading."""
        articles = many_articles()
        one = build(tmp_path / "one", articles).generation
        other = build(tmp_path / "other", articles[::-1], now=NOW + timedelta(days=1)).generation
        assert one.corpus_sha256 == other.corpus_sha256
        assert one.vectors_sha256 == other.vectors_sha256
        assert one.settings_sha256 == other.settings_sha256
        assert one.generation_id != other.generation_id

    def test_a_cached_build_has_the_same_digests(self, index: IndexFiles) -> None:
        """Vectors from the cache are the vectors of the model, bit for bit."""
        one, other = build(index.folder, many_articles()), build(index.folder, many_articles())
        assert other.from_cache == other.generation.passages
        assert one.generation.vectors_sha256 == other.generation.vectors_sha256

    def test_the_size_of_a_batch_changes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Batches are written by another thread; their order must be that of the passages."""
        one = build(tmp_path / "one", many_articles()).generation
        monkeypatch.setattr(build_module, "BATCH", 1)
        other = build(tmp_path / "other", many_articles()).generation
        assert one.vectors_sha256 == other.vectors_sha256
        published(IndexFiles(tmp_path / "other"))

    @pytest.mark.parametrize("batch", [1, 512])
    def test_nothing_is_embedded_twice(
        self, index: IndexFiles, monkeypatch: pytest.MonkeyPatch, batch: int
    ) -> None:
        """Neither within a build, where wire copy repeats, nor in the next one."""
        monkeypatch.setattr(build_module, "BATCH", batch)
        embedder = FakeEmbedder()
        copies = [make_article("one"), make_article("two"), make_article("three")]
        build(index.folder, copies, embedder=embedder)
        build(index.folder, [*copies, make_english_article()], embedder=embedder)
        assert len(embedder.embedded) == len(set(embedder.embedded))
        before = len(embedder.embedded)
        build(index.folder, [*copies, make_english_article()], embedder=embedder)
        assert len(embedder.embedded) == before

    def test_from_cache_counts_what_was_not_embedded(self, index: IndexFiles) -> None:
        """The summary tells how much work the cache saved."""
        embedder = FakeEmbedder()
        build(index.folder, [make_article()], embedder=embedder)
        first = len(embedder.embedded)
        summary = build(index.folder, [make_article(), make_english_article()], embedder=embedder)
        assert summary.from_cache == first
        assert len(embedder.embedded) == summary.generation.passages

    def test_another_model_embeds_anew(self, index: IndexFiles) -> None:
        """Vectors of the old model must not be taken for those of the new one."""
        build(index.folder, [make_article()])
        summary = build(index.folder, [make_article()], embedder=FakeEmbedder("other"))
        assert summary.from_cache == 0
        assert published(index)[0].embedder_id == "fake:other:64"

    def test_a_removed_source_is_gone(self, index: IndexFiles) -> None:
        """What an outlet withdrew must not be found or cited any more."""
        build(index.folder, [make_article(), make_english_article()])
        build(index.folder, [make_english_article()])
        assert article_ids(index) == {make_english_article().article_id}

    def test_a_changed_article_is_a_new_version(self, index: IndexFiles) -> None:
        """A correction replaces the words; the article keeps its id."""
        old, new = make_article(), make_article(text=FRENCH_TEXT.replace("3,5", "4,5"))
        build(index.folder, [old])
        before = published(index)[0]
        build(index.folder, [new])
        generation, files = published(index)
        with closing(SqliteArticles.open(files.articles)) as store:
            assert store.versions() == {old.article_id: new.version_sha256}
            assert "4,5 millions" in store.article(old.article_id).text
            assert not any("3,5" in passage.text for passage in store.all_passages())
        assert generation.corpus_sha256 != before.corpus_sha256

    def test_other_sizes_of_passages_are_another_digest(self, tmp_path: Path) -> None:
        """Two indexes that were cut differently must not look alike."""
        one = build(tmp_path / "one", [make_article()], passage_characters=100).generation
        other = build(tmp_path / "other", [make_article()], passage_characters=300).generation
        assert one.settings_sha256 != other.settings_sha256
        assert one.corpus_sha256 != other.corpus_sha256

    def test_the_previous_generation_stays_readable(self, index: IndexFiles) -> None:
        """A running bot reads the old one until it changes over, even while the new one is published."""
        build(index.folder, [make_article()])
        _, files = published(index)
        with (
            closing(SqliteArticles.open(files.articles)) as store,
            closing(ChromaVectors.open(files.vectors)) as vectors,
        ):
            build(index.folder, [make_english_article()])
            assert store.article(make_article().article_id) == make_article()
            assert vectors.nearest(FakeEmbedder().embed_questions(["pont"])[0], 1, make_query())
            assert files.folder.exists()

    def test_older_generations_are_removed(self, index: IndexFiles) -> None:
        """Two are kept: the published one and the one before."""
        kept = [build(index.folder, many_articles(n + 1)).generation.generation_id for n in range(4)]
        assert generations(index) == set(kept[-2:])


class TestDying:
    """A build that fails changes nothing for those who ask."""

    @pytest.mark.parametrize("error", [RuntimeError("out of memory"), KeyboardInterrupt()])
    @pytest.mark.parametrize("batches", [0, 2])
    def test_the_old_generation_goes_on_serving(
        self, index: IndexFiles, monkeypatch: pytest.MonkeyPatch, error: BaseException, batches: int
    ) -> None:
        """A model that fails, or a person who stops the build, leaves the old index and no draft."""
        monkeypatch.setattr(build_module, "BATCH", 4)
        old = build(index.folder, [make_english_article()]).generation
        with pytest.raises(type(error)):
            build(index.folder, many_articles(), embedder=FailingEmbedder(batches, error))
        assert published(index)[0] == old
        assert generations(index) == {old.generation_id}

    def test_the_next_build_takes_up_the_vectors(
        self, index: IndexFiles, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Hours of embedding are not lost with a build that died."""
        monkeypatch.setattr(build_module, "BATCH", 4)
        failing = FailingEmbedder(2, RuntimeError("out of memory"))
        with pytest.raises(RuntimeError):
            build(index.folder, many_articles(), embedder=failing)
        assert len(failing.embedded) == 12
        embedder = FakeEmbedder()
        summary = build(index.folder, many_articles(), embedder=embedder)
        assert summary.from_cache == 12
        assert set(embedder.embedded).isdisjoint(failing.embedded)
        published(index)

    def test_the_draft_of_a_killed_build_is_removed_by_the_next(self, index: IndexFiles) -> None:
        """A process that was killed cannot clean up; the next build does."""
        draft = index.draft("20230101T000000Z-dead00")
        draft.folder.mkdir(parents=True)
        draft.articles.write_bytes(b"half")
        generation = build(index.folder, [make_article()]).generation
        assert generations(index) == {generation.generation_id}

    @pytest.mark.parametrize(
        "readings",
        [[], [make_reading(status="refused")], [make_reading(make_article(), status="duplicate")]],
    )
    def test_nothing_read_keeps_the_old_one(self, index: IndexFiles, readings: list[object]) -> None:
        """A wrong folder must not publish an empty index over a good one."""
        old = build(index.folder, [make_article()]).generation
        with pytest.raises(NothingRead, match="stays as it is"):
            build(index.folder, readings)  # type: ignore[arg-type]
        assert published(index)[0] == old
        assert generations(index) == {old.generation_id}

    def test_the_reasons_of_the_first_refusals_are_said(self, index: IndexFiles) -> None:
        """One sentence must tell which sources were refused, and why."""
        refused = make_reading(status="refused", reason="It is binary.", source_path="coverage/photo.txt")
        with pytest.raises(NothingRead, match=r"coverage/photo\.txt: It is binary"):
            build(index.folder, [refused])

    def test_an_unverified_draft_is_not_published(
        self, index: IndexFiles, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What the stores hold is proved before anybody is answered from it."""
        old = build(index.folder, [make_article()]).generation

        def lose_one(draft: Draft, batch: object, texts: object, cache: object) -> None:
            """Forget to store anything."""

        monkeypatch.setattr(Draft, "write", lose_one)
        with pytest.raises(IndexDamaged, match="stays as it is"):
            build(index.folder, [make_english_article()])
        assert published(index)[0] == old
        assert generations(index) == {old.generation_id}

    def test_a_write_that_fails_in_the_other_thread_is_not_lost(
        self, index: IndexFiles, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Vectors are written beside the embedding; an error there must end the build."""

        def fail(draft: Draft, batch: object, texts: object, cache: object) -> None:
            raise RuntimeError("no space")

        monkeypatch.setattr(Draft, "write", fail)
        with pytest.raises(RuntimeError, match="no space"):
            build(index.folder, [make_article()])
        assert generations(index) == set()

    def test_a_full_disk_is_named(self, index: IndexFiles, monkeypatch: pytest.MonkeyPatch) -> None:
        """SQLite reports a full disk with an error of its own, and a person needs the sentence."""
        old = build(index.folder, [make_article()]).generation

        def full(store: SqliteArticles, *_: object) -> None:
            store._db.execute("PRAGMA max_page_count = 1")
            store._db.execute("CREATE TABLE filler AS SELECT zeroblob(1000000)")

        monkeypatch.setattr(SqliteArticles, "add", full)
        try:
            with pytest.raises(IndexNotWritable, match="cannot be written"):
                build(index.folder, [make_english_article()])
        finally:
            assert published(index)[0] == old
        assert generations(index) == {old.generation_id}


def test_the_digest_of_a_collection_covers_versions_and_places() -> None:
    """Any other word, any other cut is another collection."""
    article = make_article()
    changed = make_article(text=FRENCH_TEXT.replace("3,5", "4,5"))

    def line(article: Article, target: int | None) -> bytes:
        spans = [(p.span.start, p.span.end) for p in split(article, target=target)] if target else []
        return corpus_line(article.article_id, article.version_sha256, spans)

    assert len({
        line(article, 100), line(article, 300), line(changed, 300), line(article, None),
        line(make_article(published_at=day("2022-12-10")), None),
    }) == 5  # fmt: skip


def test_a_killed_process_leaves_the_old_generation(index: IndexFiles) -> None:
    """Power fails in the middle of a build: the old index answers, and the next build cleans up."""
    old = build(index.folder, [make_article()]).generation
    script = """
import os, sys
from pathlib import Path
from tests.builds import build
from tests.factories import make_english_article
from tests.fakes import FakeEmbedder
class Killed(FakeEmbedder):
    def embed_passages(self, texts):
        os._exit(9)
build(Path(sys.argv[1]), [make_english_article()], embedder=Killed())
"""
    ended = subprocess.run(  # noqa: S603  # our own interpreter and script
        [sys.executable, "-c", script, str(index.folder)], cwd=_ROOT, check=False
    )
    assert ended.returncode == 9
    assert published(index)[0] == old
    assert any(name.endswith(".draft") for name in generations(index))
    build(index.folder, [make_english_article()])
    assert not any(name.endswith(".draft") for name in generations(index))
    assert article_ids(index) == {make_english_article().article_id}

"""Whatever is altered in a published generation is found and named."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from index.storage.layout import IndexFiles, open_published
from index.storage.vectors import ChromaVectors
from index.storage.verification import faults
from index.types import Span
from index.words import stems
from tests.builds import build
from tests.factories import FRENCH_TEXT, day, make_article, make_english_article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.generation import Generation
    from index.storage.layout import GenerationFiles

_HEADED = make_article(
    "marché",
    text="Un marché couvert\n" + FRENCH_TEXT,
    headline="Le marché d'Orvanne",
    headings=(Span(0, 17),),
    kept=(Span(3, 21), Span(40, 40 + len(FRENCH_TEXT))),
)
_ARTICLE_ID = make_article().article_id


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of three articles, which nobody changes."""
    folder = tmp_path_factory.mktemp("built") / "index"
    build(folder, [make_article(), make_english_article(), _HEADED], passage_characters=100)
    return folder


@pytest.fixture
def opened(built: Path, tmp_path: Path) -> tuple[Generation, GenerationFiles]:
    """Return a copy of the index that may be damaged."""
    return open_published(IndexFiles(shutil.copytree(built, tmp_path / "index")))


def found_in(opened: tuple[Generation, GenerationFiles]) -> list[str]:
    """Return the faults."""
    generation, files = opened
    return list(faults(files, generation))


def sql(statement: str, *values: object) -> Callable[[GenerationFiles], None]:
    """Return what changes the SQLite file."""

    def alter(files: GenerationFiles) -> None:
        with closing(sqlite3.connect(files.articles)) as connection:
            assert connection.execute(statement, values).rowcount != 0
            connection.commit()

    return alter


def fact(name: str, value: object) -> Callable[[GenerationFiles], None]:
    """Return what changes one fact of an article."""
    return sql(
        f"UPDATE articles SET facts = json_set(facts, '$.{name}', json(?)) WHERE article_id = ?",
        json.dumps(value),
        _ARTICLE_ID,
    )


def chroma(change: Callable[[ChromaVectors, str], Any]) -> Callable[[GenerationFiles], None]:
    """Return what changes the vector of the first passage."""

    def alter(files: GenerationFiles) -> None:
        with closing(sqlite3.connect(files.articles)) as connection:
            (first,) = connection.execute("SELECT min(passage_id) FROM passages").fetchone()
        store = ChromaVectors.open(files.vectors)
        change(store, first)
        store.close()

    return alter


def delete_article(files: GenerationFiles) -> None:
    """Remove an article and its passages."""
    sql("DELETE FROM passages WHERE article_id = ?", _ARTICLE_ID)(files)
    sql("DELETE FROM articles WHERE article_id = ?", _ARTICLE_ID)(files)


def rename(store: ChromaVectors, name: str) -> None:
    """Give a vector another name."""
    store.add(["more"], store.vectors([name])[name][np.newaxis], [{}])
    store._collection.delete(ids=[name])


def other_words(files: GenerationFiles) -> None:
    """Replace the full text of the first passage by other words."""
    with closing(sqlite3.connect(files.articles)) as connection:
        key, text, language, facts_ = connection.execute(
            "SELECT passage_key, substr(text, span_start + 1, span_end - span_start), passages.language, facts"
            " FROM passages JOIN articles USING (article_id) ORDER BY passage_key LIMIT 1"
        ).fetchone()
        headline = " ".join(stems(json.loads(facts_)["headline"], language))
        connection.execute(
            "INSERT INTO passage_words (passage_words, rowid, body, headline, language)"
            " VALUES ('delete', ?, ?, ?, ?)",
            (key, " ".join(stems(text, language)), headline, f"lang{language}"),
        )
        connection.execute(
            "INSERT INTO passage_words (rowid, body, headline, language) VALUES (?, 'autre', '', 'langfr')",
            (key,),
        )
        connection.commit()


def gone(name: str) -> Callable[[GenerationFiles], None]:
    """Return what removes a file or folder of the generation."""

    def alter(files: GenerationFiles) -> None:
        path = files.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    return alter


def altered(name: str) -> Callable[[GenerationFiles], None]:
    """Return what turns the bits of the first byte of a file."""

    def alter(files: GenerationFiles) -> None:
        path = files.folder / name
        content = path.read_bytes()
        path.write_bytes(bytes([content[0] ^ 0xFF]) + content[1:])

    return alter


def cut_short(pattern: str) -> Callable[[GenerationFiles], None]:
    """Return what halves a file."""

    def alter(files: GenerationFiles) -> None:
        (path,) = files.folder.glob(pattern)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return alter


def words(statement: str) -> Callable[[GenerationFiles], None]:
    """Return what changes the words in place."""

    def alter(files: GenerationFiles) -> None:
        with closing(sqlite3.connect(next(files.words.iterdir()))) as database, database:
            database.execute(statement)

    return alter


_FIRST_PASSAGE = "passage_key = (SELECT min(passage_key) FROM passages)"

FOUND = {
    "a word of the text": (
        sql("UPDATE articles SET text = replace(text, '3,5', '4,5') WHERE article_id = ?", _ARTICLE_ID),
        "its text or facts are not those of version",
    ),
    "the end of the text": (
        sql("UPDATE articles SET text = substr(text, 1, 50) WHERE article_id = ?", _ARTICLE_ID),
        "passage .* is not at",
    ),
    "more text": (sql("UPDATE articles SET text = text || ' Fin.'"), "mapped to its source"),
    "the headline": (fact("headline", "Autre titre"), "its text or facts"),
    "the byline": (fact("byline", ["Quelqu'un"]), "its text or facts"),
    "the outlet": (fact("publisher", "Autre"), "its text or facts"),
    "the day of publishing": (fact("published_at", "2020-01-01T00:00:00Z"), "its text or facts"),
    "the address": (fact("url", "https://other.example/"), "its text or facts"),
    "the language in the facts": (fact("language", "en"), "its text or facts"),
    "the facts cut short": (sql("UPDATE articles SET facts = substr(facts, 1, 40)"), "cannot be read"),
    "a fact of another type": (fact("headings", "none"), "cannot be read"),
    "the version": (sql("UPDATE articles SET version_sha256 = 'v' || version_sha256"), "its text or facts"),
    "a passage shifted": (
        sql(
            f"UPDATE passages SET span_start = span_start + 1, span_end = span_end + 1 WHERE {_FIRST_PASSAGE}"
        ),
        "digest of the articles",
    ),
    "a passage shorter": (
        sql(f"UPDATE passages SET span_end = span_end - 1 WHERE {_FIRST_PASSAGE}"),
        "digest of the articles",
    ),
    "a passage past the end": (sql("UPDATE passages SET span_end = 99999"), "is not at"),
    "a passage of nothing": (sql("UPDATE passages SET span_end = span_start"), "cannot be read"),
    "a passage renamed": (
        sql(f"UPDATE passages SET passage_id = 'other' WHERE {_FIRST_PASSAGE}"),
        "passage other has no vector",
    ),
    "two passages in the other order": (
        sql("UPDATE passages SET ordinal = 1 - ordinal WHERE ordinal < 2"),
        "digest of the articles",
    ),
    "a passage moved to another article": (
        sql(
            "UPDATE passages SET article_id = (SELECT max(article_id) FROM articles) WHERE article_id ="
            " (SELECT min(article_id) FROM articles)"
        ),
        "digest of the articles",
    ),
    "a passage in another language": (
        sql(f"UPDATE passages SET language = 'de' WHERE {_FIRST_PASSAGE}"),
        "is not in the language de",
    ),
    "a passage deleted": (sql(f"DELETE FROM passages WHERE {_FIRST_PASSAGE}"), "^passages: expected"),
    "an article deleted": (
        sql("DELETE FROM articles WHERE article_id = ?", _ARTICLE_ID),
        "^articles: expected 3, found 2",
    ),
    "an article with its passages deleted": (
        delete_article,
        "^articles: expected 3, found 2",
    ),
    "the full text": (
        sql("INSERT INTO passage_words(passage_words) VALUES ('delete-all')"),
        "^passages in full text: expected .*, found 0",
    ),
    "a table": (sql("DROP TABLE passages"), "cannot be read"),
    "articles.db gone": (gone("articles.db"), "cannot be read"),
    "articles.db cut short": (cut_short("articles.db"), "cannot be read"),
    "a vector deleted": (
        chroma(lambda store, name: store._collection.delete(ids=[name])),
        "is another in Chroma",
    ),
    "a vector altered": (
        chroma(
            lambda store, name: store._collection.update(
                ids=[name], embeddings=np.nextafter(store.vectors([name])[name], np.float32(1))[np.newaxis]
            )
        ),
        "is another in Chroma",
    ),
    "a vector too many": (
        chroma(lambda store, name: store.add(["more"], store.vectors([name])[name][np.newaxis], [{}])),
        "^vectors: expected",
    ),
    "a vector of another name": (
        chroma(rename),
        "is another in Chroma",
    ),
    "a vector beside Chroma": (altered("chroma/rows/vectors"), "it is not the one that was written"),
    "a fact beside Chroma": (altered("chroma/rows/facts"), "is another in Chroma"),
    "an id beside Chroma": (altered("chroma/rows/ids"), "has no vector"),
    "the order beside Chroma": (altered("chroma/rows/order"), "."),
    "the vectors beside Chroma cut short": (cut_short("chroma/rows/vectors"), "vectors cannot be read"),
    "the names beside Chroma gone": (gone("chroma/rows/names.json"), "vectors cannot be read"),
    "the outlet that dense search compares": (
        chroma(lambda store, name: store._collection.update(ids=[name], metadatas=[{"publisher": "Autre"}])),
        "^filters of passage .*expected .*, found .*Autre",
    ),
    "the day that dense search compares": (
        chroma(lambda store, name: store._collection.update(ids=[name], metadatas=[{"published_at": 0.5}])),
        "^filters of passage .*expected .*, found .*0.5",
    ),
    "the id in the facts": (fact("article_id", "other"), "its facts are those of article other"),
    "a place that is not a number": (sql("UPDATE passages SET span_start = 'x'"), "cannot be read"),
    "the collection": (
        chroma(lambda store, _: store._client.delete_collection("passages")),
        "vectors cannot be read",
    ),
    "chroma gone": (gone("chroma"), "missing"),
    "words gone": (gone("words"), "has no words in place"),
    "words cut short": (cut_short("words/*.db"), "^words/.* bytes instead of"),
    "a passage without words": (
        words("DELETE FROM embedded WHERE rowid = 1"),
        "has no words in place",
    ),
    "other words": (words("UPDATE embedded SET words = x''"), "has no words in place"),
}  # fmt: skip

_DIGEST = "^digest of articles.db"
# Nothing but the digest of the file as a whole covers these: what narrows a search, and citations.
COVERED_BY_DIGEST = {
    "the outlet that filters compare": sql("UPDATE articles SET publisher = 'Autre'"),
    "the day that filters compare": sql("UPDATE articles SET published_at = 0"),
    "the language that search reads": sql("UPDATE articles SET language = 'en'"),
    "the words that search reads": other_words,
    "the source file of a citation": fact("source_path", "coverage/other.txt"),
    "the digest of the source": fact("source_sha256", "0" * 64),
    "no way back to the source": fact("kept", []),
    "another way back to the source": fact("kept", [{"start": 7, "end": 7 + len(FRENCH_TEXT)}]),
    "the section headings": sql("UPDATE articles SET facts = json_set(facts, '$.headings', json('[]'))"),
    "ordinals with a gap": sql("UPDATE passages SET ordinal = 10 * ordinal"),
}
FOUND |= {name: (alter, _DIGEST) for name, alter in COVERED_BY_DIGEST.items()}


def overwrite(path: Path, place: int) -> None:
    """Write 200 bytes that mean nothing into a file."""
    written = bytearray(path.read_bytes())
    written[place : place + 200] = b"\xff" * 200
    path.write_bytes(written)


def test_nothing_is_wrong_with_what_was_built(opened: tuple[Generation, GenerationFiles]) -> None:
    """A verification that cries wolf is ignored."""
    assert found_in(opened) == []


@pytest.mark.parametrize("name", FOUND)
def test_an_alteration_is_found(opened: tuple[Generation, GenerationFiles], name: str) -> None:
    """Whatever is not as it was written must be named, in the words that say what it is."""
    alter, says = FOUND[name]
    alter(opened[1])
    found = found_in(opened)
    assert found
    assert any(re.search(says, fault) for fault in found), found


@pytest.mark.parametrize("twentieth", range(20))
def test_a_damaged_disk_is_named_and_not_raised(
    opened: tuple[Generation, GenerationFiles], twentieth: int
) -> None:
    """verify_index.py prints faults; a traceback does not say what is wrong with the index."""
    path = opened[1].articles
    overwrite(path, twentieth * path.stat().st_size // 20)
    found = found_in(opened)
    assert any(re.search(_DIGEST, fault) for fault in found), found


def test_a_damaged_disk_under_chroma_is_named(opened: tuple[Generation, GenerationFiles]) -> None:
    """A store whose first page is gone is no store."""
    overwrite(opened[1].vectors / "chroma.sqlite3", 0)
    assert found_in(opened)


def test_a_panic_of_chroma_is_named(opened: tuple[Generation, GenerationFiles]) -> None:
    """Chroma's compiled half does not expect damage; the person must read one sentence all the same."""
    with closing(sqlite3.connect(opened[1].vectors / "chroma.sqlite3")) as connection:
        connection.execute("UPDATE migrations SET sql = CAST(x'ff' AS TEXT)")
        connection.commit()
    assert found_in(opened)


@pytest.mark.parametrize(
    "change",
    [
        {"articles": 4},
        {"passages": 1},
        {"dimension": 63},
        {"corpus_sha256": "0" * 64},
        {"vectors_sha256": "0" * 64},
        {"rows_sha256": "0" * 64},
        {"words_sha256": "0" * 64},
        {"newest_published_at": day("1999-01-01")},
        {"newest_published_at": None},
    ],
)
def test_a_manifest_that_says_something_else_is_found(
    opened: tuple[Generation, GenerationFiles], change: dict[str, Any]
) -> None:
    """The manifest is what a person is told about the index, so it must be true."""
    generation, files = opened
    assert list(faults(files, replace(generation, **change)))


def test_faults_come_one_by_one(
    opened: tuple[Generation, GenerationFiles], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A caller that wants the first ten of a ruined index must not wait for all."""
    sql("UPDATE articles SET text = upper(text)")(opened[1])
    monkeypatch.setattr(ChromaVectors, "open", lambda _: pytest.fail("nobody asked for the vectors yet"))
    generation, files = opened
    first, second = islice(faults(files, generation), 2)
    assert first.startswith("digest of articles.db")
    assert second.startswith("article ")


def test_looking_changes_nothing(opened: tuple[Generation, GenerationFiles]) -> None:
    """Verifying a published index must leave its articles as they are, to be verified again."""
    before = opened[1].articles.read_bytes()
    assert found_in(opened) == found_in(opened) == []
    assert opened[1].articles.read_bytes() == before
    assert {path.name for path in opened[1].folder.iterdir()} == {
        "articles.db",
        "chroma",
        "lease",
        "manifest.json",
        "words",
    }

"""Only what is new or changed is read, and what comes out is what reading everything gives."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from index import build_wiring, wiring
from index.settings import IndexSettings, load_settings
from index.sources import files, taking
from index.storage.articles import SqliteArticles
from index.storage.layout import IndexFiles, open_published
from index.storage.vectors import ChromaVectors
from index.storage.verification import faults
from tests.builds import no_progress
from tests.factories import make_query
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.build import BuildSummary
    from index.generation import Generation
    from index.storage.layout import GenerationFiles
    from index.types import Reading

_MENU = "Le Courrier d'Orvanne\nÉconomie Culture Sport Météo\n"
_BODY = "Le conseil municipal a voté lundi la rénovation du pont numéro {}, qui coûtera {} millions d'euros."


class Place:
    """A folder of sources, and an index of it."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing."""
        self.folder = folder
        self.sources = folder / "coverage"
        self.sources.mkdir(parents=True)
        self.embedder = FakeEmbedder()

    def build(self, name: str = "index", **options: bool) -> BuildSummary:
        """Build the index of a name."""
        settings = load_settings(IndexSettings, index_dir=self.folder / name, cache_dir=self.folder / "cache")
        return build_wiring.build_index(settings, [self.sources], no_progress, **options)  # type: ignore[arg-type]  # options of that name

    def text(self, name: str, number: int, head: str = _MENU) -> None:
        """Write a page saved as text."""
        text = f"{head}Le pont numéro {number}\n{_BODY.format(number, number)}\n"
        (self.sources / f"{name}.txt").write_text(text, encoding="utf-8")

    def record(self, number: int, **facts: object) -> dict[str, object]:
        """Return a record."""
        plain = {
            "id": str(number),
            "title": f"Le pont {number}",
            "text": _BODY.format(number, number),
            "date": "2022-12-09",
        }
        return plain | facts

    def lines(self, records: list[dict[str, object]]) -> None:
        """Write records, one a line."""
        written = "".join(json.dumps(record) + "\n" for record in records)
        (self.sources / "articles.jsonl").write_text(written, encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return a folder of five pages of one outlet and three records, with an index of them."""
    monkeypatch.chdir(tmp_path)
    made = Place(tmp_path)
    monkeypatch.setattr(wiring, "make_embedder", lambda _: made.embedder)
    for number in range(5):
        made.text(f"pont{number}", number)
    made.lines([made.record(number) for number in (10, 11, 12)])
    made.build()
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is read from now on: the source path of each reading."""
    seen: list[str] = []
    plain = taking.taken

    def noted(file: str, number: int, reading: Reading, *, alone: bool = False) -> taking.Taken:
        seen.append(reading.source_path.removeprefix("coverage/"))
        return plain(file, number, reading, alone=alone)

    monkeypatch.setattr(taking, "taken", noted)
    return seen


def content(generation: Generation) -> tuple[object, ...]:
    """Return the digests that tell what a generation holds."""
    return (
        generation.articles,
        generation.passages,
        generation.newest_published_at,
        generation.corpus_sha256,
        generation.rows_sha256,
        generation.vectors_sha256,
        generation.words_sha256,
        generation.settings_sha256,
    )


def found_in(files: GenerationFiles) -> tuple[list[object], dict[str, float]]:
    """Return what each store finds, with and without filters, and what it says of all it holds."""
    question = FakeEmbedder().embed_questions(["pont numéro 3"])[0]
    filtered = make_query(
        "rénovation du pont", languages=("fr",), published_from=datetime(2022, 1, 1, tzinfo=UTC)
    )
    with (
        closing(SqliteArticles.open(files.articles)) as articles,
        closing(ChromaVectors.open(files.vectors)) as vectors,
    ):
        found: list[object] = [articles.counts(), articles.extent()]
        cosines: dict[str, float] = {}
        for number, query in enumerate((make_query("pont numéro 3"), filtered)):
            nearest, passing = vectors.exact(question, 1000, query)
            found += [list(articles.search(query, 50).items()), passing, set(nearest)]
            cosines |= {f"{number} {name}": cosine for name, cosine in nearest.items()}
        return found, cosines


def proved(place: Place) -> BuildSummary:
    """Build, prove what was built, and compare it with a build from nothing in another folder."""
    summary = place.build()
    index = IndexFiles(place.folder / "index")
    generation, found = open_published(index)
    assert list(faults(found, generation)) == []
    shutil.rmtree(place.folder / "fresh", ignore_errors=True)
    fresh = place.build("fresh")
    assert content(generation) == content(fresh.generation)
    (here, cosines), (there, exact) = (
        found_in(files)
        for files in (found, IndexFiles(place.folder / "fresh").generation(fresh.generation.generation_id))
    )
    assert here == there
    assert cosines == pytest.approx(exact, abs=1e-6)  # the last digit depends on the place of a row
    assert summary.sources == fresh.sources
    assert summary.refused == fresh.refused
    return summary


def test_nothing_is_read_when_nothing_changed(place: Place, read: list[str]) -> None:
    """A build every night must cost next to nothing."""
    _rest(place)
    summary = place.build()
    assert read == []
    assert (summary.unchanged, summary.added, summary.embedded) == (8, 0, 0)


def _rest(place: Place) -> None:
    """Let the sources look as if they had been at rest for an hour, and be known so."""
    for path in place.sources.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    taking._RACY_NS, before = -(10**18), taking._RACY_NS
    try:
        place.build()
    finally:
        taking._RACY_NS = before


def test_a_new_page_is_read_alone(place: Place, read: list[str]) -> None:
    """One article more is one article read, split and embedded."""
    _rest(place)
    place.text("pont7", 7)
    summary = place.build()
    assert read == ["pont7.txt"]
    assert (summary.added, summary.unchanged, summary.embedded) == (1, 8, 1)
    assert summary.anew is None


def test_a_new_line_is_read_alone(place: Place, read: list[str]) -> None:
    """An export to which ten lines were added must not be parsed from its beginning."""
    _rest(place)
    place.lines([place.record(number) for number in (10, 11, 12, 13)])
    assert place.build().added == 1
    assert read == ["articles.jsonl#4"]


def test_a_page_that_was_only_touched_is_not_read(place: Place, read: list[str]) -> None:
    """Copying a folder changes its times, and nothing else."""
    _rest(place)
    (place.sources / "pont1.txt").touch()
    assert place.build().unchanged == 8
    assert read == []


def texts(place: Place, name: str, numbers: range, head: str) -> None:
    """Write pages with the same head."""
    for number in numbers:
        place.text(f"{name}{number}", number, head=head)


CHANGES: dict[str, Callable[[Place], object]] = {
    "nothing": lambda place: place.text("pont1", 1),
    "a page more": lambda place: place.text("pont9", 9),
    "a page changed": lambda place: place.text("pont1", 1000),
    "a page removed": lambda place: (place.sources / "pont2.txt").unlink(),
    "a page renamed": lambda place: (place.sources / "pont3.txt").rename(place.sources / "autre.txt"),
    "a page that is a copy": lambda place: shutil.copy(place.sources / "pont4.txt", place.sources / "a.txt"),
    "an empty page": lambda place: (place.sources / "vide.txt").touch(),
    "a record more": lambda place: place.lines([place.record(n) for n in (10, 11, 12, 13)]),
    "a record changed": lambda place: place.lines(
        [place.record(10), place.record(11, title="Autre"), place.record(12)]
    ),
    "a record removed": lambda place: place.lines([place.record(n) for n in (10, 12)]),
    "records in another order": lambda place: place.lines([place.record(n) for n in (12, 11, 10)]),
    "an id that is taken": lambda place: place.lines(
        [place.record(n) for n in (10, 11, 12)] + [place.record(10, title="Autre")]
    ),
    "a newer version": lambda place: place.lines(
        [place.record(n) for n in (10, 11, 12)] + [place.record(10, title="Autre", date="2022-12-10")]
    ),
    "no records": lambda place: (place.sources / "articles.jsonl").write_text("", encoding="utf-8"),
    "other pages of the outlet": lambda place: texts(
        place,
        "autre",
        range(20, 32),
        _MENU + "Abonnez-vous pour lire la suite de cet article demain\n",
    ),
    "pages of another outlet": lambda place: texts(place, "loin", range(40, 44), "L'Écho\n"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_result_is_that_of_a_build_from_nothing(place: Place, name: str) -> None:
    """Digest for digest: how an index came about must not be seen in it."""
    CHANGES[name](place)
    proved(place)


@pytest.mark.slow
def test_changes_one_upon_the_other(place: Place) -> None:
    """A year of nights ends where a build from nothing ends."""
    for change in CHANGES.values():
        change(place)
        proved(place)


def test_lines_of_an_outlet_that_become_furniture_change_its_old_pages(place: Place) -> None:
    """What an outlet prints on most of its pages belongs to none, and only the later pages show it."""
    slogan = "Le journal des rives depuis 1884, chaque matin chez vous"
    for number in range(60, 62):
        place.text(f"slogan{number}", number, head=f"La Gazette\n{slogan}\n")
    proved(place)
    place.text("slogan62", 62, head=f"La Gazette\n{slogan}\n")
    place.text("slogan63", 63, head=f"La Gazette\n{slogan}\n")
    proved(place)


def test_a_superseded_version_counts_again_when_the_newer_one_is_gone(place: Place) -> None:
    """Nothing of its file changed, and it was not stored: it must be read again."""
    both = [place.record(10, url="https://a.example/1"), place.record(11), place.record(12)]
    newer = place.record(20, url="https://a.example/1", date="2022-12-20", title="Plus récent")
    place.lines(both)
    (place.sources / "more.jsonl").write_text(json.dumps(newer) + "\n", encoding="utf-8")
    assert proved(place).count("superseded") == 1
    (place.sources / "more.jsonl").unlink()
    summary = proved(place)
    assert summary.count("superseded") == 0


def test_a_file_that_changes_while_it_is_read_is_read_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the old and half of the new is neither."""
    changed = {"left": 1}
    plain = files.read_file

    def growing(rules: object, found: tuple[Path, object]) -> object:
        yield from plain(rules, found)  # type: ignore[arg-type]  # whatever it was called with
        if changed["left"] and found[0].name == "pont9.txt":
            changed["left"] -= 1
            place.text("pont9", 90)

    place.text("pont9", 9)
    monkeypatch.setattr(taking, "read_file", growing)
    proved(place)


def test_a_file_that_never_rests_is_refused_by_name(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is being written: what is in it now is not what it will say."""
    plain = files.read_file
    counted = iter(range(100, 200))

    def growing(rules: object, found: tuple[Path, object]) -> object:
        yield from plain(rules, found)  # type: ignore[arg-type]  # whatever it was called with
        if found[0].name == "pont9.txt":
            place.text("pont9", next(counted))

    place.text("pont9", 9)
    monkeypatch.setattr(taking, "read_file", growing)
    summary = place.build()
    assert [told.source_path for told in summary.refused] == ["coverage/pont9.txt"]
    assert "changed while it was read" in (summary.refused[0].reason or "")
    monkeypatch.setattr(taking, "read_file", plain)
    assert proved(place).count("refused") == 0


def test_a_ledger_that_is_damaged_only_costs_time(place: Place) -> None:
    """What is known of the sources is only a shortcut."""
    _, found = open_published(IndexFiles(place.folder / "index"))
    found.sources.write_bytes(b"garbage" * 1000)
    proved(place)


@pytest.mark.parametrize("setting", ["DATELINE_MAX_SOURCE_BYTES", "DATELINE_PASSAGE_CHARACTERS"])
def test_another_setting_changes_what_depends_on_it(
    place: Place, monkeypatch: pytest.MonkeyPatch, read: list[str], setting: str
) -> None:
    """A limit for sources concerns reading, a size of passages concerns splitting."""
    _rest(place)
    monkeypatch.setenv(setting, "1000")
    summary = place.build()
    assert bool(read) == (setting == "DATELINE_MAX_SOURCE_BYTES")
    assert bool(summary.anew) == (setting == "DATELINE_PASSAGE_CHARACTERS")
    proved(place)


def test_another_model_embeds_everything_and_reads_nothing(place: Place, read: list[str]) -> None:
    """The articles are what they were, and so are their passages."""
    _rest(place)
    place.embedder = FakeEmbedder("other")
    summary = place.build()
    assert read == []
    assert summary.embedded == summary.generation.passages
    assert "fake:other:64" in (summary.anew or "")

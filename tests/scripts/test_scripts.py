"""The scripts: what they print, what they return, and what they leave on the disk."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from index.storage.layout import IndexFiles
from scripts import evaluate, rebuild_index, verify_index
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from index.settings import IndexSettings
    from index.storage.layout import GenerationFiles

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(path.name for path in (ROOT / "scripts").glob("*.py"))
# Seconds to import, each of them: what --help does not use it must not load.
HEAVY = (
    "chromadb",
    "torch",
    "sentence_transformers",
    "onnxruntime",
    "trafilatura",
    "transformers",
    "sklearn",
)

PAGE = """Logo Le Courrier d'Orvanne

Orvanne rénove son vieux pont de pierre

top-article-image

Photo: Lise Aubrac/Le Courrier

Partager un article

Durée de lecture: 3 Min.

Le conseil municipal d'Orvanne a voté lundi la rénovation du vieux pont, fermé depuis la crue de mars.
Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois, selon la mairie.
« Nous ne pouvions plus attendre », a déclaré M. Delmas, l'adjoint aux routes de la commune.
"""
SAVED_PAGE = """<!doctype html><html lang="en"><head><title>Saltmere harbour to close for six weeks</title>
<meta property="article:published_time" content="2023-02-14T17:05:00Z"></head><body><article>
<h1>Saltmere harbour to close for six weeks</h1>
<p>The harbour at Saltmere will close for six weeks from May, the port authority said on Tuesday, because the
old quay is sinking faster than expected.</p>
<p>Ferries to the islands will leave from Brackley instead, and repairs will cost $2.4 million, most of it paid
by the county, said the survey.</p></article></body></html>"""
NOTES = """# Le marché déménage

Le marché couvert de Vernay s'installe sur la place des Tilleuls dès le 3 avril, a annoncé la mairie.

Les commerçants y resteront deux ans.
"""
RECORDS = (
    {
        "title": "Un ferry heurte la jetée",
        "text": "Le ferry Alcyon a heurté la jetée de Port-Blanc mardi soir, faisant sept blessés légers.",
        "published": "2023-01-17",
    },
    {
        "title": "Un loup près des bergeries",
        "text": "Un loup a été aperçu près des bergeries de Montclar, selon les gardes du parc.",
    },
)


@pytest.fixture(autouse=True)
def _words_as_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a bag of words stand for the embedding model, in a folder without ``.env``."""

    def make(settings: IndexSettings) -> FakeEmbedder:
        return FakeEmbedder()

    monkeypatch.setattr("index.wiring.make_embedder", make)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    """Return a folder of the four kinds, with one file that is empty."""
    folder = tmp_path / "coverage"
    folder.mkdir()
    (folder / "pont.txt").write_text(PAGE, encoding="utf-8")
    (folder / "port.html").write_text(SAVED_PAGE, encoding="utf-8")
    (folder / "marche.md").write_text(NOTES, encoding="utf-8")
    (folder / "depeches.jsonl").write_text(
        "".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8"
    )
    (folder / "vide.txt").touch()
    return folder


@pytest.fixture
def index_dir(coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the folder of an index of the coverage, the empty file aside."""
    (coverage / "vide.txt").unlink()
    assert rebuild_index.main([str(coverage), "--index", str(tmp_path / "index")]) == 0
    capsys.readouterr()
    return tmp_path / "index"


def _published(index_dir: Path) -> GenerationFiles:
    index = IndexFiles(index_dir)
    return index.generation(index.published_id() or "")


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


class TestRebuild:
    """``rebuild_index.py``: sources in, a published index out."""

    def test_what_was_read_is_published_and_what_was_not_is_named(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """One bad file must not stop the others, and must not pass unseen: the exit status tells."""
        assert rebuild_index.main([str(coverage), "--index", str(tmp_path / "index")]) == 4
        printed = capsys.readouterr()
        assert "refused  coverage/vide.txt: It is empty." in printed.out
        assert "5 read, 0 duplicate, 0 superseded, 1 refused" in printed.out
        assert f"generation {_published(tmp_path / 'index').folder.name}" in printed.out
        assert "embedding passages" in printed.err

    def test_everything_read_is_status_nought(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A nightly build goes on only when nothing was refused."""
        (coverage / "vide.txt").unlink()
        assert rebuild_index.main([str(coverage), "--index", str(tmp_path / "index")]) == 0
        assert "refused  " not in capsys.readouterr().out

    def test_a_report_to_look_at_is_one_page(self, coverage: Path, tmp_path: Path) -> None:
        """A file that ends in .html is for a person, and needs no other file."""
        report = tmp_path / "report.html"
        rebuild_index.main([str(coverage), "--index", str(tmp_path / "index"), "--report", str(report)])
        page = report.read_text(encoding="utf-8")
        assert page.startswith("<!doctype html>")
        assert "Partager un article" in page
        assert "src=" not in page

    def test_the_json_summary_is_one_object(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Programs read the counts, and which source was refused why."""
        arguments = [str(coverage), "--index", str(tmp_path / "index"), "--json"]
        assert rebuild_index.main(arguments) == 4
        found = json.loads(capsys.readouterr().out)
        assert list(found) == [
            "generation_id", "articles", "passages", "from_cache", "read", "duplicate", "superseded", "refused",
            "refusals", "seconds", "added", "changed", "unchanged", "removed", "embedded", "anew", "generations",
            "model", "processors", "runs_on",
        ]  # fmt: skip
        assert (found["articles"], found["read"], found["refused"]) == (5, 5, 1)
        assert found["refusals"] == [{"source_path": "coverage/vide.txt", "reason": "It is empty."}]
        assert found["generation_id"] == _published(tmp_path / "index").folder.name

    def test_the_report_accounts_for_every_source_and_every_character(
        self, coverage: Path, tmp_path: Path
    ) -> None:
        """Nothing is lost silently: what is not in the article is in the report, at its place."""
        report = tmp_path / "report.jsonl"
        rebuild_index.main([str(coverage), "--index", str(tmp_path / "index"), "--report", str(report)])
        found = {line["source_path"]: line for line in _lines(report)}
        assert found.keys() == {
            "coverage/depeches.jsonl#1", "coverage/depeches.jsonl#2", "coverage/marche.md", "coverage/pont.txt",
            "coverage/port.html", "coverage/vide.txt",
        }  # fmt: skip
        assert found["coverage/vide.txt"]["status"] == "refused"
        for name, source in (("pont.txt", PAGE), ("marche.md", NOTES)):
            line = found[f"coverage/{name}"]
            removed = line["removed"]
            assert all(source[r["start"] : r["end"]] == r["text"] for r in removed)
            assert all(r["reason"] for r in removed)
            places = [(r["start"], r["end"]) for r in removed]
            assert places == sorted(places)
            assert line["characters"] + sum(len(r["text"]) for r in removed) == len(source)
        assert found["coverage/pont.txt"]["headline"] == "Orvanne rénove son vieux pont de pierre"

    def test_a_removed_source_is_gone_from_the_next_index(
        self, coverage: Path, index_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A page that a newspaper withdrew must not be quoted any more; what stays is not embedded again."""
        (coverage / "port.html").unlink()
        arguments = [str(coverage), "--index", str(index_dir), "--json"]
        assert rebuild_index.main(arguments) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["articles"] == 4
        assert found["from_cache"] == found["passages"]
        with closing(sqlite3.connect(_published(index_dir).articles)) as database:
            texts = [text for (text,) in database.execute("SELECT text FROM articles")]
        assert len(texts) == 4
        assert not any("Saltmere" in text for text in texts)

    def test_nothing_readable_leaves_the_old_index(
        self, index_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A folder that was emptied by mistake must not empty the index."""
        before = _published(index_dir).folder
        (tmp_path / "empty").mkdir()
        assert rebuild_index.main([str(tmp_path / "empty"), "--index", str(index_dir)]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "the published index stays as it is" in printed.err
        assert _published(index_dir).folder == before
        assert verify_index.main(["--index", str(index_dir)]) == 0

    def test_a_source_that_is_not_there_is_an_error(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A path that was mistyped is named."""
        assert rebuild_index.main([str(tmp_path / "nowhere"), "--index", str(tmp_path / "index")]) == 1
        assert str(tmp_path / "nowhere") in capsys.readouterr().err

    def test_an_index_folder_that_is_a_file_is_an_error(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The reader is told which folder cannot be written."""
        (tmp_path / "index").write_text("not a folder", encoding="utf-8")
        assert rebuild_index.main([str(coverage), "--index", str(tmp_path / "index")]) == 1
        assert str(tmp_path / "index") in capsys.readouterr().err

    def test_a_report_that_cannot_be_written_is_said_in_one_line(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Minutes of building end in a traceback and status 1, as if nothing had been published."""
        report = tmp_path / "nowhere" / "report.jsonl"
        status = rebuild_index.main(
            [str(coverage), "--index", str(tmp_path / "index"), "--report", str(report)]
        )
        assert status == 1
        assert str(report) in capsys.readouterr().err

    def test_an_old_report_outlives_a_build_that_failed(self, tmp_path: Path) -> None:
        """A mistyped path must not destroy the report of the index that goes on serving."""
        report = tmp_path / "report.jsonl"
        report.write_text("{}\n", encoding="utf-8")
        nowhere, index = str(tmp_path / "nowhere"), str(tmp_path / "index")
        assert rebuild_index.main([nowhere, "--index", index, "--report", str(report)]) == 1
        assert report.read_text(encoding="utf-8") == "{}\n"

    def test_a_name_of_any_bytes_is_reported(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A file named in Latin-1 twenty years ago is read or refused, and can be written about."""
        odd = os.fsencode(coverage) + b"/caf\xe9\n\x1b[31m.txt"
        Path(os.fsdecode(odd)).touch()
        report = tmp_path / "report.jsonl"
        arguments = [str(coverage), "--index", str(tmp_path / "index"), "--report", str(report)]
        assert rebuild_index.main(arguments) == 4
        assert len(_lines(report)) == 7
        assert "2 refused" in capsys.readouterr().out

    def test_a_files_name_cannot_command_the_terminal(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A crawler names files after pages: a name may hold an escape sequence or a line break."""
        (coverage / "\x1b[2Jrouge\n.txt").touch()
        rebuild_index.main([str(coverage), "--index", str(tmp_path / "index")])
        assert "\x1b" not in capsys.readouterr().out

    def test_many_refusals_are_not_all_printed(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Ten are shown, the number of the rest and where to read them are said."""
        for number in range(14):
            (coverage / f"vide{number}.txt").touch()
        assert rebuild_index.main([str(coverage), "--index", str(tmp_path / "index")]) == 4
        lines = capsys.readouterr().out.splitlines()
        assert sum(line.startswith("refused  ") for line in lines) == 10
        assert "… and 5 more; --report FILE names them all" in lines


class TestVerify:
    """``verify_index.py``: is the index what its manifest says."""

    def test_a_true_index_is_status_nought(self, index_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A build that was published proves itself."""
        assert verify_index.main(["--index", str(index_dir)]) == 0
        printed = capsys.readouterr()
        assert f"{_published(index_dir).folder.name} is true: 5 articles" in printed.out
        assert printed.err == ""

    def test_the_sources_are_read_again(
        self, coverage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With its sources beside it, an index that they no longer bear out is untrue."""
        index, sources = str(tmp_path / "again"), ["--sources", str(coverage)]
        rebuild_index.main([str(coverage), "--index", index])
        assert verify_index.main(["--index", index, *sources]) == 0
        next(coverage.glob("*.txt")).write_text(
            "Autre chose, et rien de ce qui était là hier matin.", encoding="utf-8"
        )
        assert verify_index.main(["--index", index, *sources]) == 1
        assert "its source" in capsys.readouterr().out

    def test_without_an_index_the_command_is_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing to verify is an error, with the way out."""
        assert verify_index.main(["--index", str(tmp_path / "none")]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "python scripts/rebuild_index.py SOURCE… --index" in printed.err
        assert printed.err.count("\n") == 1

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE articles SET text = replace(text, '3,5', '9,5') WHERE text LIKE '%3,5%'",
            "UPDATE articles SET publisher = 'Autre Média'",
            "UPDATE passages SET span_end = span_end - 1 WHERE ordinal = 0",
            "DELETE FROM articles WHERE article_id = (SELECT min(article_id) FROM articles)",
            "DELETE FROM passages WHERE passage_key = 1",
            "DROP TABLE passage_words",
        ],
    )
    def test_altered_articles_are_told(
        self, index_dir: Path, capsys: pytest.CaptureFixture[str], change: str
    ) -> None:
        """A figure that was changed in the database would be quoted as the newspaper's."""
        with closing(sqlite3.connect(_published(index_dir).articles)) as database:
            database.execute(change)
            database.commit()
        assert verify_index.main(["--index", str(index_dir)]) == 1
        assert "faults above" in capsys.readouterr().out

    @pytest.mark.parametrize("damage", ["truncate", "overwrite", "empty", "delete"])
    def test_a_damaged_articles_file_is_told(
        self, index_dir: Path, capsys: pytest.CaptureFixture[str], damage: str
    ) -> None:
        """A disk that fails leaves bytes: they are named as a fault, not as a traceback."""
        file = _published(index_dir).articles
        content = file.read_bytes()
        if damage == "delete":
            file.unlink()
        else:
            middle = len(content) // 2
            file.write_bytes(
                {
                    "truncate": content[:middle],
                    "overwrite": content[:4096] + b"\xff" * middle + content[4096 + middle :],
                    "empty": b"",
                }[damage]
            )
        assert verify_index.main(["--index", str(index_dir)]) == 1
        printed = capsys.readouterr()
        assert "articles.db" in printed.out + printed.err
        assert "Traceback" not in printed.err

    @pytest.mark.parametrize("damage", ["delete", "empty", "overwrite"])
    def test_damaged_vectors_are_told(
        self, index_dir: Path, capsys: pytest.CaptureFixture[str], damage: str
    ) -> None:
        """An index whose vectors are lost finds nothing, and says so only here."""
        folder = _published(index_dir).vectors
        if damage == "delete":
            shutil.rmtree(folder)
        else:
            content = b"" if damage == "empty" else b"no database " * 500
            (folder / "chroma.sqlite3").write_bytes(content)
        assert verify_index.main(["--index", str(index_dir)]) == 1
        printed = capsys.readouterr()
        assert "vectors" in printed.out + printed.err

    @pytest.mark.parametrize(
        ("fact", "value"),
        [
            ("articles", 6),
            ("passages", 1),
            ("corpus_sha256", "0" * 64),
            ("vectors_sha256", "0" * 64),
            ("rows_sha256", "0" * 64),
            ("newest_published_at", "2031-01-01T00:00:00Z"),
            ("dimension", 3),
        ],
    )
    def test_an_edited_manifest_is_told(
        self, index_dir: Path, capsys: pytest.CaptureFixture[str], fact: str, value: object
    ) -> None:
        """Counts and digests are recounted, not believed; the fault says both numbers."""
        manifest = _published(index_dir).manifest
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {fact: value}), encoding="utf-8")
        assert verify_index.main(["--index", str(index_dir)]) == 1
        printed = capsys.readouterr()
        assert "is untrue" in printed.out
        assert len(printed.out.splitlines()) >= 2

    @pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"layout": 1}', '{"layout": 999}', "\x00"])
    def test_a_manifest_that_cannot_be_read_names_the_command(
        self, index_dir: Path, capsys: pytest.CaptureFixture[str], content: str
    ) -> None:
        """An index of another version of the layout is refused with what rebuilds it."""
        _published(index_dir).manifest.write_text(content, encoding="utf-8")
        assert verify_index.main(["--index", str(index_dir)]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "python scripts/rebuild_index.py SOURCE… --index" in printed.err

    def test_at_most_ten_faults_are_printed(
        self, tmp_path: Path, index_dir: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A thousand lines hide the first, which says most."""
        many = tmp_path / "many.jsonl"
        many.write_text(
            "".join(
                json.dumps({"title": f"Titre {n}", "text": f"Le pont numéro {n} est fermé depuis lundi."})
                + "\n"
                for n in range(15)
            ),
            encoding="utf-8",
        )
        assert rebuild_index.main([str(many), "--index", str(index_dir)]) == 0
        with closing(sqlite3.connect(_published(index_dir).articles)) as database:
            database.execute("UPDATE articles SET text = replace(text, 'lundi', 'mardi')")
            database.commit()
        capsys.readouterr()
        assert verify_index.main(["--index", str(index_dir)]) == 1
        printed = capsys.readouterr().out.splitlines()
        assert len(printed) == 11
        assert "10 faults above, at most the first ten" in printed[-1]


class TestEvaluate:
    """``evaluate.py``: a table from real questions."""

    more: ClassVar[dict[str, Any]] = {"answers": None, "answerable": True}

    @pytest.fixture
    def judged(self, tmp_path: Path) -> list[str]:
        """Return the options that name a small corpus and its questions."""
        documents = [
            {
                "doc_id": "d1",
                "title": "Le pont",
                "text": "Le pont d'Orvanne ferme lundi pour travaux.",
                "lang": "fr",
            },
            {
                "doc_id": "d2",
                "title": "Le loup",
                "text": "Un loup rôde près des bergeries du parc.",
                "lang": "fr",
            },
            {
                "doc_id": "d3",
                "title": "Le port",
                "text": "Le ferry quitte le port de Saltmere à midi.",
                "lang": "fr",
            },
        ]
        asked = ("Quand ferme le pont ?", "Où rôde un loup ?", "Quand le ferry quitte-t-il le port ?")
        questions = [
            {"qid": f"q{n}", "question": question, "lang": "fr", "relevant_doc_ids": [f"d{n}"]} | self.more
            for n, question in enumerate(asked, start=1)
        ]
        corpus, queries = tmp_path / "corpus.jsonl.gz", tmp_path / "queries.fr.jsonl"
        with gzip.open(corpus, "wt", encoding="utf-8") as packed:
            packed.writelines(json.dumps(document) + "\n" for document in documents)
        queries.write_text("".join(json.dumps(question) + "\n" for question in questions), encoding="utf-8")
        return ["--corpus", str(corpus), "--queries", str(queries)]

    def test_retrieval_has_a_row_for_each_way_of_finding(
        self, judged: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each step of finding has its row, from one run, so that they can be compared."""
        assert evaluate.main(["retrieval", *judged, "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert [row["found by"] for row in rows] == ["dense", "lexical", "fused", "compared"]
        for row in rows:
            assert row["questions from"] == "queries.fr.jsonl"
            assert row["questions"] == 3
            assert row["hit_at_10"] == 1.0
            assert 0 <= row["hit_at_1"] <= row["mrr_at_10"] <= 1

    def test_the_table_shows_the_same_measures(
        self, judged: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A person reads a table on standard output."""
        assert evaluate.main(["retrieval", *judged]) == 0
        printed = capsys.readouterr().out
        for word in ("hit_at_1", "dense", "lexical", "fused", "compared", "1.000"):
            assert word in printed

    def test_planted_reprints_are_folded(self, judged: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """The same questions, with reprints taking places and with reprints folded into one."""
        assert evaluate.main(["reprints", *judged, "--copies", "4", "--json"]) == 0
        as_found, folded = json.loads(capsys.readouterr().out)
        assert (as_found["reprints"], folded["reprints"]) == ("as found", "folded")
        assert as_found["repeated"] > 0 == folded["repeated"]
        assert folded["stories"] == 3 >= as_found["stories"]
        assert folded["named"] > 0 == as_found["named"]

    def test_silence_is_measured_at_home_without_the_article_and_abroad(
        self, judged: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Answering everything and answering nothing must both show in the table."""
        assert evaluate.main(["abstention", *judged, "--foreign", judged[-1], "--json"]) == 0
        own, without, abroad = json.loads(capsys.readouterr().out)
        assert own["questions"] == without["questions"] == abroad["questions"] == 3
        assert own["answered"] == 1.0
        assert own["auroc"] is None
        assert without["auroc"] > 0.5
        assert abroad["auroc"] == 0.5  # the same questions are asked: nothing can tell them apart

    def test_silence_is_measured_on_what_people_judged(
        self, judged: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each question has its own few candidates, and nothing else counts."""
        corpus, queries = Path(judged[1]), Path(judged[-1])
        beside = corpus.with_name("corpus.fr.jsonl.gz")
        corpus.rename(beside)
        lines = _lines(queries)
        for line, there in zip(lines, (["d1", "d2"], ["d2"], ["d1"]), strict=True):
            line |= {"candidate_doc_ids": there, "answerable": line["relevant_doc_ids"][0] in there}
        with gzip.open(beside.with_name("queries.fr.jsonl.gz"), "wt", encoding="utf-8") as packed:
            packed.writelines(json.dumps(line) + "\n" for line in lines)
        assert evaluate.main(["abstention", "--labelled", str(beside), "--json"]) == 0
        (row,) = json.loads(capsys.readouterr().out)
        assert row["questions"] == 3
        assert row["auroc"] == 1.0

    def test_questions_as_the_help_describes_them_are_enough(
        self, judged: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Who follows --help (qid, question, lang, relevant_doc_ids) must get a table."""
        queries = Path(judged[-1])
        bare = [{k: v for k, v in line.items() if k not in self.more} for line in _lines(queries)]
        queries.write_text("".join(json.dumps(line) + "\n" for line in bare), encoding="utf-8")
        assert evaluate.main(["retrieval", *judged]) == 0

    def test_questions_of_another_shape_are_said_with_their_file(
        self, judged: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The one line of an error names what to do: which file lacks what."""
        Path(judged[-1]).write_text('{"qid": "q1"}\n', encoding="utf-8")
        assert evaluate.main(["retrieval", *judged]) == 1
        assert "queries.fr.jsonl" in capsys.readouterr().err

    def test_the_sample_is_asked_for_real(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """At least sixty questions of every kind are measured, and the index can be kept."""
        arguments = ["sample", "--json", "--work", str(tmp_path / "work")]
        assert evaluate.main(arguments) == 0
        rows = json.loads(capsys.readouterr().out)
        assert sum(_questions(row) for row in rows) >= 60
        assert (tmp_path / "work" / "index" / "CURRENT").is_file()

    def test_a_corpus_that_is_not_there_is_said_in_one_line(
        self, tmp_path: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A path that was mistyped is named, as by the other scripts."""
        judged[1] = str(tmp_path / "nowhere.jsonl")
        assert evaluate.main(["retrieval", *judged]) == 1
        assert "nowhere.jsonl" in capsys.readouterr().err


def _questions(row: dict[str, Any]) -> int:
    # The first column names the kind; the count stands in the measures.
    return next(value for value in row.values() if isinstance(value, int))


@pytest.mark.parametrize(
    ("main", "arguments"),
    [
        (rebuild_index.main, ["coverage"]),
        (verify_index.main, []),
        (evaluate.main, ["sample"]),
    ],
    ids=["rebuild_index", "verify_index", "evaluate"],
)
def test_an_unknown_setting_is_refused(
    main: Any, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt setting that did nothing would be searched for hours: every script refuses it by name."""
    monkeypatch.setenv("DATELINE_PASSAGE_CHARACTER", "450")
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "did you mean DATELINE_PASSAGE_CHARACTERS?" in printed.err
    assert "450" not in printed.err


def test_the_index_folder_of_the_settings_is_used(
    coverage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --index both scripts mean the same folder."""
    monkeypatch.setenv("DATELINE_INDEX_DIR", str(tmp_path / "set"))
    assert rebuild_index.main([str(coverage)]) == 4
    assert verify_index.main([]) == 0
    assert _published(tmp_path / "set").manifest.is_file()


_HELP = """
import runpy, sys
sys.argv = [sys.argv[1], "--help"]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as ended:
    print("loaded:", *[name for name in {heavy!r} if name in sys.modules])
    sys.exit(ended.code)
"""


@pytest.mark.parametrize("script", SCRIPTS)
def test_help_is_quick_and_says_what_the_script_does(script: str) -> None:
    """“--help” answers at once: it loads nothing that takes seconds, and says what is returned."""
    ended = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-c", _HELP.format(heavy=HEAVY), str(ROOT / "scripts" / script)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[-1] == "loaded:"
    assert "exit status: 0" in ended.stdout


class TestEvaluatePages:
    """Saved pages beside their gold files."""

    def test_the_baseline_stands_beside_each_part(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Every part of the pages has a row for trafilatura alone and those of Dateline, from the same run."""
        folder = tmp_path / "uk"
        folder.mkdir()
        (folder / "Ledger_2023_02_14.html.gz").write_bytes(gzip.compress(SAVED_PAGE.encode()))
        gold = {"V1": {"title": "Saltmere harbour to close for six weeks", "authors": []}}
        (folder / "Ledger.json").write_text(json.dumps(gold), encoding="utf-8")
        assert evaluate.main(["pages", "--data", str(tmp_path), "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        readers = {"trafilatura alone", "Dateline", "Dateline, from the lines alone"}
        assert {row["read by"] for row in rows} == readers
        assert {row["headline"] for row in rows if row["which"] == "all"} == {1.0}

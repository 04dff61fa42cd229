"""Fetching politely: robots.txt, a pause for each host, conditional requests, limits, and no address within the house.

One file remembers every page with its ETag and Last-Modified, so that what did not change is not sent again and a run
that stopped goes on where it was.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import sqlite3
import ssl
import threading
import time
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from index.errors import FetchRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from urllib.parse import SplitResult

AGENT = "DatelineReader/1.0"
_MOST_REDIRECTS = 5
_LONGEST_PAUSE = 30.0  # seconds that a robots.txt may ask for between two requests
_ROBOTS_BYTES = 500_000
_PIECE = 65_536
_OK, _NOT_MODIFIED = 200, 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
    address TEXT PRIMARY KEY, final TEXT NOT NULL, content_type TEXT NOT NULL, etag TEXT, last_modified TEXT,
    fetched_at TEXT NOT NULL, body BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    """What a run may do.

    Args:
        max_bytes: no larger answer is read.
        seconds_between: pause between two requests to one host; a longer one in its robots.txt counts.
        timeout: seconds that one request may take, from the first byte to the last.
        allow_private: whether addresses within the house (loopback, private, link-local) may be asked.
        fresh_for: how long a fetched page is good without asking again; a run that stopped is taken up within it.
        ca_file: certificates (PEM) that are trusted beside the system's.
    """

    max_bytes: int
    seconds_between: float = 1.0
    timeout: float = 20.0
    allow_private: bool = False
    fresh_for: timedelta = timedelta(hours=1)
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came.

    Args:
        address: where it was found at last, redirects followed.
        content_type: what its sender says it is.
        body: its bytes, unpacked.
        fetched_at: aware; when it was collected.
    """

    address: str
    content_type: str
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class FetchedPages:
    """The file that remembers what was fetched."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection from :meth:`open`."""
        self._db = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or make the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path)
        connection.executescript(_SCHEMA)
        return cls(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def get(self, address: str) -> tuple[Fetched, str | None, str | None] | None:
        """Return a page with its ETag and Last-Modified, None where it was never fetched."""
        row = self._db.execute(
            "SELECT final, content_type, body, fetched_at, etag, last_modified FROM pages WHERE address = ?",
            (address,),
        ).fetchone()
        if row is None:
            return None
        final, content_type, body, fetched_at, etag, last_modified = row
        return Fetched(final, content_type, body, datetime.fromisoformat(fetched_at)), etag, last_modified

    def put(self, address: str, page: Fetched, etag: str | None, last_modified: str | None) -> None:
        """Remember a page at once: what was fetched is not lost when the next one fails."""
        moment = page.fetched_at.isoformat()
        values = (address, page.address, page.content_type, etag, last_modified, moment, page.body)
        self._db.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        self._db.commit()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Fetcher:
    """Fetches one page after the other.

    Args:
        rules: what it may do.
        pages: what was fetched before.
        now: tells the time, aware.
        clock: tells seconds, for pauses.
        sleep: waits for seconds.
    """

    rules: FetchRules
    pages: FetchedPages
    now: Callable[[], datetime] = _now
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _asked_at: dict[str, float] = field(default_factory=dict)

    def fetch(self, address: str) -> Fetched:
        """Fetch a page, or take it from what was fetched before where it did not change.

        Raises:
            FetchRefused: the address, its host, its robots.txt or the answer stands against it; the sentence says why.
        """
        known = self.pages.get(address)
        if known and self.now() - known[0].fetched_at < self.rules.fresh_for:
            return known[0]
        headers = _conditions(known[1], known[2]) if known else {}
        final, answer = self._follow(address, headers)
        if answer.status == _NOT_MODIFIED and known:
            page = Fetched(known[0].address, known[0].content_type, known[0].body, self.now())
            self.pages.put(address, page, known[1], known[2])
            return page
        if answer.status != _OK:
            raise FetchRefused(f"Its host answers {answer.status}.")
        page = Fetched(final, answer.headers.get("Content-Type", ""), answer.body, self.now())
        self.pages.put(address, page, answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
        return page

    def _follow(self, address: str, headers: dict[str, str]) -> tuple[str, _Answer]:
        for _ in range(_MOST_REDIRECTS + 1):
            parts = _checked(address)
            if not self._robots_of(parts).can_fetch(AGENT, address):
                raise FetchRefused("Its host's robots.txt does not allow it.")
            answer = self._ask(parts, headers, self.rules.max_bytes)
            target = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or not target:
                return address, answer
            address = urljoin(address, target)
        raise FetchRefused(f"It leads on more than {_MOST_REDIRECTS} times.")

    def _robots_of(self, parts: SplitResult) -> RobotFileParser:
        """Return the host's robots.txt; a host without one allows everything, one that fails nothing."""
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            robots = RobotFileParser()
            answer = self._ask(urlsplit(f"{host}/robots.txt"), {}, _ROBOTS_BYTES)
            if answer.status == _OK:
                robots.parse(answer.body.decode("utf-8", "replace").splitlines())
            elif answer.status >= 500 or answer.status in (401, 403):
                robots.parse(["User-agent: *", "Disallow: /"])
            else:
                robots.parse([])
            self._robots[host] = robots
        return self._robots[host]

    def _ask(self, parts: SplitResult, headers: dict[str, str], max_bytes: int) -> _Answer:
        self._pause(parts)
        deadline = self.clock() + self.rules.timeout
        try:
            with _connected(parts, self.rules) as connection, _watched(connection, self.rules.timeout):
                path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
                    f"?{parts.query}" if parts.query else ""
                )
                connection.request("GET", path, headers={**_HEADERS, **headers})
                response = connection.getresponse()
                return _Answer(response.status, response.headers, self._body(response, deadline, max_bytes))
        except FetchRefused:
            raise
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            raise FetchRefused(f"Its host cannot be read: {str(error) or type(error).__name__}.") from error

    def _body(self, response: http.client.HTTPResponse, deadline: float, max_bytes: int) -> bytes:
        packed = response.headers.get("Content-Encoding", "").lower()
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed in ("gzip", "x-gzip", "deflate") else None
        body = bytearray()
        while piece := response.read1(_PIECE):
            body += unpack.decompress(piece, max_bytes + 1 - len(body)) if unpack else piece
            if len(body) > max_bytes or (unpack and unpack.unconsumed_tail and len(body) >= max_bytes):
                raise FetchRefused(f"It is too large: more where {max_bytes} bytes are allowed.")
            if self.clock() > deadline:
                raise FetchRefused(f"It takes longer than {self.rules.timeout:g} seconds.")
        return bytes(body)

    def _pause(self, parts: SplitResult) -> None:
        """Wait until the host may be asked again."""
        robots = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        wanted = float(robots.crawl_delay(AGENT) or 0) if robots else 0.0
        pause = max(self.rules.seconds_between, min(wanted, _LONGEST_PAUSE))
        asked_at = self._asked_at.get(parts.netloc)
        if asked_at is not None and asked_at + pause > self.clock():
            self.sleep(asked_at + pause - self.clock())
        self._asked_at[parts.netloc] = self.clock()


_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    given = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in given.items() if value}


def _checked(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise FetchRefused(f"It is no address: {error}.") from error
    if not known or parts.username is not None or any(ord(character) <= 32 for character in address):
        raise FetchRefused("It is no address of a page: only http and https, without a name and password.")
    return parts


def _connected(parts: SplitResult, rules: FetchRules) -> _Connection:
    """Connect to an address that was looked at: what a name means cannot change between looking and connecting."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    number = _number_of(host, port, allow_private=rules.allow_private)
    raw = socket.create_connection((number, port), timeout=rules.timeout)
    connection = _Connection(host, port, timeout=rules.timeout)
    try:
        is_secret = parts.scheme == "https"
        connection.sock = _trust(rules.ca_file).wrap_socket(raw, server_hostname=host) if is_secret else raw
    except OSError:
        raw.close()
        raise
    return connection


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    """Return what certificates are checked with: the system's authorities, and those of a file."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


@contextmanager
def _watched(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Cut a connection off in the end: a host that sends a byte now and then would hold it for ever."""

    def cut() -> None:
        if connection.sock:
            with suppress(OSError):  # it is closed already
                connection.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


class _Connection(http.client.HTTPConnection):
    """A connection that closes itself."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _number_of(host: str, port: int, *, allow_private: bool) -> str:
    numbers = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not allow_private and not all(
        ipaddress.ip_address(number.split("%")[0]).is_global for number in numbers
    ):
        raise FetchRefused("Its address lies within the house (DATELINE_FETCH_PRIVATE allows it).")
    return numbers[0]

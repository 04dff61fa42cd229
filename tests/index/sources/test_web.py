"""Pages, feeds and sitemaps from a real server on loopback, fetched politely."""

from __future__ import annotations

import gzip
import ssl
import threading
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.errors import FetchRefused
from index.sources.fetching import FetchedPages, Fetcher, FetchRules
from index.sources.kinds import ReadingRules
from index.sources.web import read_web
from tests.index.sources.conftest import article_of
from tests.index.sources.making import HEADLINE, PAGE, SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Reading

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
CERTIFICATE = Path(__file__).with_name("loopback.pem")
RULES = FetchRules(max_bytes=50_000, seconds_between=2.0, timeout=5.0, allow_private=True)


class House:
    """A server whose pages a test lays out: path to status, headers and body."""

    def __init__(self, certificate: Path | None = None) -> None:
        """Start on any free port of this machine, with a certificate in secret."""
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: Counter[str] = Counter()
        self.conditions: list[str | None] = []
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                house.asked[self.path] += 1
                house.conditions.append(self.headers.get("If-None-Match"))
                status, headers, body = house.pages.get(self.path, (404, {}, b""))
                if headers.get("ETag") and headers["ETag"] == self.headers.get("If-None-Match"):
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        self.address = f"{scheme}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def lay(
        self,
        path: str,
        body: str | bytes,
        *,
        kind: str = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> str:
        """Lay out a page and return its address."""
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": kind, **named}, content)
        return f"{self.address}{path}"


@pytest.fixture
def house() -> Iterator[House]:
    """Return a running server."""
    running = House()
    yield running
    running.server.shutdown()
    running.server.server_close()


class Waits:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.seconds = 0.0
        self.waited: list[float] = []

    def clock(self) -> float:
        """Return the seconds so far."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""
        self.waited.append(seconds)
        self.seconds += seconds


@pytest.fixture
def waits() -> Waits:
    """Return a clock that only waiting moves."""
    return Waits()


@pytest.fixture
def fetcher(tmp_path: Path, waits: Waits) -> Iterator[Fetcher]:
    """Return a fetcher that may ask this machine."""
    with closing(FetchedPages.open(tmp_path / "fetched.db")) as pages:
        yield Fetcher(RULES, pages, now=lambda: NOW, clock=waits.clock, sleep=waits.sleep)


def read(fetcher: Fetcher, *addresses: str, most: int = 100) -> list[Reading]:
    """Read addresses."""
    return list(read_web(addresses, fetcher, ReadingRules(max_bytes=50_000), most=most))


def test_a_page_is_read_under_its_address(house: House, fetcher: Fetcher) -> None:
    """Its address and the time of collecting are known, and nothing passes for a publishing time."""
    address = house.lay("/pont", PAGE)
    (reading,) = read(fetcher, address)
    article = article_of(reading)
    assert (article.headline, article.text) == (HEADLINE, SENTENCE)
    assert (article.source_path, article.url, article.collected_at) == (address, address, NOW)
    assert article.published_at is None


@pytest.mark.parametrize(
    "feed",
    [
        "<?xml version='1.0'?><rss version='2.0'><channel><link>{0}/</link><item><link>{0}/a</link></item><item><link>{0}/b</link></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='{0}/a'/></entry><entry><link rel='alternate' href='/b'/></entry></feed>",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{0}/a</loc></url><url><loc>{0}/b</loc></url></urlset>",
    ],
)
def test_what_a_list_names_is_read(house: House, fetcher: Fetcher, feed: str) -> None:
    """RSS, Atom and sitemaps give their pages in order, relative addresses included."""
    list_address = house.lay("/list", feed.format(house.address), kind="application/xml")
    pages = [house.lay("/a", PAGE), house.lay("/b", PAGE.replace("lundi", "mardi"))]
    readings = read(fetcher, list_address)
    assert [(reading.source_path, reading.status) for reading in readings] == [
        (page, "read") for page in pages
    ]


def test_sitemaps_within_sitemaps_end(house: House, fetcher: Fetcher) -> None:
    """A sitemap that names itself is followed once, and no more pages are taken than allowed."""
    root = f"<sitemapindex><sitemap><loc>{house.address}/all</loc></sitemap><sitemap><loc>{house.address}/one</loc></sitemap></sitemapindex>"
    address = house.lay("/all", root, kind="application/xml")
    locations = "".join(f"<url><loc>{house.address}/{number}</loc></url>" for number in range(9))
    house.lay("/one", f"<urlset>{locations}</urlset>", kind="application/xml")
    assert len(read(fetcher, address, most=3)) == 3


def test_robots_txt_is_obeyed(house: House, fetcher: Fetcher, waits: Waits) -> None:
    """What it disallows is not asked for, and the pause it asks for is made."""
    house.lay("/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n", kind="text/plain")
    refused, allowed = read(fetcher, house.lay("/private/a", PAGE), house.lay("/a", PAGE))
    assert "robots.txt" in str(refused.reason)
    assert allowed.status == "read"
    assert house.asked["/private/a"] == 0
    assert max(waits.waited) == 7


def test_a_host_is_asked_with_pauses(house: House, fetcher: Fetcher, waits: Waits) -> None:
    """Between two requests to one host lie the seconds that the rules say."""
    read(fetcher, house.lay("/a", PAGE), house.lay("/b", PAGE))
    assert waits.waited == [2.0, 2.0]


def test_what_did_not_change_is_not_sent_again(house: House, fetcher: Fetcher) -> None:
    """Within the hour a page is taken as it is, so a stopped run goes on; later its ETag is asked about."""
    address = house.lay("/a", PAGE, ETag='"1"')
    read(fetcher, address)
    read(fetcher, address)
    assert house.asked["/a"] == 1
    fetcher.now = lambda: NOW + timedelta(hours=2)
    (reading,) = read(fetcher, address)
    assert house.asked["/a"] == 2
    assert house.conditions[-1] == '"1"'
    assert article_of(reading).text == SENTENCE


def test_addresses_within_the_house_are_refused(house: House, fetcher: Fetcher) -> None:
    """Without leave no request goes to this machine or its neighbours, not by a redirect either."""
    fetcher.rules = replace(RULES, allow_private=False)
    for address in (
        house.lay("/a", PAGE),
        "http://localhost:1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://10.0.0.1/",
    ):
        with pytest.raises(FetchRefused, match="within the house"):
            fetcher.fetch(address)
    assert not house.asked


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "http://",
        "http://u:p@a.example/",
        "http://a b/",
        "http://[",
        "x",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(fetcher: Fetcher, address: str) -> None:
    """Other protocols, names with passwords and nonsense are refused without a request."""
    with pytest.raises(FetchRefused):
        fetcher.fetch(address)


def test_redirects_are_followed_so_far(house: House, fetcher: Fetcher) -> None:
    """An article keeps the address where it was found; a circle ends."""
    target = house.lay("/new", PAGE)
    house.lay("/old", "", status=301, Location="/new")
    (reading,) = read(fetcher, f"{house.address}/old")
    assert article_of(reading).url == target
    circle = house.lay("/circle", "", status=302, Location="/circle")
    assert "leads on" in str(read(fetcher, circle)[0].reason)


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b"x" * 60_000, {}, "too large"),
        (gzip.compress(b"x" * 5_000_000), {"Content_Encoding": "gzip"}, "too large"),
        (b"\x1f\x8bnot gzip", {"Content_Encoding": "gzip"}, "cannot be read"),
        (b"", {"kind": "image/png"}, "image/png"),
        (b"", {}, "It is empty."),
    ],
)
def test_answers_that_are_no_page_are_refused(
    house: House, fetcher: Fetcher, body: bytes, headers: dict[str, str], reason: str
) -> None:
    """Too much, bombs, broken packing and other kinds are named, and the run goes on."""
    bad, good = read(fetcher, house.lay("/bad", body, **headers), house.lay("/good", PAGE))  # type: ignore[arg-type]
    assert reason in str(bad.reason)
    assert good.status == "read"


def test_a_packed_page_is_read(house: House, fetcher: Fetcher) -> None:
    """What was asked for packed is unpacked."""
    (reading,) = read(fetcher, house.lay("/a", gzip.compress(PAGE.encode()), Content_Encoding="gzip"))
    assert article_of(reading).text == SENTENCE


def test_a_failing_host_is_named(house: House, fetcher: Fetcher) -> None:
    """An error of the host, and a host that is not there, are refusals."""
    assert "404" in str(read(fetcher, f"{house.address}/nothing")[0].reason)
    assert "cannot be read" in str(read(fetcher, "http://127.0.0.1:9/")[0].reason)


def test_a_host_that_drips_is_cut_off(house: House, fetcher: Fetcher) -> None:
    """A host that sends a byte now and then does not hold the run."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as dripping:
        stop = threading.Event()

        def drip() -> None:
            connection, _ = dripping.accept()
            with connection:
                while not stop.wait(0.05):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        fetcher.rules = replace(RULES, timeout=0.4)
        try:
            with pytest.raises(FetchRefused):
                fetcher.fetch(f"http://127.0.0.1:{dripping.getsockname()[1]}/")
        finally:
            stop.set()


@pytest.fixture
def secret_house() -> Iterator[House]:
    """Return a running server with a certificate that signed itself."""
    running = House(CERTIFICATE)
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_a_certificate_that_nobody_vouches_for_is_refused(secret_house: House, fetcher: Fetcher) -> None:
    """Who stands between could put any words into an outlet's mouth."""
    address = secret_house.lay("/pont", PAGE)
    (reading,) = read(fetcher, address)
    assert reading.status == "refused"
    assert "certificate" in (reading.reason or "")
    assert secret_house.asked == Counter()


def test_a_certificate_of_the_house_is_trusted_where_a_setting_says_so(
    secret_house: House, fetcher: Fetcher
) -> None:
    """A page behind an authority of one's own is read over https."""
    address = secret_house.lay("/pont", PAGE)
    fetcher.rules = replace(RULES, ca_file=CERTIFICATE)
    (reading,) = read(fetcher, address)
    assert article_of(reading).url == address


def test_a_certificate_for_another_host_is_refused(secret_house: House, fetcher: Fetcher) -> None:
    """Trust in an authority is no trust in the wrong host."""
    secret_house.lay("/pont", PAGE)
    fetcher.rules = replace(RULES, ca_file=CERTIFICATE)
    (reading,) = read(fetcher, secret_house.address.replace("127.0.0.1", "127.1") + "/pont")
    assert reading.status == "refused"
    assert "certificate" in (reading.reason or "")

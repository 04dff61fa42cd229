"""A link leads to the quoted words on the article's own page, or there is none."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.links import LONGEST_LINK, link_to, text_directive
from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import hostile, hostile_text, hostile_urls
from tests.factories import FRENCH_TEXT

LONG = "Le conseil municipal d'Orvanne a voté lundi la rénovation du vieux pont, fermé depuis quatorze mois."


class TestLinkTo:
    """Addresses are text of strangers."""

    @given(hostile_urls, hostile_text)
    def test_a_link_is_one_link_to_the_host_that_is_shown(self, url: str, words: str) -> None:
        """An address that ends the link early, pings, or leads elsewhere is an attack on the reader."""
        link = link_to(url, words)
        if link is not None:
            found = read(f"[Lire](<{link.target}>) · x")
            assert [(mark.kind, mark.target) for mark in found.marks] == [("link", link.target)]
            place = urlsplit(link.target)
            assert (place.scheme in {"http", "https"}, place.netloc.split(":")[0]) == (True, link.host)
            assert len(link.target) <= LONGEST_LINK

    @pytest.mark.parametrize(
        "url",
        [
            None,
            "",
            "courrier.example/pont",
            "javascript:alert(1)",
            "ftp://courrier.example/pont",
            "file:///etc/passwd",
            "https://",
            "https://localhost/",
            "https://[::1]/",
            "https://[oops/",
            "https://courrier.example:port/",
            "https://banque.example@evil.example/",
            "https://courrier..example/",
            "https://discord.gg/abc",
            "https://ptb.discord.com/channels/1/2",
            "https://DISCORDAPP.com/invite/abc",
            "https://discord.gift/abc",
            "https://courrier.example/" + "a" * LONGEST_LINK,
        ],
    )
    def test_what_cannot_be_followed_safely_is_no_link(self, url: str | None) -> None:
        """Discord's own addresses make invites; one with another's name before the @ lies."""
        assert link_to(url, "le pont") is None

    @pytest.mark.parametrize(
        ("url", "target"),
        [
            ("https://courrier.example/pont", "https://courrier.example/pont"),
            ("HTTP://Courrier.Example", "http://courrier.example/"),
            (" https://courrier.example/a b ", "https://courrier.example/a%20b"),
            ("https://courrier.example/a_(b)", "https://courrier.example/a_%28b%29"),
            ("https://courrier.example/%C3%A9t%C3%A9", "https://courrier.example/%C3%A9t%C3%A9"),
            (
                "https://courrier.example/été?q=100%&x=<y>",
                "https://courrier.example/%C3%A9t%C3%A9?q=100%25&x=%3Cy%3E",
            ),
            ("https://courrier.example/pont#suite", "https://courrier.example/pont#suite"),
            ("https://courrier.example/pont#suite:~:text=x", "https://courrier.example/pont#suite"),
            ("https://courrier.example:8443/pont", "https://courrier.example:8443/pont"),
            ("https://courrier.example/?discord.gg/abc", "https://courrier.example/?%64iscord.gg/abc"),
            ("https://courrier.example/@everyone", "https://courrier.example/%40everyone"),
        ],
    )
    def test_an_address_keeps_its_meaning(self, url: str, target: str) -> None:
        """Encoding must not lead to another page; what is encoded already is not encoded twice."""
        link = link_to(url)
        assert link is not None
        assert link.target == target

    def test_a_name_that_looks_like_another_is_shown_as_machines_write_it(self) -> None:
        """A Cyrillic letter in a bank's name cannot be told from a Latin one."""
        link = link_to("https://b\u0430nque.example/")
        assert link is not None
        assert link.host == "xn--bnque-4ve.example"
        assert link.target.startswith("https://xn--bnque-4ve.example/")

    def test_the_words_are_behind_the_section(self) -> None:
        """A page's own fragment stays: the browser looks for the words besides."""
        link = link_to("https://courrier.example/pont#suite", "le vieux pont")
        assert link is not None
        assert link.target == "https://courrier.example/pont#suite:~:text=le%20vieux%20pont"

    def test_an_address_without_room_for_the_words_still_leads_to_the_article(self) -> None:
        """The page without its highlight is better than no page."""
        url = "https://courrier.example/" + "a" * (LONGEST_LINK - 40)
        link = link_to(url, LONG)
        assert link is not None
        assert link.target == url


class TestTextDirective:
    """The browser finds the words and marks them."""

    def test_short_words_are_looked_for_whole(self) -> None:
        """The signs that have a meaning in a directive must reach the browser as signs."""
        assert text_directive("sous-marins, porte-avions & cie") == (
            ":~:text=sous%2Dmarins%2C%20porte%2Davions%20%26%20cie"
        )

    def test_of_long_words_both_ends_are_looked_for(self) -> None:
        """A quote of 300 characters in an address would leave no room in the message."""
        assert text_directive(LONG) == (
            ":~:text=Le%20conseil%20municipal%20d%27Orvanne%20a,pont%2C%20ferm%C3%A9%20depuis%20quatorze%20mois"
        )

    def test_words_of_two_paragraphs_are_looked_for_by_both(self) -> None:
        """A browser looks for a start alone within one paragraph only: it would find nothing."""
        start, end = text_directive(FRENCH_TEXT).removeprefix(":~:text=").split(",")
        assert (unquote(start), unquote(end)) == (
            "Le conseil municipal d'Orvanne a",
            "vallée dès le 9 janvier",
        )

    @pytest.mark.parametrize("words", ["", "…", "« »", "\n\n", "字" * 300])
    def test_without_words_that_can_be_looked_for_there_is_none(self, words: str) -> None:
        """An empty directive would mark nothing and look like a fault."""
        assert text_directive(words) == ""

    @given(st.one_of(hostile, st.text()))
    def test_what_is_looked_for_is_what_is_quoted(self, words: str) -> None:
        """The browser finds nothing for words that do not stand on the page."""
        directive = text_directive(words)
        shown = " ".join(words.encode(errors="replace").decode().split())
        ends = directive.removeprefix(":~:text=").split(",") if directive else []
        assert len(ends) <= 2
        assert all(unquote(end) in shown for end in ends)
        assert not set(directive.removeprefix(":~:text=")) & set("-& ()<>[]\\*`|@")

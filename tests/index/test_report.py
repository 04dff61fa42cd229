"""The report names what was read, removed and refused, one line each."""

from __future__ import annotations

import json

import pytest

from index.report import report_line
from index.types import Removal, Span
from tests.factories import FRENCH_TEXT, make_article, make_reading


def test_a_read_article_is_described() -> None:
    """A maintainer must see what was found in a source without opening the index."""
    article = make_article()
    removal = Removal("share links", "Partager", Span(3, 11))
    found = json.loads(report_line(make_reading(article, removals=(removal,))))
    assert found == {
        "source_path": "coverage/pont.txt",
        "status": "read",
        "reason": None,
        "article_id": article.article_id,
        "headline": "Orvanne rénove son pont",
        "publisher": "Le Courrier d'Orvanne",
        "published_at": "2022-12-09T00:00:00+00:00",
        "language": "fr",
        "characters": len(FRENCH_TEXT),
        "removed": [{"reason": "share links", "start": 3, "end": 11, "text": "Partager"}],
    }


def test_a_refused_source_says_why() -> None:
    """Nothing is lost silently: the source and the reason are there, the article is not."""
    found = json.loads(report_line(make_reading(status="refused", reason="It is empty.")))
    assert (found["status"], found["reason"]) == ("refused", "It is empty.")
    assert found["article_id"] is None
    assert found["characters"] == 0
    assert found["removed"] == []


def test_what_the_article_does_not_say_is_null() -> None:
    """An absent fact must not be invented on the way into the report."""
    article = make_article(headline=None, publisher=None, published_at=None)
    found = json.loads(report_line(make_reading(article)))
    assert (found["headline"], found["publisher"], found["published_at"]) == (None, None, None)


def test_offsets_are_null_where_the_source_is_not_plain_text() -> None:
    """Of a web page only the words that were removed are known."""
    reading = make_reading(removals=(Removal("menu", "Accueil"),))
    assert json.loads(report_line(reading))["removed"][0] == {
        "reason": "menu",
        "start": None,
        "end": None,
        "text": "Accueil",
    }


def test_letters_stay_readable() -> None:
    """A person reads the report: accents are written as they are."""
    assert "Orvanne rénove" in report_line(make_reading())


@pytest.mark.parametrize("mark", ["\n", "\r", "\x0b", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_report_is_one_line(mark: str) -> None:
    """A line break of any kind inside a removed stretch must not cut the JSON line in two."""
    reading = make_reading(removals=(Removal("menu", f"Accueil{mark}Sport"),))
    line = report_line(reading)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["removed"][0]["text"] == f"Accueil{mark}Sport"


def test_half_a_surrogate_pair_can_be_written_to_a_file() -> None:
    """A record refused for such a character is reported; writing the report must not fail on it."""
    reading = make_reading(status="refused", removals=(Removal("menu", "\ud83d"),))
    line = report_line(reading).encode()
    assert json.loads(line)["removed"][0]["text"] == "\ud83d"

"""Records: guessed field names, and a refusal for each one that gives no article."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.drafts import Origin
from index.sources.records import parse_record_lines, parse_records
from tests.index.sources.conftest import NOW, article_of

if TYPE_CHECKING:
    from index.types import Article, Reading

ORIGIN = Origin(source_path="coverage/export.json", sha256="0" * 64, now=NOW)
TEXT = "Le pont de Corvelle a été fermé lundi matin après la découverte d’une fissure."


def read(value: object) -> list[Reading]:
    """Read a value as a ``.json`` file."""
    return list(parse_records(json.dumps(value), ORIGIN))


def read_lines(*lines: str) -> list[Reading]:
    """Read lines as a ``.jsonl`` file."""
    return list(parse_record_lines("\n".join(lines), ORIGIN))


def read_one(**fields: Any) -> Article:
    """Read one record with a text."""
    return article_of(read({"text": TEXT, **fields})[0])


class TestFields:
    """What the usual exporters call their fields."""

    @pytest.mark.parametrize("name", ["text", "body", "content", "article_text", "articleBody", "maintext"])
    def test_the_text_is_found(self, name: str) -> None:
        """The article's text is found under each of its usual names."""
        assert article_of(read({name: TEXT, "title": "Un titre"})[0]).text == TEXT

    @pytest.mark.parametrize("name", ["date", "published", "published_at", "date_published", "publishedAt"])
    def test_the_publishing_date_is_found(self, name: str) -> None:
        """The publishing date is found under each of its usual names."""
        assert read_one(**{name: "2023-03-05"}).published_at == datetime(2023, 3, 5, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("value", "names"),
        [
            ("Claire Dumont", ("Claire Dumont",)),
            ("Par Claire Dumont et Tom Alder", ("Claire Dumont", "Tom Alder")),
            ("Claire Dumont avec AFP", ("Claire Dumont",)),
            (["Claire Dumont", {"name": "Tom Alder"}], ("Claire Dumont", "Tom Alder")),
            ("La rédaction", ()),
        ],
    )
    def test_authors_are_persons(self, value: object, names: tuple[str, ...]) -> None:
        """Authors are split into names, however they are given; agencies beside them are left out."""
        assert read_one(author=value).byline == names

    def test_names_have_a_limit(self) -> None:
        """Of a list of names longer than anybody reads, the first fifty count."""
        names = [f"Claire Dumont-{chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]
        assert read_one(author=names).byline == tuple(names[:50])

    def test_seconds_and_milliseconds_are_dates(self) -> None:
        """A count since 1970 is read in either unit, and as tables print it, with a decimal comma too."""
        expected = datetime(2023, 3, 5, tzinfo=UTC)
        assert read_one(date=f"{int(expected.timestamp())},0").published_at == expected
        assert read_one(date=str(int(expected.timestamp()) * 1000)).published_at == expected
        assert read_one(date=int(expected.timestamp())).published_at == expected
        assert read_one(date=int(expected.timestamp()) * 1000).published_at == expected

    def test_collecting_is_not_publishing(self) -> None:
        """When a record was collected never counts as when the article came out."""
        article = read_one(crawled_at="2023-03-05T10:00:00Z")
        assert article.published_at is None
        assert article.collected_at == datetime(2023, 3, 5, 10, tzinfo=UTC)

    def test_an_unreadable_date_is_named(self) -> None:
        """A date that says nothing leaves the article undated, and the reading says so."""
        reading = read({"text": TEXT, "date": "soon"})[0]
        assert reading.status == "read"
        assert "soon" in str(reading.reason)

    def test_a_stated_language_is_believed_where_it_can_be(self) -> None:
        """A French text that claims to be Arabic is French; one that claims to be French is believed."""
        assert read_one(lang="ar").language == "fr"
        assert read_one(lang="fr-CA").language == "fr"

    def test_inner_metadata_is_read(self) -> None:
        """Facts in an inner "metadata" object count where the record itself says nothing."""
        assert read_one(metadata={"title": "Un titre", "source": "La Vigie"}).publisher == "La Vigie"

    def test_furniture_in_the_text_goes(self) -> None:
        """The text of a record is cleaned like a page, and its kept spans are spans of the field."""
        text = f"{TEXT}\nLire aussi : Un autre titre\n{TEXT}"
        article = read_one(text=text, title="Un titre")
        assert article.text == f"{TEXT}\n{TEXT}"
        assert "".join(span.of(text) for span in article.kept) == article.text


class TestShapes:
    """A record, a list, an object that holds a list."""

    @pytest.mark.parametrize(
        "value", [[{"text": TEXT}], {"articles": [{"text": TEXT}]}, {"meta": 1, "hits": [{"text": TEXT}]}]
    )
    def test_a_list_numbers_its_records(self, value: object) -> None:
        """The n-th record of a list is "#n", counted from 1."""
        assert [reading.source_path for reading in read(value)] == ["coverage/export.json#1"]

    def test_a_single_record_has_no_number(self) -> None:
        """A file that is one record is named by its own name."""
        assert read({"text": TEXT})[0].source_path == "coverage/export.json"

    @pytest.mark.parametrize("value", [[], {}, 3, "text", None, {"articles": []}])
    def test_what_holds_no_record_is_refused(self, value: object) -> None:
        """Every other value gives a refusal, never nothing."""
        assert [reading.status for reading in read(value)] == ["refused"]


class TestBrokenFiles:
    """A file that is not valid JSON as a whole: each bad part is named, the rest is read."""

    GOOD = json.dumps({"title": "Un titre", "text": TEXT})
    OTHER = json.dumps({"title": "Un autre", "text": TEXT.replace("lundi", "mardi")})

    def statuses(self, text: str) -> list[tuple[str, str]]:
        """Return what became of each record, with its number."""
        return [(r.source_path.rpartition("#")[2], r.status) for r in parse_records(text, ORIGIN)]

    @pytest.mark.parametrize(
        "text",
        [
            f"[{GOOD}, {OTHER}]\n// the end",
            f"[{GOOD},\n{OTHER},\n{GOOD[:50]}",
            f'{{"total": 3, "articles": [{GOOD}, {OTHER}, {GOOD[:50]}',
            f"{GOOD}\n{OTHER}\n{GOOD[:50]}",
            f"[{GOOD}] [{OTHER}] end",
        ],
        ids=["trailing", "breaks off", "in an object", "lines", "two lists"],
    )
    def test_what_is_whole_is_read(self, text: str) -> None:
        """Two whole records are read, and what stands in the place of the third is named."""
        assert self.statuses(text) == [("1", "read"), ("2", "read"), ("3", "refused")]

    @pytest.mark.parametrize("glue", [", ", ",\n  ", "\n"])
    def test_a_broken_record_costs_no_other(self, glue: str) -> None:
        """The record with a quotation mark too many is named by its number and fault."""
        broken = self.GOOD.replace("Un titre", 'Un "titre"')
        text = glue.join([self.GOOD, broken, self.OTHER])
        readings = list(parse_records(text if glue == "\n" else f"[{text}]", ORIGIN))
        assert [reading.status for reading in readings] == ["read", "refused", "read"]
        assert "Record 2 is not valid JSON" in str(readings[1].reason)

    def test_paragraphs_may_be_objects(self) -> None:
        """A paragraph that is an object with words does not fall out of a text in paragraphs."""
        (reading,) = read({"text": [TEXT, {"type": "quote", "text": "« Il est vieux », dit-elle."}]})
        assert article_of(reading).text == f"{TEXT}\n\n« Il est vieux », dit-elle."

    def test_what_says_nothing_is_named(self) -> None:
        """A field that is there and cannot be read does not go without a word."""
        (reading,) = read({"text": TEXT, "url": "www.vigie.example/pont", "source": 12})
        assert "url 'www.vigie.example/pont' cannot be read" in str(reading.reason)
        assert "publisher '12' cannot be read" in str(reading.reason)

    @given(
        st.lists(st.sampled_from([GOOD, OTHER, "{", "}", "[", "]", ",", '"', "\n", "x", ":"]), max_size=12)
    )
    @settings(max_examples=200, deadline=None)
    def test_any_mixture_gives_readings(self, parts: list[str]) -> None:
        """However records and signs are mixed, something is said, and every article is one of the records."""
        readings = list(parse_records("".join(parts), ORIGIN))
        assert readings
        assert all(
            reading.article.headline in ("Un titre", "Un autre") if reading.article else reading.reason
            for reading in readings
        )


class TestRefusals:
    """A bad record is refused by its number, and the others go on."""

    def test_a_truncated_line_is_refused_and_the_rest_read(self) -> None:
        """A line that breaks off is named by its number."""
        good = json.dumps({"text": TEXT})
        readings = read_lines(good, good[:30], good.replace("lundi", "mardi"))
        assert [reading.status for reading in readings] == ["read", "refused", "read"]
        assert "Line 2" in str(readings[1].reason)

    def test_a_record_without_text_is_refused_by_number(self) -> None:
        """A record without text is named by its number."""
        readings = read([{"text": TEXT}, {"title": "Un titre"}])
        assert readings[1].status == "refused"
        assert readings[1].reason == "Record 2 has no text."

    def test_text_that_cannot_be_stored_is_refused(self) -> None:
        """NUL and half surrogate pairs can neither be stored nor encoded."""
        assert read_lines('{"text": "' + TEXT + '\\ud800"}')[0].status == "refused"
        assert read_lines('{"text": "' + TEXT + '\\u0000"}')[0].status == "refused"
        assert read_lines('{"title": "\\ud800", "text": "' + TEXT + '"}')[0].status == "refused"

    def test_deep_nesting_is_refused(self) -> None:
        """JSON nested deeper than Python goes is refused, not a crash."""
        assert read_lines("[" * 100_000)[0].status == "refused"

    def test_a_deeply_nested_author_names_nobody(self) -> None:
        """A record whose author is nested six hundred deep is read without one, and so is the next."""
        nested = '{"text": "' + TEXT + '", "author": ' + "[" * 600 + "]" * 600 + "}"
        readings = read_lines(nested, json.dumps({"text": TEXT}))
        assert [reading.status for reading in readings] == ["read", "read"]
        assert article_of(readings[0]).byline == ()

    def test_a_taken_id_is_refused(self) -> None:
        """An id names one article of a file: other content under it, no newer, is refused by name."""
        readings = read([{"id": 7, "text": TEXT}, {"id": 7, "text": TEXT.replace("lundi", "mardi")}])
        assert [reading.status for reading in readings] == ["read", "refused"]
        assert "'7'" in str(readings[1].reason)

    def test_a_newer_version_under_the_same_id_is_read(self) -> None:
        """Other content under the same id with a newer date is the article's next version."""
        old = {"id": 7, "text": TEXT, "date": "2023-01-01"}
        new = {"id": 7, "text": TEXT.replace("lundi", "mardi"), "date": "2023-01-02"}
        assert [reading.status for reading in read([old, new])] == ["read", "read"]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "title", "date", "author", "id", "url", "lang", "x"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_any_value_gives_readings(value: object) -> None:
    """Whatever JSON holds, each record gives one reading, and every article's text is its kept spans."""
    readings = read(value)
    assert readings
    assert all(reading.article or reading.reason for reading in readings)

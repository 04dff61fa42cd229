"""Files of every kind, made by the libraries that make them, and what hostile ones come to."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceRefused
from index.settings import FieldName
from index.sources.drafts import Origin
from index.sources.kinds import SUFFIXES, ReadingRules, read_stream, suffix_of
from index.sources.records import FIELDS
from index.sources.table_rows import table_rows
from tests.index.sources.conftest import NOW, article_of
from tests.index.sources.hostile import KINDS, account_for, hostile_inputs
from tests.index.sources.making import (
    HEADLINE,
    PAGE,
    RECORD,
    SECOND,
    SENTENCE,
    document,
    mhtml,
    parquet,
    pdf,
    tarred,
    warc,
    zipped,
)

if TYPE_CHECKING:
    from index.types import Reading

LIMIT = 200_000


def read(name: str, data: bytes, **rules: Any) -> list[Reading]:
    """Read one file."""
    origin = Origin(source_path=name, sha256="", now=NOW)
    return list(
        read_stream(name, io.BytesIO(data), len(data), origin, ReadingRules(max_bytes=LIMIT, **rules))
    )


def reason_for(name: str, data: bytes, **rules: Any) -> str:
    """Return why a file is refused as a whole."""
    with pytest.raises(SourceRefused) as caught:
        read(name, data, **rules)
    return str(caught.value)


class TestTables:
    """CSV, TSV and Parquet."""

    @pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
    def test_a_row_is_a_record(self, name: str, sign: str) -> None:
        """Whatever parts the cells, names on top say what they are, and quotes hold signs and line breaks."""
        rows = [["title", "date", "text"], [HEADLINE, "2023-09-04", f'"{SENTENCE}\n{SECOND}"']]
        (reading,) = read(name, "\n".join(sign.join(row) for row in rows).encode())
        article = article_of(reading)
        assert (article.source_path, article.headline) == (f"{name}#1", HEADLINE)
        assert article.text == f"{SENTENCE}\n{SECOND}"
        assert article.published_at == datetime(2023, 9, 4, tzinfo=UTC)

    def test_the_longest_column_is_the_text(self) -> None:
        """Where no name says which column is the text, the one with the longest cells is."""
        (reading,) = read(
            "a.csv", f"col_1,col_2\nx,{json.dumps(SENTENCE + ' ' + SECOND, ensure_ascii=False)}\n".encode()
        )
        assert article_of(reading).text.startswith(SENTENCE)

    def test_the_settings_name_the_fields(self) -> None:
        """A name in the settings wins over the usual ones, an inner field by its path included."""
        fields = {"text": "corps_du_texte", "headline": "meta.grand_titre"}
        record = {"text": "x", "corps_du_texte": SENTENCE, "meta": {"grand_titre": HEADLINE}}
        for name, data in (("a.json", json.dumps(record)), ("a.jsonl", json.dumps(record))):
            (reading,) = read(name, data.encode(), fields=fields)
            article = article_of(reading)
            assert (article.headline, article.text) == (HEADLINE, SENTENCE)

    def test_every_field_has_a_setting(self) -> None:
        """The names that settings take are those that records know."""
        assert set(get_args(FieldName)) == set(FIELDS)

    def test_a_row_too_wide_is_refused_alone(self) -> None:
        """A row with more cells than names is named, and the next one read."""
        readings = read("a.csv", f"title,text\na,b,c\nd,{SENTENCE}\n".encode())
        assert [reading.status for reading in readings] == ["refused", "read"]
        assert readings[0].source_path == "a.csv#1"

    @pytest.mark.parametrize("sign", [",", ";", "\t"])
    def test_a_forgotten_quotation_mark_costs_no_row(self, sign: str) -> None:
        """A mark that nobody closes does not swallow the rows below: the cell is read with it."""
        cells = [
            ["title", "text"],
            ["Un", f'"{SENTENCE}'],
            ["Deux", f'"Oui" dit-elle. {SENTENCE}'],
            ["Trois", SENTENCE],
        ]
        table = "\n".join(sign.join(row) for row in cells)
        articles = [
            article_of(reading) for reading in read("a.tsv" if sign == "\t" else "a.csv", table.encode())
        ]
        assert [article.headline for article in articles] == ["Un", "Deux", "Trois"]
        assert articles[0].text == f'"{SENTENCE}'
        assert articles[1].text.startswith('"Oui"')

    def test_a_row_that_cannot_be_parted_is_named(self) -> None:
        """Where the cells of such a row cannot be told, it is named by its number, and the next one read."""
        table = f'title,text\nUn,"{SENTENCE}, et, puis\nDeux,"{SECOND}"\n'
        readings = read("a.csv", table.encode())
        assert [reading.status for reading in readings] == ["refused", "read"]
        assert readings[0].reason == "Row 1 holds a quotation mark that is not closed."

    def test_excel_says_what_parts_the_cells(self) -> None:
        """The line "sep=;" is no row of names, and a comma in a name parts nothing."""
        table = f'\ufeffsep=;\r\ntitle;"lead, short";text\r\nUn;Bref;{SENTENCE}\r\n'
        (reading,) = read("a.csv", table.encode())
        assert (article_of(reading).headline, article_of(reading).text) == ("Un", SENTENCE)
        (reading,) = read("a.csv", f'"Titre, sous-titre";texte\nUn;{SENTENCE}\n'.encode())
        assert article_of(reading).text == SENTENCE

    def test_a_table_without_names_loses_no_row(self) -> None:
        """Where an article stands in the first line, it is read as one."""
        long = f"{SENTENCE} {SECOND} {SENTENCE}"
        rows = f'Un,"{long}"\nDeux,"{long} Et plus."\n'
        assert [reading.source_path for reading in read("a.csv", rows.encode())] == ["a.csv#1", "a.csv#2"]
        assert all(reading.article for reading in read("a.csv", rows.encode()))

    @given(st.text(alphabet=st.sampled_from('a";,\t\n\r '), max_size=60))
    @settings(max_examples=200, deadline=None)
    def test_rows_below_a_broken_one_are_read(self, broken: str) -> None:
        """Whatever stands above, a well-formed row at the end is read, or its own line is named."""
        table = f'title,text\n{broken}\n"Dernier","{SENTENCE}"\n'
        readings = read("a.csv", table.encode())
        assert any(r.article and SENTENCE in r.article.text for r in readings) or readings[-1].reason

    @pytest.mark.parametrize("line", ['a","b', 'a,"b"c', '"a"b,"c'])
    def test_marks_open_to_the_end_are_given_up(self, line: str) -> None:
        """Marks that are open to the end of a long file are not looked for again and again: each line is a row."""
        table = "title,text\n" + f"{line}\n" * 20_000
        assert sum(1 for _ in table_rows(table, ",")) == 20_001

    def test_parquet_rows_are_records(self) -> None:
        """Types of the columns are kept: a timestamp is a date."""
        moment = datetime(2023, 9, 4, 6, 30, tzinfo=UTC)
        (reading,) = read("a.parquet", parquet([{"title": HEADLINE, "body": SENTENCE, "published": moment}]))
        article = article_of(reading)
        (as_bytes,) = read("a.parquet", parquet([{"title": HEADLINE, "body": SENTENCE.encode()}]))
        assert article_of(as_bytes).text == SENTENCE
        assert (article.source_path, article.published_at) == ("a.parquet#1", moment)

    def test_what_is_no_parquet_is_refused(self) -> None:
        """Neither other bytes nor a file that breaks off is a crash."""
        assert "not a Parquet file" in reason_for("a.parquet", b"title,text")
        assert "damaged" in reason_for("a.parquet", parquet([RECORD])[:60])


class TestPages:
    """MHTML and WARC."""

    def test_mhtml_gives_the_page_with_its_address(self) -> None:
        """The page of a saved bundle is read with its encoding, its address and the time it was saved."""
        (reading,) = read("a.mhtml", mhtml(PAGE))
        article = article_of(reading)
        assert (article.headline, article.url) == (HEADLINE, "https://courrier.example/pont")
        assert article.collected_at is not None
        assert article.published_at is None

    @pytest.mark.parametrize(
        "data", [b"no mime at all", b"Content-Type: multipart/related\n\n--\n", b"\xff\x00"]
    )
    def test_malformed_mime_is_refused(self, data: bytes) -> None:
        """What holds no page says so."""
        assert reason_for("a.mht", data)

    def test_warc_gives_its_pages(self) -> None:
        """Pages are read with address and time of collecting; pictures and errors are passed over."""
        data = warc(
            ("200 OK", "image/png", b"\x89PNG"),
            ("404 Not Found", "text/html", PAGE.encode()),
            ("200 OK", "text/html; charset=utf-8", PAGE.encode()),
        )
        (reading,) = read("a.warc.gz", data)
        article = article_of(reading)
        assert (article.source_path, article.url) == ("a.warc.gz#3", "https://courrier.example/pont")
        assert article.collected_at == datetime(2023, 9, 5, 10, tzinfo=UTC)
        assert article.published_at is None

    @pytest.mark.parametrize("data", [b"no warc", b"WARC/1.0\r\n\r\n", warc(("200 OK", "image/png", b"x"))])
    def test_a_warc_without_a_page_is_refused(self, data: bytes) -> None:
        """It is named with a reason."""
        assert reason_for("a.warc", data)

    def test_the_encoding_that_a_page_states_is_believed(self) -> None:
        """A page in an encoding that cannot be guessed is read by what it states."""
        text = "Мост в городе Корвель закрыли в понедельник утром после того, как нашли трещину в опоре."
        page = f"<html><head><meta charset=windows-1251></head><body><p>{text}</p></body></html>"
        (reading,) = read("a.html", page.encode("cp1251"))
        assert article_of(reading).text == text


class TestDocuments:
    """PDF and DOCX."""

    def test_a_pdf_s_broken_lines_are_joined(self) -> None:
        """A sentence that the width of the page broke is one again."""
        lines = [
            "Le pont de Corvelle fermé",
            "",
            *SENTENCE.split(" ap", 1)[:1],
            "ap" + SENTENCE.split(" ap", 1)[1],
            SECOND,
        ]
        (reading,) = read("a.pdf", pdf([line.replace("’", "'") for line in lines]))
        article = article_of(reading)
        assert SENTENCE.replace("’", "'") in " ".join(article.text.split())
        assert article.kept == ()

    def test_a_docx_is_read_like_a_page(self) -> None:
        """Headline, byline and text are found in its paragraphs."""
        paragraphs = [HEADLINE, "Par Claire Dumont", "Publié le 4 septembre 2023", SENTENCE, SECOND]
        (reading,) = read("a.docx", document(paragraphs))
        article = article_of(reading)
        assert (article.headline, article.byline) == (HEADLINE, ("Claire Dumont",))
        assert article.text.split("\n") == [SENTENCE, SECOND]

    def test_entities_of_a_docx_are_not_unfolded(self) -> None:
        """A document type that multiplies itself does not fill the memory, and reads no file."""
        bomb = (
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            "<w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"
        )
        with zipfile.ZipFile(io.BytesIO(document([]))) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        members["word/document.xml"] = bomb.encode()
        try:
            readings = read("a.docx", zipped(members))
        except SourceRefused:
            return
        assert all(reading.article is None or "root:" not in reading.article.text for reading in readings)

    @pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
    @pytest.mark.parametrize("data", [b"neither", b"%PDF-1.7\n1 0 obj", zipped({"x": b"y"})])
    def test_what_is_neither_is_refused(self, name: str, data: bytes) -> None:
        """Other bytes, a file that breaks off and an archive of something else are named with a reason."""
        assert reason_for(name, data)


class TestArchives:
    """Zip, tar and gzip of any of these."""

    @pytest.mark.parametrize(("name", "pack"), [("a.zip", zipped), ("a.tar.gz", tarred), ("a.tgz", tarred)])
    def test_members_are_read_under_their_own_names(self, name: str, pack: Any) -> None:
        """Each file in an archive is a source of its own kind; hidden ones are skipped as in folders."""
        members = {
            "b/page.html": PAGE.encode(),
            "b/r.jsonl": json.dumps(RECORD).encode(),
            ".x.txt": b"x",
            "c.exe": b"x",
        }
        readings = read(name, pack(members))
        assert [(r.source_path, r.status) for r in readings] == [
            (f"{name}!/b/page.html", "read"),
            (f"{name}!/b/r.jsonl#1", "read"),
            (f"{name}!/c.exe", "refused"),
        ]

    def test_a_single_packed_file_is_read(self) -> None:
        """A page that is packed alone keeps its name without the suffix."""
        (reading,) = read("page.html.gz", gzip.compress(PAGE.encode()))
        assert (reading.source_path, reading.status) == ("page.html.gz!/page.html", "read")

    @pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:\\a.txt", "..\\a.txt"])
    def test_a_name_that_climbs_out_is_refused(self, name: str) -> None:
        """Such a name is somebody's attack; nothing of it is read."""
        for archive, data in (
            ("a.zip", zipped({name: SENTENCE.encode()})),
            ("a.tar", tarred({name: SENTENCE.encode()}, "w")),
        ):
            (reading,) = read(archive, data)
            assert reading.reason == "Its name climbs out of its archive."

    def test_a_link_in_a_tar_is_refused(self) -> None:
        """A link could lead anywhere."""
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            info = tarfile.TarInfo("a.txt")
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
        (reading,) = read("a.tar", packed.getvalue())
        assert reading.reason == "It is a link or a device."

    def test_a_large_member_is_refused_alone(self) -> None:
        """One member over the limit does not take the others with it."""
        readings = read("a.zip", zipped({"a.txt": b"a" * (LIMIT + 1), "b.html": PAGE.encode()}))
        assert [reading.status for reading in readings] == ["refused", "read"]

    def test_a_bomb_stops(self) -> None:
        """What unpacks to far more than it was packed to is not unpacked to the end."""
        bomb = tarred({f"{number}.txt": b"\0" * 10_000_000 for number in range(12)})
        assert "unpacks to more than" in reason_for("a.tar.gz", bomb)
        assert "unpacks to more than" in reason_for(
            "a.zip", zipped({f"{number}.txt": b"0" * LIMIT for number in range(120)})
        )

    def test_archives_in_archives_end(self) -> None:
        """A file that holds itself again and again is refused at the third."""
        data = zipped({"a.html": PAGE.encode()})
        for _ in range(3):
            data = zipped({"a.zip": data})
        (reading,) = read("a.zip", data)
        assert "archive within an archive" in str(reading.reason)

    @pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.bz2", "a.tar.xz", "a.gz"])
    @pytest.mark.parametrize(
        "data", [b"", b"neither", zipped({"a.txt": b"x"})[:20], tarred({"a.txt": b"x"})[:20]]
    )
    def test_a_damaged_archive_is_refused(self, name: str, data: bytes) -> None:
        """Other bytes and an archive that breaks off are named with a reason."""
        assert reason_for(name, data)


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("a.parquet", "pyarrow.parquet"),
        ("a.pdf", "pypdf"),
        ("a.docx", "docx"),
        ("a.warc", "warcio.archiveiterator"),
    ],
)
def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, name: str, module: str) -> None:
    """Where an extra is not installed, the sentence names it and the command."""
    monkeypatch.setitem(sys.modules, module, None)
    data = {"a.parquet": parquet([RECORD]), "a.pdf": pdf([SENTENCE]), "a.docx": zipped({}), "a.warc": warc()}[
        name
    ]
    assert f"scripts/set_up {name.removeprefix('a.')}" in reason_for(name, data)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.TXT", ".txt"),
        ("a.tar.gz", ".tar.gz"),
        ("a.warc.gz", ".warc.gz"),
        ("a.html.gz", ".gz"),
        ("a", None),
    ],
)
def test_the_longest_suffix_tells_the_kind(name: str, suffix: str | None) -> None:
    """A packed WARC is not just packed."""
    assert suffix_of(name) == suffix


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_hostile_input_is_accounted_for(suffix: str) -> None:
    """Nothing under any name is a crash or a hang: readings with an article or a reason, or a refusal."""

    @given(hostile_inputs(suffix))
    @settings(max_examples=25, deadline=None, database=None)
    def run(data: bytes) -> None:
        account_for(suffix, data)

    run()


def test_every_kind_has_a_true_file_to_begin_with() -> None:
    """A kind without a seed would be tried with noise alone."""
    assert KINDS == SUFFIXES

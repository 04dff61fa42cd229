"""Markdown: front matter gives the fields, markup goes, the characters between it stay."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.drafts import Origin
from index.sources.markdown import parse_markdown
from tests.index.sources.conftest import NOW, article_of

if TYPE_CHECKING:
    from index.types import Article

ORIGIN = Origin(source_path="coverage/note.md", sha256="0" * 64, now=NOW)
NOTE = """\
---
title: "La tourbière respire"
date: 2022-10-18
author: Anaïs Kervella
publisher: Mousse et Lichen
url: https://mousse.example/tourbiere
lang: fr
---

# La tourbière respire

*Asséchée au XIXe siècle, la tourbière retrouve son eau. Les chasseurs grognent.*

Il suffit de sauter pour **sentir** le sol [onduler](https://example.org "titre"), depuis 2020.

![Un étang](etang.jpg)

## Des barrages en *mélèze*

> « Elle recrache le carbone », dit l'hydrologue, qui a mesuré 2_900 tonnes par an.

Lire aussi : Le castor est de retour
"""


def read_article(text: str) -> Article:
    """Read a note that has an article."""
    return article_of(parse_markdown(text, ORIGIN))


def test_front_matter_gives_the_fields() -> None:
    """What the front matter says stands in the fields."""
    article = read_article(NOTE)
    assert (article.headline, article.publisher) == ("La tourbière respire", "Mousse et Lichen")
    assert (article.byline, article.language) == (("Anaïs Kervella",), "fr")
    assert article.published_at == datetime(2022, 10, 18, tzinfo=UTC)
    assert article.url == "https://mousse.example/tourbiere"


def test_markup_goes_and_words_stay() -> None:
    """Emphasis, links, quotation marks and headings lose their marks, nothing else."""
    text = read_article(NOTE).text
    assert "pour sentir le sol onduler, depuis 2020." in text
    assert "« Elle recrache le carbone », dit l'hydrologue, qui a mesuré 2_900 tonnes par an." in text
    assert not set("#*[]!>") & set(text)


def test_headings_are_headings() -> None:
    """A marked heading is a heading of the text, without its marks; the first one is the headline."""
    article = read_article(NOTE)
    assert [heading.of(article.text) for heading in article.headings] == ["Des barrages en mélèze"]


def test_an_emphasised_paragraph_under_the_headline_is_the_dek() -> None:
    """The summary is a field and opens the text."""
    article = read_article(NOTE)
    assert article.dek == "Asséchée au XIXe siècle, la tourbière retrouve son eau. Les chasseurs grognent."
    assert article.text.startswith(article.dek)


def test_furniture_goes() -> None:
    """Pointers to other articles are furniture in Markdown, too."""
    assert "castor" not in read_article(NOTE).text


def test_broken_front_matter_is_named_and_left_out() -> None:
    """A line of the front matter that nobody could read is reported, and the other lines are read."""
    reading = parse_markdown(NOTE.replace('title: "La', 'title: ["La'), ORIGIN)
    article = article_of(reading)
    assert (article.headline, article.publisher) == ("La tourbière respire", "Mousse et Lichen")
    assert "'title: [" in str(reading.reason)
    assert "front matter" in str(reading.reason)


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("title: Pont de Vaubrun : la facture double", "Pont de Vaubrun : la facture double"),
        ("title: [Vidéo] La facture : le double", "[Vidéo] La facture : le double"),
        ('title: "Ponts" : la facture', '"Ponts" : la facture'),
        ("title: « Ponts » : la facture, d'après l'« État »", "« Ponts » : la facture, d'après l'« État »"),
        ("title:\tPont de Vaubrun", "Pont de Vaubrun"),
        ("title: @pont : la facture\n  double", "@pont : la facture double"),
        ("title: *Pont* de Vaubrun", "*Pont* de Vaubrun"),
    ],
)
def test_a_title_that_is_no_yaml_is_read_as_printed(line: str, headline: str) -> None:
    """People write titles as they print them; the other facts are not lost for it, and nothing is noted."""
    note = NOTE.replace('title: "La tourbière respire"', line).replace(
        "author: Anaïs Kervella", "author:\n- Anaïs Kervella\n- Tom Alder"
    )
    reading = parse_markdown(note, ORIGIN)
    article = article_of(reading)
    assert (article.headline, article.byline) == (headline, ("Anaïs Kervella", "Tom Alder"))
    assert article.published_at == datetime(2022, 10, 18, tzinfo=UTC)
    assert reading.reason is None


@pytest.mark.parametrize(
    ("opening", "closing", "sign"), [("+++", "+++", " ="), ("\n\n---", "...", ":"), ("---", "", ":")]
)
def test_front_matter_has_several_forms(opening: str, closing: str, sign: str) -> None:
    """TOML, blank lines above, another closing rule or none: the facts are read, and are no text."""
    facts = [f'title{sign} "La tourbière"', f"date{sign} 2022-10-18", f'publisher{sign} "Mousse"']
    article = read_article("\n".join([opening, *facts, closing, "", NOTE.rpartition("---\n")[2]]))
    assert (article.headline, article.publisher) == ("La tourbière", "Mousse")
    assert article.published_at == datetime(2022, 10, 18, tzinfo=UTC)
    assert "publisher" not in article.text


def test_prose_between_two_rules_is_text() -> None:
    """A text that opens with a rule and has another one is not taken for front matter."""
    opening = "Il suffit de sauter pour sentir le sol : il ondule : il recule."
    assert opening in read_article(f"---\n{opening}\n\n---\n\nPlus loin, le sol est sec.\n").text


@given(st.text(alphabet=st.sampled_from("ab: -[]{}&*|>'\"\\#=\n\té«»"), max_size=80))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_front_matter_the_text_is_read(facts: str) -> None:
    """No front matter, however broken, takes the article below it away."""
    text = "Le pont de Corvelle a été fermé lundi matin, dit la ville."
    assert text in read_article(f"---\ntitle: Un\n{facts}\n---\n\n{text}\n").text


def test_front_matter_with_aliases_is_left_out() -> None:
    """A few lines of aliases that stand for a billion names are reported, not read."""
    lines = ["a0: &a0 [Al Bo, Cy Do]", *(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 10))]
    reading = parse_markdown(
        NOTE.replace("author: Anaïs Kervella", "\n".join([*lines, "author: *a9"])), ORIGIN
    )
    assert article_of(reading).byline == ()
    assert "*a9" in str(reading.reason)
    assert article_of(reading).headline == "La tourbière respire"
    assert article_of(reading).publisher == "Mousse et Lichen"


@pytest.mark.parametrize(
    "fields", ['title: "\\U00110000"', "author: " + "[" * 600 + "]" * 600, "%YAML " + "9" * 5000 + ".1"]
)
def test_front_matter_that_breaks_its_parser_is_left_out(fields: str) -> None:
    """Whatever the parser fails with, the article is read without its front matter."""
    reading = parse_markdown(f"---\n{fields}\n---\n{NOTE.partition('---')[2].partition('---')[2]}", ORIGIN)
    assert article_of(reading).headline == "La tourbière respire"
    assert "front matter" in str(reading.reason)


@pytest.mark.parametrize(
    "text",
    [
        "# T" + " " * 60_000 + "x",
        "Un titre\n---\n" * 20_000,
        "---\n" + "title: Un : deux\n" * 100_000 + "---\n",
        "---\n" + "title: Un : deux\n" * 100_000 + "\n",
    ],
    ids=["#", "---", "facts", "unclosed"],
)
def test_no_text_takes_more_than_a_moment(text: str) -> None:
    """The time that headings take grows with the text, not with its square."""
    started = process_time()
    parse_markdown(text, ORIGIN)
    assert process_time() - started < 5


def test_headings_may_be_underlined() -> None:
    """The other way to mark headings works as well."""
    note = "Un titre\n========\n\nIl suffit de sauter pour sentir le sol onduler.\n\nPlus loin\n---\n\nLe sol y est plus sec encore."
    article = read_article(note)
    assert article.headline == "Un titre"
    assert [heading.of(article.text) for heading in article.headings] == ["Plus loin"]


@given(st.text(alphabet=st.sampled_from("ab .#*_[]()!`>-=~\\<\n\r\u2028é"), max_size=120))
@settings(max_examples=300, deadline=None)
def test_kept_and_removed_are_the_whole_source(note: str) -> None:
    """However marks are nested or broken, what is kept is the text, and all the rest is removed once."""
    source = f"# Un titre\n\nLe pont de Corvelle a été fermé lundi matin.\n{note}\n"
    reading = parse_markdown(source, ORIGIN)
    article = article_of(reading)
    assert "".join(span.of(source) for span in article.kept) == article.text
    position = 0
    for span in sorted([*article.kept, *(removal.span for removal in reading.removals if removal.span)]):
        assert span.start == position
        position = span.end
    assert position == len(source)

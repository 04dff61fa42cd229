"""The report for a person."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from index.report_page import NO_OUTLET, by_outlet, report_page
from index.sources.drafts import Origin
from index.sources.scraped import parse_scraped_text
from index.types import Reading, Removal

NOW = datetime(2024, 6, 1, tzinfo=UTC)
PAGE = """Logo Le Clairon

Le moulin de Sainte-Ode tourne de nouveau
Par Ida Corvo
Le moulin de Sainte-Ode tourne de nouveau depuis samedi, après trois ans de travaux et deux inondations.
Partager sur Facebook
« C’est la roue qui nous a manqué », dit le meunier, qui a repris le travail à cinq heures du matin.
"""


def read(text: str, name: str = "x/a.txt") -> Reading:
    """Read a scraped page."""
    return parse_scraped_text(text, Origin(source_path=name, sha256="", now=NOW))


def test_a_source_is_shown_whole_with_what_went_marked() -> None:
    """What stays and what was removed, put together, is the source, character for character."""
    page = report_page([read(PAGE)])
    shown = re.search(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert shown
    assert unescape(re.sub(r"</?del[^>]*>", "", shown[1])) == PAGE
    assert '<del title="share">' in shown[1]


def test_each_outlet_tells_what_went_and_how_often() -> None:
    """A line that went from two pages is counted twice, under its outlet."""
    first, second = by_outlet(
        [read(PAGE), read(PAGE, "x/b.txt"), Reading(source_path="c", status="refused", reason="No.")]
    )
    assert (first.name, second.name) == ("Le Clairon", NO_OUTLET)
    assert ("share", "Partager sur Facebook", 2) in first.removed


@given(st.text(alphabet="<>&\"'/ abscript=\n", max_size=60))
def test_nothing_of_a_source_is_run(words: str) -> None:
    """Whatever a source holds is shown as text."""
    removal = Removal("menu", f"<script>{words}</script>")
    page = report_page(
        [Reading(source_path=f"<b>{words}", status="refused", reason=words, removals=(removal,))]
    )
    assert "<script" not in page
    assert "<b>" not in page

"""What an outlet prints on all of its pages is furniture, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.sources import read_sources
from index.sources.lines import split_lines
from index.sources.repetition import PageLines, repeated_among
from tests.index.sources.conftest import NOW, article_of

if TYPE_CHECKING:
    from pathlib import Path

OUTLET = "Le Clairon de Sainte-Ode"
ODDITY = "Un journal cousu main, distribué par des facteurs à vélo depuis la rue du Puits."
SENTENCES = (
    "Le moulin de Sainte-Ode tourne de nouveau depuis samedi, après trois ans de travaux et deux inondations.",
    "La fanfare de Sainte-Ode a perdu son tuba dans un train, et le cherche de gare en gare depuis mardi.",
    "Le boulanger de Sainte-Ode a vendu son fournil à ses deux apprentis, qui en gardent le nom et la recette.",
)


def page(sentence: str, *, signed: str = "Ida Corvo") -> str:
    """Return a page of the outlet."""
    return f"{OUTLET}\nUne nouvelle de Sainte-Ode qui compte\nPar {signed}\n{sentence}\n{ODDITY}\n"


def repeated(*texts: str, folder: str = "x") -> list[str]:
    """Return the lines of the last page that are repeated."""
    counted = PageLines()
    for text in texts:
        counted.add(folder, text)
    lines = split_lines(texts[-1])
    return [lines[i].seen for i in sorted(repeated_among(folder, lines, counted.repeated()))]


def test_what_is_on_every_page_is_repeated() -> None:
    """Name, motto and signature come again; the article's own lines do not."""
    found = repeated(*map(page, SENTENCES))
    assert OUTLET in found
    assert ODDITY in found
    assert SENTENCES[-1] not in found


def test_two_pages_are_no_evidence() -> None:
    """A line that stands on two pages may be chance."""
    assert repeated(*map(page, SENTENCES[:2])) == []


def test_versions_of_one_article_are_one() -> None:
    """An article that was saved three times repeats itself, and loses nothing."""
    assert repeated(*([page(SENTENCES[0])] * 3)) == []


def test_other_folders_are_no_evidence() -> None:
    """Pages of an outlet lie together."""
    counted = PageLines()
    for number, sentence in enumerate(SENTENCES):
        counted.add(f"folder {number}", page(sentence))
    assert counted.repeated() == {}


def test_a_line_on_few_of_many_pages_stays() -> None:
    """A section heading that comes back now and then is no furniture."""
    many = [
        page(f"Ce jour-là, {number} habitants de Sainte-Ode ont dansé sur le pont jusqu’à l’aube.")
        for number in range(2, 12)
    ]
    with_heading = [text.replace(ODDITY, "Ce que l’on sait") for text in many[:3]]
    assert "Ce que l’on sait" not in repeated(*many[3:], *with_heading)


def test_no_rule_knows_the_motto_but_its_repetition_does(tmp_path: Path) -> None:
    """A sentence that looks like the article's last is removed once the outlet has printed it on three pages."""
    for number, sentence in enumerate(SENTENCES):
        (tmp_path / f"{number}.txt").write_text(page(sentence), encoding="utf-8")
    readings = list(read_sources([tmp_path], max_bytes=10_000, now=NOW))
    assert [article_of(reading).text for reading in readings] == list(SENTENCES)
    assert {article_of(reading).publisher for reading in readings} == {OUTLET}
    assert all(article_of(reading).byline == ("Ida Corvo",) for reading in readings)
    assert "repeated" in {removal.reason for removal in readings[0].removals}


def test_a_headline_that_other_pages_offer_is_no_furniture() -> None:
    """It stands above its own article, and below those of others among the most read."""
    headline = "Le moulin de Sainte-Ode tourne de nouveau"
    own = f"{OUTLET}\n{headline}\n{SENTENCES[0]}\nLes plus lus"
    others = [
        f"{OUTLET}\nUne autre nouvelle\n{sentence}\nLes plus lus\n{headline}" for sentence in SENTENCES[1:]
    ]
    found = repeated(*others, own)
    assert headline not in found
    assert "Les plus lus" in found

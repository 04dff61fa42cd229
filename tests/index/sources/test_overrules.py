"""A file of patterns that the cleaning rules give way to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import RulesMalformed
from index.sources import read_sources
from index.sources.overrules import read_overrules
from tests.index.sources.conftest import NOW, article_of

if TYPE_CHECKING:
    from pathlib import Path

LEDE = (
    "Le moulin de Sainte-Ode tourne de nouveau depuis samedi, après trois ans de travaux et deux inondations."
)
MOTTO = "Un journal cousu main, distribué par des facteurs à vélo depuis la rue du Puits, chaque mardi."
POEM = "Partager"
PAGE = f"Logo Le Clairon\n\nLe moulin tourne de nouveau à Sainte-Ode\n{LEDE}\n{POEM}\n{LEDE}\n{MOTTO}\n"
RULES = '[outlets."Le Clairon"]\nremove = ["Un journal cousu main.*"]\nkeep = ["Partager"]\n'


def test_a_person_overrules_the_rules(tmp_path: Path) -> None:
    """What the file removes goes, what it keeps stays, and only in the outlet that it names."""
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(PAGE, encoding="utf-8")
    (pages / "b.txt").write_text(PAGE.replace("Le Clairon", "Le Tambour"), encoding="utf-8")
    overrules = read_overrules(tmp_path / "rules.toml")
    ours, other = read_sources([pages], max_bytes=10_000, now=NOW, overrules=overrules)
    assert article_of(ours).text.split("\n") == [LEDE, POEM, LEDE]
    assert "rule" in {removal.reason for removal in ours.removals}
    assert MOTTO in article_of(other).text
    assert POEM not in article_of(other).text.split("\n")


@pytest.mark.parametrize(
    "rules",
    [
        "outlets = 3",
        "[outlets]\nx = 3",
        '[outlets.x]\nremove = "a"',
        '[outlets.x]\nkeep = ["("]',
        "[outlets.x]\nhide = []",
        "][",
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, rules: str) -> None:
    """A slip in the file is said at once, not found out later in a text."""
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    with pytest.raises(RulesMalformed, match="rules"):
        read_overrules(tmp_path / "rules.toml")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    """A name that leads nowhere does not mean that there are no rules."""
    with pytest.raises(RulesMalformed):
        read_overrules(tmp_path / "nowhere.toml")

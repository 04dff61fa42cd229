"""The words of a passage, counted, as a database finds them again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.words import stems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.types import Article, Passage

# A headline says what the whole article is about, a passage's own words what it says itself.
_HEADLINE = 0.5
# A database's index refuses words of thousands of letters; these are none that anybody types.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class StemmedPassage:
    """What full text knows of a passage.

    Args:
        frequencies: of each stem, how often it stands in the passage, and half that for the headline.
        tokens: words of passage and headline, and one for the language, as SQLite's full text counts them.
        language: of the passage, which decides on the stems.
    """

    frequencies: Mapping[str, float]
    tokens: int
    language: str


def stemmed(article: Article, passage: Passage) -> StemmedPassage:
    """Count the words of a passage and of its article's headline, as the passage's language stems them."""
    language = article.language_of(passage.span)
    body = [longest(stem) for stem in stems(passage.text, language)]
    headline = [longest(stem) for stem in stems(article.headline or "", language)]
    in_body, in_headline = Counter(body), Counter(headline)
    return StemmedPassage(
        {stem: in_body[stem] + _HEADLINE * in_headline[stem] for stem in in_body | in_headline},
        len(body) + len(headline) + 1,
        language,
    )


def longest(stem: str) -> str:
    """Return a stem as it is kept."""
    return stem[:_LONGEST]

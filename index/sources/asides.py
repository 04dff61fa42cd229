"""Lines in which a site speaks and no reporter does, told by points for their words, shape and place.

The points are the weights of a logistic regression over the 573 lines that all other rules leave in the bodies of 140
pages saved as text, of which 81 were furniture; doubled and rounded. Words alone or shape alone never strike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.sources.proof import Proof

_TO_THE_READER, _OF_ITSELF, _NAMES_OUTLET = 4, 3, 3
_EACH_THING, _MOST_THINGS = 4, 2
_SHORT, _SHORT_LENGTH = 5, 60
_MIDDLING, _MIDDLING_LENGTH = 2, 110
_NO_FULL_STOP, _ASKS = 5, 2
_BELOW_THE_TEXT, _BETWEEN_FURNITURE = 2, 2
_QUOTES, _FIGURES, _HEADS_TEXT = -3, -1, -6
_ENOUGH = 11
_OF_ANY_ARTICLE = frozenset({None, "alt-text", "caption", "credit", "advertisement", "pulled-quote"})


def points_of_words(*, readers: bool, itself: bool, outlet: bool, things: int) -> int:
    """Return the points of what a line says, 0 where nothing in it is the site's.

    Args:
        readers: whether it says "you".
        itself: whether it says "we", and not "you".
        outlet: whether it names the outlet.
        things: how many things of the trade it names that the article is not about.
    """
    spoken = _TO_THE_READER if readers else _OF_ITSELF * itself
    return spoken + _NAMES_OUTLET * outlet + _EACH_THING * min(things, _MOST_THINGS)


def is_aside(proof: Proof, index: int, words: int, *, quotes: bool) -> bool:
    """Tell whether a line of the body is the site's own.

    Args:
        proof: the page, marked.
        index: the line.
        words: see ``points_of_words``.
        quotes: whether part of the line stands in quotation marks.
    """
    return words > 0 and words + _points_of_shape(proof, index, quotes=quotes) >= _ENOUGH


def _points_of_shape(proof: Proof, index: int, *, quotes: bool) -> int:
    line = proof.lines[index]
    length = len(line.seen)
    points = _SHORT if length < _SHORT_LENGTH else _MIDDLING * (length < _MIDDLING_LENGTH)
    points += _NO_FULL_STOP * (not line.ends_sentence) + _ASKS * line.seen.endswith("?")
    points += _QUOTES * quotes + _FIGURES * any(map(str.isdecimal, line.seen))
    return points + _points_of_place(proof, index)


def _points_of_place(proof: Proof, index: int) -> int:
    if next(proof.running(index + 1), None) is None:
        return _BELOW_THE_TEXT + _BETWEEN_FURNITURE * between_furniture(proof, index)
    below = index + 1
    if proof.stays(below) and proof.lines[below].is_running and not proof.lines[index].ends_sentence:
        return _HEADS_TEXT
    return _BETWEEN_FURNITURE * between_furniture(proof, index)


def between_furniture(proof: Proof, index: int) -> bool:
    """Tell whether the lines above and below are struck, and not as what stands among any paragraphs."""
    around = (i for i in (index - 1, index + 1) if i < len(proof.lines))
    return not any(proof.reasons[i] in _OF_ANY_ARTICLE for i in around)

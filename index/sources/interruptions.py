"""What interrupts the paragraphs of a page, told by its shape: lines printed twice, titles in a row, what comes late."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby, islice
from typing import TYPE_CHECKING

from index.sources.lines import plain
from index.sources.main_text import main_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.sources.proof import Proof

_IN_A_ROW = 3  # titles, above which none heads the text below
_MUCH_SHORTER = 0.6  # of the titles above it: a heading after a list of other articles
_LONGEST_ALONE = 90  # characters of a title among paragraphs; longer ones are of other articles or pictures
_LONGEST_TITLE = 150
_LISTED = re.compile(r"^\d+[.)]? |\w: ")
_ENOUGH_TEXT = 4  # paragraphs from which such a title can be told
_FAR = 6  # lines without running text behind which nothing belongs to the article
_MOST_READ = 0.6  # of the text: a reporter's name alone below it opens what is said about him
_MOST_BYLINES = 5  # lines above the text that are asked whether they sign it
_CALLS = frozenset(
    {"newsletter", "subscription", "share", "related", "read-also", "comments", "cookie-banner"}
)


def strike_interruptions(proof: Proof, body: int) -> None:
    """Strike what stands among and after the paragraphs and is none of them.

    Args:
        proof: a page, in which everything above the body, and what a rule knows, is struck.
        body: index of the body's first line.
    """
    _strike_repeated(proof, body)
    _strike_far_off(proof, body)
    _strike_below_signature(proof, body)
    _strike_titles(proof, body)


def _strike_repeated(proof: Proof, body: int) -> None:
    """No paragraph is printed twice: of short lines all go, of running text what stands beside a call, or again."""
    places: dict[str, list[int]] = defaultdict(list)
    for index in proof.staying(body):
        places[proof.lines[index].seen].append(index)
    for same in places.values():
        if len(same) > 1:
            kept = _kept_among(proof, same)
            for index in same:
                if index != kept:
                    proof.strike(index, "repeated")


def _kept_among(proof: Proof, same: Sequence[int]) -> int | None:
    """Return which of the places where a line stands is its own: of a list of contents and a heading, the heading."""
    line = proof.lines[same[0]]
    if line.is_running or line.is_short_sentence:
        return None if any(_stands_beside_call(proof, index) for index in same) else same[0]
    heading = [index for index in same if _heads_text(proof, index)]
    return heading[0] if len(same) == 2 and len(heading) == 1 else None


def _heads_text(proof: Proof, index: int) -> bool:
    below = index + 1
    return below < len(proof.lines) and proof.stays(below) and proof.lines[below].is_running


def _stands_beside_call(proof: Proof, index: int) -> bool:
    around = proof.reasons[max(0, index - _FAR) : index + _FAR]
    return not _CALLS.isdisjoint(reason for reason in around if reason)


def _strike_far_off(proof: Proof, body: int) -> None:
    """What follows the densest text behind many lines without a paragraph is another article's."""
    _, past = main_block(proof)
    following = next(proof.running(past), None)
    if past <= body or (following is not None and following - past < _FAR):
        return
    for index in proof.staying(past):
        if following is not None and index >= following:
            proof.strike(index, "footer")


def _strike_below_signature(proof: Proof, body: int) -> None:
    """A name that signed above, alone below most of the text, opens what is said about its bearer."""
    bylines = (proof.lines[i].seen for i in range(body) if proof.reasons[i] == "byline")
    signed = set(islice(bylines, _MOST_BYLINES))
    total = sum(len(proof.lines[index].seen) for index in proof.running(body))
    above = 0
    for index in range(body, len(proof.lines)):
        line = proof.lines[index]
        if proof.stays(index) and line.is_running:
            above += len(line.seen)
        if above > _MOST_READ * total and any(_is_name_of(line.seen, byline) for byline in signed):
            for following in range(index, len(proof.lines)):
                proof.strike(following, "byline" if following == index else "footer")
            return


def _is_name_of(seen: str, byline: str) -> bool:
    return 2 <= len(seen.split()) <= 5 and plain(seen) in byline and not seen[0].islower()


def _strike_titles(proof: Proof, body: int) -> None:
    """Several titles in a row are of other articles; so is a long one alone among several paragraphs."""
    has_text = len(list(proof.running(body))) >= _ENOUGH_TEXT
    last = max(proof.running(body), default=body)
    runs = groupby(proof.staying(body, last), key=lambda index: _may_be_stray(proof, index))
    for is_stray, run in [(is_stray, list(run)) for is_stray, run in runs]:
        if not is_stray or run[0] == body:
            continue
        for index in _strays_among(proof, run, has_text=has_text):
            proof.strike(index, "related")


def _may_be_stray(proof: Proof, index: int) -> bool:
    line = proof.lines[index]
    opens_list = index > 0 and proof.lines[index - 1].seen.endswith(":")
    return line.is_title and not (
        line.is_running or line.is_heading or line.is_listed or line.ends_sentence or opens_list
    )


def _strays_among(proof: Proof, run: Sequence[int], *, has_text: bool) -> Iterable[int]:
    shown = [proof.lines[index].seen for index in run]
    if len(run) < _IN_A_ROW:
        return [index for index, seen in zip(run, shown, strict=True) if has_text and _is_of_another(seen)]
    if sum(_LISTED.search(seen) is not None for seen in shown) > len(run) / 2:
        return ()  # names with what they got, numbered advice: a list of the article
    above = [len(seen) for seen in shown[:-1]]
    heads = len(shown[-1]) < _MUCH_SHORTER * sum(above) / len(above)
    return run[:-1] if heads else run


def _is_of_another(seen: str) -> bool:
    """Whether a title alone is too long for a section, and no paragraph that lost its full stop."""
    return _LONGEST_ALONE < len(seen) <= _LONGEST_TITLE and ". " not in seen

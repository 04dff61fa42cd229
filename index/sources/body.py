"""The body of an article: what stands among its paragraphs, where it ends, its section headings."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from index.sources.bylines import is_bare_byline
from index.sources.head import PICTURE
from index.sources.interruptions import strike_interruptions

if TYPE_CHECKING:
    from index.sources.proof import Proof

# What ends an article, and how much of the text before it may still follow where it does.
_AFTER_THE_BODY = {"related": 0.35, "comments": 1.0, "copyright": 1.0}
_END_OF_TEXT = frozenset(_AFTER_THE_BODY)
_END_OF_PAGE = _END_OF_TEXT | {
    "read-also",
    "tags",
    "newsletter",
    "subscription",
    "share",
    "menu",
    "site-name",
    "byline",
    "url",
    "repeated",
}
_WITHIN_TEXT = PICTURE | {"advertisement"}  # what stands among the paragraphs of any article
_TEASER_DETAILS = PICTURE | {"date-line", "reading-time", "menu", "subscription", "read-also"}
_LONGEST_MARKER = 32  # "Lire aussi sur le même sujet :" and nothing more
_LONGEST_CALL = 4  # lines between the first and the last of a call to subscribe
_LONGEST_HEADING = 130
_LONGEST_QUESTION = 70  # longer questions belong to interviews
_LONGEST_RESTORED = 40
_SHORTEST_CUT_LINE = 100  # a last line this long without its full stop is text that was cut off


def mark_body(proof: Proof, body: int, *, is_page: bool) -> None:
    """Strike what stands among and after the paragraphs, and mark the section headings.

    Args:
        proof: the text, in which everything above the body is struck.
        body: index of the body's first line.
        is_page: whether it is a page, on which short lines after the text are furniture.
    """
    _restore_headings(proof, body)
    _strike_between_calls(proof, body)
    _strike_teasers(proof, body)
    _strike_after_the_body(proof, body)
    if is_page:
        strike_interruptions(proof, body)
    _strike_tail(proof, body, is_page=is_page)
    _mark_headings(proof, body)


def _restore_headings(proof: Proof, body: int) -> None:
    """A bare date or a section's name right above running text is a heading, not furniture."""
    for index in range(body + 1, len(proof.lines) - 1):
        looks_so = (
            proof.reasons[index] in ("date-line", "menu")
            and len(proof.lines[index].seen) <= _LONGEST_RESTORED
        )
        above = proof.reasons[index - 1]
        if (
            looks_so
            and (above is None or above in _WITHIN_TEXT)
            and proof.stays(index + 1)
            and proof.lines[index + 1].is_running
        ):
            proof.reasons[index] = None


def _strike_between_calls(proof: Proof, body: int) -> None:
    """Short lines between two lines of the same call to subscribe are what is advertised."""
    calls = [i for i in range(body, len(proof.lines)) if proof.reasons[i] in ("newsletter", "subscription")]
    for first, second in pairwise(calls):
        between = range(first + 1, second)
        if len(between) <= _LONGEST_CALL and not any(proof.lines[i].is_running for i in between):
            for index in between:
                proof.strike(index, str(proof.reasons[first]))


def _strike_teasers(proof: Proof, body: int) -> None:
    """Headlines of other articles follow "Lire aussi" until running text comes back."""
    openings = [index for index in range(body, len(proof.lines)) if _opens_teasers(proof, index)]
    for opening, past in pairwise((*openings, len(proof.lines))):
        for teaser in _teasers(proof, opening + 1, past):
            proof.strike(teaser, str(proof.reasons[opening]))


def _opens_teasers(proof: Proof, index: int) -> bool:
    """Whether the line says "Lire aussi" and nothing more."""
    if proof.reasons[index] not in ("read-also", "related", "tags"):
        return False
    seen = proof.lines[index].seen
    return len(seen) <= _LONGEST_MARKER and (":" not in seen or seen.rstrip().endswith(":"))


def _teasers(proof: Proof, start: int, past: int) -> list[int]:
    found: list[int] = []
    for index in range(start, past):
        if proof.stays(index) and not proof.lines[index].is_running and not proof.lines[index].is_heading:
            found.append(index)
        elif proof.stays(index) or proof.reasons[index] not in _TEASER_DETAILS:
            break
    return found[:-1] if _ends_in_heading(proof, found) else found


def _ends_in_heading(proof: Proof, teasers: list[int]) -> bool:
    """Whether the last of several titles is set apart from the others, above running text."""
    if len(teasers) < 2 or teasers[-1] + 1 >= len(proof.lines) or not proof.stays(teasers[-1] + 1):
        return False
    last, others = proof.lines[teasers[-1]], [proof.lines[i] for i in teasers[:-1]]
    set_apart = last.follows_gap and not any(line.follows_gap for line in others[1:])
    return (set_apart and len(others) > 1) or (all(line.is_listed for line in others) and not last.is_listed)


def _strike_after_the_body(proof: Proof, body: int) -> None:
    """What follows the list of other articles, the comments or the copyright is not the article.

    Unless much of the running text comes after it: then it stood beside the text.
    """
    below = sum(len(proof.lines[index].seen) for index in proof.running(body))
    above = 0
    for index in range(body, len(proof.lines)):
        if proof.stays(index) and proof.lines[index].is_running:
            above += len(proof.lines[index].seen)
            below -= len(proof.lines[index].seen)
        share = _AFTER_THE_BODY.get(proof.reasons[index] or "")
        if share and above * share > below:
            for following in range(index, len(proof.lines)):
                proof.strike(following, str(proof.reasons[index]))
            return


def _strike_tail(proof: Proof, body: int, *, is_page: bool) -> None:
    """Short lines after the last running text go: signatures, and titles under which nothing stands.

    In a text that is no page they may be a list, and go only below other furniture.
    """
    last = max(proof.running(body), default=None)
    if last is None:
        return
    ended = closed = False
    for index in range(last + 1, len(proof.lines)):
        ended = ended or proof.reasons[index] in _AFTER_THE_BODY
        closed = closed or proof.reasons[index] in (_END_OF_PAGE if is_page else _END_OF_TEXT)
        if not proof.stays(index) or (not ended and proof.lines[index].is_short_sentence):
            continue
        if closed or (is_page and not _belongs_to_text(proof, index)):
            proof.strike(index, "byline" if is_bare_byline(proof.lines[index].seen) else "footer")
            closed = True
    if not is_page and last + 1 < len(proof.lines) and is_bare_byline(proof.lines[-1].seen.strip("()")):
        proof.strike(len(proof.lines) - 1, "byline")


def _belongs_to_text(proof: Proof, index: int) -> bool:
    line, above = proof.lines[index], proof.lines[index - 1]
    if line.is_heading or is_bare_byline(line.seen.strip("()")):
        return False
    below = proof.lines[index + 1] if index + 1 < len(proof.lines) else line
    opens_list = line.seen.endswith(":") and below.is_listed
    listed = line.is_listed or ((above.seen.endswith(":") or above.is_listed) and not line.follows_gap)
    return line.ends_sentence or opens_list or listed or len(line.seen) >= _SHORTEST_CUT_LINE


def _mark_headings(proof: Proof, body: int) -> None:
    staying = list(proof.staying(body))
    for position, index in enumerate(staying[:-1]):
        following = proof.lines[staying[position + 1]]
        if (
            index != body
            and _may_be_heading(proof, index)
            and (following.is_running or following.ends_sentence)
        ) or proof.lines[index].is_heading:
            proof.headings.append(index)


def _may_be_heading(proof: Proof, index: int) -> bool:
    line = proof.lines[index]
    if line.ends_sentence and len(line.seen) > _LONGEST_QUESTION:
        return False
    return line.is_title and not line.is_listed and len(line.seen) <= _LONGEST_HEADING

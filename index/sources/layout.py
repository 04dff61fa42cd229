"""Where the article is on the page: headline, dek, body, section headings; all the rest is struck.

The rules about single lines are in ``furniture``; here are those about a line and its neighbours. Lines
without a mark count as nothing but their shape: a title, running text, or something short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index.sources.bylines import authors_in, is_bare_byline, is_desk
from index.sources.date_lines import is_date_line
from index.sources.furniture import ends_with_agency, furniture_of
from index.sources.lines import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.sources.proof import Proof

_PICTURE = frozenset({"alt-text", "caption", "credit"})
_SIGNATURE = frozenset({"byline", "date-line"})
_ABOVE_THE_BODY = _PICTURE | _SIGNATURE | {"share", "reading-time"}
# What ends an article, and how much of the text before it may still follow where it does.
_AFTER_THE_BODY = {"related": 0.35, "comments": 1.0, "copyright": 1.0}
_TEASER_DETAILS = frozenset({"date-line", "reading-time", "menu", "subscription", "read-also"}) | _PICTURE
_CLOSING = frozenset(_AFTER_THE_BODY) | {
    "tags",
    "newsletter",
    "subscription",
    "share",
    "menu",
    "site-name",
    "read-also",
    "byline",
    "url",
}
_LIKE_HEADINGS = frozenset(
    {"menu", "credit", "date-line", "byline", "site-name"}
)  # what marked headings may resemble
_ABOVE_A_HEADLINE = frozenset(
    {"site-name", "menu", "share", "reading-time", "date-line", "cookie-banner", "alt-text", "byline"}
)
_TOP_OF_PAGE = 8  # lines
_WITHIN_TEXT = _PICTURE | {"advertisement"}  # what stands among the paragraphs of any article
_END_OF_TEXT = frozenset({"related", "comments", "copyright", "read-also", "tags"})
_MARKER_LENGTH = 32  # "Lire aussi sur le même sujet :" and nothing more
_CALL_LENGTH = 4  # lines between the first and the last of a call to subscribe
_HEADING_LENGTH = 130
_QUESTION_LENGTH = 70  # longer questions belong to interviews
_SHORTEST_DEK = 40
_DEK_LENGTH = 450
_CAPTION_LENGTH = 320
_PORTRAIT = re.compile(r"auth?or|auteur|avatar|profil|portrait|byline|journalist", re.IGNORECASE)
_CAPTION_WORDS = re.compile(
    r"\b(?:lors d|pendant|ici|au centre|à gauche|à droite|s'exprime|photographi|illustration|archives?|during|pictured|seen|left|right"
    r"|poses?|arrives?|walks?|speaks?|file)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands where.

    Args:
        headline: index of the headline's line, None where there is none.
        dek: index of the dek's line, None where there is none.
        lede: index of the first line of the body.
        end: one past the index of its last line.
    """

    headline: int | None
    dek: int | None
    lede: int
    end: int


def mark_page(proof: Proof) -> Marks:
    """Strike everything on a page but dek, body and section headings."""
    _strike_furniture(proof)
    headline = _find_headline(proof)
    _strike_captions(proof, headline)
    if headline is not None:
        proof.strike(headline, "headline")
        _strike_bare_bylines(proof, headline)
    lede = _find_lede(proof, 0 if headline is None else headline + 1)
    dek = _find_dek(proof, headline, lede)
    _strike_head(proof, headline, dek, lede)
    return _mark_body(proof, headline, dek, lede, is_page=True)


def mark_clean_text(proof: Proof, headline: str | None, dek: str | None = None) -> Marks:
    """Strike furniture in a text that claims to be an article: only lines known to be furniture go.

    Args:
        proof: the text.
        headline: the article's headline; where the text repeats it on top, it goes.
        dek: its dek, which stays where the text repeats it.
    """
    _strike_furniture(proof)
    for index, line in enumerate(proof.lines):
        if proof.reasons[index] == "menu" and len(line.seen.split()) == 1:
            proof.reasons[index] = None  # "Sport" heads a section here, not a menu
    repeated = _repeated(proof, headline)
    if repeated is not None:
        proof.strike(repeated, "headline")
    _strike_captions(proof, repeated)
    lede = next(_staying(proof), len(proof.lines))
    return _mark_body(proof, repeated, _repeated(proof, dek), lede, is_page=False)


def looks_like_page(proof: Proof) -> bool:
    """Tell whether a text opens with what is printed above an article, and so is a whole page."""
    return any(reason_of(line.seen) in _ABOVE_A_HEADLINE for line in proof.lines[:_TOP_OF_PAGE])


def _repeated(proof: Proof, words: str | None) -> int | None:
    """Return the first line that stays where it says just these words."""
    first = next(_staying(proof), None)
    if first is None or not words or proof.lines[first].seen.casefold() != plain(words).casefold():
        return None
    return first


def _strike_furniture(proof: Proof) -> None:
    for index, line in enumerate(proof.lines):
        reason = reason_of(line.seen) if proof.stays(index) else None
        if reason and not (line.is_heading and reason in _LIKE_HEADINGS):
            proof.strike(index, reason)


def reason_of(seen: str) -> str | None:
    """Return why a line in plain view goes, None where it may be part of the article."""
    if len(seen) > 700:
        return None
    if authors_in(seen) is not None:
        return "byline"
    if is_date_line(seen):
        return "date-line"
    return furniture_of(seen)


def _staying(proof: Proof, start: int = 0, end: int | None = None) -> Iterator[int]:
    return (index for index in range(start, len(proof.lines) if end is None else end) if proof.stays(index))


def _running(proof: Proof, start: int = 0, end: int | None = None) -> Iterator[int]:
    return (index for index in _staying(proof, start, end) if proof.lines[index].is_running)


def _find_headline(proof: Proof) -> int | None:
    """The first title above the running text; a longer one below it wins over a word or two."""
    body = next(_running(proof), len(proof.lines))
    titles = [index for index in _staying(proof, 0, body) if proof.lines[index].is_title]
    if not titles:
        return _late_headline(proof, body)
    marked = [index for index in titles if proof.lines[index].is_heading]
    wordy = [index for index in titles if len(proof.lines[index].seen.split()) >= 5]
    return (marked or wordy or [max(titles, key=lambda index: len(proof.lines[index].seen))])[0]


def _late_headline(proof: Proof, first: int) -> int | None:
    """A title below one stray sentence, such as the outlet's motto, but above byline and date."""
    signature = next((i for i, reason in enumerate(proof.reasons) if i > first and reason in _SIGNATURE), 0)
    titles = [index for index in _staying(proof, first, signature) if proof.lines[index].is_title]
    return titles[0] if titles and len(list(_running(proof, first, signature))) == 1 else None


def _strike_captions(proof: Proof, headline: int | None) -> None:
    """A caption stands above a credit, or between a picture's name and other furniture."""
    body = next(_running(proof, 0 if headline is None else headline + 1), len(proof.lines))
    for index in range(len(proof.lines)):
        if index == headline or not proof.stays(index) or len(proof.lines[index].seen) > _CAPTION_LENGTH:
            continue
        above = proof.reasons[index - 1] if index else None
        below = proof.reasons[index + 1] if index + 1 < len(proof.lines) else None
        if above == "alt-text" and below in _ABOVE_THE_BODY:
            proof.strike(index, _under_picture(proof, index))
        elif below == "credit" and _may_be_caption(proof, index, above, body):
            proof.strike(index, _above_credit(proof, index))
        elif index <= body and above in _ABOVE_THE_BODY and ends_with_agency(proof.lines[index].seen):
            proof.strike(index, "caption")


def _under_picture(proof: Proof, index: int) -> str:
    is_portrait = _PORTRAIT.search(proof.lines[index - 1].seen) is not None
    return "byline" if is_portrait and is_bare_byline(proof.lines[index].seen) else "caption"


def _above_credit(proof: Proof, index: int) -> str:
    """A name above nothing but an agency's is the reporter's, not what the picture shows."""
    is_reporter = is_desk(proof.lines[index + 1].seen) and is_bare_byline(proof.lines[index].seen)
    return "byline" if is_reporter else "caption"


def _may_be_caption(proof: Proof, index: int, above: str | None, body: int) -> bool:
    line = proof.lines[index]
    if line.is_heading:
        return False
    if above in _ABOVE_THE_BODY or index <= body:
        return True
    return not line.ends_sentence or (_CAPTION_WORDS.search(line.seen) is not None and line.follows_gap)


def _strike_bare_bylines(proof: Proof, headline: int) -> None:
    """Names alone in a line sign the article between its headline and its second paragraph."""
    running = list(_running(proof, headline + 1))
    past = running[1] if len(running) > 1 else len(proof.lines)
    for index in _staying(proof, headline + 1, past):
        if is_bare_byline(proof.lines[index].seen):
            proof.strike(index, "byline")


def _find_lede(proof: Proof, start: int) -> int:
    """The first running text, else the first sentence."""
    running = next(_running(proof, start), None)
    if running is not None:
        while running > start and proof.stays(running - 1) and _is_short_sentence(proof, running - 1):
            running -= 1
        return running
    sentences = (i for i in _staying(proof, start) if proof.lines[i].ends_sentence)
    return next(sentences, next(_staying(proof, start), len(proof.lines)))


def _is_short_sentence(proof: Proof, index: int) -> bool:
    line = proof.lines[index]
    return len(line.seen) >= 15 and line.ends_sentence and not line.is_title


def _find_dek(proof: Proof, headline: int | None, lede: int) -> int | None:
    """A long title under the headline, or a sentence set apart from the text that follows."""
    if headline is None:
        return None
    for index in _staying(proof, headline + 1, lede):
        if len(proof.lines[index].seen) >= _SHORTEST_DEK:
            return index
    return lede if lede < len(proof.lines) and _stands_apart(proof, headline, lede) else None


def _stands_apart(proof: Proof, headline: int, index: int) -> bool:
    following = next(_running(proof, index + 1), None)
    if following is None or len(proof.lines[index].seen) > _DEK_LENGTH:
        return False
    above = set(proof.reasons[headline + 1 : index]) & _ABOVE_THE_BODY
    below = set(proof.reasons[index + 1 : following]) & _ABOVE_THE_BODY
    if next(_staying(proof, index + 1, following), None) is not None:
        below = set(proof.reasons[index + 1 : next(_staying(proof, index + 1))]) & _ABOVE_THE_BODY
    if below:
        return not above or bool(below & _SIGNATURE)
    return not above and _text_is_set_solid_below(proof, following)


def _text_is_set_solid_below(proof: Proof, index: int) -> bool:
    """Whether a blank line stands above the text, and none within it."""
    after = list(_staying(proof, index + 1, min(index + 4, len(proof.lines))))
    return (
        proof.lines[index].follows_gap
        and len(after) >= 2
        and not any(proof.lines[i].follows_gap for i in after)
    )


def _strike_head(proof: Proof, headline: int | None, dek: int | None, lede: int) -> None:
    """Everything above the body but the dek goes."""
    for index in _staying(proof, 0, lede):
        if index != dek:
            proof.strike(index, "menu" if headline is None or index < headline else "header")
    if dek == lede:
        _strike_below_dek(proof, lede)


def _strike_below_dek(proof: Proof, dek: int) -> None:
    """Short lines between the dek and the body go where furniture stands between them, too."""
    body = next(_running(proof, dek + 1), dek + 1)
    if any(reason is not None for reason in proof.reasons[dek + 1 : body]):
        for index in _staying(proof, dek + 1, body):
            proof.strike(index, "header")


def _mark_body(proof: Proof, headline: int | None, dek: int | None, lede: int, *, is_page: bool) -> Marks:
    body = lede if dek != lede else next(_staying(proof, lede + 1), lede)
    _restore_headings(proof, body)
    _strike_between_calls(proof, body)
    _strike_teasers(proof, body)
    _strike_after_the_body(proof, body)
    _strike_tail(proof, body, is_page=is_page)
    _mark_headings(proof, body)
    last = max(_staying(proof), default=lede)
    return Marks(headline, dek, body, last + 1)


def _restore_headings(proof: Proof, body: int) -> None:
    """A bare date or a section's name right above running text is a heading, not furniture."""
    for index in range(body + 1, len(proof.lines) - 1):
        looks_so = proof.reasons[index] in ("date-line", "menu") and len(proof.lines[index].seen) <= 40
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
        if len(between) <= _CALL_LENGTH and not any(proof.lines[i].is_running for i in between):
            for index in between:
                proof.strike(index, str(proof.reasons[first]))


def _strike_teasers(proof: Proof, body: int) -> None:
    """Headlines of other articles follow "Lire aussi" until running text comes back."""
    for index in range(body, len(proof.lines)):
        reason = proof.reasons[index]
        if reason in ("read-also", "related", "tags") and _is_bare(proof.lines[index].seen):
            for teaser in _teasers(proof, index + 1):
                proof.strike(teaser, reason)


def _is_bare(seen: str) -> bool:
    return len(seen) <= _MARKER_LENGTH and (":" not in seen or seen.rstrip().endswith(":"))


def _teasers(proof: Proof, start: int) -> list[int]:
    found: list[int] = []
    for index in range(start, len(proof.lines)):
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
    for index in range(body + 1, len(proof.lines)):
        share = _AFTER_THE_BODY.get(proof.reasons[index] or "")
        if share and _length(proof, body, index) * share > _length(proof, index):
            for following in range(index, len(proof.lines)):
                proof.strike(following, str(proof.reasons[index]))
            return


def _length(proof: Proof, start: int, end: int | None = None) -> int:
    return sum(len(proof.lines[index].seen) for index in _running(proof, start, end))


def _strike_tail(proof: Proof, body: int, *, is_page: bool) -> None:
    """Short lines after the last running text go: signatures, and titles under which nothing stands.

    In a text that is no page they may be a list, and go only below other furniture.
    """
    last = max(_running(proof, body), default=None)
    if last is None:
        return
    ended = closed = False
    for index in range(last + 1, len(proof.lines)):
        ended = ended or proof.reasons[index] in _AFTER_THE_BODY
        closed = closed or proof.reasons[index] in (_CLOSING if is_page else _END_OF_TEXT)
        if not proof.stays(index) or (not ended and _is_short_sentence(proof, index)):
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
    listed = line.is_listed or ((above.seen.endswith(":") or above.is_listed) and not line.follows_gap)
    return line.ends_sentence or listed or len(line.seen) >= 100


def _mark_headings(proof: Proof, body: int) -> None:
    staying = list(_staying(proof, body))
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
    if line.ends_sentence and len(line.seen) > _QUESTION_LENGTH:
        return False
    return line.is_title and not line.is_listed and len(line.seen) <= _HEADING_LENGTH

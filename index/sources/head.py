"""The head of a page: headline, captions, bylines, dek, and where the body begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.sources.bylines import is_bare_byline, is_desk
from index.sources.furniture import ends_with_agency
from index.sources.main_text import heading_of, main_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.sources.proof import Proof

PICTURE = frozenset({"alt-text", "caption", "credit"})
SIGNATURE = frozenset({"byline", "date-line"})
ABOVE_THE_BODY = PICTURE | SIGNATURE | {"share", "reading-time"}
_KICKER = re.compile(
    r"[^-–—.?!]{2,30}(?: [-–—] [^-–—.?!]{2,30}){1,4}$"
)  # "Football - Ligue régionale - 24e journée"
_WINDOW_TITLE = re.compile(r" [-–—|] [^-–—|]{2,40}$")  # what follows the headline there
_ADDRESS = re.compile(r"https?://|www\.")
_SUMMARY_LINES = 3  # without full stops under a headline: points, none of which is the dek
_WORDY = 5  # words that make a title a headline rather than a section's name
_SHORTEST_DEK = 40
_LONGEST_DEK = 450
_LONGEST_CAPTION = 320
_PORTRAIT = re.compile(r"auth?or|auteur|avatar|profil|portrait|byline|journalist", re.IGNORECASE)
_CAPTION_WORDS = re.compile(
    r"\b(?:lors d|pendant|ici|au centre|à gauche|à droite|s'exprime|photographi|illustration|archives?|during"
    r"|pictured|seen|left|right|poses?|arrives?|walks?|speaks?|file)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def find_headline(proof: Proof) -> int | None:
    """The first title above the running text; a longer one below it wins over a word or two.

    Unless one far nearer to what the densest text says stands above that.
    """
    block = main_block(proof)
    body = next(proof.running(block[0]), len(proof.lines))
    shown = [index for index in proof.staying(0, body) if proof.lines[index].is_title]
    contents = _contents(proof, shown, range(body, block[1]))
    titles = [
        index
        for index in shown
        if index not in contents
        and not _ADDRESS.search(proof.lines[index].seen)
        and (proof.lines[index].is_heading or not is_bare_byline(proof.lines[index].seen))
        and not _opens_text(proof, index, range(body, block[1]))
    ]
    if not titles:
        return _late_headline(proof, body)
    marked = [index for index in titles if proof.lines[index].is_heading]
    wordy = [index for index in titles if len(proof.lines[index].seen.split()) >= _WORDY]
    first = (marked or wordy or [max(titles, key=lambda index: len(proof.lines[index].seen))])[0]
    below = next(proof.staying(first + 1, body), None)
    is_kicker = not marked and below in wordy and _KICKER.match(proof.lines[first].seen) is not None
    if is_kicker:
        return below
    chosen = first if marked else heading_of(proof, wordy or titles, first, (body, block[1]))
    return chosen if marked else _shown_again(proof, shown, chosen)


def _opens_text(proof: Proof, index: int, block: range) -> bool:
    """Whether a line is how a paragraph begins, and breaks off within its first sentence: a preview of the text."""
    seen = proof.lines[index].seen.rstrip(".… ")
    following = (
        proof.lines[other].seen[len(seen) :].lstrip()
        for other in block
        if proof.stays(other) and proof.lines[other].seen.startswith(seen)
    )
    return any(rest[:1].islower() for rest in following)


def _shown_again(proof: Proof, titles: Sequence[int], chosen: int) -> int:
    """Return the title that stands above the article, where the window's title stands above it, too.

    They differ in capitals, or in the outlet's name behind the window's.
    """
    first = proof.lines[chosen].seen.casefold()
    for index in titles:
        seen = proof.lines[index].seen.casefold()
        is_same = first == seen or (len(first) > len(seen) and _WINDOW_TITLE.match(first, len(seen)))
        if index > chosen and len(seen.split()) > 1 and first.startswith(seen) and is_same:
            return index
    return chosen


def _contents(proof: Proof, titles: Sequence[int], block: range) -> set[int]:
    """Return the titles that are a list of contents: several in a row that stand in the text again."""
    inside = {proof.lines[index].seen for index in block}
    again = {index for index in titles if proof.lines[index].seen in inside}
    return {index for index in again if index - 1 in again or index + 1 in again}


def _late_headline(proof: Proof, first: int) -> int | None:
    """A title below one stray sentence, such as the outlet's motto, but above byline and date."""
    signature = next((i for i, reason in enumerate(proof.reasons) if i > first and reason in SIGNATURE), 0)
    titles = [index for index in proof.staying(first, signature) if proof.lines[index].is_title]
    return titles[0] if titles and len(list(proof.running(first, signature))) == 1 else None


def strike_captions(proof: Proof, headline: int | None) -> None:
    """A caption stands above a credit, or between a picture's name and other furniture."""
    body = next(proof.running(0 if headline is None else headline + 1), len(proof.lines))
    for index in range(len(proof.lines)):
        if index == headline or not proof.stays(index) or len(proof.lines[index].seen) > _LONGEST_CAPTION:
            continue
        above = proof.reasons[index - 1] if index else None
        below = proof.reasons[index + 1] if index + 1 < len(proof.lines) else None
        if above == "alt-text" and below in ABOVE_THE_BODY:
            proof.strike(index, _under_picture(proof, index))
        elif below == "credit" and _may_be_caption(proof, index, above, body):
            proof.strike(index, _above_credit(proof, index))
        elif index <= body and above in ABOVE_THE_BODY and ends_with_agency(proof.lines[index].seen):
            proof.strike(index, "caption")


def _under_picture(proof: Proof, index: int) -> str:
    is_portrait = _PORTRAIT.search(proof.lines[index - 1].seen) is not None
    return "byline" if is_portrait and is_bare_byline(proof.lines[index].seen) else "caption"


def _above_credit(proof: Proof, index: int) -> str:
    """A name above nothing but an agency's, or beside a date, is the reporter's, not what the picture shows."""
    dated = (
        proof.reasons[max(0, index - 1)] == "date-line" or "date-line" in proof.reasons[index + 1 : index + 4]
    )
    is_reporter = dated or is_desk(proof.lines[index + 1].seen)
    return "byline" if is_reporter and is_bare_byline(proof.lines[index].seen) else "caption"


def _may_be_caption(proof: Proof, index: int, above: str | None, body: int) -> bool:
    line = proof.lines[index]
    if line.is_heading:
        return False
    if above in ABOVE_THE_BODY or index <= body:
        return True
    return not line.ends_sentence or (_CAPTION_WORDS.search(line.seen) is not None and line.follows_gap)


def strike_bare_bylines(proof: Proof, headline: int) -> None:
    """Names alone in a line sign the article between its headline and its second paragraph."""
    running = list(proof.running(headline + 1))
    past = running[1] if len(running) > 1 else len(proof.lines)
    for index in proof.staying(headline + 1, past):
        if is_bare_byline(proof.lines[index].seen):
            proof.strike(index, "byline")


def find_lede(proof: Proof, start: int) -> int:
    """The first running text, else the first sentence."""
    running = next(proof.running(start), None)
    if running is not None:
        while running > start and proof.stays(running - 1) and proof.lines[running - 1].is_short_sentence:
            running -= 1
        return running
    sentences = (i for i in proof.staying(start) if proof.lines[i].ends_sentence)
    return next(sentences, next(proof.staying(start), len(proof.lines)))


def find_dek(proof: Proof, headline: int | None, lede: int) -> int | None:
    """A long title under the headline, or a sentence set apart from the text that follows."""
    if headline is None:
        return None
    long = [
        index
        for index in proof.staying(headline + 1, lede)
        if len(proof.lines[index].seen) >= _SHORTEST_DEK and not proof.lines[index].is_listed
    ]
    if len(long) >= _SUMMARY_LINES and long[-1] - long[0] == len(long) - 1:
        return None
    if long:
        return long[0]
    return lede if lede < len(proof.lines) and _stands_apart(proof, headline, lede) else None


def _stands_apart(proof: Proof, headline: int, index: int) -> bool:
    following = next(proof.running(index + 1), None)
    if following is None or len(proof.lines[index].seen) > _LONGEST_DEK:
        return False
    above = set(proof.reasons[headline + 1 : index]) & ABOVE_THE_BODY
    wordy = (i for i in proof.staying(index + 1, following) if not _is_label(proof, i))
    below = set(proof.reasons[index + 1 : next(wordy, following)]) & ABOVE_THE_BODY
    if below:
        return not above or bool(below & SIGNATURE)
    return not above and _text_is_set_solid_below(proof, following)


def _is_label(proof: Proof, index: int) -> bool:
    """Whether a line announces the next one, as "Author of the article:" does."""
    return proof.lines[index].seen.endswith(":") and len(proof.lines[index].seen) < _SHORTEST_DEK


def _text_is_set_solid_below(proof: Proof, index: int) -> bool:
    """Whether a blank line stands above the text, and none within it."""
    after = list(proof.staying(index + 1, min(index + 4, len(proof.lines))))
    return (
        proof.lines[index].follows_gap
        and len(after) >= 2
        and not any(proof.lines[i].follows_gap for i in after)
    )


def strike_head(proof: Proof, headline: int | None, dek: int | None, lede: int) -> None:
    """Everything above the body but the dek goes."""
    for index in proof.staying(0, lede):
        if index != dek:
            proof.strike(index, "menu" if headline is None or index < headline else "header")
    if dek == lede:
        _strike_below_dek(proof, lede)


def _strike_below_dek(proof: Proof, dek: int) -> None:
    """Short lines between the dek and the body go where furniture stands between them, too."""
    body = next(proof.running(dek + 1), dek + 1)
    if any(reason is not None for reason in proof.reasons[dek + 1 : body]):
        for index in proof.staying(dek + 1, body):
            proof.strike(index, "header")

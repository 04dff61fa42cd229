"""Numbers, dates and names of a draft: each must stand in what is cited, and of the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.answering.verification.clauses import clauses, content
from bot.answering.verification.moments import Moment, is_when, missing_moments, moments_in, relative_moments
from bot.answering.verification.name_forms import Name, holds_name, missing_names, names_of, vocabulary
from bot.answering.verification.numbers import Number, missing_numbers, numbers_in
from bot.answering.verification.types import Draft, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.verification.sources import SourceSentence
    from index.types import Span

# How many characters beside a number tell what it counts.
_BESIDE = 28


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence says that can be looked up."""

    numbers: tuple[Number, ...]
    moments: tuple[Moment, ...]
    names: tuple[Name, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.numbers) + len(self.moments) + len(self.names)


def facts_of(draft: Draft) -> Facts:
    """Return the numbers, dates and names of a draft."""
    moments = moments_in(draft.text, draft.language)
    numbers = numbers_in(draft.text, draft.language, besides=tuple(moment.span for moment in moments))
    counted = [number.span for number in numbers]
    names = tuple(
        name
        for name in names_of(draft.text)
        if name.words
        and not any(span.start < name.span.end and name.span.start < span.end for span in counted)
    )
    return Facts(numbers, moments, names)


def missing_fact(
    facts: Facts, draft: Draft, cited: Sequence[SourceSentence], near: Sequence[SourceSentence]
) -> Fault | None:
    """Return the first date or name of a draft that what it cites does not hold.

    Args:
        facts: of the draft.
        draft: the sentence.
        cited: the sentences that it cites. A name may also stand right beside them ("she said"), in their
            article's headline, byline or dateline or be its publisher; a first name anywhere in the article
            beside its last name; a date may be the day of publishing.
        near: those of them that are about what the draft is about: "last week" must be theirs.
    """
    text = draft.text
    there = [m for sentence in cited for m in sentence.moments] + [_published(s) for s in cited if _date(s)]
    for moment in missing_moments(facts.moments, there):
        return Fault("date", moment.span.of(text))
    for moment in relative_moments(text):
        if not any(is_when(moment, (*s.moments, _published(s)), _date(s)) for s in near):
            return Fault("date", moment.span.of(text))
    for name in _missing_everywhere(facts.names, draft, cited):
        return Fault("name", name.text)
    return None


def missing_number(facts: Facts, draft: Draft, near: Sequence[SourceSentence]) -> Fault | None:
    """Return the first number of a draft that no sentence near it in meaning holds; another's "two" is no "two" of it."""
    missing = missing_numbers(facts.numbers, [n for sentence in near for n in sentence.numbers])
    return Fault("number", missing[0].span.of(draft.text)) if missing else None


def facts_held(facts: Facts, draft: Draft, sentence: SourceSentence) -> int:
    """Return how many facts of a draft one sentence holds."""
    return (
        facts.count
        - len(missing_numbers(facts.numbers, sentence.numbers))
        - len(missing_moments(facts.moments, sentence.moments))
        - len(missing_names(facts.names, sentence.vocabulary, language=draft.language))
    )


def crossed_number(facts: Facts, draft: Draft, cited: Sequence[SourceSentence]) -> Fault | None:
    """Return a number that the source gives of something else: "38 passengers" where 412 are passengers and 38 crew.

    It is one where the words beside the number stand, in the source, beside another number and not beside this.
    """
    for number in facts.numbers:
        mine = _beside(draft.text, number.span, draft.language)
        for sentence in cited:
            own = [n for n in sentence.numbers if number.equals(n)]
            others = [n for n in sentence.numbers if not number.equals(n) and n.unit == number.unit]
            across = sentence.article.language != draft.language
            loose = [
                other
                for other in others
                if (
                    _is_drafted(other, facts) if across else not _has_own_words(other, facts, draft, sentence)
                )
            ]
            if own and loose and _is_crossed(mine, sentence, own, loose, draft.language):
                return Fault("number", number.span.of(draft.text))
    return None


def turned_numbers(facts: Facts, draft: Draft, cited: Sequence[SourceSentence]) -> Fault | None:
    """Return a number that has changed places with the next one: "from 21 to 9" where it rose from 9 to 21.

    Numbers that have taken their words along are only told in another order.
    """
    for one, other in zip(facts.numbers, facts.numbers[1:], strict=False):
        if one.unit != other.unit or one.equals(other):
            continue
        for sentence in cited:
            first = next((n for n in sentence.numbers if n.equals(one)), None)
            second = next((n for n in sentence.numbers if n.equals(other)), None)
            if (
                first
                and second
                and second.span < first.span
                and not _taken_along(draft, sentence, (one, first), (other, second))
            ):
                return Fault("number", one.span.of(draft.text))
    return None


def _taken_along(draft: Draft, sentence: SourceSentence, *pairs: tuple[Number, Number]) -> bool:
    """Tell whether one of some numbers has the same words beside it in draft and source."""
    language = sentence.article.language
    for mine, theirs in pairs:
        heads = {word[:4] for word in _around(draft.text, mine.span, draft.language)}
        if heads & {word[:4] for word in _around(sentence.text, theirs.span, language)}:
            return True
    return False


def crossed_name(facts: Facts, draft: Draft, cited: Sequence[SourceSentence]) -> Fault | None:
    """Return a number whose clause in the source is about another name than its clause in the draft."""
    for clause in clauses(draft.text):
        numbers = numbers_in(clause, draft.language)
        names = [n for n in names_of(clause) if n.words]
        for number in numbers if names else ():
            name = min(names, key=lambda name: _gap(name.span, number.span))
            if any(_is_others(number, name, draft, facts, sentence) for sentence in cited):
                return Fault("name", name.text)
    return None


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def crossed_person(facts: Facts, draft: Draft, anchor: SourceSentence) -> Fault | None:
    """Return a person of a draft whom the sentence that carries it does not name, while it names another."""
    mine = [name for name in facts.names if len(name.words) > 1]
    if not mine or any(
        holds_name(n, vocabulary(n2, anchor.article.language), language=draft.language)
        for n in mine
        for n2 in (anchor.text,)
    ):
        return None
    theirs = [n for n in names_of(anchor.text) if len(n.words) > 1 or n.text.startswith(("M.", "Mme"))]
    drafted = vocabulary(draft.text, draft.language)
    if theirs and not any(set(n.words) & drafted.all for n in theirs):
        return Fault("name", mine[0].text)
    return None


def _is_others(number: Number, name: Name, draft: Draft, facts: Facts, sentence: SourceSentence) -> bool:
    """Tell whether the clause with the number names somebody else of the draft, and the name stands in another."""
    parts = clauses(sentence.text)
    language = sentence.article.language
    holding = [c for c in parts if any(number.equals(n) for n in numbers_in(c, language))]
    naming = [c for c in parts if holds_name(name, vocabulary(c, language), language=draft.language)]
    if not holding or not naming or set(holding) & set(naming):
        return False
    rivals = [n for n in facts.names if not set(n.words) & set(name.words)]
    counts_too = any(n.unit == number.unit for c in naming for n in numbers_in(c, language))
    return counts_too and any(
        holds_name(rival, vocabulary(c, language), language=draft.language)
        for c in holding
        for rival in rivals
    )


def _is_drafted(other: Number, facts: Facts) -> bool:
    """Tell whether a draft has a number too: across languages two words look alike too easily to tell alone."""
    return any(number.equals(other) for number in facts.numbers)


def _has_own_words(other: Number, facts: Facts, draft: Draft, sentence: SourceSentence) -> bool:
    """Tell whether another number of the source is in the draft too, with its own words or with none beside it."""
    for number in facts.numbers:
        if number.equals(other):
            mine = _beside(draft.text, number.span, draft.language)
            theirs = _beside(sentence.text, other.span, sentence.article.language)
            return not mine or bool(mine & theirs)
    return False


def _is_crossed(
    mine: frozenset[str], sentence: SourceSentence, own: list[Number], others: list[Number], language: str
) -> bool:
    across = language != sentence.article.language
    heads = {word[:4] for word in mine} if across else mine

    def shares(number: Number) -> bool:
        theirs = _beside(sentence.text, number.span, sentence.article.language)
        return bool(heads & ({word[:4] for word in theirs} if across else theirs))

    return bool(mine) and not any(shares(n) for n in own) and any(shares(n) for n in others)


def _beside(text: str, span: Span, language: str) -> frozenset[str]:
    """Return the content words right behind a number, up to a comma or the next number."""
    behind = text[span.end : span.end + _BESIDE]
    for end, character in enumerate(behind):
        if character in ",;:.()" or character.isdigit():
            behind = behind[:end]
            break
    words = behind.split()
    return content(" ".join(words[:3]), language)


def _around(text: str, span: Span, language: str) -> frozenset[str]:
    """Return the content words on both sides of a number, up to a comma or another number."""
    before = re.split(r"[,;:.()\d]|\b(?:while|and|but|et|tandis|mais)\b", text[: span.start])[-1]
    return _beside(text, span, language) | content(" ".join(before.split()[-4:]), language)


def _missing_everywhere(names: Sequence[Name], draft: Draft, cited: Sequence[SourceSentence]) -> list[Name]:
    missing = list(names)
    for article in {s.article.article_id: s.article for s in cited}.values():
        mine = [s for s in cited if s.article.article_id == article.article_id]
        passage = " . ".join(text for s in mine for text in (*s.before, s.text, s.after))
        around = (article.headline, article.publisher, article.dateline, article.section, *article.byline)
        there = vocabulary(" . ".join([passage, *filter(None, around)]), article.language)
        whole = vocabulary(article.text, article.language)
        missing = [
            name
            for name in missing
            if not holds_name(name, there, language=draft.language)
            and not (
                len(name.words) > 1
                and name.words[-1] in there.all
                and f" {' '.join(name.words)} " in whole.line
            )
        ]
    return missing


def _date(sentence: SourceSentence) -> date | None:
    published = sentence.article.published_at
    return published.date() if published else None


def _published(sentence: SourceSentence) -> Moment:
    day = _date(sentence) or date.min
    return Moment(sentence.span, day.year, day.month, day.day, day.weekday())

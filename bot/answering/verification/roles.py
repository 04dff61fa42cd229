"""Who does it to whom: "A beat B" is not "B beat A", in one language or two.

Nothing is parsed: around a verb that draft and source share, the words before it, behind it and behind "by" tell who
acts and who is acted on. Where that does not tell, nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.verification.role_reading import follows_article, is_name, is_verb, roles_of
from bot.answering.verification.role_words import are_converse, is_directed
from bot.answering.verification.types import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answering.verification.comparison import Comparison
    from bot.answering.verification.role_reading import Roles

# Two verbs are taken for one another from here on.
_SAME_VERB = 0.45


def role_fault(comparison: Comparison) -> Fault | None:
    """Return that a draft has somebody act who is acted on in its source, or the other way round."""
    for verb in comparison.words.telling.tolist():
        for place, links in enumerate(comparison.links):
            theirs = links.get(verb)
            if (
                theirs is None
                or not comparison.is_best(place, verb)
                or not _is_shared_verb(comparison, place, verb, theirs)
            ):
                continue
            mine, other = roles_of(comparison.words, verb), roles_of(comparison.wordings[place], theirs)
            converse = are_converse(comparison.words.folded[verb], comparison.wordings[place].folded[theirs])
            if _is_turned(mine, other, links, is_converse=converse):
                return Fault("roles", comparison.words.spans[verb].of(comparison.draft.text))
    return _named_fault(comparison)


def _named_fault(comparison: Comparison) -> Fault | None:
    """Return that of two names the one acts in a draft that comes second in its source, where the verb is another."""
    words = comparison.words
    for verb in words.telling.tolist():
        if (
            not is_directed(words.folded[verb], words.language)
            or not is_verb(words, verb)
            or is_name(words, verb)
        ):
            continue
        mine = roles_of(words, verb)
        for place, links in enumerate(comparison.links):
            if verb in links and _is_shared_verb(comparison, place, verb, links[verb]):
                continue
            source = comparison.wordings[place]
            agent = [links[p] for p in mine.agent if p in links and is_name(source, links[p])]
            patient = [links[p] for p in mine.patient if p in links and is_name(source, links[p])]
            if agent and patient and not mine.is_passive and min(agent) > max(patient):
                return Fault("roles", words.spans[verb].of(comparison.draft.text))
    return None


def _is_shared_verb(comparison: Comparison, place: int, mine: int, theirs: int) -> bool:
    one, other = comparison.words, comparison.wordings[place]
    if comparison.alike[place][mine, theirs] < _SAME_VERB or is_name(one, mine) or is_name(other, theirs):
        return False
    if (
        one.folded[mine] == other.folded[theirs]
        and follows_article(one, mine)
        and follows_article(other, theirs)
    ):
        return False
    directed = is_directed(one.folded[mine], one.language) or is_directed(
        other.folded[theirs], other.language
    )
    return directed and is_verb(one, mine) and is_verb(other, theirs)


def _is_turned(mine: Roles, other: Roles, links: Mapping[int, int], *, is_converse: bool) -> bool:
    agent = {links[place] for place in mine.agent if place in links}
    patient = {links[place] for place in mine.patient if place in links}
    if is_converse:
        others = {links[place] for place in mine.behind if place in links}
        return bool(agent & other.agent) and bool(others & (other.before | other.behind))
    if mine.is_passive or other.is_passive:
        return (
            bool(agent & other.patient and not agent & other.agent)
            or bool(patient & other.agent and not patient & other.patient)
            or _is_replaced(mine, other, links)
            or _is_another(mine, other, links)
        )
    if patient & other.agent and not patient & other.behind:
        return True
    return bool(agent & other.behind) and other.has_subject and not agent & other.before


def _is_replaced(mine: Roles, other: Roles, links: Mapping[int, int]) -> bool:
    """Tell whether who acts in a draft is in the source too but does not act there, and the other way round."""
    back = {theirs: place for place, theirs in links.items()}
    agent = {links[place] for place in mine.agent if place in links}
    acting = {back[place] for place in other.agent if place in back}
    return bool(agent and acting) and not agent & other.agent and not acting & mine.agent


def _is_another(mine: Roles, other: Roles, links: Mapping[int, int]) -> bool:
    """Tell whether it is done to somebody else of the same sentence: "the farm was ordered" for "ordered the dairy"."""
    back = {theirs: place for place, theirs in links.items()}
    patient = {links[place] for place in mine.patient if place in links}
    suffering = {back[place] for place in other.patient if place in back}
    return bool(patient and suffering) and not patient & other.patient and not suffering & mine.patient

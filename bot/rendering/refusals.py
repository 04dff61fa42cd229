"""What is said when something goes wrong: one sentence that helps, and a reference that is in the log too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import errors
from bot.rendering.catalogue import text
from bot.rendering.discord.markup import small
from bot.rendering.discord.sources import name
from bot.rendering.escape import escape
from bot.rendering.parts import Part
from index import errors as collection

if TYPE_CHECKING:
    from index.errors import DatelineError

# Every class that can reach a person; what only operators can mend is not explained to others.
SENTENCES: dict[type[DatelineError], str] = {
    collection.DatelineError: "refused:fault",
    collection.SettingsError: "refused:fault",
    collection.SourceError: "refused:fault",
    collection.SourceNotFound: "refused:fault",
    collection.SourceRefused: "refused:fault",
    collection.NothingRead: "refused:fault",
    collection.RulesMalformed: "refused:fault",
    collection.ExtraMissing: "refused:fault",
    collection.FetchRefused: "refused:fault",
    collection.ReadingStopped: "refused:fault",
    collection.ModelError: "refused:index",
    collection.ModelNotInstalled: "refused:index",
    collection.ModelDamaged: "refused:index",
    collection.ModelNotWritable: "refused:index",
    collection.ModelNotLoadable: "refused:index",
    collection.WorkersAway: "refused:index",
    collection.CollectionError: "refused:index",
    collection.IndexMissing: "refused:index",
    collection.IndexStale: "refused:index",
    collection.IndexDamaged: "refused:index",
    collection.IndexNotWritable: "refused:index",
    collection.IndexAway: "refused:index-away",
    collection.ArticleNotFound: "refused:article",
    errors.QuestionRefused: "refused:question",
    errors.QuestionEmpty: "refused:question-empty",
    errors.QuestionTooLong: "refused:question-too-long",
    errors.QuestionUnreadable: "refused:question-unreadable",
    errors.QuestionWithoutWords: "refused:question-without-words",
    errors.FilterRefused: "refused:filter",
    errors.DateUnreadable: "refused:date",
    errors.DatesReversed: "refused:dates-reversed",
    errors.PublisherUnknown: "refused:publisher",
    errors.DeskRefused: "refused:desk",
    errors.AskedTooOften: "refused:too-often",
    errors.QueueFull: "refused:queue-full",
    errors.ClosingDown: "refused:closing-down",
    errors.ChannelClosed: "refused:channel",
    errors.AnswerGone: "answer-gone",
    errors.StateError: "refused:fault",
    errors.AnswerDamaged: "answer-gone",
    errors.DiscordRefused: "refused:fault",
    errors.Misquoted: "refused:fault",
    # The ask line answers in quotes where a model fails; these would be faults of ours.
    errors.ChatModelUnavailable: "refused:fault",
    errors.ChatModelDown: "refused:fault",
    errors.ChatModelSlow: "refused:fault",
    errors.ChatModelRefused: "refused:fault",
    errors.OverBudget: "refused:fault",
    errors.ChatModelUnusable: "refused:fault",
}


def refusal(error: DatelineError, language: str, *, reference: str) -> tuple[Part, ...]:
    """Return the sentence for an error.

    Args:
        error: what went wrong.
        language: of the person.
        reference: short name of this occasion, which the log has too.
    """
    key = next(SENTENCES[kind] for kind in type(error).__mro__ if kind in SENTENCES)
    if isinstance(error, errors.PublisherUnknown) and not error.there:
        key = "refused:no-publisher"
    return _said(text(key, language, **_named(error)), language, reference)


def unexpected(language: str, *, reference: str) -> tuple[Part, ...]:
    """Return the sentence for a fault that nobody foresaw.

    Args:
        language: of the person.
        reference: short name of this occasion, which the log has too.
    """
    return _said(text("refused:fault", language), language, reference)


def _named(error: DatelineError) -> dict[str, str]:
    """Return what the sentence for an error names, escaped: a person or a stranger wrote it."""
    match error:
        case errors.AskedTooOften():
            return {"seconds": str(error.seconds)}
        case errors.DateUnreadable():
            return {"date": name(error.date)}
        case errors.DatesReversed():
            return {"since": name(error.since), "until": name(error.until)}
        case errors.PublisherUnknown():
            return {"publisher": name(error.publisher), "there": ", ".join(map(name, error.there))}
    return {}


def _said(sentence: str, language: str, reference: str) -> tuple[Part, ...]:
    return (Part(f"{sentence}\n{small(text('reference', language, reference=escape(reference)))}"),)

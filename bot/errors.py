"""Every error of the ask line, below the collection's tree.

index.errors.DatelineError
├── QuestionRefused           the question cannot be searched, and how to put it
│   ├── QuestionEmpty
│   ├── QuestionTooLong
│   ├── QuestionUnreadable    bytes that are no text
│   └── QuestionWithoutWords  only signs or emoji
├── FilterRefused             a date or publisher that cannot be meant
│   ├── DateUnreadable        what was written is no date
│   ├── DatesReversed         the first day that counts is later than the last
│   └── PublisherUnknown      no such outlet is there, and which are
├── DeskRefused               not now, or not here
│   ├── AskedTooOften         the person's next question can come in so many seconds
│   ├── QueueFull             too many questions wait
│   ├── ClosingDown           the bot is stopping
│   ├── ChannelClosed         the guild's managers chose other channels
│   └── AnswerGone            the answer under whose message a button stands is no longer kept
├── StateError                what the bot remembers cannot be opened, read or written
│   └── AnswerDamaged         one answer of it is not what was written
├── ChatModelUnavailable      the configured chat model writes nothing usable; the answer falls back to quotes
│   ├── ChatModelDown
│   ├── ChatModelSlow
│   ├── ChatModelRefused
│   └── OverBudget            the answer would use more tokens than it may
├── ChatModelUnusable         the setting names no chat model that can be made here
├── DiscordRefused            Discord does not let the bot in
└── Misquoted                 a citation would not be verbatim; a fault of ours, and never shown
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import Sequence


class QuestionRefused(DatelineError):
    """The question cannot be searched."""


class QuestionEmpty(QuestionRefused):
    """Nothing was asked."""


class QuestionTooLong(QuestionRefused):
    """The question is longer than a question."""


class QuestionUnreadable(QuestionRefused):
    """The question holds bytes that are no text."""


class QuestionWithoutWords(QuestionRefused):
    """The question holds no letter and no figure."""


class FilterRefused(DatelineError):
    """A date or a publisher given as a filter cannot be used."""


class DateUnreadable(FilterRefused):
    """What was written is no date.

    Args:
        date: what was written.
    """

    def __init__(self, date: str) -> None:
        """Keep what was written: the sentence in the person's language repeats it."""
        super().__init__(f"“{date}” is not a date: write 2022, 2022-12 or 2022-12-09.")
        self.date = date


class DatesReversed(FilterRefused):
    """The first day that counts is later than the last.

    Args:
        since: the first day, as it was written.
        until: the last day, as it was written.
    """

    def __init__(self, since: str, until: str) -> None:
        """Keep both: the sentence in the person's language repeats them."""
        super().__init__(f"--since {since} is later than --until {until}: nothing can lie between.")
        self.since = since
        self.until = until


class PublisherUnknown(FilterRefused):
    """No article of such an outlet is there.

    Args:
        publisher: what was written.
        there: the outlets that come nearest to it, or the first that are there; empty where none is named.
    """

    def __init__(self, publisher: str, there: Sequence[str]) -> None:
        """Keep both: the sentence in the person's language names what is there."""
        named = ", ".join(there) or "none is named"
        super().__init__(f"No article of “{publisher}” is in the index. Outlets that are there: {named}.")
        self.publisher = publisher
        self.there = tuple(there)


class Misquoted(DatelineError):
    """A citation would not be verbatim."""


class DeskRefused(DatelineError):
    """A question is not taken now, or not here."""


class AskedTooOften(DeskRefused):
    """A person asks faster than is shared fairly.

    Args:
        seconds: whole seconds until the next question is taken.
    """

    def __init__(self, seconds: int) -> None:
        """Keep the seconds: the sentence in the person's language names them."""
        super().__init__(f"Questions are shared among everybody: ask again in {seconds} s.")
        self.seconds = seconds


class QueueFull(DeskRefused):
    """So many questions wait that another would wait too long."""


class ClosingDown(DeskRefused):
    """The bot is stopping, and takes no more questions."""


class ChannelClosed(DeskRefused):
    """The guild's managers chose other channels."""


class AnswerGone(DeskRefused):
    """The answer that is asked about is no longer kept."""


class StateError(DatelineError):
    """What the bot remembers cannot be opened, read or written."""


class AnswerDamaged(StateError):
    """An answer that was kept is not what was written."""


class ChatModelUnavailable(DatelineError):
    """The configured chat model writes nothing usable now; the answer falls back to quotes."""


class ChatModelDown(ChatModelUnavailable):
    """The chat model cannot be reached, or answers with an error."""


class ChatModelSlow(ChatModelUnavailable):
    """The chat model takes longer than an answer may."""


class ChatModelRefused(ChatModelUnavailable):
    """The chat model refuses to answer."""


class OverBudget(ChatModelUnavailable):
    """The answer would use more tokens than it may."""


class ChatModelUnusable(DatelineError):
    """The setting names no chat model that can be made here."""


class DiscordRefused(DatelineError):
    """Discord does not let the bot in, or cannot be reached."""

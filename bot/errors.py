"""Every error of the ask line, below the collection's tree.

index.errors.DatelineError
├── QuestionRefused           the question cannot be searched, and how to put it
│   ├── QuestionEmpty
│   ├── QuestionTooLong
│   ├── QuestionUnreadable    bytes that are no text
│   └── QuestionWithoutWords  only signs or emoji
├── FilterRefused             a date or publisher that cannot be meant
└── Misquoted                 a citation would not be verbatim; a fault of ours, and never shown
"""

from __future__ import annotations

from index.errors import DatelineError


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


class Misquoted(DatelineError):
    """A citation would not be verbatim."""

"""An answer as files of evidence: to read (Markdown), to count (CSV), to cite (RIS, which Zotero reads)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.exports.csv_file import as_csv
from bot.rendering.exports.markdown_file import as_markdown
from bot.rendering.exports.ris_file import as_ris
from bot.rendering.parts import File
from index.words import words

if TYPE_CHECKING:
    from bot.types import Kept

_LONGEST_NAME, _LONGEST_WORD = 60, 40


def export(kept: Kept, language: str) -> tuple[File, ...]:
    """Return the evidence of an answer as files, the same for the same answer and language.

    Args:
        kept: the answer, or the silence: its nearest articles are then what there is.
        language: of the words around the quotes.

    Returns:
        Markdown and CSV always; RIS where there is an article.
    """
    written = ((".md", as_markdown), (".csv", as_csv), (".ris", as_ris))
    files = (File(_name(kept, ending), write(kept, language)) for ending, write in written)
    return tuple(file for file in files if file.data)


def _name(kept: Kept, ending: str) -> str:
    """Return a name that every disk takes: day and first words of the question, at most sixty characters."""
    name = kept.asked_at.date().isoformat()
    # A question in another script has no word that every disk takes.
    for word in [word[:_LONGEST_WORD] for word in words(kept.asked) if word.isascii()] or [kept.key]:
        if len(f"{name}-{word}{ending}") > _LONGEST_NAME:
            break
        name = f"{name}-{word}"
    return name + ending

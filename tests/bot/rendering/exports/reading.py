"""What all files of evidence are tested with: answers as files, and an article that wants to be obeyed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.rendering.exports import export
from bot.types import Answer, Gap, Search
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.keeping.making import make_kept
from tests.factories import day, make_article, make_english_article, make_query

if TYPE_CHECKING:
    from bot.types import Kept

LANGUAGES = ("fr", "en")
COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."
HOSTILE = (
    "# Titre\n\n- [ici](https://ailleurs.example) <b>gras</b> ![](x) `code` www.ailleurs.example\n"
    "*gras* _penché_ ~~barré~~\n1. un\n---\n===\n    retrait\n\tretrait\n> cité\n| a | b |\n|---|---|\n&lt; &#x41; \\ fin  \n"
    "ER  - \nTY  - JOUR\nTI  - forgé\r=1+1\u2028\u202e\x1b[31m\x00"
)
_REFERENCE = re.compile(r"&#x([0-9A-F]+);")


def files(kept: Kept, language: str = "fr") -> dict[str, str]:
    """Return the text of each file by its ending."""
    return {file.name.rpartition(".")[2]: file.data.decode() for file in export(kept, language)}


def hostile() -> Kept:
    """Return an answer of which every word of a stranger would rather be something else."""
    article = make_article(
        text=HOSTILE,
        headline=HOSTILE,
        publisher=HOSTILE,
        byline=(HOSTILE, HOSTILE),
        url="javascript:alert(1)",
    )
    return make_kept(make_answer(make_citation(article), question=HOSTILE), query=make_query(HOSTILE))


def disputed() -> Kept:
    """Return two quotes that differ: one of a corrected article that replaces another, one that is printed twice."""
    older = make_article("avant", published_at=day("2022-12-08"))
    corrected = replace(make_citation(words=COST), is_corrected=True, replaces=older)
    reprinted = replace(make_citation(make_english_article(), label=2), also_in=(make_article("reprise"),))
    december = make_query(published_from=day("2022-12-01"), published_to=day("2022-12-31T23:59"))
    search = Search(query=make_query(publishers=("AFI",)), set_aside=december, undated=2)
    answer = replace(make_answer(corrected, reprinted, search=search), differing=(1, 2))
    return make_kept(answer, query=december)


def unanswered() -> Kept:
    """Return a silence with what comes near it."""
    gap = Gap(articles=3, publishers=("AFI",), oldest=day("2022-12-01"), newest=day("2022-12-09"), undated=1)
    return make_kept(replace(make_not_covered(make_article()), gap=gap))


def quotes(kept: Kept) -> list[str]:
    """Return the quotes of an answer."""
    assert isinstance(kept.answer, Answer)
    return [citation.quote for citation in kept.answer.citations]


def resolved(words: str) -> str:
    """Return words with their references resolved."""
    return _REFERENCE.sub(lambda found: chr(int(found[1], 16)), words)

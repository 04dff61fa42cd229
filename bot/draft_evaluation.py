"""Measures over drafts: how many planted faults are shown, how many true sentences are dropped, by kind."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from bot.answering.verification.labels import read_labels
from bot.answering.verification.sources import encode, prepare
from bot.answering.verification.types import Fault, Verified
from bot.answering.verification.verify import verify
from bot.types import Evidence
from index.passages import split
from index.sample_coverage import DRAFTS
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.answering.verification.sources import Sources
    from index.protocols import Embedder
    from index.types import Article

TRUE = "true"
_PASSAGE_CHARACTERS = 400
# Sentences of an answer of some length.
_ANSWER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedDraft:
    """A sentence as a model could have written it over articles of the sample, true or with one planted fault.

    Args:
        draft_id: name of the draft.
        half: "rules" or "figures": the rules were made on the first half of the events, and mended on the second;
            "fresh": of any event, written and looked at when those rules stood; "study": written and looked at
            while rules were made; "unseen", "learnt", "held-out" and "latest": each written before anybody looked at
            what the rules make of it, most of it over articles of its own, counted, and then mended on.
        sources: source paths of the articles that it was written over.
        language: ISO 639-1 code of the sentence.
        kind: "true", or the kind of the fault.
        sentence: the words, without labels.
        cites: words of each passage that it cites.
        inserted: a line added to the cited article behind the passage; None for none.
    """

    draft_id: str
    half: str
    sources: tuple[str, ...]
    language: str
    kind: str
    sentence: str
    cites: tuple[str, ...]
    inserted: str | None


@dataclass(frozen=True, slots=True)
class KindMeasures:
    """What became of the drafts of one kind.

    Args:
        kind: "true", or the kind of the fault.
        drafts: how many.
        shown: how many of them a reader would have seen.
        share: the same, 0 to 1.
    """

    kind: str
    drafts: int
    shown: int
    share: float


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """What verification made of a draft, and what it took with its encoding.

    Args:
        draft: the sentence.
        verdict: what would be shown of it, or its fault.
        milliseconds: of time.
        processor: milliseconds of processor time, all threads together.
    """

    draft: JudgedDraft
    verdict: Verified | Fault
    milliseconds: float
    processor: float

    @property
    def is_shown(self) -> bool:
        """Whether a reader would have seen it."""
        return isinstance(self.verdict, Verified)


def judged_drafts(half: str) -> Iterator[JudgedDraft]:
    """Yield the drafts of one kind: of one half of the events, or of one later set."""
    for line in DRAFTS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["half"] == half:
            yield JudgedDraft(
                draft_id=record["draft_id"],
                half=half,
                sources=tuple(record["sources"]),
                language=record["language"],
                kind=record["kind"],
                sentence=record["sentence"],
                cites=tuple(record["cites"]),
                inserted=record["inserted"],
            )


def check_drafts(
    drafts: Iterable[JudgedDraft], articles: Mapping[str, Article], embedder: Embedder
) -> Iterator[DraftOutcome]:
    """Verify drafts as if a model had written them.

    Args:
        drafts: the sentences.
        articles: of the sample, by source path.
        embedder: the model of the index.
    """
    prepared: dict[tuple[tuple[str, ...], str | None, str, str], Sources] = {}
    for draft in drafts:
        key = (draft.sources, draft.inserted, draft.cites[0] if draft.inserted else "", draft.language)
        if key not in prepared:
            prepared[key] = prepare(_evidence(draft, articles), embedder)
        sources = prepared[key]
        started, used = time.perf_counter(), time.process_time()
        read = read_labels(_labelled(draft, sources.evidence), sources.labels, draft.language)
        verdict = verify(read, encode(read, embedder), sources)
        took, used = time.perf_counter() - started, time.process_time() - used
        yield DraftOutcome(draft, verdict, 1000 * took, 1000 * used)


def measure_kinds(outcomes: Sequence[DraftOutcome]) -> tuple[KindMeasures, ...]:
    """Return a row for each kind, true sentences first, and one for all faults together."""
    kinds = sorted({o.draft.kind for o in outcomes}, key=lambda kind: (kind != TRUE, kind))
    rows = [_row(kind, outcomes, lambda o, kind=kind: o.draft.kind == kind) for kind in kinds]  # type: ignore[misc]  # mypy cannot infer a default
    return (*rows, _row("all faults", outcomes, lambda o: o.draft.kind != TRUE))


def answer_times(outcomes: Sequence[DraftOutcome]) -> tuple[float, float]:
    """Return what verification adds to an answer of five sentences, the median over the drafts in fives.

    Returns:
        Milliseconds of time, and of processor time; 0 where there are fewer than five drafts.
    """
    fives = [outcomes[start : start + _ANSWER] for start in range(0, len(outcomes) - _ANSWER + 1, _ANSWER)]
    if not fives:
        return 0.0, 0.0
    took = median(sum(o.milliseconds for o in five) for five in fives)
    return took, median(sum(o.processor for o in five) for five in fives)


def _row(name: str, outcomes: Sequence[DraftOutcome], counts: Callable[[DraftOutcome], bool]) -> KindMeasures:
    wanted = [outcome for outcome in outcomes if counts(outcome)]
    shown = sum(outcome.is_shown for outcome in wanted)
    return KindMeasures(name, len(wanted), shown, shown / max(1, len(wanted)))


def _evidence(draft: JudgedDraft, articles: Mapping[str, Article]) -> tuple[Evidence, ...]:
    written_over = [_with_line(articles[path], draft) for path in draft.sources]
    passages = [(a, passage) for a in written_over for passage in split(a, target=_PASSAGE_CHARACTERS)]
    return tuple(
        Evidence(label, passage, article, 1.0, 1.0)
        for label, (article, passage) in enumerate(passages, start=1)
    )


def _with_line(article: Article, draft: JudgedDraft) -> Article:
    """Return the article with the draft's line added behind the paragraph that it cites."""
    if not draft.inserted:
        return article
    cited = next(
        (p for p in split(article, target=_PASSAGE_CHARACTERS) if _holds(p.text, draft.cites[0])), None
    )
    if cited is None:
        return article
    line_end = article.text.find("\n", cited.span.end - 1)
    end = line_end if line_end >= 0 else len(article.text)
    text = f"{article.text[:end]}\n{draft.inserted}{article.text[end:]}"
    return replace(article, text=text, headings=(), kept=())


def _labelled(draft: JudgedDraft, evidence: Sequence[Evidence]) -> str:
    labels = [next((e.label for e in evidence if _holds(e.passage.text, cite)), None) for cite in draft.cites]
    named = "".join(f" [{label}]" for label in dict.fromkeys(labels) if label is not None)
    return f"{draft.sentence[:-1]}{named}{draft.sentence[-1]}"


def _holds(text: str, cite: str) -> bool:
    return f" {' '.join(words(cite))} " in f" {' '.join(words(text))} "

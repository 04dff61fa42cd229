"""The report for a person: what went from each outlet's pages and how often, and every page with it marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.types import Article, Reading

NO_OUTLET = "(no outlet named)"
_SHOWN = 30  # different stretches of an outlet in its table
_LONGEST = 160  # characters of a stretch in a table
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1,h2{line-height:1.2} table{border-collapse:collapse;width:100%;font-size:.9rem} caption{text-align:left;color:#555}
th,td{text-align:left;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #ddd;vertical-align:top}
td.n{text-align:right} pre{white-space:pre-wrap;font:inherit;border-left:3px solid #ddd;padding-left:1rem}
del{background:#ffe1de;color:#7a1f17;text-decoration:none} del::before{content:attr(title) " ";font-size:.7rem;
color:#a33;text-transform:uppercase;letter-spacing:.03em} summary{cursor:pointer} .why{color:#a33} nav a{margin-right:1rem}
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}del{background:#4a1f1b;color:#ffc9c2}
th,td{border-color:#333}pre{border-color:#333}}
"""


@dataclass(frozen=True, slots=True)
class OutletReport:
    """What was read from one outlet.

    Args:
        name: the outlet.
        readings: what became of its sources.
        removed: how often each stretch went, with the reason; most frequent first.
    """

    name: str
    readings: tuple[Reading, ...]
    removed: tuple[tuple[str, str, int], ...]


def by_outlet(readings: Sequence[Reading]) -> tuple[OutletReport, ...]:
    """Group readings by outlet, the one with most sources first."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[_outlet(reading)].append(reading)
    names = sorted(groups, key=lambda name: (-len(groups[name]), name))
    return tuple(OutletReport(name, tuple(groups[name]), _removed(groups[name])) for name in names)


def report_page(readings: Sequence[Reading]) -> str:
    """Return one HTML page that needs nothing else: a table for each outlet, then its pages.

    The text of a source is always escaped: what stands in it is shown, never run.
    """
    outlets = by_outlet(readings)
    links = "".join(f'<a href="#o{number}">{escape(o.name)}</a>' for number, o in enumerate(outlets))
    parts = "".join(_outlet_part(number, outlet) for number, outlet in enumerate(outlets))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>What was read, and what was removed</title><style>{_STYLE}</style>"
        f"<h1>What was read, and what was removed</h1><p>{_counts(readings)}</p><nav>{links}</nav>{parts}</html>\n"
    )


def _outlet(reading: Reading) -> str:
    return (reading.article.publisher if reading.article else None) or NO_OUTLET


def _removed(readings: Sequence[Reading]) -> tuple[tuple[str, str, int], ...]:
    times = Counter(
        (removal.reason, line.strip())
        for reading in readings
        for removal in reading.removals
        for line in removal.text.splitlines()
        if line.strip()
    )
    return tuple((reason, line, count) for (reason, line), count in times.most_common())


def _counts(readings: Sequence[Reading]) -> str:
    counts = Counter(reading.status for reading in readings)
    return ", ".join(
        f"{counts[status]} {status}" for status in ("read", "duplicate", "superseded", "refused")
    )


def _outlet_part(number: int, outlet: OutletReport) -> str:
    rows = "".join(
        f'<tr><td class="n">{count}</td><td>{escape(reason)}</td><td>{escape(_short(line))}</td></tr>'
        for reason, line, count in outlet.removed[:_SHOWN]
    )
    left_out = len(outlet.removed) - _SHOWN
    more = f"<p>and {left_out} more, each in its place below</p>" if left_out > 0 else ""
    table = f"<table><caption>removed, and how often</caption><tr><th>times<th>why<th>what</tr>{rows}</table>{more}"
    sources = "".join(map(_source_part, outlet.readings))
    return f'<section id="o{number}"><h2>{escape(outlet.name)}</h2><p>{_counts(outlet.readings)}</p>{table}{sources}</section>'


def _source_part(reading: Reading) -> str:
    article = reading.article
    title = (article.headline if article else None) or reading.source_path
    why = f'<p class="why">{escape(reading.reason)}</p>' if reading.reason else ""
    facts = f"<p>{escape(_facts(article))}</p>" if article else ""
    marked = "".join(_marked(reading))
    return (
        f"<details><summary>{escape(title)} <small>{escape(reading.source_path)}, {reading.status}</small></summary>"
        f"{why}{facts}<pre>{marked}</pre></details>"
    )


def _facts(article: Article) -> str:
    dates = (
        ("published", article.published_at),
        ("updated", article.updated_at),
        ("collected", article.collected_at),
    )
    said = [
        ", ".join(article.byline),
        *(f"{event} {moment.isoformat()}" for event, moment in dates if moment),
    ]
    return " · ".join(filter(None, (*said, article.language, article.dek and f"dek: {article.dek}")))


def _marked(reading: Reading) -> Iterator[str]:
    """Yield the source in order, what was removed marked; what has no place comes after the text."""
    article = reading.article
    pieces: list[tuple[int, str]] = []
    position = 0
    for span in article.kept if article else ():
        pieces.append(
            (span.start, escape(article.text[position : position + span.end - span.start]) if article else "")
        )
        position += span.end - span.start
    pieces += [(r.span.start, _struck(r.reason, r.text)) for r in reading.removals if r.span]
    yield from (piece for _, piece in sorted(pieces))
    if article and not article.kept:
        yield escape(article.text)
    yield from (
        "\n" + _struck(removal.reason, removal.text) for removal in reading.removals if not removal.span
    )


def _struck(reason: str, text: str) -> str:
    return f'<del title="{escape(reason)}">{escape(text)}</del>'


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"

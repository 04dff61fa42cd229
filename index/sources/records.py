"""Records of a ``.json`` or ``.jsonl`` file -> articles; the fields' names are the usual ones."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from index.sources.bylines import split_names
from index.sources.dates import parse_date
from index.sources.drafts import Draft, Origin, finish, refusal
from index.sources.json_pieces import LIST_NAMES, Broken, json_fault, pieces_of
from index.sources.language import detect_language
from index.sources.layout import looks_like_page, mark_clean_text
from index.sources.proof import Proof, heading_spans, lay_out
from index.sources.record_ids import RepeatedIds
from index.sources.scraped import draft_of_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from index.types import Reading

Record: TypeAlias = dict[str, Any]

# Lower case without "_" and "-": "datePublished", "date_published" and "date-published" are one name.
FIELDS: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "articletext", "articlebody", "fulltext", "maintext", "bodytext"),
        *("texte", "contenu", "corps"),
    ),
    "headline": ("headline", "title", "titre"),
    "dek": (
        *("dek", "standfirst", "description", "summary", "abstract", "chapo", "chapeau", "subtitle"),
        *("lead", "teaser", "excerpt"),
    ),
    "byline": ("byline", "authors", "author", "auteurs", "auteur", "creator", "journalist"),
    "publisher": (
        *("publisher", "outlet", "source", "sourcename", "site", "sitename", "publication", "newspaper"),
        *("media", "editeur", "journal"),
    ),
    "section": ("section", "category", "rubrique", "articlesection", "desk"),
    "published_at": (
        *("publishedat", "datepublished", "published", "publishdate", "publicationdate", "publishingdate"),
        *("pubdate", "date", "datepublication", "publiele", "createdat", "timestamp"),
    ),
    "updated_at": (
        *("updatedat", "updated", "datemodified", "modified", "modifiedat", "lastmodified", "dateupdated"),
        "majle",
    ),
    "collected_at": (
        *("collectedat", "crawledat", "retrievedat", "scrapedat", "fetchedat", "datecrawled"),
        *("datedownload", "dateretrieved"),
    ),
    "stated_language": ("language", "lang", "langue", "inlanguage", "locale"),
    "url": ("url", "link", "canonicalurl", "permalink", "sourceurl", "articleurl", "lien"),
    "own_id": ("id", "docid", "articleid", "guid", "uuid"),
}
_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_NAME_KEYS = ("name", "title", "label", "value", "text", "rendered")
_DATE_FIELDS = ("published_at", "updated_at", "collected_at")
_SECONDS_PRINTED = re.compile(r"-?\d{9,13}(?:[.,]\d+)?")  # as a table prints them; eight digits are a day
_MILLISECONDS = 10**11  # larger counts since 1970 are not seconds
_LONGEST_SHOWN = 40  # characters of a field that a sentence repeats
_MOST_NAMES = 50  # nobody reads a longer list of authors


def parse_records(text: str, origin: Origin, named: Mapping[str, str] = _NO_NAMES) -> Iterator[Reading]:
    """Read a ``.json`` file: one record, a list of records, or an object that holds one list of records.

    Args:
        text: the decoded file.
        origin: where it comes from; the n-th record of a list gets ``#n``.
        named: our name of a field with the name that the records use.
    """
    try:
        value = json.loads(text)
        records = _records_in(value)
    except (ValueError, RecursionError) as error:
        yield from _parse_pieces(text, origin, named, f"It {json_fault(error)}.")
        return
    ids = RepeatedIds()
    if records is None:
        yield parse_record(value, origin, ids, named)
        return
    if not records:
        yield refusal(origin, "It holds no record.")
    for number, record in enumerate(records, 1):
        yield parse_record(record, origin.record(number), ids, named)


def _parse_pieces(text: str, origin: Origin, named: Mapping[str, str], fault: str) -> Iterator[Reading]:
    """Read what can be read of a file that is not valid JSON as a whole."""
    pieces = [record for piece in pieces_of(text) for record in _records_in(piece) or (piece,)]
    if all(isinstance(piece, Broken) for piece in pieces):
        yield refusal(origin, fault)
        return
    ids = RepeatedIds()
    for number, piece in enumerate(pieces, 1):
        place = origin.record(number)
        if isinstance(piece, Broken):
            yield refusal(place, f"Record {number} {piece}.")
        else:
            yield parse_record(piece, place, ids, named)


def parse_record_lines(text: str, origin: Origin, named: Mapping[str, str] = _NO_NAMES) -> Iterator[Reading]:
    """Read a ``.jsonl`` file, each line a record; a bad line is refused and the others go on.

    Args:
        text: the decoded file.
        origin: where it comes from; each record gets ``#`` and the number of its line.
        named: our name of a field with the name that the records use.
    """
    ids = RepeatedIds()
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield parse_record_line(number, line, origin, ids, named)


def parse_record_line(
    number: int, line: str, origin: Origin, ids: RepeatedIds, named: Mapping[str, str] = _NO_NAMES
) -> Reading:
    """Read one line of a ``.jsonl`` file."""
    place = origin.record(number)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return refusal(place, f"Line {number}: It {json_fault(error)}.")
    return parse_record(value, place, ids, named)


def parse_record(
    value: object, origin: Origin, ids: RepeatedIds, named: Mapping[str, str] = _NO_NAMES
) -> Reading:
    """Read one record.

    Args:
        value: what JSON gave; anything but an object with a text is refused.
        origin: where it comes from, its number included.
        ids: the ids of the records before it.
        named: our name of a field with the name that the record uses.
    """
    name = origin.source_path.rpartition("#")[2] if "#" in origin.source_path else ""
    place = f"record {name}" if name else "the record"
    if not isinstance(value, dict):
        return refusal(origin, f"{place.capitalize()} is not an object.")
    try:
        facts = fields_of(value) | _as_named(value, named)
        text = _text_of(facts.get("text"))
        if not text.strip():
            return refusal(origin, f"{place.capitalize()} has no text.")
        draft = _draft(facts, text)
    except RecursionError:
        return refusal(origin, f"{place.capitalize()} is nested too deeply.")
    fault = ids.fault(draft, place)
    return refusal(origin, fault) if fault else finish(draft, origin)


def fields_of(record: Record) -> dict[str, Any]:
    """Return what a record says under our own names, an inner ``metadata`` object included."""
    plain: dict[str, Any] = {}
    for key, value in record.items():
        plain.setdefault(plain_name(str(key)), value)
    for key in ("metadata", "meta"):
        if isinstance(plain.get(key), dict):
            plain |= {name: value for name, value in fields_of(plain[key]).items() if name not in plain}
    found = {}
    for name, keys in FIELDS.items():
        value = next((plain[key] for key in (*keys, name) if plain.get(key) not in (None, "", [], {})), None)
        if value is not None:
            found[name] = value
    return found


def plain_name(key: str) -> str:
    """Return a field's name as ``FIELDS`` spells it: "date_published" and "Date-Published" are one."""
    return re.sub(r"[_\s-]", "", key).lower()


def _as_named(record: Record, named: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that the settings name; "metadata.title" is a field within another."""
    found: dict[str, Any] = {}
    for name, path in named.items():
        value: Any = record
        for key in [path] if path in record else path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if value not in (None, "", [], {}):
            found[name] = value
    return found


def facts_of(facts: dict[str, Any], text: str = "") -> Draft:
    """Return the draft of the fields that say something about an article, its text apart.

    Args:
        facts: the fields under our own names.
        text: the article's text: its language decides 12/09/2022 where no language is stated.
    """
    language = _words(facts.get("stated_language"))
    asked = language or (detect_language(text) if text else "")
    dates = {name: moment_of(facts.get(name), asked) for name in _DATE_FIELDS}
    doubts = (
        f"{name.removesuffix('_at')} date {str(facts[name])[:_LONGEST_SHOWN]!r} cannot be read; read as undated."
        for name, moment in dates.items()
        if moment is None and name in facts
    )
    return Draft(
        headline=_words(facts.get("headline")),
        dek=_words(facts.get("dek")),
        byline=_names(facts.get("byline")),
        publisher=_words(facts.get("publisher")),
        section=_words(facts.get("section")),
        stated_language=language,
        url=_address(facts.get("url")),
        own_id=_own_id(facts.get("own_id")),
        doubts=tuple(doubts),
        published_at=dates["published_at"],
        updated_at=dates["updated_at"],
        collected_at=dates["collected_at"],
    )


def unread_of(facts: dict[str, Any]) -> tuple[str, ...]:
    """Return a sentence on each field that is there and says nothing we can read, its dates apart."""
    return tuple(
        f"{name} {str(facts[name])[:_LONGEST_SHOWN]!r} cannot be read and was left out."
        for name, read in _READ_AS.items()
        if name in facts and read(facts[name]) is None
    )


def moment_of(value: object, language: str = "") -> datetime | None:
    """Read a date field: a printed date, or seconds or milliseconds since 1970."""
    if isinstance(value, str) and _SECONDS_PRINTED.fullmatch(value.strip()):
        value = float(value.replace(",", "."))
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC)
        except (ValueError, OverflowError, OSError):  # beyond the years that exist
            return None
    return parse_date(str(value), language) if value is not None else None


def _draft(facts: dict[str, Any], text: str) -> Draft:
    """Clean the text; a record without a headline may hold a whole page in its text."""
    known = facts_of(facts, text)
    known = replace(known, doubts=known.doubts + unread_of(facts))
    proof = Proof.of(text)
    if known.headline is None and looks_like_page(proof):
        return draft_of_page(proof, known)
    mark_clean_text(proof, known.headline, known.dek)
    kept, removals = lay_out(proof)
    cleaned = "".join(span.of(text) for span in kept)
    return Draft(text=cleaned, headings=heading_spans(proof, kept), kept=kept, removals=removals).or_else(
        known
    )


def _records_in(value: object) -> list[object] | None:
    """Return the list of records, None where the value is a record itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or fields_of(value).get("text"):
        return None
    lists = {
        key: item
        for key, item in value.items()
        if isinstance(item, list) and any(isinstance(inner, dict) for inner in item)
    }
    named = [item for key, item in lists.items() if key.lower() in LIST_NAMES]
    return next(iter(named or lists.values()), None)


def _text_of(value: object) -> str:
    if isinstance(value, list):
        paragraphs = (item if isinstance(item, str) else _words(item) for item in value)
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return value if isinstance(value, str) else ""


def _words(value: object) -> str | None:
    if isinstance(value, dict):
        value = next((value[key] for key in _NAME_KEYS if isinstance(value.get(key), str)), None)
    if isinstance(value, list):
        value = value[0] if value else None
        return _words(value)
    return value.strip() or None if isinstance(value, str) else None


def _names(value: object) -> tuple[str, ...]:
    return tuple(islice((name for words in names_in(value) for name in split_names(words)), _MOST_NAMES))


def names_in(value: object) -> Iterator[str]:
    """Yield the words of a field for authors: of one, of each in a list, of an object's name."""
    if isinstance(value, list):
        for item in value[:_MOST_NAMES]:
            yield from names_in(item)
    elif words := _words(value):
        yield words


def _address(value: object) -> str | None:
    words = _words(value)
    return words if words and re.match(r"https?://\S+$", words) else None


_READ_AS: Mapping[str, Callable[[object], str | None]] = MappingProxyType(
    {**dict.fromkeys(("headline", "dek", "publisher", "section"), _words), "url": _address}
)


def _own_id(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return str(value).strip() or None

"""Write the facts of all reviews as JSON, without spoilers and without the text of the pages.

The manual describes the format: example_site/docs/guide/exports.md and library.schema.json.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs_bookreview.exports.catalogue import Catalogue
from mkdocs_bookreview.model.book import Book, SeriesEntry
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.rating import Rating, plain_number
from mkdocs_bookreview.model.review import Reading, Review, Status

VERSION = 1

Facts = dict[str, Any]


def render_library(catalogue: Catalogue) -> str:
    """Return the JSON with one line for each review, so that two versions are easy to compare."""
    parts = {
        "version": str(VERSION),
        "site": _dump(_known(name=catalogue.name, url=catalogue.url)),
        "reviews": _dump_lines(_review(review, catalogue) for review in catalogue.reviews),
        "shelved": _dump_lines(_review(review, catalogue) for review in catalogue.waiting),
    }
    return "{\n" + ",\n".join(f'"{key}": {text}' for key, text in parts.items()) + "\n}\n"


def _review(review: Review, catalogue: Catalogue) -> Facts:
    return _known(
        page=catalogue.addresses.get(review.source),
        books=[_book(book) for book in review.books],
        date=_date(review.date),
        updated=_date(review.updated),
        reviewer=review.reviewer,
        rating=_rating(review.rating),
        ratings=[{"name": one.name, **_write_rating(one.rating)} for one in review.aspects],
        status=review.status,
        readings=[_reading(reading) for reading in review.readings],
        themes=[
            _known(name=theme.name, weight=theme.weight, reason=theme.reason)
            for theme in review.open_themes
        ],
        description=review.description,
        verdict=review.verdict,
    )


def _book(book: Book) -> Facts:
    people = [_known(name=one.name, role=one.role, sort=one.sort) for one in book.authors]
    return _known(
        key=book.key,
        title=book.title,
        sort=book.sort,
        subtitle=book.subtitle,
        blurb="\n\n".join(book.blurb) or None,
        original_title=book.original_title,
        original_language=book.original_language,
        authors=people,
        series=[_series(entry) for entry in book.series],
        isbn=book.isbn and str(book.isbn),
        published=_date(book.published),
        first_published=_date(book.first_published),
        publisher=book.publisher,
        pages=book.pages,
        minutes=book.duration,
        language=book.language,
        format=book.format,
        genres=list(book.genres),
    )


def _series(entry: SeriesEntry) -> Facts:
    position = entry.position.plain if entry.position else None
    return _known(name=entry.name, position=position)


def _reading(reading: Reading) -> Facts:
    end = {Status.READ: "finished", Status.STOPPED: "stopped"}.get(reading.status)
    return _known(
        status=reading.status,
        started=_date(reading.started),
        **({end: _date(reading.ended)} if end else {}),
        at=reading.at,
        rating=_rating(reading.rating),
    )


def _rating(rating: Rating | None) -> Facts | None:
    return _write_rating(rating) if rating else None


def _write_rating(rating: Rating) -> Facts:
    return {"value": plain_number(rating.value), "best": rating.best}


def _date(when: PartialDate | None) -> str | None:
    return str(when) if when else None


def _known(**facts: object) -> Facts:
    return {key: value for key, value in facts.items() if value not in (None, [])}


def _dump(facts: Facts) -> str:
    return json.dumps(facts, ensure_ascii=False)


def _dump_lines(rows: Iterable[Facts]) -> str:
    lines = ",\n".join(_indent(rows))
    return f"[\n{lines}\n]" if lines else "[]"


def _indent(rows: Iterable[Facts]) -> Iterator[str]:
    return (f"  {_dump(row)}" for row in rows)

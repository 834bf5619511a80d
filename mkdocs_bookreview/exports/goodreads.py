"""Write books in the columns of Goodreads' own export, which many other sites read.

A date is written as `2014/05/03`. An ISBN is a formula, because spreadsheets would remove its zeros
otherwise. A rating is 1 to 5, or 0 for none. A title ends with the positions of the book in its
series. A review is HTML on one line.
"""

import csv
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from io import StringIO

from mkdocs_bookreview.exports.catalogue import (
    Catalogue,
    CatalogueEntry,
    full_title,
)
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.names import capitalise, slug
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Review, Status

COLUMNS = (
    "Book Id",
    "Title",
    "Author",
    "Author l-f",
    "Additional Authors",
    "ISBN",
    "ISBN13",
    "My Rating",
    "Publisher",
    "Binding",
    "Number of Pages",
    "Year Published",
    "Original Publication Year",
    "Date Read",
    "Date Added",
    "Bookshelves",
    "Bookshelves with positions",
    "Exclusive Shelf",
    "My Review",
    "Spoiler",
    "Private Notes",
    "Read Count",
    "Owned Copies",
)
_READ = "read"
_READING = "currently-reading"
_SHELVES: Mapping[Status | None, str] = {
    Status.READING: _READING,
    Status.PAUSED: _READING,
    Status.STOPPED: "did-not-finish",
    Status.TO_READ: "to-read",
}
_BEST = 5
# The last four characters are the full-width forms of `=`, `+`, `-` and `@`.
_FORMULA = re.compile(r"[\x00-\x20]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def render_goodreads(catalogue: Catalogue) -> str:
    text = StringIO()
    rows = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    rows.writerows(_row(entry, catalogue) for entry in catalogue.entries)
    return text.getvalue()


def _row(entry: CatalogueEntry, catalogue: Catalogue) -> dict[str, str]:
    book, review = entry
    shelf = _SHELVES.get(review.status, _READ)
    return {
        **_book(book),
        "My Rating": _stars(review.rating),
        "Date Read": _day(_finished(review)),
        "Date Added": _day(_added(review)),
        "Bookshelves": ", ".join(_shelves(review, shelf)),
        "Exclusive Shelf": shelf,
        "My Review": _text(_html(review, catalogue.find_url(review))),
        "Read Count": str(_count(review, shelf)),
        "Owned Copies": "0",
    }


def _book(book: Book) -> dict[str, str]:
    people = [*book.credited, *(one for one in book.authors if one not in book.credited)]
    year = book.published.year if book.published else None
    first = book.first_published.year if book.first_published else None
    # A year BCE counts as that of the work, because Goodreads has no editions from such years.
    if year is not None and year < 0:
        first, year = first or year, None
    return {
        "Book Id": _text(book.ids.get("goodreads", "")),
        "Title": _text(_title(book)),
        "Author": _text(people[0].name if people else ""),
        "Author l-f": _text((people[0].sort or people[0].name) if people else ""),
        "Additional Authors": _text(", ".join(one.name for one in people[1:])),
        "ISBN": f'="{(book.isbn and book.isbn.ten) or ""}"',
        "ISBN13": f'="{book.isbn or ""}"',
        "Publisher": _text(book.publisher or ""),
        "Binding": _text(capitalise(book.format or "")),
        "Number of Pages": str(book.pages or ""),
        "Year Published": str(year or ""),
        "Original Publication Year": str(first or ""),
    }


def _title(book: Book) -> str:
    places = [f"{entry.name}, #{entry.position.plain}" for entry in book.series if entry.position]
    return f"{full_title(book)} ({'; '.join(places)})" if places else full_title(book)


def _stars(rating: Rating | None) -> str:
    """Return 1 to 5 stars, or 0 without a rating: 3.5 of 5 gives 4, and 0.5 of 10 gives 1.

    A rating never gives 0, because that would mean no rating.
    """
    if not rating:
        return "0"
    stars = rating.value * _BEST / rating.best
    return str(max(1, int(stars.quantize(Decimal(1), ROUND_HALF_UP))))


def _shelves(review: Review, shelf: str) -> list[str]:
    """Return the shelves of a book: those of its status, and its themes that are not spoilers.

    The shelf `read` is left out, because Goodreads leaves it out too.
    """
    own = [] if shelf == _READ else [shelf]
    paused = ["paused"] if review.status is Status.PAUSED else []
    return [*dict.fromkeys([*own, *paused, *(slug(theme.name) for theme in review.open_themes)])]


def _count(review: Review, shelf: str) -> int:
    """Return the number of finished readings.

    A book on the shelf `read` or `currently-reading` counts as read at least once.
    """
    finished = sum(1 for reading in review.readings if reading.status is Status.READ)
    return max(finished, int(shelf in {_READ, _READING}))


def _finished(review: Review) -> PartialDate | None:
    """Return the last known date on which the book was finished; None if none is known."""
    ends = [one.ended for one in review.readings if one.status is Status.READ and one.ended]
    return max(ends, key=lambda when: when.order, default=None)


def _added(review: Review) -> PartialDate | None:
    """Return the date for `Date Added`: the start of the last reading, or the date of the review.

    The start comes first, because some sites read `Date Added` as the start of a reading. If the
    start is not known, and the book was finished after the date of the review, return None, because
    then the review was not written after the last reading.
    """
    if review.readings and review.readings[-1].started:
        return review.readings[-1].started
    finished = _finished(review)
    return None if finished and review.date and review.date.is_before(finished) else review.date


def _day(when: PartialDate | None) -> str:
    """Return a date as `2014/05/03`; empty if the date is BCE or its day is not known for sure.

    A day is never guessed, because the guess may be wrong.
    """
    if not when or not when.day or when.year < 0 or when.is_approximate:
        return ""
    return str(when).replace("-", "/")


def _html(review: Review, url: str | None) -> str:
    """Return the verdict and the description of a review, and a link to its page, as HTML.

    The text of the page is left out, because it may hold spoilers.
    """
    parts = [escape(text, quote=False) for text in (review.verdict, review.description) if text]
    if url:
        parts.append(f'<a href="{escape(url)}">{escape(url, quote=False)}</a>')
    return "<br/><br/>".join(parts)


def _text(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: `=1+1` gives `'=1+1`.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell

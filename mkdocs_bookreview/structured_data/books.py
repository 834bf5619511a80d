"""Describes books as objects of https://schema.org/Book."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from mkdocs_bookreview.model.book import AUTHOR, Book, Contributor, SeriesEntry
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.structured_data.things import (
    Thing,
    describe,
    describe_person,
    keep_known,
    write_date,
)
from mkdocs_bookreview.words.languages import is_code

# The arguments are the name of a taxonomy, the name of a term, and the term's id or None. The
# result is the name that readers see, and the address of the term's page; None if it has no page.
FindTerm = Callable[[str, str, str | None], tuple[str, str | None]]

_BOOK = "Book"
_READ_BY = "readBy"
_OTHERS = "contributor"
_PEOPLE: Mapping[str, str] = {
    AUTHOR: "author",
    "editor": "editor",
    "illustrator": "illustrator",
    "narrator": _READ_BY,
    "translator": "translator",
}
_AUDIO = "AudiobookFormat"
# Maps each format of https://schema.org/BookFormatType to the words by which authors and other
# programs call it, in English and German, as `fold` returns them. Other words give no format.
_WORDS: Mapping[str, str] = {
    _AUDIO: "audiobook, audio book, audio, audible audio, audio cd, horbuch",
    "EBook": "ebook, e book, kindle, kindle edition, epub, digital",
    "GraphicNovel": "graphic novel",
    "Hardcover": "hardcover, hardback, gebunden, gebundene ausgabe",
    "Pamphlet": "pamphlet",
    "Paperback": "paperback, mass market paperback, trade paperback, softcover, taschenbuch",
}
_FORMATS = {word: name for name, words in _WORDS.items() for word in words.split(", ")}
# Maps each key of `ids` to patterns that an id may match, each with the address of the book's page
# in that catalogue.
_CATALOGUES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "goodreads": ((r"\d+", "https://www.goodreads.com/book/show/{}"),),
    "librarything": ((r"\d+", "https://www.librarything.com/work/{}"),),
    "openlibrary": (
        (r"OL\d+W", "https://openlibrary.org/works/{}"),
        (r"OL\d+M", "https://openlibrary.org/books/{}"),
    ),
    "wikidata": ((r"Q\d+", "https://www.wikidata.org/wiki/{}"),),
}
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class FullAddresses:
    """Finds full addresses on the site; they are all None if the site's own address is not known.

    `find_term` finds the page of a term. `find_picture` takes the path of a cover below the docs
    folder, and returns the address of the picture; None if the site has no such picture.
    """

    find_term: FindTerm
    find_picture: Callable[[str], str | None]


class BookDescriber:
    """Describes the books of a site. People and series are cached, because books share them."""

    def __init__(self, addresses: FullAddresses) -> None:
        self._at = addresses
        self._person = cache(self._describe_person)
        self._serial = cache(self._describe_series)

    def describe(self, book: Book) -> Thing:
        """Return the book as one edition, with the facts known about its work or its original."""
        people = self._list_people(book)
        form = _FORMATS.get(fold(book.format)) if book.format else None
        # Only an audiobook has readers and a length in hours.
        is_audio = form == _AUDIO or _READ_BY in people or bool(book.duration)
        facts = {
            "name": book.title,
            "alternativeHeadline": book.subtitle,
            **people,
            "isbn": book.isbn and book.isbn.digits,
            "bookFormat": form and f"https://schema.org/{form}",
            "numberOfPages": book.pages,
            "duration": book.duration and _write_duration(book.duration),
            "publisher": book.publisher and describe("Organization", name=book.publisher),
            "inLanguage": book.language and _write_language(book.language),
            "genre": book.genres,
            "image": book.cover and self._at.find_picture(book.cover),
            "sameAs": book.ids and _list_pages(book),
        }
        kind = [_BOOK, "Audiobook"] if is_audio else _BOOK
        return {"@type": kind, **keep_known(facts), **_describe_work(book), **self._place(book)}

    def _list_people(self, book: Book) -> Thing:
        """Return the people of a book by the property for their role, such as `illustrator`."""
        found: dict[str, list[Thing]] = {}
        for person in book.authors:
            key = _PEOPLE.get(person.role.lower(), _OTHERS)
            found.setdefault(key, []).append(self._person(person))
        return dict(found)

    def _describe_person(self, person: Contributor) -> Thing:
        _, url = self._at.find_term("authors", person.name, person.id)
        return describe_person(person.name, url)

    def _place(self, book: Book) -> Thing:
        """Return the series of a book, and the position of the book in it.

        If there are several series, each series has the book with its position there, because the
        object of a book can have only one position.
        """
        if not book.series:
            return {}
        if len(book.series) > 1:
            return {"isPartOf": [self._serial(entry, book.title) for entry in book.series]}
        entry = book.series[0]
        position = {"position": entry.position.plain} if entry.position else {}
        return {"isPartOf": self._serial(SeriesEntry(entry.name), ""), **position}

    def _describe_series(self, entry: SeriesEntry, title: str) -> Thing:
        """Return a series; if `entry` has a position, the book called `title` is at it."""
        _, url = self._at.find_term("series", entry.name, None)
        position = entry.position
        part = describe(_BOOK, name=title, position=position.plain) if position else None
        return describe("BookSeries", name=entry.name, url=url, hasPart=part)


def _describe_work(book: Book) -> Thing:
    """Return the date of this edition, and the work that it is an edition or a translation of.

    If the original has another title or another language, `first_published` is the date of the
    original. Otherwise it is the date of the work; if the edition has no date, it gets this date.
    """
    published, first = write_date(book.published), write_date(book.first_published)
    title, language = book.original_title, book.original_language
    found: Thing = {}
    if title or (language and language != book.language):
        written = language and _write_language(language)
        work = describe(_BOOK, name=title, inLanguage=written, datePublished=first)
        # A book in the language of the original is an edition, because some books only have another
        # title in another country.
        is_translated = not language or language != book.language
        found = {"translationOfWork" if is_translated else "exampleOfWork": work}
    elif published and first and published != first:
        found = {"exampleOfWork": describe(_BOOK, name=book.title, datePublished=first)}
    else:
        published = published or first
    return {"datePublished": published, **found} if published else found


def _write_language(language: str) -> object:
    return language if is_code(language) else describe("Language", name=language)


def _write_duration(minutes: int) -> str:
    """Return a length in the form of ISO 8601: `PT9H46M` for 586 minutes."""
    hours, minutes = divmod(minutes, _MINUTES)
    return f"PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}"


def _list_pages(book: Book) -> list[str]:
    """Return the addresses of pages about the book on other sites."""
    return [
        address.format(number)
        for name, number in book.ids.items()
        for form, address in _CATALOGUES.get(name.lower(), ())
        if re.fullmatch(form, number, re.ASCII)
    ]

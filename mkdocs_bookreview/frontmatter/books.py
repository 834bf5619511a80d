"""Read `books.yml`, which describes books that reviews may name by a key or an ISBN."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from mkdocs_bookreview.frontmatter.links import check_links
from mkdocs_bookreview.frontmatter.schema import BookIn, ShelfName, empty_is_absent
from mkdocs_bookreview.frontmatter.several import Bundle, find_bundles_of_book
from mkdocs_bookreview.frontmatter.values import Context
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.names import slug
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Status
from mkdocs_bookreview.settings.marked_yaml import Marks, no_mapping, read_marked_yaml
from mkdocs_bookreview.settings.typed import keep_valid

FILE_NAME = "books.yml"

BookFacts = Mapping[str, object]


class ShelvedIn(BookIn):
    """Reads an entry of `books.yml`: a book, which can be on a shelf without having a page.

    `shelf` is None if the book is on no shelf. The other fields are those of `BookIn`.
    """

    shelf: Annotated[Literal[Status.TO_READ, Status.READING], ShelfName] | None = Field(
        None, examples=["to-read"]
    )


@dataclass(frozen=True, slots=True)
class Books:
    """Holds the entries of `books.yml`.

    `facts` has the facts of each book, by its key and also by the 13 digits of its ISBN. `shelved`
    has the shelf of each book that is on a shelf, by key. `marks` finds the line of an entry.
    `bundles` are texts that seem to hold several names; their problems are reported unless a
    vocabulary lists the text as one name.
    """

    facts: Mapping[str, BookFacts] = field(default_factory=dict)
    shelved: Mapping[str, Status] = field(default_factory=dict)
    marks: Marks = field(default_factory=lambda: Marks(FILE_NAME))
    bundles: tuple[Bundle, ...] = ()


def read_books(text: str, context: Context) -> tuple[Books, list[Problem]]:
    """Return the books of the file, and its problems.

    The key of an entry becomes the `isbn` of the book if it is an ISBN, or else the `id`, unless
    the entry has its own. An entry without a valid title stays, with its key as title.
    """
    document = read_marked_yaml(text, FILE_NAME)
    problems = [*document.problems, *no_mapping(document, "emma: {title: Emma}")]
    books: dict[str, BookFacts] = {}
    shelved: dict[str, Status] = {}
    bundles: list[Bundle] = []
    for key, entry in document.mapping.items():
        data = empty_is_absent(entry) if isinstance(entry, dict) else {}
        marks = document.marks.below((key,))
        book, facts, found = keep_valid(ShelvedIn, data, marks, f"{key}.", context)
        problems += found
        bundles += find_bundles_of_book(facts, marks, f"{key}.")
        faults = check_links(book, f"{key}.", context.links) if book else ()
        problems += (Problem(marks.place(path), what, fix) for path, what, fix in faults)
        if book and book.shelf:
            shelved[key] = book.shelf
        # `shelf` is removed, because reviews take these facts into `book:`, which has no `shelf`.
        facts = {name: value for name, value in facts.items() if name != "shelf"}
        known = {**_names(key), **facts} if book else {"title": key, **_names(key), **facts}
        books[key] = known
        if isbn := read_isbn_key(str(known.get("isbn"))):
            books[isbn] = known
    return Books(books, shelved, document.marks, tuple(bundles)), problems


def _names(key: str) -> BookFacts:
    """Return the ISBN or id that a key states; `Emma and More` gives the id `emma-and-more`."""
    if read_isbn_key(key):
        return {"isbn": key}
    return {"id": key if re.fullmatch(r"[^\s/]+", key) else slug(key)}


def find_facts(name: str, books: Mapping[str, BookFacts]) -> BookFacts | None:
    """Return the facts of the book with this key or ISBN, with or without hyphens; or None."""
    isbn = read_isbn_key(name)
    return books.get(name) or (books.get(isbn) if isbn else None)


def read_isbn_key(name: str) -> str | None:
    """Return the 13 digits of an ISBN; None if `name` is not a valid ISBN."""
    try:
        return str(Isbn.read(name))
    except ValueError:
        return None

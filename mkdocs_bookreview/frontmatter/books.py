"""`books.yml`: facts of books that reviews may name by a key or an ISBN."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from mkdocs_bookreview.frontmatter.schema import BookIn, empty_is_absent
from mkdocs_bookreview.model.isbn import Isbn
from mkdocs_bookreview.model.names import slug
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Status
from mkdocs_bookreview.settings.marked_yaml import Marks, no_mapping, read_marked_yaml
from mkdocs_bookreview.settings.typed import keep_valid

FILE_NAME = "books.yml"

Facts = Mapping[str, object]


class ShelvedIn(BookIn):
    """A book that needs no page to stand on a shelf."""

    shelf: Literal[Status.TO_READ, Status.READING] | None = Field(None, examples=["to-read"])


@dataclass(frozen=True, slots=True)
class Books:
    """Facts by key, and by ISBN as 13 digits; `shelved` are the keys of those on a shelf."""

    facts: Mapping[str, Facts] = field(default_factory=dict)
    shelved: Mapping[str, Status] = field(default_factory=dict)
    marks: Marks = field(default_factory=lambda: Marks(FILE_NAME))


def read_books(text: str) -> tuple[Books, list[Problem]]:
    """An entry's `id` is its key unless it has one."""
    document = read_marked_yaml(text, FILE_NAME)
    problems = [*document.problems, *no_mapping(document, "emma: {title: Emma}")]
    books: dict[str, Facts] = {}
    shelved: dict[str, Status] = {}
    for key, entry in document.mapping.items():
        data = empty_is_absent(entry) if isinstance(entry, dict) else {}
        marks = document.marks.below((key,))
        book, facts, found = keep_valid(ShelvedIn, data, marks, prefix=f"{key}.")
        problems += found
        if book and book.shelf:
            shelved[key] = book.shelf
        facts = {name: value for name, value in facts.items() if name != "shelf"}
        known = {**_names(key), **facts} if book else {"title": key, **_names(key), **facts}
        books[key] = known
        if isbn := read_isbn_key(str(known.get("isbn"))):
            books[isbn] = known
    return Books(books, shelved, document.marks), problems


def _names(key: str) -> Facts:
    """A title may be a key; its slug is the id then."""
    if read_isbn_key(key):
        return {"isbn": key}
    return {"id": key if re.fullmatch(r"[^\s/]+", key) else slug(key)}


def find_facts(name: str, books: Mapping[str, Facts]) -> Facts | None:
    isbn = read_isbn_key(name)
    return books.get(name) or (books.get(isbn) if isbn else None)


def read_isbn_key(name: str) -> str | None:
    try:
        return str(Isbn.read(name))
    except ValueError:
        return None

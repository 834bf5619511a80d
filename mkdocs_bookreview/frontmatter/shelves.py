"""Find the books of `books.yml` that are on a shelf and have no page."""

from collections.abc import Iterable, Iterator, Mapping

from mkdocs_bookreview.frontmatter.books import FILE_NAME, Books
from mkdocs_bookreview.frontmatter.build import build_book
from mkdocs_bookreview.frontmatter.schema import BookIn
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review


def shelve(books: Books, reviews: Iterable[Review]) -> tuple[tuple[Review, ...], list[Problem]]:
    """Return a `Review` without a page for each book on a shelf, and the problems found.

    A book that has a review is left out, even if the review does not name the entry.
    """
    taken: dict[object, Book] = {}
    for review in reviews:
        for book in review.books:
            taken |= dict.fromkeys(_list_names(book), book)
    shelved: dict[str, Book] = {}
    problems: list[Problem] = []
    for key in books.shelved:
        book = build_book("", BookIn.model_validate(books.facts[key]))
        other = next((taken[name] for name in _list_names(book) if name in taken), None)
        if not other:
            shelved[key] = book
            taken |= dict.fromkeys(_list_names(book), book)
        elif problem := _find_clash(key, book, other, shelved):
            problems.append(Problem(books.marks.place((key,)), *problem))
    found = (
        Review(f"{FILE_NAME}#{key}", (book,), shelf=books.shelved[key])
        for key, book in shelved.items()
    )
    return tuple(found), problems


def _list_names(book: Book) -> Iterator[object]:
    """Yield what identifies a book: its key, its title with its author, and its ISBN."""
    yield book.key
    yield book.work
    if book.isbn:
        yield book.isbn


def _find_clash(
    key: str, book: Book, other: Book, shelved: Mapping[str, Book]
) -> tuple[str, str] | None:
    """Return the problem and its fix; None if `other` is the same book, which has a review."""
    if other in shelved.values():
        name = next(name for name, one in shelved.items() if one is other)
        return f"`{key}` is the same book as `{name}`.", "Leave one of them out."
    is_same = book.work == other.work or (book.isbn and book.isbn == other.isbn)
    if not is_same:
        what = (
            f"`{key}` is also the key of another book, `{other.title}`, which has a review on"
            " this site."
        )
        return what, "Write another key."
    return None

"""Define the input of all exports: the reviews that a site publishes, and their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.review import Review


class CatalogueEntry(NamedTuple):
    """Joins a `book` to its newest `review`, which may be about other books too."""

    book: Book
    review: Review


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Describes what a site publishes.

    `name` is the name of the site. `url` is the address of its root; None if not known. `reviews`
    begin with the newest. `waiting` holds books to read, and books without a page. `addresses` maps
    the source of a review to the address of its page, relative to `url`; a review is missing there
    if its address is not known.
    """

    name: str
    url: str | None
    reviews: tuple[Review, ...]
    waiting: tuple[Review, ...]
    addresses: Mapping[str, str]

    @property
    def entries(self) -> list[CatalogueEntry]:
        """Return each book once, with its newest review."""
        found: dict[str, CatalogueEntry] = {}
        for review in (*self.reviews, *self.waiting):
            for book in review.books:
                found.setdefault(book.key, CatalogueEntry(book, review))
        return list(found.values())

    def find_url(self, review: Review) -> str | None:
        """Return the address of a review; None if not known, or if the book is yet to be read."""
        address = None if review.is_stub else self.addresses.get(review.source)
        return join_address(self.url, address) if self.url and address else None


def join_address(url: str, address: str) -> str:
    """Return the full address of a page; `url` is the site's root, with or without a last slash.

    `https://a.example/pr-7` and `reviews/emma/` give `https://a.example/pr-7/reviews/emma/`.
    """
    # `urljoin` is not used, because it was measured to take 40 times as long, and the heads of
    # pages have many addresses.
    return f"{url.rstrip('/')}/{address.removeprefix('./')}"


def split_name(person: Contributor) -> tuple[str, str] | None:
    """Return family and given name if `sort` is written as `Family, Given`; otherwise None."""
    parts = [part.strip() for part in (person.sort or "").split(",")]
    return (parts[0], parts[1]) if len(parts) == len(("family", "given")) and all(parts) else None


def full_title(book: Book) -> str:
    return f"{book.title}: {book.subtitle}" if book.subtitle else book.title

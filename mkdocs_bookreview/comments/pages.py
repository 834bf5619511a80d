"""Describe the facts about a page from which its thread follows."""

from typing import Protocol

from mkdocs_bookreview.model.review import Review, Thread
from mkdocs_bookreview.settings.marked_yaml import Marks


class WrittenPage(Protocol):
    """Describes a page by its front matter: `review` and `thread` are None if it has none."""

    @property
    def source(self) -> str: ...
    @property
    def review(self) -> Review | None: ...
    @property
    def thread(self) -> Thread | None: ...
    @property
    def marks(self) -> Marks: ...


def find_book(page: WrittenPage) -> str | None:
    """Return the key of the page's book; None if the page is not about a book.

    This is `own_key`, because a page must keep its conversation when another page spells the title
    or author of the book differently.
    """
    return page.review.book.own_key if page.review else None


def find_written_id(page: WrittenPage) -> str | None:
    return page.thread.id if page.thread else None


def find_order(page: WrittenPage) -> tuple[bool, tuple[int, int, int], str]:
    """Return a key that sorts pages by date, oldest first, because a new review must come last."""
    when = page.review.date if page.review else None
    return when is None, when.order if when else (0, 0, 0), page.source

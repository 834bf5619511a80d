"""Give covers, related reviews and books the spelling that the rest of the site has."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.names import fold, fold_path
from mkdocs_bookreview.model.review import Related, Review
from mkdocs_bookreview.model.vocabulary import Vocabulary


def settle_spellings(
    pages: Mapping[str, WrittenPage], files: Collection[str], authors: Vocabulary
) -> dict[str, WrittenPage]:
    """Return the pages with names spelt as in files and in other reviews.

    A person without `sort` gets the `sort` from the file of authors.

    A Mac may write `é` in a file name as two characters, so a name with `é` as one character means
    the same file. Two books are the same if only the spelling of title and author differs.
    """
    reviews = [pages[source].review for source in sorted(pages)]
    speller = Speller((review for review in reviews if review), files, authors)
    return {source: speller.settle(page) for source, page in pages.items()}


class Speller:
    """Knows the spellings of a site: its files, the sources of its reviews, and its books.

    `reviews` must be sorted by source, because the first spelling of a book becomes its key.
    """

    def __init__(
        self, reviews: Iterable[Review], files: Collection[str], authors: Vocabulary
    ) -> None:
        self.files = files
        self.authors = authors
        # ASCII paths are left out to save time, because they have only one spelling.
        self.by_form = {fold_path(file): file for file in files if not file.isascii()}
        self.keys: dict[tuple[str, str], str] = {}
        self.sources: list[str] = []
        self.of_books: dict[str, str] = {}
        for review in reviews:
            self.sources.append(review.source)
            for book in review.books:
                key = book.key if book.id else self.keys.setdefault(book.work, book.key)
                self.of_books.setdefault(book.key, key)

    @cached_property
    def exact(self) -> frozenset[str]:
        return frozenset((*self.sources, *self.of_books.values()))

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the right spelling by folded name, for sources of reviews and keys of books."""
        sources = {fold_path(source): source for source in self.sources}
        # If keys have equal folded names, the last one added wins. The keys are added in reverse,
        # so that the first key on the site wins.
        return {fold(key): self.of_books[key] for key in reversed(self.of_books)} | sources

    def settle(self, page: WrittenPage) -> WrittenPage:
        review = page.review
        if not review:
            return page
        books = tuple(map(self.settle_book, review.books))
        related = tuple(map(self.settle_related, review.related))
        if (books, related) == (review.books, review.related):
            return page
        return replace(page, review=replace(review, books=books, related=related))

    def settle_book(self, book: Book) -> Book:
        cover = book.cover
        if cover and cover not in self.files:
            book = replace(book, cover=self.by_form.get(fold_path(cover), cover))
        if self.authors.entries:
            book = replace(book, authors=tuple(map(self.settle_person, book.authors)))
        key = None if book.id else self.keys.get(book.work)
        return replace(book, same_as=key) if key and key != book.key else book

    def settle_person(self, person: Contributor) -> Contributor:
        entry = None if person.sort else self.authors.find(person.name, person.id)
        return replace(person, sort=entry.sort) if entry and entry.sort else person

    def settle_related(self, related: Related) -> Related:
        named = related.review
        if not named or named in self.exact:
            return related
        known = self.names.get(fold_path(named)) or self.names.get(fold(named))
        return replace(related, review=known) if known else related

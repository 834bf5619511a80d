"""Give covers, related reviews and books the spelling that the rest of the site has."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.names import fold, fold_path
from mkdocs_bookreview.model.review import Related, Review


def settle_spellings(
    pages: Mapping[str, WrittenPage], files: Collection[str]
) -> dict[str, WrittenPage]:
    """Return the pages with names as files and other reviews have them.

    A Mac may write `é` in a file name as two characters; front matter that has it as one means the
    same file. Two books are one if only the spelling of title and author differs.
    """
    reviews = [pages[source].review for source in sorted(pages)]
    speller = Speller((review for review in reviews if review), files)
    return {source: speller.settle(page) for source, page in pages.items()}


class Speller:
    """Knows the spellings of a site: its files, the sources of its reviews, and its books.

    `reviews` are in the order of their sources, because the first spelling of a book is its key.
    """

    def __init__(self, reviews: Iterable[Review], files: Collection[str]) -> None:
        self.files = files
        # Only these can have several forms, and most sites have few of them.
        self.by_form = {fold_path(file): file for file in files if not file.isascii()}
        self.keys: dict[tuple[str, str], str] = {}
        self.names: dict[str, str] = {}
        self.exact: set[str] = set()
        for review in reviews:
            self.names[fold_path(review.source)] = review.source
            for book in review.books:
                key = book.key if book.id else self.keys.setdefault(book.work, book.key)
                self.names.setdefault(fold(book.key), key)
                self.exact |= {key, review.source}

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
        key = None if book.id else self.keys.get(book.work)
        return replace(book, same_as=key) if key and key != book.key else book

    def settle_related(self, related: Related) -> Related:
        named = related.review
        if not named or named in self.exact:
            return related
        known = self.names.get(fold_path(named)) or self.names.get(fold(named))
        return replace(related, review=known) if known else related

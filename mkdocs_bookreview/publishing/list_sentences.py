"""Writes a sentence about each page of a list: its subject, its size and two examples."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from mkdocs_bookreview.cards.names import join_names, list_names
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.listings.taxonomies import find_kind
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.review import Review, Status
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term, count_books
from mkdocs_bookreview.publishing.markdown_text import plain
from mkdocs_bookreview.publishing.plan import Plan
from mkdocs_bookreview.publishing.shortening import shorten
from mkdocs_bookreview.settings.settings import THEMES, Settings
from mkdocs_bookreview.words.language import Words

_EXAMPLES = 2
_MOST = 160  # characters, because search engines show about that many
_FEW = 70  # characters; a shorter sentence leaves room for the words of a review
# Each way to write a sentence: the greatest length of a name or title, and whether authors are
# named. The first way that gives a short enough sentence is used.
_WAYS = ((60, True), (60, False), (35, False))


@dataclass(frozen=True, slots=True)
class _Content:
    """Holds the content of a list; `total` counts its books or terms on all of its pages.

    `books` are the first books on the page, with their reviews. An index lists `terms` instead.
    `is_waiting` is True if no book of the list has a review.
    """

    total: int
    books: tuple[tuple[Book, Review], ...] = ()
    terms: tuple[Term, ...] = ()
    is_waiting: bool = False


class ListDescriber:
    """Describes the pages of lists.

    Only books with a review are named, because others may be known to nobody but the author.
    """

    def __init__(self, plan: Plan, settings: Settings, words: Words) -> None:
        self._taxonomies = plan.taxonomies
        self._settings = settings
        self._words = words
        self._reviews = plan.library.reviews
        self._reviewed = {review.source for review in self._reviews}
        indexes = (one for one in plan.listings if one.taxonomy and not one.term)
        self._titles = {listing.taxonomy: listing.title for listing in indexes}
        terms = (term for taxonomy in self._taxonomies.values() for term in taxonomy.terms)
        self._names = Counter(term.name.casefold() for term in terms)
        self._total = count_books(self._reviews)
        self._counts: dict[str, tuple[int, bool]] = {}

    def describe(self, listing: Listing) -> str:
        """Return a sentence as plain text, with names left out or cut if it would be too long."""
        content = self._find_content(listing)
        if not content.total and not listing.term:
            return self._words("no_themes" if listing.taxonomy else "no_reviews")
        text = ""
        for longest, has_authors in _WAYS:
            text = self._write(listing, content, longest, has_authors=has_authors)
            if len(text) <= _MOST:
                break
        return _extend(text, content)

    def _write(
        self, listing: Listing, content: _Content, longest: int, *, has_authors: bool
    ) -> str:
        words, total = self._words, content.total
        text = self._introduce(listing, total, longest)
        names = [_cut(term.name, longest) for term in content.terms]
        names += self._name_books(content, listing, longest, has_authors=has_authors)
        if names:
            key = "described_all" if len(names) == total else "described_among"
            text = words(key, text=text, names=join_names(names, words))
        if content.is_waiting:
            text = words("described_waiting", text=text)
        if listing.number > 1:
            text = words("page_of_list", title=text, number=listing.number)
        return plain(words("described_sentence", text=text))

    def _introduce(self, listing: Listing, total: int, longest: int) -> str:
        """Return the subject of the page and the size of the list: `Memory: 7 books`."""
        words, title = self._words, _cut(listing.title, longest)
        if listing.term:
            return words(
                "described_year" if listing.taxonomy == "years" else "described_term",
                name=self._name_term(listing, listing.term, longest),
                books=words(self._choose_count(listing, listing.term), n=total),
            )
        if listing.taxonomy:
            taxonomy = self._taxonomies[listing.taxonomy]
            books = count_books(review for term in taxonomy.terms for review in term.reviews)
            counted = words("books_count", n=books)
            return words("described_index", n=total, title=title, books=counted)
        if listing.shows in {"browse", "stats"}:
            return words(f"described_{listing.shows}", n=total, title=title)
        return words("described_reviews", n=total)

    def _choose_count(self, listing: Listing, term: Term) -> str:
        """Return the key of the text that counts books of the term, or of the terms below it."""
        if term.mentions or not self._taxonomies[listing.taxonomy or ""].children(term):
            return "books_count"
        return "theme_count_below" if listing.taxonomy == THEMES else "term_count_below"

    def _name_term(self, listing: Listing, term: Term, longest: int) -> str:
        """Return the name of a term, with its taxonomy if the name is ambiguous: `Sea (Genres)`."""
        name = _cut(term.name, longest)
        if self._names[term.name.casefold()] == 1:
            return name
        return self._words("described_name", name=name, list=self._titles[listing.taxonomy])

    def _name_books(
        self, content: _Content, listing: Listing, longest: int, *, has_authors: bool
    ) -> Iterator[str]:
        """Yield titles with authors; of two books by the same authors, only the last has them."""
        books = [book for book, _ in content.books]
        named = [self._name_people(book, listing) if has_authors else "" for book in books]
        for book, names, later in zip(books, named, (*named[1:], ""), strict=False):
            title = self._words("described_title", title=_cut(book.title, longest))
            if names and names != later:
                title = self._words("described_book", title=title, names=_cut(names, longest))
            yield title

    def _name_people(self, book: Book, listing: Listing) -> str:
        """Return the authors of a book; "" if the title of the page names one of them."""
        find = self._taxonomies["authors"].find if listing.taxonomy == "authors" else None
        if find and any(find(one.name, one.id) is listing.term for one in book.credited):
            return ""
        return list_names(book.credited, self._words)

    def _find_content(self, listing: Listing) -> _Content:
        if listing.term:
            return self._find_listed(listing, listing.term)
        if listing.taxonomy:
            terms = self._sort_terms(listing.taxonomy, self._taxonomies[listing.taxonomy])
            total = len(self._taxonomies[listing.taxonomy].terms)
            return _Content(total, terms=tuple(terms[:_EXAMPLES]))
        if listing.shows == "stats":
            found = [review for review in self._reviews if _is_finished(review)]
            return _Content(count_books(found), self._find_books(found))
        if listing.shows == "browse":
            return _Content(len(self._reviews), self._find_books(self._reviews))
        shown = (review for _, group in listing.groups for review in group)
        return _Content(self._total, self._find_books(shown))

    def _find_listed(self, listing: Listing, term: Term) -> _Content:
        """Return the books of a term, or the books of the terms below it if it has none."""
        shown = (review for _, group in listing.groups for review in group)
        below = () if term.mentions else self._list_reviews(listing, term)
        total, is_waiting = self._count(listing, term)
        return _Content(total, self._find_books(below or shown), is_waiting=is_waiting)

    def _list_reviews(self, listing: Listing, term: Term) -> tuple[Review, ...]:
        return term.reviews or self._taxonomies[listing.taxonomy or ""].list_reviews(term)

    def _count(self, listing: Listing, term: Term) -> tuple[int, bool]:
        """Return the number of books of a term, and whether none of them has a review."""
        first = listing.pages[0]  # because all pages of a list have the same books
        if first not in self._counts:
            reviews = self._list_reviews(listing, term)
            is_waiting = not any(review.source in self._reviewed for review in reviews)
            self._counts[first] = count_books(reviews), is_waiting
        return self._counts[first]

    def _find_books(self, reviews: Iterable[Review]) -> tuple[tuple[Book, Review], ...]:
        return tuple(islice(self._list_books(reviews), _EXAMPLES))

    def _list_books(self, reviews: Iterable[Review]) -> Iterator[tuple[Book, Review]]:
        """Yield each book once, with its review, without books that wait for a review."""
        seen: set[str] = set()
        for review in reviews:
            for book in review.books if review.source in self._reviewed else ():
                if book.key not in seen:
                    seen.add(book.key)
                    yield book, review

    def _sort_terms(self, name: str, taxonomy: Taxonomy) -> tuple[Term, ...]:
        """Return the terms in the order of their list.

        A list in the order of names shows a tree, so return only its topmost terms.
        """
        order = self._settings.grouped_by[name].sort or find_kind(name).sort
        if order == "count":
            return tuple(sorted(taxonomy.terms, key=lambda term: -taxonomy.count(term)))
        return taxonomy.terms[::-1] if order == "-name" else taxonomy.roots


def _is_finished(review: Review) -> bool:
    return any(reading.status is Status.READ for reading in review.readings)


def _cut(text: str, most: int) -> str:
    return shorten(" ".join(text.split()), most)


def _extend(text: str, content: _Content) -> str:
    """Return the sentence, extended by a description or verdict if it is short and on one book."""
    if len(text) >= _FEW or content.total > 1:
        return text
    reviews = (review for _, review in content.books)
    more = " ".join(one.description or one.verdict or "" for one in reviews).split()
    longer = plain(" ".join([text, *more]))
    return longer if len(longer) <= _MOST else text

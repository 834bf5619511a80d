"""Finds the books for which a page asks how far readers have read, and the scale of the answer."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from mkdocs_bookreview.cards.views import BookProgress, SpoilerControl
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.words.language import Words

# The keys `progress`, `chapter` and `book` that a spoiler has, with their values.
SpoilerFacts = Mapping[str, str]

_SCALES = frozenset({"chapter", "progress"})
_PERCENT = 100
_FIELD = "\0"
_FEWEST = 3  # spoilers without a position for which a page has a control


class ReadingProgress:
    """Collects the spoilers of a site, page by page, beginning with those on cards.

    If not `has_bar`, no page has a control that opens spoilers.
    """

    def __init__(self, reviews: Iterable[Review], words: Words, *, has_bar: bool = True) -> None:
        self.words = words
        self._has_bar = has_bar
        self._own: dict[str, str] = {}
        self._chapters: dict[str, int] = {}
        self._scales: defaultdict[str, set[str]] = defaultdict(set)
        self._totals: Counter[str] = Counter()
        self._placed: set[str] = set()
        for review in reviews:
            self._own[review.source] = review.book.key
            for book in review.books:
                if book.chapters:
                    self._chapters.setdefault(book.key, book.chapters)
            # Spoilers on a card have no position, so their facts are empty.
            self.add(review.source, [{}] * len(review.hidden))

    def add(self, source: str, spoilers: Iterable[SpoilerFacts]) -> None:
        """Add the spoilers of a page; a spoiler that names no book belongs to the page's first."""
        for facts in spoilers:
            self._totals[source] += 1
            if _SCALES & facts.keys():
                self._placed.add(source)
            if key := facts.get("book") or self._own.get(source):
                self._scales[key] |= _SCALES & facts.keys()

    def is_mixed(self, key: str) -> bool:
        """Return whether a book has both scales, and no number of chapters to convert them."""
        return len(self._scales.get(key, ())) > 1 and key not in self._chapters

    def control(self, source: str, review: Review | None) -> SpoilerControl | None:
        """Return the control of a page, or None if the page needs no control.

        A page has a control if a spoiler about its books has a position, there or on another page.
        A page with at least three spoilers has a control too, and so has a page with two spoilers
        if one of them has a position.
        """
        if not self._has_bar:
            return None
        books = review.books if review else ()
        is_placed = any(self._scales.get(book.key) for book in books)
        total = self._totals[source]
        if not is_placed and total < _FEWEST - (source in self._placed):
            return None
        rows = tuple(
            self._ask(book, with_title=len(books) > 1) for book in books if book.key in self._scales
        )
        return SpoilerControl(self._own.get(source), rows, total)

    def _ask(self, book: Book, *, with_title: bool) -> BookProgress:
        key = book.key
        words = self.words
        question = words("how_far_in", title=book.title) if with_title else words("how_far")
        if not self._scales[key]:
            return BookProgress(key, question, None, None, "", "")
        if chapters := self._chapters.get(key):
            scale, text = "chapter", words("at_chapter_of", at=_FIELD, chapters=chapters)
        elif self._scales[key] == {"chapter"}:
            scale, text = "chapter", words("at_chapter", at=_FIELD)
        else:
            scale, text = "progress", words("at_percent", at=_FIELD)
        before, _, after = text.partition(_FIELD)
        most = chapters if scale == "chapter" else _PERCENT
        return BookProgress(key, question, scale, most, before, after)


def check_scales(
    progress: ReadingProgress, reviews: Iterable[Review], find_place: Callable[[Review, int], Place]
) -> Iterator[Problem]:
    """Report each book with mixed scales once, in the first of its reviews.

    `find_place` gets the review and the number of the book in it, counted from 0.
    """
    reported: set[str] = set()
    for review in reviews:
        for number, book in enumerate(review.books):
            if book.key not in reported and progress.is_mixed(book.key):
                reported.add(book.key)
                what = "Some spoilers of this book have `progress`, and others have `chapter`."
                fix = "Write how many chapters it has, for example `chapters: 31`, under `book:`."
                yield Problem(find_place(review, number), what, fix)

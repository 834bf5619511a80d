"""Builds the rows of facts about a book and its review, and the line of dates."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from mkdocs_bookreview.cards.pieces import Pieces
from mkdocs_bookreview.cards.readings import ReadingLine, ReadingWords
from mkdocs_bookreview.cards.views import Fact
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.names import capitalise
from mkdocs_bookreview.model.review import Review, Status

# The key of rows about people whose role has no row of its own.
PEOPLE = "people"
_ROLES = frozenset({"translator", "narrator", "illustrator", "editor", "contributor"})
# Nobody gave these copies to the reviewer. Any other copy must be named before the review, because
# it may be a gift.
_OWN_COPIES = frozenset({"bought", "library"})


class FactBuilder:
    """Builds rows such as "Language: French"; `pieces` has the names and links in them.

    `reviewer` is the author of reviews that name no reviewer; the line of dates leaves out this
    name.
    """

    def __init__(self, pieces: Pieces, reviewer: str | None) -> None:
        self._pieces = pieces
        self._words = pieces.words
        self._reviewer = reviewer
        self._readings = ReadingWords(pieces.words, pieces.date, pieces.stars)
        self._line = ReadingLine(pieces.words, pieces.date)

    def build_book(self, book: Book) -> Iterator[Fact]:
        """Yield the facts of a book that are not in its byline."""
        pieces, words = self._pieces, self._words
        for role, people in _by_role(book).items():
            name = words.find(f"role_{role}") or capitalise(role)
            yield Fact(role if role in _ROLES else PEOPLE, name, pieces.names(people))
        first = book.first_published if book.first_published != book.published else None
        language = words.language_name(book.language) if book.language else ""
        is_long = book.pages and book.duration  # otherwise the byline has the only length
        rows = {
            "first_published": pieces.date(first) if first else "",
            "original": self._original(book),
            "language": pieces.link("languages", language),
            "format": pieces.link("formats", capitalise(book.format or "")),
            "genres": pieces.links("genres", book.genres),
            "moods": pieces.links("moods", book.moods),
            "pace": pieces.link("pace", capitalise(book.pace or "")),
            "length": words.duration(book.duration) if is_long and book.duration else "",
        }
        yield from self._name(rows)
        if book.isbn:
            yield Fact("isbn", "ISBN", str(book.isbn))

    def build_review(self, review: Review, *, with_dates: bool) -> Iterator[Fact]:
        """Yield the facts of the reading and of the review.

        If the card has the line of dates, leave out the rows that would only repeat it.
        """
        is_read_said = with_dates and self._line.says_all(review.readings)
        is_review_said = with_dates and not (review.updated or self._is_usual(review))
        if review.readings and not is_read_said:
            yield Fact("read", self._name_readings(review), self._list_readings(review))
        rows = {
            "reviewed": "" if is_review_said else self._reviewed(review),
            "copy": "" if self.is_given(review) and not review.disclosure else self._copy(review),
        }
        yield from self._name(rows)
        for key, names in review.more.items():
            if key in self._pieces.at.terms:
                pages = self._pieces.at.terms[key]
                yield Fact(key, pages.title, self._pieces.links(key, names))

    def build_dates(self, review: Review, comments: int) -> Iterator[str]:
        """Yield the parts of the line of dates: `Read April 2024`, `reviewed May 1, 2024`.

        `comments` counts the archived comments of the page, to which a link leads.
        """
        parts = list(self._list_dates(review))
        yield from (
            one[:1].upper() + one[1:] if not place else one for place, one in enumerate(parts)
        )
        if comments:
            text = self._words("archive_count", n=comments)
            yield Markup('<a href="#bookreview-archive">{}</a>').format(text)

    def is_given(self, review: Review) -> bool:
        """Return whether the copy may be a gift, because it is not bought or from a library."""
        return review.copy is not None and review.copy.lower() not in _OWN_COPIES

    def disclose_copy(self, review: Review) -> str:
        """Return where the copy came from, as a sentence: `My copy: a gift`."""
        return f"{self._words('copy')}: {self._copy(review)}"

    def _name(self, rows: Mapping[str, str]) -> Iterator[Fact]:
        return (Fact(key, self._words(key), value) for key, value in rows.items() if value)

    def _list_dates(self, review: Review) -> Iterator[str]:
        words = self._words
        yield from self._line.sum_up(review.readings)
        if review.shelf:
            yield words(f"status_{review.shelf.name.lower()}")
        name = None if self._is_usual(review) else review.reviewer
        if review.date:
            key = "reviewed_on_by" if name else "reviewed_on"
            yield words(key, date=self._pieces.date(review.date), name=name)
        elif name:
            yield words("reviewed_who", name=name)

    def _is_usual(self, review: Review) -> bool:
        """Return whether the review is by the reviewer whom the site's options name."""
        return bool(review.reviewer) and review.reviewer == self._reviewer

    def _name_readings(self, review: Review) -> str:
        """Return the name of the row: `Read`, or `Reading` if a reading was not finished."""
        is_read = all(reading.status is Status.READ for reading in review.readings)
        return self._words("read" if is_read else "reading")

    def _list_readings(self, review: Review) -> Markup:
        """Return all readings, each on a line of its own."""
        return Markup("<br>").join(map(escape, self._readings.describe(review.readings)))

    def _copy(self, review: Review) -> str:
        copy = review.copy or ""
        return self._words.find(f"copy_{copy.lower()}") or capitalise(copy)

    def _original(self, book: Book) -> str:
        """Return title and language of the original, as far as they are known."""
        title = book.original_title or ""
        if not book.original_language:
            return title
        name = self._words.language_name(book.original_language)
        return self._words("title_in", title=title, language=name) if title else name

    def _reviewed(self, review: Review) -> str:
        date, words = self._pieces.date, self._words
        text = date(review.date) if review.date else ""
        if text and review.reviewer:
            text = words("reviewed_by", date=text, name=review.reviewer)
        if review.updated and text:
            text = words("updated", date=text, updated=date(review.updated))
        return text or review.reviewer or ""


def _by_role(book: Book) -> dict[str, list[Contributor]]:
    """Return contributors by role, without those who are already in the byline."""
    roles: dict[str, list[Contributor]] = {}
    for person in book.authors:
        if person not in book.credited:
            roles.setdefault(person.role.lower(), []).append(person)
    return roles

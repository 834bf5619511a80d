"""Builds the rows of facts about a book and its review."""

from collections.abc import Iterator

from mkdocs_bookreview.cards.pieces import Pieces
from mkdocs_bookreview.cards.readings import ReadingWords
from mkdocs_bookreview.cards.views import Fact
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.review import Review

# The key of each row about people whose role is none of these.
PEOPLE = "people"
_ROLES = frozenset({"translator", "narrator", "illustrator", "editor", "contributor"})


class FactBuilder:
    """Builds rows such as "Language: French"; `pieces` has the names and links in them."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._words = pieces.words
        self._readings = ReadingWords(pieces.words, pieces.date, pieces.stars)

    def build_book(self, book: Book) -> Iterator[Fact]:
        """Yield the facts of a book that are not in its byline."""
        pieces, words = self._pieces, self._words
        for role, people in _by_role(book).items():
            name = words.find(f"role_{role}") or role.capitalize()
            yield Fact(role if role in _ROLES else PEOPLE, name, pieces.names(people))
        first = book.first_published if book.first_published != book.published else None
        language = words.language_name(book.language) if book.language else ""
        is_long = book.pages and book.duration  # otherwise the byline has the only length
        rows = {
            "first_published": pieces.date(first) if first else "",
            "original": self._original(book),
            "language": pieces.link("languages", language),
            "format": pieces.link("formats", (book.format or "").capitalize()),
            "genres": pieces.links("genres", book.genres),
            "moods": pieces.links("moods", book.moods),
            "pace": pieces.link("pace", (book.pace or "").capitalize()),
            "length": words.duration(book.duration) if is_long and book.duration else "",
        }
        yield from (Fact(key, words(key), value) for key, value in rows.items() if value)
        if book.isbn:
            yield Fact("isbn", "ISBN", str(book.isbn))

    def build_review(self, review: Review) -> Iterator[Fact]:
        """Yield the facts of the reading and of the review."""
        pieces, words = self._pieces, self._words
        for text in self._readings.describe(review.readings):
            yield Fact("read", words("read"), text)
        if review.shelf:
            yield Fact("read", words("read"), words(f"status_{review.shelf.name.lower()}"))
        if review.date or review.reviewer:
            yield Fact("reviewed", words("reviewed"), self._reviewed(review))
        if review.copy:
            known = words.find(f"copy_{review.copy.lower()}")
            yield Fact("copy", words("copy"), known or review.copy.capitalize())
        for key, names in review.more.items():
            if key in pieces.at.terms:
                yield Fact(key, pieces.at.terms[key].title, pieces.links(key, names))

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

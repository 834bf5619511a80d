"""Makes the links of a book: the links that the author wrote, and the links of the site."""

from collections.abc import Mapping
from urllib.parse import quote

from mkdocs_bookreview.model.book import Book, Link
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.settings.links import IDS, PLACEHOLDER, LinkSettings


class BookLinks:
    """Finds the links of books; `templates` has the site's templates of links by name."""

    def __init__(self, templates: Mapping[str, LinkSettings]) -> None:
        self.templates = templates
        # A split template has texts and names in turn: `https://a.example/?q=`, `title`, ``.
        self._parts = {name: PLACEHOLDER.split(one.url) for name, one in templates.items()}

    def find(self, book: Book) -> tuple[Link, ...]:
        """Return the site's links in their order, and then the links that only this book has.

        A link of the book replaces the site's link of the same name. A link of the site is left out
        if the book lacks a fact that the link needs, or if the author has turned the link off.
        """
        if not self.templates:
            return book.links
        own = {fold(link.name): link for link in book.links}
        off = {*map(fold, book.unlinked)}
        facts = _list_facts(book)
        found: dict[str, Link] = {}
        for name in self.templates:
            key = fold(name)
            if link := own.get(key) or (None if key in off else self._fill(name, facts)):
                found[key] = link
        return (*found.values(), *(link for link in book.links if fold(link.name) not in found))

    def _fill(self, name: str, facts: Mapping[str, str | None]) -> Link | None:
        """Return the site's link of this name, or None if the book lacks a fact that it needs."""
        first, *rest = self._parts[name]
        values = [facts.get(one.lower()) for one in rest[::2]]
        if not all(values):
            return None
        quoted = (quote(str(value), safe="") for value in values)
        filled = "".join(f"{value}{text}" for value, text in zip(quoted, rest[1::2], strict=True))
        return Link(name, first + filled, self.templates[name].affiliate)


def _list_facts(book: Book) -> dict[str, str | None]:
    """Return the values that templates can name, by lower-case name; None if not known."""
    ids = {f"{IDS}{name.lower()}": value for name, value in book.ids.items()}
    return {
        "isbn": str(book.isbn) if book.isbn else None,
        "isbn10": book.isbn.ten if book.isbn else None,
        "title": book.title,
        "author": book.credited[0].name if book.credited else None,
        **ids,
    }

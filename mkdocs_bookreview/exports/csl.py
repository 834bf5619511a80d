"""Write books as CSL-JSON, from which Zotero, pandoc and other programs cite.

https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
"""

import json
from collections import defaultdict

from mkdocs_bookreview.exports.catalogue import (
    Catalogue,
    CatalogueEntry,
    full_title,
    split_name,
)
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate

_ROLES = frozenset({"author", "editor", "illustrator", "translator"})
_OTHERS = "contributor"


def render_csl(catalogue: Catalogue) -> str:
    books = [_entry(entry, catalogue) for entry in catalogue.entries]
    return json.dumps(books, ensure_ascii=False, indent=2) + "\n"


def _entry(entry: CatalogueEntry, catalogue: Catalogue) -> dict[str, object]:
    facts = {
        "id": entry.book.key,
        "type": "book",
        **_book(entry.book),
        "keyword": ", ".join(theme.name for theme in entry.review.open_themes),
        "URL": catalogue.find_url(entry.review),
    }
    return {key: value for key, value in facts.items() if value}


def _book(book: Book) -> dict[str, object]:
    series = next(iter(book.series), None)
    position = series.position if series else None
    return {
        **_people(book),
        "title": full_title(book),
        "title-short": book.title if book.subtitle else None,
        "original-title": book.original_title,
        "issued": _date(book.published),
        "original-date": _date(book.first_published),
        "publisher": book.publisher,
        "ISBN": book.isbn and str(book.isbn),
        "number-of-pages": book.pages,
        "collection-title": series and series.name,
        "collection-number": position and position.plain,
        "language": book.language,
    }


def _people(book: Book) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for person in book.authors:
        role = person.role.lower()
        found[role if role in _ROLES else _OTHERS].append(_name(person))
    return found


def _name(person: Contributor) -> dict[str, str]:
    name = split_name(person)
    return dict(zip(("family", "given"), name, strict=True)) if name else {"literal": person.name}


def _date(when: PartialDate | None) -> dict[str, object] | None:
    """Return year, month and day as far as known, and whether they are approximate.

    Years BCE stay as they are, because CSL writes them as negative numbers too, without a year 0.
    """
    if not when:
        return None
    parts = [part for part in (when.year, when.month, when.day) if part]
    return {"date-parts": [parts], **({"circa": True} if when.is_approximate else {})}

"""Write books as BibTeX in Unicode, with the fields of both BibTeX and biblatex.

https://ctan.org/pkg/biblatex
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

from mkdocs_bookreview.exports.catalogue import (
    Catalogue,
    CatalogueEntry,
    split_name,
)
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate

_ROLES = ("author", "editor", "translator")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Braces become commands, because BibTeX would count an escaped brace as a brace.
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "#$%&_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ESCAPES = str.maketrans(_SIGNS)
_NOT_IN_KEYS = re.compile(r"[\s{}(),=#%~^\\\"'@]+")
_URL = "/:?&=#%+,;@!$'()*~-._"  # no braces, because the field is in braces
_AND = re.compile(r"\band\b", re.IGNORECASE)
_MISLEADING = re.compile(rf",|{_AND.pattern}", re.IGNORECASE)


def render_bibtex(catalogue: Catalogue) -> str:
    return "\n".join(_entry(entry, catalogue) for entry in catalogue.entries)


def _entry(entry: CatalogueEntry, catalogue: Catalogue) -> str:
    url = catalogue.find_url(entry.review)
    themes = (theme.name.replace(",", "") for theme in entry.review.open_themes)
    fields = {
        **_book(entry.book),
        "keywords": _braced(", ".join(themes)),
        "url": f"{{{quote(url, safe=_URL)}}}" if url else "",
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@book{{{_NOT_IN_KEYS.sub('-', entry.book.key)},\n{lines}}}\n"


def _book(book: Book) -> dict[str, str]:
    series = next(iter(book.series), None)
    return {
        **{
            role: _names(one for one in book.authors if one.role.lower() == role) for role in _ROLES
        },
        "title": _braced(book.title),
        "sorttitle": _braced(book.sort),
        "subtitle": _braced(book.subtitle),
        **_date(book.published),
        "origdate": f"{{{_write_date(book.first_published)}}}" if book.first_published else "",
        "publisher": _braced(book.publisher),
        "isbn": _braced(book.isbn),
        "pagetotal": _braced(book.pages),
        "series": _braced(series and series.name),
        "number": _braced(series and series.position and series.position.plain),
    }


def _names(people: Iterable[Contributor]) -> str:
    return f"{{{names}}}" if (names := " and ".join(map(_name, people))) else ""


def _name(person: Contributor) -> str:
    """Return a name as `Family, Given` if both parts are known; otherwise as it was written.

    Braces protect a name that BibTeX would misread. `Simon and Schuster` becomes
    `{Simon and Schuster}`, because it would be two people otherwise.
    """
    if name := split_name(person):
        return ", ".join(_protect(part, _AND) for part in name)
    return _protect(person.name, _MISLEADING)


def _protect(name: str, misleading: re.Pattern[str]) -> str:
    escaped = name.translate(_ESCAPES)
    return f"{{{escaped}}}" if misleading.search(name) else escaped


def _date(when: PartialDate | None) -> dict[str, str]:
    """Return the fields of a date; none if there is no date.

    BibTeX reads `year` and `month`, and only biblatex reads `date`. A year BCE is only in `date`,
    because BibTeX has no such years. An approximate date is in `date`, and its year also in `year`.
    """
    if not when:
        return {}
    date = {"date": f"{{{_write_date(when)}}}"} if when.year < 0 or when.is_approximate else {}
    if when.year < 0:
        return date
    return {
        **date,
        "year": f"{{{when.year}}}",
        "month": _MONTHS[when.month - 1] if when.month else "",
    }


def _write_date(when: PartialDate) -> str:
    """Return the date as biblatex reads it: `1815-12`, or `1815~` if it is approximate.

    ISO 8601 counts 1 BCE as the year 0, so -44 gives `-0043`. Month and day of a year BCE are left
    out, because they belong to another calendar.
    """
    year = when.year + (when.year < 0)
    parts = [when.month, when.day] if when.year > 0 else []
    text = "-".join([f"{'-' if year < 0 else ''}{abs(year):04}", *(f"{n:02}" for n in parts if n)])
    return f"{text}~" if when.is_approximate else text


def _braced(text: object) -> str:
    return f"{{{str(text).translate(_ESCAPES)}}}" if text else ""

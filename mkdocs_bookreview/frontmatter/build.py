"""Build books and reviews from front matter that the schema has validated."""

import posixpath
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from mkdocs_bookreview.frontmatter.readings import build_readings, choose_shelf
from mkdocs_bookreview.frontmatter.schema import BookIn, RelatedIn, ReviewIn
from mkdocs_bookreview.model.book import Book, Contributor, Link, SeriesEntry
from mkdocs_bookreview.model.review import (
    Aspect,
    ContentWarning,
    Quote,
    Related,
    Review,
    ThemeMention,
)
from mkdocs_bookreview.settings.schemas import Typed


def name_page(source: str) -> str:
    """Return a title made from a page's path: `books/never-let-me-go.md` gives `Never let me go`.

    A file named `index.md` or `README.md` takes the name of its folder.
    """
    path = PurePosixPath(source)
    stem = path.parent.name if path.stem in {"index", "README"} and path.parent.name else path.stem
    return stem.replace("-", " ").strip().capitalize() or stem


def resolve(source: str, path: str) -> str:
    """Return a path below the docs folder, made from a path relative to the page `source`.

    On the page `books/emma.md`, `../covers/emma.jpg` gives `covers/emma.jpg`. `/covers/emma.jpg`
    gives the same, because other programs write paths from the root of the site like that.
    """
    folder = "" if path.startswith("/") else posixpath.dirname(source)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))


def build_book(source: str, found: BookIn) -> Book:
    values = _fields(found, without={"author", "authors", "series", "links", "cover"})
    return Book(
        **values,
        cover=resolve(source, found.cover) if found.cover else None,
        authors=tuple(Contributor(**_fields(one)) for one in (*found.author, *found.authors)),
        series=tuple(SeriesEntry(**_fields(one)) for one in found.series),
        links=tuple(
            Link(name, link.url, link.affiliate) for name, link in found.links.items() if link
        ),
        unlinked=tuple(name for name, link in found.links.items() if not link),
    )


def build_related(source: str, found: RelatedIn) -> Related:
    review = found.review
    # Only a file name is relative to the page; other names are keys of books.
    if review and review.endswith(".md"):
        review = resolve(source, review)
    return Related(review=review, **_fields(found, without={"review"}))


def build_review(
    source: str,
    books: tuple[Book, ...],
    found: ReviewIn,
    more: Mapping[str, tuple[str, ...]],
    aspects: Iterable[str] = (),
) -> Review:
    """Return the review of a page.

    `more` has the values of the author's own keys. `aspects` are the names in the option
    `rating.aspects`, which decide the order of the ratings.
    """
    readings = {"read", "times", "shelf"}
    nested = {"themes", "warnings", "copy_", "related", "quotes", "comments", "ratings"}
    return Review(
        source=source,
        books=books,
        **_fields(found, without=nested | readings),
        copy=found.copy_,
        readings=build_readings(found),
        shelf=choose_shelf(found),
        themes=tuple(ThemeMention(**_fields(one)) for one in found.themes),
        warnings=tuple(
            ContentWarning(warning.name, severity, warning.spoiler)
            for severity, warning in found.warnings.graded
        ),
        related=tuple(build_related(source, one) for one in found.related),
        quotes=tuple(Quote(**_fields(one)) for one in found.quotes),
        comments=found.comments.thread,
        aspects=tuple(
            Aspect(name, found.ratings[name]) for name in aspects if name in found.ratings
        ),
        more=more,
    )


def _fields(found: Typed, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the fields of a schema as arguments for the model's class with equal field names."""
    return {name: value for name, value in vars(found).items() if name not in without}

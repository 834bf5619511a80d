"""Lists the properties from which other services make the preview of a link to a page.

They are properties of https://ogp.me, and one that only X (Twitter) reads.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.structured_data.head import HeadPage, HeadPicture, HeadSite, Property
from mkdocs_bookreview.structured_data.things import write_date

Kind = Literal["article", "book"]


def list_properties(
    page: HeadPage, site: HeadSite, review: Review | None, kind: Kind
) -> Iterator[Property]:
    """Yield the properties of a page; `review` is None on a page that is not one review.

    `kind` is the type of a review for other services. A review of several books is an article,
    because a page can be only one book. All other pages, even that of a book still to read, are of
    the type `website`.
    """
    is_review = review is not None and not review.is_stub
    shown = "article" if review and len(review.books) > 1 else kind
    yield Property("og:type", shown if is_review else "website")
    yield Property("og:title", page.title or site.name)
    if page.description:
        yield Property("og:description", page.description)
    if page.url:
        yield Property("og:url", page.url)
    yield Property("og:site_name", site.name)
    if locale := find_locale(site.language):
        yield Property("og:locale", locale)
    if page.picture:
        yield from _describe_picture(page.picture)
    if review and is_review:
        listed = _list_book(review.book) if shown == "book" else _list_article(review, site)
        yield from listed
        for name in dict.fromkeys(theme.name for theme in review.open_themes):
            yield Property(f"{shown}:tag", name)
    # This is not `summary_large_image`, because X cuts such a picture to half as high as wide, and
    # covers are higher than wide.
    yield Property("twitter:card", "summary")


def _describe_picture(picture: HeadPicture) -> Iterator[Property]:
    """Yield the properties of a picture.

    The address comes first, because the other properties describe the address before them.
    """
    yield Property("og:image", picture.address)
    if picture.width and picture.height:
        yield Property("og:image:width", str(picture.width))
        yield Property("og:image:height", str(picture.height))
    if picture.alt:
        yield Property("og:image:alt", picture.alt)


def _list_article(review: Review, site: HeadSite) -> Iterator[Property]:
    if published := write_date(review.date):
        yield Property("article:published_time", published)
    if updated := write_date(review.updated):
        yield Property("article:modified_time", updated)
    if author := review.reviewer or site.author:
        yield Property("article:author", author)


def _list_book(book: Book) -> Iterator[Property]:
    for writer in book.writers:
        yield Property("book:author", writer.name)
    if book.isbn:
        yield Property("book:isbn", str(book.isbn))
    if released := write_date(book.published or book.first_published):
        yield Property("book:release_date", released)


@lru_cache(maxsize=16)
def find_locale(tag: str) -> str | None:
    """Return a language with its country: `de_DE` for `de`, `zh_TW` for `zh-Hant`.

    Return None if no country is known, as for Esperanto.
    """
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    likely = get_global("likely_subtags")
    names = (f"{locale.language}_{locale.script}", locale.language)
    countries = (likely.get(name, "").rpartition("_")[2] for name in names)
    # A region may also be a number, such as 001 for the world.
    country = next((one for one in (locale.territory or "", *countries) if one.isalpha()), None)
    return f"{locale.language}_{country}" if country else None

"""Builds a book's cover: a picture on the site, or a drawing of its title and author."""

import struct
from dataclasses import dataclass
from pathlib import Path

from mkdocs_bookreview.cards.typographic import HEIGHT, WIDTH, draw_cover
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.words.language import Words


@dataclass(frozen=True, slots=True)
class Picture:
    """Describes a picture of this site.

    `address` is relative to the site's root. `width` and `height` are in pixels: pages state them,
    so that nothing moves when the picture loads. `copies` are widths and addresses of the same
    picture in several sizes, the smallest first; empty if there is only the picture itself.
    `is_measured` is False if its size could not be read, and is a guess.
    """

    address: str
    width: int
    height: int
    copies: tuple[tuple[int, str], ...] = ()
    is_measured: bool = True


@dataclass(frozen=True, slots=True)
class Cover:
    """Describes a cover with its alternative text `alt`.

    `picture` is None if the cover is drawn; then `drawn` is SVG markup, otherwise it is empty.
    """

    alt: str
    picture: Picture | None = None
    drawn: str = ""


def build_cover(book: Book, picture: Picture | None, words: Words) -> Cover:
    """Return a cover with the picture, or a drawn one if there is no picture."""
    alt = words("cover_of", title=book.title)
    if picture:
        return Cover(alt, picture=picture)
    return Cover(alt, drawn=draw_book(book))


def draw_book(book: Book) -> str:
    """Return the SVG markup of a book's drawn cover."""
    return draw_cover(book.title, ", ".join(one.name for one in book.writers))


def read_picture(address: str, file: Path) -> Picture:
    """Return the picture with its size in pixels.

    If the size cannot be read, assume two to three, because most books have this shape.
    """
    # This is imported here, because it imports much that a site without covers does not need.
    import imagesize  # noqa: PLC0415

    try:
        width, height = imagesize.get(file)
    except (OSError, ValueError, struct.error):
        width = height = -1  # imagesize returns the same for a format that it does not know
    if width <= 0 or height <= 0:
        return Picture(address, WIDTH, HEIGHT, is_measured=False)
    return Picture(address, round(width), round(height))

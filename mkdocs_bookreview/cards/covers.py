"""Covers: the picture the author has, else one drawn from title and author."""

import struct
from dataclasses import dataclass
from pathlib import Path

import imagesize

from mkdocs_bookreview.cards.typographic import HEIGHT, WIDTH, draw_cover
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.words.language import Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of this site; its size in pixels, so that nothing moves when it comes."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cover:
    """Either a picture or SVG markup."""

    alt: str
    picture: Picture | None = None
    drawn: str = ""


def build_cover(book: Book, picture: Picture | None, words: Words) -> Cover:
    alt = words("cover_of", title=book.title)
    if picture:
        return Cover(alt, picture=picture)
    return Cover(alt, drawn=draw_cover(book.title, ", ".join(one.name for one in book.writers)))


def read_picture(address: str, file: Path) -> Picture:
    """A format whose size cannot be read is taken for two to three, as books are."""
    try:
        width, height = imagesize.get(file)
    except (OSError, ValueError, struct.error):
        width = height = -1
    if width <= 0 or height <= 0:
        width, height = WIDTH, HEIGHT
    return Picture(address, round(width), round(height))

"""Builds small covers for books without a picture: a few words on the colours of the large cover.

The large cover is not used, because five large covers were measured to make the page of a review
0.3 kB larger, compressed, and because its words would be too small to read in Browse.
"""

import unicodedata
from dataclasses import dataclass

from mkdocs_bookreview.cards.typographic import choose_look

# Longer titles are cut, because nine lines of East Asian letters have no room for more.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Tile:
    """Describes a small cover without a picture; the page shows the title beside it as text.

    `text` is the text on the tile. `colours` is the number of its pair of colours, which the book's
    drawn cover has too; it is None if the work is not a book. `is_dark` is True if the background
    has the darker colour.
    """

    text: str
    colours: int | None = None
    is_dark: bool = False


def shorten(title: str) -> str:
    """Return a title that a tile has room for, with "…" for the words that are left out."""
    if len(title) <= _LONGEST:
        return title
    start = title[:_LONGEST]
    return f"{start.rpartition(' ')[0] or start}…"


def build_title_tile(title: str, author: str) -> Tile:
    """Return a tile with a book's title, for works that follow a review."""
    look = choose_look(title, author)
    return Tile(shorten(title), look.colours, look.is_dark)


def build_letter_tile(title: str, author: str) -> Tile:
    """Return a tile with a letter, because lists with a thousand rows have no room for more."""
    look = choose_look(title, author)
    return Tile(_find_letter(title), look.colours, look.is_dark)


def _find_letter(title: str) -> str:
    """Return the first letter or digit with the marks on it, or "" if there is none.

    `«Élan»` gives `É`.
    """
    letter = ""
    for character in unicodedata.normalize("NFC", title):
        if letter and not unicodedata.category(character).startswith("M"):
            return letter
        if letter or character.isalnum():
            letter += character
    return letter

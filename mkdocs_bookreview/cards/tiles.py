"""Draws covers for lists with a thousand rows: a letter in the colours of the large cover.

Words would be too small to read there, and a large cover takes six times as many bytes.
"""

import unicodedata
from functools import lru_cache

from markupsafe import escape

from mkdocs_bookreview.cards.typographic import choose_look

# What is left of each layout of large covers, in units of a drawing of 40 by 60: a frame, a band
# where the book is bound, and a sun.
_SHAPES = (
    "M3 3h34v54H3zm.8.8v52.4h32.4V3.8z",
    "M0 0h3v60H0z",
    "M13 12a7 7 0 0 1 14 0a7 7 0 0 1-14 0z",
)


@lru_cache(maxsize=4096)  # because `mkdocs serve` draws the same in each build
def draw_tile(title: str, author: str) -> str:
    """Return SVG markup, always the same for the same words."""
    ground, ink, layout = choose_look(title, author)
    return (
        f'<svg viewBox="0 0 40 60" width="40" height="60" fill="{ink}" aria-hidden="true">'
        f'<path fill="{ground}" d="M0 0h40v60H0z"/><path d="{_SHAPES[layout]}"/>'
        f'<text x="20" y="40">{escape(_find_letter(title))}</text></svg>'
    )


def _find_letter(title: str) -> str:
    """Return the first letter or digit with the marks on it, or "" if there is none.

    Of `«Élan»` it is `É`.
    """
    letter = ""
    for character in unicodedata.normalize("NFC", title):
        if letter and not unicodedata.category(character).startswith("M"):
            return letter
        if letter or character.isalnum():
            letter += character
    return letter

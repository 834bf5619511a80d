"""Draws a cover from title and author, for books without a picture."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from zlib import crc32

from markupsafe import escape

from mkdocs_bookreview.cards.lettering import Try, fit, is_right_to_left, is_tall

WIDTH, HEIGHT = 200, 300  # units of the drawing; two to three is the shape of most books

# These are pairs of ink and paper. Either colour can be the background.
_COLOURS = (
    ("#2f4858", "#ece5d3"),
    ("#5b2a37", "#f2e2d9"),
    ("#3d4a2c", "#ebe9d3"),
    ("#23395b", "#e1e8f0"),
    ("#75462a", "#f4e8d5"),
    ("#4a3b5c", "#ebe3f1"),
    ("#1d5550", "#deede8"),
    ("#83382c", "#f7e6dc"),
    ("#414c58", "#eaecef"),
    ("#62521b", "#f4edd3"),
    ("#2d5134", "#e2eddf"),
    ("#693057", "#f2e1ec"),
)
# Characters that draw_cover replaces, because some of them make the drawing invalid XML.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TITLE_SIZES = (38, 33, 29, 25, 22, 19, 16, 14)  # largest first
_SMALLEST_WHOLE = 16  # a title is not set smaller only to keep a long word whole
_LARGEST_CUT = 22  # a word that is cut is not set larger
_AUTHOR_TRIES = (
    *(Try(size, 1, may_cut=False) for size in (15, 14, 13, 12)),
    *(Try(size, 2, may_cut=False) for size in (14, 13, 12, 11)),
    Try(11, 2, may_cut=True),
)
_AUTHOR_MIDDLE = 265  # the middle of the lines with the names, counted from the top
_LEADING = 1.16  # the distance of two lines, as a multiple of the size
_TALL_LEADING = 1.4  # the same for scripts with marks above and below


@dataclass(frozen=True, slots=True)
class Look:
    """Describes how a cover is drawn.

    `colours` is the number of its pair of ink and paper, and `is_dark` is True if the ink is the
    background. `design` is the number of the function that draws the cover.
    """

    colours: int
    is_dark: bool
    design: int


@dataclass(frozen=True, slots=True)
class _Box:
    """Describes the room for a text, in units of the drawing.

    `x` is the middle of the lines, or where they start if `middle` is False. The text is between
    `top` and `top + height`, and at most `width` wide.
    """

    x: float
    top: float
    width: float
    height: float
    middle: bool = True


# Drawings are cached, because `mkdocs serve` draws the same covers in each build, and each takes
# 0.1 ms.
@lru_cache(maxsize=4096)
def draw_cover(title: str, author: str) -> str:
    """Return SVG markup, always the same for the same words.

    Screen readers skip it, because pages show title and author as text too.
    """
    title, author = _clean(title), _clean(author)
    look = choose_look(title, author)
    ink, paper = _COLOURS[look.colours]
    ground, text = (ink, paper) if look.is_dark else (paper, ink)
    draw = _DESIGNS[look.design]
    # The direction is stated, because on a page from right to left, lines would start at the
    # right: titles would run out of the cover.
    return (
        f'<svg class="bookreview-cover__drawn" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" direction="ltr" aria-hidden="true">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f"{draw(title, author, ground, text)}</svg>"
    )


def choose_look(title: str, author: str) -> Look:
    """Return the look of the cover with these words."""
    # A checksum chooses, because `hash` would give other covers in each build.
    choice = crc32(f"{_clean(title)}\n{_clean(author)}".encode())
    choice, colours = divmod(choice, len(_COLOURS))
    choice, is_dark = divmod(choice, 2)
    return Look(colours, bool(is_dark), choice % len(_DESIGNS))


def _clean(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip()


def _framed(title: str, author: str, _ground: str, text: str) -> str:
    frame = (
        f'<rect x="12" y="12" width="176" height="276" fill="none" stroke="{text}"/>'
        f'<path d="M80 236h40" stroke="{text}" stroke-width="1.5"/>'
    )
    title_box = _Box(100, 34, 150, 186)
    return frame + _set_title(title, title_box, text) + _set_author(author, title_box, text)


def _spine(title: str, author: str, _ground: str, text: str) -> str:
    """Draw a band where the book is bound: at the right for titles from right to left."""
    mirrored = is_right_to_left(title or author)
    band_x, text_x = (WIDTH - 16, WIDTH - 32) if mirrored else (0, 32)
    band = f'<rect x="{band_x}" width="16" height="{HEIGHT}" fill="{text}"/>'
    box = _Box(text_x, 40, 148, 176, middle=False)
    if is_right_to_left(author) != mirrored:
        # A text in the other direction would start at the other side, so both are in the middle.
        box = _Box(92 if mirrored else 108, 40, 148, 176)
    return band + _set_title(title, box, text) + _set_author(author, box, text)


def _sun(title: str, author: str, ground: str, text: str) -> str:
    shapes = (
        f'<circle cx="100" cy="62" r="34" fill="{text}" fill-opacity=".82"/>'
        f'<path d="M0 62h200" stroke="{ground}" stroke-width="3"/>'
        f'<path d="M28 248h144" stroke="{text}" stroke-opacity=".5"/>'
    )
    box = _Box(100, 112, 160, 128)
    return shapes + _set_title(title, box, text) + _set_author(author, box, text)


_DESIGNS = (_framed, _spine, _sun)


def _set_title(title: str, box: _Box, fill: str) -> str:
    size, lines = fit(title, box.width, _list_tries(box.height, _lead(title)))
    return _set_lines(lines, size, box, f'fill="{fill}"')


def _set_author(author: str, box: _Box, fill: str) -> str:
    size, lines = fit(author, box.width, _AUTHOR_TRIES)
    height = len(lines) * size * _lead(author)
    box = replace(box, top=_AUTHOR_MIDDLE - height / 2, height=height)
    return _set_lines(lines, size, box, f'fill="{fill}" fill-opacity=".85"')


@lru_cache(maxsize=16)
def _list_tries(height: float, leading: float) -> tuple[Try, ...]:
    """Return the ways to set a title: large before small, whole words before cut ones."""
    tries = [Try(size, int(height / (size * leading)), may_cut=False) for size in _TITLE_SIZES]
    whole = [one for one in tries if one.size >= _SMALLEST_WHOLE]
    cut = [replace(one, may_cut=True) for one in tries if one.size <= _LARGEST_CUT]
    return (*whole, *cut)


def _set_lines(lines: list[str], size: float, box: _Box, paint: str) -> str:
    if not lines:
        return ""
    text = "".join(lines)
    leading = size * _lead(text)
    first = box.top + (box.height - leading * len(lines)) / 2 + size * 0.9
    if is_tall(text):
        first += size * 0.12
    places = [f'x="{box.x:g}" y="{first + leading * number:.1f}"' for number in range(len(lines))]
    direction = ' direction="rtl"' if is_right_to_left(text) else ""
    anchor = ' text-anchor="middle"' if box.middle else ""
    start = f'<text{direction}{anchor} font-size="{size:g}" {paint}'
    if len(lines) == 1:
        return f"{start} {places[0]}>{escape(text)}</text>"
    spans = zip(places, map(escape, lines), strict=True)
    return f"{start}>{''.join(f'<tspan {place}>{line}</tspan>' for place, line in spans)}</text>"


def _lead(text: str) -> float:
    return _TALL_LEADING if is_tall(text) else _LEADING

"""Draws a cover from title and author, for books without a picture."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from markupsafe import escape

WIDTH, HEIGHT = 200, 300  # units of the drawing; two to three is the shape of most books

# Pairs of ink and paper. Either can be the background.
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
_SIZES = (38, 33, 29, 25, 22, 19, 16, 14)  # of the title, largest first
_LEADING = 1.16  # the distance of two lines, as a multiple of the size
_SPACE = 0.26  # em, the width of a space
_WIDEST = 0.6  # em, the width of a letter in words that are too long for any size
_AUTHOR_SIZE = 15
_NARROW = frozenset("fijlrtI.,:;'’!|()[]-–·")
_WIDE = frozenset("mwMW@%—")


@dataclass(frozen=True, slots=True)
class _Box:
    """Describes the room for a title, in units of the drawing.

    `x` is the middle of the lines, or their start if `middle` is False. The title is between `top`
    and `top + height`, and at most `width` wide.
    """

    x: float
    top: float
    width: float
    height: float
    middle: bool = True


def choose_colours(title: str, author: str) -> tuple[int, bool]:
    """Return the number of the colours that `draw_cover` takes, and whether the ground is dark."""
    title, author = (_UNSEEN.sub(" ", text).strip() for text in (title, author))
    turns, number = divmod(crc32(f"{title}\n{author}".encode()), len(_COLOURS))
    return number, bool(turns % 2)


# Kept, because `mkdocs serve` draws the same covers in each build, and each takes 0.1 ms.
@lru_cache(maxsize=4096)
def draw_cover(title: str, author: str) -> str:
    """Return SVG markup, always the same for the same words.

    Screen readers skip it, because pages show title and author as text too.
    """
    title, author = _clean(title), _clean(author)
    ground, text, number = choose_look(title, author)
    layout = _LAYOUTS[number]
    return (
        f'<svg class="bookreview-cover__drawn" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" aria-hidden="true" focusable="false">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f"{layout(title, author, ground, text)}</svg>"
    )


def choose_look(title: str, author: str) -> tuple[str, str, int]:
    """Return the colours of the paper and of the words, and the number of the layout."""
    # A checksum chooses, because `hash` would give other covers in each build.
    choice = crc32(f"{_clean(title)}\n{_clean(author)}".encode())
    ink, paper = _COLOURS[choice % len(_COLOURS)]
    choice //= len(_COLOURS)
    ground, text = (ink, paper) if choice % 2 else (paper, ink)
    return ground, text, choice // 2 % len(_LAYOUTS)


def _clean(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip()


def _framed(title: str, author: str, _ground: str, text: str) -> str:
    frame = (
        f'<rect x="12" y="12" width="176" height="276" fill="none" stroke="{text}"/>'
        f'<path d="M80 236h40" stroke="{text}" stroke-width="1.5"/>'
    )
    return frame + _set_title(title, _Box(100, 34, 150, 186), text) + _set_author(author, 100, text)


def _spine(title: str, author: str, _ground: str, text: str) -> str:
    band = f'<rect width="16" height="{HEIGHT}" fill="{text}"/>'
    middle = _is_right_to_left(title + author)
    box = _Box(108 if middle else 32, 40, 152, 176, middle)
    return band + _set_title(title, box, text) + _set_author(author, box.x, text, middle)


def _sun(title: str, author: str, ground: str, text: str) -> str:
    shapes = (
        f'<circle cx="100" cy="62" r="34" fill="{text}" fill-opacity=".82"/>'
        f'<path d="M0 62h200" stroke="{ground}" stroke-width="3"/>'
        f'<path d="M28 248h144" stroke="{text}" stroke-opacity=".5"/>'
    )
    return (
        shapes + _set_title(title, _Box(100, 112, 164, 128), text) + _set_author(author, 100, text)
    )


_LAYOUTS = (_framed, _spine, _sun)


def _set_title(title: str, box: _Box, fill: str) -> str:
    size, lines = _fit(title, box.width, box.height)
    leading = size * _LEADING
    first = box.top + (box.height - leading * len(lines)) / 2 + size * 0.9
    spans = "".join(
        f'<tspan x="{box.x:g}" y="{first + leading * number:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text{_anchor(box.middle)} font-size="{size}" fill="{fill}">{spans}</text>'


def _set_author(author: str, x: float, fill: str, middle: bool = True) -> str:
    available = 160 if middle else WIDTH - x - 12
    size = min(_AUTHOR_SIZE, available / max(1.0, _width(author)))
    return (
        f'<text{_anchor(middle)} x="{x:g}" y="268" font-size="{max(size, 8):.1f}" fill="{fill}"'
        f' fill-opacity=".85">{escape(author)}</text>'
    )


def _anchor(middle: bool) -> str:
    return ' text-anchor="middle"' if middle else ""


def _fit(title: str, width: float, height: float) -> tuple[int, list[str]]:
    """Return the largest size at which the title fits, and its lines.

    If it fits at no size, the smallest is used: long words are broken, and the rest is cut off.
    In 150 x 186 units "The Left Hand of Darkness" gets the size 33 and three lines: The Left,
    Hand of, Darkness.
    """
    words = _words(title)
    longest = max((em for _, em in words), default=0.0)
    size = _SIZES[-1]
    for size in _SIZES:
        room = width / size
        lines = _break(words, room)
        if longest <= room and len(lines) * size * _LEADING <= height:
            return size, _balance(words, room, len(lines))
    most = int(height / (size * _LEADING))
    pieces = [piece for text, _ in words for piece in _pieces(text, width / size)]
    lines = _break(pieces, width / size)
    return size, lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + "…"]


def _words(title: str) -> list[tuple[str, float]]:
    """Return the pieces between which a line may end, each with its width in em.

    Words are pieces, and each ideograph is one. A space stays with the piece before it, without
    adding to its width: "雪国 b" gives `[("雪", 1.0), ("国 ", 1.0), ("b ", 0.51)]`.
    """
    words: list[str] = []
    for part in title.split():
        start = len(words)
        for character in part:
            if len(words) > start and not (_is_wide(character) or _is_wide(words[-1][-1])):
                words[-1] += character
            else:
                words.append(character)
        words[-1] += " "
    return [(word, _width(word.rstrip())) for word in words]


def _break(words: list[tuple[str, float]], room: float) -> list[str]:
    """Return lines of at most `room` em. A piece that is wider gets a line of its own."""
    lines: list[str] = []
    used = room
    for word, em in words:
        if lines and used + em <= room:
            lines[-1] += word
        else:
            lines.append(word)
            used = 0
        used += em + (_SPACE if word.endswith(" ") else 0)
    return [line.rstrip() for line in lines]


def _balance(words: list[tuple[str, float]], room: float, count: int) -> list[str]:
    """Return as many lines as `count`, as even in width as possible.

    It searches for the narrowest room that needs no more lines. For "Never Let Me Go" in 7 em,
    "Never Let Me", "Go" becomes "Never Let", "Me Go".
    """
    low, high = room / max(count, 1) / 2, room
    while high - low > _SPACE:
        middle = (low + high) / 2
        if len(_break(words, middle)) <= count:
            high = middle
        else:
            low = middle
    return _break(words, high)


def _pieces(word: str, room: float) -> list[tuple[str, float]]:
    length = max(1, int(room / _WIDEST))
    pieces = (word[start : start + length] for start in range(0, len(word), length))
    return [(piece, _width(piece.rstrip())) for piece in pieces]


def _width(text: str) -> float:
    """Return the approximate width in em: the reader's font is not known."""
    return sum(map(_em, text))


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.33
    if _is_wide(character):
        return 1.0
    if character in _WIDE:
        return 0.86
    return 0.68 if character.isupper() else _SPACE if character == " " else 0.51


def _is_wide(character: str) -> bool:
    return not character.isascii() and unicodedata.east_asian_width(character) in "WF"


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)

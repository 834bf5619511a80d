"""Draws a rating as a row of stars, cut at any fraction."""

from dataclasses import dataclass
from math import ceil

from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.words.language import Words

_CELL = 24  # units of the drawing: the width and height of a star with its margin
_EDGE = 2  # the margin on each side
_STAR = "2l3 6.6 7.2.8-5.4 4.9 1.5 7.1-6.3-3.6-6.3 3.6 1.5-7.1-5.4-4.9 7.2-.8z"
_MOST = 10  # stars; a rating on a longer scale is shown as text alone


@dataclass(frozen=True, slots=True)
class Stars:
    """Describes a rating.

    `text` is for example "4.5 out of 5". `number` is "4.5", or the same as `text` if no stars are
    drawn. `row` is SVG markup, or empty if the scale is too long for stars.
    """

    text: str
    number: str
    row: str


def build_stars(rating: Rating, words: Words) -> Stars:
    number = words.number(rating.value)
    text = words("rated", value=number, best=rating.best)
    return Stars(text, number if rating.best <= _MOST else text, _draw(rating))


def _draw(rating: Rating) -> str:
    """Return a row in which filled stars lie on empty ones, and the last filled star is cut.

    The cut leaves out the margins of a star, so that 0.1 shows a little of it and 0.9 not all.
    For 3.5 of 5 it is at 84 units: 3 cells of 24, a margin of 2, and half of the 20 that remain.
    """
    if rating.best > _MOST:
        return ""
    width = _CELL * rating.best
    whole, part = divmod(float(rating.value), 1)
    cut = _CELL * whole + (_EDGE + part * (_CELL - 2 * _EDGE) if part else 0)
    return (
        f'<svg class="bookreview-stars__row" viewBox="0 0 {width} {_CELL}" width="{width}"'
        f' height="{_CELL}" aria-hidden="true" focusable="false">'
        f'<path class="bookreview-stars__empty" d="{_path(int(whole), rating.best)}"/>'
        f'<svg width="{cut:g}" height="{_CELL}" class="bookreview-stars__full">'
        f'<path d="{_path(0, ceil(rating.value))}"/></svg></svg>'
    )


def _path(first: int, end: int) -> str:
    return "".join(f"M{_CELL * place + _CELL // 2} {_STAR}" for place in range(first, end))

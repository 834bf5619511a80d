"""A rating as a row of stars, cut at any fraction."""

from dataclasses import dataclass
from math import ceil

from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.words.language import Words

_CELL = 24
_EDGE = 2  # between a star and its cell
_STAR = "2l3 6.6 7.2.8-5.4 4.9 1.5 7.1-6.3-3.6-6.3 3.6 1.5-7.1-5.4-4.9 7.2-.8z"
_MOST = 10  # a longer scale is told by its number alone


@dataclass(frozen=True, slots=True)
class Stars:
    """`text` says it all; `row` is SVG for the eye."""

    text: str
    number: str
    row: str


def build_stars(rating: Rating, words: Words) -> Stars:
    number = words.number(rating.value)
    text = words("rated", value=number, best=rating.best)
    return Stars(text, number if rating.best <= _MOST else text, _draw(rating))


def _draw(rating: Rating) -> str:
    """Filled stars lie on empty ones, and the last of them is cut."""
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

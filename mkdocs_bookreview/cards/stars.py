"""Shows a rating as a row of stars, cut at any fraction, and as a number."""

from dataclasses import dataclass
from math import ceil

from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.words.language import Words

_CELL = 24  # units of the drawing: the width and height of a star with its margin
_EDGE = 2  # the margin on each side
_STAR = "2l3 6.6 7.2.8-5.4 4.9 1.5 7.1-6.3-3.6-6.3 3.6 1.5-7.1-5.4-4.9 7.2-.8z"
# Stars in a row. Longer scales are drawn as five stars too, because ten do not fit into the card of
# a list, and nobody counts them.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Stars:
    """Describes a rating as the options want it shown.

    `text` is for example "4.5 out of 5", for screen readers. `row` is SVG markup, empty without
    stars. `number` is "4.5", or "9/10" if the stars do not show the scale; it is empty if only
    stars are shown. `brief` is plain text for long lists: "★ 4.5", "★★★★½" or "4.5/5". `word` is
    the author's text for the meaning of the rating; None if there is no such text.
    """

    text: str
    row: str
    number: str
    brief: str
    word: str | None


def build_stars(
    rating: Rating, words: Words, settings: RatingSettings | None = None, display: str = ""
) -> Stars:
    """Return the stars of a rating; `display` overrides the option in `settings`."""
    settings = settings or RatingSettings()
    display = display or settings.display
    value = words.number(rating.value)
    is_counted = rating.best <= _MOST and display != "number"
    number = value if is_counted else f"{value}/{rating.best}"
    brief = {"stars": _write(rating), "number": number, "both": f"★ {number}"}
    return Stars(
        words("rated", value=value, best=rating.best),
        "" if display == "number" else _draw(rating),
        "" if display == "stars" else number,
        brief[display],
        settings.words.get(rating.value),
    )


def count_stars(rating: Rating) -> tuple[int, int, int]:
    """Return how many stars of a row are full, half and empty: 3, 1 and 1 for 3.5 of 5.

    They are rounded to halves, and at least a half is shown, because no rating is zero.
    """
    full, half = divmod(max(1, round(2 * _count(rating))), 2)
    return full, half, min(rating.best, _MOST) - full - half


def _write(rating: Rating) -> str:
    """Return the rating as text with half stars at most: `★★★★½` for 4.5 of 5 and for 9 of 10."""
    full, half, _ = count_stars(rating)
    return "★" * full + "½" * half


def _count(rating: Rating) -> float:
    """Return how many stars are filled: 4.5 for 4.5 of 5, and for 9 of 10."""
    return float(rating.value) if rating.best <= _MOST else rating.share * _MOST


def _draw(rating: Rating) -> str:
    """Return a row in which filled stars lie on empty ones, and the last filled star may be cut.

    The cut leaves out the margins of a star, so that 0.1 shows a little of it and 0.9 not all.
    For 3.5 of 5 it is at 84 units: 3 cells of 24, a margin of 2, and half of the 20 that remain.
    """
    filled, most = _count(rating), min(rating.best, _MOST)
    whole, part = divmod(filled, 1)
    empty = f'<path class="bookreview-stars__empty" d="{_path(int(whole), most)}"/>'
    full = f'<path class="bookreview-stars__full" d="{_path(0, ceil(filled))}"/>'
    if part:
        cut = _CELL * whole + _EDGE + part * (_CELL - 2 * _EDGE)
        full = f'<svg width="{cut:g}" height="{_CELL}">{full}</svg>'
    width = _CELL * most
    return (
        f'<svg class="bookreview-stars__row" viewBox="0 0 {width} {_CELL}" width="{width}"'
        f' height="{_CELL}" aria-hidden="true">{empty if filled < most else ""}{full}</svg>'
    )


def _path(first: int, end: int) -> str:
    return "".join(f"M{_CELL * place + _CELL // 2} {_STAR}" for place in range(first, end))

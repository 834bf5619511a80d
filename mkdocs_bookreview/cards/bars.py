"""Draws bars and columns as SVG.

Screen readers skip the drawings, because the page has the same numbers as text beside them.
"""

from collections.abc import Sequence

_THIN = 6  # pixels, the height of a bar
_TALL = 24  # pixels, the height of columns
_AGAIN = ' class="bookreview-bar__again"'


def draw_bar(first: float, again: float = 0) -> str:
    """Return a bar of two parts. Each part is a share of the whole width, from 0 to 1."""
    rects = [
        f'<rect width="{_percent(first)}" height="{_THIN}"/>' if first else "",
        f'<rect{_AGAIN} x="{_percent(first)}" width="{_percent(again)}" height="{_THIN}"/>'
        if again
        else "",
    ]
    return _draw("".join(rects), _THIN)


def draw_columns(shares: Sequence[float]) -> str:
    """Return columns side by side on a line. Each is a share of the whole height, from 0 to 1."""
    line = f'<rect class="bookreview-bar__line" y="{_TALL - 1}" width="100%" height="1"/>'
    width = 1 / len(shares)
    columns = (
        f'<rect x="{_percent((place + 0.1) * width)}" y="{_TALL * (1 - share):g}"'
        f' width="{_percent(0.8 * width)}" height="{_TALL * share:g}"/>'
        for place, share in enumerate(shares)
        if share
    )
    return _draw(line + "".join(columns), _TALL)


def _draw(rects: str, height: int) -> str:
    return (
        f'<svg class="bookreview-bar" width="100%" height="{height}" aria-hidden="true">'
        f"{rects}</svg>"
    )


def _percent(share: float) -> str:
    return f"{round(100 * share, 2):g}%"

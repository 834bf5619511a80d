"""Bars and columns for the eye; what they say stands beside them in words."""

from collections.abc import Sequence

_THIN = 6
_TALL = 24
_AGAIN = ' class="bookreview-bar__again"'


def draw_bar(first: float, again: float = 0) -> str:
    """Two parts of a row, each a share of all its width."""
    rects = [
        f'<rect width="{_percent(first)}" height="{_THIN}"/>' if first else "",
        f'<rect{_AGAIN} x="{_percent(first)}" width="{_percent(again)}" height="{_THIN}"/>'
        if again
        else "",
    ]
    return _draw("".join(rects), _THIN)


def draw_columns(shares: Sequence[float]) -> str:
    """Side by side on a line, each a share of all the height."""
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
        f'<svg class="bookreview-bar" width="100%" height="{height}" aria-hidden="true"'
        f' focusable="false">{rects}</svg>'
    )


def _percent(share: float) -> str:
    return f"{round(100 * share, 2):g}%"

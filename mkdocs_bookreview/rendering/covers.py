"""Chooses when the covers of a list load."""

import re

_ROW = 3  # covers, which are a row of a list on a wide screen
_COVER = re.compile(r'(?<=<span class="bookreview-cover">)<img src=(.*?) width=')
_COPIES = re.compile(r" (srcset|sizes)=")


def load_first_row(html: str) -> str:
    """Return the HTML of a page on which the first covers load at once, the first of them soonest.

    Browsers find a cover that loads late only when the page is laid out, so those that readers see
    at once would come last. The template `parts.html` says why they get a link.
    """
    return _COVER.sub(_preload, _COVER.sub(_preload_first, html, 1), _ROW - 1)


def _preload_first(cover: re.Match[str]) -> str:
    return _preload(cover, ' fetchpriority="high"')


def _preload(cover: re.Match[str], priority: str = "") -> str:
    source = _COPIES.sub(r" image\1=", cover[1])
    return f'<link rel="preload" as="image" href={source}{priority}>{cover[0]}'

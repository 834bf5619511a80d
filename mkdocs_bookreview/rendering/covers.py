"""Chooses when the covers of a list load."""

import re

_ROW = 3  # covers, which are a row of a list on a wide screen
_LAZY = ' loading="lazy"'
_COVER = re.compile(rf'(<span class="bookreview-cover"><img [^>]*?){_LAZY}')


def load_first_row(html: str) -> str:
    """Return the HTML of a page on which the first covers load at once, the first of them soonest.

    Browsers find a cover that loads late only when the page is laid out, so those that readers see
    at once would come last.
    """
    if _LAZY not in html:
        return html
    return _COVER.sub(r"\1", _COVER.sub(r'\1 fetchpriority="high"', html, 1), _ROW - 1)

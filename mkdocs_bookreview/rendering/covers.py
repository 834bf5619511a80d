"""Chooses when the covers of a list load."""

import re
from itertools import chain, repeat

_ROW = 3  # covers, which are a row of a list on a wide screen
# Matches the start of a cover; the group is the address of its picture, or None if it is drawn.
_COVER = re.compile(r'<span class="bookreview-cover">(?=<img src=(.*?) width=|<svg)')
_COPIES = re.compile(r" (srcset|sizes)=")


def load_first_row(html: str) -> str:
    """Return the HTML of a page with links that make the covers in its first row load at once.

    Browsers request a lazy cover only when the page is laid out, so the covers that readers see
    first would load last. The template `parts.html` explains why the covers get a link.
    """
    priorities = chain([' fetchpriority="high"'], repeat(""))

    def preload(cover: re.Match[str]) -> str:
        # Drawn covers count too, because a picture below a row of drawn covers is not seen at once.
        if not cover[1]:
            return cover[0]
        source = _COPIES.sub(r" image\1=", cover[1])
        return f'{cover[0]}<link rel="preload" as="image" href={source}{next(priorities)}>'

    return _COVER.sub(preload, html, _ROW)

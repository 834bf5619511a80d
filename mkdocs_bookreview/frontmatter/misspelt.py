"""Find keys that were meant as `book` or `spoilers`, so that no typing mistake publishes a spoiler.

Pages that are not reviews may have keys of other plugins, so only likely mistakes are found there.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from mkdocs_bookreview.frontmatter.fixes.facts import REVIEW_KEYS
from mkdocs_bookreview.frontmatter.fixes.synonyms import SYNONYMS, plain
from mkdocs_bookreview.frontmatter.schema import FOREIGN_KEYS
from mkdocs_bookreview.model.invisible import BLANK
from mkdocs_bookreview.settings.fixes import find_near

# `spoilr` has a similarity of 0.86 with `spoilers` and is surely a mistake. The limit is above
# `spoiled` (0.8) and `sponsors` (0.63), because these are words of their own.
_SURELY_MEANT = 0.85
_NEARLY_BOOK = 0.7
_ONLY_REVIEWS_HAVE = frozenset({"rating", "read", "themes", "verdict", "spoilers", "quotes"})


def find_misspelt_books(data: Mapping[str, object]) -> list[str]:
    """Return the keys that were probably meant as `book`."""
    others = sorted(data.keys() - REVIEW_KEYS - FOREIGN_KEYS)
    return [key for key in others if find_near(key, ["book"]) and _has_book(data, key)]


def _has_book(data: Mapping[str, object], key: str) -> bool:
    """Return whether a key that is spelt nearly like `book` was probably meant as `book`.

    Its value must have a `title`, or the key must be closer to `book` than `bookmark` is, on a page
    with a key that only reviews have.
    """
    if plain(key) in SYNONYMS:
        return False
    value = data[key]
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict) and "title" in first:
        return True
    # The limit is above `bookmark` (0.67), because other programs have such keys.
    is_near = find_near(key, ["book"], _NEARLY_BOOK) is not None
    return is_near and bool(_ONLY_REVIEWS_HAVE & data.keys())


def find_misspelt_spoilers(data: Mapping[str, object]) -> list[str]:
    """Return the keys that are surely meant as `spoilers`.

    Only a close misspelling counts, because a less similar key may belong to another plugin.
    """
    others = sorted(data.keys() - FOREIGN_KEYS - {"spoilers"})
    return [key for key in others if _is_like_spoilers(key)]


def _is_like_spoilers(key: str) -> bool:
    visible = re.sub(f"[{BLANK}]", "", key).lower()
    return bool(get_close_matches(visible, ["spoilers"], cutoff=_SURELY_MEANT))

"""Names that were probably meant to be `spoiler`."""

from difflib import get_close_matches
from functools import cache

SPOILER = "spoiler"
_ALIKE = 0.8  # as the standard library counts: one letter more, less, or in another place


@cache
def is_misspelt(name: str) -> bool:
    """`name` is in lower case."""
    return (
        name != SPOILER and name[:1] == "s" and bool(get_close_matches(name, [SPOILER], 1, _ALIKE))
    )

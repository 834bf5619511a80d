"""Joins names to a list in the reader's language."""

from collections.abc import Callable, Sequence

from mkdocs_bookreview.model.book import Contributor
from mkdocs_bookreview.words.language import Words

_MOST = 4  # people, because the names of twelve were seen to be higher than all else on a card
_FIRST = 3  # people that are named if there are more than `_MOST`


def list_names(people: Sequence[Contributor], words: Words) -> str:
    """Return the names as a list; only the first of many names: `A, B, C and 9 more`."""
    names = [person.name for person in people]
    if len(names) <= _MOST:
        return join_names(names, words)
    return words("and_more", names=", ".join(names[:_FIRST]), n=len(names) - _FIRST)


def join_names(names: Sequence[str], fill: Callable[..., str], comma: str = ", ") -> str:
    """Return the names as a list: `A, B and C`. `fill` puts values into a phrase."""
    if len(names) < 2:  # noqa: PLR2004 - "and" joins two
        # An empty slice has the type of `comma`, so that markup stays markup.
        return comma[:0].join(names)
    return fill("and", first=comma.join(names[:-1]), last=names[-1])

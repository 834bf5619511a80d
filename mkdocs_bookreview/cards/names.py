"""Joins names to a list in the reader's language."""

from collections.abc import Callable, Sequence

from mkdocs_bookreview.model.book import Contributor
from mkdocs_bookreview.words.language import Words


def list_names(people: Sequence[Contributor], words: Words) -> str:
    return join_names([person.name for person in people], words)


def join_names(names: Sequence[str], fill: Callable[..., str], comma: str = ", ") -> str:
    """Return the names as a list: `A, B and C`. `fill` puts values into a phrase."""
    if len(names) < 2:  # noqa: PLR2004 - "and" joins two
        # An empty slice has the type of `comma`, so that markup stays markup.
        return comma[:0].join(names)
    return fill("and", first=comma.join(names[:-1]), last=names[-1])

"""Removes what pages have in common, because a theme writes the same lines into all of them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import compress, filterfalse
from operator import ne

_AT_ONCE = 50  # pages, because comparing each as it comes was measured to take twice the time
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def join_texts(texts: Iterable[str]) -> str:
    """Join the texts, and remove the tags from lines that appeared before.

    This saves time, because half of the text on a library's pages is in cards that several lists
    show. The words of a repeated line stay, because a hidden text may span several lines. Its tags
    were searched where the line first appeared.
    """
    return "\n".join(_shorten(line for text in texts for line in text.split("\n")))


def _shorten(lines: Iterable[str]) -> Iterator[str]:
    cut_tags = cache(lambda line: _TAG.sub(" ", line))
    seen: set[str] = set()
    for line in lines:
        yield cut_tags(line) if line in seen else line
        seen.add(line)


class FreshTexts:
    """Finds the parts of each text that the text before it did not have.

    If `1</div>2` is added as `a` and `1</div>3` as `b`, `read` returns `1</div>2` for `a`, but only
    `3` for `b`.
    """

    def __init__(self) -> None:
        self._found: dict[str, str] = {}
        self._waiting: list[tuple[str, str]] = []
        self._before: dict[str, list[str]] = {"</div>": [], "\n": []}

    def add(self, key: str, text: str) -> None:
        self._waiting.append((key, text))
        if len(self._waiting) == _AT_ONCE:
            self._compare()

    def read(self) -> dict[str, str]:
        """Return the new parts of all texts by their keys."""
        self._compare()
        return self._found

    def _compare(self) -> None:
        self._found.update((key, self._find(text)) for key, text in self._waiting)
        self._waiting.clear()

    def _find(self, text: str) -> str:
        """Compare large pieces first, and then the lines of those that differ."""
        for end, before in self._before.items():
            pieces = self._before[end] = text.split(end)
            if len(before) == len(pieces):
                fresh: Iterable[str] = compress(pieces, map(ne, pieces, before))
            else:
                fresh = filterfalse(set(before).__contains__, pieces)
            text = end.join(fresh)
        return text

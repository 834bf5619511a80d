"""Leaves out lines that an earlier text had, so that a search for leaks takes less time."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import compress, filterfalse
from operator import ne

from mkdocs_bookreview.audit.secrets import MOST_WORDS, read_words

_AT_ONCE = 50  # pages, because comparing each as it comes was measured to take twice the time
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class Shortener:
    """Shortens texts by the lines that appeared before, without losing a hidden text.

    This saves time, because half of the text on a library's pages is in cards that several lists
    show, and search indexes have the paragraphs of pages. A repeated line loses its tags and the
    middle of its words, because these were searched where the line first appeared. It keeps the
    words at its ends, because a hidden text may span several lines. With two words at each end,
    `<p>One two three four five.</p>` becomes `One two four five.`.
    """

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._cut = cache(_cut)

    def add(self, text: str) -> str:
        """Return the shortened text, and remember its lines. Shorten no other text if it leaks."""
        short: list[str] = []
        for line in _split(text):
            short.append(self._shorten(line))
            self._seen.add(line)
        return "\n".join(short)

    def shorten(self, text: str) -> str:
        return "\n".join(map(self._shorten, _split(text)))

    def _shorten(self, line: str) -> str:
        return self._cut(line) if line in self._seen else line


def _split(text: str) -> Iterable[str]:
    # Spaces at the start of lines are removed, because paragraphs in search indexes begin with a
    # space.
    return map(str.lstrip, text.replace("</p>", "</p>\n").split("\n"))


def _cut(line: str) -> str:
    words = _TAG.sub(" ", line)
    if "&" in words or "\\" in words:
        return words  # because parts of escapes would count as words
    start = " ".join(words.split(None, MOST_WORDS)[:MOST_WORDS])
    end = " ".join(words.rsplit(None, MOST_WORDS)[1:])
    # An end has too few words if there are signs between spaces.
    is_long = min(len(read_words(start)), len(read_words(end))) >= MOST_WORDS
    return f"{start} {end}" if is_long else words


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
        """Return the new lines of a text; large pieces are compared first, and then their lines."""
        for end, before in self._before.items():
            pieces = self._before[end] = text.split(end)
            if len(before) == len(pieces):
                fresh: Iterable[str] = compress(pieces, map(ne, pieces, before))
            else:
                fresh = filterfalse(set(before).__contains__, pieces)
            text = end.join(fresh)
        return text

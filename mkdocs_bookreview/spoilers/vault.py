"""Where sealed spoilers are kept until their own page is written.

What others make of a page before that (index, feed, excerpt, description) holds placeholders only.
These are plain elements with a word in them, since many of them are never opened, but read.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from mkdocs_bookreview.words.language import Words

_CLASS = "bookreview-spoiler-elsewhere"
# As it is made here, and as others may have written it anew.
_MADE = re.compile(rf'<(div|span) class="{_CLASS}" data-n="(\d+)">([^<]*)</\1>')
_PLACEHOLDER = re.compile(
    r"<(div|span)\b(?:[^<>]*?\bdata-n\s*=\s*[\"']?(\d+))?[^<>]*>([^<]*)</\1\s*>", re.IGNORECASE
)


class Vault:
    """One for each build. Numbers count from 1 in the order of locking."""

    def __init__(self, words: Words) -> None:
        self.word = f"[{words('spoiler_word')}]"
        self._sealed: list[str] = []
        self._owned: dict[str, set[int]] = defaultdict(set)
        self._owners: dict[int, str] = {}

    def lock(self, sealed_html: str) -> str:
        """Keep a sealed element and return what stands for it."""
        self._sealed.append(sealed_html)
        tag = "span" if sealed_html.startswith("<span") else "div"
        return _write_placeholder(tag, self.count, self.word)

    @property
    def count(self) -> int:
        """How many are locked."""
        return len(self._sealed)

    def locked_after(self, count: int) -> list[str]:
        return self._sealed[count:]

    def lock_again(self, sealed: Sequence[str], count: int) -> Callable[[str], str]:
        """Lock what an earlier vault had locked after `count` others.

        Returns what changes their numbers in the HTML of then.
        """
        shift = self.count - count
        self._sealed += sealed
        return partial(_renumber, range(count + 1, count + 1 + len(sealed)), shift)

    def claim(self, page: str, html: str) -> None:
        """Remember that what has its placeholder in `html` belongs to `page`.

        The first who claims is the owner: an author may write a placeholder of any number.
        """
        for number in set(map(_read_number, _find_placeholders(html))):
            is_locked = 0 < number <= len(self._sealed)
            if is_locked and self._owners.setdefault(number, page) == page:
                self._owned[page].add(number)

    def sealed(self, page: str) -> list[str]:
        """What `page` has claimed, in the order of locking."""
        numbers = sorted(self._owned.get(page, ()))
        return [self._sealed[n - 1] for n in numbers]

    def open(self, page: str, *texts: str) -> list[str]:
        """The texts with the page's own elements, each once, from the first text on.

        The word stays where others' stood.
        """
        left = set(self._owned.get(page, ()))
        return [self._open(text, left) if left else text for text in texts]

    def _open(self, text: str, left: set[int]) -> str:
        pieces: list[str] = []
        end = 0
        for match in _find_placeholders(text):
            number = _read_number(match)
            if number in left:
                left.remove(number)
                pieces += (text[end : match.start()], self._sealed[number - 1])
                end = match.end()
        return "".join([*pieces, text[end:]])


def strip(html: str) -> str:
    """For teasers: without sealed blocks, and with a word where an inline spoiler stood."""
    pieces: list[str] = []
    end = 0
    for match in _find_placeholders(html):
        pieces += (html[end : match.start()], "" if match[1].lower() == "div" else match[3])
        end = match.end()
    return "".join([*pieces, html[end:]])


def _find_placeholders(html: str) -> Iterator[re.Match[str]]:
    """Looks where the class stands: a page has many elements, and few of these."""
    at = html.find(_CLASS)
    while at >= 0:
        start = html.rfind("<", 0, at)
        match = _MADE.match(html, start) or _PLACEHOLDER.match(html, start)
        end = at + 1
        if match and at < match.start(3):
            end = match.end()
            yield match
        at = html.find(_CLASS, end)


def _write_placeholder(tag: str, number: int, word: str) -> str:
    return f'<{tag} class="{_CLASS}" data-n="{number}">{word}</{tag}>'


def _renumber(numbers: range, shift: int, html: str) -> str:
    def move(match: re.Match[str]) -> str:
        tag, number, word = match[1], int(match[2]), match[3]
        return _write_placeholder(tag, number + shift, word) if number in numbers else match[0]

    return _MADE.sub(move, html) if shift and numbers else html


def _read_number(match: re.Match[str]) -> int:
    return int(match[2] or 0)

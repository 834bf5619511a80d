"""The vault keeps sealed spoilers until their own page is written.

Until then, everything that other programs make from the page (index, feed, excerpt, description)
has only placeholders. A placeholder is a plain element with a word in it, because readers of a feed
or an excerpt see it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import escape

from mkdocs_bookreview.words.language import Words

_CLASS = "bookreview-spoiler-elsewhere"
# The first pattern matches a placeholder as this module writes it. The second is looser, because
# other programs may have rewritten the HTML.
_MADE = re.compile(rf'<(div|span) class="{_CLASS}" data-n="(\d+)">([^<]*)</\1>')
_PLACEHOLDER = re.compile(
    r"<(div|span)\b(?:[^<>]*?\bdata-n\s*=\s*[\"']?(\d+))?[^<>]*>([^<]*)</\1\s*>", re.IGNORECASE
)


class Vault:
    """Keeps the sealed elements of one build, numbered from 1 in the order of locking."""

    def __init__(self, words: Words) -> None:
        self.word = escape(f"[{words('spoiler_word')}]", quote=False)
        self._sealed: list[str] = []
        self._owned: dict[str, set[int]] = defaultdict(set)
        self._owners: dict[int, str] = {}

    def lock(self, sealed_html: str) -> str:
        """Keep a sealed element and return its placeholder."""
        self._sealed.append(sealed_html)
        tag = "span" if sealed_html.startswith("<span") else "div"
        return _write_placeholder(tag, len(self._sealed), self.word)

    def claim(self, page: str, html: str) -> None:
        """Remember that the elements with a placeholder in `html` belong to `page`.

        The first page that claims an element owns it, because authors may write a placeholder of
        any number.
        """
        for number in set(map(_read_number, _find_placeholders(html))):
            is_locked = 0 < number <= len(self._sealed)
            if is_locked and self._owners.setdefault(number, page) == page:
                self._owned[page].add(number)

    def release(self, page: str) -> None:
        """Forget which elements a page has claimed, because the page is converted again."""
        self._owned.pop(page, None)

    def sealed(self, page: str) -> list[str]:
        """Return the elements that `page` has claimed, in the order of locking."""
        numbers = sorted(self._owned.get(page, ()))
        return [self._sealed[n - 1] for n in numbers]

    def open(self, page: str, *texts: str, write: Callable[[str], str] = str) -> list[str]:
        """Return the texts with the sealed elements of `page` in place of their placeholders.

        Each element replaces only its first placeholder; all other placeholders stay, with the word
        in them. `write` gets each element, and returns its form for the page, which may be encoded.
        """
        left = set(self._owned.get(page, ()))
        return [self._open(text, left, write) if left else text for text in texts]

    def _open(self, text: str, left: set[int], write: Callable[[str], str]) -> str:
        pieces: list[str] = []
        end = 0
        for match in _find_placeholders(text):
            number = _read_number(match)
            if number in left:
                left.remove(number)
                pieces += (text[end : match.start()], write(self._sealed[number - 1]))
                end = match.end()
            if not left:
                break
        return "".join([*pieces, text[end:]])


def strip(html: str) -> str:
    """Return HTML for teasers: without sealed blocks, and with a word for each inline spoiler."""
    pieces: list[str] = []
    end = 0
    for match in _find_placeholders(html):
        pieces += (html[end : match.start()], "" if match[1].lower() == "div" else match[3])
        end = match.end()
    return "".join([*pieces, html[end:]])


def _find_placeholders(html: str) -> Iterator[re.Match[str]]:
    """Yield the placeholders in a text.

    The search is for the class, because a page has many elements, but few placeholders.
    """
    at = html.find(_CLASS)
    while at >= 0:
        start = html.rfind("<", 0, at)
        match = _MADE.match(html, start) or _PLACEHOLDER.match(html, start)
        end = at + 1
        # The class must be in the tag, because the text of any element may contain it.
        if match and at < match.start(3):
            end = match.end()
            yield match
        at = html.find(_CLASS, end)


def _write_placeholder(tag: str, number: int, word: str) -> str:
    return f'<{tag} class="{_CLASS}" data-n="{number}">{word}</{tag}>'


def _read_number(match: re.Match[str]) -> int:
    return int(match[2] or 0)

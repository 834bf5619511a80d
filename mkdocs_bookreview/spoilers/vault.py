"""Where sealed spoilers are kept until their own page is written.

What others make of a page before that (index, feed, excerpt, description) holds placeholders only.
These are plain elements with a word in them, since many of them are never opened, but read.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from mkdocs_bookreview.spoilers.form import INLINE_CLASS
from mkdocs_bookreview.words.language import Words

_CLASS = "bookreview-spoiler-elsewhere"
_PLACEHOLDER = re.compile(
    rf"<(?P<tag>div|span)\b(?P<attributes>[^<>]*\b{_CLASS}\b[^<>]*)>(?P<text>[^<]*)</(?P=tag)\s*>",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\bdata-n\s*=\s*[\"']?(\d+)")


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
        tag = "span" if INLINE_CLASS in sealed_html.partition(">")[0] else "div"
        return f'<{tag} class="{_CLASS}" data-n="{len(self._sealed)}">{self.word}</{tag}>'

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

    def open(self, page: str, output: str) -> str:
        """`output` with the page's own elements, each once; the word stays where others' stood."""
        left = set(self._owned.get(page, ()))

        def replace(match: re.Match[str]) -> str:
            number = _read_number(match)
            if number in left:
                left.remove(number)
                return self._sealed[number - 1]
            return match[0]

        return _replace(output, replace)


def strip(html: str) -> str:
    """For teasers: without sealed blocks, and with a word where an inline spoiler stood."""

    def replace(match: re.Match[str]) -> str:
        return "" if match["tag"].lower() == "div" else match["text"]

    return _replace(html, replace)


def _replace(html: str, replace: Callable[[re.Match[str]], str]) -> str:
    pieces: list[str] = []
    end = 0
    for match in _find_placeholders(html):
        pieces += (html[end : match.start()], replace(match))
        end = match.end()
    return "".join([*pieces, html[end:]])


def _find_placeholders(html: str) -> Iterator[re.Match[str]]:
    """Looks where the class stands: a page has many elements, and few of these."""
    at = html.find(_CLASS)
    while at >= 0:
        match = _PLACEHOLDER.match(html, html.rfind("<", 0, at))
        if match:
            yield match
        at = html.find(_CLASS, match.end() if match else at + 1)


def _read_number(match: re.Match[str]) -> int:
    number = _NUMBER.search(match["attributes"])
    return int(number[1]) if number else 0

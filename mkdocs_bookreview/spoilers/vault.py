"""Where sealed spoilers are kept until their own page is written.

What others make of a page before that (index, feed, excerpt, description) holds placeholders only.
"""

import re
from collections import defaultdict

from mkdocs_bookreview.spoilers.form import INLINE_CLASS
from mkdocs_bookreview.words.language import Words

_TAG = "bookreview-sealed"
_PLACEHOLDER = re.compile(
    rf"<{_TAG}\b(?P<attributes>[^>]*)>(?P<text>[^<]*)</{_TAG}\s*>", re.IGNORECASE
)
_NUMBER = re.compile(r"\bn\s*=\s*[\"']?(\d+)")
_BLOCK = re.compile(r"\bblock\b")


class Vault:
    """One for each build. Numbers count from 1 in the order of locking."""

    def __init__(self, words: Words) -> None:
        self._word = f"[{words('spoiler_word')}]"
        self._sealed: list[str] = []
        self._owned: dict[str, set[int]] = defaultdict(set)

    def lock(self, sealed_html: str) -> str:
        """Keep a sealed element and return what stands for it."""
        self._sealed.append(sealed_html)
        kind = "inline" if INLINE_CLASS in sealed_html.partition(">")[0] else "block"
        return f'<{_TAG} n="{len(self._sealed)}" kind="{kind}">{self._word}</{_TAG}>'

    def claim(self, page: str, html: str) -> None:
        """Remember that what has its placeholder in `html` belongs to `page`."""
        if f"<{_TAG}" in html:
            self._owned[page].update(map(_read_number, _PLACEHOLDER.finditer(html)))

    def open(self, page: str, output: str) -> str:
        """`output` with the page's own elements, each once, and a word where others' stood."""
        if f"<{_TAG}" not in output:
            return output
        left = set(self._owned.get(page, ()))

        def replace(match: re.Match[str]) -> str:
            number = _read_number(match)
            if number in left and 0 < number <= len(self._sealed):
                left.remove(number)
                return self._sealed[number - 1]
            return f'<span class="bookreview-spoiler-elsewhere">{self._word}</span>'

        return _PLACEHOLDER.sub(replace, output)


def strip(html: str) -> str:
    """For teasers: without sealed blocks, and with a word where an inline spoiler stood."""

    def replace(match: re.Match[str]) -> str:
        return "" if _BLOCK.search(match["attributes"]) else match["text"]

    return _PLACEHOLDER.sub(replace, html) if f"<{_TAG}" in html else html


def _read_number(match: re.Match[str]) -> int:
    number = _NUMBER.search(match["attributes"])
    return int(number[1]) if number else 0

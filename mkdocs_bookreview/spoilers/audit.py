"""Look for hidden texts where they must not be."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import compress
from operator import not_
from typing import NamedTuple

from mkdocs_bookreview.spoilers.secrets import (
    Index,
    Secret,
    read_hidden,
    read_secrets,
    read_words,
)

_PIECE = 16_000  # characters; what stands in one piece by chance is not much
_OVERLAP = 2_000  # more than the longest secret with its markup
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
_TAG = re.compile(r"<[^>]*>")
_CLOSING, _PARAGRAPH_END = "</", "p>"  # what ends with the one before the other is a paragraph
_SEALED = re.compile(r"<(div|span) class=\"?bookreview-spoiler[\s\">]")


class Leak(NamedTuple):
    """`page` is whose text it is, `offset` counts characters, `quote` is how the text begins."""

    page: str
    offset: int
    quote: str


class Auditor:
    """Knows the hidden texts of a site.

    Texts of six words and more are looked for everywhere, shorter ones in what was made from their
    own page alone, and there only if the page does not say them openly. All are added before the
    first is looked for.
    """

    def __init__(self) -> None:
        self._sealed: dict[str, list[str]] = {}
        self._open: set[int] = set()

    def add(self, page: str, sealed: Iterable[str]) -> None:
        """`sealed` are sealed elements, or texts that stand in one."""
        if new := [*sealed]:
            self._sealed.setdefault(page, []).extend(new)

    def __bool__(self) -> bool:
        return bool(self._sealed)

    def trust(self, html: str) -> None:
        """Its paragraphs are what authors say openly: they are no leaks, wherever they stand."""
        for piece in html.replace("\n", " ").split("</p>"):
            paragraph = piece.rpartition("<p>")[2]
            self._open.add(hash(paragraph + _CLOSING))
            if "<" in paragraph:
                paragraph = _TAG.sub("", paragraph)  # search engines of sites leave tags out
                self._open.add(hash(paragraph + _CLOSING))
            if '"' in paragraph or not paragraph.isascii():
                self._open.add(hash(json.dumps(paragraph)[1:-1] + _CLOSING))

    def _leave_open(self, text: str) -> str:
        """Without the paragraphs that are known: to read them takes longer than to know them."""
        pieces = text.split(_PARAGRAPH_END)
        is_open = map(self._open.__contains__, map(hash, pieces))
        return " ".join(compress(pieces, map(not_, is_open)))

    @cached_property
    def _known(self) -> tuple[Index, dict[str, set[str]]]:
        """The longer texts, and the shorter ones of each page."""
        secrets: list[Secret] = []
        short: dict[str, set[str]] = {}
        for page, sealed in self._sealed.items():
            for text in map(read_hidden, sealed):
                if found := [*read_secrets(page, text)]:
                    secrets += found
                elif len("".join(words := read_words(text))) > 1:  # a letter stands anywhere
                    short.setdefault(page, set()).add(_join(words))
        return Index(secrets), short

    def has_short(self, page: str) -> bool:
        return page in self._known[1]

    def find(self, text: str, *, trusting: bool = True) -> list[Leak]:
        """All leaks of longer texts, each once; unless `trusting`, also what authors say openly."""
        rest = self._leave_open(text) if trusting else text
        found: dict[tuple[str, str], Secret] = {}  # one of each text
        for start in range(0, len(rest), _PIECE):
            piece = rest[start : start + _PIECE + _OVERLAP]
            for secret in self._known[0].find(_decode(piece)):
                if secret.find(piece):
                    found.setdefault((secret.page, secret.whole), secret)
        leaks = [
            Leak(secret.page, match.start(), secret.quote)
            for secret in found.values()
            if (match := secret.find(text))
        ]
        return sorted(leaks, key=lambda leak: (leak.offset, leak.page))

    def find_short(self, page: str, derived: str, read_open: Callable[[], str]) -> Iterator[Leak]:
        """`derived` was made from the page, `read_open` gives what the page says openly."""
        if told := self.says_short(page, derived):
            spoken = f" {_join(read_words(read_open()))} "
            yield from (Leak(page, 0, short) for short in told if f" {short} " not in spoken)

    def says_short(self, page: str, text: str) -> list[str]:
        """The shorter ones of a page's texts that are in `text`."""
        folded = text.casefold()
        told = [short for short in self._known[1].get(page, ()) if short.split(" ")[0] in folded]
        if not told:
            return []
        spoken = f" {_join(read_words(text))} "
        return [short for short in told if f" {short} " in spoken]


def cut_sealed(html: str) -> str:
    """`html` without its sealed elements, with spaces in their place."""
    pieces: list[str] = []
    cursor = 0
    while match := _SEALED.search(html, cursor):
        end = _find_end(html, match)
        pieces += (html[cursor : match.start()], " " * (end - match.start()))
        cursor = end
    pieces.append(html[cursor:])
    return "".join(pieces)


def _find_end(html: str, start: re.Match[str]) -> int:
    depth = 0
    for tag in re.compile(rf"<(/?){start[1]}\b").finditer(html, start.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html.find(">", tag.end()) + 1
    return len(html)


def _decode(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", text)


def _join(words: list[str]) -> str:
    return " ".join(words).casefold()

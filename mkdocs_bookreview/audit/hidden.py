"""Keeps all texts that the pages of a site hide, and searches other texts for them."""

import json
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import cached_property
from html import unescape
from itertools import compress
from operator import not_
from typing import NamedTuple

from mkdocs_bookreview.audit.secrets import Index, Secret, read_secrets, read_words

BODY_CLASS = "bookreview-spoiler__body"
_PIECE = 64_000  # characters searched at once, because the words of a large file fill the memory
_OVERLAP = 2_000  # more than the longest secret with its markup
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# Only codes of three digits and more match, because shorter ones, such as `&#39;`, are never part
# of a word.
_REFERENCE = re.compile(r"&#\d{3,6};")
_BREAKS = (r"\n", r"\r", r"\t")
_TAG = re.compile(r"<[^>]*>")
_NO_TEXT = "\x00"  # replaces a tag
_OTHER_TAG = re.compile(r"<(?!/?p>)[^>]*>")
_JSON = ("{", "[")
_DEARER = 8  # Searching a character takes this many times as long as hashing a character.
_LONG = 200  # characters: dropping fewer saves no time, and would tear a copied spoiler apart
# Matches spoilers as authors write them. The first four groups hold just the hidden text; the last
# two also hold a label or options in the lines before it. `a||b||c` does not match, because bars
# without spaces around them are common in scripts.
_SPOILER = r"(?<![\w-])spoiler(?![\w-])"
_MARKUP = re.compile(
    r"(?<![\w)\]|])\|\|([^\s|][^|]{0,200})\|\||\|\|([^\s|][^|]{0,200})\|\|(?![\w(\[{!|\"'+-])"
    rf"|\[((?:[^\[\]]|\[[^\[\]]{{0,200}}\]){{1,200}})\]\{{[^{{}}\n]{{0,200}}{_SPOILER}"
    rf"|<(?:spoiler|[^<>]{{0,200}}\bclass=[^<>=]{{0,100}}{_SPOILER})[^<>]{{0,200}}>"
    r"(.{1,300}?)</(?:spoiler|span|div)"
    rf"|///[ \t]*{_SPOILER}(.{{1,300}}?)///"
    rf"|(?:\?\?\?\+?|!!!)[ \t]*{_SPOILER}"
    r"([^\n]*\n(?:[ \t]*\n|[ \t]+[^\n]+(?:\n|$)){1,20})",
    re.DOTALL | re.IGNORECASE,
)
_WHOLE_GROUPS = 4
# Each pattern shows where markup is likely; the numbers count the characters to read before and
# behind it. Patterns begin with a fixed text, because only such a search is fast. `c` is the end of
# `\u003c`, and `;` that of `&lt;`.
_HINTS = (
    (re.compile(r"\|\|[^\s|]"), 0, 300),
    (re.compile(r"poiler(?![\w-])(?<=[\s/?!.<=\"';c][sS]poiler)"), 300, 600),
)
_LINK_TARGET = re.compile(r"\]\([^)]*\)")


class Leak(NamedTuple):
    """Describes a hidden text or picture in a place where it must not be.

    `page` is the name of the page that hides it, and `offset` counts the characters before it.
    `quote` is the beginning of the text, or the path of the picture. `kind` is `text` or `picture`.
    """

    page: str
    offset: int
    quote: str
    kind: str = "text"


class HiddenTexts:
    """Searches texts for the hidden texts of a site's pages.

    Texts of six words and more are searched for everywhere. Shorter texts appear in other places by
    chance, so they are only searched for in files made from their own page, or together with their
    markup. Add all texts before the first search.
    """

    def __init__(self) -> None:
        self._sealed: dict[str, list[str]] = {}
        self._trusted: list[str] = []
        self._trusted_length = 0
        self._searched: Counter[bool] = Counter()  # characters, in JSON and elsewhere

    def add(self, page: str, sealed: Iterable[str]) -> None:
        """Add sealed elements of a page, or HTML that is in sealed elements."""
        if new := [*sealed]:
            self._sealed.setdefault(page, []).extend(new)

    def __bool__(self) -> bool:
        return bool(self._sealed)

    def trust(self, html: str) -> None:
        """Remember paragraphs that are not leaks anywhere, because their author shows them."""
        self._trusted.append(html)
        self._trusted_length += len(html)

    @cached_property
    def _open(self) -> set[int]:
        """Return the hashes of trusted paragraphs, with their tags and without."""
        pages = [*map(_unwrap, self._trusted)]
        return _hash_paragraphs((*pages, *(_OTHER_TAG.sub("", page) for page in pages)))

    @cached_property
    def _open_in_json(self) -> set[int]:
        """Return the hashes of trusted paragraphs without tags in JSON, as in search indexes.

        Pages are escaped as a whole, because escaping each paragraph takes three times as long.
        """
        pages = map(_unwrap, self._trusted)
        return _hash_paragraphs(json.dumps(_OTHER_TAG.sub("", page))[1:-1] for page in pages)

    def _leave_open(self, text: str) -> str:
        """Drop long trusted paragraphs, because looking up a hash is faster than a search."""
        is_json = text.startswith(_JSON)
        self._searched[is_json] += len(text)
        if not self._trusted or self._searched[is_json] * _DEARER < self._trusted_length:
            return text
        known = self._open_in_json if is_json else self._open
        pieces = text.replace("</p>", "<p>").split("<p>")
        return " ".join(compress(pieces, map(not_, map(known.__contains__, map(hash, pieces)))))

    @cached_property
    def _known(self) -> tuple[Index, dict[str, dict[str, str]]]:
        """Return an index of longer texts, and each page's short texts with their first words."""
        secrets: list[Secret] = []
        short: dict[str, dict[str, str]] = {}
        for page, sealed in self._sealed.items():
            for text in map(_read_hidden, sealed):
                if found := [*read_secrets(page, text)]:
                    secrets += found
                elif words := read_words(text):
                    short.setdefault(page, {})[_join(words)] = words[0].casefold()
        return Index(secrets), short

    @cached_property
    def _pages_by_short(self) -> dict[str, str]:
        return {text: page for page, texts in self._known[1].items() for text in texts}

    def find(self, text: str, said: Container[Secret] = ()) -> list[Leak]:
        """Return a leak for the first place of each longer hidden text; skip pieces in `said`.

        `said` has the pieces that authors also say openly.
        """
        found: dict[tuple[str, str], Secret] = {}
        for secret in self.find_pieces(self._leave_open(text)):
            if secret not in said:
                found.setdefault((secret.page, secret.whole), secret)
        leaks = [
            Leak(secret.page, match.start(), secret.quote)
            for secret in found.values()
            if (match := secret.find(text))
        ]
        return sorted(leaks, key=lambda leak: (leak.offset, leak.page))

    def find_pieces(self, text: str) -> Iterator[Secret]:
        """Yield the pieces of longer hidden texts in `text`; a piece may be yielded repeatedly."""
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE + _OVERLAP]
            found = self._known[0].find(decode(piece))
            yield from (secret for secret in found if secret.find(piece))

    def has_short(self, page: str) -> bool:
        return page in self._known[1]

    def list_short(self, page: str, text: str) -> list[str]:
        """Return the short hidden texts of `page` that are in `text`, which may be HTML.

        A single letter does not count, because it is in any text.
        """
        shorts = self._known[1].get(page, {})
        folded = text.casefold() if shorts else ""
        likely = [text for text, first in shorts.items() if first in folded and len(text) > 1]
        return keep_said(likely, list_words(text)) if likely else []

    def may_find_marked(self, text: str) -> bool:
        """Return whether `text` may have markup of spoilers.

        Call this before `find_marked`, because undoing all escapes of a text takes long.
        """
        return bool(self._pages_by_short) and any(hint.search(text) for hint, _, _ in _HINTS)

    def find_marked(self, text: str) -> Iterator[tuple[Leak, str]]:
        """Yield a leak for each short text in spoiler markup, and the markup, as `||Tommy||`."""
        for hint, before, behind in _HINTS:
            end = 0
            for place in (match.start() for match in hint.finditer(text)):
                for match in _MARKUP.finditer(text, max(end, place - before), place + behind):
                    if match.start() > place:
                        break  # because it may end after the text that is read here
                    end = match.end()
                    if short := self._read_marked(match):
                        yield Leak(self._pages_by_short[short], match.start(), short), match[0]

    def _read_marked(self, match: re.Match[str]) -> str | None:
        """Return the short text that a match hides, without lines of label and options, or None."""
        group = match.lastindex or 0
        lines = _TAG.sub(" ", _LINK_TARGET.sub(" ", match[group])).split("\n")
        starts = range(1 if group <= _WHOLE_GROUPS else len(lines))
        texts = (_read_markdown("\n".join(lines[start:])) for start in starts)
        return next((text for text in texts if text in self._pages_by_short), None)


def _read_hidden(sealed_html: str) -> str:
    """Return the hidden text of a sealed element without its label, which is open."""
    body = sealed_html.partition(f'{BODY_CLASS}">')[2] or sealed_html
    return unescape(_TAG.sub(_NO_TEXT, body))


def _unwrap(html: str) -> str:
    return html.replace("\n", " ")


def _hash_paragraphs(pages: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for page in pages:
        paragraphs = (piece.rpartition("<p>")[2] for piece in page.split("</p>")[:-1])
        found.update(hash(text) for text in paragraphs if len(text) >= _LONG)
    return found


def list_words(html: str) -> str:
    """Return the words of a text or HTML for `keep_said`, with the tags and without."""
    return "|".join(
        f" {_join(read_words(unescape(text)))} " for text in (html, _TAG.sub(" ", html))
    )


def keep_said(shorts: Iterable[str], words: str) -> list[str]:
    """Return the short texts that are in `words`, which `list_words` has made of a text."""
    return [short for short in shorts if f" {short} " in words]


def _read_markdown(markdown: str) -> str:
    return _join([word.strip("_") for word in read_words(markdown)])


def decode(text: str, line_break: str = " ") -> str:
    """Undo the escapes of JSON and JavaScript, and escaped letters in XML files in ASCII."""
    if "&#" in text:
        text = _REFERENCE.sub(lambda match: unescape(match[0]), text)
    if "\\" not in text:
        return text
    for escape in _BREAKS:  # one by one, because a pattern takes ten times as long
        text = text.replace(escape, line_break)
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if r"\u" in text else text


def _join(words: list[str]) -> str:
    return " ".join(words).casefold()

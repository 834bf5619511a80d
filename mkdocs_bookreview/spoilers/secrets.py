"""The texts that a site hides, in pieces that can be looked for."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from itertools import compress, count, pairwise
from typing import NamedTuple

from mkdocs_bookreview.spoilers.sealed.form import BODY_START

LEAST_WORDS = 6  # a text of fewer stands in the open too often to be looked for everywhere
_MOST_WORDS = 12  # longer texts are looked for in parts of so many words

# Scripts that put no spaces between words: each of their characters counts as a word.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_SPACED_WORD = re.compile(r"\w+")
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
_UNSPACED_SIGN = re.compile(rf"[{_UNSPACED}]")
# What may stand between two words of one text: markup, entities, escapes, other signs. As an escape
# may be a word too, it is a matter of what follows how much of this there is.
_GAP = (
    r"(?>(?:<|&lt;|\\u003c)[^<>&\\]*(?:>|&gt;|\\u003e)"
    r"|&#?\w{1,8};|\\(?:[nrt]|u[0-9a-fA-F]{4})|[\W_])*?"
)
_TAG = re.compile(r"<[^>]*>")
_NEAR = 200  # tokens; markup between the words of one text is not longer
_NO_TEXT = "\x00"  # stands for a tag


class Secret(NamedTuple):
    """A text of so many words that it stands nowhere by chance, or a part of one.

    In a text a NUL stands for each tag.
    """

    page: str
    whole: str
    text: str

    @property
    def quote(self) -> str:
        """Enough for its author to know the whole text by."""
        words = list(_WORD.finditer(self.whole))
        return self.whole[words[0].start() : words[2].end()] + "…"

    def find_rare_pair(self) -> tuple[str, str] | None:
        """Two words that follow each other in few other texts: long ones are rare."""
        tokens = self._list_inner()
        for one in sorted(tokens[:-1], key=len, reverse=True):
            next_ = tokens[tokens.index(one) + 1]
            if one.isalnum() and next_.isalnum():
                return one, next_
        return None

    def is_likely(self, tokens: Iterable[str]) -> bool:
        """Whether half the pairs, or more, are in `tokens`."""
        text = " ".join(tokens)
        pairs = [pair for pair in pairwise(self._list_inner()) if all(map(str.isalnum, pair))]
        return 2 * sum(" ".join(pair) in text for pair in pairs) >= len(pairs)

    def _list_inner(self) -> list[str]:
        """Tokens that follow each other in every copy of the text, if they are words.

        At its ends there may be but pieces of some, and others may be written otherwise.
        """
        return _split_tokens(self.text)[1:-1]

    def find(self, text: str) -> re.Match[str] | None:
        return re.search(_GAP.join(map(_spell, read_words(self.text))), text)


def read_hidden(sealed_html: str) -> str:
    """What a sealed element hides, as text; its label is in the open."""
    body = sealed_html.partition(BODY_START)[2] or sealed_html
    return unescape(_TAG.sub(_NO_TEXT, body))


def read_words(text: str) -> list[str]:
    return (_WORD if _is_unspaced(text) else _SPACED_WORD).findall(text)


def _split_tokens(text: str) -> list[str]:
    return _TOKEN.findall(text) if _is_unspaced(text) else text.split()


def _is_unspaced(text: str) -> bool:
    return not text.isascii() and _UNSPACED_SIGN.search(text) is not None


def read_secrets(page: str, text: str) -> Iterator[Secret]:
    """None of a text that is too short."""
    length = len(read_words(text))
    if LEAST_WORDS <= length <= _MOST_WORDS:
        yield Secret(page, text, text)
    if length > _MOST_WORDS:
        words = list(_WORD.finditer(text))
        last = length - _MOST_WORDS
        for first in (*range(0, last, LEAST_WORDS), last):
            end = words[first + _MOST_WORDS - 1].end()
            yield Secret(page, text, text[words[first].start() : end])


class Index:
    """Finds which of many secrets a text may hold, in one pass over its tokens."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._rest: list[Secret] = []
        self._by_pair: dict[str, list[Secret]] = {}
        self._firsts: set[str] = set()
        self._split: Callable[[str], list[str]] = str.split
        for secret in secrets:
            if _is_unspaced(secret.text):
                self._split = _TOKEN.findall
            if pair := secret.find_rare_pair():
                self._firsts.add(pair[0])
                self._by_pair.setdefault(" ".join(pair), []).append(secret)
            else:
                self._rest.append(secret)

    def find(self, text: str) -> Iterator[Secret]:
        tokens = self._split(text)
        places = list(compress(count(), map(self._firsts.__contains__, tokens)))
        tokens.append("")
        yield from dict.fromkeys(
            secret
            for place in places
            for secret in self._by_pair.get(f"{tokens[place]} {tokens[place + 1]}", ())
            if secret.is_likely(tokens[max(0, place - _NEAR) : place + _NEAR])
        )
        yield from self._rest


def _spell(word: str) -> str:
    """As it stands in text, or as JSON writes it."""
    escaped = json.dumps(word)[1:-1]
    return word if escaped == word else f"(?:{word}|{re.escape(escaped)})"

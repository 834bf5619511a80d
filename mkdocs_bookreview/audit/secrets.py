"""Cuts hidden texts into pieces, and finds these pieces in other texts."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, compress, count, pairwise
from typing import NamedTuple

LEAST_WORDS = 6  # because shorter texts appear in other places by chance
MOST_WORDS = 12  # longer texts are searched for in pieces of so many words
_NEAR = 60  # tokens before and after a rare pair, more than a piece with its markup has

# Each character of these scripts counts as a word, because they put no spaces between words.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_SPACES_FOR_SIGNS = bytes(
    code if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(128)
) + bytes(128)
_PAIR = 2  # tokens
_RANKS = 1_000_000  # ranks for tokens that are equally rare, one for each length
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
_UNSPACED_SIGN = re.compile(rf"[{_UNSPACED}]")
# Matches markup, entities, escapes and signs between two words. HTML in a feed is escaped twice,
# so `&amp;` is `&amp;amp;` there. The repetition is lazy, because an escape such as `\u00e9` may
# also be the beginning of the next word.
_GAP = (
    r"(?>(?:<|&(?:amp;)?lt;|\\u003c)(?:[^<>&\\]|\\(?!u003)|&(?!(?:amp;)?[lg]t;))*"
    r"(?:>|&(?:amp;)?gt;|\\u003e)"
    r"|&(?:amp;)?#?\w{1,8};|\\(?:[nrt]|u[0-9a-fA-F]{4})|[\W_])*?"
)


Split = Callable[[str], list[str]]


class Secret(NamedTuple):
    """Describes a piece of a hidden text that is so long that it appears nowhere by chance.

    `page` is the name of the page, `whole` the hidden text, and `text` the piece. In both texts,
    NUL replaces each tag.
    """

    page: str
    whole: str
    text: str

    @property
    def quote(self) -> str:
        """Return the first three words, because authors recognise their text by them."""
        words = list(_WORD.finditer(self.whole))
        start = self.whole[words[0].start() : words[2].end()]
        return " ".join(start.replace("\0", " ").split()) + "…"

    def list_pairs(self) -> list[str]:
        """Return all pairs of inner words: "Look, in the end it" gives "in the" and "the end"."""
        pairs = pairwise(self.list_inner())
        return [" ".join(pair) for pair in pairs if all(map(str.isalnum, pair))]

    def list_inner(self) -> list[str]:
        """Return all tokens but the outer two, because a copy may have signs next to those two."""
        return _find_split(self.text)(self.text)[1:-1]

    def find(self, text: str) -> re.Match[str] | None:
        return re.search(_GAP.join(map(_spell, read_words(self.text))), text)


def _find_rare_pair(tokens: list[str], ranks: Mapping[str, int]) -> tuple[str, str] | None:
    """Return the rarest word with a word after it, and that second word; or None.

    The rarest word has the lowest rank. If long words have low ranks, "the end nobody runs away"
    gives ("nobody", "runs").
    """
    if len(tokens) < _PAIR:
        return None
    # The rarest token is tried before all are sorted, because it nearly always makes a pair.
    rank = ranks.__getitem__
    rarest = _find_pair([min(tokens[:-1], key=rank)], tokens)
    return rarest or _find_pair(sorted(tokens[:-1], key=rank), tokens)


def _rank_tokens(texts: Iterable[list[str]]) -> Mapping[str, int]:
    """Return a rank for each token: the lowest for the rarest, and among equals for the longest.

    With ranks by length alone, the time of a search was measured to grow with the square of the
    number of pages, because many long tokens are frequent, and each place of a token is looked at.
    """
    counts = Counter(chain.from_iterable(texts))
    return {token: count * _RANKS - len(token) for token, count in counts.items()}


def _find_pair(likely: Iterable[str], tokens: list[str]) -> tuple[str, str] | None:
    """Return the first likely token that is a word and is followed by a word, with the follower."""
    for token in likely:
        follower = tokens[tokens.index(token) + 1]
        if token.isalnum() and follower.isalnum():
            return token, follower
    return None


def _find_split(text: str) -> Split:
    """Return a function that splits a text into tokens.

    Only scripts without spaces between words use a pattern, because it takes four times as long.
    """
    is_spaced = text.isascii() or not _UNSPACED_SIGN.search(text)
    return str.split if is_spaced else _TOKEN.findall


def read_words(text: str) -> list[str]:
    if text.isascii():
        # ASCII text is split as bytes, because a pattern was measured to take three times as long.
        return text.encode().translate(_SPACES_FOR_SIGNS).decode().split()
    return _WORD.findall(text)


def read_secrets(page: str, text: str) -> Iterator[Secret]:
    """Yield the pieces of a hidden text, which overlap; none if it is too short.

    A text of 20 words gives three pieces of 12 words, which begin with words 1, 7 and 9.
    """
    length = len(read_words(text))
    if LEAST_WORDS <= length <= MOST_WORDS:
        yield Secret(page, text, text)
    if length > MOST_WORDS:
        words = list(_WORD.finditer(text))
        last = length - MOST_WORDS
        for first in (*range(0, last, LEAST_WORDS), last):
            end = words[first + MOST_WORDS - 1].end()
            yield Secret(page, text, text[words[first].start() : end])


class Index:
    """Finds which of many secrets a text may hold, in one pass over its tokens."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._rest: list[Secret] = []
        self._by_pair: dict[str, list[Secret]] = {}
        self._firsts: set[str] = set()
        self._all_pairs: dict[str, list[str]] = {}
        listed = [(secret, secret.list_inner()) for secret in secrets]
        self._split = _find_split("".join(secret.text for secret, _ in listed))
        ranks = _rank_tokens(tokens for _, tokens in listed)
        for secret, tokens in listed:
            if pair := _find_rare_pair(tokens, ranks):
                self._firsts.add(pair[0])
                self._by_pair.setdefault(" ".join(pair), []).append(secret)
            else:
                self._rest.append(secret)

    def find(self, text: str) -> Iterator[Secret]:
        tokens = [*self._split(text), ""]
        for place in compress(count(), map(self._firsts.__contains__, tokens)):
            if secrets := self._by_pair.get(f"{tokens[place]} {tokens[place + 1]}"):
                near = " ".join(tokens[max(0, place - _NEAR) : place + _NEAR])
                yield from (secret for secret in secrets if self._is_likely(secret, near))
        yield from self._rest

    def _is_likely(self, secret: Secret, near: str) -> bool:
        """Return whether half of a secret's pairs of words are in the text around one of them.

        This comes before `Secret.find`, because compiling a pattern is slow.
        """
        if secret.text not in self._all_pairs:
            self._all_pairs[secret.text] = secret.list_pairs()
        pairs = self._all_pairs[secret.text]
        return 2 * sum(map(near.__contains__, pairs)) >= len(pairs)


def _spell(word: str) -> str:
    """Return a pattern that finds a word in plain text, in JSON and in XML files in ASCII."""
    if word.isascii():
        return word
    escaped = json.dumps(word)[1:-1], word.encode("ascii", "xmlcharrefreplace").decode()
    return f"(?:{word}|{'|'.join(map(re.escape, escaped))})"

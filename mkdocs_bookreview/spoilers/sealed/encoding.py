"""Encodes the bodies of sealed elements, so that programs which print all text do not print them.

`assets/js/decode.js` decodes a body when its reader opens it. Encoded is not encrypted: anyone can
decode the source of a page.

Each body becomes a part, which is Base64 without the `=` at its end. The part of a body has only
the tags of the bodies in it; the inner bodies become parts of their own, which follow in the order
of the page. The outermost body has all parts in the attribute `data-sealed`. For an inner body, the
attribute has the range of its parts, counted from the first part after that of the body around it:

    <div …body">A <span …body">b</span></div>
    <div …body" data-sealed="PART.PART">…</div>
    in the first part: A <span …body" data-sealed="0-1">…</span>   in the second: b

In this way every body is encoded only once, because encoding makes a text a third longer each time.
The ranges are written, because a script cannot count the bodies: browsers do not read elements in
`<noscript>`, so a body after it would get the wrong part.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from html import escape
from typing import NamedTuple

from mkdocs_bookreview.spoilers.sealed.form import BLOCK_END, BODY_START, INLINE_END
from mkdocs_bookreview.spoilers.sealed.tags import Tag, read_tags
from mkdocs_bookreview.words.language import Words

# The pattern also needs the tags before the body, because authors may write an element of this
# class themselves.
_BODY = re.compile(
    rf'(?<=</span></summary>)<div {BODY_START}|(?<= </button>)<span id="[^"]*" popover {BODY_START}'
)


def choose_encoding(words: Words, *, is_encoded: bool) -> Callable[[str], str]:
    """Return a function that encodes a sealed element; without `is_encoded` it changes nothing."""
    return partial(encode, notice=escape(words("spoiler_no_script"))) if is_encoded else str


def encode(sealed_html: str, notice: str) -> str:
    """Return a sealed element with encoded bodies, which show `notice` until they are opened."""
    encoder = _Encoder(sealed_html, notice)
    for tag in read_tags(sealed_html):
        encoder.read(tag)
    found = encoder.write()
    return _encode_whole(sealed_html, notice) if found is None else found


def _encode_whole(sealed_html: str, notice: str) -> str:
    """Encode everything after the first tag of a body, because the body's end is unknown."""
    start = _BODY.search(sealed_html)
    at = start.end() if start else 0
    end = BLOCK_END if sealed_html.endswith(BLOCK_END) else INLINE_END
    part = _encode_part(sealed_html[at:].removesuffix(end))
    return f"{_mark(sealed_html[:at], part)}{notice}{end}"


def _encode_part(html: str) -> str:
    return b64encode(html.encode("utf-8", "xmlcharrefreplace")).decode().rstrip("=")


def _mark(html: str, value: str) -> str:
    """Return HTML with an attribute added to the tag at its end."""
    return f'{html[:-1]} data-sealed="{value}">'


class _Body(NamedTuple):
    """Describes an element that is still open: a body, or the whole input, which has no name.

    `depth` counts the open elements of its `name`, including itself. `start` is its opening tag,
    and `pieces` are the HTML in it so far. `parts` are the encoded bodies in it.
    """

    name: str
    depth: int
    start: str
    pieces: list[str]
    parts: list[str]


class _Encoder:
    """Encodes one sealed element while it reads the tags in it."""

    def __init__(self, sealed_html: str, notice: str) -> None:
        self._html = sealed_html
        self._notice = notice
        self._done = 0  # how many characters are in the pieces
        self._open = [_Body("", 0, "", [], [])]
        self._depths = {"div": 0, "span": 0}

    def read(self, tag: Tag) -> None:
        if tag.name not in self._depths:
            return
        self._depths[tag.name] += -1 if tag.closing else 1
        depth = self._depths[tag.name]
        body = self._open[-1]
        if tag.closing and body.name == tag.name and depth < body.depth:
            self._end(tag)
        elif not tag.closing and _BODY.match(self._html, tag.start):
            self._add_until(tag.start)
            self._done = tag.end
            self._open.append(_Body(tag.name, depth, self._html[tag.start : tag.end], [], []))

    def _add_until(self, end: int) -> None:
        self._open[-1].pieces.append(self._html[self._done : end])
        self._done = end

    def _end(self, tag: Tag) -> None:
        """Encode the innermost body, which ends at a tag."""
        self._add_until(tag.start)
        body = self._open.pop()
        parts = [_encode_part("".join(body.pieces)), *body.parts]
        around = self._open[-1]
        is_outermost = len(self._open) == 1
        first = len(around.parts)
        value = ".".join(parts) if is_outermost else f"{first}-{first + len(parts)}"
        around.pieces.extend((_mark(body.start, value), self._notice))
        around.parts.extend(() if is_outermost else parts)

    def write(self) -> str | None:
        """Return the encoded element, or None if readable text may follow its own body."""
        rest = self._html[self._done :]
        if len(self._open) > 1 or rest not in (BLOCK_END, INLINE_END):
            return None
        return "".join([*self._open[0].pieces, rest])

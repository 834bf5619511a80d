"""What a page prints, in plain signs, with the way back to the offsets of its HTML."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown

from mkdocs_bookreview.spoilers.caught.spelling import UNSEEN, normalise
from mkdocs_bookreview.spoilers.sealed.tags import (
    BLOCKS,
    CODE,
    COMMENT,
    Tag,
    read_attributes,
    read_classes,
)

# What stands for tags: the start of a quote and the edge of any block, an element in a line, and
# code with all that is in it. Patterns for the signs of a line must not run over them.
QUOTE, EDGE, INLINE, CODE_SIGN = "\x1d", "\x1e", "\x1f", "\0"
# What Markdown must not read, and what the author wrote with a backslash, has another code point
# until the page is finished: no other sign keeps the difference through all extensions.
_GUARD = 0x10FF00
GUARDED = r"\U0010FF00-\U0010FF7F"
_GUARDED = re.compile(f"[{GUARDED}]")
_ESCAPE = re.compile("\x02(\\d+)\x03")
GUARDED_BAR = chr(_GUARD + ord("|"))
GUARDED_SLASH = chr(_GUARD + ord("/"))
# `>!` at the start of a line, where `> !` is a quotation.
GUARDED_MARK = chr(_GUARD + ord("!"))

# Other extensions draw with these, and their signs are not those of Markdown.
_DRAWN = frozenset({"arithmatex", "mermaid"})
_WIDE = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&", "\u2016": "||", "\u2047": "??"}
_WIDE |= {"\u203c": "!!", "\x02bookreview-block\x03": "", "&nbsp;": " ", "&#160;": " "}
_ENTITY = re.compile(r"&(?:amp|gt|lt|quot);")
_FOREIGN_QUOTE = re.compile(r"^[ \t>*+-]*>!(?![\[!])", re.MULTILINE)
_CODE_ELEMENT = re.compile(
    r"(<(code|kbd|math|samp|svg|tt)\b[^<>]*>)((?:[^<]|<(?!/?\2\b))*+)(?=</\2>)"
)
_SIGNS = {ord(sign): _GUARD + ord(sign) for sign in "|[]{}"}
_LINE = re.compile(f"\\s*[^\n{QUOTE}-{INLINE}]{{0,300}}")
_LINE_START = re.compile(f"[^\n{QUOTE}-{INLINE}]*\\Z")
_LONGEST = 200
_ODD = re.compile(rf"{UNSEEN}+|{'|'.join(map(re.escape, _WIDE))}")


def guard(text: str) -> str:
    return "".join(chr(_GUARD + ord(char)) if char < "\x80" else char for char in text)


def guard_escaped(text: str) -> str:
    """Guard what Python-Markdown keeps as a number because of a backslash before it."""
    return _ESCAPE.sub(lambda match: guard(chr(int(match[1]))), text)


def unguard(text: str) -> str:
    return _GUARDED.sub(lambda match: chr(ord(match[0]) - _GUARD), text)


class Text:
    """`plain` is what is printed; `pairs` has the closing tag of each opening one, by offset.

    `<p>a &lt; b</p>` becomes EDGE, `a < b`, EDGE; offset 4 of that is offset 9 of the HTML.
    """

    def __init__(self, html: str, tags: Sequence[Tag], pairs: Mapping[int, Tag]) -> None:
        self._plain_offsets: list[int] = []
        self._offsets: list[int] = []
        self._pieces: list[str] = []
        self._length = 0
        self.html = html
        plain = normalise(html)
        cursor = 0
        for tag, end in read_printed(html, tags, pairs):
            self._add_text(plain, cursor, tag.start)
            self._add(_render(tag), tag.start)
            cursor = end
        self._add_text(plain, cursor, len(html))
        self._add("", len(html))
        self.plain = "".join(self._pieces)
        self._edges = [match.start() for match in re.finditer(EDGE, self.plain)]

    def offset(self, position: int) -> int:
        """Return where in the HTML a character of `plain` begins."""
        index = bisect_right(self._plain_offsets, position) - 1
        return self._offsets[index] + position - self._plain_offsets[index]

    def block(self, position: int) -> tuple[int, int]:
        """Return where the text between two tags of blocks begins and ends."""
        index = bisect_right(self._edges, position)
        start = self._edges[index - 1] + 1 if index else 0
        return start, self._edges[index] if index < len(self._edges) else len(self.plain)

    def last_text(self, position: int) -> int:
        """Return the position of the last text before."""
        return len(self.plain[:position].rstrip()) - 1

    def quote(self, start: int, end: int) -> str:
        """Return the HTML as it probably is in the source."""
        html = self.html[self.offset(start) : self.offset(end)]
        return unescape(unguard(html)).strip().partition("\n")[0]

    def quote_around(self, position: int) -> str:
        """Return the line there, or as much of it as is between tags."""
        before = _LINE_START.search(self.plain, max(0, position - _LONGEST), position)
        return self.quote_line(before.start() if before else position)

    def quote_line(self, start: int) -> str:
        """Return what is printed from there to the end of the line, or to the next tag."""
        line = _LINE.match(self.plain, start)
        return self.quote(*line.span()) if line else ""

    def _add(self, piece: str, offset: int) -> None:
        self._plain_offsets.append(self._length)
        self._offsets.append(offset)
        self._pieces.append(piece)
        self._length += len(piece)

    def _add_text(self, plain: str, start: int, end: int) -> None:
        for odd in _ODD.finditer(plain, start, end):
            self._add(plain[start : odd.start()], start)
            self._add(_WIDE.get(odd[0], ""), odd.start())
            start = odd.end()
        self._add(plain[start:end], start)


def pair_tags(tags: Sequence[Tag]) -> dict[int, Tag]:
    """Return for each opening tag, by its offset, the closing tag it counts to."""
    waiting: dict[str, list[int]] = {}
    pairs: dict[int, Tag] = {}
    for tag in tags:
        opened = waiting.setdefault(tag.name, [])
        if not tag.closing:
            opened.append(tag.start)
        elif opened:
            pairs[opened.pop()] = tag
    return pairs


def read_printed(
    html: str, tags: Iterable[Tag], pairs: Mapping[int, Tag]
) -> Iterator[tuple[Tag, int]]:
    """Yield the tags outside of code, and where the text goes on: after code that a tag begins."""
    cursor = 0
    for tag in tags:
        if tag.start >= cursor:
            cursor = _find_code(html, tag, pairs.get(tag.start)) or tag.end
            yield tag, cursor


def _render(tag: Tag) -> str:
    if tag.name in CODE or tag.name == "img":
        return CODE_SIGN
    if tag.name == "blockquote" and not tag.closing:
        return QUOTE + EDGE
    if tag.name in BLOCKS:
        return EDGE
    return "\n" if tag.name == "br" else INLINE


def _find_code(html: str, tag: Tag, closing: Tag | None) -> int | None:
    """Return the end of an element whose text is code, a drawing, or an address."""
    if tag.closing or tag.name == COMMENT or closing is None:
        return None
    is_code = tag.name in CODE or tag.name == "tt"
    if is_code or not _DRAWN.isdisjoint(read_classes(tag.attributes)):
        return closing.end
    if tag.name == "a":
        address = unescape(read_attributes(tag.attributes).get("href", ""))
        is_code = unescape(html[tag.end : closing.start]) in (
            address,
            address.removeprefix("mailto:"),
        )
        return closing.end if is_code else None
    return None


def guard_source(lines: list[str]) -> list[str]:
    """Guard the signs in raw elements of code, and the `>!` of other systems."""
    text = "\n".join(lines)
    if ">!" in text:
        text = _FOREIGN_QUOTE.sub(lambda match: match[0][:-1] + GUARDED_MARK, text)
    if "</" in text and ("||" in text or "spoil" in text):
        text = _CODE_ELEMENT.sub(lambda match: match[1] + match[3].translate(_SIGNS), text)
    return text.split("\n")


def guard_tree(root: Element, md: Markdown) -> None:
    """Guard what authors escaped: with a backslash, or as an entity, which Markdown keeps apart."""
    for element in root.iter():
        if element.text and "\x02" in element.text and element.tag != "code":
            element.text = guard_escaped(element.text)
        if element.tail and "\x02" in element.tail:
            element.tail = guard_escaped(element.tail)
        for name, value in element.items():
            if value and "\x02" in value:
                element.set(name, guard_escaped(value))
    stash = md.htmlStash.rawHtmlBlocks
    stash[:] = [_guard_entity(raw) if isinstance(raw, str) else raw for raw in stash]


def _guard_entity(raw: str) -> str:
    return guard("&") + raw[1:] if _ENTITY.fullmatch(raw) else raw

"""Reads the text that a page shows, and maps its positions to offsets in the HTML."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown

from mkdocs_bookreview.spoilers.caught.spelling import UNSEEN, normalise
from mkdocs_bookreview.spoilers.sealed.marks import pair_tags
from mkdocs_bookreview.spoilers.sealed.tags import BLOCKS, CODE, Tag, read_attributes, read_classes

# These replace tags: the start of a quote and the edge of any block, an element in a line, and
# code with all that is in it. Patterns for the signs of a line must not run over them.
QUOTE, EDGE, INLINE, CODE_SIGN = "\x1d", "\x1e", "\x1f", "\0"
TAGS = f"{QUOTE}-{INLINE}"
LINE_BEGIN = rf"(?:^|(?<=[\n{TAGS}])) *+"
LINE_END = rf" *+(?=[\n{TAGS}]|\Z)"
# A sign that the author escaped, or that Markdown must not read, is replaced by a character from
# this range until the page is finished, because no other mark survives all extensions.
_GUARD = 0x10FF00
GUARDED = r"\U0010FF00-\U0010FF7F"
_GUARDED_BYTE = b"\xf4"  # begins each guarded sign in UTF-8, and otherwise only rare characters
_GUARDED = re.compile(f"[{GUARDED}]")
GUARDED_BAR, GUARDED_SLASH, _GUARDED_AND = (chr(_GUARD + ord(sign)) for sign in "|/&")
# Replaces `>!` at the start of a line, because Markdown would read a quotation there.
GUARDED_MARK = chr(_GUARD + ord("!"))

# Signs in elements of these classes are not Markdown, because other extensions draw with them.
_DRAWN = frozenset({"arithmatex", "mermaid"})
_WIDE = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&", "\u2016": "||", "\u2047": "??"}
_WIDE |= {"\u203c": "!!", "\x02bookreview-block\x03": "", "&nbsp;": " ", "&#160;": " "}
_ENTITY = re.compile(r"&(?:amp|gt|lt|quot);")
_FOREIGN_QUOTE = re.compile(r"^(?:\[\^[^\]\n]+\]:|\d+[.)])?[ \t>*+-]*>!(?![\[!])", re.MULTILINE)
_CODE_ELEMENT = re.compile(
    r"(<(code|kbd|math|samp|svg|tt)\b[^<>]*>)((?>(?:[^<]|<(?!/?\2\b))*))(?=</\2>)"
)
# Python-Markdown writes an escaped sign like this.
_ESCAPE = re.compile("\x02(\\d\\d|1[0-2]\\d)\x03")
_SIGNS = {ord(sign): _GUARD + ord(sign) for sign in "|[]{}"}
_LINE = re.compile(rf"\s*[^\n{TAGS}]{{0,300}}")
_LINE_START = re.compile(rf"[^\n{TAGS}]*\Z")
_LONGEST = 200
_ODD = re.compile(rf"{UNSEEN}+|{'|'.join(map(re.escape, _WIDE))}")


def _guard_escaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(_GUARD + int(match[1])), text)


def may_be_guarded(utf8: bytes) -> bool:
    """Return whether a text in UTF-8 may have a guarded sign."""
    return _GUARDED_BYTE in utf8


def unguard(text: str) -> str:
    """Return a text with plain signs in place of guarded signs."""
    return _GUARDED.sub(lambda match: chr(ord(match[0]) - _GUARD), text)


class Text:
    """Holds the HTML of a page, and its text `plain` with control characters in place of tags.

    `<p>a &lt; b</p>` becomes EDGE, `a < b`, EDGE; position 4 of that is offset 9 of `html`.
    """

    def __init__(self, html: str, tags: Sequence[Tag]) -> None:
        self.html = html
        self._offsets = array("L")
        self._pieces: list[str] = []
        plain = normalise(html)
        cursor = 0
        for tag, end in read_printed(html, tags):
            self._add_text(plain, cursor, tag.start)
            self._add(_render(tag), tag.start)
            cursor = end
        self._add_text(plain, cursor, len(html))
        self._offsets.append(len(html))
        self.plain = "".join(self._pieces)
        self._edges = [match.start() for match in re.finditer(EDGE, self.plain)]

    def offset(self, position: int) -> int:
        """Return where in the HTML a character of `plain` begins."""
        return self._offsets[position]

    def block(self, position: int) -> tuple[int, int]:
        """Return where the text between two tags of blocks begins and ends."""
        index = bisect_right(self._edges, position)
        start = self._edges[index - 1] + 1 if index else 0
        return start, self._edges[index] if index < len(self._edges) else len(self.plain)

    def line_start(self, position: int) -> int:
        """Return where the line around `position` begins, or where the last tag before it ends.

        At most 200 characters are read, because a page may consist of a single line.
        """
        before = _LINE_START.search(self.plain, max(0, position - _LONGEST), position)
        return before.start() if before else position

    def quote(self, start: int, end: int) -> str:
        """Return the first line of a part of `plain`, as it probably is in the source."""
        html = self.html[self.offset(start) : self.offset(end)].replace(GUARDED_MARK, ">!")
        return unescape(unguard(html)).strip().partition("\n")[0]

    def quote_line(self, start: int) -> str:
        """Return the printed text from `start` to the end of the line, or to the next tag."""
        line = _LINE.match(self.plain, start)
        return self.quote(*line.span()) if line else ""

    def _add(self, sign: str, offset: int) -> None:
        self._pieces.append(sign)
        self._offsets.extend([offset] * len(sign))

    def _add_text(self, plain: str, start: int, end: int) -> None:
        for odd in _ODD.finditer(plain, start, end):
            self._copy(plain, start, odd.start())
            self._add(_WIDE.get(odd[0], ""), odd.start())
            start = odd.end()
        self._copy(plain, start, end)

    def _copy(self, plain: str, start: int, end: int) -> None:
        self._pieces.append(plain[start:end])
        self._offsets.extend(range(start, end))


def read_printed(html: str, tags: Sequence[Tag]) -> Iterator[tuple[Tag, int]]:
    """Yield each tag outside of code, and the offset where the text after it begins.

    Code is skipped: after `<code>` the text begins behind `</code>`.
    """
    pairs = pair_tags(tags, {tag.name for tag in tags})
    cursor = 0
    for tag in tags:
        if tag.start >= cursor:
            closing = pairs.get(tag.start)
            cursor = closing.end if closing and _is_code(html, tag, closing) else tag.end
            yield tag, cursor


def _render(tag: Tag) -> str:
    if tag.name in CODE or tag.name == "img":
        return CODE_SIGN
    if tag.name == "blockquote" and not tag.closing:
        return QUOTE + EDGE
    if tag.name in BLOCKS:
        return EDGE
    return "\n" if tag.name == "br" else INLINE


def _is_code(html: str, tag: Tag, closing: Tag) -> bool:
    """Return whether the text of an element is code, a drawing, or an address."""
    if tag.name == "a":
        address = unescape(read_attributes(tag.attributes).get("href", ""))
        shown = unescape(html[tag.end : closing.start])
        # A permalink, such as the `¶` beside a heading, counts too: the author did not write it.
        is_permalink = "headerlink" in read_classes(tag.attributes)
        return is_permalink or address in (shown, f"mailto:{shown}")
    is_drawn = not _DRAWN.isdisjoint(read_classes(tag.attributes))
    return is_drawn or tag.name in CODE or tag.name == "tt"


def guard_source(lines: list[str]) -> list[str]:
    """Return the lines with guarded signs in raw elements such as `<code>`, and for `>!`.

    Signs in code are text and mark no spoiler. Other systems begin a spoiler with `>!`, but
    Markdown would read a quotation.
    """
    text = "\n".join(lines)
    if ">!" in text:
        text = _FOREIGN_QUOTE.sub(lambda match: match[0][:-1] + GUARDED_MARK, text)
    if "</" in text and ("||" in text or "spoil" in text):
        text = _CODE_ELEMENT.sub(lambda match: match[1] + match[3].translate(_SIGNS), text)
    return text.split("\n")


def guard_tree(root: Element, md: Markdown) -> None:
    """Guard signs that authors escaped with a backslash or as an entity."""
    for element in root.iter():
        if element.text and "\x02" in element.text and element.tag != "code":
            element.text = _guard_escaped(element.text)
        if element.tail and "\x02" in element.tail:
            element.tail = _guard_escaped(element.tail)
        for name, value in element.items():
            if value and "\x02" in value:
                element.set(name, _guard_escaped(value))
    stash = md.htmlStash.rawHtmlBlocks
    for number, raw in enumerate(stash):
        if isinstance(raw, str) and _ENTITY.fullmatch(raw):
            stash[number] = _GUARDED_AND + raw[1:]

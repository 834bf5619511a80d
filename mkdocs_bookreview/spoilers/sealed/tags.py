"""Finished HTML as a row of tags, read as browsers read it.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from typing import NamedTuple


def name_elements(names: str) -> frozenset[str]:
    return frozenset(names.split())


COMMENT = "#comment"
VOID = name_elements(
    "area base br col embed hr img input link meta param source track wbr #comment"
)
RAW_TEXT = name_elements("iframe noembed noframes script style textarea title xmp")
CODE = RAW_TEXT | name_elements("code kbd math pre samp svg")
HEADINGS = name_elements("h1 h2 h3 h4 h5 h6")
BLOCKS = HEADINGS | name_elements(
    """address article aside blockquote body caption center col colgroup dd details dialog dir div
    dl dt fieldset figcaption figure footer form header hgroup hr html legend li main menu nav ol
    optgroup option p pre search section select summary table tbody td tfoot th thead tr ul"""
)
# Blocks that browsers close as soon as another block starts in them, or that may hold none.
PHRASING_BLOCKS = HEADINGS | {"p", "pre", "summary"}
# Elements whose children are of a few kinds: a sealed element among them would be thrown out.
STRUCTURES = name_elements("colgroup dl menu ol optgroup select table tbody tfoot thead tr ul")
# Elements whose tag must stay where it is, as its parent takes no other.
PARTS = name_elements("caption dd dt figcaption legend li summary td th")

_SPACE = r" \t\n\f\r"
_NAME = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+"
_EQUALS = rf"[{_SPACE}]*+=[{_SPACE}]*+"
_VALUE = rf"\"[^\"]*+\"?|'[^']*+'?|[^{_SPACE}>\"'][^{_SPACE}>]*+"
_ATTRIBUTE = rf"({_NAME})(?:{_EQUALS}({_VALUE})?+)?+"
_ATTRIBUTES = rf"(?:[{_SPACE}/]++|{_NAME}(?:{_EQUALS}(?:{_VALUE})?+)?+)*+"
_MARKUP = re.compile(
    rf"<(?:(!--)|[!?][^>]*+>?|/[^a-zA-Z>][^>]*+>?|(/?)([a-zA-Z][^{_SPACE}/>]*+)({_ATTRIBUTES})(>?))"
)
_EACH_ATTRIBUTE = re.compile(rf"[{_SPACE}/]*+{_ATTRIBUTE}")
_ENDS = {name: re.compile(rf"</{name}[{_SPACE}/>]", re.IGNORECASE) for name in RAW_TEXT}
_ENDS[COMMENT] = re.compile(r"(?<=<!--)-?>|--!?>")


class Tag(NamedTuple):
    """`attributes` is the text between name and `>`; `complete` is False where that `>` lacks."""

    name: str
    start: int
    end: int
    closing: bool = False
    attributes: str = ""
    complete: bool = True


def read_tags(html: str) -> Iterator[Tag]:
    """Tags and comments in their order; what stands in comments, scripts and the like is no tag."""
    position = 0
    endless: set[str] = set()
    search = _MARKUP.search
    while match := search(html, position):
        position = match.end()
        comment, slash, name, attributes, end = match.groups()
        if comment:
            position = _find_end(COMMENT, html, position, endless)
            yield Tag(COMMENT, match.start(), position)
        elif name:
            name = name.lower()
            yield Tag(name, match.start(), position, bool(slash), attributes, bool(end))
            if name in RAW_TEXT and not slash:
                position = _find_end(name, html, position, endless)


def _find_end(name: str, html: str, position: int, endless: set[str]) -> int:
    """Where to go on. What has no end is read as if it had not begun: that hides more, not less."""
    if name in endless:
        return position
    if match := _ENDS[name].search(html, position):
        return match.end() if name == COMMENT else match.start()
    endless.add(name)
    return position


def cover(html: str, tags: Iterable[Tag]) -> str:
    """`html` with a `>` for each character that is no text: of tags, comments and code."""
    pieces: list[str] = []
    cursor = depth = 0
    for tag in tags:
        pieces.append(">" * (tag.start - cursor) if depth > 0 else html[cursor : tag.start])
        pieces.append(">" * (tag.end - tag.start))
        cursor = tag.end
        if tag.name in CODE:
            depth += -1 if tag.closing else 1
    pieces.append(">" * (len(html) - cursor) if depth > 0 else html[cursor:])
    return "".join(pieces)


def read_attributes(text: str) -> dict[str, str]:
    """Names in lower case; of two attributes of one name the first counts, as in browsers."""
    found: dict[str, str] = {}
    for name, value in _EACH_ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unquote(value))
    return found


def read_classes(text: str) -> list[str]:
    return read_attributes(text).get("class", "").split() if "class" in text.lower() else []


def unquote(value: str) -> str:
    quote = value[:1]
    return value[1:].removesuffix(quote) if quote in ('"', "'") and quote else value


def change_values(text: str, change: Callable[[str, str], str]) -> str:
    """`text` as it was, but for the attributes for whose name and value another value is given."""

    def replace(match: re.Match[str]) -> str:
        old = unescape(unquote(match[2] or ""))
        new = change(match[1], old)
        return match[0] if new == old else f' {match[1]}="{escape(new)}"'

    return _EACH_ATTRIBUTE.sub(replace, text)


def drop_attributes(text: str, names: frozenset[str]) -> str:
    """`text` as it was, without the attributes of these names."""

    def keep(match: re.Match[str]) -> str:
        return "" if match[1].lower() in names else match[0]

    return _EACH_ATTRIBUTE.sub(keep, text)


def drop_class(text: str, token: str) -> str:
    """`text` without one class; a class attribute that thus becomes empty goes too."""

    def keep(match: re.Match[str]) -> str:
        if match[1].lower() != "class":
            return match[0]
        rest = [name for name in unquote(match[2] or "").split() if name.lower() != token]
        return f' class="{" ".join(rest)}"' if rest else ""

    return _EACH_ATTRIBUTE.sub(keep, text)

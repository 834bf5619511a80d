"""Finished HTML is read as a row of tags, as browsers read it.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

import re
from collections.abc import Callable, Iterator
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
# Elements that show something without a text in them.
EMBEDDED = name_elements("audio canvas embed iframe img input math object picture svg video")
# Elements out of which browsers move text.
TABLES = name_elements("colgroup table tbody tfoot thead tr")
# Elements whose tag must stay where it is, as its parent takes no other.
PARTS = name_elements("caption dd dt figcaption legend li summary td th")

_SPACE = r" \t\n\f\r"
_NAME = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+"
_EQUALS = rf"[{_SPACE}]*+=[{_SPACE}]*+"
_VALUE = rf"\"[^\"]*+\"?|'[^']*+'?|[^{_SPACE}>\"'][^{_SPACE}>]*+"
_ATTRIBUTE = rf"({_NAME})(?:{_EQUALS}({_VALUE})?+)?+"
_ATTRIBUTES = rf"(?:[{_SPACE}/]++|{_NAME}(?:{_EQUALS}(?:{_VALUE})?+)?+)*+"
_MARKUP = re.compile(
    rf"<(?:(!--)|(!\[CDATA\[(?=[^<>]*+<)|[!?][^>]*+>?|/>|/[^a-zA-Z>][^>]*+>?)|(/?)([a-zA-Z][^{_SPACE}/>]*+)({_ATTRIBUTES})(>?))"
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
    """Yield tags and comments in their order; comments, scripts and the like contain no tags."""
    position = 0
    endless: set[str] = set()
    search = _MARKUP.search
    while match := search(html, position):
        position = match.end()
        comment, bogus, slash, name, attributes, end = match.groups()
        if bogus:
            yield Tag(COMMENT, match.start(), position)
        elif comment:
            position = _find_end(COMMENT, html, position, endless)
            yield Tag(COMMENT, match.start(), position)
        elif name:
            name = name.lower()
            yield Tag(name, match.start(), position, bool(slash), attributes, bool(end))
            if name in RAW_TEXT and not slash:
                position = _find_end(name, html, position, endless)


def _find_end(name: str, html: str, position: int, endless: set[str]) -> int:
    """Return where to go on. What has no end is read as if it had not begun, which hides more."""
    if name in endless:
        return position
    if match := _ENDS[name].search(html, position):
        return match.end() if name == COMMENT else match.start()
    endless.add(name)
    return position


def read_attributes(text: str) -> dict[str, str]:
    """Return values by names in lower case; of two attributes of one name the first counts."""
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
    """Return `text` with the values that `change` gives for names and values of attributes."""

    def replace(match: re.Match[str]) -> str:
        old = unescape(unquote(match[2] or ""))
        new = change(match[1], old)
        return match[0] if new == old else f' {match[1]}="{escape(new)}"'

    return _EACH_ATTRIBUTE.sub(replace, text)

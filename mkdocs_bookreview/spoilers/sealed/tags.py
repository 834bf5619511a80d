"""Reads finished HTML as a sequence of tags, as browsers do.

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
# These elements may hold no block, because browsers close them when a block starts, or do not allow
# it.
PHRASING_BLOCKS = HEADINGS | {"p", "pre", "summary"}
# These elements may hold no sealed element, because browsers allow only a few kinds of children
# there.
STRUCTURES = name_elements("colgroup dl menu ol optgroup select table tbody tfoot thead tr ul")
# These count as content, because they show something without a text in them.
EMBEDDED = name_elements("audio canvas embed iframe img input math object picture svg video")
# Browsers move text out of these elements.
TABLES = name_elements("colgroup table tbody tfoot thead tr")
# The tags of these elements must stay where they are, because their parents may have no other
# children.
PARTS = name_elements("caption dd dt figcaption legend li summary td th")

_SPACE = r" \t\n\f\r"
_NAME = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+"
_EQUALS = rf"[{_SPACE}]*+=[{_SPACE}]*+"
_VALUE = rf"\"[^\"]*+\"?|'[^']*+'?|[^{_SPACE}>\"'][^{_SPACE}>]*+"
_ATTRIBUTE = rf"({_NAME})(?>(?:{_EQUALS}(?>({_VALUE})?))?)"
_ATTRIBUTES = rf"(?>(?:[{_SPACE}/]++|{_NAME}(?>(?:{_EQUALS}(?>(?:{_VALUE})?))?))*)"
_MARKUP = re.compile(
    rf"<(?:(!--)|(!\[CDATA\[(?=[^<>]*+<)|[!?][^>]*+>?|/>|/[^a-zA-Z>][^>]*+>?)|(/?)([a-zA-Z][^{_SPACE}/>]*+)({_ATTRIBUTES})(>?))"
)
_EACH_ATTRIBUTE = re.compile(rf"[{_SPACE}/]*+{_ATTRIBUTE}")
_ENDS = {name: re.compile(rf"</{name}[{_SPACE}/>]", re.IGNORECASE) for name in RAW_TEXT}
_ENDS[COMMENT] = re.compile(r"(?<=<!--)-?>|--!?>")


class Tag(NamedTuple):
    """Describes a tag or a comment.

    `name` is in lower case. `start` and `end` are offsets in characters. `closing` is True for
    `</p>`. `attributes` is the text between name and `>`, and `complete` is False if the `>` is
    missing.
    """

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
    """Return the offset at which reading continues behind the content of an element or comment.

    If it has no end, its content is read as HTML, because that hides more.
    """
    if name in endless:
        return position
    if match := _ENDS[name].search(html, position):
        return match.end() if name == COMMENT else match.start()
    endless.add(name)
    return position


def read_attributes(text: str) -> dict[str, str]:
    """Return values by names in lower case; if a name appears twice, the first counts."""
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
    """Return `text` with each value replaced by the result of `change` for its name and value."""

    def replace(match: re.Match[str]) -> str:
        old = unescape(unquote(match[2] or ""))
        new = change(match[1], old)
        return match[0] if new == old else f' {match[1]}="{escape(new)}"'

    return _EACH_ATTRIBUTE.sub(replace, text)

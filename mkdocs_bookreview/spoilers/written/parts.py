"""Protects the parts of HTML that an export has put around the author's text.

The spoilers in a part are sealed already. If a part were read as the author's text, it would be
searched for mistyped spoilers, and a teaser with a word in place of a spoiler would be hidden. In
a list or a quote, Markdown would read the part as text.

A part in a list, `- <div class="bookreview-part" …>`, becomes `- ` and a sign with the number of
the part. The sign becomes an empty element, which `put` replaces by the part in the finished HTML.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

_START = '<div class="bookreview-part" data-search-exclude>'
_END = "</div><!--bookreview-part-->"
# These are private-use characters, because Markdown removes control characters from the source.
_SIGNS = "\ue012", "\ue013"
_PART = re.compile(
    rf"^(?P<prefix>[^\n<]*){re.escape(_START)}\n(?P<html>.*?)\n[^\n<]*{re.escape(_END)}",
    re.MULTILINE | re.DOTALL,
)
_SIGN = re.compile(rf"{_SIGNS[0]}(\d+){_SIGNS[1]}")
# With more spaces the sign belongs to an item of a list, which must be read first.
_ALONE = re.compile(rf"[ ]{{0,3}}{_SIGN.pattern}[ ]*")
_CLASS = "bookreview-part-place"
_PLACE = re.compile(rf'<div class="{_CLASS}" data-n="(\d+)"></div>')


def write_part(html: str, first: str = "", prefix: str = "") -> str:
    """Return a part: HTML between the two lines that an export writes around it.

    In a list or a quote, `first` comes before the first line and `prefix` before every other.
    """
    lines = [_START, *html.strip().split("\n"), _END]
    return "\n".join([first + lines[0], *(prefix + line for line in lines[1:])])


class ExportedParts:
    """Takes the parts out of the source of one page, and puts them into its finished HTML."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def register(self, md: Markdown) -> None:
        # This processor runs before all others, because none of them may read the content of a
        # part.
        md.parser.blockprocessors.register(_Places(md, self), "bookreview_parts", 200)

    def take(self, lines: list[str]) -> list[str]:
        """Return the lines with a sign in the place of each part."""
        self._parts = []
        source = "\n".join(lines)
        return _PART.sub(self._take, source).split("\n") if _START in source else lines

    def _take(self, match: re.Match[str]) -> str:
        prefix = match["prefix"]
        self._parts.append("\n".join(line[len(prefix) :] for line in match["html"].split("\n")))
        return f"{prefix}{_SIGNS[0]}{len(self._parts)}{_SIGNS[1]}"

    def find(self, text: str) -> int | None:
        """Return the number of the part if a text consists of its sign; otherwise None."""
        match = _ALONE.fullmatch(text.strip("\n")) if self._parts else None
        return int(match[1]) if match and 0 < int(match[1]) <= len(self._parts) else None

    def put(self, html: str) -> str:
        """Return the page with its parts back.

        If Markdown has copied a sign, only its first copy gets the part.
        """
        left = {str(number): part for number, part in enumerate(self._parts, 1)}

        def put(match: re.Match[str]) -> str:
            part = left.pop(match[1], None)
            return match[0] if part is None else f"{_START}\n{part}\n</div>"

        if left:
            html = _PLACE.sub(put, html)
        # A sign is left over if Markdown read it as text of an element that is never closed.
        return _SIGN.sub(put, html) if left else html


class _Places(BlockProcessor):
    """Turns the sign of each part into an empty element, which `put` replaces later."""

    def __init__(self, md: Markdown, parts: ExportedParts) -> None:
        super().__init__(md.parser)
        self._parts = parts

    def test(self, parent: Element, block: str) -> bool:
        return self._parts.find(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        number = self._parts.find(blocks.pop(0))
        parent.append(Element("div", {"class": _CLASS, "data-n": str(number)}))

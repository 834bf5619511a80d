"""The blocks `/// reviews` and `/// book | key`, which place a list or a card in any page.

What is in them is kept as it was written, and read when the whole library is known: nothing that is
wrong in it can make a page print it.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from textwrap import dedent
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor

REVIEWS = "reviews"
BOOK = "book"

_CLASS = "bookreview-block"
_HEADER = re.compile(
    rf"(?:^|\n)[ ]{{0,3}}(?P<line>(?P<fence>/{{3,}})[ ]*(?P<name>{REVIEWS}|{BOOK})[ ]*"
    r"(?:\|[ \t]*(?P<argument>[^\n]*?))?)[ \t]*(?=\n|$)",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^[ ]{0,3}(?P<fence>/{3,})[ ]*(?P<name>[\w-]*).*$", re.MULTILINE)
_OPTIONS = re.compile(r"\n*(?:(?:[ ]{4,}|\t)[^\n]*(?:\n|$))*")
_PLACE = re.compile(
    rf'<div class="{_CLASS}" data-line="([^"]*)" data-options="([^"]*)"( data-unclosed="")?></div>'
)


class Written(NamedTuple):
    """A block as its author wrote it: `line` is its first one, `options` are YAML."""

    name: str
    argument: str
    line: str
    options: str
    is_closed: bool


class ListingBlocks(Extension):
    """Leaves an empty element where a list will stand."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        # Before the blocks of pymdownx, which print what they do not know.
        md.parser.blockprocessors.register(_Blocks(md.parser), "bookreview_listings", 95)


class _Blocks(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return "///" in block and bool(_HEADER.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        match = _HEADER.search(block)
        assert match
        if before := block[: match.start()].strip("\n"):
            self.parser.parseBlocks(parent, [before])
        rest = block[match.end() :]
        found = _find_end([rest, *blocks], match["fence"])
        if found:
            options, after, used = found
            del blocks[:used]
        else:
            options = _read_indented(rest)
            after = rest[len(options) :]
        if after.strip("\n"):
            blocks.insert(0, after.lstrip("\n"))
        attributes = {
            "class": _CLASS,
            "data-line": match["line"].lstrip("/"),
            "data-options": dedent(options.expandtabs(4)).strip(),
        }
        SubElement(parent, "div", attributes if found else attributes | {"data-unclosed": ""})


def _find_end(blocks: list[str], fence: str) -> tuple[str, str, int] | None:
    """What is before it, what is after it, and how many of the blocks after the first are used.

    None where the text ends, or another block begins or ends, before it does.
    """
    before = ""
    for used, block in enumerate(blocks):
        if match := _FENCE.search(block):
            if match["fence"] != fence or match["name"]:
                return None
            return before + block[: match.start()], block[match.end() :], used
        before += block + "\n\n"
    return None


def _read_indented(text: str) -> str:
    match = _OPTIONS.match(text)
    return match[0] if match else ""


def convert_blocks(text: str) -> str:
    """HTML of a page's Markdown, if there are blocks in it; else nothing."""
    if not _HEADER.search(text):
        return ""
    return Markdown(extensions=["fenced_code", "admonition", ListingBlocks()]).convert(text)


def find_written(html: str) -> Iterator[Written]:
    if _CLASS in html:
        yield from map(_read, _PLACE.finditer(html))


def replace_written(html: str, render: Callable[[Written], str]) -> str:
    return _PLACE.sub(lambda place: render(_read(place)), html) if _CLASS in html else html


def _read(place: re.Match[str]) -> Written:
    line, options, unclosed = place.groups()
    header = _HEADER.match("///" + unescape(line))
    assert header
    name, argument = header["name"].lower(), header["argument"] or ""
    return Written(name, argument, header["line"], unescape(options), not unclosed)

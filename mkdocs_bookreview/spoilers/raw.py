"""Spoilers in raw HTML, where the signs of Markdown mean nothing."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from operator import attrgetter
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.attributes import hide_in_value
from mkdocs_bookreview.spoilers.findings import tell_raw, tell_stray_pipes
from mkdocs_bookreview.spoilers.marks import UNCLOSED
from mkdocs_bookreview.spoilers.printed import ATTRIBUTES_PATTERN
from mkdocs_bookreview.spoilers.sealed.tags import (
    BLOCKS,
    CODE,
    Tag,
    change_values,
    cover,
    read_classes,
    read_tags,
)
from mkdocs_bookreview.spoilers.spelling import SPOILER
from mkdocs_bookreview.spoilers.written.inline import BRACKETS_PATTERN

_MARKED = re.compile(
    r"\|\|(?=[^\s|])(?P<bars>[^|]++)(?<=\S)\|\|"
    r"|(?P<open>(?<![\w|])\|\|(?=[^\s|]))"
    r"|(?P<stray>(?<=[^\s|>])\|\|(?!\|))"
    rf"|{BRACKETS_PATTERN}|{ATTRIBUTES_PATTERN}",
    re.IGNORECASE,
)
# What other extensions made of drawings and formulas: in these bars are signs of their own.
_DRAWN = frozenset({"arithmatex", "mermaid"})

Edit = tuple[int, int, str]


def hide_in_raw(root: Element, text: str, md: Markdown, word: str) -> list[Finding]:
    """`text` is that of the tree; `word` stands for what was taken out of attributes."""
    findings: list[Finding] = []
    stash = md.htmlStash.rawHtmlBlocks
    for index, html in enumerate(stash):
        if isinstance(html, str) and _has_hint(html.lower()):
            stash[index] = _hide(html, word, findings)
    for element in _walk(root) if _has_hint(text) else ():
        element.text = _hide_text(element.text, md, findings)
        for child in element:
            child.tail = _hide_text(child.tail, md, findings)
    return findings


def _has_hint(text: str) -> bool:
    # To look for one character takes a tenth of the time.
    return "{" in text or ("|" in text and "||" in text) or "spoil" in text


def _walk(root: Element) -> Iterator[Element]:
    """All elements but those whose text is code, an address, a drawing or a formula."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if (
            element.tag not in CODE
            and (element.text is None or element.get("href") != element.text)
            and _DRAWN.isdisjoint((element.get("class") or "").split())
        ):
            yield element
            waiting += element


def _hide_text(text: str | None, md: Markdown, findings: list[Finding]) -> str | None:
    """Text that Markdown left alone in an element that it knows, as in a cell of a raw table."""
    if not isinstance(text, AtomicString) or not _has_hint(text.lower()):
        return text
    html = escape(text, quote=False)
    edits = [*_edit_text(html, (), findings)]
    return md.htmlStash.store(_change(html, edits)) if edits else text


def _hide(html: str, word: str, findings: list[Finding]) -> str:
    tags = [*read_tags(html)]
    if tags and not _DRAWN.isdisjoint(read_classes(tags[0].attributes)):
        return html
    return _change(
        html, [*_edit_attributes(tags, word, findings), *_edit_text(html, tags, findings)]
    )


def _change(html: str, edits: list[Edit]) -> str:
    pieces: list[str] = []
    cursor = 0
    for start, end, text in sorted(edits):
        pieces += (html[cursor:start], text)
        cursor = end
    return "".join([*pieces, html[cursor:]])


def _edit_attributes(tags: Sequence[Tag], word: str, findings: list[Finding]) -> Iterator[Edit]:
    def change(name: str, value: str) -> str:
        return hide_in_value(name, value, word, findings)

    for tag in tags:
        if not tag.closing and _has_hint(tag.attributes.lower()):
            start = tag.start + len(f"<{tag.name}")
            yield start, start + len(tag.attributes), change_values(tag.attributes, change)


def _edit_text(html: str, tags: Sequence[Tag], findings: list[Finding]) -> Iterator[Edit]:
    hidden = 0  # up to here, with all strays in it
    for match in _MARKED.finditer(cover(html, tags)):
        start, end = match.span()
        if match["stray"] and start < hidden:
            continue
        if match["open"]:
            yield start, end, f"<{UNCLOSED}>"  # of which is told where it is sealed
            continue
        if match["stray"]:
            start, end = _find_paragraph(tags, start, len(html))
            hidden = end
            findings.append(tell_stray_pipes(html[start:end].strip().partition("\n")[0]))
            yield start, start, f"<{SPOILER}>"
            yield end, end, f"</{SPOILER}>"
            continue
        findings.append(tell_raw(html[start:end]))
        inner = "bars" if match["bars"] else "text"
        if match[inner] is None:
            # Nobody knows what it should hide.
            yield 0, 0, f"<{SPOILER}>"
            yield len(html), len(html), f"</{SPOILER}>"
        else:
            yield start, match.start(inner), f"<{SPOILER}>"
            yield match.end(inner), end, f"</{SPOILER}>"


def _find_paragraph(tags: Sequence[Tag], position: int, end: int) -> tuple[int, int]:
    """Start and end of what stands between two tags of blocks."""
    index = bisect_left(tags, position, key=attrgetter("start"))
    start = next((tag.end for tag in reversed(tags[:index]) if tag.name in BLOCKS), 0)
    return start, next((tag.start for tag in tags[index:] if tag.name in BLOCKS), end)

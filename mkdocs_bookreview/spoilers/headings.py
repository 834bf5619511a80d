"""Headings in spoilers: no id, and no entry in the table of contents."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown

from mkdocs_bookreview.spoilers.hidden import Hidden
from mkdocs_bookreview.spoilers.sealing import find_spoilers
from mkdocs_bookreview.spoilers.spelling import SPOILER
from mkdocs_bookreview.spoilers.tags import HEADINGS

_MARK = "data-bookreview-heading"
_MARKED = re.compile(rf'{_MARK}="(\d+)"')


def hide_headings(root: Element, marked: Iterable[Element], md: Markdown, *, reaches: bool) -> None:
    """`marked` are the elements with attributes; `reaches`: spoilers may not be elements."""
    spoilers = [element for element in marked if _is_spoiler(element)]
    if spoilers or reaches:
        # Footnotes that only spoilers refer to will be hidden; nobody misses headings in others.
        spoilers += root.iterfind(".//div[@class='footnote']")
    for spoiler in spoilers:
        _demote(element for element in spoiler.iter() if element.tag in HEADINGS)
    if reaches:
        _demote(_find_headings(root, md))


def _is_spoiler(element: Element) -> bool:
    classes = element.get("class")
    return classes is not None and SPOILER in classes.lower().split()


def _find_headings(root: Element, md: Markdown) -> list[Element]:
    """Those that the finished page would have in spoilers."""
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    for number, heading in enumerate(headings):
        heading.set(_MARK, str(number))
    html = md.postprocessors["raw_html"].run(md.serializer(root))
    for heading in headings:
        del heading.attrib[_MARK]
    ranges = find_spoilers(html)
    if not ranges:
        return []
    hidden = Hidden(ranges.spoilers)
    marks = _MARKED.finditer(ranges.html)
    return [headings[int(mark[1])] for mark in marks if mark.start() in hidden]


def _demote(headings: Iterable[Element]) -> None:
    for heading in list(headings):
        heading.set("role", "heading")
        heading.set("aria-level", str(heading.tag)[1])
        heading.attrib.pop("id", None)
        heading.tag = "div"

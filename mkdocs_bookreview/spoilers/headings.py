"""Headings in spoilers: no id, and no entry in the table of contents."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown

from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.hidden import Hidden
from mkdocs_bookreview.spoilers.sealed.tags import HEADINGS
from mkdocs_bookreview.spoilers.sealing import find_spoilers

_MARK = "data-bookreview-heading"
_MARKED = re.compile(rf'{_MARK}="(\d+)"')


def demote_headings(elements: Iterable[Element]) -> None:
    """Those that stand in one of the elements, or are one."""
    for element in elements:
        _demote(inner for inner in element.iter() if inner.tag in HEADINGS)


def demote_hidden_headings(root: Element, md: Markdown) -> None:
    """Those in spoilers that are no elements of the tree."""
    _demote(_find_headings(root, md))


def _find_headings(root: Element, md: Markdown) -> list[Element]:
    """Those that the finished page would have in spoilers."""
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    for number, heading in enumerate(headings):
        heading.set(_MARK, str(number))
    html, _ = catch(md.postprocessors["raw_html"].run(md.serializer(root)), "")
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

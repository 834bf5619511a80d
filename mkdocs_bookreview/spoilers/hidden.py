"""Which elements of Python-Markdown's tree are spoilers, or hidden on the finished page.

A spoiler may begin and end in raw HTML, or where its markup failed, so only the finished HTML can
say. Others need the answer before that: the table of contents must not list a hidden heading.
"""

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown

from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.seal import has_spoilers, seal
from mkdocs_bookreview.spoilers.sealed.tags import HEADINGS
from mkdocs_bookreview.words.language import Words

_PROBE = "data-bookreview-probe"
_PROBED = re.compile(rf'{_PROBE}="(\d+)"')


def is_spoiler(element: Element) -> bool:
    names = element.get("class")
    return names is not None and SPOILER in names.lower().split()


def is_box(element: Element) -> bool:
    """Return whether it is a spoiler in the form of details or of an admonition."""
    is_admonition = element.tag == "div" and "admonition" in element.get("class", "").split()
    return (element.tag == "details" or is_admonition) and is_spoiler(element)


def is_notes(element: Element) -> bool:
    """Return whether it is the box in which Python-Markdown prints a page's footnotes."""
    return element.tag == "div" and element.get("class") == "footnote"


def find_hidden(elements: Sequence[Element], root: Element, md: Markdown) -> set[Element]:
    """Return the elements that are in spoilers, and those that are no longer in the tree.

    `root` is the tree. What is no longer in it may have been in a spoiler.
    """
    for number, element in enumerate(elements):
        element.set(_PROBE, str(number))
    html, _ = catch(md.postprocessors["raw_html"].run(md.serializer(root)), "")
    for element in elements:
        del element.attrib[_PROBE]
    if not has_spoilers(html):
        return set()
    shown = set(map(int, _PROBED.findall(seal([html], Words(), lambda _: "").blocks[0])))
    return {element for number, element in enumerate(elements) if number not in shown}


def demote_headings(elements: Iterable[Element]) -> None:
    """Leave nothing in the elements, or of them, that a table of contents lists."""
    for element in elements:
        for heading in [inner for inner in element.iter() if inner.tag in HEADINGS]:
            heading.set("role", "heading")
            heading.set("aria-level", str(heading.tag)[1])
            heading.attrib.pop("id", None)
            heading.tag = "div"


def demote_hidden_headings(root: Element, md: Markdown) -> None:
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    if headings:
        demote_headings(find_hidden(headings, root, md))

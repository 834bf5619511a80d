"""Removes ids, headings, and the class and facts of a spoiler from its hidden text."""

import re
from collections.abc import Container

from selectolax.lexbor import LexborNode

from mkdocs_bookreview.spoilers.sealed.facts import FACT_NAMES
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.tags import BLOCKS, HEADINGS, name_elements
from mkdocs_bookreview.spoilers.sealed.tree import (
    ANCHORS,
    has_class,
    is_same,
    list_children,
    make_element,
)

MARKED = f"{SPOILER}, [class~={SPOILER} i]"
_CHANGED = ", ".join([*(f"[{name}]" for name in ANCHORS), MARKED, *sorted(HEADINGS)])
_HINT = re.compile(rf"\b(?:id|name)=|<h[1-6]|{SPOILER}", re.IGNORECASE)
# These elements keep their ids, because form fields and drawings need them, and no list shows them.
_KEEPS_ID = name_elements(
    """button clippath datalist filter input label lineargradient marker mask pattern
    radialgradient select symbol textarea"""
)
# Attributes that a hidden `<li>` or `<td>` may keep, because they reveal nothing.
_OUTWARD = name_elements(
    """align bgcolor class colspan dir headers height hidden lang nowrap role rowspan scope style
    translate type valign value width"""
)
_NUMBERED = re.compile(r"fn(?:[:-]\d+)+")
_WRAPPERS = frozenset({"details", "div", "section", "span"})


def split_form(holder: LexborNode) -> tuple[str, str]:
    """Return the label and the body of a spoiler as HTML.

    Elements that only mark the spoiler are left out, because the sealed element replaces them.
    """
    html = holder.inner_html or ""
    if not _HINT.search(html):
        return "", html
    marked = holder.css(MARKED)
    label = _take_label(holder, marked[0]) if marked else ""
    for node in holder.css(_CHANGED):
        _clean(node)
    # Bare elements are removed last, because an element is only bare once its class was removed.
    for element in filter(_is_bare, marked):
        element.unwrap(delete_empty=True)
    return label, holder.inner_html or ""


def _clean(node: LexborNode) -> None:
    if has_class(node, SPOILER):
        _drop(node, FACT_NAMES)
        _drop_class(node)
    if node.tag not in _KEEPS_ID:
        _drop(node, ANCHORS)
    if node.tag in HEADINGS:
        _demote(node)


def _drop(node: LexborNode, names: Container[str]) -> None:
    for name in node.attributes:
        if name in names:
            del node.attrs[name]


def _drop_class(node: LexborNode) -> None:
    names = (node.attributes.get("class") or "").split()
    rest = " ".join(name for name in names if name.lower() != SPOILER)
    if rest:
        node.attrs["class"] = rest
    else:
        del node.attrs["class"]


def _demote(heading: LexborNode) -> None:
    """Replace a heading, because themes list all headings of a page."""
    element = make_element(heading, "div")
    element.attrs["role"] = "heading"
    element.attrs["aria-level"] = (heading.tag or "")[1]
    for child in list_children(heading):
        element.insert_child(child, move=True)
    heading.replace_with(element, move=True)


def _is_bare(element: LexborNode) -> bool:
    """Return whether an element only marks the spoiler."""
    if element.tag in ("details", SPOILER) or has_class(element, "admonition"):
        return True
    return element.tag in _WRAPPERS and not element.attributes


def _take_label(holder: LexborNode, box: LexborNode) -> str:
    """Remove the label of a box that is alone in the holder, and return it if it is a phrase.

    A label with nothing after it stays: it is probably not closed, and holds the hidden text.
    """
    label, *rest = [*_list_content(box), None]
    is_alone = len(_list_content(holder)) == 1 and is_same(box.parent, holder)
    if label is None or rest == [None] or not (is_alone and _is_label(label, box)):
        return ""
    if any(node.tag in BLOCKS for child in list_children(label) for node in child.traverse()):
        return ""
    for node in label.css(_CHANGED):
        _clean(node)
    html = label.inner_html or ""
    label.decompose()
    return html


def _is_label(node: LexborNode, box: LexborNode) -> bool:
    if box.tag == "details":
        return node.tag == "summary"
    return has_class(box, "admonition") and has_class(node, "admonition-title")


def _list_content(element: LexborNode) -> list[LexborNode]:
    """Return the children of an element without comments and white space."""
    children = (node for node in list_children(element) if not node.is_comment_node)
    return [node for node in children if not node.is_text_node or node.text().strip()]


def drop_revealing(element: LexborNode) -> None:
    """Remove all attributes of an element that may reveal its content.

    The number of a footnote stays, because references to the footnote lead there.
    """
    if has_class(element, SPOILER):
        _drop_class(element)
    for name, value in element.attributes.items():
        is_number = name == "id" and _NUMBERED.fullmatch(value or "")
        if name not in _OUTWARD and not is_number:
            del element.attrs[name]

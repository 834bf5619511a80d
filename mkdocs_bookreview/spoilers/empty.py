"""Spoilers without a body: its text was not indented, so it stands open after them."""

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.spelling import SPOILER

_HEADER = re.compile(
    r"^[^\w\n/]*?(?P<line>(?:!{3}|\?{3}\+?|/{3,})[ \t]*(?:[\w-]+[ \t]+)*?spo[^\n\"|]*"
    r"(?:[\"|][ \t]*(?P<label>[^\n\"]*))?[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_BOXES = ("details", "div")


def hide_after_empty(root: Element, spoilers: Iterable[Element], source: str) -> list[Finding]:
    """Empty spoilers take in all that follows in the element that they stand in."""
    boxes = [box for box in spoilers if is_box(box) and not _has_content(box)]
    if not boxes:
        return []
    headers = _read_headers(source)
    empty = set(boxes)
    # The first one in an element hides those that follow it.
    for parent in [element for element in root.iter() if element not in empty]:
        box = next((child for child in parent if child in empty), None)
        if box is not None:
            _take_following(parent, box)
    return [_tell_empty(_find_header(headers, _read_label(box))) for box in boxes]


def is_box(element: Element) -> bool:
    """Whether it is a spoiler in the form of details or of an admonition."""
    if element.tag not in _BOXES:
        return False
    classes = (element.get("class") or "").lower().split()
    return SPOILER in classes and (element.tag == "details" or "admonition" in classes)


def _has_content(element: Element) -> bool:
    if element.text and element.text.strip():
        return True
    return any(not _is_label(child) or (child.tail or "").strip() for child in element)


def _is_label(element: Element) -> bool:
    return element.tag == "summary" or element.get("class") == "admonition-title"


def _read_label(box: Element) -> str:
    return next(((child.text or "").strip() for child in box), "")


def _take_following(parent: Element, box: Element) -> None:
    following = list(parent)[list(parent).index(box) + 1 :]
    _add_text(box, box.tail)
    box.tail = None
    for element in following:
        parent.remove(element)
    box.extend(following)


def _add_text(box: Element, text: str | None) -> None:
    if len(box):
        box[-1].tail = (box[-1].tail or "") + (text or "")
    else:
        box.text = (box.text or "") + (text or "")


def _read_headers(source: str) -> dict[str, str]:
    """The first line of each label."""
    headers: dict[str, str] = {}
    for header in _HEADER.finditer(source):
        headers.setdefault((header["label"] or SPOILER).lower(), header["line"].strip())
    return headers


def _find_header(headers: Mapping[str, str], label: str) -> str | None:
    """Markup may have cut the label short, or be all that it begins with."""
    key = label.lower()
    if key in headers:
        return headers[key]
    alike = (line for other, line in headers.items() if other.startswith(key))
    return next(alike, next(iter(headers.values())) if len(headers) == 1 else None)


def _tell_empty(line: str | None) -> Finding:
    return Finding(
        f"The spoiler `{line or SPOILER}` has nothing in it; all that follows is hidden with it.",
        "Write what it hides before its closing `///`."
        if line and line.startswith("/")
        else "Indent what it hides by four spaces.",
        line,
    )

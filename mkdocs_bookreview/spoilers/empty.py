"""Spoilers without a body: its text was not indented, so it stands open after them."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mkdocs_bookreview.spoilers.findings import Finding
from mkdocs_bookreview.spoilers.marks import SPOILER

_HEADER = re.compile(
    r"^[^\w\n/]*?(?P<line>(?:!{3}|\?{3}\+?|/{3,})[ \t]*(?:[\w-]+[ \t]+)*?spo[^\n\"|]*"
    r"(?:[\"|][ \t]*(?P<label>[^\n\"]*))?[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_BOXES = ("details", "div")


def hide_after_empty(root: Element, source: str) -> list[Finding]:
    """Empty spoilers take in all that follows in the element that they stand in."""
    found = [(parent, box) for parent in root.iter() for box in parent if _is_empty(box)]
    findings = [_tell_empty(_find_header(source, _read_label(box))) for _, box in found]
    # From the last one on, as an empty one may follow another.
    for parent, box in reversed(found):
        _take_following(parent, box)
    return findings


def _is_empty(element: Element) -> bool:
    if element.tag not in _BOXES:
        return False
    classes = (element.get("class") or "").lower().split()
    if SPOILER not in classes or (element.tag == "div" and "admonition" not in classes):
        return False
    return not any(_list_content(element))


def _list_content(element: Element) -> Iterator[bool]:
    yield bool((element.text or "").strip())
    for child in element:
        yield not _is_label(child) or bool((child.tail or "").strip())


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


def _find_header(source: str, label: str) -> str | None:
    headers = list(_HEADER.finditer(source))
    for header in headers:
        if (header["label"] or SPOILER).lower().startswith(label.lower()):
            return header["line"].strip()
    return headers[0]["line"].strip() if len(headers) == 1 else None


def _tell_empty(line: str | None) -> Finding:
    return Finding(
        f"The spoiler `{line or SPOILER}` has nothing in it; all that follows is hidden with it.",
        "Write what it hides before its closing `///`."
        if line and line.startswith("/")
        else "Indent what it hides by four spaces.",
        line,
    )

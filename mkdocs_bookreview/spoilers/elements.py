"""These functions say which elements of the tree are spoilers."""

from xml.etree.ElementTree import Element

from mkdocs_bookreview.spoilers.sealed.marks import SPOILER


def is_spoiler(element: Element) -> bool:
    names = element.get("class")
    return names is not None and SPOILER in names.lower().split()


def is_box(element: Element) -> bool:
    """Return whether it is a spoiler in the form of details or of an admonition."""
    classes = (element.get("class") or "").split()
    is_form = element.tag == "details" or (element.tag == "div" and "admonition" in classes)
    return is_form and is_spoiler(element)


def is_empty(box: Element) -> bool:
    """Return whether a box has no more than its label."""
    labels = [
        child for child in box if child.tag == "summary" or "-title" in child.get("class", "")
    ]
    rest = [box.text, *(child.tail for child in box)]
    return len(labels) == len(box) and not any(text and text.strip() for text in rest)


def add_class(element: Element) -> None:
    element.set("class", f"{element.get('class') or ''} {SPOILER}".strip())


def is_notes(element: Element) -> bool:
    """Return whether it is the box in which Python-Markdown prints a page's footnotes."""
    return element.tag == "div" and element.get("class") == "footnote"

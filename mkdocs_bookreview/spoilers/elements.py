"""The elements of the tree that are spoilers."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from mkdocs_bookreview.spoilers.findings import Finding, tell_misspelt
from mkdocs_bookreview.spoilers.spelling import SPOILER, is_misspelt

_BEGINNINGS = ("so", "sp")


def find_spoiler_elements(marked: Iterable[Element]) -> tuple[list[Element], list[Finding]]:
    """Those of the class, and those of one that is almost it, which get it and are told.

    `marked` are the elements with attributes.
    """
    spoilers: list[Element] = []
    findings: list[Finding] = []
    for element in marked:
        names = (element.get("class") or "").split()
        folded = [name.lower() for name in names]
        if SPOILER in folded:
            spoilers.append(element)
        for name, low in zip(names, folded, strict=True):
            if low.startswith(_BEGINNINGS) and is_misspelt(low):
                if element not in spoilers:
                    add_class(element)
                    spoilers.append(element)
                findings.append(tell_misspelt(name))
    return spoilers, findings


def add_class(element: Element) -> None:
    element.set("class", f"{element.get('class') or ''} {SPOILER}".strip())


def is_notes(element: Element) -> bool:
    """Whether it is the box in which Python-Markdown prints a page's footnotes."""
    return element.tag == "div" and element.get("class") == "footnote"

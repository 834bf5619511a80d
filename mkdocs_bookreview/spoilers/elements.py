"""The elements of the tree that are spoilers."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.findings import tell_misspelt
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
        misspelt = [name for name in names if _is_misspelt(name.lower())]
        is_spoiler = SPOILER in map(str.lower, names)
        if misspelt and not is_spoiler:
            add_class(element)
        if misspelt or is_spoiler:
            spoilers.append(element)
        findings += map(tell_misspelt, misspelt)
    return spoilers, findings


def _is_misspelt(name: str) -> bool:
    return name.startswith(_BEGINNINGS) and is_misspelt(name)


def add_class(element: Element) -> None:
    element.set("class", f"{element.get('class') or ''} {SPOILER}".strip())


def is_notes(element: Element) -> bool:
    """Whether it is the box in which Python-Markdown prints a page's footnotes."""
    return element.tag == "div" and element.get("class") == "footnote"

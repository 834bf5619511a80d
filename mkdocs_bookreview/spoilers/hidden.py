"""Keeps headings, footnotes and titles in a spoiler from being printed elsewhere.

The table of contents lists headings. Footnotes, abbreviations and the titles of links are defined
anywhere, and printed where the page uses them. A spoiler may begin and end in raw HTML, or where
its markup failed, so only the finished HTML shows what is in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, ReferenceProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.seal import has_spoilers, seal
from mkdocs_bookreview.spoilers.sealed.tags import HEADINGS
from mkdocs_bookreview.words.language import Words

_PROBE = "data-bookreview-probe"
_PROBED = re.compile(rf'{_PROBE}="(\d+)"')
_MARK = "bookreview-mark"
# This is a copy, because the name of Python-Markdown's class differs between versions.
_ABBREVIATION = re.compile(r"^[*]\[[^\\]*?\][ ]?:[ ]*\n?[ ]*(.*)$", re.MULTILINE)


def is_spoiler(element: Element) -> bool:
    return SPOILER in element.get("class", "").lower().split()


def is_box(element: Element) -> bool:
    """Return whether an element is a spoiler in the form of `<details>` or of an admonition."""
    is_admonition = element.tag == "div" and "admonition" in element.get("class", "").split()
    return (element.tag == "details" or is_admonition) and is_spoiler(element)


def is_notes(element: Element) -> bool:
    """Return whether an element is the box in which Python-Markdown prints footnotes."""
    return element.tag == "div" and element.get("class") == "footnote"


def _find_hidden(elements: Sequence[Element], root: Element, md: Markdown) -> set[Element]:
    """Return those of the elements that are in spoilers, or no longer in the tree `root`.

    A missing element counts as hidden, because it may have been in a spoiler. All get a number as
    an attribute; those whose number is not in the sealed HTML are hidden.
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
    """Turn headings into `<div role="heading">`, because a table of contents lists all headings."""
    for element in elements:
        for heading in [inner for inner in element.iter() if inner.tag in HEADINGS]:
            heading.set("role", "heading")
            heading.set("aria-level", str(heading.tag)[1])
            heading.attrib.pop("id", None)
            heading.tag = "div"


def demote_hidden_headings(root: Element, md: Markdown) -> None:
    if headings := [element for element in root.iter() if element.tag in HEADINGS]:
        demote_headings(_find_hidden(headings, root, md))


class _Definition(NamedTuple):
    """Describes a definition of a footnote or a title, and where it is.

    It is in `parent`, behind the element `before`, or at the start if that is None. `line` is its
    first line. `value` is the address of the footnote, or the title; the elements that use the
    definition have it. `mark` is an element for its place, which is in the tree only while we look
    for what is hidden.
    """

    parent: Element
    before: Element | None
    mark: Element
    line: str
    value: str


class Definitions(BlockProcessor):
    """Reads definitions before the processors that remove them, and leaves them there."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self._md = md
        self.reset()

    def reset(self) -> None:
        self._notes: list[_Definition] = []
        self._titles: list[_Definition] = []

    def test(self, parent: Element, block: str) -> bool:
        return "]:" in block or "] :" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        block = blocks[0]
        if "footnote" in self.parser.blockprocessors:
            processor: Any = self.parser.blockprocessors["footnote"]
            for match in processor.RE.finditer(block):
                address = f"#{processor.footnotes.makeFootnoteId(match[1])}"
                self._notes.append(_define(parent, match, address))
        for match in chain(_ABBREVIATION.finditer(block), ReferenceProcessor.RE.finditer(block)):
            # The last two groups are both titles, because quotes and brackets have their own.
            title = next(filter(None, match.groups()[-2:]), "").strip()
            if title:
                self._titles.append(_define(parent, match, title))
        return False

    def hide(self, root: Element) -> list[Finding]:
        """Hide the footnotes that are in spoilers, and take the titles out of open text."""
        definitions = [*self._notes, *self._titles]
        if not definitions:
            return []
        parents = {child: parent for parent in root.iter() for child in parent}
        for parent, before, mark, *_ in definitions:
            # Elements may have moved. If one is gone, its mark counts as hidden, because it may be.
            place = parent if before is None else parents.get(before)
            if place is root or place in parents:
                place.insert(0 if before is None else [*place].index(before) + 1, mark)
        # Footnotes come first, because hidden ones may define titles or use them.
        found = [*self._hide_notes(root), *self._hide_titles(root)]
        for parent in [*root.iter()]:
            for mark in parent.findall(_MARK):
                parent.remove(mark)
        return found

    def _hide_notes(self, root: Element) -> Iterator[Finding]:
        """Make spoilers of footnotes that are defined in spoilers; report those used elsewhere."""
        boxes = filter(is_notes, root.iter("div"))
        notes = {f"#{note.get('id')}": note for box in boxes for note in box.iter("li")}
        definitions = [one for one in self._notes if one.value in notes]
        links = [link for link in root.iter("a") if "footnote-ref" in link.get("class", "").split()]
        marks = [definition.mark for definition in definitions]
        hidden = _find_hidden([*marks, *links], root, self._md) if marks else set()
        used = {link.get("href") for link in links if link not in hidden}
        for definition in definitions:
            if definition.mark in hidden:
                notes[definition.value].set("class", SPOILER)
                if definition.value in used:
                    yield _describe("footnote", "it is hidden", definition.line)

    def _hide_titles(self, root: Element) -> Iterator[Finding]:
        """Remove titles from open elements if only spoilers define them, and report them."""
        titles = {definition.value: definition for definition in reversed(self._titles)}
        uses = [element for element in root.iter() if element.get("title") in titles]
        marks = [definition.mark for definition in self._titles]
        hidden = _find_hidden([*marks, *uses], root, self._md) if uses else set()
        # Titles that are defined in an open place too stay, because readers see them there anyway.
        said = {one.value for one in self._titles if one.mark not in hidden}
        for element in uses:
            if element not in hidden and element.get("title") not in said:
                line = titles[element.attrib.pop("title")].line
                yield _describe("definition", "its text is left out", line)


def _define(parent: Element, match: re.Match[str], value: str) -> _Definition:
    before = parent[-1] if len(parent) else None
    line = match[0].strip().partition("\n")[0]
    return _Definition(parent, before, Element(_MARK), line, value)


def _describe(kind: str, effect: str, line: str) -> Finding:
    return Finding(
        f"A {kind} in a spoiler is used outside of it; {effect}.",
        f"Write the {kind} outside of the spoiler, if it gives nothing away.",
        line,
    )

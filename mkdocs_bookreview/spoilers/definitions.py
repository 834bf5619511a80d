"""Definitions in spoilers: footnotes, abbreviations, and the titles of links.

Markdown takes them out of the text and prints them wherever the page uses them. So we keep the
place of each, and what stands in a spoiler there is not printed outside of spoilers.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, ReferenceProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.hidden import find_hidden, is_notes
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER

# As Python-Markdown reads it, whose name for it differs between versions.
_ABBREVIATION = re.compile(r"^[*]\[[^\\]*?\][ ]?:[ ]*\n?[ ]*(.*)$", re.MULTILINE)


class _Definition(NamedTuple):
    """A definition in `parent`, behind the element `before`, or at the start if that is None.

    `value` is what elements that use it have: the address of a footnote, or a title.
    """

    parent: Element
    before: Element | None
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
            # A title in quotes is in the last group but one, one in brackets is in the last.
            title = next(filter(None, match.groups()[-2:]), "").strip()
            if title:
                self._titles.append(_define(parent, match, title))
        return False

    def hide(self, root: Element) -> Iterator[Finding]:
        """Hide the footnotes that stand in spoilers, and take the titles out of open text."""
        # Hidden footnotes may hold definitions of titles, and use some.
        if self._notes:
            yield from self._hide_notes(root)
        if self._titles:
            yield from self._hide_titles(root)

    def _hide_notes(self, root: Element) -> Iterator[Finding]:
        boxes = filter(is_notes, root.iter("div"))
        notes = {f"#{note.get('id')}": note for box in boxes for note in box.iter("li")}
        definitions = [one for one in self._notes if one.value in notes]
        links = [link for link in root.iter("a") if "footnote-ref" in link.get("class", "").split()]
        if not definitions:
            return
        hidden, opened = self._find_hidden(root, definitions, links)
        used = {link.get("href") for link in opened}
        for definition in hidden:
            notes[definition.value].set("class", SPOILER)
            if definition.value in used:
                yield Finding(
                    "A footnote that is written in a spoiler is used outside of it; it is hidden.",
                    "Write the footnote outside of the spoiler, if it gives nothing away.",
                    definition.line,
                )

    def _hide_titles(self, root: Element) -> Iterator[Finding]:
        titles = {definition.value: definition for definition in reversed(self._titles)}
        uses = [element for element in root.iter() if element.get("title") in titles]
        if not uses:
            return
        hidden, opened = self._find_hidden(root, self._titles, uses)
        # Said in an open place too it is no secret.
        said = {one.value for one in self._titles if one not in hidden}
        for element in opened:
            if element.get("title") not in said:
                yield Finding(
                    "A definition in a spoiler is used outside of it; its text is left out.",
                    "Write the definition outside of the spoiler, if it gives nothing away.",
                    titles[element.attrib.pop("title")].line,
                )

    def _find_hidden(
        self, root: Element, definitions: Iterable[_Definition], uses: Iterable[Element]
    ) -> tuple[list[_Definition], list[Element]]:
        """Return the definitions that are hidden, and the uses that are open."""
        parents = {child: parent for parent in root.iter() for child in parent}
        marks = {definition: Element("span") for definition in definitions}
        placed: list[tuple[Element, Element]] = []
        for (parent, before, *_), mark in marks.items():
            # Elements may have moved. Where one is gone, its mark is not in the tree, so is hidden.
            place = parent if before is None else parents.get(before)
            if place is not None:
                place.insert(0 if before is None else [*place].index(before) + 1, mark)
                placed.append((place, mark))
        hidden = find_hidden([*marks.values(), *uses], root, self._md)
        for place, mark in placed:
            place.remove(mark)
        return (
            [definition for definition, mark in marks.items() if mark in hidden],
            [element for element in uses if element not in hidden],
        )


def _define(parent: Element, match: re.Match[str], value: str) -> _Definition:
    before = parent[-1] if len(parent) else None
    return _Definition(parent, before, match[0].strip().partition("\n")[0], value)

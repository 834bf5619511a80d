"""Definitions in spoilers: footnotes, abbreviations, and the titles of links.

Markdown takes them out of the text and prints them wherever the page uses them. So we keep the
place of each, and what stands in a spoiler there is not printed outside of spoilers.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, ReferenceProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.elements import add_class, is_notes
from mkdocs_bookreview.spoilers.hidden import find_hidden

# As Python-Markdown reads it, whose name for it differs between versions.
_ABBREVIATION = re.compile(r"^[*]\[[^\\]*?\][ ]?:[ ]*\n?[ ]*(?P<title>.*)$", re.MULTILINE)


class _Definition(NamedTuple):
    """A definition in `parent`, behind the element `before`; it defines `note` or `title`."""

    parent: Element
    before: Element | None
    line: str
    note: str | None = None
    title: str | None = None


class Definitions(BlockProcessor):
    """Reads definitions before the processors that remove them, and leaves them there."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self._md = md
        self._found: list[_Definition] = []

    def reset(self) -> None:
        self._found = []

    def test(self, parent: Element, block: str) -> bool:
        return "]:" in block or "] :" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        before = parent[-1] if len(parent) else None
        block = blocks[0]
        for match in FootnoteBlockProcessor.RE.finditer(block):
            line = _read_line(match[0])
            self._found.append(_Definition(parent, before, line, note=match[1]))
        for match in _ABBREVIATION.finditer(block):
            title = match["title"].strip()
            self._found.append(_Definition(parent, before, _read_line(match[0]), title=title))
        for match in ReferenceProcessor.RE.finditer(block):
            title = match[5] or match[6] or ""
            self._found.append(_Definition(parent, before, _read_line(match[0]), title=title))
        return False

    def hide(self, root: Element) -> list[Finding]:
        """Hide the footnotes that stand in spoilers, and take the titles out of open text."""
        if not self._found:
            return []
        # Hidden footnotes may hold definitions of titles, and use some.
        return [*self._hide_notes(root), *self._hide_titles(root)]

    def _hide_notes(self, root: Element) -> Iterator[Finding]:
        places = {self._name_note(one.note): one for one in self._found if one.note}
        notes = {
            f"#{note.get('id')}": note
            for box in filter(is_notes, root.iter("div"))
            for note in box.iter("li")
        }
        places = {key: one for key, one in places.items() if key in notes}
        if not places:
            return
        uses = [link for link in root.iter("a") if _is_reference(link, places)]
        hidden, opened = self._read_places(root, list(places.values()), uses)
        used = {link.get("href") for link in opened}
        for key, definition in places.items():
            if definition in hidden:
                note = notes[key]
                add_class(note)
                if key in used:
                    yield _tell_note(definition.line)

    def _hide_titles(self, root: Element) -> Iterator[Finding]:
        titled = [one for one in self._found if one.title]
        titles = {one.title for one in titled}
        uses = [element for element in root.iter() if element.get("title") in titles]
        if not uses:
            return
        hidden, opened = self._read_places(root, titled, uses)
        for element in opened:
            title = element.get("title")
            definitions = [one for one in titled if one.title == title]
            # Said in an open place too it is no secret.
            if all(one in hidden for one in definitions):
                del element.attrib["title"]
                yield _tell_title(definitions[0].line)

    def _name_note(self, note: str) -> str:
        """What links to it; nothing does where there are no footnotes."""
        for processor in self._md.parser.blockprocessors:
            if isinstance(processor, FootnoteBlockProcessor):
                return f"#{processor.footnotes.makeFootnoteId(note)}"
        return ""

    def _read_places(
        self, root: Element, definitions: Sequence[_Definition], uses: Sequence[Element]
    ) -> tuple[list[_Definition], list[Element]]:
        """Return the definitions that are hidden, and the uses that are open."""
        parents = {child: parent for parent in root.iter() for child in parent}
        marks = [Element("span") for _ in definitions]
        placed: list[tuple[Element, Element]] = []
        for definition, mark in zip(definitions, marks, strict=True):
            if place := _find_place(definition, root, parents):
                parent, index = place
                parent.insert(index, mark)
                placed.append((parent, mark))
        hidden = find_hidden([*marks, *uses], root, self._md)
        for parent, mark in placed:
            parent.remove(mark)
        return (
            [one for one, mark in zip(definitions, marks, strict=True) if mark in hidden],
            [element for element in uses if element not in hidden],
        )


def _find_place(
    definition: _Definition, root: Element, parents: Mapping[Element, Element]
) -> tuple[Element, int] | None:
    """Where in the tree it stood; elements may have moved since then."""
    before = definition.before
    if before is not None:
        parent = parents.get(before)
        return (parent, list(parent).index(before) + 1) if parent is not None else None
    parent = definition.parent
    return (parent, 0) if parent is root or parent in parents else None


def _is_reference(link: Element, places: Container[str]) -> bool:
    return "footnote-ref" in (link.get("class") or "").split() and link.get("href") in places


def _read_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def _tell_note(line: str) -> Finding:
    return Finding(
        "A footnote that is written in a spoiler is used outside of it; it is hidden.",
        "Write the footnote outside of the spoiler, if it gives nothing away.",
        line,
    )


def _tell_title(line: str) -> Finding:
    return Finding(
        "A definition in a spoiler is used outside of it; its text is left out.",
        "Write the definition outside of the spoiler, if it gives nothing away.",
        line,
    )

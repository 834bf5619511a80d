"""Prevents headings, footnotes and titles in a spoiler from appearing elsewhere.

The table of contents lists headings. Footnotes, abbreviations and the titles of links may be
defined anywhere, and are printed where the page uses them. Only the finished HTML shows which text
is in a spoiler, because a spoiler may begin and end in raw HTML or have wrong markup.

Python-Markdown removes definitions from the text, so a spoiler in a definition would disappear
without a report.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, ReferenceProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.attributes import BALANCED, hide_in_value
from mkdocs_bookreview.spoilers.caught.catch import catch
from mkdocs_bookreview.spoilers.caught.findings import DEFINITION, REPLACED
from mkdocs_bookreview.spoilers.caught.signs import has_signs
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER, SPOILER_BYTES, lower_bytes
from mkdocs_bookreview.spoilers.sealed.seal import has_spoilers, seal
from mkdocs_bookreview.spoilers.sealed.tags import HEADINGS
from mkdocs_bookreview.words.language import Words

_PROBE = "data-bookreview-probe"
_PROBED = re.compile(rf'{_PROBE}="(\d+)"')
_MARK = "bookreview-mark"
# This is a copy of Python-Markdown's pattern, because the name of the class that has the pattern
# differs between versions.
_ABBREVIATION = re.compile(r"^[*]\[([^\\]*?)\][ ]?:[ ]*\n?[ ]*(.*)$", re.MULTILINE)
_BALANCED = re.compile(BALANCED)
# Text after `[spoiler]:` that is not an address counts as hidden text: `[spoiler]: poison`.
_ADDRESS = re.compile(r"<?(?:[a-zA-Z][\w+.-]*:|[./#?]|[\w%-]+[./#?]\w)")


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
    """Return the elements that are in spoilers, or are no longer in the tree `root`.

    A missing element counts as hidden, because it may have been in a spoiler. Each element gets a
    number as an attribute; an element is hidden if its number is missing in the sealed HTML.
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

    The definition is in `parent`, after the element `before`, or at the start if `before` is None.
    `line` is its first line. `value` is the address of the footnote, or the title; elements that
    use the definition have the same value in an attribute. `mark` is an element that marks the
    place of the definition in the tree while we search for hidden elements.
    """

    parent: Element
    before: Element | None
    mark: Element
    line: str
    value: str


class Definitions(BlockProcessor):
    """Records definitions before other processors remove them, and hides spoilers in them."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md.parser)
        self._md = md
        self._conversion = conversion
        self.reset()

    def reset(self) -> None:
        self._notes: list[_Definition] = []
        self._titles: list[_Definition] = []

    def test(self, parent: Element, block: str) -> bool:
        return "]:" in block or "] :" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        block = ReferenceProcessor.RE.sub(self._mend_reference, blocks[0])
        if "abbr" in self.parser.blockprocessors:
            block = _ABBREVIATION.sub(self._mend_abbreviation, block)
        blocks[0] = block
        if "footnote" in self.parser.blockprocessors:
            processor: Any = self.parser.blockprocessors["footnote"]
            for match in processor.RE.finditer(block):
                address = f"#{processor.footnotes.makeFootnoteId(match[1])}"
                # A footnote whose name contains a spoiler counts as defined in a spoiler.
                place = Element(_MARK) if _may_hide(match[1]) else parent
                self._notes.append(_define(place, match, address))
        abbreviations = ((match, match[2]) for match in _ABBREVIATION.finditer(block))
        # Group 5 has a title in quotes, and group 6 a title in brackets.
        links = ((one, one[5] or one[6] or "") for one in ReferenceProcessor.RE.finditer(block))
        for match, title in chain(abbreviations, links):
            if title := title.strip():
                self._titles.append(_define(parent, match, title))
        return False

    def _mend_abbreviation(self, match: re.Match[str]) -> str:
        """Return the definition of an abbreviation without its spoilers.

        `*[text[^1] :smile:]{.spoiler}*` is not a definition, because its first bracket does not end
        before the colon. It gets a space before it, because Python-Markdown would remove it.
        """
        if _BALANCED.fullmatch(match[1]):
            return self._mend(match, match[1], 2)
        return f" {match[0]}" if _has_hints(self._conversion.source) else match[0]

    def _mend_reference(self, match: re.Match[str]) -> str:
        label, address = match[1], match[2]
        if label.startswith("^"):  # a footnote, whose text is printed
            return match[0]
        # The label in `[spoiler]: https://…` is not markup, but that in `[spoiler]: poison` may be.
        is_link = _ADDRESS.match(address) and "||" not in address
        name = label if is_link else f"[{label}]: {address}"
        return self._mend(match, name, 5 if match[5] else 6)

    def _mend(self, match: re.Match[str], name: str, group: int) -> str:
        """Return a definition with a word in place of each spoiler in its title.

        The title is the `group` of the match. If a spoiler may be in the `name`, or has no end, the
        whole definition is hidden.
        """
        written, title = match[0], match[group] or ""
        if not _has_hints(written):
            return written
        found: list[Finding] = []
        word = self._conversion.placeholder
        mended = hide_in_value("title", title, word, found)
        if _may_hide(name) or _may_hide(mended.replace(word, "")):
            found = [DEFINITION.report(written)]
            written = f"<{SPOILER}>{written}</{SPOILER}>"
        elif found:
            start, end = (offset - match.start() for offset in match.span(group))
            written = f"{written[:start]}{mended}{written[end:]}"
        self._conversion.report(found)
        self._conversion.has_lost_text |= bool(found)
        return written

    def hide(self, root: Element) -> list[Finding]:
        """Hide footnotes, and remove titles from open text, if only spoilers define them."""
        definitions = [*self._notes, *self._titles]
        if not definitions:
            return []
        parents = {child: parent for parent in root.iter() for child in parent}
        for parent, before, mark, *_ in definitions:
            # If another extension removed the element, its mark is not put into the tree and counts
            # as hidden, because it may have been in a spoiler.
            place = parent if before is None else parents.get(before)
            if place is root or place in parents:
                place.insert(0 if before is None else [*place].index(before) + 1, mark)
        # Footnotes come first, because hidden footnotes may define or use titles.
        found = [*self._hide_notes(root), *self._hide_titles(root)]
        for parent in [*root.iter()]:
            for mark in parent.findall(_MARK):
                parent.remove(mark)
        return found

    def _hide_notes(self, root: Element) -> Iterator[Finding]:
        """Seal footnotes that spoilers define, and report those to which open text refers."""
        boxes = filter(is_notes, root.iter("div"))
        notes = {f"#{note.get('id')}": note for box in boxes for note in box.iter("li")}
        definitions = [one for one in self._notes if one.value in notes]
        yield from self._report_replaced(definitions)
        links = [link for link in root.iter("a") if "footnote-ref" in link.get("class", "").split()]
        marks = [definition.mark for definition in definitions]
        hidden = _find_hidden([*marks, *links], root, self._md) if marks else set()
        hidden |= {one.mark for one in definitions if one.parent.tag == _MARK}
        used = {link.get("href") for link in links if link not in hidden}
        for definition in definitions:
            if definition.mark in hidden:
                notes[definition.value].set("class", SPOILER)
                if definition.value in used:
                    yield _describe("footnote", "it is hidden", definition.line)

    def _report_replaced(self, definitions: Sequence[_Definition]) -> Iterator[Finding]:
        """Report each footnote that a later footnote of the same name replaces.

        It is only reported on a page that may have spoilers, because it may contain a spoiler.
        """
        last = {definition.value: definition.line for definition in definitions}
        for _, _, _, line, value in definitions:
            if line != last[value] and _has_hints(self._conversion.source):
                self._conversion.has_lost_text = True
                yield REPLACED.report(line)

    def _hide_titles(self, root: Element) -> Iterator[Finding]:
        """Remove titles from open elements if only spoilers define them, and report them."""
        titles = {definition.value: definition for definition in reversed(self._titles)}
        uses = [element for element in root.iter() if element.get("title") in titles]
        marks = [definition.mark for definition in self._titles]
        hidden = _find_hidden([*marks, *uses], root, self._md) if uses else set()
        # A title that open text defines too stays, because readers see it there anyway.
        said = {one.value for one in self._titles if one.mark not in hidden}
        for element in uses:
            if element not in hidden and element.get("title") not in said:
                line = titles[element.attrib.pop("title")].line
                yield _describe("definition", "its text is left out", line)


def _has_hints(text: str) -> bool:
    """Return whether Markdown may contain a spoiler, by a quick look."""
    return has_signs(text) or SPOILER_BYTES in lower_bytes(text)


def _may_hide(text: str) -> bool:
    """Return whether Markdown contains a spoiler, or text that may be meant as a spoiler."""
    return _has_hints(text) and (has_spoilers(text) or bool(catch(text, "")[1]))


def _define(parent: Element, match: re.Match[str], value: str) -> _Definition:
    before = parent[-1] if len(parent) else None
    line = match[0].strip().partition("\n")[0]
    return _Definition(parent, before, Element(_MARK), line, value)


def _describe(kind: str, effect: str, line: str) -> Finding:
    return Finding(
        f"A {kind} in a spoiler is used outside of the spoiler, so {effect}.",
        f"If the {kind} is not a spoiler, write it outside of the spoiler.",
        line,
    )

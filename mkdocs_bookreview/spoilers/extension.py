"""The extension of Python-Markdown, with MkDocs or without."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import STX, Processor, Registry
from pymdownx.blocks import BlocksExtension

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.attributes import hide_in_attributes
from mkdocs_bookreview.spoilers.caught.elements import find_unclosed, write_tags
from mkdocs_bookreview.spoilers.caught.foreign import read_fences
from mkdocs_bookreview.spoilers.caught.signs import has_signs
from mkdocs_bookreview.spoilers.caught.text import guard_tree
from mkdocs_bookreview.spoilers.conversion import Conversion, Report
from mkdocs_bookreview.spoilers.definitions import Definitions
from mkdocs_bookreview.spoilers.hidden import (
    demote_headings,
    demote_hidden_headings,
    is_box,
    is_notes,
    is_spoiler,
)
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.spoilers.written.block import SpoilerBlock, name_options
from mkdocs_bookreview.spoilers.written.syntaxes import Syntaxes
from mkdocs_bookreview.words.language import ENGLISH, Words


class SpoilerExtension(BlocksExtension):  # type: ignore[misc]  # pymdownx ships no types
    """Seals whatever carries the class `spoiler`, and all syntaxes that give it this class.

    With a vault the sealed elements are locked there. Findings go to `report`, or else to the log.
    """

    def __init__(
        self,
        *,
        vault: Vault | None = None,
        language: str = ENGLISH,
        report: Report | None = None,
        **options: Any,
    ) -> None:
        self._vault = vault
        self._words = Words(language)
        self._report = report
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        super().extendMarkdown(md)
        if "|" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("|")

    def extendMarkdownBlocks(  # noqa: N802  # the name of pymdownx
        self, md: Markdown, block_mgr: Any
    ) -> None:
        conversion = Conversion(self._words, self._vault, self._report)
        # A block of this name that the author has (types of pymdownx.blocks.details) is as good.
        with suppress(ValueError):
            block_mgr.register(SpoilerBlock, {"conversion": conversion})
        block_mgr.split_header = name_options(block_mgr.split_header)
        _Steps(md, conversion).register()


def makeExtension(**options: Any) -> SpoilerExtension:  # noqa: N802  # Python-Markdown's name
    return SpoilerExtension(**options)


class _Steps:
    """What a conversion does between the steps of Python-Markdown."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        self._md = md
        self._conversion = conversion
        self._definitions = Definitions(md)

    def register(self) -> None:
        md = self._md
        # First of all, to see the source as the author wrote it.
        _register(md.preprocessors, self.begin, "bookreview_spoilers", 1000)
        # After all that add text (snippets) or take it away.
        syntaxes = Syntaxes(md, self._conversion)
        _register(md.preprocessors, syntaxes.read, "bookreview_syntaxes", -1000)
        # Before footnotes (17), abbreviations (16) and the addresses of links (15).
        md.parser.blockprocessors.register(self._definitions, "bookreview_definitions", 17.5)
        # After attr_list (8) and abbreviations (7), before toc (5).
        _register(md.treeprocessors, self.read_tree, "bookreview_spoilers", 6)
        # After all that take texts from the tree.
        _register(md.treeprocessors, self.end_tree, "bookreview_spoilers_end", -1000)
        # After all that change HTML; the last of those that come along is at 1.
        _register(md.postprocessors, self._conversion.seal, "bookreview_spoilers", -1000)

    def begin(self, lines: list[str]) -> list[str]:
        self._definitions.reset()
        source = "\n".join(lines)
        self._conversion.begin(source)
        if "```" not in source and "~~~" not in source:
            return lines
        found: list[Finding] = []
        lines = read_fences(lines, found)
        self._conversion.report(found)
        return lines

    def read_tree(self, root: Element) -> None:
        conversion = self._conversion
        # Few elements have attributes, and others can neither be spoilers nor hold one there.
        marked = [element for element in root.iter() if element.keys()]
        spoilers = [element for element in marked if is_spoiler(element)]
        text = "".join(root.itertext())
        values = (value for element in marked for value in element.attrib.values() if value)
        if STX in text or STX in "".join(values):
            guard_tree(root, self._md)
        conversion.report(
            [
                *self._definitions.hide(root),
                *hide_in_attributes(marked, conversion.placeholder),
                *find_unclosed(conversion.source),
            ]
        )
        conversion.reaches |= (
            any(map(is_notes, marked))
            or any(map(_may_be_empty, filter(is_box, spoilers)))
            or self._may_reach_out(root, text, marked)
        )
        demote_headings(spoilers)
        if conversion.reaches:
            demote_hidden_headings(root, self._md)

    def _may_reach_out(self, root: Element, text: str, marked: Iterable[Element]) -> bool:
        """Return whether spoilers may begin or end elsewhere than with an element of the tree.

        `text` is that of the tree, `marked` are its elements with attributes.
        """
        raw = [block for block in self._md.htmlStash.rawHtmlBlocks if isinstance(block, str)]
        titles = "".join(f"<summary>{title.text}</summary>" for title in root.iter("summary"))
        texts = (text, write_tags(marked) + titles, *raw)
        return any(map(has_signs, texts)) or any(SPOILER in block.lower() for block in raw)

    def end_tree(self, root: Element) -> None:
        self._conversion.end_tree(root, has_raw=bool(self._md.htmlStash.rawHtmlBlocks))


def _may_be_empty(box: Element) -> bool:
    """Return whether a box has perhaps no more than its label."""
    return all(child.tag == "summary" or child.get("class") for child in box)


class _Step(Processor):
    def __init__(self, run: Callable[[Any], Any]) -> None:
        super().__init__()
        self.run = run


def _register(registry: Registry[Any], run: Callable[[Any], Any], name: str, at: float) -> None:
    """Let Python-Markdown call `run` at the priority `at`."""
    registry.register(_Step(run), name, at)

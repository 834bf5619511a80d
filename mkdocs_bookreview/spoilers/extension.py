"""The extension of Python-Markdown, with MkDocs or without."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX
from pymdownx.blocks import BlocksExtension

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.blocks import mark_blocks
from mkdocs_bookreview.spoilers.caught.attributes import hide_in_attributes
from mkdocs_bookreview.spoilers.caught.elements import find_unclosed, write_tags
from mkdocs_bookreview.spoilers.caught.foreign import read_fences
from mkdocs_bookreview.spoilers.caught.signs import has_signs
from mkdocs_bookreview.spoilers.caught.text import guard_tree
from mkdocs_bookreview.spoilers.conversion import Conversion, Report
from mkdocs_bookreview.spoilers.definitions import Definitions
from mkdocs_bookreview.spoilers.elements import is_box, is_empty, is_notes, is_spoiler
from mkdocs_bookreview.spoilers.hidden import demote_headings, demote_hidden_headings
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.spoilers.written.block import SpoilerBlock
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
        _register(md, conversion)


def makeExtension(**options: Any) -> SpoilerExtension:  # noqa: N802  # Python-Markdown's name
    return SpoilerExtension(**options)


def _register(md: Markdown, conversion: Conversion) -> None:
    definitions = Definitions(md)
    # First of all, to see the source as the author wrote it.
    md.preprocessors.register(_Begin(md, conversion, definitions), "bookreview_spoilers", 1000)
    # After all that add text (snippets) or take it away.
    md.preprocessors.register(Syntaxes(md, conversion), "bookreview_syntaxes", -1000)
    # Before footnotes (17), abbreviations (16) and the addresses of links (15).
    md.parser.blockprocessors.register(definitions, "bookreview_definitions", 17.5)
    # After attr_list (8) and abbreviations (7), before toc (5).
    md.treeprocessors.register(_ReadTree(md, conversion, definitions), "bookreview_spoilers", 6)
    # After all that take texts from the tree.
    md.treeprocessors.register(_EndTree(md, conversion), "bookreview_spoilers_end", -1000)
    # After all that change HTML; the last of those that come along is at 1.
    md.postprocessors.register(_Seal(md, conversion), "bookreview_spoilers", -1000)


def _may_reach_out(root: Element, text: str, marked: Iterable[Element], md: Markdown) -> bool:
    """Return whether spoilers may begin or end elsewhere than with an element of the tree.

    `text` is that of the tree, `marked` are its elements with attributes.
    """
    raw = [block for block in md.htmlStash.rawHtmlBlocks if isinstance(block, str)]
    titles = "".join(f"<summary>{title.text}</summary>" for title in root.iter("summary"))
    texts = (text, write_tags(marked) + titles, *raw)
    return any(map(has_signs, texts)) or any(SPOILER in block.lower() for block in raw)


class _Begin(Preprocessor):
    def __init__(self, md: Markdown, conversion: Conversion, definitions: Definitions) -> None:
        super().__init__(md)
        self._conversion = conversion
        self._definitions = definitions

    def run(self, lines: list[str]) -> list[str]:
        self._definitions.reset()
        source = "\n".join(lines)
        self._conversion.begin(source)
        if "```" not in source and "~~~" not in source:
            return lines
        found: list[Finding] = []
        lines = read_fences(lines, found)
        self._conversion.tell(found)
        return lines


class _EndTree(Treeprocessor):
    md: Markdown

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, root: Element) -> None:
        self._conversion.has_whole_tree = True
        self._conversion.has_raw = bool(self.md.htmlStash.rawHtmlBlocks)
        mark_blocks(root)


class _Seal(Postprocessor):
    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, text: str) -> str:
        return self._conversion.seal(text)


class _ReadTree(Treeprocessor):
    md: Markdown

    def __init__(self, md: Markdown, conversion: Conversion, definitions: Definitions) -> None:
        super().__init__(md)
        self._conversion = conversion
        self._definitions = definitions

    def run(self, root: Element) -> None:
        conversion = self._conversion
        # Few elements have attributes, and others can neither be spoilers nor hold one there.
        marked = [element for element in root.iter() if element.keys()]
        spoilers = [element for element in marked if is_spoiler(element)]
        text = "".join(root.itertext())
        values = (value for element in marked for value in element.attrib.values() if value)
        if STX in text or STX in "".join(values):
            guard_tree(root, self.md)
        found = [
            *self._definitions.hide(root),
            *hide_in_attributes(marked, conversion.placeholder),
            *find_unclosed(conversion.source),
        ]
        if found:
            conversion.tell(found)
        notes = [element for element in marked if is_notes(element)]
        conversion.reaches |= bool(notes) or _may_reach_out(root, text, marked, self.md)
        conversion.reaches |= any(is_box(box) and is_empty(box) for box in spoilers)
        if spoilers or conversion.reaches:
            # Notes that only spoilers refer to will be hidden; nobody misses headings in others.
            demote_headings([*spoilers, *notes])
        if conversion.reaches:
            demote_hidden_headings(root, self.md)

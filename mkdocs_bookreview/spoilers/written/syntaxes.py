"""The syntaxes that a page uses: each costs all its paragraphs a search, so others are left out."""

from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import Registry
from pymdownx.details import DetailsProcessor

from mkdocs_bookreview.spoilers.caught.text import guard_source
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.written.inline import (
    BracketsProcessor,
    PipesProcessor,
    TableRowProcessor,
)
from mkdocs_bookreview.spoilers.written.lazy import LazyLinesProcessor


class _Syntax(NamedTuple):
    """`marks` are what a text must have for the processor to find anything in it."""

    marks: tuple[str, ...]
    registry: Registry[Any]
    processor: BlockProcessor | InlineProcessor
    name: str
    priority: float


class Syntaxes:
    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        self._md = md
        self._conversion = conversion
        blocks, inline = md.parser.blockprocessors, md.inlinePatterns
        lazy, rows = LazyLinesProcessor(md, conversion), TableRowProcessor(md, conversion)
        self._syntaxes = [
            # Before admonitions and details (105).
            _Syntax(("!!!", "???"), blocks, lazy, "bookreview_lazy_lines", 105.1),
            # Before tables (75).
            _Syntax(("||", r"\|"), blocks, rows, "bookreview_table_rows", 75.1),
            # After links (160) and raw HTML (90), in which brackets may be a mere attribute.
            _Syntax(("spoiler",), inline, BracketsProcessor(md), "bookreview_brackets", 89),
            # After code, links (160) and raw HTML (90), before emphasis (60).
            _Syntax(("||",), inline, PipesProcessor(md), "bookreview_pipes", 65),
        ]
        # What the author has enabled is as good. Priorities are those of their own extensions.
        if "admonition" not in blocks:
            processor = AdmonitionProcessor(md.parser)
            self._syntaxes.append(_Syntax(("!!!",), blocks, processor, "admonition", 105))
        if "details" not in blocks:
            details = DetailsProcessor(md.parser)
            self._syntaxes.append(_Syntax(("???",), blocks, details, "details", 105))

    def read(self, lines: list[str]) -> list[str]:
        """Register what the page needs, and guard the signs that are not ours."""
        text = "\n".join([self._conversion.source, *lines]).lower()
        # Elements with Markdown in them were taken out of the lines.
        raw = self._md.htmlStash.rawHtmlBlocks
        has_more = any(isinstance(block, Element) for block in raw)
        for syntax in self._syntaxes:
            if has_more or any(mark in text for mark in syntax.marks):
                syntax.registry.register(syntax.processor, syntax.name, syntax.priority)
            else:
                syntax.registry.deregister(syntax.name, strict=False)
        if "///" in text or has_more:
            self._mend_definitions()
        return guard_source(lines)

    def _mend_definitions(self) -> None:
        """Remove the indent of definitions before blocks are searched for, as it is done for lists.

        Python-Markdown does it later, and a block of several paragraphs would not end there.
        """
        processors = self._md.parser.blockprocessors
        if "defindent" in processors:
            processors.register(processors["defindent"], "defindent", 89.997)

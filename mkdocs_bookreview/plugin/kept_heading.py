"""Keeps the heading of a page, because MkDocs reads titles from it in each build."""

from copy import deepcopy
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor


class Heading(NamedTuple):
    """Holds the heading at the start of a page.

    `element` is its `h1`. Placeholders in it are numbers of items in `raw`, which is the page's raw
    HTML as Python-Markdown stored it.
    """

    element: Element
    raw: list[str | Element]


class HeadingExtension(Extension):
    """Notes the heading of a page, or replaces the whole page by a heading noted before.

    `noted` is the heading of the page converted last; None if it does not begin with one. `kept` is
    the heading that replaces the next page; None if the page is to be converted.
    """

    def __init__(self) -> None:
        super().__init__()
        self.noted: Heading | None = None
        self.kept: Heading | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        # Run after steps that change headings, and before MkDocs reads the title (priority 1).
        md.treeprocessors.register(_Headings(md, self), "bookreview_heading", 1.5)


class _Headings(Treeprocessor):
    md: Markdown

    def __init__(self, md: Markdown, extension: HeadingExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        if kept := self._extension.kept:
            # Stored in the same order, because placeholders in the heading are positions here.
            for html in kept.raw:
                self.md.htmlStash.store(html)
            root[:] = [deepcopy(kept.element)]
        elif len(root) and root[0].tag == "h1":
            raw = self.md.htmlStash.rawHtmlBlocks
            self._extension.noted = Heading(deepcopy(root[0]), raw)

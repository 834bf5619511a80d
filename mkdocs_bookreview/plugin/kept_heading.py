"""The heading of a page that is not converted again, for MkDocs to find its title in."""

from copy import deepcopy
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor


class Heading(NamedTuple):
    """`raw` is the HTML that Python-Markdown had taken out of the page, and counts in elements."""

    element: Element
    raw: list[str | Element]


class HeadingExtension(Extension):
    """Notes the heading that a page begins with, if any; or has a kept one in place of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: Heading | None = None
        self.kept: Heading | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        # After all that change headings, before MkDocs reads the title (1).
        md.treeprocessors.register(_Headings(md, self), "bookreview_heading", 1.5)


class _Headings(Treeprocessor):
    md: Markdown

    def __init__(self, md: Markdown, extension: HeadingExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        if kept := self._extension.kept:
            for html in kept.raw:
                self.md.htmlStash.store(html)
            root[:] = [deepcopy(kept.element)]
        elif len(root) and root[0].tag == "h1":
            raw = self.md.htmlStash.rawHtmlBlocks
            self._extension.noted = Heading(deepcopy(root[0]), raw)

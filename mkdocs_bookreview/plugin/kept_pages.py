"""Pages that `mkdocs serve` has converted, and whose text it need not convert again."""

import logging
from copy import deepcopy
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from mkdocs_bookreview.listings.blocks import ListingBlocks, Written
from mkdocs_bookreview.plugin.markdown_context import find_context
from mkdocs_bookreview.plugin.report import Findings
from mkdocs_bookreview.spoilers.vault import Vault

_MKDOCS = logging.getLogger("mkdocs")


@dataclass(frozen=True, slots=True)
class _Text:
    """What is converted, and what else decides on the title."""

    markdown: str
    title: object
    given_title: object


@dataclass(frozen=True, slots=True)
class _Kept:
    """A converted page; `links` are by the path of the file that they lead to.

    `locked_before` and `written_before` count what had been locked and written on other pages.
    """

    text: _Text
    title: object
    html: str
    toc: TableOfContents
    anchors: set[str] | None
    links: dict[str, dict[str, str]]
    sealed: list[str]
    locked_before: int
    blocks: list[Written]
    written_before: int


class KeptPages:
    """Of all builds of one `mkdocs serve`.

    MkDocs converts each page. Of one that need not be converted it gets an empty text, and all that
    the conversion made before is put back. Pages of which anything was told are not kept, as it
    must be told again; nor are those of kinds that other plugins have made, as Material's blog has
    for its posts, since they may read more of a page than what is public.
    """

    def __init__(self) -> None:
        self._pages: dict[str, _Kept] = {}
        self._context: object | None = None
        self._watch = _Watch()

    def begin(self, vault: Vault, blocks: ListingBlocks, findings: Findings) -> None:
        """A build; these are its own."""
        self._vault = vault
        self._blocks = blocks
        self._findings = findings
        self._has_context = False

    def spare(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """What is to be converted; called after all others have changed the page's Markdown."""
        if not self._has_context:
            self._see_context(config, files)
        self._text = _Text(markdown, page.title, page.meta.get("title"))
        self._start()
        kept = self._pages.get(page.file.src_uri)
        self._spared = kept if kept and kept.text == self._text else None
        return "" if self._spared else markdown

    def _see_context(self, config: MkDocsConfig, files: Files) -> None:
        context = find_context(config, files)
        if context is None or context != self._context:
            self._pages.clear()
        self._context = context
        self._has_context = True

    def _start(self) -> None:
        self._locked_before = self._vault.count
        self._written_before = self._blocks.count
        self._watch.count = 0
        _MKDOCS.addHandler(self._watch)

    def restore(self, html: str, page: Page, files: Files) -> str:
        """The page's HTML; called before all others see it."""
        _MKDOCS.removeHandler(self._watch)
        if self._spared:
            return self._put_back(self._spared, page, files)
        is_told = self._watch.count or self._findings.of_open_page
        is_last = page.markdown == self._text.markdown
        if self._context and type(page) is Page and is_last and not is_told:
            self._keep(html, page)
        return html

    def _keep(self, html: str, page: Page) -> None:
        links = page.links_to_anchors or {}
        self._pages[page.file.src_uri] = _Kept(
            self._text,
            page.title,
            html,
            deepcopy(page.toc),
            page.present_anchor_ids,
            {file.src_uri: anchors for file, anchors in links.items()},
            self._vault.locked_after(self._locked_before),
            self._locked_before,
            self._blocks.written_after(self._written_before),
            self._written_before,
        )

    def _put_back(self, kept: _Kept, page: Page, files: Files) -> str:
        renumber_blocks = self._blocks.write_again(kept.blocks, kept.written_before)
        sealed = list(map(renumber_blocks, kept.sealed))
        renumber = self._vault.lock_again(sealed, kept.locked_before)
        page.markdown = self._text.markdown
        page.content = html = renumber(renumber_blocks(kept.html))
        if page.title != kept.title:
            page.title = kept.title
        page.toc = deepcopy(kept.toc)
        page.present_anchor_ids = kept.anchors
        page.links_to_anchors = {files.src_uris[uri]: kept.links[uri] for uri in kept.links}
        return html


class _Watch(logging.Handler):
    """Counts what is told."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1

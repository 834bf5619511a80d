"""Pages that `mkdocs serve` has converted, and whose text it need not convert again."""

import logging
from copy import deepcopy
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from mkdocs_bookreview.listings.blocks import ListingBlocks, Written
from mkdocs_bookreview.plugin.kept_heading import Heading, HeadingExtension
from mkdocs_bookreview.plugin.markdown_context import (
    find_late_files,
    find_options,
    find_site_context,
)
from mkdocs_bookreview.plugin.report import Findings
from mkdocs_bookreview.spoilers.sealed.vault import Vault

_MKDOCS = logging.getLogger("mkdocs")
STUB = "Heading"


@dataclass(frozen=True, slots=True)
class _Source:
    """What a page is converted from; `late` are files that came after the first page was."""

    markdown: str
    options: object | None
    late: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What became of it; `links` are by the path of the file that they lead to."""

    source: _Source
    heading: Heading | None
    html: str
    toc: TableOfContents
    anchors: set[str]
    links: dict[str, dict[str, str]]
    sealed: list[str]
    blocks: list[Written]


@dataclass(frozen=True, slots=True)
class _Open:
    """A page that is being converted; `locked` and `written` count what was there before."""

    source: _Source
    spared: _Kept | None
    locked: int
    written: int


class KeptPages:
    """Of all builds of one `mkdocs serve`.

    MkDocs converts each page. Of one that need not be converted it gets no more than the heading,
    and all that the conversion made before is put back. Pages of which anything was told are not
    kept, as it must be told again.
    """

    def __init__(self) -> None:
        self.headings = HeadingExtension()
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
        """What is to be converted, once all others have changed the page's Markdown."""
        if not self._has_context:
            self._see_context(config, files)
        source = _Source(markdown, find_options(config), find_late_files(files, self._files))
        kept = self._pages.get(page.file.src_uri)
        kept = kept if kept and kept.source == source else None
        self._open = _Open(source, kept, self._vault.count, self._blocks.count)
        self.headings.noted = None
        self.headings.kept = kept.heading if kept else None
        self._watch.count = 0
        _MKDOCS.addHandler(self._watch)
        if kept:
            return STUB if kept.heading else ""
        return markdown

    def _see_context(self, config: MkDocsConfig, files: Files) -> None:
        context = find_site_context(config, files)
        if context != self._context:
            self._pages.clear()
        self._context = context
        self._files = len(files)
        self._has_context = True

    def restore(self, html: str, page: Page, files: Files) -> str:
        """The page's HTML, before others see it."""
        _MKDOCS.removeHandler(self._watch)
        self.headings.kept = None
        if self._open.spared:
            return self._put_back(self._open.spared, page, files)
        self._keep(html, page)
        return html

    def _keep(self, html: str, page: Page) -> None:
        is_told = self._watch.count or self._findings.of_open_page
        is_known = self._open.source.options is not None and type(page).render is Page.render
        sealed = self._vault.take(html, self._open.locked)
        blocks = self._blocks.take(html, self._open.written)
        if is_told or not is_known or sealed is None or blocks is None:
            return
        self._pages[page.file.src_uri] = _Kept(
            self._open.source,
            self.headings.noted,
            html,
            deepcopy(page.toc),
            set(page.present_anchor_ids or ()),
            {file.src_uri: dict(links) for file, links in (page.links_to_anchors or {}).items()},
            sealed,
            blocks,
        )

    def _put_back(self, kept: _Kept, page: Page, files: Files) -> str:
        page.markdown = kept.source.markdown
        html = self._blocks.write_again(kept.html, kept.blocks)
        # In the page too, as MkDocs has it there by now.
        page.content = html = self._vault.lock_again(html, kept.sealed)
        page.toc = deepcopy(kept.toc)
        page.present_anchor_ids = set(kept.anchors)
        page.links_to_anchors = {files.src_uris[uri]: dict(kept.links[uri]) for uri in kept.links}
        return html


class _Watch(logging.Handler):
    """Counts what is told."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1

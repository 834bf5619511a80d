"""Keeps converted pages, so that `mkdocs serve` converts again only what changed."""

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
# Not empty, because Python-Markdown runs no tree processor on an empty text, and ours sets the kept
# heading in.
STUB = "Heading"


@dataclass(frozen=True, slots=True)
class _Source:
    """Holds everything that the result of a conversion depends on.

    `markdown` is the page's text after all plugins changed it. `options` are those of the Markdown
    extensions; None if their effect is unknown. `late` describes files that plugins added since the
    first page of the build.
    """

    markdown: str
    options: object | None
    late: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Holds the result of a conversion.

    `heading` is None if the page does not begin with one. `html` has placeholders where `sealed`
    spoilers and listing `blocks` belong. `toc`, `anchors` and `links` are what MkDocs noted on the
    page; `links` maps the source of another page to the anchors there.
    """

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
    """Holds the state of the page that MkDocs is converting.

    `spared` is the kept result that replaces the conversion; None if the page is converted.
    `locked` counts spoilers in the vault and `written` listing blocks before this page.
    """

    source: _Source
    spared: _Kept | None
    locked: int
    written: int


class KeptPages:
    """Keeps converted pages through all builds of one `mkdocs serve`.

    MkDocs converts every page. For an unchanged page, `spare` gives it a stub with the same heading
    in place of the text, and `restore` puts the kept result back. A page about which anything was
    reported is not kept, because the report must appear in each build.
    """

    def __init__(self) -> None:
        self.headings = HeadingExtension()
        self._pages: dict[str, _Kept] = {}
        self._context: object | None = None
        self._watch = _Watch()

    def begin(self, vault: Vault, blocks: ListingBlocks, findings: Findings) -> None:
        """Begin a build, which has its own vault, blocks and findings."""
        self._vault = vault
        self._blocks = blocks
        self._findings = findings
        self._has_context = False

    def spare(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return the Markdown to convert, which is a stub if the kept result can be used.

        Call it when all plugins have changed the Markdown.
        """
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
            # All pages are dropped, because a link in any of them may lead elsewhere now.
            self._pages.clear()
        self._context = context
        self._files = len(files)
        self._has_context = True

    def restore(self, html: str, page: Page, files: Files) -> str:
        """Return the page's HTML, new or kept. Call it before other plugins see the HTML."""
        _MKDOCS.removeHandler(self._watch)
        self.headings.kept = None
        if self._open.spared:
            return self._put_back(self._open.spared, page, files)
        self._keep(html, page)
        return html

    def _keep(self, html: str, page: Page) -> None:
        is_told = self._watch.count or self._findings.of_open_page
        # Pages with a `render` of their own are not kept, because it may depend on anything.
        is_known = self._open.source.options is not None and type(page).render is Page.render
        sealed = self._vault.take(html, self._open.locked)
        blocks = self._blocks.take(html, self._open.written)
        if is_told or not is_known or sealed is None or blocks is None:
            return
        self._pages[page.file.src_uri] = _Kept(
            self._open.source,
            self.headings.noted,
            html,
            # Copied, because other plugins may change these lists on the page.
            deepcopy(page.toc),
            set(page.present_anchor_ids or ()),
            {file.src_uri: dict(links) for file, links in (page.links_to_anchors or {}).items()},
            sealed,
            blocks,
        )

    def _put_back(self, kept: _Kept, page: Page, files: Files) -> str:
        page.markdown = kept.source.markdown  # because MkDocs has the stub there
        html = self._blocks.write_again(kept.html, kept.blocks)
        # Set on the page too, because MkDocs has stored the HTML of the stub there.
        page.content = html = self._vault.lock_again(html, kept.sealed)
        page.toc = deepcopy(kept.toc)
        page.present_anchor_ids = set(kept.anchors)
        page.links_to_anchors = {files.src_uris[uri]: dict(kept.links[uri]) for uri in kept.links}
        return html


class _Watch(logging.Handler):
    """Counts the messages of MkDocs while it converts a page, for example about broken links."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1

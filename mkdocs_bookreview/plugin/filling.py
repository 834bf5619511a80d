"""Adds cards, lists and comments to MkDocs' pages, once all pages are converted."""

from collections.abc import Mapping
from functools import partial

from jinja2 import Environment
from mkdocs.structure import StructureItem
from mkdocs.structure.pages import Page

from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cards.progress import check_scales
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.plugin.addresses import find_build_addresses
from mkdocs_bookreview.plugin.archives import list_commented
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import find_section, find_title
from mkdocs_bookreview.plugin.exports import add_library
from mkdocs_bookreview.plugin.heads import (
    PageHeads,
    begin_heads,
    describe_page,
    describe_site,
    find_long_author,
)
from mkdocs_bookreview.plugin.redirects import Redirect, add_redirects
from mkdocs_bookreview.plugin.report import warn
from mkdocs_bookreview.publishing.filling import PageFiller, Publication
from mkdocs_bookreview.rendering.archives import list_facts
from mkdocs_bookreview.rendering.heads import RenderedHead
from mkdocs_bookreview.rendering.templates import Templates
from mkdocs_bookreview.structured_data.head import HeadPage


class Filler:
    """Fills the pages of one build.

    `pages` renders the content of each page, and `heads` builds the heads.
    """

    def __init__(self, build: Build, pages: PageFiller, heads: PageHeads) -> None:
        self._build = build
        self._pages = pages
        self._heads = heads

    def fill(self, page: Page, base: str) -> str:
        """Return the page's content with card, lists and comments added.

        `base` is the relative address of the site's root, as seen from the page.
        """
        return self._pages.fill(page.file.src_uri, page.content or "", base)

    def fill_blocks(self, html: str, source: str, base: str) -> str:
        """Return the HTML with each block such as `/// reviews` replaced by its list."""
        return self._pages.fill_blocks(html, source, base)

    def build_head(self, page: Page) -> RenderedHead:
        """Return the properties, links and data for the head of the page."""
        return self._heads.find(page)

    def view(self, page: Page) -> object:
        """Return everything that the page shows besides its own text.

        If a page has equal views in two builds, it looks the same, and need not be written again.
        """
        source = page.file.src_uri
        written = self._build.plan.pages.get(source)
        near = (page.previous_page, page.next_page, *page.ancestors)
        return (
            (page.title, written.review if written else None),
            [(other.title, getattr(other, "url", None)) for other in near if other],
            written.thread if written else None,
            self._build.threads.by_source.get(source),
            self._pages.view(source, page.content or ""),
            self._heads.feeds.list_links(source),
        )

    def render_redirect(self, redirect: Redirect) -> str:
        """Return a whole page that redirects to another page."""
        return self._pages.reviews.render_redirect(
            redirect.uri,
            redirect.title,
            redirect.address,
            redirect.script,
            self._build.config.site_url,
        )

    def choose_output(self) -> None:
        """With `--dirty`, have MkDocs write only pages that look different from the last build."""
        if memory := self._build.memory:
            menu = [*map(_view_item, self._build.nav.items)]
            same = memory.choose_output(self._build.files, lambda page: (menu, self.view(page)))
            self._pages.skip(same)


def begin_filling(build: Build, env: Environment) -> Filler:
    """Add feeds, exports and redirects to the site, and return the filler of its pages.

    Also report the mistakes in the text of pages, because all pages are converted by then.
    """
    if build.memory:
        env.bytecode_cache = build.memory.templates
        for source, spoilers, entry in build.memory.restore(build.files):
            build.spoilers[source] = spoilers
            build.progress.add(source, spoilers)
            if entry:
                build.audit.add_earlier(entry)
    for source, archive in build.archives.items():
        build.progress.add(source, list_facts(archive))
    build.audit.see_pages()
    build.social.report(build.earlier.kept)
    scales = check_scales(build.progress, build.plan.reviews, build.plan.find_place)
    warn((*build.findings.problems, *scales, *find_long_author(build)))
    warn(build.findings.unchecked, is_checked=False)
    addresses = find_build_addresses(build)
    site = _gather(build, addresses, _add_feeds(build, addresses))
    kept = build.memory.kept if build.memory else Kept()
    pages = PageFiller(site, Templates(env, build.words), kept)
    filler = Filler(build, pages, begin_heads(build, site))
    if build.settings.exports.library:
        add_library(build, addresses)
    add_redirects(build, filler.render_redirect)
    filler.choose_output()
    return filler


def _gather(build: Build, addresses: Addresses, feeds: Mapping[str, str]) -> Publication:
    return Publication(
        plan=build.plan,
        settings=build.settings,
        vault=build.vault,
        blocks=build.blocks,
        progress=build.progress,
        archives=build.archives,
        shown=build.shown,
        addresses=addresses,
        listed=build.listed,
        feeds=feeds,
        teasers=build.teasers,
        find_title=partial(_find_title, build),
        find_section=partial(find_section, build),
        list_commented=partial(list_commented, build),
        head_site=describe_site(build),
        describe_page=partial(_describe_page, build),
    )


def _find_title(build: Build, source: str) -> str:
    file = build.files.src_uris.get(source)
    return find_title(file.page) if file and file.page else ""


def _describe_page(build: Build, source: str) -> HeadPage:
    file = build.files.src_uris.get(source)
    return describe_page(file.page) if file and file.page else HeadPage("", "")


def _add_feeds(build: Build, addresses: Addresses) -> Mapping[str, str]:
    """Add the feeds to the site, and return their addresses by the source of their listing."""
    if not build.settings.has_feeds:
        return {}
    # This is imported here, because it takes 6 ms, and most sites have no feeds.
    from mkdocs_bookreview.plugin.feeds import add_feeds  # noqa: PLC0415

    return add_feeds(build, addresses)


def _view_item(item: StructureItem) -> object:
    """Return the parts of a menu item, and of the items below it, that themes show."""
    meta = getattr(item, "meta", None) or {}
    below = [*map(_view_item, getattr(item, "children", None) or ())]
    # Only these keys are compared, because Material's menu shows no others, and a difference here
    # makes MkDocs write every page again.
    shown = (meta.get(key) for key in ("icon", "status", "subtitle"))
    return item.title, getattr(item, "url", None), *shown, below

"""Adds cards, lists and comments to pages, once all pages are converted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from jinja2 import Environment
from mkdocs.structure import StructureItem
from mkdocs.structure.pages import Page

from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.kept import KeptCards
from mkdocs_bookreview.cards.layout import read_layout
from mkdocs_bookreview.cards.pieces import ROOT, Addresses
from mkdocs_bookreview.cards.progress import check_scales
from mkdocs_bookreview.comments.archive.data import Archive
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.addresses import find_addresses
from mkdocs_bookreview.plugin.archives import list_commented
from mkdocs_bookreview.plugin.assets import BROWSE, read_asset
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import find_section, find_title
from mkdocs_bookreview.plugin.exports import add_library
from mkdocs_bookreview.plugin.redirects import Redirect, add_redirects
from mkdocs_bookreview.plugin.report import warn
from mkdocs_bookreview.rendering.archives import (
    ArchivedPage,
    ArchiveRenderer,
    count_shown,
    list_facts,
)
from mkdocs_bookreview.rendering.covers import load_first_row
from mkdocs_bookreview.rendering.latest import LatestRenderer
from mkdocs_bookreview.rendering.legend import LegendRenderer
from mkdocs_bookreview.rendering.lists import Contents, ListRenderer
from mkdocs_bookreview.rendering.reviews import ReviewRenderer
from mkdocs_bookreview.rendering.templates import Templates
from mkdocs_bookreview.spoilers.sealed.form import seal_inline

# Reviews rendered per batch. Rendering one at a time was measured to be 1.5 times slower, because
# the processor's caches are cold.
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class PageParts:
    """Holds the HTML that we add to a page, with `ROOT` at the start of each address.

    `above` goes under the title, `below` under the text. `end` goes last, after a listing.
    """

    above: tuple[str, ...]
    below: str
    end: str


class Filler:
    """Fills the pages of one build.

    `addresses` are those of reviews, terms and covers. `feeds` maps the source of a listing to the
    address of its feed. Create it when all pages are converted, because lists show their teasers.
    """

    def __init__(
        self, build: Build, env: Environment, addresses: Addresses, feeds: Mapping[str, str]
    ) -> None:
        plan, settings, words = build.plan, build.settings, build.words
        cards = CardBuilder(
            addresses,
            words,
            self._seal,
            settings.disclosure,
            plan.relations,
            has_ratings=any(review.rating for review in plan.reviews),
            rating=settings.rating,
            layout=read_layout(settings),
            links=settings.links,
        )
        templates = Templates(env, words)
        contents = _gather_contents(build, addresses, feeds)
        self._build = build
        self._addresses = addresses
        books = (book for page in plan.pages.values() if page.review for book in page.review.books)
        titles = {book.key: book.title for book in books} if build.archives else {}
        self._archives = ArchiveRenderer(templates, build.vault.lock, titles)
        self._reviews = ReviewRenderer(templates, cards, settings.sign_off)
        # Without a seal, because it builds what is only compared, and items, which hide nothing.
        self._plain_cards = KeptCards(
            cards.without_seal(), build.memory.kept if build.memory else Kept()
        )
        latest = LatestRenderer(templates, lambda: list_commented(build))
        legend = LegendRenderer(templates, cards, plan.library.reviews)
        self._lists = ListRenderer(templates, self._plain_cards, contents, latest, legend)
        self._parts: dict[str, PageParts] = {}
        published = {review.source for review in plan.reviews}
        self._waiting = dict.fromkeys(filter(published.__contains__, plan.pages))

    def fill(self, page: Page, base: str) -> str:
        """Return the page's content with card, lists and comments added.

        `base` is the relative address of the site's root, as seen from the page.
        """
        source = page.file.src_uri
        parts = self._take_parts(source)
        above = [part.replace(ROOT, base) for part in parts.above]
        own = self.fill_blocks(page.content or "", source, base)
        content = _under_title(own, above) + parts.below.replace(ROOT, base)
        if listing := self._build.shown.get(source):
            content += self._lists.render_listing(listing, base)
        if not self._build.plan.review(source):  # because a review has only its own cover on top
            content = load_first_row(content)
        return content + parts.end.replace(ROOT, base)

    def fill_blocks(self, html: str, source: str, base: str) -> str:
        """Return the HTML with each block such as `/// reviews` replaced by its list."""
        return self._build.blocks.replace(
            html, lambda block: self._lists.render_block(block, source, base)
        )

    def skip(self, sources: Iterable[str]) -> None:
        """Render nothing for these pages in advance, because they are not written."""
        for source in sources:
            self._waiting.pop(source, None)

    def view(self, page: Page) -> object:
        """Return all that the page shows besides its own text. Equal views look equal."""
        source = page.file.src_uri
        written = self._build.plan.pages.get(source)
        review = written.review if written else None
        listing = self._build.shown.get(source)
        near = (page.previous_page, page.next_page, *page.ancestors)
        return (
            (page.title, review),
            [(other.title, getattr(other, "url", None)) for other in near if other],
            [self._plain_cards.card(review), self._plain_cards.after(review)] if review else None,
            self._build.progress.control(source, review),
            written.thread if written else None,
            self._build.archives.get(source),
            self._build.threads.by_source.get(source),
            self._lists.view_listing(listing) if listing else None,
            [
                self._lists.view_block(block, source)
                for block in self._build.blocks.find(page.content or "")
            ],
        )

    def render_redirect(self, redirect: Redirect) -> str:
        """Return a whole page that leads to another."""
        return self._reviews.render_redirect(
            redirect.uri,
            redirect.title,
            redirect.address,
            redirect.script,
            self._build.config.site_url,
        )

    def _take_parts(self, source: str) -> PageParts:
        """Return the parts of a page; those of a review are rendered with its batch."""
        while source in self._waiting:
            for batched in list(islice(self._waiting, _AT_ONCE)):
                del self._waiting[batched]
                self._parts[batched] = self._render_parts(batched)
        return self._parts.pop(source, None) or self._render_parts(source)

    def _render_parts(self, source: str) -> PageParts:
        review = self._build.plan.review(source)
        above, below, end = [], "", ""
        archive = self._build.archives.get(source)
        if review:
            above.append(self._reviews.render_card(review, count_shown(archive)))
            below = self._reviews.render_after(review)
        if archive:
            end = self._render_archive(archive, source, review)
        if review or archive:
            # Claimed at once, because the first page that claims a placeholder owns its spoiler.
            self._build.vault.claim(source, "".join([*above, below, end]))
        if control := self._build.progress.control(source, review):
            above.append(self._reviews.render_control(control))
        if section := find_section(self._build, source):
            end += self._reviews.render_comments(section)
        return PageParts(tuple(above), below, end)

    def _render_archive(self, archive: Archive, source: str, review: Review | None) -> str:
        file = self._build.files.get_file_from_path(source)
        page = file.page if file else None
        options = self._build.settings.comments
        is_guarded = review is not None and (options is None or options.guard)
        book = review.book.key if review else None
        title = find_title(page) if page else ""
        return self._archives.render(archive, ArchivedPage(title, book, is_guarded))

    def _seal(self, html: str, ident: str) -> str:
        return self._build.vault.lock(seal_inline(html, ident, self._build.words))


def begin_filling(build: Build, env: Environment) -> Filler:
    """Add feeds, exports and redirects to the site, and return what fills its pages.

    Report mistakes in the text of pages too, because all are converted now.
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
    scales = check_scales(build.progress, build.plan.reviews, build.plan.find_place)
    warn((*build.findings.problems, *scales))
    addresses = find_addresses(build)
    filler = Filler(build, env, addresses, _add_feeds(build, addresses))
    if build.settings.exports.library:
        add_library(build, addresses)
    add_redirects(build, filler.render_redirect)
    if build.memory:
        menu = [*map(_view_item, build.nav.items)]
        filler.skip(build.memory.choose_output(build.files, lambda page: (menu, filler.view(page))))
    return filler


def _gather_contents(build: Build, addresses: Addresses, feeds: Mapping[str, str]) -> Contents:
    """Return what lists of reviews are made from."""
    return Contents(
        library=build.plan.library,
        queries=build.plan.queries,
        addresses=addresses,
        listed=build.listed,
        feeds=feeds,
        teasers=build.teasers,
        comments={source: count_shown(one) for source, one in build.archives.items()},
        statistics=build.plan.statistics,
        browse_script=read_asset("js", BROWSE).uri,
        layout=build.settings.reviews.layout,
        browse=next(
            (build.listed[one.source] for one in build.plan.listings if one.shows == "browse"), None
        ),
    )


def _add_feeds(build: Build, addresses: Addresses) -> Mapping[str, str]:
    """Return the addresses of feeds by the source of their listing."""
    if not any(group.feed for group in build.settings.grouped_by.values()):
        return {}
    # Imported here, because this takes 6 ms of each start, and most sites have no feeds.
    from mkdocs_bookreview.plugin.feeds import add_feeds  # noqa: PLC0415

    return add_feeds(build, addresses)


def _view_item(item: StructureItem) -> object:
    """Return what themes show of an item of the menu, and of those below it."""
    meta = getattr(item, "meta", None) or {}
    below = [*map(_view_item, getattr(item, "children", None) or ())]
    # Only what Material shows, because other front matter changes with every edit.
    shown = (meta.get(key) for key in ("icon", "status", "subtitle"))
    return item.title, getattr(item, "url", None), *shown, below


def _under_title(content: str, parts: Iterable[str]) -> str:
    """Return the content with `parts` below its title, or at the start if it has none."""
    before, end, after = content.partition("</h1>")
    if not end:
        return "".join([*parts, content])
    return "".join([before, end, *(f"\n{part}" for part in parts), after])

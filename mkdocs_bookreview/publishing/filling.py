"""Adds cards, lists and comments to pages, once all pages are converted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from itertools import islice

from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.kept import KeptCards
from mkdocs_bookreview.cards.layout import read_layout
from mkdocs_bookreview.cards.pieces import ROOT, Addresses
from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.comments.archive.data import Archive
from mkdocs_bookreview.comments.section import Section
from mkdocs_bookreview.exports.catalogue import join_address
from mkdocs_bookreview.listings.blocks import ListingBlocks, WrittenBlock
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.publishing.assets import BROWSE, read_asset
from mkdocs_bookreview.publishing.plan import Plan
from mkdocs_bookreview.rendering.archives import ArchivedPage, ArchiveRenderer, count_shown
from mkdocs_bookreview.rendering.comments import CommentRenderer
from mkdocs_bookreview.rendering.covers import load_first_row
from mkdocs_bookreview.rendering.latest import CommentedPage, LatestRenderer
from mkdocs_bookreview.rendering.legend import LegendRenderer
from mkdocs_bookreview.rendering.lists import Contents, ListRenderer
from mkdocs_bookreview.rendering.reviews import ReviewRenderer
from mkdocs_bookreview.rendering.templates import Templates
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.spoilers.sealed.form import seal_inline
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.structured_data.books import FullAddresses
from mkdocs_bookreview.structured_data.head import HeadPage, HeadSite
from mkdocs_bookreview.structured_data.microformats import Microformat, ReviewMarker

# This many reviews are rendered per batch. Rendering one at a time was measured to be 1.5 times
# slower, because the processor's caches are cold.
_AT_ONCE = 50


@dataclass(frozen=True)
class Publication:
    """Holds the content for all pages. It is complete, because all pages are converted.

    `plan` has all reviews, taxonomies and lists; `settings` are the options of the site. `vault`
    keeps sealed spoilers until their own page is written. `blocks` has the blocks such as
    `/// reviews`. `progress` counts the spoilers of each page. `archives` are the comments of an
    earlier blog, by the source of a page. `shown` maps the source of a page to the listing that it
    shows.

    `addresses` has the addresses of reviews, terms and covers. `listed` maps the source of a
    listing to its address, and `feeds` to the address of its feed, if any. `teasers` maps the
    source of a review to its first words.

    `find_title` returns the title of the page at a source, as plain text. `find_section` returns
    its comment section; None if it has none. `list_commented` yields the pages whose archived
    comments other pages may list. `head_site` describes the site to other programs, and
    `describe_page` does the same for the page at a source.
    """

    plan: Plan
    settings: Settings
    vault: Vault
    blocks: ListingBlocks
    progress: ReadingProgress
    archives: Mapping[str, Archive]
    shown: Mapping[str, Listing]
    addresses: Addresses
    listed: Mapping[str, str]
    feeds: Mapping[str, str]
    teasers: Mapping[str, str]
    find_title: Callable[[str], str]
    find_section: Callable[[str], Section | None]
    list_commented: Callable[[], Iterable[CommentedPage]]
    head_site: HeadSite
    describe_page: Callable[[str], HeadPage]

    @property
    def lowest_rating(self) -> Decimal | None:
        """Return the lowest rating of the scale; None if cards do not show ratings."""
        card = self.settings.card
        names = (*card.list_facts(), *card.list_more(self.settings.own_keys))
        return self.settings.rating.lowest if "rating" in names else None

    @cached_property
    def full_addresses(self) -> FullAddresses:
        """Return an object that finds full addresses for structured data."""
        url = self.head_site.url

        # The results are cached, because reviews share themes and authors, and have them in their
        # heads and on their cards.
        @cache
        def find_term(taxonomy: str, name: str, ident: str | None) -> tuple[str, str | None]:
            pages = self.addresses.terms.get(taxonomy)
            found, address = (pages and pages.find(name, ident)) or (name, None)
            return found, join_address(url, address) if url and address else None

        def find_picture(cover: str) -> str | None:
            picture = self.addresses.pictures.get(cover)
            return join_address(url, picture.address) if url and picture else None

        return FullAddresses(find_term, find_picture)


@dataclass(frozen=True, slots=True)
class PageParts:
    """Holds the HTML that a page shows besides its own text.

    `above` goes under the title, and `end` at the end of the page. `below` goes under the text, and
    includes the listing of a page that shows one.
    """

    above: tuple[str, ...]
    below: str
    end: str


class PageFiller:
    """Fills the pages of a site.

    `kept` has the content of cards in earlier builds.
    """

    def __init__(self, site: Publication, templates: Templates, kept: Kept) -> None:
        plan, words = site.plan, templates.words
        cards = _begin_cards(site, templates, self._seal)
        self._site = site
        self._words = words
        books = (book for page in plan.pages.values() if page.review for book in page.review.books)
        titles = {book.key: book.title for book in books} if site.archives else {}
        self._archives = ArchiveRenderer(templates, site.vault.lock, titles)
        self._comments = CommentRenderer(templates)
        self.reviews = ReviewRenderer(templates, cards, site.settings.sign_off)
        # These cards do not seal spoilers, because they are only compared with earlier cards, or
        # become items of lists, which leave spoilers out.
        self._plain_cards = KeptCards(cards.without_seal(), kept)
        latest = LatestRenderer(templates, site.list_commented)
        legend = LegendRenderer(templates, cards, plan.library.reviews)
        self._lists = ListRenderer(
            templates, self._plain_cards, _gather_contents(site), latest, legend
        )
        self._marker = ReviewMarker(site.head_site, site.full_addresses, site.lowest_rating)
        self._parts: dict[str, PageParts] = {}
        published = {review.source for review in plan.reviews}
        self._waiting = dict.fromkeys(filter(published.__contains__, plan.pages))

    def fill(self, source: str, html: str, base: str) -> str:
        """Return the page's content, with card, lists and comments added to its own `html`.

        `base` is the relative address of the site's root, as seen from the page.
        """
        own = self.fill_blocks(html, source, base)
        parts = self.build_parts(source, base)
        content = _under_title(own, parts.above) + parts.below
        return self.load_covers(source, content) + parts.end

    def load_covers(self, source: str, content: str) -> str:
        """Return the content of a page with its first covers set to load at once, not lazily."""
        # A review needs no change, because only its own cover is at the top.
        return content if self._site.plan.review(source) else load_first_row(content)

    def fill_blocks(self, html: str, source: str, base: str) -> str:
        """Return the HTML with each block such as `/// reviews` replaced by its list."""
        return self._site.blocks.replace(html, lambda block: self.render_block(block, source, base))

    def render_block(self, written: WrittenBlock, source: str, base: str) -> str:
        """Return the list in the place of a block; `source` and `base` are as in `fill`."""
        return self._lists.render_block(written, source, base)

    def build_parts(self, source: str, base: str) -> PageParts:
        """Return the parts that the page shows besides its own text; `base` is as in `fill`."""
        parts = self._take_parts(source)
        below = parts.below.replace(ROOT, base)
        if listing := self._site.shown.get(source):
            below += self._lists.render_listing(listing, base)
        above = tuple(part.replace(ROOT, base) for part in parts.above)
        return PageParts(above, below, parts.end.replace(ROOT, base))

    def skip(self, sources: Iterable[str]) -> None:
        """Leave these pages out of batches, because MkDocs does not write them."""
        for source in sources:
            self._waiting.pop(source, None)

    def view(self, source: str, html: str) -> object:
        """Return what the page shows besides its own `html`, to compare it between builds.

        The comment section and the page's place in the menu are not included.
        """
        review = self._site.plan.review(source)
        listing = self._site.shown.get(source)
        return (
            [self._plain_cards.card(review), self._plain_cards.after(review)] if review else None,
            self._site.progress.control(source, review),
            self._site.archives.get(source),
            self._lists.view_listing(listing) if listing else None,
            [self._lists.view_block(block, source) for block in self._site.blocks.find(html)],
        )

    def _take_parts(self, source: str) -> PageParts:
        """Return the parts of a page; the parts of reviews are rendered in batches."""
        while source in self._waiting:
            for batched in list(islice(self._waiting, _AT_ONCE)):
                del self._waiting[batched]
                self._parts[batched] = self._render_parts(batched)
        return self._parts.pop(source, None) or self._render_parts(source)

    def _render_parts(self, source: str) -> PageParts:
        """Return the parts of a page without a listing, with `ROOT` at the start of addresses."""
        site = self._site
        review = site.plan.review(source)
        above, below, end = [], "", ""
        archive = site.archives.get(source)
        if review:
            marks = self._mark(review)
            above.append(self.reviews.render_card(review, count_shown(archive), marks))
            below = self.reviews.render_after(review)
        if archive:
            end = self._render_archive(archive, source, review)
        if review or archive:
            # The page claims its placeholders at once, because the first page that claims a
            # placeholder owns its spoiler.
            site.vault.claim(source, "".join([*above, below, end]))
        if control := site.progress.control(source, review):
            above.append(self.reviews.render_control(control))
        if section := site.find_section(source):
            end += self._comments.render(section)
        return PageParts(tuple(above), below, end)

    def _mark(self, review: Review) -> Microformat | None:
        if not self._site.settings.metadata.microformats:
            return None
        return self._marker.mark(review, self._site.describe_page(review.source))

    def _render_archive(self, archive: Archive, source: str, review: Review | None) -> str:
        options = self._site.settings.comments
        is_guarded = review is not None and (options is None or options.guard)
        book = review.book.key if review else None
        page = ArchivedPage(self._site.find_title(source), book, is_guarded)
        return self._archives.render(archive, page)

    def _seal(self, html: str, ident: str) -> str:
        return self._site.vault.lock(seal_inline(html, ident, self._words))


def _begin_cards(
    site: Publication, templates: Templates, seal: Callable[[str, str], str]
) -> CardBuilder:
    settings = site.settings
    return CardBuilder(
        site.addresses,
        templates.words,
        seal,
        settings.disclosure,
        site.plan.relations,
        has_ratings=any(review.rating for review in site.plan.reviews),
        rating=settings.rating,
        layout=read_layout(settings),
        links=settings.links,
    )


def _gather_contents(site: Publication) -> Contents:
    """Return everything that lists of reviews can show."""
    return Contents(
        library=site.plan.library,
        queries=site.plan.queries,
        addresses=site.addresses,
        listed=site.listed,
        feeds=site.feeds,
        teasers=site.teasers,
        comments={source: count_shown(one) for source, one in site.archives.items()},
        statistics=site.plan.statistics,
        browse_script=read_asset("js", BROWSE).uri,
        layout=site.settings.reviews.layout,
        browse=site.listed[site.plan.browse.source] if site.plan.browse else None,
    )


def _under_title(content: str, parts: Iterable[str]) -> str:
    """Return the content with `parts` below its title, or at the start if it has none."""
    before, end, after = content.partition("</h1>")
    if not end:
        return "".join([*parts, content])
    return "".join([before, end, *(f"\n{part}" for part in parts), after])

"""Renders lists of reviews, the Browse page, figures, and blocks in authors' pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from mkdocs_bookreview.cards.browse import Browse, build_browse
from mkdocs_bookreview.cards.card import ROOT, Addresses
from mkdocs_bookreview.cards.figures import FigureBuilder, Figures
from mkdocs_bookreview.cards.kept import KeptCards
from mkdocs_bookreview.cards.terms import TermBuilder, TermCard, TermIndex
from mkdocs_bookreview.cards.views import Item, PageLinks
from mkdocs_bookreview.listings.blocks import BOOK, COMMENTS, WrittenBlock
from mkdocs_bookreview.listings.pages import Listing, list_shown_numbers
from mkdocs_bookreview.listings.queries import Layout, Queries, read_limit
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.statistics import Statistics
from mkdocs_bookreview.rendering.latest import LatestRenderer
from mkdocs_bookreview.rendering.templates import Templates


@dataclass(frozen=True, slots=True)
class Contents:
    """Holds what lists can show. All addresses are relative to the site's root.

    `library` has all reviews, and `queries` answers blocks such as `/// reviews`. `addresses` are
    those of reviews, terms and covers. `listed` maps the source of a listing to its address, and
    `feeds` to the address of its feed, if any. `teasers` maps the source of a review to its first
    words, and `comments` to the number of archived comments that readers of its page may see.
    `statistics` are None if the site shows no figures. `browse_script` is the address of
    the script that only the Browse page loads.
    """

    library: Library
    queries: Queries
    addresses: Addresses
    listed: Mapping[str, str]
    feeds: Mapping[str, str]
    teasers: Mapping[str, str]
    comments: Mapping[str, int]
    statistics: Statistics | None
    browse_script: str


@dataclass(frozen=True, slots=True)
class ListView:
    """Holds what the template of a list gets, with reviews as data. Equal views look equal.

    `groups` are headings and reviews, `figures` those of a year. `index` is set on the first page
    of a taxonomy, `term` on that of a term. `feed` is an address.
    """

    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    figures: Figures | None
    index: TermIndex | None
    term: TermCard | None
    feed: str | None
    total: int
    pages: PageLinks


class ListRenderer:
    """Renders lists of reviews, and with `latest` those of comments.

    Each review is rendered once and kept, because it appears in several lists.
    """

    def __init__(
        self, templates: Templates, cards: KeptCards, contents: Contents, latest: LatestRenderer
    ) -> None:
        words, addresses = templates.words, contents.addresses
        self._templates = templates
        self._cards = cards
        self._contents = contents
        self._latest = latest
        self._terms = {name: TermBuilder(pages, words) for name, pages in addresses.terms.items()}
        statistics = contents.statistics
        self._figures = FigureBuilder(statistics, addresses, words) if statistics else None
        self._items: dict[str, Item] = {}
        self._rendered: dict[tuple[str, bool], str] = {}

    def render_listing(self, listing: Listing, base: str) -> str:
        """Return the HTML of a listing, which its page shows below the author's text.

        `base` is the relative address of the site's root, as seen from the page.
        """
        view = self.view_listing(listing)
        if isinstance(view, Browse):
            script = self._contents.browse_script
            return self._templates.render("browse", base, browse=view, script=script)
        if not isinstance(view, ListView):
            return self._render_figures(view, base)
        is_rated = _is_rated(listing)
        listed = self._templates.render(
            "list",
            base,
            groups=[
                (heading, [self._render_item(review, base, is_rated) for review in reviews])
                for heading, reviews in listing.groups
            ],
            index=view.index,
            term=view.term,
            feed=view.feed,
            total=view.total,
            pages=view.pages,
        )
        return listed + self._render_figures(view.figures, base)

    def view_listing(self, listing: Listing) -> Browse | Figures | ListView | None:
        """Return what the page of a listing shows; None if it has no figures to show."""
        if listing.shows == "browse":
            reviews = self._contents.library.reviews
            items = map(self._build_item, reviews)
            choices = self._contents.queries.list_choices()
            return build_browse(reviews, items, choices, self._templates.words)
        if listing.shows == "stats":
            return self._figures.of_all() if self._figures else None
        builder = self._terms.get(listing.taxonomy or "")
        term = listing.term if listing.number == 1 else None
        year = term if listing.taxonomy == "years" else None
        is_rated = _is_rated(listing)
        return ListView(
            groups=tuple(
                (heading, tuple(self._build_item(review, is_rated) for review in reviews))
                for heading, reviews in listing.groups
            ),
            figures=self._figures.of_term(year) if self._figures and year else None,
            index=builder.index() if builder and not listing.term else None,
            term=builder.card(term) if builder and term else None,
            feed=self._contents.feeds.get(listing.source),
            total=listing.total,
            pages=self._link_pages(listing),
        )

    def render_block(self, written: WrittenBlock, source: str, base: str) -> str:
        """Return the HTML of a block in the page at `source`, which the block does not list."""
        if written.name == COMMENTS:
            return self._latest.render(read_limit(written)[0], base)
        layout, reviews = self._answer(written, source)
        # Nothing is shown to readers, because the unknown book is reported to the author.
        if written.name == BOOK and not reviews:
            return ""
        is_rated = any(review.rating for review in reviews)
        build = partial(self._render_item, base=base) if layout == "cards" else self._build_item
        items: list[Item | str] = [build(review, is_rated=is_rated) for review in reviews]
        return self._templates.render("block", base, layout=layout, items=items)

    def view_block(self, written: WrittenBlock, source: str) -> object:
        """Return what a block shows in the page at `source`. Equal views look equal."""
        if written.name == COMMENTS:
            return self._latest.view(read_limit(written)[0])
        layout, reviews = self._answer(written, source)
        is_rated = any(review.rating for review in reviews)
        return layout, *(self._build_item(review, is_rated) for review in reviews)

    def _answer(self, written: WrittenBlock, source: str) -> tuple[Layout, tuple[Review, ...]]:
        block, _ = self._contents.queries.answer(written, source)
        return block.layout, block.reviews

    def _render_figures(self, figures: Figures | None, base: str) -> str:
        if not figures:
            return ""
        return self._templates.render("stats", base, figures=figures).replace(ROOT, base)

    def _link_pages(self, listing: Listing) -> PageLinks:
        number = listing.number
        shown = list_shown_numbers(number, len(listing.pages))
        addresses = {one: self._contents.listed[listing.pages[one - 1]] for one in shown if one}
        links = tuple((one, addresses[one]) if one else None for one in shown)
        return PageLinks(number, links, addresses.get(number - 1), addresses.get(number + 1))

    def _render_item(self, review: Review, base: str, is_rated: bool) -> str:
        key = review.source, is_rated
        if key not in self._rendered:
            item = self._build_item(review, is_rated)
            self._rendered[key] = self._templates.render("item", item=item)
        return self._rendered[key].replace(ROOT, base)

    def _build_item(self, review: Review, is_rated: bool = True) -> Item:
        """Return the item of a review; `is_rated` is False in a list that has no rating at all."""
        if review.source not in self._items:
            teaser = review.description or self._contents.teasers.get(review.source, "")
            _, address = self._contents.addresses.related.get(review.source, ("", None))
            comments = self._contents.comments.get(review.source, 0)
            self._items[review.source] = self._cards.item(review, address, teaser, comments)
        item = self._items[review.source]
        return item if is_rated or not item.unrated else replace(item, unrated=None)


def _is_rated(listing: Listing) -> bool:
    return any(review.rating for _, reviews in listing.groups for review in reviews)

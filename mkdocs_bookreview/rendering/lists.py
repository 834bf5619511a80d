"""Renders lists of reviews, the Browse page, figures, and blocks in authors' pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_bookreview.cards.browse import Browse, build_browse
from mkdocs_bookreview.cards.figures import FigureBuilder, Figures
from mkdocs_bookreview.cards.kept import KeptCards
from mkdocs_bookreview.cards.pieces import ROOT, Addresses
from mkdocs_bookreview.cards.terms import TermBuilder, TermCard, TermIndex
from mkdocs_bookreview.cards.views import Item, PageLinks
from mkdocs_bookreview.listings.block_checks import read_limit
from mkdocs_bookreview.listings.blocks import BOOK, COMMENTS, RATINGS, WrittenBlock
from mkdocs_bookreview.listings.pages import Listing, list_shown_numbers
from mkdocs_bookreview.listings.queries import NO_NOTES, Queries
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.names import number_slug, slug
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.statistics import Statistics
from mkdocs_bookreview.rendering.items import Around, ItemRenderer
from mkdocs_bookreview.rendering.latest import LatestRenderer
from mkdocs_bookreview.rendering.legend import LegendRenderer
from mkdocs_bookreview.rendering.templates import Templates
from mkdocs_bookreview.settings.pages import Layout
from mkdocs_bookreview.settings.settings import THEMES


@dataclass(frozen=True, slots=True)
class Contents:
    """Holds the content that lists can show. All addresses are relative to the site's root.

    `library` has all reviews, and `queries` answers blocks such as `/// reviews`. `addresses` has
    the addresses of reviews, terms and covers. `listed` maps the source of a listing to its
    address, and `feeds` to the address of its feed, if any. `teasers` maps the source of a review
    to its first words, and `comments` to the number of archived comments that readers of its page
    may see. `statistics` are None if the site shows no figures. `browse_script` is the address of
    the script that only the Browse page loads. `layout` is the form of lists that have pages of
    their own. `browse` is the address of the Browse page, or None if there is none.
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
    layout: Layout = "cards"
    browse: str | None = None


@dataclass(frozen=True, slots=True)
class ListView:
    """Holds the data for the template of a list. Equal views give the same HTML.

    `layout` is the form of the list. `groups` are headings and reviews, and `ids` are the ids of
    the headings; a heading and its id may be empty. `figures` are the figures of a year. `index` is
    set on the first page of a taxonomy, and `term` on the first page of a term. `feed` is the
    address of the list's feed, if any. `browse` is the address of the Browse page in a list of all
    reviews; None in other lists.
    """

    layout: Layout
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    ids: tuple[str, ...]
    figures: Figures | None
    index: TermIndex | None
    term: TermCard | None
    feed: str | None
    browse: str | None
    total: int
    pages: PageLinks


class ListRenderer:
    """Renders lists of reviews; `latest` renders lists of comments, and `legend` the ratings."""

    def __init__(
        self,
        templates: Templates,
        cards: KeptCards,
        contents: Contents,
        latest: LatestRenderer,
        legend: LegendRenderer,
    ) -> None:
        words, addresses = templates.words, contents.addresses
        self._templates = templates
        self._items = ItemRenderer(templates, cards, addresses, contents.teasers, contents.comments)
        self._contents = contents
        self._latest = latest
        self._legend = legend
        self._terms = {name: TermBuilder(pages, words) for name, pages in addresses.terms.items()}
        statistics = contents.statistics
        self._figures = FigureBuilder(statistics, addresses, words) if statistics else None

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
        groups = [(heading, self._show(view.layout, items, base)) for heading, items in view.groups]
        listed = self._templates.render(
            "list",
            base,
            layout=view.layout,
            groups=groups,
            ids=view.ids,
            index=view.index,
            term=view.term,
            feed=view.feed,
            browse=view.browse,
            total=view.total,
            pages=view.pages,
        )
        return listed + self._render_figures(view.figures, base)

    def view_listing(self, listing: Listing) -> Browse | Figures | ListView | None:
        """Return the list that a page shows below the author's text; None if it shows none."""
        if listing.shows == "nothing":
            return None
        if listing.shows == "browse":
            reviews = self._contents.library.reviews
            items = (self._items.build(review, Around()) for review in reviews)
            choices = self._contents.queries.list_choices()
            return build_browse(reviews, items, choices, self._templates.words)
        if listing.shows == "stats":
            return self._figures.of_all() if self._figures else None
        return self._view_list(listing)

    def _view_list(self, listing: Listing) -> ListView:
        builder = self._terms.get(listing.taxonomy or "")
        term = listing.term if listing.number == 1 else None
        year = term if listing.taxonomy == "years" else None
        headings = [heading for heading, _ in listing.groups]
        return ListView(
            layout=self._choose_layout(listing),
            groups=tuple(
                (heading, self._build_items(reviews, self._look_around(listing, heading)))
                for heading, reviews in listing.groups
            ),
            ids=tuple(_number_ids(headings)),
            figures=self._figures.of_term(year) if self._figures and year else None,
            index=builder.index() if builder and not listing.term else None,
            term=builder.card(term, listing.waiting) if builder and term else None,
            feed=self._contents.feeds.get(listing.source),
            browse=self._contents.browse if listing.is_of_all else None,
            total=listing.total,
            pages=self._link_pages(listing),
        )

    def _look_around(self, listing: Listing, heading: str) -> Around:
        """Return what the page's title and the heading say, and whether any review has a rating."""
        title = listing.term.name if listing.term else ""
        names = {listing.taxonomy: title}
        series = listing.term if listing.taxonomy == "series" else None
        return Around(
            is_rated=any(review.rating for _, reviews in listing.groups for review in reviews),
            author=names.get("authors") or (heading if listing.is_of_all else ""),
            theme=names.get(THEMES, ""),
            has_status=listing.taxonomy == "shelves",
            series=(series, self._contents.addresses.terms["series"].taxonomy) if series else None,
            # Only cards show months. Other layouts get no year, because without a year the complete
            # items of other lists can be reused.
            year=names.get("years", "") if self._choose_layout(listing) == "cards" else "",
        )

    def _choose_layout(self, listing: Listing) -> Layout:
        """Return the form of a list: covers, not cards, on the page of a year with figures."""
        layout = self._contents.layout
        is_year = listing.taxonomy == "years" and listing.term
        return "covers" if self._figures and is_year and layout == "cards" else layout

    def render_block(self, written: WrittenBlock, source: str, base: str) -> str:
        """Return the HTML of a block in the page at `source`; the block does not list that page."""
        if written.name == COMMENTS:
            return self._latest.render(read_limit(written)[0], base)
        if written.name == RATINGS:
            return self._legend.render(base)
        layout, items = self._view_reviews(written, source)
        # Nothing is shown to readers, because the unknown book is reported to the author.
        if written.name == BOOK and not items:
            return ""
        shown = self._show(layout, items, base)
        return self._templates.render("block", base, layout=layout, items=shown)

    def view_block(self, written: WrittenBlock, source: str) -> object:
        """Return the content of a block in the page at `source`. Equal contents look the same."""
        if written.name == COMMENTS:
            return self._latest.view(read_limit(written)[0])
        if written.name == RATINGS:
            return self._legend.rows
        return self._view_reviews(written, source)

    def _view_reviews(self, written: WrittenBlock, source: str) -> tuple[Layout, tuple[Item, ...]]:
        block, _ = self._contents.queries.answer(written, source)
        is_rated = any(review.rating for review in block.reviews)
        around = Around(
            is_rated, author=block.author, has_status=block.is_shelf, series=block.series
        )
        return block.layout, self._build_items(block.reviews, around, block.notes)

    def _build_items(
        self, reviews: Iterable[Review], around: Around, notes: Mapping[str, str] = NO_NOTES
    ) -> tuple[Item, ...]:
        """Return the items of a list; `notes` maps the source of a review to the author's note."""
        return tuple(
            self._items.build(review, around, notes.get(review.source, "")) for review in reviews
        )

    def _show(self, layout: Layout, items: Iterable[Item], base: str) -> Sequence[Item | str]:
        """Return rendered cards for a template, or the items themselves in other layouts."""
        return [self._items.render(item, base) if layout == "cards" else item for item in items]

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


def _number_ids(headings: Iterable[str]) -> Iterator[str]:
    """Yield an id for each heading, unique on the page, and an empty one for an empty heading.

    The ids begin with `bookreview-`, because the author's text may have the same headings.
    """
    taken: set[str] = set()
    for heading in headings:
        ident = number_slug(f"bookreview-{slug(heading)}", taken) if heading else ""
        taken.add(ident)
        yield ident

"""The second phase of a build: cards, lists and comment sections are set into the pages."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from jinja2 import Environment
from mkdocs.structure.pages import Page

from mkdocs_bookreview.cards.browse import Browse, build_browse
from mkdocs_bookreview.cards.card import ROOT, Addresses, CardBuilder
from mkdocs_bookreview.cards.figures import FigureBuilder, Figures
from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.cards.terms import TermBuilder
from mkdocs_bookreview.cards.views import Item, PageLinks
from mkdocs_bookreview.listings.blocks import BOOK, ListingBlocks, Written
from mkdocs_bookreview.listings.pages import Listing, list_shown_numbers
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.statistics import count_readings
from mkdocs_bookreview.plugin.made_files import BROWSE, read_asset, redirect_uri
from mkdocs_bookreview.plugin.reading import Plan
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.spoilers.sealed.form import seal_inline
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

_PARTS = ("card", "control", "after", "item", "block", "list", "browse", "stats", "comments")
_AT_ONCE = 50  # reviews; what is added to one alone takes half as long again


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page's own text has under its title, below it and at the end, after a list."""

    above: tuple[str, ...]
    below: str
    end: str


class Filler:
    """Sets what we add into the content of pages.

    `listings` are by the page that shows them, `listed` and `feeds` addresses by a listing's
    source, `teasers` by a review's; `find_section` gives the comments of a page, or None.
    """

    def __init__(
        self,
        env: Environment,
        plan: Plan,
        listings: Mapping[str, Listing],
        listed: Mapping[str, str],
        at: Addresses,
        teasers: Mapping[str, str],
        settings: Settings,
        words: Words,
        vault: Vault,
        progress: ReadingProgress,
        feeds: Mapping[str, str],
        blocks: ListingBlocks,
        find_section: Callable[[str], object],
    ) -> None:
        self.plan = plan
        self.listings = listings
        self.listed = listed
        self.at = at
        self.settings = settings
        self.words = words
        relations = Relations(plan.library, plan.taxonomies)
        self.vault = vault
        self.cards = CardBuilder(at, words, self.seal, settings.disclosure, relations)
        self.progress = progress
        self.teasers = teasers
        self.feeds = feeds
        self.blocks = blocks
        self.find_section = find_section
        self.terms = {name: TermBuilder(pages, words) for name, pages in at.terms.items()}
        statistics = count_readings(plan.library, plan.taxonomies) if settings.stats else None
        self.figures = FigureBuilder(statistics, at, words) if statistics else None
        self._items: dict[str, Item] = {}
        self._rendered: dict[str, str] = {}
        self._script = read_asset("js", BROWSE).uri
        self._parts: dict[str, Parts] = {}
        published = {review.source for review in plan.reviews}
        self._waiting = dict.fromkeys(filter(published.__contains__, plan.pages))
        self._templates = {
            name: env.get_template(f"bookreview/{name}.html") for name in (*_PARTS, "redirect")
        }

    def fill(self, page: Page, base: str) -> str:
        """The page's content and ours; `base` is the site's root as seen from it."""
        source = page.file.src_uri
        parts = self.take_parts(source)
        above = [part.replace(ROOT, base) for part in parts.above]
        own = self.fill_blocks(page.content or "", source, base)
        content = _under_title(own, above) + parts.below.replace(ROOT, base)
        if listing := self.listings.get(source):
            content += self.render_list(listing, base)
        return content + parts.end.replace(ROOT, base)

    def take_parts(self, source: str) -> Parts:
        while source in self._waiting:
            for one in list(islice(self._waiting, _AT_ONCE)):
                del self._waiting[one]
                self._parts[one] = self.build_parts(one)
        return self._parts.pop(source, None) or self.build_parts(source)

    def build_parts(self, source: str) -> Parts:
        review = self.plan.review(source)
        above, below, end = [], "", ""
        if review:
            above.append(self.render("card", ROOT, card=self.cards.card(review)))
            after = self.cards.after(review, self.settings.sign_off)
            below = self.render("after", ROOT, after=after)
            # At once, so that what is hidden has no other owner by the time its page is made.
            self.vault.claim(source, above[0] + below)
        if control := self.progress.control(source, review):
            above.append(self.render("control", ROOT, control=control))
        if section := self.find_section(source):
            end = self.render("comments", ROOT, comments=section)
        return Parts(tuple(above), below, end)

    def seal(self, html: str, ident: str) -> str:
        return self.vault.lock(seal_inline(html, ident, self.words))

    def render_figures(self, figures: Figures | None, base: str) -> str:
        if not figures:
            return ""
        return self.render("stats", base, figures=figures).replace(ROOT, base)

    def render_list(self, listing: Listing, base: str) -> str:
        if listing.shows == "browse":
            return self.render("browse", base, browse=self._browse(), script=self._script)
        if listing.shows == "stats":
            return self.render_figures(self.figures.of_all() if self.figures else None, base)
        builder = self.terms.get(listing.taxonomy or "")
        term = listing.term if listing.number == 1 else None
        groups = [
            (heading, [self.render_item(review).replace(ROOT, base) for review in reviews])
            for heading, reviews in listing.groups
        ]
        year = term if listing.taxonomy == "years" else None
        figures = self.figures.of_term(year) if self.figures and year else None
        return self.render_figures(figures, base) + self.render(
            "list",
            base,
            groups=groups,
            index=builder.index() if builder and not listing.term else None,
            term=builder.card(term) if builder and term else None,
            feed=self.feeds.get(listing.source),
            total=listing.total,
            pages=self.link_pages(listing),
        )

    def fill_blocks(self, html: str, source: str, base: str) -> str:
        return self.blocks.replace(html, lambda block: self.render_block(block, source, base))

    def render_block(self, written: Written, source: str, base: str) -> str:
        block, _ = self.plan.queries.answer(written, source)
        if written.name == BOOK and not block.reviews:
            return ""
        items = [
            self.render_item(one).replace(ROOT, base) if block.layout == "cards" else self.item(one)
            for one in block.reviews
        ]
        return self.render("block", base, layout=block.layout, items=items)

    def link_pages(self, listing: Listing) -> PageLinks:
        number = listing.number
        shown = list_shown_numbers(number, len(listing.pages))
        addresses = {one: self.listed[listing.pages[one - 1]] for one in shown if one}
        links = tuple((one, addresses[one]) if one else None for one in shown)
        return PageLinks(number, links, addresses.get(number - 1), addresses.get(number + 1))

    def render_item(self, review: Review) -> str:
        """Rendered once: a review stands in several lists."""
        if review.source not in self._rendered:
            self._rendered[review.source] = self.render("item", ROOT, item=self.item(review))
        return self._rendered[review.source]

    def item(self, review: Review) -> Item:
        if review.source not in self._items:
            teaser = review.description or self.teasers.get(review.source, "")
            _, address = self.at.related.get(review.source, ("", None))
            self._items[review.source] = self.cards.item(review, address, teaser)
        return self._items[review.source]

    def _browse(self) -> Browse:
        reviews = self.plan.library.reviews
        items = [self.item(review) for review in reviews]
        return build_browse(reviews, items, self.plan.queries.list_choices(), self.words)

    def render(self, template: str, base: str, **values: object) -> str:
        return self._templates[template].render(base=base, words=self.words, **values)

    def redirects(self, site_url: str | None) -> dict[str, tuple[str, str]]:
        """Source and text of the page at each old path."""
        return {
            path: (review.source, self._redirect(path, review, site_url))
            for review in self.plan.reviews
            for path in review.redirect_from
        }

    def _redirect(self, path: str, review: Review, site_url: str | None) -> str:
        title, address = self.at.related[review.source]
        relative = posixpath.relpath(f"/{address}", f"/{posixpath.dirname(redirect_uri(path))}")
        relative += "/" if address.endswith("/") else ""
        canonical = f"{site_url.rstrip('/')}/{address}" if site_url else None
        return self.render("redirect", "", title=title, address=relative, canonical=canonical)


def _under_title(content: str, parts: Iterable[str]) -> str:
    before, end, after = content.partition("</h1>")
    if not end:
        return "".join([*parts, content])
    return "".join([before, end, *(f"\n{part}" for part in parts), after])


def cut_out(content: str, output: str) -> tuple[str, str, str]:
    """The content, what stands before it, and what stands behind it.

    All is content if that did not come through as it was.
    """
    # It is so long that to search for all of it takes time.
    start = output.find(content[:100])
    if not content or not output.startswith(content, start):
        return output, "", ""
    return content, output[:start], output[start + len(content) :]

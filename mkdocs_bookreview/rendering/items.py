"""Builds and renders the items of lists, and reuses items that are the same in several lists."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import escape

from mkdocs_bookreview.cards.kept import KeptCards
from mkdocs_bookreview.cards.pieces import ROOT, Addresses
from mkdocs_bookreview.cards.views import Item
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import Review, Status
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term
from mkdocs_bookreview.rendering.templates import Templates


@dataclass(frozen=True, slots=True)
class Around:
    """Describes the facts that a list shows around its items, which the items need not repeat.

    `is_rated` is False if nothing in the list has a rating; then no item says that it is not rated.
    `author` and `theme` are names in the page's title or a heading; they are empty in other lists.
    `has_status` is True on a shelf. `series` is the series that the list shows, and the taxonomy of
    all series; items then show their number in the series. It is None in other lists. `year` is the
    name of the year in which the books were finished; items then show the month. It is empty in
    other lists.
    """

    is_rated: bool = True
    author: str = ""
    theme: str = ""
    has_status: bool = False
    series: tuple[Term, Taxonomy] | None = None
    year: str = ""


class ItemRenderer:
    """Builds the items of lists, and renders items as cards.

    `teasers` maps the source of a review to its first words, and `comments` to the number of its
    archived comments.

    Complete items are kept, because most lists show them. An item without a fact that its list
    states already is not kept, because it appears on one page only, and 10,000 reviews would need
    much memory.
    """

    def __init__(
        self,
        templates: Templates,
        cards: KeptCards,
        addresses: Addresses,
        teasers: Mapping[str, str],
        comments: Mapping[str, int],
    ) -> None:
        self._templates = templates
        self._cards = cards
        self._addresses = addresses
        self._teasers = teasers
        self._comments = comments
        self._items: dict[str, Item] = {}
        # These are the rendered cards of all kept items; a card is None until it is first rendered.
        self._rendered: dict[Item, str | None] = {}
        # This maps an item without the theme of its list to the kept item with all themes. The two
        # differ in nothing else.
        self._without_theme: dict[Item, Item] = {}

    def render(self, item: Item, base: str) -> str:
        """Return the card of an item; `base` is the relative address of the site's root."""
        html = self._rendered.get(item) or self._cut_theme(item) or self._render(item)
        return html.replace(ROOT, base)

    def _render(self, item: Item) -> str:
        html = self._templates.render("item", item=item)
        if item in self._rendered:
            self._rendered[item] = html
        return html

    def _cut_theme(self, item: Item) -> str | None:
        """Return the card of an item that lacks a theme, cut out of the kept card.

        Cutting takes a third of the time of rendering, and 1000 reviews have 3000 such cards.
        Return None for other items, and if the author's template shows themes in another way.
        """
        whole = self._without_theme.pop(item, None)
        if not whole or not item.themes:
            return None
        html = self._rendered.get(whole) or self._render(whole)
        before, after = (str(escape(" · ".join(one.themes))) for one in (whole, item))
        return html.replace(before, after) if html.count(before) == 1 else None

    def build(self, review: Review, around: Around, note: str = "") -> Item:
        """Return the item of a review, with the author's `note` if the list has one."""
        item = self._find(review)
        changes: dict[str, Any] = {"note": note} if note else {}
        if item.unrated and not around.is_rated:
            changes["unrated"] = None
        if item.status and around.has_status:
            changes["status"] = None
        if around.author and around.author == self._find_only_author(review):
            changes["names"] = ""
        if around.theme in item.themes:
            changes["themes"] = tuple(one for one in item.themes if one != around.theme)
        if around.series and (number := _find_number(review, *around.series)):
            changes["number"] = number
        if around.year and (finished := self._find_finished(review, around.year)):
            # A date without a month is left out, because the page already names the year.
            month, when = self._cards.month(finished) if finished.month else (None, None)
            changes |= {"month": month, "datetime": when}
        if not changes:
            return item
        changed = replace(item, **changes)
        if changes.keys() == {"themes"}:
            self._without_theme[changed] = item
        return changed

    def _find(self, review: Review) -> Item:
        if review.source not in self._items:
            teaser = review.description or self._teasers.get(review.source, "")
            _, address = self._addresses.related.get(review.source, ("", None))
            comments = self._comments.get(review.source, 0)
            item = self._cards.item(review, address, teaser, comments)
            self._items[review.source] = item
            self._rendered[item] = None
        return self._items[review.source]

    def _find_only_author(self, review: Review) -> str | None:
        """Return the name of the only author, as lists show it; None unless there is just one."""
        if len(review.credited) != 1:
            return None
        [person] = review.credited
        pages = self._addresses.terms.get("authors")
        found = pages.find(person.name, person.id) if pages else None
        return found[0] if found else person.name

    def _find_finished(self, review: Review, year: str) -> PartialDate | None:
        """Return the last date in `year` on which the book was finished; None without a date."""
        ends = [one.ended for one in review.readings if one.status is Status.READ and one.ended]
        words = self._templates.words
        found = [when for when in ends if words.date(PartialDate(when.year)) == year]
        return max(found, key=lambda when: when.order, default=None)


def _find_number(review: Review, series: Term, taxonomy: Taxonomy) -> str:
    """Return the places of the review's books in a series: `2`, `0.5`, `1–3` or `1, 4`."""
    places = [
        str(entry.position)
        for book in review.books
        for entry in book.series
        if entry.position and taxonomy.find(entry.name) is series
    ]
    return ", ".join(dict.fromkeys(places))

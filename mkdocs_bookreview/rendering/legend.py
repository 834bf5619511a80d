"""Renders a legend for `/// ratings`: each rating, its meaning, and how often it was given."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mkdocs_bookreview.cards.pieces import Pieces
from mkdocs_bookreview.cards.stars import Stars
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.rendering.templates import Templates


@dataclass(frozen=True, slots=True)
class LegendRow:
    """Describes a rating in the legend.

    `count` is the number of reviews with this rating, such as "12 reviews". `address` is the
    address of the page with these reviews; None if there is no such page.
    """

    stars: Stars
    count: str
    address: str | None


class LegendRenderer:
    """Renders the legend: ratings that the options explain or that a review has, the best first.

    `pieces` has the stars and the pages of ratings. `reviews` are the reviews that readers see.
    """

    def __init__(self, templates: Templates, pieces: Pieces, reviews: Iterable[Review]) -> None:
        self._templates = templates
        self._pieces = pieces
        self._reviews = reviews

    def render(self, base: str) -> str:
        """Return the HTML; `base` is the relative address of the site's root."""
        return self._templates.render("ratings", base, rows=self.rows)

    @cached_property
    def rows(self) -> tuple[LegendRow, ...]:
        """Return the rows of the legend. Equal rows give the same HTML."""
        given = Counter(one.rating.value for one in self._reviews if one.rating)
        values = sorted({*given, *self._pieces.rating.words}, reverse=True)
        return tuple(self._build(value, given[value]) for value in values)

    def _build(self, value: Decimal, count: int) -> LegendRow:
        pieces = self._pieces
        stars = pieces.stars(Rating(value, pieces.rating.scale))
        assert stars
        _, address = pieces.term("ratings", "", f"{value.normalize():f}")
        return LegendRow(stars, pieces.words("reviews_count", n=count), address)

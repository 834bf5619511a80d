"""From all reviews to the page on which readers choose among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from mkdocs_bookreview.cards.views import Item
from mkdocs_bookreview.model.library import sort_reviews
from mkdocs_bookreview.model.review import Review, Status
from mkdocs_bookreview.model.taxonomy import Term
from mkdocs_bookreview.words.language import Words

# By which a reader sorts, beside the order that the page has without script: the newest first.
SORTS = ("title", "author", "-rating")
_STATUSES = {
    Status.READ: "read",
    Status.READING: "status_reading",
    Status.PAUSED: "status_paused",
    Status.STOPPED: "status_stopped",
}


@dataclass(frozen=True, slots=True)
class Option:
    """`value` stands in the page's address; `number` is its own on the page, and marks the rows."""

    value: str
    name: str
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """Something that a reader chooses by; `key` stands in the address."""

    key: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`has` are numbers of options, `places` those of the row in the other orders, from 0.

    `rating` is plain, for comparing; empty where there is none.
    """

    item: Item
    has: tuple[int, ...]
    places: tuple[int, ...]
    rating: str


@dataclass(frozen=True, slots=True)
class Browse:
    """`ratings` are values and names, the best first. Of all `facets` a reader chooses one option.

    Of `themes` several can be chosen, and a review has all of them.
    """

    themes: Facet | None
    facets: tuple[Facet, ...]
    ratings: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def build_browse(
    reviews: Sequence[Review],
    items: Iterable[Item],
    choices: Mapping[str, tuple[str, Iterable[Term]]],
    words: Words,
) -> Browse:
    """`items` are those of the reviews, `choices` titles and terms by the key of an address."""
    numbers = count()
    having: dict[str, list[int]] = {review.source: [] for review in reviews}
    facets: dict[str, Facet] = {}
    for key, (title, terms) in choices.items():
        found = [(term.slug, term.name, term.reviews) for term in terms if term.mentions]
        facets[key] = _build_facet(key, title, found, numbers, having)
    statuses = [
        (status.value, words(key), tuple(one for one in reviews if one.status is status))
        for status, key in _STATUSES.items()
    ]
    found = [one for one in statuses if one[2]]
    facets["status"] = _build_facet("status", words("browse_status"), found, numbers, having)
    orders = [_number(sort_reviews(reviews, by)) for by in SORTS]
    rows = tuple(
        Row(
            item,
            tuple(having[review.source]),
            tuple(order[review.source] for order in orders),
            _plain(review.rating.value) if review.rating else "",
        )
        for review, item in zip(reviews, items, strict=True)
    )
    themes = facets.pop("theme", None)
    return Browse(
        themes if themes and themes.options else None,
        tuple(one for one in facets.values() if len(one.options) > 1),
        tuple(_list_ratings(reviews, words)),
        rows,
    )


def _build_facet(
    key: str,
    title: str,
    found: Iterable[tuple[str, str, Sequence[Review]]],
    numbers: Iterable[int],
    having: Mapping[str, list[int]],
) -> Facet:
    """Adds the number of each option to the reviews that have it."""
    options: list[Option] = []
    for (value, name, reviews), number in zip(found, numbers, strict=False):
        options.append(Option(value, name, number, len(reviews)))
        for review in reviews:
            having[review.source].append(number)
    return Facet(key, title, tuple(options))


def _number(reviews: Iterable[Review]) -> dict[str, int]:
    return {review.source: place for place, review in enumerate(reviews)}


def _list_ratings(reviews: Iterable[Review], words: Words) -> Iterable[tuple[str, str]]:
    values = {review.rating.value for review in reviews if review.rating}
    for value in sorted(values, reverse=True):
        yield _plain(value), words("browse_at_least", value=words.number(value))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"

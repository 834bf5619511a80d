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

# By which a reader sorts, beside the order that the page has without script, the newest first: each
# with its word.
_SORTS = {"title": "column_title", "author": "column_names", "-rating": "column_rating"}
_UNRATED = "none"
_STATUS = "status"
_RESERVED = {_STATUS, "rating", "sort", "text"}
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
    """`ratings` are values and names, the best first, `sorts` likewise in the order of places.

    Of all `facets` a reader chooses one option; of `themes` several, and a review has all of them.
    """

    themes: Facet | None
    facets: tuple[Facet, ...]
    ratings: tuple[tuple[str, str], ...]
    sorts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def build_browse(
    reviews: Sequence[Review],
    items: Iterable[Item],
    choices: Mapping[str, tuple[str, Iterable[tuple[Term, Sequence[Review]]]]],
    words: Words,
) -> Browse:
    """`items` are those of the reviews; `choices` are by the key of an address.

    Each has a title, and terms with the reviews that have them.
    """
    numbers = count()
    numbers_of: dict[str, list[int]] = {review.source: [] for review in reviews}
    facets: dict[str, Facet] = {}
    for name, (title, terms) in choices.items():
        key = f"{name}-2" if name in _RESERVED else name  # the author may call a list so, too
        found = [(term.slug, term.name, having) for term, having in terms]
        facets[key] = _build_facet(key, title, found, numbers, numbers_of)
    statuses = [
        (status.value, words(key), tuple(one for one in reviews if one.status is status))
        for status, key in _STATUSES.items()
    ]
    found = [one for one in statuses if one[2]]
    facets[_STATUS] = _build_facet(_STATUS, words("browse_status"), found, numbers, numbers_of)
    orders = [_number(sort_reviews(reviews, by)) for by in _SORTS]
    rows = tuple(
        Row(
            item,
            tuple(numbers_of[review.source]),
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
        tuple((by.removeprefix("-"), words(word)) for by, word in _SORTS.items()),
        rows,
    )


def _build_facet(
    key: str,
    title: str,
    found: Iterable[tuple[str, str, Sequence[Review]]],
    numbers: Iterable[int],
    numbers_of: Mapping[str, list[int]],
) -> Facet:
    """Adds the number of each option to the reviews that have it."""
    options: list[Option] = []
    for (value, name, reviews), number in zip(found, numbers, strict=False):
        options.append(Option(value, name, number, len(reviews)))
        for review in reviews:
            numbers_of[review.source].append(number)
    return Facet(key, title, tuple(options))


def _number(reviews: Iterable[Review]) -> dict[str, int]:
    return {review.source: place for place, review in enumerate(reviews)}


def _list_ratings(reviews: Sequence[Review], words: Words) -> Iterable[tuple[str, str]]:
    values = {review.rating.value for review in reviews if review.rating}
    for value in sorted(values, reverse=True):
        yield _plain(value), words("browse_at_least", value=words.number(value))
    if values and not all(review.rating for review in reviews):
        yield _UNRATED, words("not_rated")


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"

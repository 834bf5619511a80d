"""Builds the page on which readers filter and sort all reviews."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count

from mkdocs_bookreview.cards.covers import Picture
from mkdocs_bookreview.cards.tiles import Tile, build_letter_tile
from mkdocs_bookreview.cards.views import Item
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.library import sort_by_aspect, sort_reviews
from mkdocs_bookreview.model.names import number_slug, slug
from mkdocs_bookreview.model.review import Review, Status
from mkdocs_bookreview.model.taxonomy import Term
from mkdocs_bookreview.words.language import Words

# The orders that a reader can choose, each with the key of its name. "Newest first" is not here,
# because the page already has that order without a script.
_SORTS = {"title": "column_title", "author": "column_names", "-rating": "column_rating"}
_UNRATED = "none"
# Readers see the commonest themes at once, because on a phone the reviews begin below them.
_COMMON_THEMES = 16
_FEW_THEMES = 24  # If there are at most 24, all are shown, because a button would hide only a few.
# On a phone, two or three themes fit in a row, so with more of them the reviews would begin below
# the screen.
_COMMON_ON_PHONES = 8
_FEW_ON_PHONES = 12
_STATUS = "status"
_RESERVED = {_STATUS, "rating", "sort", "text"}
_STATUSES = {
    Status.READ: "read",
    Status.READING: "status_reading",
    Status.PAUSED: "status_paused",
    Status.STOPPED: "status_stopped",
}

# Maps the key of each facet to its title and its terms, each with the reviews that have the term.
Choices = Mapping[str, tuple[str, Iterable[tuple[Term, Sequence[Review]]]]]


@dataclass(frozen=True, slots=True)
class Option:
    """Describes a choice that a reader has in a facet.

    `value` appears in the page's address, `name` is what readers see. `number` is unique on the
    page: rows list the numbers of their options. `count` counts the reviews that have the option.
    `is_common` is False if the option is hidden at first. `is_on_phones` is False if the option is
    hidden at first on phones.
    """

    value: str
    name: str
    number: int
    count: int
    is_common: bool = True
    is_on_phones: bool = True


@dataclass(frozen=True, slots=True)
class Facet:
    """Describes something that readers filter by, for example the author.

    `key` appears in the page's address, `title` is what readers see.
    """

    key: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Describes a review in the list.

    `cover` is the picture of its cover, or a tile. `has` are the numbers of its options. `places`
    are its places in the orders that a reader can choose, counted from 0. `rating` is a plain
    number for the script, or empty if there is none.
    """

    item: Item
    cover: Picture | Tile
    has: tuple[int, ...]
    places: tuple[int, ...]
    rating: str


@dataclass(frozen=True, slots=True)
class Browse:
    """Describes the whole page.

    A reader can choose several `themes`, and a review must have all of them; `themes` is None if
    no review shows a theme, or if all reviews show the same themes. Each of the `facets` allows one
    option. `ratings` and `sorts` are pairs of value and name: ratings with the best first, sorts in
    the order of `Row.places`. `rows` are the reviews.
    """

    themes: Facet | None
    facets: tuple[Facet, ...]
    ratings: tuple[tuple[str, str], ...]
    sorts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def build_browse(
    reviews: Sequence[Review],
    items: Iterable[Item],
    choices: Choices,
    words: Words,
) -> Browse:
    """Return the page for `reviews`, which are in the same order as their `items`.

    `choices` maps the key of a facet to its title, and to terms with the reviews that have them.
    """
    facets, numbers_of = _build_facets(choices, reviews, words)
    aspects = _list_aspects(reviews)
    orders = list(_list_orders(reviews, aspects.values(), words))
    rows = tuple(
        Row(
            item,
            item.cover.picture or _build_tile(review.book),
            tuple(numbers_of[review.source]),
            tuple(order[review.source] for order in orders),
            _plain(review.rating.value) if review.rating else "",
        )
        for review, item in zip(reviews, items, strict=True)
    )
    themes = facets.pop("theme", None)
    return Browse(
        _mark_common(themes) if themes and _divides(themes, len(reviews)) else None,
        # A facet with a single option is left out, because it offers no choice.
        tuple(facet for facet in facets.values() if len(facet.options) > 1),
        _list_ratings(reviews, words),
        tuple(_name_orders(aspects, words)),
        rows,
    )


def _build_facets(
    choices: Choices, reviews: Sequence[Review], words: Words
) -> tuple[dict[str, Facet], dict[str, list[int]]]:
    """Return the facets by key, and the numbers of the options that each review has."""
    numbers = count()
    numbers_of: dict[str, list[int]] = {review.source: [] for review in reviews}
    facets: dict[str, Facet] = {}
    for name, (title, terms) in choices.items():
        # A reserved name gets a number, because an author may also name a list `rating`, and then
        # two fields would share a key.
        key = f"{name}-2" if name in _RESERVED else name
        found = [(term.slug, term.name, having) for term, having in terms]
        facets[key] = _build_facet(key, title, found, numbers, numbers_of)
    statuses = (
        (status.value, words(key), tuple(review for review in reviews if review.status is status))
        for status, key in _STATUSES.items()
    )
    found = [option for option in statuses if option[-1]]
    facets[_STATUS] = _build_facet(_STATUS, words("browse_status"), found, numbers, numbers_of)
    return facets, numbers_of


def _build_facet(
    key: str,
    title: str,
    found: Iterable[tuple[str, str, Sequence[Review]]],
    numbers: Iterable[int],
    numbers_of: Mapping[str, list[int]],
) -> Facet:
    """Return the facet; its options get the next of `numbers`.

    The number of an option is also added in `numbers_of` to each review that has the option.
    """
    options: list[Option] = []
    for (value, name, reviews), number in zip(found, numbers, strict=False):
        options.append(Option(value, name, number, len(reviews)))
        for review in reviews:
            numbers_of[review.source].append(number)
    return Facet(key, title, tuple(options))


def _list_orders(
    reviews: Sequence[Review], aspects: Iterable[str], words: Words
) -> Iterator[dict[str, int]]:
    """Yield the place of each review, by source, in each order that a reader can choose."""
    for by in _SORTS:
        yield _number(sort_reviews(reviews, by, words.language))
    for name in aspects:
        yield _number(sort_by_aspect(reviews, name, words.language))


def _name_orders(aspects: Mapping[str, str], words: Words) -> Iterator[tuple[str, str]]:
    """Yield value and name of each order; `aspects` maps values to names."""
    for by, word in _SORTS.items():
        yield by.removeprefix("-"), words(word)
    for value, name in aspects.items():
        yield value, f"{words('column_rating')}: {name}"


def _divides(themes: Facet, total: int) -> bool:
    """Return whether choosing a theme would ever hide a review, so that a choice makes sense."""
    return any(option.count < total for option in themes.options)


def _mark_common(themes: Facet) -> Facet:
    """Return the themes; if there are many, only the most common ones are marked as common."""
    options = themes.options
    common = _list_common(options, _FEW_THEMES, _COMMON_THEMES)
    on_phones = _list_common(options, _FEW_ON_PHONES, _COMMON_ON_PHONES)
    marked = (
        replace(option, is_common=option.number in common, is_on_phones=option.number in on_phones)
        for option in options
    )
    return replace(themes, options=tuple(marked))


def _list_common(options: Sequence[Option], few: int, most: int) -> set[int]:
    """Return the numbers of all options if they are `few`, or else of the `most` common ones."""
    ranked = sorted(options, key=lambda option: (-option.count, option.number))
    return {option.number for option in ranked[: None if len(options) <= few else most]}


def _build_tile(book: Book) -> Tile:
    return build_letter_tile(book.title, ", ".join(person.name for person in book.writers))


def _list_aspects(reviews: Iterable[Review]) -> dict[str, str]:
    """Return the names of all rated aspects by their values in the page's address."""
    found: dict[str, str] = {}
    for name in sorted({aspect.name for review in reviews for aspect in review.aspects}):
        found[number_slug(f"rating-{slug(name)}", found)] = name
    return found


def _number(reviews: Iterable[Review]) -> dict[str, int]:
    return {review.source: place for place, review in enumerate(reviews)}


def _list_ratings(reviews: Sequence[Review], words: Words) -> tuple[tuple[str, str], ...]:
    """Return the ratings to choose from; none if there is only one rating."""
    values = {review.rating.value for review in reviews if review.rating}
    found = [
        (_plain(value), words("browse_at_least", value=words.number(value)))
        for value in sorted(values, reverse=True)
    ]
    if values and not all(review.rating for review in reviews):
        found.append((_UNRATED, words("not_rated")))
    return tuple(found) if len(found) > 1 else ()


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"

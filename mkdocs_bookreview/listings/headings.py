"""Puts the reviews of a list under headings: years, genres, authors, or headings of a term."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from mkdocs_bookreview.listings.taxonomies import find_kind, group_reviews
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import sort_reviews
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import Mention, Taxonomy
from mkdocs_bookreview.settings.pages import UNGROUPED
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

# A term with fewer reviews gets no years as headings, because each year would have only one or two
# reviews.
_FEW = 12
_HAVE_OWN_ORDER = ("series", "years")

Placed = tuple[str, Review]  # a review with its heading, or "" if the review has no heading


def place_all(
    reviews: Iterable[Review], taxonomies: Mapping[str, Taxonomy], settings: Settings, words: Words
) -> list[Placed]:
    """Return all reviews with their headings, in the order of the list.

    If no option sets the headings, a list that is sorted by date gets years as headings.
    """
    options = settings.reviews
    ordered = sort_reviews(reviews, options.sort, words.language)
    if options.group == "genre":
        return _place_by_term(ordered, "genres", _list_genres, taxonomies, words)
    if options.group == "author":
        return _place_by_term(ordered, "authors", _list_authors, taxonomies, words)
    if options.group == "year":
        return _place_by_year(ordered, words, is_rising=options.sort == "date")
    if options.group != UNGROUPED and options.sort.endswith("date"):
        return drop_single(_place_by_year(ordered, words, is_rising=options.sort == "date"))
    return [("", review) for review in ordered]


def place_mentions(
    name: str, mentions: Iterable[Mention], settings: Settings, words: Words
) -> list[Placed]:
    """Return the reviews of a term with their headings, sorted by rank.

    `name` is the name of the taxonomy. If some reviews have a heading, the others get the plain
    heading of the taxonomy. If none has, a long list that is sorted by date gets years.
    """
    kind = find_kind(name)
    ordered = sorted(mentions, key=lambda mention: mention.rank)
    if any(mention.heading for mention in ordered):
        plain = words(kind.plain)
        return [(mention.heading or plain, mention.review) for mention in ordered]
    reviews = [mention.review for mention in ordered]
    is_by_date = kind.sort_reviews == "-date" and name not in _HAVE_OWN_ORDER
    if is_by_date and len(reviews) >= _FEW and settings.reviews.group != UNGROUPED:
        return drop_single(_place_by_year(reviews, words))
    return [("", review) for review in reviews]


def drop_single(placed: Sequence[Placed]) -> list[Placed]:
    """Return the reviews without headings if all have the same heading, which would say nothing."""
    is_single = len({heading for heading, _ in placed}) == 1
    return [("" if is_single else heading, review) for heading, review in placed]


def _place_by_year(
    reviews: Sequence[Review], words: Words, *, is_rising: bool = False
) -> list[Placed]:
    """Return the reviews under the years by which lists sort them, those without a date last."""
    dates = [review.listed_on for review in reviews]
    years = sorted({date.year for date in dates if date}, reverse=not is_rising)
    headings = {year: words.date(PartialDate(year)) for year in years}
    placed = [
        (headings[date.year] if date else None, review)
        for date, review in zip(dates, reviews, strict=True)
    ]
    return _sort_by_heading(placed, list(headings.values()), words("date_unknown"))


def _place_by_term(
    reviews: Sequence[Review],
    name: str,
    list_names: Callable[[Review], Iterable[tuple[str, str | None]]],
    taxonomies: Mapping[str, Taxonomy],
    words: Words,
) -> list[Placed]:
    """Return each review under its first term; reviews without any term come last.

    Each review is under one heading only, because a list must show and count each review once.
    """
    # The reviews are grouped here, because an option may have switched off the pages of these
    # terms.
    taxonomy = taxonomies.get(name) or group_reviews(name, reviews, words)

    def find_heading(review: Review) -> str | None:
        first = next(iter(list_names(review)), None)
        term = taxonomy.find(*first) if first else None
        return term.name if term else None

    placed = [(find_heading(review), review) for review in reviews]
    if not any(heading for heading, _ in placed):
        return [("", review) for review in reviews]
    return _sort_by_heading(placed, [term.name for term in taxonomy.terms], words("not_said"))


def _sort_by_heading(
    placed: Iterable[tuple[str | None, Review]], headings: Iterable[str], rest: str
) -> list[Placed]:
    """Return the reviews in the order of `headings`; others come last, under the heading `rest`."""
    places = {heading: place for place, heading in enumerate(headings)}
    # Python's sort is stable, so that a list by title keeps that order under each heading.
    ordered = sorted(placed, key=lambda item: places.get(item[0] or "", len(places)))
    return [(heading or rest, review) for heading, review in ordered]


def _list_genres(review: Review) -> Iterable[tuple[str, str | None]]:
    return ((genre, None) for book in review.books for genre in book.genres)


def _list_authors(review: Review) -> Iterable[tuple[str, str | None]]:
    return ((person.name, person.id) for book in review.books for person in book.credited)

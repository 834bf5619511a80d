"""Groups reviews by themes, authors, series and so on, and defines their order."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from mkdocs_bookreview.model.alike import find_alike
from mkdocs_bookreview.model.book import AUTHOR, Book
from mkdocs_bookreview.model.dates import UNKNOWN, PartialDate
from mkdocs_bookreview.model.library import Library, sort_reviews
from mkdocs_bookreview.model.names import capitalise, slug
from mkdocs_bookreview.model.people import put_family_first
from mkdocs_bookreview.model.review import WEIGHTS, Review, Status
from mkdocs_bookreview.model.taxonomy import Mention, Taxonomy, Term, group
from mkdocs_bookreview.model.vocabulary import Vocabulary
from mkdocs_bookreview.settings.settings import THEMES, Settings
from mkdocs_bookreview.words.language import Words

INDEX = "index"
PAGES = "page"

_MOST = 10**9  # more than any year or other number that a book is expected to have

_OF_BOOK = {field.name for field in fields(Book)}
_OF_REVIEW = {field.name for field in fields(Review)} - {"source"}


@dataclass(frozen=True, slots=True)
class Kind:
    """Describes how to group reviews by a kind of term.

    `mention` finds the terms of a review. `plain` is the key of the heading for reviews without a
    heading, needed if other reviews have one. `sort_reviews` is the order of a term's reviews
    within a heading. If `has_waiting`, books without a review are grouped too; if `shows_waiting`,
    they are on the pages of terms that reviews have, and are not counted. `sort` is the order of
    the terms, if no option sets it. `rest` is the id of the term for reviews without a value; the
    term is left out if there is no other term, because alone it says nothing. `sort_text` returns
    the text by which a name is sorted, if nothing else sets that text; if `sort_text` is None, the
    name itself is used.
    """

    mention: Callable[[Review, Words], Iterable[Mention]]
    plain: str = "weight_none"
    sort_reviews: Literal["-date", "-rating"] = "-date"
    has_waiting: bool = False
    shows_waiting: bool = False
    sort: Literal["name", "-name", "count"] = "name"
    rest: str | None = None
    sort_text: Callable[[str], str] | None = None


def _themes(review: Review, words: Words) -> Iterator[Mention]:
    for theme in review.themes:
        heading = words(f"weight_{theme.weight}") if theme.weight else ""
        rank = (WEIGHTS.index(theme.weight),)
        hidden = theme.spoiler
        yield Mention(theme.name, review, heading, rank, paths=theme.paths, is_hidden=hidden)


def _authors(review: Review, words: Words) -> Iterator[Mention]:
    """Yield the people of a review, ranked with authors first, then other roles by name."""
    for book in review.books:
        for person in book.authors:
            role = person.role.lower()
            is_author = role == AUTHOR
            heading = "" if is_author else words.find(f"role_{role}") or capitalise(role)
            rank = (int(not is_author), heading)
            yield Mention(person.name, review, heading, rank, person.sort, person.id)


def _series(review: Review, _: Words) -> Iterator[Mention]:
    for book in review.books:
        for entry in book.series:
            place = entry.position.order if entry.position else ()
            yield Mention(entry.name, review, rank=(int(not place), *place))


def _years(review: Review, words: Words) -> Iterator[Mention]:
    """Yield the years in which the book was finished, and one term for unknown dates.

    Unknown dates are sorted as the earliest year. Within a year, the book that was finished last
    comes first.
    """
    for reading in review.readings:
        if reading.status is Status.READ and reading.ended:
            rank = tuple(-part for part in reading.ended.order)
            yield _mention_year(review, reading.ended, words)._replace(rank=rank)
        elif reading.status is Status.READ:
            yield Mention(words("date_unknown"), review, sort=_sort_number(-_MOST), id=UNKNOWN)


def _mention_year(review: Review, when: PartialDate, words: Words) -> Mention:
    return Mention(words.date(PartialDate(when.year)), review, sort=_sort_number(when.year))


def _languages(review: Review, words: Words) -> Iterator[Mention]:
    for book in review.books:
        if book.language:
            yield Mention(words.language_name(book.language), review)


def _formats(review: Review, _: Words) -> Iterator[Mention]:
    return (Mention(capitalise(book.format), review) for book in review.books if book.format)


def _ratings(review: Review, words: Words) -> Iterator[Mention]:
    """Yield the rating. "Not rated" sorts as zero, so that it comes after the lowest rating."""
    if not review.rating:
        yield Mention(words("not_rated"), review, sort="0")
        return
    value = review.rating.value
    name = words("rated", value=words.number(value), best=review.rating.best)
    yield Mention(name, review, sort=f"{value:09.3f}", id=f"{value.normalize():f}")


_SHELVES = (Status.READING, Status.PAUSED, Status.TO_READ, Status.STOPPED)


def _shelves(review: Review, words: Words) -> Iterator[Mention]:
    """Yield the shelf.

    Books that were read are on no shelf, because the list of all reviews has them.
    """
    if review.status in _SHELVES:
        name = words(f"status_{review.status.name.lower()}")
        sort = str(_SHELVES.index(review.status))
        yield Mention(name, review, sort=sort, id=review.status.value)


KINDS: Mapping[str, Kind] = {
    THEMES: Kind(_themes, sort_reviews="-rating"),
    "authors": Kind(_authors, plain="role_author", sort_text=put_family_first),
    "series": Kind(_series, shows_waiting=True),
    "genres": Kind(lambda review, words: _read(review, "genres", words)),
    "years": Kind(_years, sort="-name", rest=UNKNOWN),
    "shelves": Kind(_shelves, has_waiting=True),
    "publishers": Kind(lambda review, words: _read(review, "publisher", words)),
    "languages": Kind(_languages),
    "formats": Kind(_formats),
    "ratings": Kind(_ratings, sort="-name"),
}

# Authors do not write the names of these terms, so none can be misspelt.
_NAMED_BY_US = frozenset({"years", "shelves", "languages", "ratings"})


def find_kind(name: str) -> Kind:
    """Return the kind of this name; for a name not in `KINDS`, group by that front-matter key."""
    return KINDS.get(name) or Kind(lambda review, words: _read(review, name, words))


def _read(review: Review, key: str, words: Words) -> Iterator[Mention]:
    """Yield the values of a key of the review and its books: texts, numbers, and years of dates.

    Other values are ignored.
    """
    values = [getattr(review, key)] if key in _OF_REVIEW else []
    values += (getattr(book, key) for book in review.books if key in _OF_BOOK)
    for value in (*values, review.more.get(key, ())):
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str):
                yield Mention(one, review)
            elif isinstance(one, PartialDate):
                yield _mention_year(review, one, words)
            elif isinstance(one, int) and not isinstance(one, bool):
                yield Mention(str(one), review, sort=_sort_number(one))


def _sort_number(number: int) -> str:
    """Return a text that sorts as the number does: negative numbers first, and 5 before 1815.

    For -44 it is `000999999956`, and for 5 it is `001000000005`.
    """
    return f"{number + _MOST:012}"


def group_library(
    library: Library, vocabularies: Mapping[str, Vocabulary], settings: Settings, words: Words
) -> dict[str, Taxonomy]:
    """Return the taxonomies by name, in the order of the menu."""
    ordered = {by: sort_reviews(library.reviews, by, words.language) for by in ("-date", "-rating")}
    found: dict[str, Taxonomy] = {}
    for name in settings.grouped_by:
        kind = find_kind(name)
        reviews = (*ordered[kind.sort_reviews], *(library.waiting if kind.has_waiting else ()))
        only_listed = name == THEMES and settings.themes.mode == "strict"
        mentions = list_mentions(name, reviews, words)
        found[name] = group(
            mentions,
            vocabularies.get(name),
            {INDEX, PAGES},
            only_listed=only_listed,
            language=words.language,
            sort_text=kind.sort_text,
        )
    return found


def group_reviews(name: str, reviews: Collection[Review], words: Words) -> Taxonomy:
    """Return the taxonomy of this name for these reviews, without the author's options."""
    mentions = list_mentions(name, reviews, words)
    return group(mentions, language=words.language, sort_text=find_kind(name).sort_text)


def sort_by_place(reviews: Iterable[Review], term: Term) -> tuple[Review, ...]:
    """Return the reviews in the order of the term's page; reviews that are not there come last."""
    ranks = {mention.review.source: (0, *mention.rank) for mention in term.mentions}
    return tuple(sorted(reviews, key=lambda review: ranks.get(review.source, (1,))))


def find_alike_terms(taxonomies: Mapping[str, Taxonomy]) -> dict[str, list[tuple[str, str]]]:
    """Return pairs of names that are nearly alike, by taxonomy, if there are any.

    A pair is left out if the author's file lists both names, because then they are different.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for name, taxonomy in taxonomies.items():
        if name not in _NAMED_BY_US:
            listed = {term.name for term in taxonomy.terms if term.entry}
            pairs = find_alike(term.name for term in taxonomy.terms)
            found[name] = [pair for pair in pairs if not listed.issuperset(pair)]
    return {name: pairs for name, pairs in found.items() if pairs}


def find_title(name: str, settings: Settings, words: Words) -> str:
    """Return the title of the list of all terms."""
    options = settings.grouped_by.get(name)
    # The label of themes on cards is also the title of their list, so that `words:` changes both at
    # once.
    word = name if name == THEMES else f"list_{name}"
    return (options and options.title) or words.find(word) or capitalise(name)


def find_choice_title(name: str, settings: Settings, words: Words) -> str:
    """Return the name of a field in which readers choose a term: `Author` for the list `Authors`.

    Readers choose several themes at once, so the name of that field is plural.
    """
    options = settings.grouped_by.get(name)
    word = None if name == THEMES or (options and options.title) else words.find(f"one_{name}")
    return word or find_title(name, settings, words)


def list_mentions(name: str, reviews: Collection[Review], words: Words) -> Iterator[Mention]:
    """Yield the terms of this taxonomy that the reviews mention."""
    kind = find_kind(name)
    mentions = [one for review in reviews for one in kind.mention(review, words)]
    is_empty = bool(kind.rest) and all(one.id == kind.rest for one in mentions)
    if name == "ratings":
        is_empty = not any(review.rating for review in reviews)
    return iter(() if is_empty else mentions)


def find_numbered(taxonomy: Taxonomy) -> Iterator[tuple[Term, Term]]:
    """Yield pairs of terms whose names give the same address; the second term gets a number.

    `LGBTQ` and `LGBTQ+` are such a pair. Terms with an id are left out, because the author chose
    the id.
    """
    by_slug = {term.slug: term for term in taxonomy.terms}
    for term in taxonomy.terms:
        first = by_slug.get(slug(term.name))
        is_chosen = term.entry or any(mention.id for mention in term.mentions)
        if first and first is not term and not is_chosen:
            yield first, term


def find_movable(taxonomy: Taxonomy) -> Iterator[tuple[Term, str]]:
    """Yield terms whose address depends on which spelling is commonest, each with another spelling.

    `JRR Tolkien` and `J. R. R. Tolkien` are one term, but only one of them gives `jrr-tolkien`.
    """
    for term in taxonomy.terms:
        names = {mention.name for mention in term.mentions if not mention.id}
        if len(names) > 1 and not term.entry:
            others = sorted(name for name in names if slug(name) != slug(term.name))
            yield from ((term, name) for name in others[:1])

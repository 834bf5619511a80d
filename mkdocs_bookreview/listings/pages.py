"""Which pages list reviews, where they stand, and who is on them. Nothing is written here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from mkdocs_bookreview.model.library import Library, sort_reviews
from mkdocs_bookreview.model.review import WEIGHTS, Review
from mkdocs_bookreview.model.taxonomy import Mention, Taxonomy, Term, group
from mkdocs_bookreview.model.vocabulary import Vocabulary
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

INDEX = "index"
PAGES = "page"

Group = tuple[str, tuple[Review, ...]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page to make. `source` is where it would stand below the docs folder, were it written.

    It shows reviews in `groups`, each with a heading or none, or the terms of a `taxonomy`; the
    first page of a `term` shows what is said of that. `total` counts the reviews on all pages of
    the listing. `parent` is the source of the page above it; `pages` are the sources of a listing's
    pages.
    """

    source: str
    title: str
    groups: tuple[Group, ...] = ()
    taxonomy: Taxonomy | None = None
    term: Term | None = None
    total: int = 0
    number: int = 1
    pages: tuple[str, ...] = ()
    parent: str | None = None

    @property
    def is_index(self) -> bool:
        """It stands in the navigation."""
        return self.parent is None

    @property
    def reviews(self) -> tuple[Review, ...]:
        return tuple(review for _, reviews in self.groups for review in reviews)


def group_themes(library: Library, vocabulary: Vocabulary, settings: Settings) -> Taxonomy:
    """The reviews of a theme come best first."""
    mentions = (
        Mention(theme.name, review, theme.weight, theme.paths, theme.spoiler)
        for review in sort_reviews(library.reviews, "-rating")
        for theme in review.themes
    )
    only_listed = settings.themes.mode == "strict"
    return group(mentions, vocabulary, {INDEX, PAGES}, only_listed=only_listed)


def theme_source(term: Term, settings: Settings) -> str:
    return f"{settings.themes.path}{term.slug}.md"


def plan_listings(
    library: Library, themes: Taxonomy, settings: Settings, words: Words
) -> tuple[Listing, ...]:
    size = settings.reviews.per_page
    reviews = sort_reviews(library.reviews, settings.reviews.sort)
    whole = Listing(f"{settings.reviews.path}{INDEX}.md", words("reviews"))
    index = f"{settings.themes.path}{INDEX}.md"
    return (
        *_paginate(whole, [("", review) for review in reviews], size, words),
        Listing(index, words("themes"), taxonomy=themes, pages=(index,)),
        *(
            page
            for term in themes.terms
            for page in _paginate(
                Listing(
                    theme_source(term, settings),
                    term.name,
                    taxonomy=themes,
                    term=term,
                    parent=next(
                        (theme_source(one, settings) for one in themes.parents(term)), index
                    ),
                ),
                _by_weight(term, words),
                size,
                words,
            )
        ),
    )


def _by_weight(term: Term, words: Words) -> list[tuple[str, Review]]:
    """With headings, unless all are of one weight."""
    mentions = sorted(term.mentions, key=lambda mention: WEIGHTS.index(mention.weight))
    if len({mention.weight for mention in mentions}) < 2:  # noqa: PLR2004
        return [("", mention.review) for mention in mentions]
    return [(words(f"weight_{mention.weight or 'none'}"), mention.review) for mention in mentions]


def _paginate(
    listing: Listing, reviews: list[tuple[str, Review]], size: int, words: Words
) -> Iterator[Listing]:
    """`listing` is the first page, as yet without reviews; the others stand below it."""
    below = listing.source.removesuffix(".md").removesuffix(f"/{INDEX}")
    count = max(1, -(-len(reviews) // size))
    pages = (listing.source, *(f"{below}/{PAGES}/{n}.md" for n in range(2, count + 1)))
    for number, source in enumerate(pages, start=1):
        title = words("page_of_list", title=listing.title, number=number)
        yield replace(
            listing,
            source=source,
            title=listing.title if number == 1 else title,
            groups=tuple(_group(reviews[(number - 1) * size : number * size])),
            total=len(reviews),
            number=number,
            pages=pages,
            parent=listing.parent if number == 1 else pages[0],
        )


def _group(reviews: list[tuple[str, Review]]) -> Iterator[Group]:
    for heading, group_ in groupby(reviews, key=itemgetter(0)):
        yield heading, tuple(review for _, review in group_)

"""Which pages list reviews, where they stand, and who is on them. Nothing is written here."""

from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_bookreview.model.library import Library, sort_reviews
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term, group
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

INDEX = "index"
PAGES = "page"


@dataclass(frozen=True, slots=True)
class Listing:
    """A page to make. `source` is where it would stand below the docs folder, were it written.

    It shows `reviews`, or the `terms` of a taxonomy where `is_themes`. `total` counts the reviews
    on all pages of the listing. `parent` is the source of the page above it; `pages` are the
    sources of a listing's pages.
    """

    source: str
    title: str
    reviews: tuple[Review, ...] = ()
    is_themes: bool = False
    terms: tuple[Term, ...] = ()
    total: int = 0
    number: int = 1
    pages: tuple[str, ...] = ()
    parent: str | None = None

    @property
    def is_index(self) -> bool:
        """It stands in the navigation."""
        return self.parent is None


def group_themes(library: Library) -> Taxonomy:
    """A theme that gives a book away is not among that review's themes."""
    mentions = (
        (theme.name, review)
        for review in library.reviews
        for theme in review.themes
        if not theme.spoiler
    )
    return group(mentions, reserved={INDEX, PAGES})


def theme_source(term: Term, settings: Settings) -> str:
    return f"{settings.themes.path}{term.slug}.md"


def plan_listings(
    library: Library, themes: Taxonomy, settings: Settings, words: Words
) -> tuple[Listing, ...]:
    reviews = sort_reviews(library.reviews, settings.reviews.sort)
    index = f"{settings.themes.path}{INDEX}.md"
    return (
        *_paginate(f"{settings.reviews.path}{INDEX}", words("reviews"), reviews, settings, words),
        Listing(index, words("themes"), is_themes=True, terms=themes.terms, pages=(index,)),
        *(
            page
            for term in themes.terms
            for page in _paginate(
                theme_source(term, settings).removesuffix(".md"),
                term.name,
                term.reviews,
                settings,
                words,
                parent=index,
            )
        ),
    )


def _paginate(
    address: str,
    title: str,
    reviews: tuple[Review, ...],
    settings: Settings,
    words: Words,
    parent: str | None = None,
) -> Iterator[Listing]:
    """`address` is the first page's source without its ending; the others stand below it."""
    size = settings.reviews.per_page
    below = address.removesuffix(f"/{INDEX}")
    count = max(1, -(-len(reviews) // size))
    pages = (f"{address}.md", *(f"{below}/{PAGES}/{n}.md" for n in range(2, count + 1)))
    for number, source in enumerate(pages, start=1):
        yield Listing(
            source,
            title if number == 1 else words("page_of_list", title=title, number=number),
            reviews[(number - 1) * size : number * size],
            total=len(reviews),
            number=number,
            pages=pages,
            parent=parent if number == 1 else pages[0],
        )

"""What is wrong with the places in books that spoilers name."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.plugin.reading import Plan
from mkdocs_bookreview.spoilers.findings import Finding


def find_keys(plan: Plan) -> frozenset[str]:
    """Of all books that pages review, drafts too."""
    reviews = (page.review for page in plan.pages.values() if page.review)
    return frozenset(book.key for review in reviews for book in review.books)


def check_books(spoilers: Iterable[Mapping[str, str]], keys: frozenset[str]) -> Iterator[Finding]:
    named = dict.fromkeys(facts["book"] for facts in spoilers if "book" in facts)
    for key in named:
        if key not in keys:
            near = get_close_matches(key, sorted(keys), n=1)
            cure = (
                f"Did you mean `{near[0]}`?" if near else "Write the key of a book reviewed here."
            )
            what = f"A spoiler names the book `{key}`, of which there is no review here."
            yield Finding(what, cure, f"book: {key}")


def check_scales(progress: ReadingProgress, plan: Plan) -> Iterator[Problem]:
    """A book is told of once, at its newest review."""
    told: set[str] = set()
    for review in plan.reviews:
        for number, book in enumerate(review.books):
            if book.key not in told and progress.is_mixed(book.key):
                told.add(book.key)
                place = plan.pages[review.source].marks.place(("book", number))
                what = "The spoilers of this book are placed by `progress` and by `chapter`."
                cure = "Write how many chapters it has, for example `chapters: 31`, under `book:`."
                yield Problem(place, what, cure)

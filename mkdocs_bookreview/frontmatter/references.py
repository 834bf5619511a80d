"""What pages say of each other and of files, once all of them are read."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches

from mkdocs_bookreview.frontmatter.read import Page
from mkdocs_bookreview.model.library import find_clashing_books
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review


def check_references(pages: Iterable[Page], files: Collection[str]) -> list[Problem]:
    """`files` are all paths below the docs folder."""
    reviewed = {page.source: page for page in pages if page.review}
    reviews = [page.review for page in reviewed.values() if page.review]
    keys = {book.key for review in reviews for book in review.books}
    problems = list(_check_keys(reviews, reviewed))
    for page in reviewed.values():
        problems += _check_covers(page, files)
        problems += _check_related(page, keys, reviewed)
    problems += _check_redirects(reviewed.values())
    return problems


def _check_keys(reviews: list[Review], pages: Mapping[str, Page]) -> Iterator[Problem]:
    for review, earlier in find_clashing_books(reviews):
        place = pages[review.source].marks.place(("book",))
        what = f"`book` has the same key as another book, in `{earlier.source}`."
        yield Problem(place, what, "Give one of them a key of its own: `id: …` below `book:`.")


def _check_covers(page: Page, files: Collection[str]) -> Iterator[Problem]:
    assert page.review
    for number, book in enumerate(page.review.books):
        if book.cover and book.cover not in files:
            path = ("book", number, "cover") if page.marks.find(("book", 0)) else ("book", "cover")
            place = page.marks.place(path)
            what = f"`book.cover` names `{book.cover}`, and there is no such file."
            pictures = sorted(one for one in files if not one.endswith(".md"))
            near = get_close_matches(book.cover, pictures, n=1)
            cure = f"Did you mean `{near[0]}`?" if near else "Put the picture beside the page."
            yield Problem(place, what, cure)


def _check_related(
    page: Page, keys: Collection[str], pages: Mapping[str, Page]
) -> Iterator[Problem]:
    assert page.review
    for number, related in enumerate(page.review.related):
        named = related.review
        if named and named not in keys and named not in pages:
            place = page.marks.place(("related", number, "review"))
            what = f"`related[{number + 1}].review` names `{named}`, which is no review here."
            near = get_close_matches(named, sorted([*pages, *keys]), n=1)
            cure = f"Did you mean `{near[0]}`?" if near else "Name its file, or its book's key."
            yield Problem(place, what, cure)


def _check_redirects(pages: Iterable[Page]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for page in pages:
        assert page.review
        for number, path in enumerate(page.review.redirect_from):
            earlier = first.setdefault(path.strip("/"), page.source)
            if earlier != page.source:
                place = page.marks.place(("redirect_from", number))
                what = f"`redirect_from` names `{path}`, as `{earlier}` does."
                yield Problem(place, what, "Leave it in one of them.")

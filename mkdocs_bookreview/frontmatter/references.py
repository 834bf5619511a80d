"""Check references from pages to other pages and to files, after all pages are read."""

import posixpath
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from pathlib import PurePosixPath

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.library import find_clashing_books
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import Review

_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
_FILES = _PICTURES | {".md", ".markdown"}

# A guess compares one name with all others, so for very many wrong names it would take hours.
_MOST_GUESSED = 20


class Guesses:
    """Suggests known names for misspelt names, for at most `_MOST_GUESSED` misspelt names."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known
        self._left = _MOST_GUESSED

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for name in sorted(self._known):
            names.setdefault(_stem(name), []).append(name)
        return names

    def find(self, name: str, page: str = "") -> str | None:
        """Return the known name that is most similar to `name`; None if no name is similar.

        If `page` is given, a file is returned as a path relative to `page`. Folders and endings are
        only compared if the rest is equal, because otherwise any picture would be similar to
        `covers/emma.jpg`.
        """
        self._left -= 1
        near = get_close_matches(_stem(name), [*self._names], n=1) if self._left >= 0 else []
        if not near:
            return None
        found = max(self._names[near[0]], key=lambda one: SequenceMatcher(None, one, name).ratio())
        is_file = "/" in found or PurePosixPath(found).suffix.lower() in _FILES
        return posixpath.relpath(found, posixpath.dirname(page)) if page and is_file else found


def _stem(name: str) -> str:
    """Return the short name of a file or book: `emma` for `emma.md` and for `emma/index.md`."""
    path = PurePosixPath(name)
    is_index = path.stem in {"index", "README"} and path.parent.name
    if is_index:
        return path.parent.name.lower()
    return (path.stem if path.suffix.lower() in _FILES else path.name).lower()


def check_references(pages: Iterable[WrittenPage], files: Collection[str]) -> list[Problem]:
    """Return the problems of covers, related reviews, redirects and the keys of books.

    `files` are all paths below the docs folder.
    """
    reviewed = {page.source: page for page in pages if page.review}
    reviews = [page.review for page in reviewed.values() if page.review]
    keys = Counter(key for review in reviews for key in {book.key for book in review.books})
    problems = list(_check_keys(reviews, reviewed))
    pictures = guess_pictures(files)
    names = keys.keys() | reviewed.keys()
    guesses = Guesses(names)
    for page in reviewed.values():
        problems += _check_covers(page, files, pictures)
        problems += _check_related(page, keys, names, guesses)
    problems += _check_redirects(pages)
    return problems


def _check_keys(reviews: list[Review], pages: Mapping[str, WrittenPage]) -> Iterator[Problem]:
    for review, earlier in find_clashing_books(reviews):
        place = pages[review.source].marks.place(("book",))
        what = f"`book` has the same key as a different book in `{earlier.source}`."
        yield Problem(
            place, what, "Give one of the two books another key: write `id: …` below `book:`."
        )


def _check_covers(
    page: WrittenPage, files: Collection[str], pictures: Guesses
) -> Iterator[Problem]:
    assert page.review
    for number, book in enumerate(page.review.books):
        if lacks_cover(book, files):
            # The path has a number only if the author wrote `book` as a list.
            is_list = page.marks.find(("book", 0))
            place = page.marks.place(("book", number, "cover") if is_list else ("book", "cover"))
            yield report_cover(book, "book.cover", place, files, pictures, page=page.source)


def lacks_cover(book: Book, files: Collection[str]) -> bool:
    """Return whether the book names a cover that is not a picture among the site's `files`."""
    cover = book.cover
    return bool(cover and (cover not in files or not _is_picture(cover)))


def report_cover(
    book: Book,
    key: str,
    place: Place,
    files: Collection[str],
    pictures: Guesses,
    fix: str = "",
    page: str = "",
) -> Problem:
    """Return the problem of a missing cover; `fix` is used if no picture has a similar name.

    `page` is the source of the page that names the cover; empty if `books.yml` names it.
    """
    assert book.cover
    why = "which is not a picture" if book.cover in files else "but there is no such file"
    near = pictures.find(book.cover, page)
    fix = f"Did you mean `{near}`?" if near else fix or _ask_for_picture(book.cover, page)
    return Problem(place, f"`{key}` names `{book.cover}`, {why}.", fix)


def _ask_for_picture(cover: str, page: str) -> str:
    """Return the fix for a missing cover: where to put the file."""
    if posixpath.dirname(cover) == posixpath.dirname(page):
        return "Put the picture beside the page."
    if cover.startswith("../"):
        return "Put the picture beside the page, and write its file name."
    return f"Put the picture at `{cover}` in the docs folder."


def guess_pictures(files: Iterable[str]) -> Guesses:
    return Guesses(filter(_is_picture, files))


def _is_picture(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in _PICTURES


def _check_related(
    page: WrittenPage, keys: Mapping[str, int], names: Collection[str], guesses: Guesses
) -> Iterator[Problem]:
    assert page.review
    for number, related in enumerate(page.review.related):
        named = related.review
        if not named:
            continue
        is_own_book = named in {book.key for book in page.review.books}
        if named == page.source or (is_own_book and keys[named] == 1):
            place = page.marks.place(("related", number, "review"))
            what = f"`related[{number + 1}].review` names `{named}`, which is this review."
            yield Problem(
                place,
                what,
                "Leave it out. Other reviews of the same book are listed automatically.",
            )
        elif named not in names:
            place = page.marks.place(("related", number, "review"))
            what = f"`related[{number + 1}].review` names `{named}`, but there is no such review."
            near = guesses.find(named, page.source)
            fix = (
                f"Did you mean `{near}`?"
                if near
                else "Write the file name of the review, or the key of its book."
            )
            yield Problem(place, what, fix)


def _check_redirects(pages: Iterable[WrittenPage]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for page in pages:
        for number, path in enumerate(page.redirect_from):
            # `/a/` and `/a/index.html` count as the same path, because both become one file. So do
            # `/a/` and `/A/`, because file names may be compared without case.
            address = path.strip("/").casefold().removesuffix("/index.html")
            earlier = first.setdefault(address, page.source)
            if earlier != page.source:
                place = page.marks.place(("redirect_from", number))
                what = f"`redirect_from` lists `{path}`, which `{earlier}` lists too."
                yield Problem(place, what, "Keep it in only one of the two pages.")

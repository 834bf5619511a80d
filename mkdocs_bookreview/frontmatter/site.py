"""Read all pages of a site, and find what is wrong with them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from mkdocs_bookreview.frontmatter.books import Books, read_books
from mkdocs_bookreview.frontmatter.defaults import FILE_NAME as DEFAULTS_FILE
from mkdocs_bookreview.frontmatter.defaults import read_defaults
from mkdocs_bookreview.frontmatter.elsewhere.recognise import (
    find_lone_pages,
    find_unread_files,
    is_in_folder,
)
from mkdocs_bookreview.frontmatter.read import WrittenPage, read_page
from mkdocs_bookreview.frontmatter.references import (
    check_references,
    guess_pictures,
    lacks_cover,
    report_cover,
)
from mkdocs_bookreview.frontmatter.several import report_bundles
from mkdocs_bookreview.frontmatter.shelves import shelve
from mkdocs_bookreview.frontmatter.spellings import Speller, settle_spellings
from mkdocs_bookreview.frontmatter.split import split_front_matter
from mkdocs_bookreview.frontmatter.themes import settle_themes
from mkdocs_bookreview.frontmatter.values import Context
from mkdocs_bookreview.frontmatter.vocabulary import EntryIn, ThemeIn, read_vocabulary
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.vocabulary import Vocabulary
from mkdocs_bookreview.settings.settings import THEMES, Settings

_PICTURE = "Write the path of a picture below the docs folder."


# Sites are compared by identity, because comparing all reviews of two sites takes too long.
@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Describes a site as its author wrote it.

    `pages` are by source. `shelved` are books of `books.yml` that are on a shelf and have no page.
    `vocabularies` are by taxonomy. `problems` are sorted by file and line.
    """

    pages: Mapping[str, WrittenPage]
    shelved: tuple[Review, ...]
    vocabularies: Mapping[str, Vocabulary]
    problems: tuple[Problem, ...]


def read_text(read: Callable[[], str], file: str, problems: list[Problem]) -> str | None:
    """Return the text of a file; if it cannot be read, add a problem and return None."""
    try:
        return read()
    except (OSError, UnicodeDecodeError) as error:
        what = f"The file cannot be read: {error}."
        # The message has the line of the first wrong byte, to help the author find the letter.
        line, fix = None, "Check that you may read this file."
        if isinstance(error, UnicodeDecodeError):
            line, fix = 1 + error.object.count(b"\n", 0, error.start), "Save it as UTF-8."
        problems.append(Problem(Place(file, line), what, fix))
        return None


class EarlierPages:
    """Keeps pages as they were read, for a build that finds the same texts again.

    `kept` has results that depend on all pages together.
    """

    def __init__(self) -> None:
        self.kept = Kept()
        self._shared: object = None
        self._pages: dict[str, tuple[str, WrittenPage]] = {}

    def share(self, shared: object) -> None:
        """Forget all pages if `shared`, the data that every page depends on, has changed."""
        if shared != self._shared:
            self._pages.clear()
        self._shared = shared

    def read(self, source: str, text: str, read: Callable[[str, str], WrittenPage]) -> WrittenPage:
        """Return the page at `source`, read again only if its front matter has changed.

        After an edit below the front matter this returns the same object, so that results in `kept`
        are still valid.
        """
        known = self._pages.get(source)
        if known and (known[0] == text or _is_same_page(*known, text)):
            page = known[1]
        else:
            page = read(text, source)
        self._pages[source] = text, page
        return page


def read_site(
    texts: Iterable[tuple[str, str]],
    defaults: Mapping[str, str],
    books: str | None,
    vocabularies: Mapping[str, str | None],
    files: Collection[str],
    settings: Settings,
    earlier: EarlierPages | None = None,
    year: int | None = None,
    find_source: Callable[[str], str] | None = None,
) -> Site:
    """Return the site with these pages, which are given as pairs of source and text.

    `defaults` are the texts of `.meta.yml` by folder. `books` is the text of `books.yml`; None if
    the file is missing or cannot be read. `vocabularies` are the texts of files that list terms, by
    taxonomy; None for a file that cannot be read. `files` are all paths below the docs folder.
    Unchanged pages are taken from `earlier`. `year` is the current year; if it is None, dates in
    the future are not reported. `find_source` returns the source of the page for any of the page's
    paths; it is None if every page has only one path.
    """
    context = Context(settings.rating, year, tuple(settings.links))
    listed_books, problems = read_books(books, context) if books is not None else (Books(), [])
    folders = {
        folder: read_defaults(text, f"{folder}/{DEFAULTS_FILE}".removeprefix("./"))
        for folder, text in defaults.items()
    }
    problems += (problem for document in folders.values() for problem in document.problems)
    lone = find_lone_pages(files, settings)
    read = partial(
        read_page,
        rating=settings.rating,
        defaults=folders,
        books=listed_books.facts,
        own_keys=settings.own_keys,
        is_in_folder=partial(is_in_folder, settings=settings, lone=lone),
        year=year,
        links=tuple(settings.links),
    )
    earlier = earlier or EarlierPages()
    shared = dict(defaults), books, settings, year, lone
    earlier.share(shared)
    pages = {source: earlier.read(source, text, read) for source, text in texts}
    if find_source:
        pages = {source: _with_sources(page, find_source) for source, page in pages.items()}
    origin = *pages.values(), shared, dict(vocabularies), frozenset(files)
    return earlier.kept.find(
        "site", origin, lambda: _join(pages, listed_books, vocabularies, files, settings, problems)
    )


def _with_sources(page: WrittenPage, find_source: Callable[[str], str]) -> WrittenPage:
    """Return the page with paths in `related` replaced by the sources of the pages they lead to."""
    if not page.review or not page.review.related:
        return page
    found = tuple(
        replace(one, review=find_source(one.review)) if one.review else one
        for one in page.review.related
    )
    return replace(page, review=replace(page.review, related=found))


def _is_same_page(known: str, page: WrittenPage, text: str) -> bool:
    """Return whether a page, read from the text `known`, is still right for the new text.

    The page is still right if its `body` is None and both texts have the same front matter.
    """
    parts = split_front_matter(known), split_front_matter(text)
    front, new_front = (part and (part.text, part.first_line, part.flaw) for part in parts)
    return page.body is None and front == new_front


def _join(
    pages: Mapping[str, WrittenPage],
    listed_books: Books,
    vocabularies: Mapping[str, str | None],
    files: Collection[str],
    settings: Settings,
    problems: list[Problem],
) -> Site:
    """Return the site with these pages; `problems` come from `books.yml` and defaults."""
    problems += (problem for page in pages.values() for problem in page.problems)
    problems += find_unread_files(files, settings)
    listed = _read_vocabularies(vocabularies, settings, problems)
    problems += report_bundles(listed_books.bundles, listed)
    for page in pages.values():
        problems += report_bundles(page.bundles, listed)
    themes = listed.get(THEMES)
    # Themes that a file does not list are reported only if its author wants a closed list.
    is_closed = settings.themes.mode != "open" and themes and not themes.is_broken
    file = settings.vocabularies[THEMES] if is_closed else None
    authors = listed.get("authors", Vocabulary())
    pages = settle_spellings(pages, files, authors)
    pages, found = settle_themes(pages, themes or Vocabulary(), file)
    problems += found
    problems += check_references(pages.values(), files)
    reviews = [page.review for page in pages.values() if page.review]
    shelved, found = shelve(listed_books, reviews)
    speller = Speller((), files, authors)
    shelved = tuple(
        replace(one, books=tuple(map(speller.settle_book, one.books))) for one in shelved
    )
    problems += (*found, *_check_covers(shelved, listed_books, files))
    # Equal problems are reported once, because a mistake in defaults is found in each page.
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: problem.order)
    return Site(pages, shelved, listed, tuple(ordered))


def _check_covers(
    shelved: Iterable[Review], listed_books: Books, files: Collection[str]
) -> Iterator[Problem]:
    """Yield the problems of covers that `books.yml` names for books on a shelf."""
    pictures = guess_pictures(files)
    for review in shelved:
        if lacks_cover(review.book, files):
            key = review.source.partition("#")[2]
            place = listed_books.marks.place((key, "cover"))
            yield report_cover(review.book, f"{key}.cover", place, files, pictures, _PICTURE)


def _read_vocabularies(
    texts: Mapping[str, str | None], settings: Settings, problems: list[Problem]
) -> dict[str, Vocabulary]:
    listed: dict[str, Vocabulary] = {}
    for taxonomy, text in texts.items():
        file = settings.vocabularies[taxonomy]
        vocabulary = Vocabulary(is_broken=True)
        if text is not None:
            schema = ThemeIn if taxonomy == THEMES else EntryIn
            vocabulary, found = read_vocabulary(text, file, schema)
            problems += found
        if vocabulary.is_broken and taxonomy == THEMES:
            what = (
                "All themes are hidden while this file has mistakes, because some may be spoilers."
            )
            problems.append(Problem(Place(file), what, "Fix the mistakes in this file."))
        listed[taxonomy] = vocabulary
    return listed

"""Read the text of a page, and its review if it has one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from mkdocs_bookreview.frontmatter.books import BookFacts
from mkdocs_bookreview.frontmatter.build import name_page
from mkdocs_bookreview.frontmatter.defaults import merge_defaults, read_flags
from mkdocs_bookreview.frontmatter.elsewhere.heads import Head, find_head
from mkdocs_bookreview.frontmatter.elsewhere.recognise import Unread, describes_book, find_unread
from mkdocs_bookreview.frontmatter.fixes.facts import REVIEW_KEYS
from mkdocs_bookreview.frontmatter.fixes.snippets import write_inline
from mkdocs_bookreview.frontmatter.misspelt import find_misspelt_books, find_misspelt_spoilers
from mkdocs_bookreview.frontmatter.reviews import ReviewReader
from mkdocs_bookreview.frontmatter.schema import (
    OLD_PATHS,
    PUBLIC_KEYS,
    Comments,
    OldPaths,
    ReviewIn,
    empty_is_absent,
)
from mkdocs_bookreview.frontmatter.several import Bundle
from mkdocs_bookreview.frontmatter.split import FrontMatter, split_front_matter
from mkdocs_bookreview.frontmatter.values import Context
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import Review, Thread
from mkdocs_bookreview.settings.marked_yaml import (
    MarkedData,
    Marks,
    Path,
    Refused,
    no_mapping,
    read_marked_yaml,
)
from mkdocs_bookreview.settings.open_text import holds_spoiler
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.settings.schemas import Typed
from mkdocs_bookreview.settings.switches import NO
from mkdocs_bookreview.settings.typed import keep_valid, read_typed, shown


class _CommentsOnly(Typed):
    comments: Comments


class _RedirectsOnly(Typed):
    redirect_from: OldPaths = OLD_PATHS


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """Describes a page as its author wrote it.

    `source` is its path below the docs folder. `body` is the page without front matter; None if
    MkDocs can cut the front matter off itself. `review` is None if the page has no book. `thread`
    describes the page's comments; it is None if the page has neither a book nor valid `comments`.
    `draft` keeps the page off the site, and `spoilers` hides all of its text. `redirect_from` lists
    former addresses. `marks` finds the line of a key. `problems` are the problems of this page.
    `bundles` are texts that seem to hold several names; their problems are reported unless a
    vocabulary lists the text as one name. `has_bare_rating` is True if the review's rating is a
    number without a scale.
    """

    source: str
    body: str | None = None
    review: Review | None = None
    thread: Thread | None = None
    draft: bool = False
    spoilers: bool = False
    redirect_from: tuple[str, ...] = ()
    marks: Marks = field(default_factory=lambda: Marks(""))
    problems: tuple[Problem, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    has_bare_rating: bool = False

    def is_published(self, today: date) -> bool:
        """Return False for drafts, and for reviews that are dated later than today."""
        when = self.review.date if self.review else None
        return not (self.draft or (when and PartialDate.of(today).is_before(when)))


def read_page(
    text: str,
    source: str,
    rating: RatingSettings,
    defaults: Mapping[str, MarkedData],
    books: Mapping[str, BookFacts],
    own_keys: Collection[str] = (),
    year: int | None = None,
    links: Collection[str] = (),
    is_in_folder: Callable[[str], bool] = lambda _: False,
) -> WrittenPage:
    """Read the text of a page. Mistakes become problems of the page, and never exceptions.

    `defaults` are the contents of `.meta.yml` files by folder, `books` the entries of `books.yml`
    by key and ISBN, and `own_keys` the keys that the author has added to ours. `year` is the
    current year; if it is None, dates in the future are not reported. `links` are the names of the
    links that the site makes on all reviews. `is_in_folder` takes the source of a page, and returns
    whether the page is in a folder in which all pages are meant as reviews.
    """
    parts = split_front_matter(text)
    context = Context(rating, year, tuple(links))
    head = None if parts else _find_meant_head(text, source, context)
    own = _read_own(parts, source) if parts else MarkedData({}, Marks(source))
    parts = parts or FrontMatter("", text)
    is_broken = not isinstance(own.data, dict) and bool(own.problems)
    if is_broken:
        own = replace(own, data=read_flags(parts.text))
    merged = merge_defaults(source, own, defaults)
    problems = [*own.problems, *merged.problems]
    reader = _Reader(source, merged, context, books, frozenset(own_keys), problems)
    if is_broken:
        return reader.read_broken(parts.body)
    # MkDocs cuts off only front matter that it reads as a mapping, and shows all other as text.
    is_seen = not parts.flaw and not own.refused
    is_mere_comment = own.data is None and bool(parts.text.strip())
    body = parts.body if is_mere_comment or not is_seen else None
    if reader.may_be_unread():
        written, below = (head.data, head.body) if head else (own.mapping, parts.body)
        unread = find_unread(source, written, below, own.marks, context, is_in_folder(source), head)
        if unread:
            page = reader.read_unread(unread, head.body if head else body)
            return _add_refused(page, own.refused)
    return _add_refused(reader.read(body, is_seen=is_seen), own.refused)


def _add_refused(page: WrittenPage, refused: Sequence[Refused]) -> WrittenPage:
    """Report values that MkDocs refuses, unless there is another problem in the same line."""
    lines = {(problem.place.file, problem.place.line) for problem in page.problems}
    new = (one for one in refused if (one.place.file, one.place.line) not in lines)
    found = tuple(map(_describe_refused, new))
    return replace(page, problems=(*page.problems, *found)) if found else page


def _describe_refused(one: Refused) -> Problem:
    value = f"the tag `{one.text}`" if one.has_tag else shown(one.text)
    what = f"MkDocs cannot read {value} here, so it would show all front matter as text."
    return Problem(one.place, what, "Delete the tag." if one.has_tag else "Put it in quotes.")


def _read_own(parts: FrontMatter, source: str) -> MarkedData:
    """Return the front matter of a page with all problems of its form."""
    own = read_marked_yaml(parts.text, source, parts.first_line)
    flaw = parts.flaw
    flaws = [Problem(Place(source, flaw.line, 1), flaw.what, flaw.fix)] if flaw else []
    found = (*no_mapping(own), *flaws)
    return replace(own, problems=(*own.problems, *found)) if found else own


def _find_meant_head(text: str, source: str, context: Context) -> Head | None:
    """Return front matter in a form that MkDocs does not read; None if the page has none.

    Keys in lines below a heading count only if they describe a book, because they may be text.
    """
    head = find_head(text)
    is_text = head and head.is_in_text and not describes_book(source, head.data, context)
    return None if is_text else head


@cache
def _no_flags() -> ReviewIn:
    """Return the flags of a page that sets none.

    They are made once, because most pages set none, and without validation, because building the
    schema takes 25 ms.
    """
    return ReviewIn.model_construct()


class _Reader:
    def __init__(
        self,
        source: str,
        document: MarkedData,
        context: Context,
        books: Mapping[str, BookFacts],
        own_keys: frozenset[str],
        problems: list[Problem],
    ) -> None:
        self.source = source
        self.data = empty_is_absent(document.mapping)
        self.marks = document.marks
        self.context = context
        self.books = books
        self.own_keys = own_keys
        self.problems = problems
        self.is_no_review = str(self.data.get("review")).lower() in NO
        self.bundles: list[Bundle] = []
        self.has_bare_rating = False
        if "book" in document.mapping and "book" not in self.data:
            self.report(("book",), "`book` is empty.", self.mend_empty_book())

    def read(self, body: str | None, *, is_seen: bool) -> WrittenPage:
        self.check_public_texts()
        review = self.read_review() if "book" in self.data else None
        thread = review.comments if review else self.read_thread()
        redirect_from = review.redirect_from if review else self.read_redirects()
        # `draft` is read here only if MkDocs does not read the front matter, or if the page was
        # meant as a review, because otherwise MkDocs' plugins act on it themselves.
        is_ours = ("book" not in self.data and self.check_misspelt_book()) or not is_seen
        names = ReviewIn.unsure if is_ours else {"spoilers"}
        if not review:
            self.check_misspelt_spoilers()
        flags = review or self.read_flags(names)
        return WrittenPage(
            self.source,
            body,
            review=review,
            thread=thread,
            draft=flags.draft,
            spoilers=flags.spoilers,
            redirect_from=redirect_from,
            marks=self.marks,
            problems=tuple(self.problems),
            bundles=tuple(self.bundles),
            has_bare_rating=self.has_bare_rating,
        )

    def may_be_unread(self) -> bool:
        """Return whether the page may be meant as a review, although it has no `book:`."""
        if "book" in self.data or self.is_no_review or find_misspelt_books(self.data):
            return False
        # Mistakes in the page's YAML must be fixed first, because they may hide its `book`.
        return all(problem.place.file != self.source for problem in self.problems)

    def read_unread(self, unread: Unread, body: str | None) -> WrittenPage:
        """Return a page that is meant as a review; `draft` and `spoilers` still hide it.

        The keys are reported in a single problem, because its fix replaces all of them.
        """
        self.data |= unread.flags
        self.check_public_texts()
        problems = (*self.problems, unread.problem)
        flags = self.read_flags(ReviewIn.unsure)
        return WrittenPage(
            self.source,
            body,
            thread=self.read_thread(),
            draft=flags.draft,
            spoilers=flags.spoilers,
            marks=self.marks,
            problems=problems,
        )

    def read_broken(self, body: str) -> WrittenPage:
        """Return a page whose front matter cannot be read; `draft` and `spoilers` still hide it."""
        problems = tuple(self.problems)
        flags = self.read_flags(ReviewIn.unsure)
        return WrittenPage(
            self.source,
            body,
            draft=flags.draft,
            spoilers=flags.spoilers,
            marks=self.marks,
            problems=problems,
        )

    def check_public_texts(self) -> None:
        """Report spoilers in texts that navigation, search and feeds show.

        A review's own keys are left out, because its schema checks them.
        """
        for key in sorted(PUBLIC_KEYS & self.data.keys()):
            value = self.data[key]
            if holds_spoiler(value) and not ("book" in self.data and key in REVIEW_KEYS):
                what = f"`{key}` must not hold a spoiler, but is {shown(value)}."
                self.report(
                    (key,), what, "Remove the spoiler, or write it in the text of the page."
                )

    def check_misspelt_book(self) -> bool:
        """Return whether `book` seems misspelt on a page with keys of a review, and report it."""
        misspelt = find_misspelt_books(self.data)
        for key in misspelt:
            self.report((key,), f"Unknown key `{key}`.", "Did you mean `book`?")
        return bool(misspelt)

    def check_misspelt_spoilers(self) -> None:
        """Report and obey a misspelt `spoilers` on a page that is not a review."""
        for key in find_misspelt_spoilers(self.data):
            self.report((key,), f"Unknown key {shown(key)}.", "Write `spoilers`.")
            self.data.setdefault("spoilers", self.data[key])

    def read_review(self) -> Review:
        reader = ReviewReader(
            self.source, self.data, self.marks, self.context, self.books, self.own_keys
        )
        review = reader.read()
        self.problems += reader.problems
        self.bundles += reader.bundles
        self.has_bare_rating = reader.has_bare_rating
        self.marks = reader.marks
        return review

    def read_flags(self, names: Collection[str]) -> ReviewIn:
        data = {key: value for key, value in self.data.items() if key in names}
        if not data:
            return _no_flags()
        found, problems = read_typed(ReviewIn, data, self.marks)
        self.problems += problems
        return found or ReviewIn()

    def read_thread(self) -> Thread | None:
        if "comments" not in self.data:
            return None
        data = {"comments": self.data["comments"]}
        found, problems = read_typed(_CommentsOnly, data, self.marks)
        self.problems += problems
        return found.comments.thread if found else None

    def read_redirects(self) -> tuple[str, ...]:
        if "redirect_from" not in self.data:
            return ()
        data = {"redirect_from": self.data["redirect_from"]}
        found, _, problems = keep_valid(_RedirectsOnly, data, self.marks)
        self.problems += problems
        return found.redirect_from if found else ()

    def mend_empty_book(self) -> str:
        return f"Write `book: {{title: {write_inline(name_page(self.source))}}}`."

    def report(self, path: Path, what: str, fix: str) -> None:
        self.problems.append(Problem(self.marks.place(path), what, fix))

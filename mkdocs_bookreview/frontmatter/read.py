"""Read the text of a page, and the review that it may be."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import partial

from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.books import BookFacts, find_facts
from mkdocs_bookreview.frontmatter.build import build_book, build_review, name_page
from mkdocs_bookreview.frontmatter.defaults import merge_defaults, read_flags
from mkdocs_bookreview.frontmatter.elsewhere.heads import find_head
from mkdocs_bookreview.frontmatter.elsewhere.recognise import Unread, describes_book, find_unread
from mkdocs_bookreview.frontmatter.fixes.facts import BOOK_KEYS, REVIEW_KEYS
from mkdocs_bookreview.frontmatter.fixes.page import PageFixes
from mkdocs_bookreview.frontmatter.fixes.snippets import write_inline
from mkdocs_bookreview.frontmatter.fixes.synonyms import SYNONYMS, is_account, plain
from mkdocs_bookreview.frontmatter.readings import check_published, check_readings
from mkdocs_bookreview.frontmatter.schema import (
    FOREIGN_KEYS,
    OLD_PATHS,
    PUBLIC_KEYS,
    BookIn,
    Comments,
    OldPaths,
    ReviewIn,
    build_own_schema,
    empty_is_absent,
)
from mkdocs_bookreview.frontmatter.several import (
    Bundle,
    find_bundles_of_book,
    find_bundles_of_review,
)
from mkdocs_bookreview.frontmatter.split import FrontMatter, split_front_matter
from mkdocs_bookreview.frontmatter.values import Context, holds_spoiler
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.invisible import BLANK
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import (
    Review,
    Thread,
)
from mkdocs_bookreview.settings.fixes import find_near
from mkdocs_bookreview.settings.marked_yaml import (
    MarkedData,
    Marks,
    Path,
    no_mapping,
    read_marked_yaml,
)
from mkdocs_bookreview.settings.schemas import Typed
from mkdocs_bookreview.settings.settings import RatingSettings
from mkdocs_bookreview.settings.typed import as_written, keep_valid, read_typed, shown

_NEVER_OF_BOOKS = REVIEW_KEYS - BOOK_KEYS
# `spoilr` is 0.86 like `spoilers` and surely a mistake. The limit is above `spoiled` (0.8) and
# `sponsors` (0.63), because these are words of their own.
_SURELY_MEANT = 0.85
_NEARLY_BOOK = 0.7
_NO = frozenset({"false", "no", "off"})
_PEOPLE = frozenset({"author", "authors"})
_POSTS = "/posts/"  # the folder of posts in Material's blog
_ONLY_REVIEWS_HAVE = frozenset({"rating", "read", "themes", "verdict", "spoilers", "quotes"})


class _CommentsOnly(Typed):
    comments: Comments


class _RedirectsOnly(Typed):
    redirect_from: OldPaths = OLD_PATHS


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """Describes a page as its author wrote it.

    `source` is its path below the docs folder. `body` is the page without front matter; None if
    MkDocs can cut that off itself. `review` is None on pages without a book, and `thread` is None
    on those of them without valid `comments`. `draft` keeps the page off the site, and `spoilers`
    hides all of its text. `redirect_from` lists former addresses. `marks` finds the line of a key.
    `problems` are those of this page, and `bundles` are further ones, unless a vocabulary lists
    their names.
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
    is_in_folder: Callable[[str], bool] = lambda _: False,
) -> WrittenPage:
    """Read a page; no text makes this function raise an exception.

    `defaults` are the contents of `.meta.yml` files by folder, `books` the entries of `books.yml`
    by key and ISBN, and `own_keys` the keys that the author has added to ours. `year` is the
    current one; None leaves dates in the future unreported. `is_in_folder` says of a source
    whether all pages there are meant as reviews.
    """
    parts = split_front_matter(text)
    head = None if parts else find_head(text)
    context = Context(rating, year)
    if head and head.is_in_text and not describes_book(source, head.data, context):
        head = None
    if not parts:
        own, parts = MarkedData({}, Marks(source)), FrontMatter("", text)
    else:
        own = read_marked_yaml(parts.text, source, parts.first_line)
    problems = [*own.problems, *no_mapping(own)]
    if parts.flaw:
        place = Place(source, parts.flaw.line, 1)
        problems.append(Problem(place, parts.flaw.what, parts.flaw.cure))
    is_broken = not isinstance(own.data, dict) and bool(problems)
    if is_broken:
        own = MarkedData(read_flags(parts.text), own.marks)
    merged = merge_defaults(source, own, defaults)
    problems += merged.problems
    reader = _Reader(source, merged, context, books, frozenset(own_keys), problems)
    if is_broken:
        return reader.read_broken(parts.body)
    if reader.may_be_unread():
        written, below = (head.data, head.body) if head else (own.mapping, parts.body)
        unread = find_unread(source, written, below, own.marks, context, is_in_folder(source), head)
        if unread:
            return reader.read_unread(unread, head.body if head else None)
    # MkDocs cuts off only mappings, so it would print front matter that has nothing but comments.
    is_mere_comment = own.data is None and bool(parts.text.strip())
    body = parts.body if parts.flaw or is_mere_comment else None
    return reader.read(body, is_seen=not parts.flaw)


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
        self.own_keys = own_keys - REVIEW_KEYS - BOOK_KEYS - {"book"}
        self.problems = problems
        self.is_no_review = str(self.data.get("review")).lower() in _NO
        self.bundles: list[Bundle] = []
        if "book" in document.mapping and "book" not in self.data:
            self.report(("book",), "`book` is empty.", self.mend_empty_book())
        self.fixes = PageFixes(
            self.data, name_page(source), context, self.own_keys, self.names_listed_book()
        )
        # Values of misspelt keys that would hide something, by the right key, because a typing
        # mistake must not publish what its author wanted to hide.
        self.meant: dict[str, object] = {}

    def read(self, body: str | None, *, is_seen: bool) -> WrittenPage:
        self.check_public_texts()
        review = self.read_review() if "book" in self.data else None
        thread = review.comments if review else self.read_thread()
        redirect_from = review.redirect_from if review else self.read_redirects()
        # Other plugins see what MkDocs sees, and act on `draft` themselves. So it is read here only
        # if MkDocs does not see it, or if the page was meant as a review.
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
        )

    def may_be_unread(self) -> bool:
        """Return whether the page can be meant as a review without having a book."""
        if "book" in self.data or self.is_no_review or self.find_misspelt_books():
            return False
        # A page with a mistake in its YAML is mended first.
        return all(problem.place.file != self.source for problem in self.problems)

    def read_unread(self, unread: Unread, body: str | None) -> WrittenPage:
        """Return a page that is meant as a review; its drafts and spoilers stay hidden.

        It has one problem only, because the lines to write mend all of its keys.
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
        """Return a page whose front matter cannot be read; its drafts and spoilers stay hidden."""
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
                self.report((key,), what, "Take it out, or write it in the page's text.")

    def read_flags(self, names: Collection[str]) -> ReviewIn:
        data = {key: value for key, value in self.data.items() if key in names}
        if not data:
            # Not validated, because to build this schema takes 25 ms, and most pages that are not
            # reviews have no such keys.
            return ReviewIn.model_construct()
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

    def check_misspelt_book(self) -> bool:
        """Return whether `book` seems misspelt on a page with keys of a review, and report it."""
        misspelt = self.find_misspelt_books()
        for key in misspelt:
            self.report((key,), f"Unknown key `{key}`.", "Did you mean `book`?")
        return bool(misspelt)

    def find_misspelt_books(self) -> list[str]:
        others = sorted(self.data.keys() - REVIEW_KEYS - FOREIGN_KEYS)
        return [key for key in others if find_near(key, ["book"]) and self.has_book(key)]

    def has_book(self, key: str) -> bool:
        """Return whether a key that is spelt nearly like `book` has a book for a value."""
        if plain(key) in SYNONYMS:
            return False
        value = self.data[key]
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict) and "title" in first:
            return True
        # Nearer than `bookmark` (0.67), because other programs have keys of that kind.
        is_near = find_near(key, ["book"], _NEARLY_BOOK) is not None
        return is_near and bool(_ONLY_REVIEWS_HAVE & self.data.keys())

    def check_misspelt_spoilers(self) -> None:
        """Report and obey a misspelt `spoilers` on a page that is not a review.

        Only a close misspelling counts, because a less similar key may belong to another plugin.
        """
        for key in sorted(self.data.keys() - FOREIGN_KEYS - {"spoilers"}):
            plain = re.sub(f"[{BLANK}]", "", key).lower()
            if get_close_matches(plain, ["spoilers"], cutoff=_SURELY_MEANT):
                what = f"Unknown key {shown(key)}."
                self.report((key,), what, "Write `spoilers`.")
                self.data.setdefault("spoilers", self.data[key])

    def read_review(self) -> Review:
        books = tuple(self.read_books())
        data = {key: value for key, value in self.data.items() if self.is_ours(key)}
        data = {**self.meant, **data, **read_post_dates(data.get("date"))}
        found, kept, problems = keep_valid(
            ReviewIn, data, self.marks, context=self.context, find_cure=self.fixes.find
        )
        self.problems += problems
        self.bundles += find_bundles_of_review(kept, self.marks)
        more = self.read_more()
        # Later checks ask for places as the schema names them, and an author may have written a
        # bare value where the schema has a list or a mapping.
        self.marks = Marks(self.marks.file, partial(_find_written, self.marks.find, kept))
        for fault in check_readings(found, books) if found else ():
            self.report(*fault)
        # If nothing can be kept, hide all of the page, because nobody knows what it should hide.
        return build_review(self.source, books, found or ReviewIn(spoilers=True), more)

    def read_more(self) -> dict[str, tuple[str, ...]]:
        data = {key: self.data[key] for key in self.own_keys & self.data.keys()}
        if not data:
            return {}
        found, problems = read_typed(build_own_schema(self.own_keys), data, self.marks)
        self.problems += problems
        texts = found.model_dump(by_alias=True) if found else {}
        return {key: value for key, value in texts.items() if value}

    def is_ours(self, key: str) -> bool:
        """Return whether the review's schema has the key; report it if nothing has it."""
        if key in REVIEW_KEYS:
            return True
        if key == "book" or key in self.own_keys:
            return False
        if self.is_foreign(key):
            return False
        if key in BOOK_KEYS:
            self.report((key,), f"`{key}` describes the book.", self.fixes.mend_misplaced(key))
            return False
        self.report((key,), f"Unknown key {shown(key)}.", self.fixes.mend_key(key))
        near = find_near(key, REVIEW_KEYS | BOOK_KEYS | self.own_keys)
        fact = self.fixes.meant.get(key)
        meant = fact.key[0] if fact else near
        if meant and meant in ReviewIn.unsure:
            self.meant[meant] = self.data[key]
        return False

    def is_foreign(self, key: str) -> bool:
        """Return whether a key belongs to a theme or a plugin.

        `author` does, unless the book has none: then it was surely meant for the book. Posts of
        Material's blog have `authors` of their own. `status` may be a word for a shelf.
        """
        if key not in FOREIGN_KEYS:
            return False
        if key == "status":
            return key not in self.fixes.meant
        is_of_post = key == "authors" and _POSTS in f"/{self.source}"
        is_of_post |= is_account(self.data[key])
        return key not in _PEOPLE or is_of_post or self.has_people()

    def has_people(self) -> bool:
        book = self.data["book"]
        books = book if isinstance(book, list) else [book]
        facts = [self.find_facts(one) for one in books]
        return any(_PEOPLE & one.keys() for one in facts)

    def read_books(self) -> Iterable[Book]:
        value = self.data["book"]
        if not isinstance(value, list):
            yield self.read_book(value, ("book",))
            return
        # An empty list still gives a book, because a review has at least one.
        for number, item in enumerate(value or [{}]):
            yield self.read_book(item, ("book", number))

    def read_book(self, value: object, path: Path) -> Book:
        facts = self.facts(value, path)
        marks = self.marks.below(path)
        for key in sorted(facts.keys() - BOOK_KEYS):
            near = find_near(key, REVIEW_KEYS | BOOK_KEYS)
            # `spoilers` and `draft` hide the page from here too, because their author meant them.
            if near and near in ReviewIn.unsure:
                self.meant[near] = facts[key]
            if key in _NEVER_OF_BOOKS:
                what = f"`book.{key}` describes the review."
                self.report((*path, key), what, "Move it out of `book:`, to the top.")
        facts = {key: value for key, value in facts.items() if key not in _NEVER_OF_BOOKS}
        found, kept, problems = keep_valid(
            BookIn, facts, marks, "book.", self.context, self.fixes.find
        )
        self.problems += problems
        # Facts of `books.yml` are reported there.
        own = kept.keys() & value.keys() if isinstance(value, dict) else ()
        written = {key: kept[key] for key in own}
        self.bundles += find_bundles_of_book(written, marks, "book.")
        book = found or BookIn.model_validate({**kept, "title": name_page(self.source)})
        built = build_book(self.source, book)
        for below, what, cure in check_published(built):
            self.report((*path, *below), what, cure)
        return built

    def facts(self, value: object, path: Path) -> BookFacts:
        """Return the facts of a book, with those in `books.yml` if it names an entry there.

        Text is the key or ISBN of an entry. A mapping names an entry by its `id`, or else by its
        `isbn`, and its own facts override those of the entry.
        """
        if isinstance(value, str) and not find_facts(value, self.books):
            what = f"`book` names {shown(value)}, which is not in `{BOOKS_FILE}`."
            near = find_near(value, self.books)
            book = self.fixes.describe_text_book(value)
            cure = f"Did you mean `{near}`?" if near else f"Write `book: {book}`."
            self.report(path, what, cure)
        return self.find_facts(value)

    def find_facts(self, value: object) -> BookFacts:
        if isinstance(value, str):
            return find_facts(value, self.books) or {"title": value}
        local = empty_is_absent(value) if isinstance(value, dict) else {}
        name = local.get("id") or local.get("isbn")
        known = find_facts(name, self.books) if isinstance(name, str) else None
        return {**known, **local} if known else local

    def names_listed_book(self) -> bool:
        book = self.data.get("book")
        return isinstance(book, str) and bool(find_facts(book, self.books))

    def mend_empty_book(self) -> str:
        return f"Write `book: {{title: {write_inline(name_page(self.source))}}}`."

    def report(self, path: Path, what: str, cure: str) -> None:
        self.problems.append(Problem(self.marks.place(path), what, cure))


def _find_written(
    find: Callable[[Path], Place | None], data: Mapping[str, object], path: Path
) -> Place | None:
    return find(as_written(data, path))


def read_post_dates(value: object) -> dict[str, object]:
    """Return `date` and `updated` from the mapping of dates that posts of Material's blog may have.

    https://squidfunk.github.io/mkdocs-material/plugins/blog/#meta.date
    """
    if not isinstance(value, dict) or "created" not in value:
        return {}
    dates = {"date": value["created"], "updated": value.get("updated")}
    return {key: date for key, date in dates.items() if date is not None}

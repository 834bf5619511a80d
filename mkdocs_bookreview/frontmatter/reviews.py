"""Read a page with `book:` as a review."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from mkdocs_bookreview.frontmatter.aspects import check_aspects
from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.frontmatter.books import BookFacts, find_facts
from mkdocs_bookreview.frontmatter.build import build_book, build_review, name_page
from mkdocs_bookreview.frontmatter.fixes.facts import BOOK_KEYS, REVIEW_KEYS
from mkdocs_bookreview.frontmatter.fixes.page import PageFixes
from mkdocs_bookreview.frontmatter.fixes.snippets import write_inline
from mkdocs_bookreview.frontmatter.fixes.synonyms import is_account
from mkdocs_bookreview.frontmatter.links import check_links
from mkdocs_bookreview.frontmatter.posts import is_post, read_post_dates
from mkdocs_bookreview.frontmatter.readings import check_published, check_readings
from mkdocs_bookreview.frontmatter.schema import (
    FOREIGN_KEYS,
    BookIn,
    ReviewIn,
    build_own_schema,
    empty_is_absent,
)
from mkdocs_bookreview.frontmatter.several import (
    Bundle,
    find_bundles_of_book,
    find_bundles_of_review,
)
from mkdocs_bookreview.frontmatter.values import Context, is_bare
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.fixes import find_near
from mkdocs_bookreview.settings.marked_yaml import Marks, Path
from mkdocs_bookreview.settings.typed import as_written, keep_valid, read_typed, shown

_NEVER_OF_BOOKS = REVIEW_KEYS - BOOK_KEYS
_PEOPLE = frozenset({"author", "authors"})


class ReviewReader:
    """Reads the review of one page.

    `data` is its front matter without empty keys, and must have `book`. `books` are the entries of
    `books.yml` by key and ISBN, and `own_keys` the keys that the author has added to ours.
    `problems` has the problems found so far, and `bundles` the texts that seem to hold several
    names. After reading, `marks` finds the line of a key by its path in the schema, and
    `has_bare_rating` is True if the rating is a number without a scale.
    """

    def __init__(
        self,
        source: str,
        data: Mapping[str, object],
        marks: Marks,
        context: Context,
        books: Mapping[str, BookFacts],
        own_keys: frozenset[str],
    ) -> None:
        self.source = source
        self.data = data
        self.marks = marks
        self.context = context
        self.books = books
        self.own_keys = own_keys - REVIEW_KEYS - BOOK_KEYS - {"book"}
        self.problems: list[Problem] = []
        self.bundles: list[Bundle] = []
        self.fixes = PageFixes(data, source, context, self.own_keys, self.names_listed_book())
        # If an author misspelt `spoilers` or `draft`, this has the value by the right key. It
        # counts, because a typing mistake must not publish text that its author wanted to hide.
        self.meant: dict[str, object] = {}
        self.has_bare_rating = False

    def read(self) -> Review:
        books = tuple(self.read_books())
        data = {key: value for key, value in self.data.items() if self.is_ours(key)}
        data = {**self.meant, **data, **read_post_dates(data.get("date"))}
        found, kept, problems = keep_valid(
            ReviewIn, data, self.marks, context=self.context, find_own_fix=self.fixes.find
        )
        self.problems += problems
        self.bundles += find_bundles_of_review(kept, self.marks)
        more = self.read_more()
        # The marks are replaced, because later checks ask for paths as in the schema, but an author
        # may have written a bare value instead of a list or a mapping.
        self.marks = Marks(self.marks.file, partial(_find_written, self.marks.find, kept))
        aspects = self.context.rating.aspects
        for fault in (
            (*check_readings(found, books), *check_aspects(found, aspects)) if found else ()
        ):
            self.report(*fault)
        if found and found.date and found.updated and found.updated.is_before(found.date):
            self.report_updated(found.date, found.updated)
            found = found.model_copy(update={"updated": None})
        self.has_bare_rating = bool(found and found.rating) and is_bare(kept.get("rating"))
        # If no value is valid, hide the whole page, because nobody knows what it should hide.
        return build_review(self.source, books, found or ReviewIn(spoilers=True), more, aspects)

    def report_updated(self, published: PartialDate, updated: PartialDate) -> None:
        """Report that a review was updated before it was published."""
        is_of_post = "updated" not in self.data
        path, key = (("date", "updated"), "created") if is_of_post else (("updated",), "date")
        what = f"`{'.'.join(path)}` is `{updated}`, which is before `{key}: {published}`."
        self.report(path, what, "Check which of the two dates is wrong.")

    def read_more(self) -> dict[str, tuple[str, ...]]:
        data = {key: self.data[key] for key in self.own_keys & self.data.keys()}
        if not data:
            return {}
        found, problems = read_typed(build_own_schema(self.own_keys), data, self.marks)
        self.problems += problems
        texts = found.model_dump(by_alias=True) if found else {}
        return {key: value for key, value in texts.items() if value}

    def is_ours(self, key: str) -> bool:
        """Return whether the schema of a review has the key; report unknown and misplaced keys."""
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

        `author` and `authors` do, unless the book has no author, because then they were surely
        meant for the book. A login name, and `authors` in a post of Material's blog, never mean the
        author of the book. `status` is not foreign if its value is a state such as `to-read`.
        """
        if key not in FOREIGN_KEYS:
            return False
        if key == "status":
            return key not in self.fixes.meant
        is_of_post = key == "authors" and is_post(self.source)
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
            # `spoilers` and `draft` hide the page even below `book:`, because the author meant to
            # hide it.
            if near and near in ReviewIn.unsure:
                self.meant[near] = facts[key]
            if key in _NEVER_OF_BOOKS:
                what = f"`book.{key}` describes the review."
                self.report((*path, key), what, _suggest_place(key))
        facts = {key: value for key, value in facts.items() if key not in _NEVER_OF_BOOKS}
        found, kept, problems = keep_valid(
            BookIn, facts, marks, "book.", self.context, self.fixes.find
        )
        self.problems += problems
        # Only the page's own facts are reported here, because those of `books.yml` are reported
        # with their file.
        own = kept.keys() & value.keys() if isinstance(value, dict) else ()
        written = {key: kept[key] for key in own}
        self.bundles += find_bundles_of_book(written, marks, "book.")
        if found and "links" in own:
            for below, what, fix in check_links(found, "book.", self.context.links):
                self.report((*path, *below), what, fix)
        book = found or BookIn.model_validate({**kept, "title": name_page(self.source)})
        built = build_book(self.source, book)
        for below, what, fix in check_published(built):
            self.report((*path, *below), what, fix)
        return built

    def facts(self, value: object, path: Path) -> BookFacts:
        """Return the facts of a book, with those of the entry in `books.yml` that it names.

        Text is the key or ISBN of an entry, and any other text is reported. A mapping names an
        entry by its `id`, or else by its `isbn`, and its own facts override those of the entry.
        """
        if isinstance(value, str) and not find_facts(value, self.books):
            *_, number = path
            item = f"[{number + 1}]" if isinstance(number, int) else ""
            what = f"`book{item}` names {shown(value)}, which is not in `{BOOKS_FILE}`."
            near = find_near(value, self.books)
            # In a list the fix has no top-level facts, because they may describe another book.
            alone = write_inline({"title": value})
            book = alone if item else f"book: {self.fixes.describe_text_book(value)}"
            self.report(path, what, f"Did you mean `{near}`?" if near else f"Write `{book}`.")
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

    def report(self, path: Path, what: str, fix: str) -> None:
        self.problems.append(Problem(self.marks.place(path), what, fix))


def _suggest_place(key: str) -> str:
    """Return the fix for a key of the review that is below `book:`."""
    if key == "description":
        fix = "If it is the publisher's text, name it `blurb`."
        return f"{fix} If it is your own text, move it out of `book:`, to the top."
    return "Move it out of `book:`, to the top."


def _find_written(
    find: Callable[[Path], Place | None], data: Mapping[str, object], path: Path
) -> Place | None:
    return find(as_written(data, path))

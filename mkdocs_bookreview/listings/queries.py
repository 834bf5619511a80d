"""Finds the reviews that a block in a page's text shows, and reports mistakes in the block."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from types import MappingProxyType

from mkdocs_bookreview.listings.block_checks import (
    check_bare,
    check_end,
    check_line,
    check_no_options,
    find_text,
    locate,
    read_limit,
)
from mkdocs_bookreview.listings.block_options import (
    BlockOptions,
    build_schema,
    name_keys,
    suggest_picked,
)
from mkdocs_bookreview.listings.blocks import BOOK, COMMENTS, RATINGS, WrittenBlock
from mkdocs_bookreview.listings.taxonomies import (
    KINDS,
    find_choice_title,
    find_kind,
    group_reviews,
    sort_by_place,
)
from mkdocs_bookreview.model.library import Library, sort_reviews
from mkdocs_bookreview.model.names import fold, fold_path
from mkdocs_bookreview.model.problem import Finding, Problem
from mkdocs_bookreview.model.review import Review, Status
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term
from mkdocs_bookreview.settings.fixes import find_near
from mkdocs_bookreview.settings.marked_yaml import MarkedData, no_mapping, read_marked_yaml
from mkdocs_bookreview.settings.pages import Layout, Sort
from mkdocs_bookreview.settings.settings import THEMES, Settings
from mkdocs_bookreview.settings.typed import as_written, keep_valid
from mkdocs_bookreview.words.language import Words

Choice = tuple[str, tuple[tuple[Term, tuple[Review, ...]], ...]]  # title, terms with their reviews
Asked = tuple[tuple[str, str], ...]  # names of taxonomies and slugs of terms

NO_NOTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Block:
    """Describes the content of a block: its reviews, and the form in which it shows them.

    `notes` has the author's notes on picked books, by the source of their review. `is_shelf` is
    True if all reviews are on one shelf, which the block names. `author` is the name of the only
    author that the block names, or empty. `series` is the only series that the block names, with
    the taxonomy of all series; it is None if the block names no series or several.
    """

    layout: Layout
    reviews: tuple[Review, ...]
    notes: Mapping[str, str] = field(default_factory=lambda: NO_NOTES)
    is_shelf: bool = False
    author: str = ""
    series: tuple[Term, Taxonomy] | None = None


class Queries:
    """Finds what blocks show.

    Blocks can name terms of all taxonomies except for ratings and shelves, even of taxonomies that
    have no pages on this site.
    """

    def __init__(
        self,
        library: Library,
        taxonomies: Mapping[str, Taxonomy],
        settings: Settings,
        words: Words,
    ) -> None:
        self._library = library
        self._taxonomies = taxonomies
        self._words = words
        self._settings = settings
        names = {*KINDS, *settings.grouped_by} - {"ratings", "shelves"}
        self._names = name_keys(names)
        self._schema = build_schema(self._names)
        self._by_name: dict[str, Review] = {}
        self._by_spelling: dict[str, Review] = {}
        for review in (*library.reviews, *library.waiting):
            self._by_name.setdefault(review.source, review)
            for book in review.books:
                self._by_name.setdefault(book.key, review)
                self._by_spelling.setdefault(fold(book.key), review)
            self._by_spelling.setdefault(fold_path(review.source), review)
        # Results are cached, because many pages may have the same block.
        self._find_sorted = cache(self._sort_found)
        self._group = cache(lambda name: group_reviews(name, library.reviews, words))

    def list_choices(self) -> dict[str, Choice]:
        """Return the choices for filters: the title and the terms of each taxonomy, by its key.

        Formats are always included, even if they have no pages.
        """
        keys = {name: key for key, name in self._names.items()}
        found: dict[str, Choice] = {}
        for name in dict.fromkeys((*self._settings.grouped_by, "formats")):
            if name in keys:
                taxonomy = self._taxonomy(name)
                terms = [(term, taxonomy.list_reviews(term)) for term in taxonomy.terms]
                ordered = reversed(terms) if find_kind(name).sort == "-name" else terms
                title = find_choice_title(name, self._settings, self._words)
                found[keys[name]] = (title, tuple(one for one in ordered if one[1]))
        return found

    def check(self, blocks: Iterable[WrittenBlock], source: str) -> Iterator[Finding]:
        """Report the mistakes in the blocks of a page."""
        before: list[str] = []
        for written in blocks:
            for finding in self._check(written, source):
                text = finding.source_line_text or ""
                yield replace(finding, nth=1 + sum(one.startswith(text) for one in before))
            before.append(find_text(written))

    def _check(self, written: WrittenBlock, source: str) -> Iterable[Finding]:
        if written.name == COMMENTS:
            return read_limit(written)[1]
        if written.name == RATINGS:
            return check_bare(written)
        return self.answer(written, source)[1]

    def answer(self, written: WrittenBlock, source: str) -> tuple[Block, list[Finding]]:
        """Return the content of the block in the page at `source`, and the mistakes in the block.

        The page itself is left out of the list, unless the author picked it by hand.
        """
        if written.name == BOOK:
            return self._find_book(written)
        document = read_marked_yaml(written.options, "")
        found, valid, problems = keep_valid(
            self._schema, document.mapping, document.marks, find_own_fix=suggest_picked
        )
        options = found or self._schema()
        terms, unknown = self._find_terms(options, document)
        problems += (*document.problems, *no_mapping(document, "theme: Memory"), *unknown)
        if "books" in document.mapping:
            block, wrong = self._show_picked(options, valid, document)
            problems += wrong
        else:
            block = self._show_found(options, terms, source)
        findings = [*check_line(written), *(locate(written, problem) for problem in problems)]
        return block, findings

    def _show_found(self, options: BlockOptions, terms: Asked, source: str) -> Block:
        """Return a block of the reviews that have all terms, without the review at `source`."""
        reviews = self._find_sorted(options.shelf, options.sort, terms)
        shown = islice((one for one in reviews if one.source != source), options.limit)
        author = self._find_only("authors", terms)
        series = self._find_only("series", terms)
        return Block(
            options.layout,
            tuple(shown),
            is_shelf=options.shelf is not None,
            author=author.name if author else "",
            series=(series, self._taxonomy("series")) if series else None,
        )

    def _show_picked(
        self, options: BlockOptions, valid: Mapping[str, object], document: MarkedData
    ) -> tuple[Block, list[Problem]]:
        """Return the books that the author picked, and the problems with them.

        `valid` has the valid options of `document`.
        """
        picked: dict[str, tuple[Review, str]] = {}
        problems = list(self._check_beside_books(document))
        if not document.mapping["books"]:
            fix = "Write keys of books, such as `books: [emma]`, or leave `books` out."
            problems.append(Problem(document.marks.place(("books",)), "`books` is empty.", fix))
        for number, one in enumerate(options.books):
            place = document.marks.place(as_written(valid, ("books", number, "book")))
            review = self._find_review(one.book)
            if not review:
                problems.append(Problem(place, *self._describe_unknown_book("books", one.book)))
            elif review.source in picked:
                what = f"`books` names `{one.book}`, whose review is in the list already."
                problems.append(Problem(place, what, "Name this book only once."))
            else:
                picked[review.source] = review, one.note or ""
        reviews = tuple(review for review, _ in picked.values())
        if options.sort:
            reviews = sort_reviews(reviews, options.sort, self._words.language)
        notes = {source: note for source, (_, note) in picked.items()}
        return Block(options.layout, reviews[: options.limit], notes), problems

    def _check_beside_books(self, document: MarkedData) -> Iterator[Problem]:
        """Report options that select books, because they do nothing beside books picked by hand."""
        for key in ("shelf", *self._names):
            if key in document.mapping:
                what = f"`{key}` has no effect, because `books` names each book of the list."
                yield Problem(document.marks.place((key,)), what, f"Leave out `{key}` or `books`.")

    def _find_book(self, written: WrittenBlock) -> tuple[Block, list[Finding]]:
        name = written.argument
        review = self._find_review(name)
        findings = [*check_end(written), *check_no_options(written)]
        if not name:
            fix = "Write the key of a book: `/// book | emma`."
            findings.append(Finding("`/// book` names no book.", fix, written.line))
        elif not review:
            findings.append(Finding(*self._describe_unknown_book("/// book", name), written.line))
        return Block("cards", (review,) if review else ()), findings

    def _describe_unknown_book(self, where: str, name: str) -> tuple[str, str]:
        """Return what is wrong with the name of a book, and the fix."""
        books = (book for review in self._by_name.values() for book in review.books)
        titled = (book.key for book in books if fold(book.title) == fold(name))
        near = next(titled, None) or find_near(name, self._by_name)
        fix = f"Did you mean `{near}`?" if near else "Write the key of a book with a review."
        return f"`{where}` names `{name}`, which has no review on this site.", fix

    def _find_review(self, name: str) -> Review | None:
        """Return the review whose file or book key is `name`, even if it is spelt differently."""
        if not name or name in self._by_name:
            return self._by_name.get(name)
        return self._by_spelling.get(fold_path(name)) or self._by_spelling.get(fold(name))

    def _find_terms(
        self, options: BlockOptions, document: MarkedData
    ) -> tuple[Asked, list[Problem]]:
        """Return the terms of the options, and problems. The slug of an unknown term is empty."""
        asked = options.model_dump(by_alias=True)
        terms: list[tuple[str, str]] = []
        problems: list[Problem] = []
        for key, name in self._names.items():
            for number, value in enumerate(asked[key]):
                term = self._find_term(name, value)
                terms.append((name, term.slug if term else ""))
                if not term:
                    place = document.marks.place((key, number))
                    problems.append(Problem(place, *self._describe_unknown(key, value)))
        return tuple(terms), problems

    def _find_term(self, name: str, value: str) -> Term | None:
        taxonomy = self._taxonomy(name)
        if value == find_kind(name).rest:
            return taxonomy.find("", value)
        # A block may also name a language by its code, because front matter does.
        if name == "languages":
            return taxonomy.find(value) or taxonomy.find(self._words.language_name(value))
        return taxonomy.find(value)

    def _sort_found(
        self, shelf: Status | None, sort: Sort | None, asked: Asked
    ) -> tuple[Review, ...]:
        """Return the reviews that have all terms; none if a term is unknown."""
        reviews = self._library.on_shelf(shelf) if shelf else self._library.reviews
        for name, slug in asked:
            taxonomy = self._taxonomy(name)
            found = (taxonomy.list_reviews(one) for one in taxonomy.terms if one.slug == slug)
            having = {review.source for review in next(found, ())}
            reviews = tuple(one for one in reviews if one.source in having)
        ordered = sort_reviews(reviews, sort or self._settings.reviews.sort, self._words.language)
        series = None if sort else self._find_only("series", asked)
        return sort_by_place(ordered, series) if series else ordered

    def _find_only(self, name: str, asked: Asked) -> Term | None:
        """Return the term of this taxonomy if a block names exactly one, otherwise None."""
        slugs = [slug for taxonomy, slug in asked if taxonomy == name]
        if len(slugs) != 1:
            return None
        return next((term for term in self._taxonomy(name).terms if term.slug == slugs[0]), None)

    def _taxonomy(self, name: str) -> Taxonomy:
        return self._taxonomies.get(name) or self._group(name)

    def _describe_unknown(self, key: str, value: str) -> tuple[str, str]:
        """Return what is wrong with an unknown term, and the fix."""
        if self._names[key] == THEMES and self._is_hidden(value):
            what = f"`{key}` is `{value}`, but reviews hide this theme as a spoiler."
            return what, "Name a theme that reviews show openly."
        names = {term.name for term in self._taxonomy(self._names[key]).terms}
        near = find_near(value, names)
        fix = f"Did you mean `{near}`?" if near else "Write it as in your reviews."
        return f"`{key}` is `{value}`, but no review has this value.", fix

    def _is_hidden(self, value: str) -> bool:
        themes = (theme for review in self._library.reviews for theme in review.themes)
        identify = self._taxonomy(THEMES).vocabulary.identify
        return identify(value) in {identify(theme.name) for theme in themes if theme.spoiler}

"""From a block in a page's text to the reviews that it shows, and what is wrong in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model

from mkdocs_bookreview.listings.blocks import BOOK, Written, find_written
from mkdocs_bookreview.listings.taxonomies import KINDS, find_kind, find_title, list_mentions
from mkdocs_bookreview.model.library import Library, sort_reviews
from mkdocs_bookreview.model.problem import Finding, Problem
from mkdocs_bookreview.model.review import Review, Status
from mkdocs_bookreview.model.taxonomy import Taxonomy, Term, group
from mkdocs_bookreview.settings.marked_yaml import MarkedData, no_mapping, read_marked_yaml
from mkdocs_bookreview.settings.settings import Settings, Sort
from mkdocs_bookreview.settings.typed import Typed, as_list, find_near, read_typed
from mkdocs_bookreview.words.language import Words

Layout = Literal["cards", "list", "table", "covers"]
Names = Annotated[tuple[str, ...], BeforeValidator(as_list)]

# What a block calls one term of a taxonomy; others have the name of their key in front matter.
_SINGULAR = {name: name if name == "series" else name.removesuffix("s") for name in KINDS}


class Options(Typed):
    """Of `/// reviews`, beside the names of taxonomies."""

    shelf: Status | None = Field(None, examples=["to-read"])
    sort: Sort | None = Field(None, examples=["-date"])
    limit: int | None = Field(None, ge=1, examples=[3])
    layout: Layout = Field("cards", examples=["list"])


class _NoOptions(Typed):
    """Of `/// book | key`."""


def _build_schema(keys: Iterable[str]) -> type[Options]:
    """The author may have called a taxonomy by any name."""
    fields: Any = {
        f"key_{number}": (Names, Field((), alias=key, examples=["[one, two]"]))
        for number, key in enumerate(keys)
    }
    return create_model("Options", __base__=Options, **fields)


@dataclass(frozen=True, slots=True)
class Block:
    layout: Layout
    reviews: tuple[Review, ...]


class Queries:
    """Answers blocks, by all that reviews can be grouped by, with pages or without."""

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
        self._sort = settings.reviews.sort
        names = {*KINDS, *settings.grouped_by} - {"ratings", "shelves"}
        keys = {_SINGULAR.get(name, name): name for name in sorted(names)}
        self._names = {key: keys[key] for key in keys if key not in Options.model_fields}
        self._schema = _build_schema(self._names)
        self._by_name: dict[str, Review] = {}
        for review in (*library.reviews, *library.waiting):
            for name in (review.source, *(book.key for book in review.books)):
                self._by_name.setdefault(name, review)
        # Many pages may have the same block.
        self._sorted = cache(lambda by: sort_reviews(library.reviews, by))
        self._group = cache(lambda name: group(list_mentions(name, library.reviews, words)))

    def list_choices(self) -> dict[str, tuple[str, tuple[Term, ...]]]:
        """Titles and terms by which readers choose, whether the terms have pages or not."""
        keys = {name: key for key, name in self._names.items()}
        found: dict[str, tuple[str, tuple[Term, ...]]] = {}
        for name in dict.fromkeys((*self._settings.grouped_by, "formats")):
            if name in keys:
                terms = self._taxonomy(name).terms
                ordered = terms[::-1] if find_kind(name).sort == "-name" else terms
                title = find_title(name, self._settings, self._words)
                found[keys[name]] = (title, ordered)
        return found

    def answer(self, written: Written, source: str) -> tuple[Block, list[Finding]]:
        """What the block shows in the page at `source`, which does not list itself."""
        document = read_marked_yaml(written.options, "")
        findings = [*_check_end(written), *_find_all(written, document.problems)]
        answer = self._find_book if written.name == BOOK else self._find_reviews
        block, found = answer(written, document, source)
        return block, [*findings, *found]

    def check(self, html: str, sealed: Iterable[str], source: str) -> Iterator[Finding]:
        """What is wrong in the blocks of a page; `sealed` are its spoilers."""
        lines: list[str] = []
        for written in find_written(html):
            _, findings = self.answer(written, source)
            for finding in findings:
                text = finding.source_line_text or ""
                yield replace(finding, nth=1 + sum(text in line for line in lines))
            lines += (written.line, *written.options.splitlines())
        for written in (one for text in sealed for one in find_written(text)):
            what = f"A block `/// {written.name}` stands in a spoiler, where nothing can be listed."
            yield Finding(what, "Put it outside.", written.line)

    def _find_book(
        self, written: Written, document: MarkedData, _: str
    ) -> tuple[Block, list[Finding]]:
        __, problems = read_typed(_NoOptions, document.mapping, document.marks)
        findings = [*_find_all(written, problems)]
        review = self._by_name.get(written.argument)
        if not review:
            findings.append(self._tell_unknown_book(written))
        return Block("cards", (review,) if review else ()), findings

    def _tell_unknown_book(self, written: Written) -> Finding:
        name = written.argument
        if not name:
            cure = "Write the key of one: `/// book | emma`."
            return Finding("`/// book` names no book.", cure, written.line)
        near = find_near(name, self._by_name)
        cure = f"Did you mean `{near}`?" if near else "Write the key of a book reviewed here."
        what = f"`/// book` names `{name}`, of which there is no review here."
        return Finding(what, cure, written.line)

    def _find_reviews(
        self, written: Written, document: MarkedData, source: str
    ) -> tuple[Block, list[Finding]]:
        problems = no_mapping(document, "theme: Memory")
        found, wrong = read_typed(self._schema, document.mapping, document.marks)
        options = found or self._schema()
        asked = options.model_dump(by_alias=True)
        findings = list(_find_all(written, [*problems, *wrong]))
        terms = {
            (key, value): self._taxonomy(name).find(value)
            for key, name in self._names.items()
            for value in asked[key]
        }
        findings += (self._tell_unknown(*named) for named, term in terms.items() if not term)
        reviews = self._find_sorted(options.shelf, options.sort, terms.values())
        shown = (one for one in reviews if one.source != source)
        return Block(options.layout, tuple(islice(shown, options.limit))), findings

    def _find_sorted(
        self, shelf: Status | None, sort: Sort | None, terms: Collection[Term | None]
    ) -> Iterable[Review]:
        """Those that have all terms; none where one is not known."""
        if not shelf and not terms:
            return self._sorted(sort or self._sort)
        reviews = self._library.on_shelf(shelf) if shelf else ()
        if terms:
            having = [{one.source: one for one in term.reviews} if term else {} for term in terms]
            rarest = min(having, key=len).values()
            common = (one for one in rarest if all(one.source in others for others in having))
            reviews = tuple(one for one in common if not shelf or one.status is shelf)
        return sort_reviews(reviews, sort or self._sort)

    def _taxonomy(self, name: str) -> Taxonomy:
        return self._taxonomies.get(name) or self._group(name)

    def _tell_unknown(self, key: str, value: str) -> Finding:
        what = f"`{key}` is `{value}`, which no review here has."
        names = {term.name for term in self._taxonomy(self._names[key]).terms}
        near = find_near(value, names)
        cure = f"Did you mean `{near}`?" if near else "Write a name as reviews have it."
        return Finding(what, cure, value)


def _check_end(written: Written) -> Iterator[Finding]:
    if not written.is_closed:
        yield Finding(
            f"The block `/// {written.name}` has no end.",
            "Write a line `///` after its options; a block around others needs more slashes.",
            written.line,
        )


def _find_all(written: Written, problems: Iterable[Problem]) -> Iterator[Finding]:
    """Places of problems are lines of the options."""
    lines = written.options.splitlines()
    for problem in problems:
        number = problem.place.line or 0
        line = lines[number - 1].strip() if 0 < number <= len(lines) else written.line
        yield Finding(problem.what, problem.cure, line)

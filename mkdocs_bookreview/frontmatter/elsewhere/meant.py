"""Rewrite the keys of a page as the front matter of a review, for the fix in a message."""

import re
from collections.abc import Mapping, Sequence

from mkdocs_bookreview.frontmatter.build import name_page
from mkdocs_bookreview.frontmatter.elsewhere.signs import DESCRIBING, is_about_book
from mkdocs_bookreview.frontmatter.elsewhere.stated import Stated, list_stated
from mkdocs_bookreview.frontmatter.fixes.facts import REVIEW_KEYS, Fact, Key, join, settle
from mkdocs_bookreview.frontmatter.fixes.snippets import write_inline
from mkdocs_bookreview.frontmatter.fixes.synonyms import plain
from mkdocs_bookreview.frontmatter.schema import FOREIGN_KEYS
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.settings.open_text import holds_spoiler

# These keys stay outside of `book:`, because themes, plugins or MkDocs read them there.
_STAY = FOREIGN_KEYS | REVIEW_KEYS
_FLAGS = frozenset({("draft",), ("spoilers",)})
_HEADING = re.compile(r"^#[ \t]+(?P<text>.+?)[ \t#]*$", re.MULTILINE)
_REVIEW = re.compile(
    r"^(?:book\s+)?review(?:\s*[:–—]|\s+of)\s+(?=\S)"
    r"|(?<=\S)(?:\s+[-–—|]\s+|:\s+|\s+\()(?:a\s+)?(?:book\s+)?review\)?$",
    re.IGNORECASE,
)
_BEFORE_NAMES = re.compile(
    r"(?<=\S)(?:\s+[-–—|]\s+|:\s+|,?\s+(?:by|de|di|par|por|von):?\s+|\s+\((?:by\s+)?)",
    re.IGNORECASE,
)
_AFTER_NAMES = re.compile(r"(?:\s+[-–—|]|:)\s+(?=\S)")
_LONGEST = 300  # characters of a value that is repeated in a message


class MeantReview:
    """Holds the values in a page's front matter, and rewrites them as those of a review."""

    def __init__(self, source: str, data: Mapping[str, object], body: str, context: object) -> None:
        self.data = data
        self.context = context
        self.title = _find_title(source, body)
        self.source = source
        self.stated = list_stated(data)

    @property
    def describing(self) -> list[str]:
        """Return the top-level keys that describe the book, in the order of the page."""
        likely = (one.top for one in self.stated if plain(one.name) in DESCRIBING)
        return list(dict.fromkeys(likely))

    def describes_book(self) -> bool:
        """Return whether the page is probably about a book, by its keys."""
        keys = {plain(one.name) for one in self.stated}
        return is_about_book(keys, self.source, self.data)

    @property
    def flags(self) -> dict[str, object]:
        """Return `draft` and `spoilers`, which hide a page even if it is not read as a review."""
        facts = [one.fact for one in self.stated if one.fact]
        return {fact.key[0]: fact.value for fact in facts if fact.key in _FLAGS}

    def write(self) -> tuple[dict[str, object], list[str]]:
        """Return the front matter to write, and the top-level keys that it replaces."""
        taken = self.take()
        kept = [one for one in self.stated if not one.fact or one.fact.key not in taken]
        stay = {one.top for one in kept if one.top == one.name and _stays(one)}
        names = list(dict.fromkeys(one.top for one in self.stated if one.top not in stay))
        raised = {one.name: one.value for one in kept if self.is_raised(one)}
        own = {one.name: one.value for one in kept if one.top not in stay}
        own = {name: value for name, value in own.items() if name not in raised}
        extra = self.data.get("extra")
        if own and "extra" not in names and extra is not None:
            there = extra if isinstance(extra, dict) else {"extra": extra}
            own, names = {**there, **own}, [*names, "extra"]
        review = {key[0]: value for key, value in taken.items() if len(key) == 1}
        written = {"book": self.write_book(taken), **review, **raised}
        return {**written, **({"extra": own} if own else {})}, names

    def write_book(self, taken: Mapping[Key, object]) -> dict[str, object]:
        """Return the value of `book:`, made from the facts in `taken` that describe the book."""
        book: dict[str, object] = {"title": self.title}
        book |= {key[1]: value for key, value in taken.items() if len(key) > 1}
        people = [*_list_names(book.get("author", [])), *_list_names(book.get("authors", []))]
        book["title"] = take_off_byline(book["title"], people)
        # Notes in Obsidian often have both keys with the same people, who would be listed twice.
        if {"author", "authors"} <= book.keys() and _is_same(book["author"], book["authors"]):
            del book["authors"]
        return _sort(book)

    def is_raised(self, one: Stated) -> bool:
        """Return whether a value in the mapping `taxonomies` belongs at the top level: `tags`."""
        is_listed = plain(one.top) == "taxonomies" and one.name in FOREIGN_KEYS
        return is_listed and one.name not in self.data

    def write_whole(self) -> dict[str, object]:
        """Return the whole new front matter, including the keys that other plugins read."""
        data = {key: value for key, value in self.data.items() if value is not None}
        if isinstance(data.get("book"), (dict, list)):
            return data
        written, names = self.write()
        return {**written, **{key: data[key] for key in data if key not in {*names, *written}}}

    def take(self) -> dict[Key, object]:
        """Return the valid facts that are short enough to appear in a message."""
        facts = join(one.fact for one in self.stated if one.fact)
        settled = (settle(Fact(key, value), self.context) for key, value in facts.items())
        return {
            fact.key: fact.value
            for fact in settled
            if fact and len(write_inline(fact.value)) <= _LONGEST
        }


def take_off_byline(title: object, people: Sequence[object]) -> object:
    """Return a title without `Review` and the author: `Review: Emma – Jane Austen` gives `Emma`.

    Words beside a dash are removed only if they name the `people`, because titles have dashes too.
    """
    if not isinstance(title, str):
        return title
    title = _REVIEW.sub("", title)
    names = [name for name in people if isinstance(name, str)]
    written = {fold(sign.join(names)) for sign in (" & ", " and ", ", ")} - {""}
    for before in _BEFORE_NAMES.finditer(title):
        if fold(title[before.end() :].removesuffix(")")) in written:
            return title[: before.start()]
    for after in _AFTER_NAMES.finditer(title):
        if fold(title[: after.start()]) in written:
            return title[after.end() :]
    return title


def _stays(one: Stated) -> bool:
    """Return whether a key stays where it is, because it is valid there or its value is long."""
    return one.name in _STAY or len(write_inline(one.value)) > _LONGEST


def _is_same(one: object, other: object) -> bool:
    """Return whether two values name the same people."""
    return _list_names(one) == _list_names(other)


def _list_names(people: object) -> list[object]:
    names = people if isinstance(people, list) else [people]
    return [name.get("name") if isinstance(name, Mapping) else name for name in names]


def _sort(book: dict[str, object]) -> dict[str, object]:
    first = ("title", "author", "authors", "series", "published", "publisher", "isbn", "pages")
    rest = (key for key in book if key not in first)
    return {key: book[key] for key in (*first, *rest) if key in book}


def _find_title(source: str, body: str) -> str:
    """Return the first heading of the page, or a title made from its file name."""
    match = _HEADING.search(body)
    # A heading with a spoiler is not used, because a title with a spoiler is invalid.
    is_open = match and not holds_spoiler(match["text"])
    return match["text"] if match and is_open else name_page(source)

"""Recognise pages that are meant as reviews, but have no `book:`, and write the lines they need."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from html import unescape

from mkdocs_bookreview.frontmatter.build import name_page
from mkdocs_bookreview.frontmatter.heads import Head
from mkdocs_bookreview.frontmatter.schema import FOREIGN_KEYS
from mkdocs_bookreview.frontmatter.snippets import write_inline, write_lines
from mkdocs_bookreview.frontmatter.synonyms import (
    BOOK_KEYS,
    REVIEW_KEYS,
    SYNONYMS,
    Fact,
    Key,
    find_fact,
    is_account,
    join,
    plain,
    settle,
    unlink,
)
from mkdocs_bookreview.frontmatter.values import holds_spoiler
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.settings import Settings

# Keys that hardly any other page has. Two keys make a review, and one of them must be of these,
# because articles have an author and a series too.
_SURE = frozenset(
    {"isbn", "rating", "publisher", "read", "verdict", "book_title", "book_author", "asin"}
    | {"narrator", "goodreads", "goodreads_id", "storygraph", "publication_year", "page_count"}
    | {name for name, (key, _) in SYNONYMS.items() if key in {("read",), ("rating",)}}
    | {name for name, (key, _) in SYNONYMS.items() if key == ("book", "isbn")}
) - {
    "finish",
    "start",
    "started",
    "stopped",
    "completed",
    "times",
    "rate",
    "end_date",
    "start_date",
}
_LIKELY = frozenset(
    {"author", "authors", "series", "genres", "pages", "first_published", "shelf", "translator"}
    | {"contributors", "creators", "started", "finished", "stopped", "completed", "series_name"}
    | {"series_position", "series_number", "series_index", "published_year", "total_page", "genre"}
    | {"total_pages", "writer", "narrators", "translators", "status", "bookshelf", "dnf"}
)
# Pages with these keys are about films, music, games or food, which have ratings too.
_OTHER_THINGS = frozenset(
    {"director", "directors", "actors", "cast", "starring", "imdb", "imdb_id", "tmdb", "tmdb_id"}
    | {"artist", "album", "developer", "platform", "platforms", "ingredients", "servings", "recipe"}
    | {"prep_time", "cook_time", "total_time", "cuisine", "calories", "brewery", "winery"}
)
# Pages in such a folder, or of such a kind, are about them, unless only books have one of the keys.
_OTHER_KINDS = frozenset(
    {"recipe", "film", "movie", "album", "song", "course", "lesson", "tutorial", "game", "podcast"}
    | {"recipes", "films", "movies", "albums", "songs", "courses", "lessons", "tutorials", "games"}
    | {"podcasts", "episode", "episodes", "show", "shows", "restaurant", "restaurants", "wine"}
    | {"wines", "beer", "beers", "coffee", "product", "products", "app", "apps", "talk", "talks"}
    | {"concert", "concerts", "music", "cooking", "food", "tv", "cinema", "drinks", "software"}
)
_KINDS = frozenset({"type", "kind", "layout", "template", "category", "categories", "collection"})
_ONLY_BOOKS_HAVE = frozenset(
    {"isbn", "goodreads", "storygraph", "page_count"}
    | {name for name, (key, _) in SYNONYMS.items() if key[-1] == "isbn" or name.startswith("book_")}
)
# Mappings in which other systems keep facts of the book, and which other plugins do not have.
_HOLDERS = frozenset(
    {"review", "book_review", "bookreview", "reviewed_book", "item", "item_reviewed", "params"}
    | {"book_info", "book_data", "bookinfo", "metadata", "review_rating", "itemreviewed", "work"}
    | {"taxonomies"}
)
# These stay at the top as they are, because themes, plugins or MkDocs read them.
_STAY = FOREIGN_KEYS | REVIEW_KEYS
_NO = frozenset({"false", "no", "off"})
_KIND = "Pages have no `book:`, so they are not shown as reviews."
_AS_YAML = "Write its keys as YAML between `---`, and those of the book below `book:`."
_LEAST = 2  # keys
_POSTS = "/posts/"  # the folder of posts in Material's blog
MDX = ".mdx"
_FLAGS = frozenset({("draft",), ("spoilers",)})
_INDEXES = frozenset({"index", "README"})
_HEADING = re.compile(r"^#[ \t]+(?P<text>.+?)[ \t#]*$", re.MULTILINE)
_LONGEST = 300  # characters of a value that is repeated in a message
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Unread:
    """Describes a page that is meant as a review, but cannot be read as one.

    `flags` are those keys that hide something: `draft` and `spoilers`. `problem` has the fix.
    """

    flags: Mapping[str, object]
    problem: Problem


def is_in_folder(source: str, settings: Settings) -> bool:
    """Return whether a page is in the folder of reviews, and is not the page of a list there."""
    folder = settings.reviews.path
    name = source.rpartition("/")[2].partition(".")[0]
    if not source.startswith(folder) or name in _INDEXES or _POSTS in f"/{source}":
        return False
    lists = [one.path for one in settings.grouped_by.values()]
    lists += [one.path for one in settings.pages.values()]
    inner = [path for path in lists if path and path != folder and path.startswith(folder)]
    return not source.startswith((f"{folder}page/", *inner))


def describes_book(source: str, data: Mapping[str, object], context: object) -> bool:
    """Return whether two keys of a page describe a book."""
    return _Meant(source, data, "", context).describes_book()


def find_unread(
    source: str,
    data: Mapping[str, object],
    body: str,
    marks: Marks,
    context: object,
    is_in_folder: bool,
    head: Head | None = None,
) -> Unread | None:
    """Return what is wrong with a page without `book:` that is meant as a review.

    `data` is its own front matter, without that of its folder. `head` is set if that is written in
    a form that MkDocs does not read. None means that it is an ordinary page.
    """
    page = _Meant(source, data, body, context)
    has_book = isinstance(data.get("book"), (dict, list))
    if not has_book and not is_in_folder and not page.describes_book():
        return None
    if head and not data:
        what, cure = head.what, _AS_YAML
    elif head:
        lines = write_lines(page.write_whole())
        what, cure = head.what, f"Write it like this:{_fence(lines, has_dashes=True)}"
    else:
        written, names = page.write()
        what = _explain(page.describing)
        cure = f"{_ask(names, bool(data))}{_fence(write_lines(written), has_dashes=not data)}"
    place = marks.place((page.describing[0],) if page.describing else ())
    # A mistake in TOML is of its own kind.
    kind = (head.what if data else "") if head else _KIND
    return Unread(page.flags, Problem(place, what, cure, kind=kind))


def _explain(describing: Sequence[str]) -> str:
    if describing:
        named = _enumerate(describing[:_MOST_NAMED])
        return f"This page has {named}, but no `book:`, so it is not shown as a review."
    return "This page is among the reviews, but has no `book:`, so it is not shown as one."


def _ask(names: Sequence[str], has_front_matter: bool) -> str:
    other = "If it is not a review, write `review: false`."
    if not has_front_matter:
        return f"{other} Otherwise begin it with:"
    instead = f"instead of {_enumerate(names)}" if names else "in its front matter"
    return f"{other} Otherwise write {instead}:"


def _enumerate(names: Sequence[str]) -> str:
    *first, last = [f"`{name}`" for name in names]
    return f"{', '.join(first)} and {last}" if first else last


def _fence(lines: Iterable[str], *, has_dashes: bool) -> str:
    """Return the lines as they appear below a message, with `---` around them if asked."""
    around = ["---"] if has_dashes else []
    return "".join(f"\n    {line}" for line in (*around, *lines, *around))


@dataclass(frozen=True, slots=True)
class _Stated:
    """A value that a page states: `top` is the key at the top that has it, perhaps in a mapping.

    `name` is its own key, and `fact` what it means here; None if nothing here reads it.
    """

    top: str
    name: str
    value: object
    fact: Fact | None


class _Meant:
    """Holds what a page states, and writes it as the front matter of a review."""

    def __init__(self, source: str, data: Mapping[str, object], body: str, context: object) -> None:
        self.data = data
        self.context = context
        self.title = _find_title(source, body)
        self.source = source
        self.stated = _choose(_list_stated(data))

    @property
    def describing(self) -> list[str]:
        """Return the keys at the top that describe the book, in the order of the page."""
        likely = (one.top for one in self.stated if plain(one.name) in _SURE | _LIKELY)
        return list(dict.fromkeys(likely))

    def describes_book(self) -> bool:
        """Return whether there are two keys that describe a book."""
        keys = {plain(one.name) for one in self.stated}
        is_sure = bool(keys & _SURE) and len(keys & (_SURE | _LIKELY)) >= _LEAST
        return is_sure and (bool(keys & _ONLY_BOOKS_HAVE) or not self.is_about_other_thing(keys))

    def is_about_other_thing(self, keys: Set[str]) -> bool:
        """Return whether keys, folders or the kind of the page say that it is about no book."""
        values = [self.data[key] for key in self.data if plain(key) in _KINDS]
        kinds = [one for value in values for one in (value if isinstance(value, list) else [value])]
        words = {plain(str(one).removesuffix(".html")) for one in kinds}
        words |= {plain(folder) for folder in self.source.split("/")[:-1]}
        return bool(keys & _OTHER_THINGS or words & _OTHER_KINDS)

    @property
    def flags(self) -> dict[str, object]:
        """Return the values of `draft` and `spoilers`; a page that is not read stays hidden."""
        facts = [one.fact for one in self.stated if one.fact]
        return {fact.key[0]: fact.value for fact in facts if fact.key in _FLAGS}

    def write(self) -> tuple[dict[str, object], list[str]]:
        """Return what to write, and the keys at the top that it replaces."""
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
        book: dict[str, object] = {"title": self.title}
        book |= {key[1]: value for key, value in taken.items() if len(key) > 1}
        # Notes in Obsidian often have both keys, and a person counts once.
        if {"author", "authors"} <= book.keys() and _is_same(book["author"], book["authors"]):
            del book["authors"]
        review = {key[0]: value for key, value in taken.items() if len(key) == 1}
        return {"book": _sort(book), **review, **raised, **({"extra": own} if own else {})}, names

    def is_raised(self, one: _Stated) -> bool:
        """Return whether a value in a mapping belongs at the top, where the theme reads it."""
        is_listed = plain(one.top) == "taxonomies" and one.name in FOREIGN_KEYS
        return is_listed and one.name not in self.data

    def write_whole(self) -> dict[str, object]:
        """Return all of the front matter, with what other plugins read."""
        data = {key: value for key, value in self.data.items() if value is not None}
        if isinstance(data.get("book"), (dict, list)):
            return data
        written, names = self.write()
        return {**written, **{key: data[key] for key in data if key not in {*names, *written}}}

    def take(self) -> dict[Key, object]:
        """Return the facts that are valid, and short enough to be repeated in a message."""
        facts = join(one.fact for one in self.stated if one.fact)
        settled = (settle(Fact(key, value), self.context) for key, value in facts.items())
        return {
            fact.key: fact.value
            for fact in settled
            if fact and len(write_inline(fact.value)) <= _LONGEST
        }


def _stays(one: _Stated) -> bool:
    """Return whether a key can stay where it is, because its name is valid there, or it is long."""
    return one.name in _STAY or len(write_inline(one.value)) > _LONGEST


def _list_stated(data: Mapping[str, object]) -> Iterator[_Stated]:
    for top, held in data.items():
        word = plain(top)
        if isinstance(held, Mapping) and (word in _HOLDERS or _holds_book(word, held)):
            pairs = [(name, value) for name, value in held.items() if value is not None]
            yield from (_Stated(top, name, value, _find(name, value)) for name, value in pairs)
        elif held is not None and top != "extra":
            yield _Stated(top, top, held, _find(top, held))


def _holds_book(word: str, held: Mapping[str, object]) -> bool:
    """Return whether `extra`, which Zola has for keys of one's own, holds facts of the book."""
    return word == "extra" and bool({plain(name) for name in held} & (_SURE | _LIKELY))


def _choose(stated: Iterable[_Stated]) -> list[_Stated]:
    """Return what is stated; if there are several titles or authors, only one is the book's.

    `title: Review of Emma` beside `book_title: Emma` is the title of the page, and `author` beside
    `book_author` wrote the page.
    """
    found = list(stated)
    values: dict[Key, list[_Stated]] = {}
    for one in found:
        if one.fact and isinstance(one.fact.value, str) and one.fact.key != ("read",):
            values.setdefault(one.fact.key, []).append(one)
    lost = [one for key, several in values.items() for one in _list_lost(key, several)]
    return [replace(one, fact=None) if one in lost else one for one in found]


def _list_lost(key: Key, several: Sequence[_Stated]) -> Iterator[_Stated]:
    """Yield what says something else than the first, the most exact one, about the same."""
    if key[-1] in {"isbn", "series"}:
        return

    def rank(one: _Stated) -> tuple[bool, bool]:
        word = plain(one.name)
        return (not word.startswith("book"), word != key[-1])

    first, *others = sorted(several, key=rank)
    for one in others:
        if one.fact and first.fact and one.fact.value != first.fact.value:
            yield one


def _find(name: str, value: object) -> Fact | None:
    """Return the fact that a key states, ours or another program's."""
    word, value = plain(name), unlink(value)
    if word in {"title", "book"}:
        # WordPress writes `&#8217;` for an apostrophe.
        return Fact(("book", "title"), unescape(value) if isinstance(value, str) else value)
    if word == "author" and is_account(value):
        return None
    if word in {"published", "publish"} and str(value).lower() in _NO:
        return Fact(("draft",), "true")
    if fact := find_fact(name, value):
        return fact
    if word in REVIEW_KEYS:
        return Fact((word,), value)
    return Fact(("book", word), value) if word in BOOK_KEYS - {"id"} else None


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
    # A title that holds a spoiler would be refused.
    is_open = match and not holds_spoiler(match["text"])
    return match["text"] if match and is_open else name_page(source)


def find_unread_files(files: Iterable[str], settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each file among the reviews that MkDocs makes no page of."""
    for file in sorted(files):
        if file.endswith(MDX) and is_in_folder(file, settings):
            yield report_mdx(file)


def report_mdx(file: str) -> Problem:
    """Return the problem of a file with Markdown that has a name which MkDocs does not read."""
    what = f"MkDocs does not read files in `{MDX}`, so this one is not shown as a review."
    cure = "Let its name end in `.md`, and take out what is not Markdown: `import`, components."
    return Problem(Place(file), what, cure)

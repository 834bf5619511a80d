"""List the values in a page's front matter, with their meaning in our own front matter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape

from mkdocs_bookreview.frontmatter.elsewhere.signs import DESCRIBING
from mkdocs_bookreview.frontmatter.fixes.facts import BOOK_KEYS, REVIEW_KEYS, Fact, Key
from mkdocs_bookreview.frontmatter.fixes.shapes import unlink
from mkdocs_bookreview.frontmatter.fixes.synonyms import find_fact, is_account, plain
from mkdocs_bookreview.settings.switches import NO

# Other systems keep facts about the book in these mappings, and no plugin reads them.
_HOLDERS = frozenset(
    {"review", "book_review", "bookreview", "reviewed_book", "item", "item_reviewed", "params"}
    | {"book_info", "book_data", "bookinfo", "metadata", "review_rating", "itemreviewed", "work"}
    | {"taxonomies"}
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Holds a value of a page's front matter. `name` is its key.

    `top` is the top-level key: the same as `name`, or the key of a mapping that has `name`. `fact`
    is the value's meaning in our front matter; None if we have no key for it.
    """

    top: str
    name: str
    value: object
    fact: Fact | None


def list_stated(data: Mapping[str, object]) -> list[Stated]:
    """Return the values that front matter states, in its order."""
    return _choose(_list_all(data))


def _list_all(data: Mapping[str, object]) -> Iterator[Stated]:
    for top, held in data.items():
        word = plain(top)
        if isinstance(held, Mapping) and (word in _HOLDERS or _holds_book(word, held)):
            pairs = [(name, value) for name, value in held.items() if value is not None]
            yield from (Stated(top, name, value, _find(name, value)) for name, value in pairs)
        elif held is not None and top != "extra":
            yield Stated(top, top, held, _find(top, held))


def _holds_book(word: str, held: Mapping[str, object]) -> bool:
    """Return whether a mapping is `extra`, which Zola has for own keys, and describes the book."""
    return word == "extra" and bool({plain(name) for name in held} & DESCRIBING)


def _choose(stated: Iterable[Stated]) -> list[Stated]:
    """Return the stated values; of several titles or authors only one counts as the book's.

    `title: Review of Emma` beside `book_title: Emma` is the title of the page, and `author` beside
    `book_author` wrote the page.
    """
    found = list(stated)
    values: dict[Key, list[Stated]] = {}
    for one in found:
        if one.fact and isinstance(one.fact.value, str) and one.fact.key != ("read",):
            values.setdefault(one.fact.key, []).append(one)
    lost = [one for key, several in values.items() for one in _list_lost(key, several)]
    return [replace(one, fact=None) if one in lost else one for one in found]


def _list_lost(key: Key, several: Sequence[Stated]) -> Iterator[Stated]:
    """Yield the values that differ from the most specific one: `title` beside `book_title`."""
    if key[-1] in {"isbn", "series"}:
        return

    def rank(one: Stated) -> tuple[bool, bool]:
        word = plain(one.name)
        return (not word.startswith("book"), word != key[-1])

    first, *others = sorted(several, key=rank)
    for one in others:
        if one.fact and first.fact and one.fact.value != first.fact.value:
            yield one


def _find(name: str, value: object) -> Fact | None:
    """Return the fact that a key states; the key may be ours or another program's."""
    word, value = plain(name), unlink(value)
    if word in {"title", "book"}:
        # WordPress writes `&#8217;` for an apostrophe.
        return Fact(("book", "title"), unescape(value) if isinstance(value, str) else value)
    if word == "author" and is_account(value):
        return None
    if word in {"published", "publish"} and str(value).lower() in NO:
        return Fact(("draft",), "true")
    if fact := find_fact(name, value):
        return fact
    if word in REVIEW_KEYS:
        return Fact((word,), value)
    return Fact(("book", word), value) if word in BOOK_KEYS - {"id"} else None

"""Find fixes for keys and values of a review; each fix is valid when followed literally."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from pydantic import BaseModel

from mkdocs_bookreview.frontmatter.build import name_page
from mkdocs_bookreview.frontmatter.fixes.facts import (
    BOOK_KEYS,
    REVIEW_KEYS,
    Fact,
    Key,
    join,
    settle,
)
from mkdocs_bookreview.frontmatter.fixes.guesses import guess_readings
from mkdocs_bookreview.frontmatter.fixes.snippets import write_inline
from mkdocs_bookreview.frontmatter.fixes.synonyms import find_fact, find_shelf
from mkdocs_bookreview.frontmatter.schema import BookIn, ReadingIn, ReviewIn
from mkdocs_bookreview.frontmatter.values import Context
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.settings.fixes import accepts, find_near, suggest_rename

_ASIN = re.compile(r"B0[0-9A-Z]{8}")
_LONGEST = 200  # characters of a fix; a longer value is not repeated in it
_TO_EXTRA = "If it is a key of your own, put it under `extra:`."
_TO_EXTRA_AT_TOP = "If it is a key of your own, put it under `extra:` at the top."


class PageFixes:
    """Finds fixes for one page.

    `data` is its front matter, `source` is its path, and `own_keys` are the keys that the author
    has added to ours. `is_listed` is True if `book` names an entry of `books.yml`.
    """

    def __init__(
        self,
        data: Mapping[str, object],
        source: str,
        context: object,
        own_keys: frozenset[str] = frozenset(),
        is_listed: bool = False,
    ) -> None:
        self.data = data
        self.source = source
        self.context = context
        self.own_keys = own_keys
        self.is_listed = is_listed

    @cached_property
    def meant(self) -> dict[str, Fact]:
        """Return our key and value for each unknown top-level key that we understand, by key."""
        known = REVIEW_KEYS | BOOK_KEYS | self.own_keys | {"book"}
        found = {
            key: self.find_aspect(key) or find_fact(key, self.data[key])
            for key in self.data
            if key not in known
        }
        return {key: fact for key, fact in found.items() if fact}

    def find_aspect(self, name: str) -> Fact | None:
        """Return the rating that a top-level key states, if the key is an aspect of the site."""
        aspects = self.context.rating.aspects if isinstance(self.context, Context) else ()
        same = next((one for one in aspects if fold(one) == fold(name)), None)
        return Fact(("ratings",), {same: self.data[name]}) if same else None

    def find_rated(self, fact: Fact) -> str | None:
        """Return the aspect that a fact rates, if `ratings` rates that aspect differently."""
        present = self.data.get("ratings")
        if fact.key != ("ratings",) or not isinstance(fact.value, Mapping):
            return None
        rated = present if isinstance(present, Mapping) else {}
        return next((one for one, it in fact.value.items() if rated.get(one, it) != it), None)

    def mend_key(self, name: str) -> str:
        """Return the fix for an unknown key at the top of a review."""
        fact = self.meant.get(name)
        return (fact and self.mend_fact(name, fact)) or self.mend_spelling(name) or _TO_EXTRA

    def mend_fact(self, name: str, fact: Fact) -> str | None:
        """Return the fix for a key of another program; None if no key of ours can hold it."""
        if rated := self.find_rated(fact):
            return f"`ratings.{rated}` is here too. Keep only `ratings.{rated}`."
        same = [other for other in self.meant.values() if other.key == fact.key]
        joined = join(same)
        return self.write(name, self.data[name], fact.key, joined[fact.key])

    def mend_spelling(self, name: str) -> str | None:
        """Return the fix for a key that is spelt nearly like one of ours."""
        value = self.data[name]
        near = find_near(name, REVIEW_KEYS | BOOK_KEYS | self.own_keys)
        if near in self.own_keys:
            return f"Did you mean `{near}`?"
        if near in REVIEW_KEYS:
            return suggest_rename(ReviewIn, name, near, value, self.data, self.context)
        if near and not accepts(BookIn, near, value, self.context):
            return self.write(name, value, ("book", near), value)
        return None

    def mend_misplaced(self, name: str) -> str:
        """Return the fix for a fact of the book at the top of a review."""
        book = self.data["book"]
        if isinstance(book, Mapping) and book.get(name) is not None:
            return f"`book.{name}` is here too. Keep only `book.{name}`."
        if isinstance(book, list):
            return "Move it to the book that it describes, under `book:`."
        if isinstance(book, str):
            return f"Write `book: {self.describe_text_book(book)}`."
        return "Move it under `book:`."

    def describe_text_book(self, name: str) -> str:
        """Return a mapping for a book given as text, with the book's facts from the top level."""
        facts: dict[str, object] = {"id" if self.is_listed else "title": name}
        for key in BOOK_KEYS & self.data.keys() - facts.keys() - REVIEW_KEYS:
            if key not in {"title", "id", "links", "subtitle"}:
                facts[key] = self.data[key]
        order = list(BookIn.model_fields)
        return write_inline({key: facts[key] for key in sorted(facts, key=order.index)})

    def find(
        self, schema: type[BaseModel], key: str, value: object, beside: Mapping[str, object]
    ) -> str | None:
        """Return our fix for an unknown key or an invalid value; None if there is none.

        `beside` is the mapping that has the `key`, and `schema` is the schema of this mapping.
        """
        if schema is BookIn:
            return self.mend_book(key, value, beside)
        if key == "read" and schema in {ReadingIn, ReviewIn} and isinstance(value, str):
            fact = settle(Fact(("read",), guess_readings(value) or ""), self.context)
            return f"Write {self.show('read', fact.value)}." if fact else None
        if schema is ReviewIn and key == "ratings" and "rating" not in beside:
            fact = settle(Fact(("rating",), value), self.context)
            return f"Write {self.show('rating', fact.value)}." if fact else None
        if schema is ReviewIn and key == "rating" and "ratings" not in beside:
            fact = settle(Fact(("ratings",), value), self.context)
            return f"Write {self.show('ratings', fact.value)} instead." if fact else None
        if schema is ReviewIn and key == "shelf":
            return self.mend_shelf(value)
        return None

    def mend_shelf(self, value: object) -> str:
        meant = find_shelf(value)
        if meant and meant.key == ("read",) and "read" in self.data:
            return "Leave it out, because `read` says the same."
        fact = settle(meant, self.context) if meant else None
        if not fact:
            return "Write one of these, or leave the key out."
        instead = "" if fact.key == ("shelf",) else " instead"
        return f"Write {self.show(fact.key[-1], fact.value)}{instead}."

    def mend_book(self, key: str, value: object, beside: Mapping[str, object]) -> str | None:
        """Return the fix for a key below `book:`."""
        if key == "title" and key not in beside:
            return f"Write {self.show('title', name_page(self.source))}."
        if key == "isbn" and isinstance(value, str) and _ASIN.fullmatch(value.strip().upper()):
            return self.write(key, value, ("book", "ids"), {"asin": value.strip()}, beside)
        if key in BOOK_KEYS:
            return None
        fact = find_fact(key, value, is_below_book=True)
        if fact:
            found = [find_fact(*pair, is_below_book=True) for pair in beside.items()]
            same = [other for other in found if other and other.key == fact.key]
            fact = replace(fact, value=join(same or [fact])[fact.key])
            fix = self.write(key, value, fact.key, fact.value, beside)
            if fix:
                return fix
        near = find_near(key, BOOK_KEYS)
        known = near and suggest_rename(BookIn, key, near, value, beside, self.context)
        return known or _TO_EXTRA_AT_TOP

    def write(
        self,
        name: str,
        value: object,
        key: Key,
        meant: object,
        beside: Mapping[str, object] | None = None,
    ) -> str | None:
        """Return the fix that writes `meant` at `key`, instead of `value` at `name`.

        `beside` is the mapping of the book that has `name`; None if `name` is at the top.
        """
        target = self.find_target(key, beside)
        present = target.get(key[-1])
        joined = meant if present is None else _add(key, present, meant)
        if joined is None:
            return f"`{'.'.join(key)}` is here too. Keep only `{'.'.join(key)}`."
        if joined == present:
            return f"Take it out, because `{'.'.join(key)}` says the same."
        fact = settle(Fact(key, joined), self.context)
        if not fact:
            return None
        is_here = (beside is not None) == (len(key) > 1)
        if is_here and present is None and fact.value == value:
            return f"Did you mean `{key[-1]}`?"
        return self.place(fact, is_here, present is not None)

    def place(self, fact: Fact, is_here: bool, is_present: bool) -> str:
        """Return the sentence that says what to write, and where."""
        line = self.show(fact.key[-1], fact.value)
        where = "instead"
        book = self.data.get("book")
        if not is_here and len(fact.key) == 1:
            where = "at the top, not under `book:`"
        elif not is_here and isinstance(book, list):
            where = "in the book that it describes, under `book:`"
        elif not is_here and isinstance(book, str):
            known = {"id" if self.is_listed else "title": book}
            line, where = self.show("book", {**known, fact.key[-1]: fact.value}), "instead"
        elif not is_here:
            where = "under `book:`"
        both = f" of this key and `{fact.key[-1]}`" if where == "instead" and is_present else ""
        return f"Write {line} {where}{both}."

    def find_target(self, key: Key, beside: Mapping[str, object] | None) -> Mapping[str, object]:
        """Return the mapping in which one of our keys belongs; empty if it does not exist yet."""
        if len(key) == 1:
            return self.data
        found = beside if beside is not None else self.data.get("book")
        return found if isinstance(found, Mapping) else {}

    def show(self, key: str, value: object) -> str:
        text = f"{key}: {write_inline(value)}"
        return f"`{text}`" if len(text) <= _LONGEST else f"`{key}:` with its value"


_MAPPED = frozenset({"ids", "links", "ratings", "series"})
_JOINED = _MAPPED | {"read", "themes", "warnings", "authors", "genres", "moods"}


def _add(key: Key, present: object, meant: object) -> object | None:
    """Return the present value joined with the meant one; None if the key takes only one value."""
    if present == meant:
        return present
    if key[-1] not in _JOINED:
        return None
    kind = list if isinstance(present, list) or key[-1] not in _MAPPED else dict
    if kind is dict and not isinstance(present, (dict, str)):
        return None
    return join([Fact(key, present), Fact(key, meant)])[key]

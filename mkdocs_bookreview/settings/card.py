"""Defines the options of the card under a review's title."""

from collections.abc import Collection, Iterable
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.settings.fixes import did_you_mean
from mkdocs_bookreview.settings.schemas import Typed, split_list
from mkdocs_bookreview.settings.switches import NO, YES

# These are the names of all facts that a card can show, in the order of “About this edition”, which
# readers must open. Keys of the author's own taxonomies are names too, and come after `OWN_AFTER`.
FACTS = (
    "verdict",
    "rating",
    "aspects",
    "byline",
    "series",
    "themes",
    "dates",
    "translator",
    "narrator",
    "illustrator",
    "editor",
    "people",
    "contributor",
    "first_published",
    "original",
    "language",
    "format",
    "genres",
    "moods",
    "pace",
    "length",
    "isbn",
    "read",
    "reviewed",
    "copy",
    "reasons",
    "links",
    "blurb",
)
OWN_AFTER = "copy"
BESIDE_COVER = ("verdict", "rating", "aspects", "byline", "series", "themes", "dates")
# These are other words for our facts, or for things that a fact includes.
_MEANT = {
    **dict.fromkeys(("author", "authors", "publisher", "published", "year", "pages"), "byline"),
    **dict.fromkeys(("description", "summary", "synopsis"), "blurb"),
    **dict.fromkeys(("buy", "shops"), "links"),
    "tags": "themes",
}
_ALWAYS = frozenset({"title", "subtitle", "cover", "warnings", "disclosure"})


def suggest_fact(name: str, known: Collection[str]) -> str:
    """Return the fix for a name that is not one of the `known` facts."""
    word = name.strip().lower()
    if word in _ALWAYS:
        return "Leave it out, because the page always shows it in another place."
    return (
        f"Did you mean `{_MEANT[word]}`?" if word in _MEANT else did_you_mean(name, known, "names")
    )


def list_rest(facts: Collection[str], own_keys: Iterable[str] = ()) -> tuple[str, ...]:
    """Return all names that are not among `facts`, in the usual order."""
    place = FACTS.index(OWN_AFTER) + 1
    names = (*FACTS[:place], *sorted(own_keys), *FACTS[place:])
    return tuple(name for name in names if name not in facts)


def _list_names(value: object) -> object:
    """Return an empty list for `false`, and None for an empty value, which means the default."""
    if value is None:
        return None
    word = str(value).lower() if isinstance(value, str | bool) else ""
    if word in YES:
        fix = {"fix": "For the usual facts, leave the key out."}
        raise PydanticCustomError("on", "must be a list of facts", fix)
    return [] if word in NO else split_list(value)


Names = Annotated[tuple[str, ...], BeforeValidator(_list_names)]


class CardSettings(Typed):
    facts: Names = Field(
        BESIDE_COVER,
        examples=["[verdict, rating, byline, genres, dates]"],
        description="What the card shows beside the cover, in this order.",
    )
    more: Names | None = Field(
        None,
        examples=["[language, isbn, links]"],
        description="The facts in “About this edition”, in this order; by default, all that are not"
        " beside the cover. `false` leaves this part out.",
    )

    def list_facts(self) -> tuple[str, ...]:
        """Return the facts beside the cover: the author's list, or the defaults not in `more`."""
        if "facts" in self.model_fields_set:
            return self.facts
        return tuple(name for name in self.facts if name not in (self.more or ()))

    def list_more(self, own_keys: Iterable[str]) -> tuple[str, ...]:
        """Return the facts in “About this edition”; `own_keys` are the author's own taxonomies."""
        return list_rest(self.facts, own_keys) if self.more is None else self.more

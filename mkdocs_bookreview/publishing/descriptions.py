"""Describes the pages of reviews and lists in words, for search engines and link previews.

No two of these descriptions are equal, because search results show them below each other.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.publishing.list_sentences import ListDescriber
from mkdocs_bookreview.publishing.markdown_text import description, find_description, plain
from mkdocs_bookreview.publishing.plan import Plan
from mkdocs_bookreview.publishing.shortening import shorten
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words

_MOST = 280  # characters; a long verdict stays whole, because feeds show it too
_SIGNS = re.compile(r"\W+")
_HIDDEN = re.compile(r"(?:\[[^\]]*\]|\W)*")  # words in brackets are in place of spoilers


@dataclass(frozen=True)
class Descriptions:
    """Holds the descriptions of all pages that we describe.

    `texts` maps the source of a review or of a listing to plain text. `repeated` are the sources of
    listings whose description in the author's file is repeated for another listing, so it is not
    used for any of them. `first_words` maps the first words that describe a page to its source.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()
    first_words: dict[str, str] = field(default_factory=dict)

    def find(self, source: str) -> object:
        """Return our description of a page, and whether `repeated` has the page."""
        return self.texts.get(source), source in self.repeated

    def claim(self, text: str, source: str) -> bool:
        """Return whether `text`, the first words of a list's page, can be its description.

        It cannot if it has no words outside of spoilers, or if it describes another page already.
        If it can, record this page in `first_words`.
        """
        if not says_anything(text) or text in self._given:
            return False
        return self.first_words.setdefault(text, source) == source

    @cached_property
    def _given(self) -> frozenset[str]:
        return frozenset(self.texts.values())


def says_anything(text: str) -> bool:
    """Return whether a text has words outside of spoilers."""
    return not _HIDDEN.fullmatch(text)


def describe_pages(plan: Plan, settings: Settings, words: Words) -> Descriptions:
    """Return the descriptions of all listings, and of all reviews, drafts included."""
    describer = ListDescriber(plan, settings, words)
    made = {listing.source: describer.describe(listing) for listing in plan.listings}
    reviews = [page.review for page in plan.pages.values() if page.review]
    given = {one.source: description(one, words) for one in reviews if one.description}
    made |= _describe_reviews([one for one in reviews if not one.description], words)
    return Descriptions(given | _number(made, given.values()), _find_repeated(plan.listings))


def _describe_reviews(reviews: Iterable[Review], words: Words) -> Iterator[tuple[str, str]]:
    """Yield the sources and descriptions of reviews whose authors wrote no description.

    If several reviews have the same description, because they have the same book, each description
    begins with the reviewer and the date.
    """
    texts = {review.source: description(review, words) for review in reviews}
    counts = Counter(texts.values())
    for review in reviews:
        text = texts[review.source]
        said = _sign(review, words) if counts[text] > 1 else ""
        yield review.source, shorten(f"{said}: {text}" if said else text, _MOST)


def _sign(review: Review, words: Words) -> str:
    """Return who wrote a review and when, as far as it is known: `Ann, May 1, 2024`."""
    when = words.date(review.listed_on) if review.listed_on else None
    return plain(", ".join(filter(None, (review.reviewer, when))))


def _number(texts: Mapping[str, str], given: Iterable[str]) -> dict[str, str]:
    """Return the texts with a number after each that is equal to an earlier one: `Emma (2)`.

    The texts in `given` count as earlier texts.
    """
    taken = {*given}
    counts: Counter[str] = Counter()
    distinct: dict[str, str] = {}
    for source, text in texts.items():
        chosen = text
        while chosen in taken:
            counts[text] += 1
            chosen = f"{text} ({counts[text] + 1})"
        taken.add(chosen)
        distinct[source] = chosen
    return distinct


def _find_repeated(listings: Iterable[Listing]) -> frozenset[str]:
    """Return the sources of terms whose descriptions in the author's file are equal.

    Punctuation, markup and spaces are ignored, because `*Loss*` and `Loss` are the same to readers.
    """
    sources: dict[str, list[str]] = defaultdict(list)
    for listing in listings:
        if text := find_description(listing):
            sources[_SIGNS.sub(" ", text).strip()].append(listing.source)
    return frozenset(source for found in sources.values() for source in found if found[1:])

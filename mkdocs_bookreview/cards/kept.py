"""Keeps the content of cards from one build of `mkdocs serve` to the next."""

from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.views import After, Card, Item
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.model.review import Review


class KeptCards:
    """Builds the card of a review again only if something that the card shows has changed.

    `cards` must not seal spoilers for a page, because a card that is kept is not sealed again.
    `kept` has the cards of earlier builds.
    """

    def __init__(self, cards: CardBuilder, kept: Kept) -> None:
        self._cards = cards
        self._kept = kept
        # `settle` returns the objects of the previous build if they are equal, because every card
        # is compared with them, and comparing an object with itself takes no time.
        self._grounds = kept.settle("grounds", cards.grounds)
        self._grounds_after = kept.settle("grounds after", cards.grounds_after)

    def card(self, review: Review) -> Card:
        origin = review, self._grounds
        return self._kept.find(("card", review.source), origin, lambda: self._cards.card(review))

    def after(self, review: Review) -> After:
        """Return the parts below the review's text, without the sign-off."""
        origin = review, self._grounds_after
        key = "after", review.source
        return self._kept.find(key, origin, lambda: self._cards.after(review, None))

    def month(self, when: PartialDate) -> tuple[str | None, str | None]:
        """Return the month of a date in words and for programs."""
        return self._cards.month(when)

    def item(self, review: Review, address: str | None, teaser: str, comments: int = 0) -> Item:
        shown = address, teaser, comments
        origin = review, *shown, self._grounds
        key = "item", review.source
        return self._kept.find(key, origin, lambda: self._cards.item(review, *shown))

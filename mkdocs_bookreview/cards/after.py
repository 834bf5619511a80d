"""Builds the parts below the text of a review: quotes, related works, the sign-off."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from mkdocs_bookreview.cards.names import list_names
from mkdocs_bookreview.cards.pieces import Pieces
from mkdocs_bookreview.cards.related import relate
from mkdocs_bookreview.cards.tiles import Tile, build_title_tile, shorten
from mkdocs_bookreview.cards.views import After, QuoteCard, RelatedCard
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Quote, Related, Review

_MOST = 5  # related works, if the author names at most three
_LEAST = 2  # related reviews that we add, however many works the author names
# Takes a text, and a second text for small print or None; returns a closed spoiler with both.
SealText = Callable[[str, str | None], str]


class AfterBuilder:
    """Builds the parts below the text of a review, in one language."""

    def __init__(self, pieces: Pieces, relations: Relations) -> None:
        self._pieces = pieces
        self._words = pieces.words
        self._relations = relations

    def build(self, review: Review, seal: SealText, sign_off: str | None) -> After:
        quotes = tuple(self._quote(quote, seal) for quote in review.quotes)
        return After(quotes, tuple(self._find_related(review)), sign_off)

    def _quote(self, quote: Quote, seal: SealText) -> QuoteCard:
        page = self._words("quote_page", page=quote.page) if quote.page else None
        if quote.spoiler:
            return QuoteCard("", None, seal(quote.text, page))
        return QuoteCard(quote.text, page)

    def _find_related(self, review: Review) -> Iterator[RelatedCard]:
        """Yield the works that the author relates to the review, then other related reviews."""
        published = self._pieces.at.related
        own = [
            self._relate(related)
            for related in review.related
            # Skip a review that is not published yet, because there is no page to link to.
            if related.review is None or related.review in published
        ]
        yield from own
        # Two reviews are always added, because the first are the closest, such as the next book of
        # a series.
        most = max(_MOST - len(own), _LEAST)
        for other, why in islice(relate(review, self._relations, self._words), most):
            yield self._show(other, why, published[other.source][1])

    def _relate(self, related: Related) -> RelatedCard:
        title, address = self._pieces.at.related.get(related.review or "", ("", None))
        others = self._relations.find(related.review) if related.review else ()
        for other in others[:1]:
            shown = self._show(other, related.why, address)
            return replace(shown, title=related.title or shown.title, kind=related.kind)
        title = related.title or title
        tile = Tile(shorten(title)) if related.kind else build_title_tile(title, "")
        return RelatedCard(title, related.kind, related.why, address, related.url, None, tile)

    def _show(self, other: Review, why: str | None, address: str | None) -> RelatedCard:
        title = " · ".join(book.title for book in other.books)
        names = list_names(other.credited, self._words)
        picture = self._pieces.at.pictures.get(other.book.cover or "")
        writers = ", ".join(one.name for one in other.book.writers)
        cover = picture or build_title_tile(other.book.title, writers)
        return RelatedCard(title, None, why, address, None, names, cover)

"""Builds what follows the text of a review: quotes, related works, the sign-off."""

from collections.abc import Callable, Iterator

from mkdocs_bookreview.cards.pieces import Pieces
from mkdocs_bookreview.cards.related import relate
from mkdocs_bookreview.cards.views import After, QuoteCard, RelatedCard
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Quote, Related, Review

# Takes a text and another in small print, or None; returns a closed spoiler with both.
SealText = Callable[[str, str | None], str]


class AfterBuilder:
    """Builds what follows the text of a review, in one language."""

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
        """Yield the works that the author relates to the review, then others of the site."""
        published = self._pieces.at.related
        for related in review.related:
            # Skip a review that is not published yet, because there is no page to link to.
            if related.review is None or related.review in published:
                yield self._relate(related)
        for other, why in relate(review, self._relations, self._words):
            title, address = published[other.source]
            yield RelatedCard(title, None, why, address)

    def _relate(self, related: Related) -> RelatedCard:
        title, address = self._pieces.at.related.get(related.review or "", ("", None))
        return RelatedCard(related.title or title, related.kind, related.why, address, related.url)

"""Finds related reviews that the author does not name, each with the reason."""

from collections.abc import Iterator

from mkdocs_bookreview.cards.names import join_names
from mkdocs_bookreview.model.relations import Relations
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.words.language import Words

_MOST_OF_AUTHOR = 2
_MOST_ALIKE = 3
_MOST_SHARED = 3  # terms that a reason names


def relate(review: Review, relations: Relations, words: Words) -> Iterator[tuple[Review, str]]:
    """Yield related reviews with the reason, each once: first the close ones, then similar ones.

    Reviews that the author relates to this one are left out, because the page names them already.
    """
    named = (one.review for one in review.related if one.review)
    shown = {one.source for name in named for one in relations.find(name)}
    for other, why in _relate_closely(review, relations, words):
        if other.source not in shown:
            shown.add(other.source)
            yield other, why
    for other, terms in relations.alike(review, _MOST_ALIKE, shown):
        names = [term.name for term in terms[:_MOST_SHARED]]
        key = "related_themes" if relations.is_theme(terms[0]) else "related_shares"
        yield other, words(key, names=join_names(names, words))


def _relate_closely(
    review: Review, relations: Relations, words: Words
) -> Iterator[tuple[Review, str]]:
    """Yield reviews of the same book, in the same series, or by the same authors."""
    for other in relations.of_books(review):
        yield other, words("related_book")
    for one in relations.in_series(review):
        if one.earlier:
            yield one.earlier, words("related_earlier", name=one.series.name)
        if one.later:
            yield one.later, words("related_later", name=one.series.name)
    for author, others in relations.of_authors(review, _MOST_OF_AUTHOR):
        for other in others:
            yield other, words("related_author", name=author.name)

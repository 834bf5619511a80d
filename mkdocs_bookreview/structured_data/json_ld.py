"""Describes reviews to search engines, as objects of https://schema.org.

Google describes the facts that it reads at
https://developers.google.com/search/docs/appearance/structured-data/review-snippet and at
https://developers.google.com/search/docs/appearance/structured-data/article.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from mkdocs_bookreview.model.rating import Rating, plain_number
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.settings import THEMES
from mkdocs_bookreview.structured_data.authors import find_author
from mkdocs_bookreview.structured_data.books import BookDescriber, FullAddresses
from mkdocs_bookreview.structured_data.head import HeadPage, HeadSite
from mkdocs_bookreview.structured_data.things import Thing, describe, keep_known, write_date


class ReviewDescriber:
    """Describes the reviews of a site. All texts are plain, and are escaped when written.

    `lowest` is the lowest rating of the scale; None if the pages do not show ratings, because
    Google does not allow a rating that readers cannot see.
    """

    def __init__(self, site: HeadSite, addresses: FullAddresses, lowest: Decimal | None) -> None:
        self._site = site
        self._at = addresses
        self._lowest = lowest
        self._books = BookDescriber(addresses)
        # Themes and authors are cached, because many reviews share them.
        self._theme = cache(self._describe_theme)
        self._author = cache(self._describe_author)

    def describe(self, review: Review, page: HeadPage) -> Thing | None:
        """Return the object for the page of a review; None for a book that is still to read."""
        if review.is_stub:
            return None
        books = [self._books.describe(book) for book in review.books]
        themes = [self._theme(theme.name) for theme in review.themes if not theme.spoiler]
        facts = {
            **self._describe_subject(review, page, books, themes),
            "url": page.url,
            "description": page.description,
            "inLanguage": self._site.language,
            "author": self._author(review.reviewer),
            "datePublished": write_date(review.date),
            "dateModified": write_date(review.updated),
        }
        return {"@context": "https://schema.org", **keep_known(facts)}

    def _describe_subject(
        self, review: Review, page: HeadPage, books: Sequence[Thing], themes: Sequence[Thing]
    ) -> Thing:
        """Return the first facts of a page: a review if it rates one book, otherwise an article.

        Other reviews are articles, because Google reports a review without a rating as a mistake,
        and does not support reviews of several books.
        """
        first, *others = books
        if others:
            return self._begin_article(review, page) | {"about": books, "keywords": themes}
        about = first | {"about": themes} if themes else first
        if review.rating and self._lowest:
            rating = _rate(review.rating, self._lowest)
            names = {"@type": "Review", "name": page.title}
            return names | {"reviewRating": rating, "itemReviewed": about}
        return self._begin_article(review, page) | {"about": about}

    def _begin_article(self, review: Review, page: HeadPage) -> Thing:
        covers = (self._at.find_picture(book.cover) for book in review.books if book.cover)
        return {"@type": "Article", "headline": page.title, "image": next(covers, None)}

    def _describe_theme(self, theme: str) -> Thing:
        name, url = self._at.find_term(THEMES, theme, None)
        return describe("DefinedTerm", name=name, url=url)

    def _describe_author(self, reviewer: str | None) -> Thing | None:
        author = find_author(reviewer, self._site)
        kind = "Person" if author and author.is_person else "Organization"
        return describe(kind, name=author.name) if author else None


def _rate(rating: Rating, lowest: Decimal) -> Thing:
    return {
        "@type": "Rating",
        "ratingValue": plain_number(rating.value),
        "bestRating": rating.best,
        "worstRating": plain_number(lowest),
    }

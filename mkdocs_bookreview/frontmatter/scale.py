"""Find out whether the scale was probably changed after reviews were rated."""

from collections.abc import Iterable

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.settings.rating import RatingSettings

_USUAL = (5, 10)  # common scales, which a site may have had before
_LEAST = 3  # ratings, because fewer may all be low by chance


def find_old_scale(pages: Iterable[WrittenPage], settings: RatingSettings) -> str | None:
    """Return a message if ratings without a scale seem to be older than `rating.scale`, or None.

    On a scale of 10, ratings of `3`, `4.5` and `4` are probably out of 5. This is a guess, because
    earlier scales are unknown. It is made if all ratings without a scale are at most 5, or at most
    10, and the scale is at least twice as high.
    """
    rated = [page for page in pages if page.has_bare_rating]
    values = [page.review.rating.value for page in rated if page.review and page.review.rating]
    if len(values) < _LEAST:
        return None
    best = next((one for one in _USUAL if max(values) <= one), settings.scale)
    if 2 * best > settings.scale:
        return None
    first = f"{values[0].normalize():f}"
    return (
        f"All {len(values)} ratings without a scale are at most {best}, but `rating.scale` is"
        f" {settings.scale}. If you rated out of {best}, add `/{best}` to each of these"
        f" ratings: write `{first}/{best}` instead of `{first}` in"
        f" {rated[0].marks.place(('rating',))}, and so on. If you rated out of {settings.scale},"
        f" write `{first}/{settings.scale}` in one of these reviews, and this message no longer"
        " appears."
    )

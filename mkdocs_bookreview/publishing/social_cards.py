"""Builds the options of the layout in `assets/social`, which draws a review's social card."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

from mkdocs_bookreview.cards.lettering import Try, fit
from mkdocs_bookreview.cards.names import list_names
from mkdocs_bookreview.cards.stars import build_stars, count_stars
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.publishing.markdown_text import describe
from mkdocs_bookreview.settings.rating import RatingSettings
from mkdocs_bookreview.words.language import Words

_ASSETS = Path(__file__).parent.parent / "assets" / "social"
LAYOUT = str(_ASSETS / "review.yml")
COVER_SIZE = (356, 534)  # pixels, as in the layout
STYLES = ("Bold", "Regular")  # of the font
# Material's own layout has options with these names too. The author's colours are used only if both
# are set, because otherwise dark letters might be on a dark background.
_COLOURS = {"background_color": "#faf6ee", "color": "#2a2833"}
_STAR = "#b7791f"
_WIDTH = 640  # pixels for a line; the layout has a sixth more, because widths are estimates
# Size and number of lines of each text in the layout, largest first, in a font such as Roboto.
_TITLES = {"title_large": (77, 3), "title_medium": (60, 4), "title_small": (46, 5)}
_AUTHORS = {"author_large": (41, 1), "author_small": (32, 2)}


def write_title(review: Review) -> str:
    """Return the titles of a review's books, as lists show them."""
    return " · ".join(book.title for book in review.books)


def write_text(review: Review, words: Words) -> str:
    """Return the text of a card, all of whose letters the font must have."""
    return f"{write_title(review)} {list_names(review.credited, words)}"


def build_options(
    review: Review,
    cover: Path,
    site: str,
    words: Words,
    rating: RatingSettings,
    given: Mapping[str, object],
) -> dict[str, object]:
    """Return the options of the layout for a review.

    `cover` is a picture of `COVER_SIZE`, `site` the site's name, and `given` are the options that
    the author wrote. Texts are escaped, because the social plugin reads HTML.
    """
    are_given = all(given.get(name) for name in _COLOURS)
    colours = {name: given[name] for name in _COLOURS} if are_given else _COLOURS
    names = list_names(review.credited, words)
    return {
        **colours,
        "star_color": colours["color"] if are_given else _STAR,
        "cover": str(cover),
        "site": escape(site),
        "alt": _write_alt(review, words),
        **_set(write_title(review), _TITLES),
        **_set(names, _AUTHORS),
        "stars": _list_stars(review.rating, rating),
        "rating": _write_rating(review.rating, words, rating),
    }


def _write_alt(review: Review, words: Words) -> str:
    """Return the alternative text of a card: `Emma – Jane Austen, 4.5 out of 5`."""
    rated = f", {build_stars(review.rating, words).text}" if review.rating else ""
    return escape(f"{describe(review, words)}{rated}")


def _set(text: str, sizes: Mapping[str, tuple[int, int]]) -> dict[str, list[str]]:
    """Return the lines of a text under the name of the largest size with room for them.

    The lines are in reverse order, as the layout needs them. The other sizes get no lines.
    """
    tries = [Try(size, lines, may_cut=False) for size, lines in sizes.values()]
    smallest = replace(tries[-1], may_cut=True)
    size, lines = fit(text, _WIDTH, (*tries, smallest))
    shown = [escape(line) for line in reversed(lines)]
    return {name: shown if one == size else [] for name, (one, _) in sizes.items()}


def _list_stars(value: Rating | None, settings: RatingSettings) -> list[str]:
    """Return the files of the stars in a row, without `.svg`, as the plugin names icons."""
    if not value or settings.display == "number":
        return []
    counts = zip(("full", "half", "empty"), count_stars(value), strict=True)
    return [str(_ASSETS / name) for name, count in counts for _ in range(count)]


def _write_rating(value: Rating | None, words: Words, settings: RatingSettings) -> str:
    """Return the rating as a number if the site shows no stars; otherwise ""."""
    if not value or settings.display != "number":
        return ""
    return escape(build_stars(value, words, settings).number)

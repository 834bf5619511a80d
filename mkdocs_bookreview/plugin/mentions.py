"""Mentions possible mistakes: dates in the future, and ratings on an older scale.

Each message appears once in a run of `mkdocs serve`, because nobody needs to act on it.
"""

from collections.abc import Iterable
from datetime import date

from mkdocs_bookreview.frontmatter.future import describe_future, find_future
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.scale import find_old_scale
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.plugin.report import log
from mkdocs_bookreview.settings.rating import RatingSettings


def mention_future(pages: Iterable[WrittenPage], today: date, serving: bool, kept: Kept) -> None:
    """Log one message about all dates in the future.

    `kept` remembers the messages of earlier builds of `mkdocs serve`, which are not repeated.
    """
    found = find_future(pages, today)
    if found and kept.settle("future", found) is found:
        log.info(describe_future(found, serving))


def mention_old_scale(pages: Iterable[WrittenPage], rating: RatingSettings, kept: Kept) -> None:
    """Log one message if the ratings seem to be on another scale than the site's.

    `kept` is as in `mention_future`.
    """
    found = find_old_scale(pages, rating)
    if found and kept.settle("scale", found) is found:
        log.info(found)


def mention_once(message: str, kept: Kept) -> None:
    """Log a message, unless an earlier build of `mkdocs serve` did.

    `kept` is as in `mention_future`.
    """
    if kept.settle(("mentioned", message), message) is message:
        log.info(message)

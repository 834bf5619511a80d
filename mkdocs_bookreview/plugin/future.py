"""Mentions dates that have not come yet."""

from collections.abc import Iterable
from datetime import date

from mkdocs_bookreview.frontmatter.future import describe_future, find_future
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.plugin.report import log


def mention_future(pages: Iterable[WrittenPage], today: date, serving: bool, kept: Kept) -> None:
    """Log one message about all dates in the future.

    `kept` has what earlier builds of `mkdocs serve` mentioned, which is not mentioned again.
    """
    found = find_future(pages, today)
    if found and kept.settle("future", found) is found:
        log.info(describe_future(found, serving))

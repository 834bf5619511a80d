"""Mentions dates that have not come yet, because a typing mistake may be behind them."""

from collections.abc import Iterable, Iterator
from datetime import date

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.plugin.report import log

_MOST_SHOWN = 3


def mention_future(pages: Iterable[WrittenPage], today: date, serving: bool, kept: Kept) -> None:
    """Log one message about all dates in the future.

    `kept` has what earlier builds of `mkdocs serve` mentioned, which is not mentioned again.
    """
    now = PartialDate.of(today)
    found = tuple(text for page in pages if not page.draft for text in _find_future(page, now))
    if found and kept.settle("future", found) is found:
        log.info(_tell(found, serving))


def _find_future(page: WrittenPage, now: PartialDate) -> Iterator[str]:
    """Yield the dates of a page that are certainly later than `now`, each with its place."""
    if not page.review:
        return
    ends = (day for one in page.review.readings for day in (one.started, one.ended))
    dated = [("date", page.review.date), ("updated", page.review.updated)]
    for key, when in (*dated, *(("read", day) for day in ends)):
        if when and now.is_before(when):
            yield f"{page.marks.place((key,))}: `{key}` is `{when}`"


def _tell(found: tuple[str, ...], serving: bool) -> str:
    lines = [*found[:_MOST_SHOWN]]
    if more := len(found) - len(lines):
        lines.append(f"and {more} more")
    listed = "".join(f"\n  {line}" for line in lines)
    what = "These dates are in the future:" if len(found) > 1 else "This date is in the future:"
    if not any(": `date` is" in text for text in found):
        return f"{what}{listed}"
    is_shown = "is shown in this preview only" if serving else "is not published"
    return f"{what}{listed}\nA review with such a `date` {is_shown} until then."

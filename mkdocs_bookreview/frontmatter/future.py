"""Find dates in the future, because they may be typing mistakes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.model.dates import PartialDate

_MOST_SHOWN = 3


def find_future(pages: Iterable[WrittenPage], today: date) -> tuple[str, ...]:
    """Return a line with place, key and date for each date of a review that is after `today`.

    A month or a year counts only if all of it is after `today`.
    Drafts are left out, because their dates are not final.
    """
    now = PartialDate.of(today)
    return tuple(text for page in pages if not page.draft for text in _find_later(page, now))


def describe_future(found: Sequence[str], serving: bool) -> str:
    """Return one message about all dates.

    `serving` is True in a preview, because only a preview shows a review with a future `date`.
    """
    lines = [*found[:_MOST_SHOWN]]
    if more := len(found) - len(lines):
        lines.append(f"and {more} more")
    listed = "".join(f"\n  {line}" for line in lines)
    what = "These dates are in the future:" if len(found) > 1 else "This date is in the future:"
    if not any(": `date` is" in text for text in found):
        return f"{what}{listed}"
    is_shown = "is shown in this preview only" if serving else "is not published"
    return f"{what}{listed}\nUntil that day, a review with a future `date` {is_shown}."


def _find_later(page: WrittenPage, now: PartialDate) -> Iterator[str]:
    if not page.review:
        return
    ends = (day for one in page.review.readings for day in (one.started, one.ended))
    dated = [("date", page.review.date), ("updated", page.review.updated)]
    for key, when in (*dated, *(("read", day) for day in ends)):
        if when and now.is_before(when):
            yield f"{page.marks.place((key,))}: `{key}` is `{when}`"

"""Find out how often and when a book was read, from the keys `read`, `times` and `shelf`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mkdocs_bookreview.frontmatter.schema import ReadingIn, ReviewIn
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.review import Ending, Reading, Status
from mkdocs_bookreview.settings.marked_yaml import Path

_ENDS = (Status.READ, Status.STOPPED)
# A reading may begin this many months before publication without a report, because some reviewers
# get books early and do not say so, and publishers send proofs long before.
_EARLY = 6
_EARLY_PROOF = 36
_PROOFS = frozenset({"arc", "netgalley"})  # values of `copy`

Fault = tuple[Path, str, str]  # the key, what is wrong, and the fix


def build_readings(found: ReviewIn) -> tuple[Reading, ...]:
    """Return the readings that `read` lists, in its order, after readings that only `times` counts.

    `{read: 2024-04-12, times: 3}` gives two finished readings without a date, and the dated one.
    """
    listed = [reading for one in found.read for reading in _list_readings(one)]
    uncounted = (found.times or 0) - _count_read(listed)
    readings = [*[Reading(Status.READ)] * uncounted, *listed]
    return tuple(_add_shelf(readings, found.shelf))


def choose_shelf(found: ReviewIn) -> Status | None:
    """Return the shelf if readings cannot express it; otherwise None."""
    return found.shelf if found.shelf in (Status.TO_READ, Status.PAUSED) else None


def check_readings(found: ReviewIn, books: Iterable[Book]) -> Iterator[Fault]:
    """Report contradictions in counts and shelves, and readings before the book was published."""
    if found.times or found.shelf:
        readings = [reading for one in found.read for reading in _list_readings(one)]
        yield from _check_counts(found, readings)
    early = _EARLY_PROOF if (found.copy_ or "").lower() in _PROOFS else _EARLY
    for book in books:
        if when := book.first_published or book.published:
            yield from _check_dates(found.read, book, when, early)


def _check_counts(found: ReviewIn, readings: Sequence[Reading]) -> Iterator[Fault]:
    count = _count_read(readings)
    if found.times and found.times < count:
        what = f"`times` is {found.times}, but `read` has {count} finished readings."
        yield ("times",), what, f"Write `times: {count}`, or leave it out."
    if readings and _is_contrary(readings[-1], found.shelf):
        yield _report_shelf(found)


def check_published(book: Book) -> Iterator[Fault]:
    """Report a `first_published` that is later than `published`."""
    first, published = book.first_published, book.published
    if first and published and published.is_before(first):
        what = f"`book.first_published` is `{first}`, which is after `published: {published}`."
        yield ("first_published",), what, "Check which of the two dates is wrong."


def _list_readings(found: ReadingIn) -> Iterator[Reading]:
    """Yield the readings of an item of `read`; with `times`, the last reading has the dates."""
    yield from [Reading(Status.READ)] * ((found.times or 1) - 1)
    end = found.finished or found.stopped
    yield Reading(
        _find_status(found), _find_date(found.started), _find_date(end), found.at, found.rating
    )


def _find_status(found: ReadingIn) -> Ending:
    if found.stopped:
        return Status.STOPPED
    return Status.READ if found.finished or found.times else Status.READING


def _find_date(when: PartialDate | bool | None) -> PartialDate | None:
    return when if isinstance(when, PartialDate) else None


def _count_read(readings: Iterable[Reading]) -> int:
    return sum(one.status is Status.READ for one in readings)


def _add_shelf(readings: list[Reading], shelf: Status | None) -> list[Reading]:
    """Return the readings, with a reading that the shelf adds or ends.

    `shelf: reading` adds a current reading, unless the last reading is current. `shelf: read` and
    `shelf: stopped` end a current reading; if there are no readings, they add a reading without a
    date. A shelf that contradicts the last reading changes nothing.
    """
    last = readings[-1] if readings else None
    if shelf is None or shelf is Status.TO_READ or shelf is Status.PAUSED:
        return readings
    if last and last.status is shelf:
        return readings
    if not last or shelf is Status.READING:
        return [*readings, Reading(shelf)]
    return readings if _is_contrary(last, shelf) else [*readings[:-1], replace(last, status=shelf)]


def _is_contrary(last: Reading, shelf: Status | None) -> bool:
    """Return whether the shelf contradicts how the last reading ended."""
    return shelf in _ENDS and last.status in _ENDS and last.status is not shelf


def _report_shelf(found: ReviewIn) -> Fault:
    end = found.read[-1].finished or found.read[-1].stopped
    when = end if isinstance(end, PartialDate) else "true"
    key, said = "stopped", "finished"
    if found.shelf is Status.READ:
        key, said = said, key
    what = f"`shelf` is `{found.shelf}`, but `read` says that the last reading was {said}."
    right = f"{{{key}: {when}}}"
    write = f"`read: {right}`" if len(found.read) == 1 else f"`{right}` as the last item of `read`"
    fix = f"Leave `shelf` out. If `read` is wrong, write {write}."
    return ("shelf",), what, fix


def _check_dates(
    readings: Iterable[ReadingIn], book: Book, published: PartialDate, early: int
) -> Iterator[Fault]:
    for number, one in enumerate(readings):
        for key in ("started", "finished", "stopped"):
            when = _find_date(getattr(one, key))
            if when and when.is_before_by(early, published):
                said = f"`read` is `{when}`" if key == "finished" else f"`read` has `{key}: {when}`"
                yield ("read", number, key), *_describe_early(said, book, published)
                break


def _describe_early(said: str, book: Book, published: PartialDate) -> tuple[str, str]:
    what = f"{said}, before the book was published (`{published}`)."
    if book.first_published:
        return what, "Check which of the two dates is wrong."
    return what, (
        "Check both dates. If you read an older edition, write the date of the first edition"
        " under `book:`, for example `first_published: 1815`."
    )

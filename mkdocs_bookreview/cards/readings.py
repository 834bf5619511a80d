"""Describes in words when a book was read, and whether it was finished."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from mkdocs_bookreview.cards.names import join_names
from mkdocs_bookreview.cards.stars import Stars
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Reading, Status
from mkdocs_bookreview.words.language import Words

_MOST_DATES = 4  # in one line


class ReadingWords:
    """Describes readings in words.

    `date` returns a date in words, and `stars` returns the stars of a rating, or None without a
    rating.
    """

    def __init__(
        self,
        words: Words,
        date: Callable[[PartialDate], str],
        stars: Callable[[Rating | None], Stars | None] = lambda _: None,
    ) -> None:
        self._words = words
        self._date = date
        self._stars = stars

    def describe(self, readings: Iterable[Reading]) -> Iterator[str]:
        """Yield each reading in words; equal readings without a date share a text with a number.

        Three readings of `read: {times: 3}` give `3 times, dates unknown`.
        """
        for reading, times in Counter(readings).items():
            if reading.started or reading.ended:
                yield from [self._describe(reading, 1)] * times
            else:
                yield self._describe(reading, times)

    def _describe(self, reading: Reading, times: int) -> str:
        if reading.status is Status.READ:
            text = self._span(reading) or self._undated(times)
        elif reading.status is Status.STOPPED:
            text = self._stopped(reading)
        else:
            text = self._unfinished(reading)
        stars = self._stars(reading.rating)
        return f"{text} · {stars.text}" if stars else text

    def _undated(self, times: int) -> str:
        return self._words("times_unknown", n=times) if times > 1 else self._words("date_unknown")

    def _stopped(self, reading: Reading) -> str:
        when = self._span(reading)
        if reading.at:
            key = "stopped_at" if when else "stopped_there"
            return self._words(key, at=reading.at, when=when)
        return self._words("stopped_on", when=when) if when else self._words("status_stopped")

    def _unfinished(self, reading: Reading) -> str:
        text = self._words("status_reading")
        if reading.started:
            text = f"{text}, {self._words('since', start=self._date(reading.started))}"
        return text

    def _span(self, reading: Reading) -> str:
        """Return when a reading began and ended, as far as known; "" if both are unknown."""
        start, end = (when and self._date(when) for when in (reading.started, reading.ended))
        if start and end:
            return self._words("from_to", start=start, end=end)
        return self._words("begun", start=start) if start else end or ""


class ReadingLine:
    """Sums up readings in one line, without days: `Read 2009, 2016 and April 2024`."""

    def __init__(self, words: Words, date: Callable[[PartialDate], str]) -> None:
        self._words = words
        self._full = date
        # Texts of months are cached, because many books were read in the same months.
        self._months: dict[PartialDate, str] = {}
        self._others = ReadingWords(words, self._date)

    def _date(self, when: PartialDate) -> str:
        """Return a date in words, without its day."""
        if when not in self._months:
            self._months[when] = self._full(replace(when, day=None))
        return self._months[when]

    def sum_up(self, readings: Sequence[Reading]) -> Iterator[str]:
        """Yield a text about all finished readings, and then texts about the other readings."""
        finished = [one for one in readings if one.status is Status.READ]
        if finished:
            yield self._sum_up_finished(finished)
        yield from self._others.describe(one for one in readings if one.status is not Status.READ)

    def says_all(self, readings: Sequence[Reading]) -> bool:
        """Return whether the line leaves nothing out: no day, start, rating or further reading."""
        finished = [one for one in readings if one.status is Status.READ]
        is_listed = len(finished) <= _MOST_DATES or len(self._count(finished)) <= _MOST_DATES
        return is_listed and all(
            not (one.rating or (one.started and one.status is Status.READ))
            and not any(when and when.day for when in (one.started, one.ended))
            for one in readings
        )

    def _sum_up_finished(self, readings: Sequence[Reading]) -> str:
        words, number = self._words, len(readings)
        dates = self._count(readings)
        if not dates:
            return words("read_times", n=number) if number > 1 else words("read")
        if dates.total() < number or len(dates) > _MOST_DATES:
            return words("read_often", n=number, when=list(dates)[-1])
        listed = [words("read_in", when=one, n=n) if n > 1 else one for one, n in dates.items()]
        return words("read_on", when=join_names(listed, words))

    def _count(self, readings: Iterable[Reading]) -> Counter[str]:
        """Return the dates on which readings ended, in words and in order, each with its count."""
        ends = sorted((one.ended for one in readings if one.ended), key=lambda when: when.order)
        return Counter(map(self._date, ends))

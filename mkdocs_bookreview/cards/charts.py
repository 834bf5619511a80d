"""Builds charts of the books read, each with a table of the same numbers, in one language."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from markupsafe import Markup, escape

from mkdocs_bookreview.cards.bars import draw_bar
from mkdocs_bookreview.cards.names import join_names
from mkdocs_bookreview.cards.pieces import ROOT, Addresses
from mkdocs_bookreview.model.dates import UNKNOWN, PartialDate
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.statistics import Finish, Period
from mkdocs_bookreview.words.language import Words

_MOST_LEADERS = 2  # because no row stands out if more of them share the lead
_FEWEST_ROWS = 3  # that are not zero, because readers see which of two rows is longer
# A longer scale has rows only for ratings that were given, because most others would be empty.
_MOST_STEPS = 10

# Each row of a chart has a label and a period.
Periods = Sequence[tuple[str, Period]]
Counts = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Bar:
    """Describes a row of a chart: its label, the drawn bar as SVG, and its number as text."""

    label: str
    drawn: str
    value: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Describes a chart and its table.

    `key` is the same in all languages, for example `pages-by-year`. `notes` are sentences under the
    title, `bars` are the drawn rows. In the table, `head` has the names of the columns, and each of
    the `rows` has a cell for each column. `head` and `rows` are empty if the table would only
    repeat the bars.
    """

    key: str
    title: str
    notes: tuple[str, ...]
    bars: tuple[Bar, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ChartBuilder:
    """Builds charts whose links begin at `ROOT`. A chart with nothing to show is None."""

    def __init__(self, at: Addresses, words: Words) -> None:
        self.at = at
        self.words = words

    def books(self, title: str, unit: str, dated: Periods, rest: Periods = ()) -> Chart | None:
        """Return a chart of books. A bar has two parts: new books, and books that were reread.

        `rest` has books read at an unknown time. It comes last, and no sentence names it as the
        largest.
        """
        parts = [*dated, *rest]
        counts = [(label, len(part.finishes)) for label, part in parts]
        if not any(count for _, count in counts) or _is_total(dated, rest):
            return None
        most = max(count for _, count in counts)
        bars = [
            Bar(label, draw_bar(part.books / most, part.again / most), self.add_up(part))
            for label, part in parts
        ]
        columns = {
            "stats_books": [part.books for _, part in parts],
            "stats_again": [part.again for _, part in parts],
            "status_stopped": [part.unfinished for _, part in parts],
        }
        notes = [self.leaders(counts[: len(dated)], "books_count")]
        if any(columns["stats_again"]):
            notes.append(self.words("stats_paler"))
        return self.chart(title, notes, bars, unit, columns)

    def add_up(self, period: Period) -> str:
        """Return for example `12 + 3` for new and reread books, or `12` if none was reread."""
        new, again = (self.words.number(count) for count in (period.books, period.again))
        return f"{new} + {again}" if period.again else new

    def pages(self, title: str, unit: str, dated: Periods, rest: Periods = ()) -> Chart | None:
        """Return a chart of pages; `rest` is as in `books`."""
        if _is_total(dated, rest):
            return None
        counts = [(label, part.pages) for label, part in (*dated, *rest)]
        chart = self.count(title, unit, "stats_pages", counts)
        leaders = self.leaders(counts[: len(dated)], "pages") if chart else ""
        return replace(chart, notes=(leaders,)) if chart and leaders else chart

    def divide(self, period: Period) -> Iterator[Chart | None]:
        """Yield charts of ratings, formats and languages."""
        yield self.ratings(period)
        formats = self.merge(period, lambda one: one.book.format, str.capitalize)
        yield self.count("list_formats", "format", "stats_books", self.link("formats", formats))
        languages = self.merge(period, lambda one: one.book.language, self.words.language_name)
        linked = self.link("languages", languages)
        yield self.count("list_languages", "language", "stats_books", linked)

    def ratings(self, period: Period) -> Chart | None:
        """Return a chart of ratings: the best first, unrated books last."""
        given = period.ratings
        unrated = given.pop(None, 0)
        if not compares(given.values()):
            return None
        best = next(rating.best for rating in given if rating)
        whole = [Rating(Decimal(step), best) for step in range(1, best + 1)]
        steps = {*given, *(whole if best <= _MOST_STEPS else ())}
        ordered = sorted(filter(None, steps), key=lambda rating: rating.value, reverse=True)
        counts = [(self.rating(rating), given[rating]) for rating in ordered]
        if unrated:
            counts.append((self.words("not_rated"), unrated))
        return self.count("list_ratings", "stats_one_rating", "stats_times", counts)

    def rating(self, rating: Rating) -> str:
        ident = f"{rating.value.normalize():f}"
        return self.link_term("ratings", self.words.number(rating.value), "", ident)

    def merge(
        self, period: Period, value: Callable[[Finish], str | None], name: Callable[[str], str]
    ) -> dict[str, int]:
        """Return the number of books by the name of a value, the most frequent name first.

        Books without the value come last, under an empty name. The result is empty if a chart of it
        would compare nothing.
        """
        said = set(map(value, period.finishes))
        # Count names instead of values, because values in different case have the same name.
        names = {one: name(one) if one else "" for one in said}
        counts = period.count(lambda one: (names[value(one)],))
        unsaid = counts.pop("", 0)
        found = dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
        if unsaid:
            found[""] = unsaid
        return found if len(found) > 1 and compares(counts.values()) else {}

    def link(self, taxonomy: str, counts: Mapping[str, int]) -> Counts:
        """Return the counts with a link for each name whose term has a page."""
        return [
            (self.link_term(taxonomy, name, name) if name else self.words("not_said"), count)
            for name, count in counts.items()
        ]

    def link_term(self, taxonomy: str, label: str, name: str, ident: str | None = None) -> str:
        """Return the label, linked to the page of a term if there is one."""
        pages = self.at.terms.get(taxonomy)
        found = pages.find(name, ident) if pages else None
        return link(label, found[1] if found else None)

    def year_name(self, year: int) -> str:
        return self.words.date(PartialDate(year))

    def year(self, year: int) -> str:
        name = self.year_name(year)
        return self.link_term("years", name, name)

    def span(self, first: int, last: int) -> str:
        """Return the name of a year, or of years without a book, such as `2013–2023`."""
        if first == last:
            return self.year(first)
        return f"{self.year_name(first)}–{self.year_name(last)}"

    def undated(self) -> str:
        """Return the name of unknown dates, linked to the page of such books if there is one."""
        return self.link_term("years", self.words("date_unknown"), "", UNKNOWN)

    def count(self, title: str, unit: str, column: str, counts: Counts) -> Chart | None:
        """Return a chart of one column of numbers."""
        most = max((count for _, count in counts), default=0)
        if not most:
            return None
        bars = [
            Bar(label, draw_bar(count / most), self.words.number(count)) for label, count in counts
        ]
        return self.chart(title, (), bars, unit, {column: [count for _, count in counts]})

    def chart(
        self,
        title: str,
        notes: Sequence[str],
        bars: Sequence[Bar],
        unit: str,
        columns: Mapping[str, Sequence[int]],
    ) -> Chart:
        """Return the chart. Its table leaves out columns that contain only zeros.

        With one column left there is no table, because the bars have the same numbers beside them.
        """
        kept = {key: numbers for key, numbers in columns.items() if any(numbers)}
        sentences = tuple(filter(None, notes))
        if len(kept) == 1:
            return self.name(title, sentences, bars, (), ())
        rows = tuple(
            (bar.label, *(self.words.number(numbers[place]) for numbers in kept.values()))
            for place, bar in enumerate(bars)
        )
        head = (self.words(unit), *map(self.words, kept))
        return self.name(title, sentences, bars, head, rows)

    def name(
        self,
        title: str,
        notes: tuple[str, ...],
        bars: Sequence[Bar],
        head: tuple[str, ...],
        rows: tuple[tuple[str, ...], ...],
    ) -> Chart:
        """Return a chart whose `title` is a key of the words.

        The key `stats_by_year` gives the chart the key `by-year`.
        """
        key = title.partition("_")[2].replace("_", "-")
        return Chart(key, self.words(title), notes, tuple(bars), head, rows)

    def leaders(self, counts: Counts, key: str) -> str:
        """Return a sentence that names the largest rows.

        It is empty if there are few rows, or if many are equally large, because it would say
        little.
        """
        most = max((count for _, count in counts), default=0)
        names = [escape(label) for label, count in counts if count == most]
        rows = sum(count > 0 for _, count in counts)
        if len(names) > _MOST_LEADERS or rows < _FEWEST_ROWS:
            return ""
        named = join_names(names, self.fill, Markup(", "))
        return self.fill("stats_most", names=named, count=self.words(key, n=most))

    def fill(self, key: str, **values: str) -> Markup:
        return escape(self.words.text(key)).format(**values)


@lru_cache(maxsize=1000)  # because the charts of all years link to the same themes
def link(text: str, address: str | None) -> Markup:
    """Return the text, linked to an address below `ROOT` if there is one."""
    if not address:
        return escape(text)
    return Markup('<a href="{}/{}">{}</a>').format(ROOT, address, text)


def _is_total(dated: Periods, rest: Periods) -> bool:
    """Return whether a chart would only repeat the total, because all books are in one row."""
    return len(dated) == 1 and not rest


def compares(counts: Iterable[int]) -> bool:
    """Return whether any value has several books, because otherwise all bars have one length."""
    return max(counts, default=0) > 1

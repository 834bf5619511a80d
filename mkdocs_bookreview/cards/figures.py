"""Builds the figures of what was read, over all years and in each year, in one language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from mkdocs_bookreview.cards.charts import Chart, ChartBuilder, link
from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cards.views import Fact
from mkdocs_bookreview.model.statistics import Finish, Period, Statistics
from mkdocs_bookreview.model.taxonomy import Term
from mkdocs_bookreview.words.language import Words

_MONTHS = range(1, 13)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figures:
    """Describes the figures of all years or of one.

    `numbers` are shown large, `facts` are not. `charts` are columns of charts.
    """

    title: str
    numbers: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    charts: tuple[tuple[Chart, ...], ...]


class FigureBuilder:
    """Builds figures whose links begin at `ROOT`."""

    def __init__(self, statistics: Statistics, at: Addresses, words: Words) -> None:
        self.statistics = statistics
        self.at = at
        self.words = words
        self.charts = ChartBuilder(at, words)
        self._years: dict[str, list[int]] = defaultdict(list)
        for year in statistics.years if "years" in at.terms else ():
            if term := at.terms["years"].taxonomy.find(self.charts.year_name(year)):
                self._years[term.slug].append(year)

    def of_all(self) -> Figures:
        whole, years = self.statistics.whole, self.statistics.years
        parts = [(self.charts.year(year), period) for year, period in reversed([*years.items()])]
        undated = self.statistics.undated
        is_undated = undated.finishes or undated.unfinished
        rest = [(self.charts.undated(), undated)] if is_undated else []
        over_time = (
            self.charts.books("stats_by_year", "stats_year", parts, rest),
            self.charts.pages("stats_pages_by_year", "stats_year", parts, rest),
        )
        divided = (*self.charts.divide(whole), self.charts.themes_by_year(self.statistics))
        return self.gather(self.words("stats"), whole, self.authors(whole), over_time, divided)

    def of_term(self, term: Term) -> Figures | None:
        """Return the figures of the year that the term names.

        The result is None for other terms, and for one in which a vocabulary joins several years.
        """
        years = self._years.get(term.slug, ())
        return self.of_year(years[0]) if len(years) == 1 else None

    def of_year(self, year: int) -> Figures:
        period = self.statistics.years[year]
        months = period.months
        parts = [(self.words.month(month), months.get(month, Period())) for month in _MONTHS]
        rest = [(self.words("stats_no_month"), months[None])] if None in months else []
        if not any(months):
            parts = rest = []  # because all months would be empty if only years are known
        over_time = (
            self.charts.books("stats_by_month", "stats_month", parts, rest),
            self.charts.pages("stats_pages_by_month", "stats_month", parts, rest),
        )
        divided = (*self.charts.divide(period), self.charts.themes(period))
        title = self.words("stats_of_year", year=self.charts.year_name(year))
        return self.gather(title, period, self.authors_of_year(period), over_time, divided)

    def gather(
        self, title: str, period: Period, authors: str, *columns: Iterable[Chart | None]
    ) -> Figures:
        """Return the figures, without charts if there is only one book."""
        shown = columns if len(period.finishes) > 1 else ()
        charts = (tuple(chart for chart in column if chart) for column in shown)
        return Figures(
            title,
            tuple(self.name(self.numbers(period))),
            tuple(self.name({**self.lengths(period), "list_authors": authors})),
            tuple(column for column in charts if column),
        )

    def name(self, facts: Mapping[str, str]) -> Iterator[Fact]:
        """Yield the facts that have a value, with the names that readers see."""
        return (Fact(key, self.words(key), value) for key, value in facts.items() if value)

    def numbers(self, period: Period) -> dict[str, str]:
        return {
            "stats_books": self.count(period.books),
            "stats_again": self.count(period.again),
            "stats_pages": self.count(period.pages),
            "stats_minutes": self.words.duration(period.minutes) if period.minutes else "",
            "stats_rating": self.rating(period),
            "stats_days": self.round(period.average_days),
            "status_stopped": self.count(period.unfinished),
        }

    def rating(self, period: Period) -> str:
        best = next((one.rating.best for one in period.finishes if one.rating), 0)
        average = self.round(period.average_rating)
        return self.words("rated", value=average, best=best) if average else ""

    def lengths(self, period: Period) -> dict[str, str]:
        """Return the longest and shortest book if two have pages, and how many have no length."""
        ordered, unmeasured = period.by_length, period.unmeasured
        facts = {"stats_unmeasured": self.words("books_count", n=unmeasured) if unmeasured else ""}
        if len(ordered) > 1:
            longest, shortest = self.book(ordered[-1]), self.book(ordered[0])
            facts = {"stats_longest": longest, "stats_shortest": shortest, **facts}
        return facts

    def book(self, one: Finish) -> str:
        _, address = self.at.related[one.review.source]
        pages = self.words("pages", n=one.pages)
        return self.charts.fill("stats_book", title=link(one.book.title, address), pages=pages)

    def authors(self, whole: Period) -> str:
        """Return how many authors were read, and how many of them with more than one book."""
        books = whole.count(lambda one: one.authors)
        often = sum(count > 1 for count in books.values())
        count = self.count(len(books))
        return self.words("authors_often", n=len(books), often=often) if often else count

    def authors_of_year(self, period: Period) -> str:
        """Return how many authors were new in the year, and how many had been read before."""
        new = period.new_authors
        known = len(period.count(lambda one: one.authors)) - new
        counts = {"authors_new": new, "authors_again": known}
        return ", ".join(self.words(key, n=count) for key, count in counts.items() if count)

    def count(self, number: int) -> str:
        return self.words.number(number) if number else ""

    def round(self, value: Fraction | None) -> str:
        if value is None:
            return ""
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return self.words.number(exact.quantize(_TENTH, ROUND_HALF_UP))

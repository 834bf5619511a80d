"""Builds the figures about the books read, in all years and in each year, in one language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from mkdocs_bookreview.cards.charts import Chart, ChartBuilder, link
from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cards.theme_charts import ThemeCharts
from mkdocs_bookreview.cards.views import Fact
from mkdocs_bookreview.model.statistics import Finish, Period, Statistics, list_spans
from mkdocs_bookreview.model.taxonomy import Term
from mkdocs_bookreview.words.language import Words

_MONTHS = range(1, 13)
_FEWEST_BOOKS = 12  # in a year with charts by month, because with fewer most months have no book
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figures:
    """Describes the figures of all years, or of one year.

    `heading` is above the figures of a year, because these follow a list. It is empty if the page
    has only figures. `numbers` are shown large, `facts` are not. `charts` are columns of charts.
    """

    title: str
    heading: str
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
        self.themes = ThemeCharts(self.charts)
        self._years: dict[str, list[int]] = defaultdict(list)
        for year in statistics.years if "years" in at.terms else ():
            if term := at.terms["years"].taxonomy.find(self.charts.year_name(year)):
                self._years[term.slug].append(year)

    def of_all(self) -> Figures:
        whole, years = self.statistics.whole, self.statistics.years
        parts = [
            (self.charts.span(first, last), years.get(first, Period()))
            for first, last in reversed(list_spans(years))
        ]
        undated = self.statistics.undated
        is_undated = undated.finishes or undated.unfinished
        rest = [(self.charts.undated(), undated)] if is_undated else []
        over_time = (
            self.charts.books("stats_by_year", "stats_year", parts, rest),
            self.charts.pages("stats_pages_by_year", "stats_year", parts, rest),
        )
        divided = (*self.charts.divide(whole), self.themes.by_year(self.statistics))
        title, numbers = self.words("stats"), self.numbers(whole)
        facts = {**self.lengths(whole), "list_authors": self.authors(whole)}
        return self.gather(title, "", numbers, facts, _if_several(whole, over_time, divided))

    def of_term(self, term: Term) -> Figures | None:
        """Return the figures of the year that the term names.

        The result is None for other terms, for a term in which a vocabulary joins several years,
        and if there is nothing to show.
        """
        years = self._years.get(term.slug, ())
        figures = self.of_year(years[0]) if len(years) == 1 else None
        return figures if figures and (figures.numbers or figures.facts) else None

    def of_year(self, year: int) -> Figures:
        period = self.statistics.years[year]
        months, divided = self.over_months(period), tuple(self.charts.divide(period))
        themes = (self.themes.of_period(period),)
        columns = (months, divided + themes) if months else (divided, themes)
        title = self.words("stats_of_year", year=self.charts.year_name(year))
        numbers = self.numbers(period)
        if not period.again:
            # The number of books is left out, because the list above shows it.
            del numbers["stats_books"]
        if len(period.finishes) == 1:
            # The page shows the stars of a single book already, and an average of one rating says
            # nothing.
            numbers["stats_rating"] = ""
        facts = {**self.lengths(period), "list_authors": self.authors_of_year(period)}
        charts = _if_several(period, *columns)
        return self.gather(title, title, numbers, facts, charts)

    def over_months(self, period: Period) -> tuple[Chart | None, ...]:
        """Return charts by month; none if few books were read, because most rows would be empty."""
        months = period.months
        if len(period.finishes) < _FEWEST_BOOKS or not any(months):
            return ()
        parts = [(self.words.month(month), months.get(month, Period())) for month in _MONTHS]
        rest = [(self.words("stats_no_month"), months[None])] if None in months else []
        return (
            self.charts.books("stats_by_month", "stats_month", parts, rest),
            self.charts.pages("stats_pages_by_month", "stats_month", parts, rest),
        )

    def gather(
        self,
        title: str,
        heading: str,
        numbers: Mapping[str, str],
        facts: Mapping[str, str],
        charts: Iterable[Iterable[Chart | None]],
    ) -> Figures:
        """Return the figures, without empty values, charts and columns."""
        columns = (tuple(chart for chart in column if chart) for column in charts)
        return Figures(
            title,
            heading,
            tuple(self.name(numbers)),
            tuple(self.name(facts)),
            tuple(column for column in columns if column),
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
        """Return the longest and the shortest book, and the number of books without a length.

        Longest and shortest are left out if fewer than two books have pages. The number is empty if
        no book has a length, because then there is no sum of pages that would be incomplete.
        """
        ordered = period.by_length
        unmeasured = period.unmeasured if period.pages or period.minutes else 0
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


def _if_several(
    period: Period, *columns: Iterable[Chart | None]
) -> tuple[Iterable[Chart | None], ...]:
    """Return the columns of charts; none for a single book, because there is nothing to compare."""
    return columns if len(period.finishes) > 1 else ()

"""Builds charts of the themes of the books read."""

from collections import Counter
from collections.abc import Sequence

from mkdocs_bookreview.cards.bars import draw_columns
from mkdocs_bookreview.cards.charts import Bar, Chart, ChartBuilder, Counts, compares, link
from mkdocs_bookreview.model.statistics import Period, Statistics, list_recent_years
from mkdocs_bookreview.settings.settings import THEMES

_MOST_THEMES = 10
_MOST_YEARS = 24  # because more columns are too narrow on a phone


class ThemeCharts:
    """Builds charts of themes with the help of `charts`. A chart with nothing to show is None."""

    def __init__(self, charts: ChartBuilder) -> None:
        self._charts = charts
        self._words = charts.words
        themes = charts.at.terms.get(THEMES)
        self._themes = {term.slug: term.name for term in themes.taxonomy.terms} if themes else {}

    def of_period(self, period: Period) -> Chart | None:
        counts = period.count(lambda one: one.themes)
        if not compares(counts.values()):
            return None
        linked = [(self._link(slug), count) for slug, count in _rank(counts)]
        return self._charts.count("themes", "stats_theme", "stats_books", linked)

    def by_year(self, statistics: Statistics) -> Chart | None:
        """Return a chart with a row of columns for each theme, one column for each year.

        If there are too many years, the columns show the last years. The table also has the earlier
        years in which a book was read, and books read on unknown dates.
        """
        ranked = _rank(statistics.whole.count(lambda one: one.themes))
        counted = {
            year: period.count(lambda one: one.themes)
            for year, period in statistics.years.items()
            if period.finishes
        }
        # A single year gets plain bars, because one column would show no change over time.
        if not ranked or len(counted) <= 1:
            return self.of_period(statistics.whole)
        years = list_recent_years(counted, _MOST_YEARS)
        counted = {year: counted.get(year, Counter()) for year in sorted({*counted, *years})}
        columns = {self._charts.year_name(year): count for year, count in counted.items()}
        if statistics.undated.finishes:
            themes = statistics.undated.count(lambda one: one.themes)
            columns[self._words("date_unknown")] = themes
        bars = self._draw(ranked, [counted[year] for year in years])
        rows = tuple(self._list_counts(*one, [*columns.values()]) for one in ranked)
        first, last = self._charts.year_name(years[0]), self._charts.year_name(years[-1])
        note = self._words("stats_columns", first=first, last=last)
        head = (self._words("stats_theme"), *columns, self._words("stats_total"))
        return self._charts.name("stats_by_theme", (note,), bars, head, rows)

    def _draw(self, ranked: Counts, years: Sequence[Counter[str]]) -> tuple[Bar, ...]:
        """Return a row for each theme, with a column for each of the `years`."""
        most = max(1, *(year[slug] for slug, _ in ranked for year in years))
        return tuple(
            Bar(
                self._link(slug),
                draw_columns([year[slug] / most for year in years]),
                self._words.number(total),
            )
            for slug, total in ranked
        )

    def _list_counts(
        self, slug: str, total: int, columns: Sequence[Counter[str]]
    ) -> tuple[str, ...]:
        """Return the row of a theme in the table: its name, its numbers and their total."""
        number = self._words.number
        counts = (number(column[slug]) if column[slug] else "" for column in columns)
        return (self._link(slug), *counts, number(total))

    def _link(self, slug: str) -> str:
        return link(self._themes[slug], self._charts.at.terms[THEMES].addresses[slug])


def _rank(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the most frequent slugs with their counts."""
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST_THEMES]

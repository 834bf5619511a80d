from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from mkdocs_bookreview.cards.bars import draw_bar, draw_columns
from mkdocs_bookreview.cards.figures import FigureBuilder
from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cards.terms import TermPages
from mkdocs_bookreview.model.book import Book, Contributor
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Reading, Review, Status
from mkdocs_bookreview.model.statistics import count_readings
from mkdocs_bookreview.model.taxonomy import Mention, group
from mkdocs_bookreview.words.language import Words

shares = st.floats(0, 1)


def review(title, *read, rating=None, best=5, stopped=(), **facts):
    """Here `read` has years, or years and months; None is an unknown date."""
    finished = [
        Reading(
            Status.READ,
            ended=one and PartialDate(*(one if isinstance(one, tuple) else (one,))),
        )
        for one in read
    ]
    left = [Reading(Status.STOPPED, ended=year and PartialDate(year)) for year in stopped]
    return Review(
        f"{title}.md",
        (Book(title, authors=(Contributor(facts.pop("author", "Ann")),), **facts),),
        rating=Rating(Decimal(rating), best) if rating else None,
        readings=(*finished, *left),
    )


def builder(*reviews, language="en", themes=(), **others):
    taxonomies = {"themes": group(themes), **others}
    terms = {
        name: TermPages(
            name, name, taxonomy, {one.slug: f"{name}/{one.slug}/" for one in taxonomy.terms}
        )
        for name, taxonomy in taxonomies.items()
    }
    related = {one.source: (one.book.title, f"{one.book.title}/") for one in reviews}
    statistics = count_readings(Library.of(reviews), taxonomies)
    return FigureBuilder(statistics, Addresses({}, terms, related), Words(language))


def facts(figures):
    return {one.name: one.value for one in (*figures.numbers, *figures.facts)}


def charts(figures):
    return {chart.title: chart for column in figures.charts for chart in column}


def bars(chart):
    return [(bar.label, bar.value) for bar in chart.bars]


TWO = (
    review("A & B", 2020, (2024, 2), rating=4, pages=300, format="Paperback", language="en"),
    review("C", (2024, 2), rating="3.5", pages=1200, format="paperback", language="English"),
    review("D", (2024, 3), author="Bo", duration=61, format="audiobook", language="fr"),
    review("E", 2021, author="Cy"),
    review("F", stopped=(2023,)),
)


# Twelve books make a year that has charts by month.
MONTHS = (
    review("A", 2020, (2024, 2), pages=300),
    *(review(f"B{n}", (2024, 2), pages=100) for n in range(8)),
    *(review(f"C{n}", (2024, 3)) for n in range(3)),
)


def test_facts_of_all():
    assert facts(builder(*TWO).of_all()) == {
        "Books": "4",
        "Reread": "1",
        "Pages": "1,800",
        "Listening time": "1 h 1 min",
        "Average rating": "3.8 out of 5",
        "Did not finish": "1",
        "Longest": '<a href="\x00/C/">C</a>, 1200 pages',
        "Shortest": '<a href="\x00/A &amp; B/">A &amp; B</a>, 300 pages',
        "Length unknown": "1 book",
        "Authors": "3 (1 read more than once)",
    }


def test_facts_of_a_year():
    assert facts(builder(*TWO).of_year(2024)) == {
        "Books": "2",
        "Reread": "1",
        "Pages": "1,500",
        "Listening time": "1 h 1 min",
        "Average rating": "3.8 out of 5",
        "Longest": '<a href="\x00/C/">C</a>, 1200 pages',
        "Shortest": '<a href="\x00/A &amp; B/">A &amp; B</a>, 300 pages',
        "Authors": "1 new, 1 returning",
    }
    assert facts(builder(*TWO).of_year(2023)) == {"Did not finish": "1"}


def test_in_german():
    figures = builder(*TWO, language="de").of_year(2024)
    assert figures.title == "2024 in Zahlen"
    assert facts(figures)["Bewertung im Schnitt"] == "3,8 von 5"
    months = charts(builder(*MONTHS, language="de").of_year(2024))["Bücher pro Monat"]
    assert bars(months)[2] == ("März", "3")


def test_books_by_year():
    chart = charts(builder(*TWO).of_all())["Books by year"]
    assert bars(chart) == [
        ("2024", "2 + 1"),
        ("2023", "0"),
        ("2022", "0"),
        ("2021", "1"),
        ("2020", "1"),
    ]
    assert chart.notes == ("Most: 2024 (3 books).", "Lighter: rereads.")
    assert chart.head == ("Year", "Books", "Reread", "Did not finish")
    assert chart.rows[:2] == (("2024", "2", "1", "0"), ("2023", "0", "0", "1"))


def test_long_runs_of_years_without_books_share_a_row():
    reviews = [review(f"B{year}", year, pages=9) for year in (1974, 2003, 2005, 2009, 2014)]
    found = charts(builder(*reviews).of_all())
    years = ["2014", "2010–2013", "2009", "2008", "2007", "2006", "2005", "2004", "2003"]
    expected = [*years, "1975–2002", "1974"]
    assert [label for label, _ in bars(found["Books by year"])] == expected
    assert [label for label, _ in bars(found["Pages by year"])] == expected
    assert bars(found["Books by year"])[1] == ("2010–2013", "0")


def test_a_single_year_repeats_no_total():
    found = charts(builder(review("A", 2020, pages=1), review("B", 2020)).of_all())
    assert not {"Books by year", "Pages by year"} & set(found)


def test_books_and_pages_by_month():
    found = charts(builder(*MONTHS).of_year(2024))
    chart = found["Books by month"]
    assert [bar.value for bar in chart.bars] == ["0", "8 + 1", "3", *["0"] * 9]
    assert chart.notes == ("Lighter: rereads.",)  # no leader among two months
    assert chart.head == ("Month", "Books", "Reread")
    assert [bar.value for bar in found["Pages by month"].bars][:3] == ["0", "1,100", "0"]
    assert found["Pages by month"].head == ()


def test_months_that_are_not_known():
    found = charts(builder(*MONTHS, review("D", 2024), review("E", (2024, 5))).of_year(2024))
    chart = found["Books by month"]
    assert bars(chart)[-2:] == [("December", "0"), ("Month unknown", "1")]
    assert chart.notes[0] == "Most: February (9 books)."
    none = charts(builder(*(review(f"{n}", 2024, pages=2) for n in range(12))).of_year(2024))
    assert not {"Books by month", "Pages by month"} & set(none)


def test_a_year_of_few_books_has_no_months():
    assert "Books by month" in charts(builder(*MONTHS).of_year(2024))
    few = charts(builder(*MONTHS[1:]).of_year(2024))
    assert not {"Books by month", "Pages by month"} & set(few)


def test_dates_that_are_not_known():
    """They have the last row, never lead, and complete the table of themes."""
    reviews = (
        review("A", None, None, 2020, pages=100),
        review("B", None, 2021, rating=4, pages=100),
        review("C", stopped=(None,)),
    )
    themes = [Mention("Memory", reviews[0]), Mention("Memory", reviews[1])]
    years = [
        Mention("2020", reviews[0]),
        Mention("Date unknown", reviews[0], id="unknown"),
    ]
    made = builder(*reviews, themes=themes, years=group(years))
    found = charts(made.of_all())
    books = found["Books by year"]
    unknown = '<a href="\x00/years/unknown/">Date unknown</a>'
    assert bars(books) == [
        ("2021", "0 + 1"),
        ('<a href="\x00/years/2020/">2020</a>', "0 + 1"),
        (unknown, "2 + 1"),
    ]
    assert books.rows[-1] == (unknown, "2", "1", "1")
    assert "unknown" not in books.notes[0]
    assert bars(found["Pages by year"])[-1] == (unknown, "300")
    assert found["Themes over time"].head == ("Theme", "2020", "2021", "Date unknown", "All years")
    assert found["Themes over time"].rows[0][1:] == ("1", "1", "2", "2")
    assert facts(made.of_all())["Reread"] == "3"
    assert made.of_term(group(years).find("", "unknown")) is None


def test_nothing_but_unknown_dates():
    reviews = (review("A", None, pages=100), review("B", None))
    for language, name in (("en", "Date unknown"), ("de", "Datum unbekannt")):
        themes = [Mention("Memory", one) for one in reviews]
        figures = builder(*reviews, language=language, themes=themes).of_all()
        books, pages, *_ = [chart for column in figures.charts for chart in column]
        assert (bars(books), books.notes) == ([(name, "2")], ())
        assert (bars(pages), pages.notes) == ([(name, "100")], ())


def test_ratings():
    chart = charts(builder(*TWO).of_all())["Ratings"]
    assert bars(chart) == [
        ("5", "0"),
        ("4", "2"),
        ("3.5", "1"),
        ("3", "0"),
        ("2", "0"),
        ("1", "0"),
        ("Not rated", "2"),
    ]
    assert chart.head == chart.rows == ()  # a table would repeat the bars
    assert "Ratings" not in charts(builder(review("A", 2020), review("B", 2021)).of_all())
    given = (review(f"{value}", 2020, 2021, rating=value, best=100) for value in (9, 70))
    assert bars(charts(builder(*given).of_all())["Ratings"]) == [("70", "2"), ("9", "2")]


def test_bars_of_one_book_each_compare_nothing():
    one, two = review("A", 2020, rating=4, format="Ebook"), review("B", 2020, format="Paperback")
    assert charts(builder(one, two, themes=[Mention("War", one)]).of_all()) == {}


def test_formats_and_languages():
    found = charts(builder(*TWO).of_all())
    assert bars(found["Formats"]) == [
        ("Paperback", "2"),
        ("Audiobook", "1"),
        ("Not specified", "1"),
    ]
    assert bars(found["Languages"]) == [("English", "2"), ("French", "1"), ("Not specified", "1")]
    assert not {"Formats", "Languages"} & set(charts(builder(review("A", 1, 2, 3)).of_all()))
    same = builder(review("A", 2020, language="en"), review("B", 2021, language="en"))
    assert "Languages" not in charts(same.of_all())


def test_what_has_a_page_is_linked():
    one, two = review("A", 2020, rating="4.5", format="ebook"), review("B", 2021, rating="4.5")
    found = charts(
        builder(
            one,
            two,
            review("C", 2021, format="ebook"),
            review("D", 2021, format="hardcover"),
            themes=[Mention("<War>", one), Mention("<War>", two)],
            years=group([Mention("2020", one)]),
            formats=group([Mention("Ebook", one)]),
            ratings=group([Mention("4.5 out of 5", one, id="4.5")]),
        ).of_all()
    )
    assert found["Books by year"].bars[1].label == '<a href="\x00/years/2020/">2020</a>'
    assert found["Books by year"].bars[0].label == "2021"
    assert found["Formats"].bars[0].label == '<a href="\x00/formats/ebook/">Ebook</a>'
    assert found["Ratings"].bars[1].label == '<a href="\x00/ratings/4-5/">4.5</a>'
    assert found["Themes over time"].bars[0].label == '<a href="\x00/themes/war/">&lt;War&gt;</a>'


def test_themes_over_time():
    reviews = [review(f"B{year}", year) for year in range(1999, 2025)]
    war = [Mention("War", one) for one in reviews]
    many = [Mention(f"T{n:02}", reviews[0]) for n in range(12)]
    chart = charts(builder(*reviews, themes=[*war, *many]).of_all())["Themes over time"]
    assert [escape(bar.label).striptags() for bar in chart.bars] == [
        "War",
        *(f"T{n:02}" for n in range(9)),
    ]
    assert chart.notes == ("Each column is a year, from 2001 to 2024.",)
    assert chart.bars[0].drawn.count("<rect x=") == 24
    assert chart.bars[1].drawn.count("<rect x=") == 0
    assert chart.head[:2] == ("Theme", "1999")
    assert chart.head[-1] == "All years"
    assert chart.rows[0][1:] == (*["1"] * 26, "26")
    assert chart.rows[1][1:] == ("1", *[""] * 25, "1")


def test_years_without_books_keep_their_column():
    reviews = [review(f"B{year}", year) for year in (1974, 2020, 2024)]
    war = [Mention("War", one) for one in reviews]
    chart = charts(builder(*reviews, themes=war).of_all())["Themes over time"]
    assert chart.notes == ("Each column is a year, from 2020 to 2024.",)
    columns = [*ET.fromstring(chart.bars[0].drawn)][1:]
    assert [column.get("x") for column in columns] == ["2%", "82%"]
    assert chart.head[1:-1] == ("1974", "2020", "2021", "2022", "2023", "2024")
    assert chart.rows[0][1:] == ("1", "1", "", "", "", "1", "3")


def test_themes_of_a_year():
    one, two = review("A", 2020), review("B", 2020)
    themes = [Mention("War", one), Mention("Class", one), Mention("War", two)]
    made = builder(one, two, themes=themes)
    assert bars(charts(made.of_all())["Themes"]) == bars(charts(made.of_year(2020))["Themes"])
    values = [bar.value for bar in charts(made.of_year(2020))["Themes"].bars]
    assert values == ["2", "1"]


def test_one_book_has_no_charts():
    made = builder(review("A", (2020, 1), pages=9, rating=4, format="ebook"))
    assert made.of_all().charts == made.of_year(2020).charts == ()
    # The list above has the number of books, and the rating of this one.
    assert facts(made.of_year(2020)) == {"Pages": "9", "Authors": "1 new"}
    assert facts(made.of_all())["Average rating"] == "4 out of 5"


def test_a_year_may_have_nothing_to_show():
    one = Review("A.md", (Book("A"),), readings=(Reading(Status.READ, ended=PartialDate(2020)),))
    years = group([Mention("2020", one)])
    assert builder(one, years=years).of_term(years.terms[0]) is None


def test_the_page_of_a_year():
    reviews = [review("A", 2020), review("B", 2021), review("C", -441)]
    years = group(
        [
            Mention("2020", reviews[0]),
            Mention("2021", reviews[1]),
            Mention("441 BCE", reviews[2]),
            Mention("2019", reviews[2]),
        ]
    )
    made = builder(*reviews, years=years)
    titles = [made.of_term(term) and made.of_term(term).title for term in years.terms]
    assert titles == ["441 BCE in numbers", None, "2020 in numbers", "2021 in numbers"]


@pytest.mark.parametrize(
    ("first", "again", "widths"),
    [(0, 0, []), (1, 0, ["100%"]), (1 / 3, 2 / 3, ["33.33%", "66.67%"]), (0, 0.5, ["50%"])],
)
def test_bar(first, again, widths):
    drawing = ET.fromstring(draw_bar(first, again))
    assert [rect.get("width") for rect in drawing] == widths
    assert drawing.get("aria-hidden") == "true"


@given(st.lists(shares, min_size=1, max_size=30))
def test_columns(given_shares):
    svg = draw_columns(given_shares)
    assert "style" not in svg
    drawing = ET.fromstring(svg)
    height = float(drawing.get("height"))
    line, *columns = drawing
    assert line.get("width") == "100%"
    assert len(columns) == sum(map(bool, given_shares))
    for column in columns:
        top, tall = float(column.get("y")), float(column.get("height"))
        assert top + tall == pytest.approx(height, rel=1e-4)
        left, wide = (float(column.get(name).rstrip("%")) for name in ("x", "width"))
        assert 0 <= left <= left + wide <= 100

from decimal import Decimal

import pytest

from mkdocs_bookreview.listings.pages import list_shown_numbers, plan_listings
from mkdocs_bookreview.listings.taxonomies import KINDS, group_library
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.model.dates import PartialDate
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.rating import Rating
from mkdocs_bookreview.model.review import Reading, Review, Status, ThemeMention, Weight
from mkdocs_bookreview.settings.settings import FURTHER, THEMES, USUAL, Settings
from mkdocs_bookreview.words.language import Words


def review(number, *themes, **more):
    mentions = tuple(one if isinstance(one, ThemeMention) else ThemeMention(one) for one in themes)
    date = PartialDate(2024, 1 + number // 28, 1 + number % 28)
    return Review(
        f"r/{number:03}.md", (Book(f"B {number:03}"),), date=date, themes=mentions, **more
    )


def plan(written, language="en", /, **options):
    library = Library.of(written)
    settings = Settings.model_validate({"browse": False, **options})
    words = Words(language)
    return plan_listings(library, group_library(library, {}, settings, words), settings, words)


def on(listing):
    """The reviews of a page."""
    return [one for _, reviews in listing.groups for one in reviews]


def is_index_of_themes(listing):
    return listing.taxonomy == "themes" and not listing.term


def test_empty_site():
    assert plan([]) == ()
    wanted = ["reviews/index.md", "themes/index.md", "index.md", "browse/index.md"]
    words, settings = Words(), Settings()
    library = Library.of([])
    taxonomies = group_library(library, {}, settings, words)
    named = plan_listings(library, taxonomies, settings, words, wanted)
    assert [(one.source, one.title, on(one)) for one in named] == [
        ("reviews/index.md", "Reviews", []),
        ("themes/index.md", "Themes", []),
    ]
    assert all(one.is_index and one.pages == (one.source,) and one.total == 0 for one in named)


@pytest.mark.parametrize(
    ("count", "per_page", "sizes"),
    [(1, 24, [1]), (24, 24, [24]), (25, 24, [24, 1]), (7, 3, [3, 3, 1]), (3, 1, [1, 1, 1])],
)
def test_pages_of_the_reviews(count, per_page, sizes):
    listings = plan([review(n) for n in range(count)], reviews={"per_page": per_page})
    pages = [one for one in listings if not one.taxonomy]
    sources = ["reviews/index.md", *(f"reviews/page/{n}.md" for n in range(2, len(sizes) + 1))]
    assert [one.source for one in pages] == sources
    assert [len(on(one)) for one in pages] == sizes
    assert [one.number for one in pages] == list(range(1, len(sizes) + 1))
    assert {one.total for one in pages} == {count}
    assert {one.pages for one in pages} == {tuple(sources)}
    assert [one.parent for one in pages] == [None, *["reviews/index.md"] * (len(sizes) - 1)]
    shown = [one.source for page in pages for one in on(page)]
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) == count


def test_the_page_to_browse():
    listings = plan([review(1)], "de", browse={"path": "find"})
    found = [one for one in listings if one.shows == "browse"]
    assert [(one.source, one.title, one.is_index) for one in found] == [
        ("find/index.md", "Stöbern", True)
    ]
    assert not [one for one in plan([], browse=True) if one.shows == "browse"]


@pytest.mark.parametrize(
    ("number", "count", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 4, [1, 2, 3, 4]),
        (1, 5, [1, 2, 3, 4, 5]),
        (1, 6, [1, 2, 3, None, 6]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 11, [1, None, 4, 5, 6, 7, 8, None, 11]),
        (417, 417, [1, None, 415, 416, 417]),
        (200, 417, [1, None, 198, 199, 200, 201, 202, None, 417]),
    ],
)
def test_a_page_leads_to_few_others_however_many_there_are(number, count, shown):
    assert list_shown_numbers(number, count) == shown


def test_pages_of_a_theme():
    listings = plan(
        [review(n, "Memory") for n in range(5)], reviews={"per_page": 2}, themes={"path": "t"}
    )
    pages = [one for one in listings if one.source.startswith("t/memory")]
    assert [(one.source, one.title, one.parent) for one in pages] == [
        ("t/memory.md", "Memory", "t/index.md"),
        ("t/memory/page/2.md", "Memory, page 2", "t/memory.md"),
        ("t/memory/page/3.md", "Memory, page 3", "t/memory.md"),
    ]
    assert not any(one.is_index for one in pages)
    assert {one.total for one in pages} == {5}


def test_a_theme_that_ends_in_index():
    listings = plan([review(n, "Card index") for n in range(2)], reviews={"per_page": 1})
    sources = [one.source for one in listings if "card" in one.source]
    assert sources == ["themes/card-index.md", "themes/card-index/page/2.md"]


def test_themes_that_are_called_as_our_own_pages():
    sources = [one.source for one in plan([review(1, "Index", "Page")])]
    assert sources == [
        "reviews/index.md",
        "themes/index.md",
        "themes/index-2.md",
        "themes/page-2.md",
    ]


def test_index_of_themes():
    reviews = [review(1, "Memory", "Class"), review(2, "memory"), review(3, "Memory")]
    assert any(map(is_index_of_themes, plan(reviews)))
    terms = [(one.source, one.title, len(on(one))) for one in plan(reviews) if one.term]
    assert terms == [("themes/class.md", "Class", 1), ("themes/memory.md", "Memory", 3)]


def test_a_theme_that_gives_the_book_away_is_listed_nowhere():
    secret = ThemeMention("Clones", spoiler=True)
    listings = plan([review(1, secret, "Memory"), review(2, secret)])
    assert not any("lones" in one.source + one.title for one in listings)
    both = plan([review(1, secret), review(2, "Clones")])
    term = next(one for one in both if one.source == "themes/clones.md")
    assert [one.source for one in on(term)] == ["r/002.md"]
    assert term.term.hidden == 1


WEIGHED = [
    review(1, ThemeMention("War", Weight.MINOR), rating=Rating(Decimal(5), 5)),
    review(2, ThemeMention("War"), rating=Rating(Decimal(5), 5)),
    review(3, ThemeMention("War", Weight.CENTRAL), rating=Rating(Decimal(2), 5)),
    review(4, ThemeMention("War", Weight.CENTRAL)),
    review(5, ThemeMention("War", Weight.CENTRAL), rating=Rating(Decimal("2.5"), 5)),
]


def shown(listing):
    return [(heading, [one.source[2:5] for one in reviews]) for heading, reviews in listing.groups]


def test_reviews_of_a_theme_by_weight_and_then_by_rating():
    [page] = [one for one in plan(WEIGHED) if one.term]
    assert shown(page) == [
        ("Central", ["005", "003", "004"]),
        ("Present", ["002"]),
        ("In passing", ["001"]),
    ]


def test_groups_go_over_pages():
    pages = [one for one in plan(WEIGHED, reviews={"per_page": 2}) if one.term]
    assert [shown(page) for page in pages] == [
        [("Central", ["005", "003"])],
        [("Central", ["004"]), ("Present", ["002"])],
        [("In passing", ["001"])],
    ]


def test_without_weights_there_are_no_headings():
    [page] = [one for one in plan([WEIGHED[1], review(6, "War")]) if one.term]
    assert shown(page) == [("", ["002", "006"])]


def test_what_waits_to_be_read_is_listed_on_its_shelf_alone():
    stub = review(1, "Memory", shelf=Status.TO_READ)
    *others, shelf = plan([stub])
    sources = [one.source for one in others]
    assert sources == ["shelves/index.md"]
    assert not any(one.groups for one in others)
    assert (shelf.source, shelf.groups) == ("shelves/to-read.md", (("", (stub,)),))
    assert on(plan([stub])[0]) == []


def test_sorted_by_title():
    listing = plan([review(n) for n in range(3)], reviews={"sort": "title", "path": "books/all"})[0]
    assert listing.source == "books/all/index.md"
    assert [one.book.title for one in on(listing)] == ["B 000", "B 001", "B 002"]


def test_language():
    listings = plan([review(n) for n in range(2)], "de", reviews={"per_page": 1})
    assert [one.title for one in listings] == ["Besprechungen", "Besprechungen, Seite 2", "Themen"]


def test_the_same_on_every_build():
    reviews = [review(n, "Memory", "memory", f"T{n % 3}") for n in range(20)]
    assert plan(reviews) == plan(reversed(reviews))


def test_figures_where_a_book_was_finished():
    finished, stopped = (
        Reading(how, ended=PartialDate(2024)) for how in (Status.READ, Status.STOPPED)
    )
    [page] = [one for one in plan([review(1, readings=(finished,))]) if one.shows == "stats"]
    assert (page.source, page.title, page.is_index) == (
        "stats/index.md",
        "Reading statistics",
        True,
    )
    assert not [one for one in plan([review(1, readings=(stopped,))]) if one.shows == "stats"]
    off = plan([review(1, readings=(finished,))], stats=False)
    assert {one.shows for one in off} == {"reviews"}


def test_books_that_were_read_on_unknown_dates_come_after_all_years():
    undated, dated = Reading(Status.READ), Reading(Status.READ, ended=PartialDate(-441))
    given_up = Reading(Status.STOPPED)
    written = [review(1, readings=(undated, dated)), review(2, readings=(undated, given_up))]
    years = [one for one in plan(written, "de") if one.taxonomy == "years"]
    assert [(one.source, one.title, one.total) for one in years] == [
        ("years/index.md", "Jahre", 0),
        ("years/unknown.md", "Datum unbekannt", 2),
        ("years/441-v-chr.md", "441 v. Chr.", 1),
    ]
    assert not [one for one in plan(written[1:]) if one.taxonomy == "years"]


def test_every_name_of_the_settings_is_a_kind():
    assert list(KINDS) == [THEMES, *USUAL, *FURTHER]

"""Pages of lists: layouts, headings with ids, and what is not said twice."""

from pathlib import Path

import pytest
from sites import Site, build_site, review, text_of, with_class

PAGES = {
    "index.md": "# Home\n",
    "reviews/sula.md": review(
        "Sula",
        "Toni Morrison",
        date="2024-05-17",
        rating=4,
        verdict="Two friends.",
        themes=["Memory", "Class"],
        description="Not shown.",
    ),
    "reviews/beloved.md": review(
        "Beloved",
        "T. Morrison",
        read="2023-04",
        themes=["Memory"],
        body="It haunts.",
        book={"genres": ["Novel"]},
    ),
    "reviews/omens.md": review(
        "Good Omens",
        "Terry Pratchett",
        date="2022-02-03",
        book={"authors": ["Terry Pratchett", "Neil Gaiman"], "author": None},
    ),
    "reviews/sea.md": review(
        "Sea",
        "Ann",
        date="2021-01-01",
        book={"series": [{"name": "Water", "position": 1}, {"name": "Water", "position": "3-4"}]},
    ),
    "reviews/later.md": review(
        "Later", "Ann", shelf="to-read", book={"series": {"name": "Water", "position": 0.5}}
    ),
    "../authors.yml": "toni: {name: Toni Morrison, aliases: [T. Morrison]}\n",
}
OPTIONS = {"taxonomies": {"authors": {"vocabulary": "authors.yml"}}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_site(tmp_path_factory.mktemp("lists"), PAGES, OPTIONS)


def cards(site: Site, path: str) -> dict[str, str]:
    """Return the texts of the cards on a page, below the cover, by title."""
    bodies = with_class(site.page(path), "bookreview-item__body")
    return {
        text_of(body.xpath("*[@class='bookreview-item__title']")[0]): text_of(body)
        for body in bodies
    }


def test_cards_have_a_verdict_and_a_date(site: Site) -> None:
    assert site.warnings == []
    shown = cards(site, "reviews/index.html")
    assert shown["Sula"].endswith("Two friends. Memory · Class May 2024")
    assert "Not shown." not in shown["Sula"]
    assert shown["Beloved"].endswith("It haunts. Memory April 2023")
    times = site.page("reviews/index.html").xpath("//article//time/@datetime")
    assert times == ["2024-05", "2023-04", "2022-02", "2021-01"]


def test_years_are_headings_with_ids(site: Site) -> None:
    headings = with_class(site.page("reviews/index.html"), "bookreview-list__heading")
    assert [(one.get("id"), text_of(one)) for one in headings] == [
        (f"bookreview-{year}", year) for year in ("2024", "2023", "2022", "2021")
    ]


def test_the_list_leads_to_browse(site: Site) -> None:
    (count,) = with_class(site.page("reviews/index.html"), "bookreview-count")
    assert text_of(count) == "4 reviews · Browse by theme, author and more"
    assert count.xpath("a/@href") == ["../browse/"]
    for path in ("themes/memory/index.html", "authors/toni/index.html"):
        assert "browse" not in text_of(with_class(site.page(path), "bookreview-count")[0]).lower()


def test_what_the_title_says_is_not_repeated(site: Site) -> None:
    for text in cards(site, "authors/toni/index.html").values():
        assert "Morrison" not in text
    omens = cards(site, "authors/neil-gaiman/index.html")["Good Omens"]
    assert "Terry Pratchett and Neil Gaiman" in omens
    memory = cards(site, "themes/memory/index.html")
    assert [("Memory" in text) for text in memory.values()] == [False, False]
    assert "Class" in memory["Sula"]
    assert "T. Morrison" in memory["Beloved"]
    assert "To read" not in cards(site, "shelves/to-read/index.html")["Later"]


def test_a_series_is_numbered_and_has_books_on_shelves(site: Site) -> None:
    page = site.page("series/water/index.html")
    assert [text_of(one) for one in with_class(page, "bookreview-item__number")] == [
        "0.5",
        "1, 3–4",
    ]
    assert "To read" in cards(site, "series/water/index.html")["Later"]
    counts = [text_of(one) for one in with_class(page, "bookreview-count")]
    assert counts == ["1 book, 1 more not reviewed yet", "Missing from this list: 2."]
    assert text_of(with_class(site.page("series/index.html"), "bookreview-terms")[0]) == "Water 1"
    assert with_class(site.page("reviews/index.html"), "bookreview-item__number") == []


@pytest.mark.parametrize(
    ("layout", "name"),
    [("list", "bookreview-rows"), ("covers", "bookreview-covers"), ("table", None)],
)
def test_layouts_of_all_lists(tmp_path: Path, layout: str, name: str | None) -> None:
    options = OPTIONS | {"reviews": {"layout": layout, "group": "author", "sort": "title"}}
    site = build_site(tmp_path, PAGES, options)
    assert site.warnings == []
    page = site.page("reviews/index.html")
    headings = with_class(page, "bookreview-list__heading")
    assert [text_of(one) for one in headings] == ["Ann", "Toni Morrison", "Terry Pratchett"]
    for path in ("reviews/index.html", "series/water/index.html", "authors/toni/index.html"):
        found = with_class(site.page(path), name) if name else site.page(path).xpath("//table")
        assert found, path
        assert not with_class(site.page(path), "bookreview-item")
    series = site.page("series/water/index.html").xpath("//article")[0]
    assert {"0.5", "1, 3–4"} <= {text_of(one) for one in series.iter()}
    titles = page.xpath("//article//a[contains(@href, 'reviews/')]")
    assert [text_of(one) for one in titles] == ["Sea", "Beloved", "Sula", "Good Omens"]


@pytest.mark.parametrize("directories", [True, False])
def test_a_page_takes_the_place_of_the_list(tmp_path: Path, directories: bool) -> None:
    own = "# My reviews\n\n/// reviews\n    limit: 1\n///\n"
    options = OPTIONS | {"reviews": {"list": False, "per_page": 1}}
    pages = PAGES | {"reviews/index.md": own}
    site = build_site(
        tmp_path,
        pages,
        options,
        use_directory_urls=directories,
        markdown_extensions=["bookreview_spoilers"],
    )
    assert site.warnings == site.infos == []
    page = site.page("reviews/index.html")
    assert [text_of(one) for one in with_class(page, "bookreview-item__title")] == ["Sula"]
    assert with_class(page, "bookreview-count") == with_class(page, "bookreview-pages") == []
    assert not [path for path in site.files() if path.startswith("reviews/page")]
    assert [path for path in site.files() if path.startswith("themes/memory/page")]
    sula = site.page("reviews/sula/index.html" if directories else "reviews/sula.html")
    assert sula.xpath("//link[@rel='prev' or @rel='next']")


def test_without_such_a_page_the_list_is_shown(tmp_path: Path) -> None:
    options = OPTIONS | {"reviews": {"list": False}}
    site = build_site(tmp_path, PAGES, options, markdown_extensions=["bookreview_spoilers"])
    assert len(cards(site, "reviews/index.html")) == 4
    (told,) = site.infos
    assert told.startswith("`reviews.list` is `false`, but you have no page")
    assert "Write a page `reviews/index.md`" in told


def test_a_page_among_the_reviews_does_not_double_the_menu(tmp_path: Path) -> None:
    pages = PAGES | {"reviews/notes.md": "---\nreview: false\n---\n# Notes\n"}
    site = build_site(tmp_path, pages, theme="readthedocs")
    links = site.page("index.html").xpath("//nav//li/a")
    names = [text_of(one) for one in links]
    assert names.count("Reviews") == 1
    assert names.index("Reviews") < names.index("Browse") < names.index("Notes")


BLOCKS = """# Home

/// reviews
    author: T. Morrison
///

/// reviews
    series: Water
    layout: list
///

/// reviews
    series: Water
    sort: title
    layout: list
///
"""


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> Site:
    series = {"series": {"name": "Water", "position": "10"}}
    pages = PAGES | {
        "index.md": BLOCKS,
        "reviews/river.md": review("A River", "Ann", date="2020-01-01", book=series),
        "reviews/early.md": review("Early", date="2024-12-24", read=["2022", "2023-01-02"]),
        "reviews/late.md": review("Late", date="2023-12-24", read=["2023-11-30", "2024-05-01"]),
        "reviews/some.md": review("Some", date="2025-01-01", read="2023"),
    }
    return build_site(tmp_path_factory.mktemp("blocks"), pages, OPTIONS | {"stats": False})


def test_a_block_of_one_author_does_not_repeat_the_name(blocks: Site) -> None:
    assert blocks.warnings == []
    shown = cards(blocks, "index.html")
    assert [*shown] == ["Sula", "Beloved"]
    assert not [text for text in shown.values() if "Morrison" in text]


def test_a_block_of_one_series_has_its_numbers_and_order(blocks: Site) -> None:
    by_place, by_title = with_class(blocks.page("index.html"), "bookreview-rows")
    assert [text_of(one) for one in by_place] == ["1, 3–4 Sea Ann", "10 A River Ann"]
    assert [text_of(one) for one in by_title] == ["10 A River Ann", "1, 3–4 Sea Ann"]


def test_the_page_of_a_year_has_the_months_of_readings(blocks: Site) -> None:
    shown = cards(blocks, "years/2023/index.html")
    assert [*shown] == ["Late", "Beloved", "Early", "Some"]
    ends = [text.rpartition(".")[2].strip() for text in shown.values()]
    assert ends == ["November 2023", "Memory April 2023", "January 2023", ""]
    assert cards(blocks, "years/2024/index.html")["Late"].endswith("May 2024")
    assert cards(blocks, "reviews/index.html")["Late"].endswith("December 2023")


def test_a_review_may_be_the_page_of_the_list(tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n",
        "reviews/index.md": review("Sula", "Toni Morrison"),
        "reviews/emma.md": review(),
    }
    site = build_site(tmp_path, pages)
    assert set(cards(site, "reviews/index.html")) == {"Sula", "Emma"}
    assert not site.warnings

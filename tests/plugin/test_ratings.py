"""Ratings on a real site: what they mean, how they are shown, and those of aspects."""

import json
from datetime import date
from pathlib import Path

import pytest

from mkdocs_bookreview.cli.check import check_site
from tests.plugin.sites import Site, build_site, review, text_of, with_class

OPTIONS = {
    "rating": {
        "words": {5: "A <favourite>", 3: "Good in parts", 1: "Not for me"},
        "aspects": ["world building", "prose"],
    },
    "taxonomies": {"ratings": True},
}
HOME = """# Home

/// ratings
///

/// rating
///

/// ratings | best
    limit: 3
///
"""
PAGES = {
    "index.md": HOME,
    "reviews/emma.md": review(
        rating=5, ratings={"prose": 4.5, "world building": "8/10"}, date="2024-01-04"
    ),
    "reviews/dune.md": review("Dune", rating=4.5, ratings={"prose": 2}, date="2024-01-03"),
    "reviews/kim.md": review("Kim", rating=5, date="2024-01-02"),
    "reviews/sula.md": review("Sula", rating=3, ratings={"prose": 5}, date="2024-01-01"),
    "reviews/it.md": review("It"),
    "reviews/draft.md": review("Draft", rating=2, draft=True),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_site(tmp_path_factory.mktemp("ratings"), PAGES, OPTIONS)


def test_the_legend_counts_reviews_and_links_to_them(site: Site) -> None:
    legends = with_class(site.page("index.html"), "bookreview-legend")
    assert len(legends) == 3
    for legend in legends:
        rows = legend.xpath("li")
        labels = [row.xpath('.//*[@role="img"]')[0].get("aria-label") for row in rows]
        assert labels == ["5 out of 5", "4.5 out of 5", "3 out of 5", "1 out of 5"]
        assert [text_of(row) for row in rows] == [
            "5 A <favourite> 2 reviews",
            "4.5 1 review",
            "3 Good in parts 1 review",
            "1 Not for me 0 reviews",
        ]
        links = [row.xpath(".//a/@href") for row in rows]
        assert links == [["./ratings/5/"], ["./ratings/4-5/"], ["./ratings/3/"], []]


def test_mistakes_in_the_legend_are_reported(site: Site) -> None:
    assert sorted(site.warnings, key=lambda text: int(text.split(":")[1])) == [
        "index.md:6: `/// rating` has a mistake, but the block works. Write `/// ratings`.",
        "index.md:9: `/// ratings` is followed by `best`, which has no effect. Write `/// ratings`"
        " alone.",
        "index.md:10: `/// ratings` takes no options. Leave them out.",
    ]


def test_words_are_beside_the_stars(site: Site) -> None:
    card = with_class(site.page("reviews/emma/index.html"), "bookreview-card")[0]
    words = with_class(card.getroottree(), "bookreview-stars__word")
    assert [text_of(word) for word in words][:1] == ["A <favourite>"]
    assert text_of(with_class(card.getroottree(), "bookreview-card__rating")[0]) == (
        "5 A <favourite>"
    )
    items = with_class(site.page("reviews/index.html"), "bookreview-item__rating")
    assert [text_of(item) for item in items] == [
        "5 A <favourite>",
        "4.5",
        "5 A <favourite>",
        "3 Good in parts",
        "Not rated",
    ]


def test_aspects_are_on_the_card_and_not_in_the_rating(site: Site) -> None:
    [rows] = with_class(site.page("reviews/emma/index.html"), "bookreview-aspects")
    shown = {row.get("data-aspect"): text_of(row) for row in rows.xpath("div")}
    assert shown == {"world building": "World building4", "prose": "Prose4.5"}
    assert [row.get("data-aspect") for row in rows.xpath("div")] == ["world building", "prose"]
    assert with_class(site.page("reviews/kim/index.html"), "bookreview-aspects") == []
    assert with_class(site.page("reviews/index.html"), "bookreview-aspects") == []
    reviews = json.loads(site.text("library.json"))["reviews"]
    emma = next(one for one in reviews if one["books"][0]["title"] == "Emma")
    assert emma["rating"] == {"value": 5, "best": 5}
    assert emma["ratings"] == [
        {"name": "world building", "value": 4, "best": 5},
        {"name": "prose", "value": 4.5, "best": 5},
    ]


def test_readers_can_sort_by_aspects(site: Site) -> None:
    page = site.page("browse/index.html")
    choices = page.xpath('//select[@data-key="sort"]/option[starts-with(@value, "rating-")]')
    assert {one.get("value"): text_of(one) for one in choices} == {
        "rating-prose": "Rating: prose",
        "rating-world-building": "Rating: world building",
    }
    sorts = page.xpath('//select[@data-key="sort"]/option/@value')
    rows = page.xpath("//li[@data-places]")
    places = {text_of(row.xpath(".//a")[0]): row.get("data-places").split() for row in rows}
    # The first choice, the newest first, has no place of its own in the rows.
    at = sorts.index("rating-prose") - 1
    ordered = sorted(places, key=lambda title: int(places[title][at]))
    assert ordered == ["Sula", "Emma", "Dune", "It", "Kim"]


@pytest.mark.parametrize(
    ("display", "card", "browse", "is_drawn"),
    [("stars", "", "★★★★½", True), ("number", "4.5/5", "4.5/5", False)],
)
def test_displays(tmp_path: Path, display: str, card: str, browse: str, is_drawn: bool) -> None:
    home = "# Home\n" + "".join(
        f"\n/// reviews\n    layout: {layout}\n///\n" for layout in ("cards", "list", "table")
    )
    pages = {"index.md": home, "reviews/dune.md": PAGES["reviews/dune.md"]}
    options = {"rating": {"display": display, "aspects": ["prose"]}}
    site = build_site(tmp_path, pages, options)
    assert site.warnings == []
    page, home_page = (site.page(f"{name}index.html") for name in ("reviews/dune/", ""))
    shown = [*with_class(page, "bookreview-stars"), *with_class(home_page, "bookreview-stars")]
    ratings = [one for one in shown if one.get("aria-label") == "4.5 out of 5"]
    assert [text_of(one) for one in ratings] == [card] * 4
    assert all(bool(one.xpath('*[@class="bookreview-stars__row"]')) is is_drawn for one in shown)
    [row] = site.page("browse/index.html").xpath('//li[@data-rating="4.5"]')
    assert browse in text_of(row)


def test_a_legend_of_nothing(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"index.md": "# Home\n\n/// ratings\n///\n"})
    assert text_of(with_class(site.page("index.html"), "bookreview-empty")[0]) == (
        "Nothing here yet."
    )


def test_an_older_scale_is_mentioned_once(tmp_path: Path) -> None:
    options = {"rating": {"scale": 10}}
    pages = {name: text for name, text in PAGES.items() if "ratings:" not in text}
    pages["reviews/a.md"] = review("A", rating=4)
    site = build_site(tmp_path, {**pages, "index.md": "# Home\n"}, options)
    [told] = [info for info in site.infos if "rating.scale" in info]
    assert "at most 5, but `rating.scale` is 10" in told
    checked = check_site(tmp_path / "mkdocs.yml", date(2025, 1, 1), lambda paths: paths)
    assert (checked.note, checked.problems) == (told, [])

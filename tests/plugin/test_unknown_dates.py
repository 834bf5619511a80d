"""A site whose author knows of few readings when they were."""

import csv
import json
import logging
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from sites import Site, build_site, review, text_of, with_class

from mkdocs_bookreview.cli.main import main
from mkdocs_bookreview.frontmatter.read import read_page
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.plugin.mentions import mention_future
from mkdocs_bookreview.settings.rating import RatingSettings

PAGES = {
    "index.md": "# Home\n\n/// reviews\n    year: unknown\n    layout: list\n///\n",
    "read.md": review("The Zoo", read=True, rating=4, themes=["Class"], book={"pages": 100}),
    "times.md": review("Bee", times=3, read="2024-04-12", book={"pages": 10}),
    "about.md": review("Ant", read="~2006"),
    "stopped.md": review("Dune", read={"stopped": True, "at": "45%"}),
    "shelf.md": review("Emma", shelf="did-not-finish"),
    "reading.md": review("Faust", "Goethe", shelf="reading"),
    "begun.md": review("Gulag", read={"started": "2025"}),
    "future.md": review("Hope", date="2199-01-01"),
    "draft.md": review("Ivy", date="2199-01-01", draft=True),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_site(tmp_path_factory.mktemp("site"), PAGES, {"reviews": {"sort": "-date"}})


def titles(site: Site, path: str) -> list[str]:
    return [text_of(title) for title in with_class(site.page(path), "bookreview-item__title")]


def test_reviews_without_a_date_are_sorted_by_their_last_reading(site: Site) -> None:
    expected = ["Gulag", "Bee", "Ant", "Dune", "Emma", "Faust", "The Zoo"]
    assert titles(site, "reviews/index.html") == expected


def test_shelves(site: Site) -> None:
    assert titles(site, "shelves/stopped/index.html") == ["Dune", "Emma"]
    assert titles(site, "shelves/reading/index.html") == ["Gulag", "Faust"]


def test_years_and_blocks_list_what_was_read_on_unknown_dates(site: Site) -> None:
    index = text_of(with_class(site.page("years/index.html"), "bookreview-terms")[0])
    assert index == "2024 1 2006 1 Date unknown 2"
    covers = with_class(site.page("years/unknown/index.html"), "bookreview-covers__title")
    assert [text_of(title) for title in covers] == ["Bee", "The Zoo"]
    (rows,) = with_class(site.page("index.html"), "bookreview-rows")
    assert [text_of(link) for link in rows.xpath(".//a")] == ["Bee", "The Zoo"]


def test_figures(site: Site) -> None:
    """Counted by hand: Bee was read three times, The Zoo and Ant once; two were given up."""
    page = site.page("stats/index.html")
    chart = with_class(page, "bookreview-chart")[0]
    rows = [[text_of(cell) for cell in row] for row in chart.xpath(".//tr")]
    assert rows == [
        ["Year", "Books", "Reread", "Did not finish"],
        ["2024", "0", "1", "0"],
        ["2007–2023", "0", "0", "0"],
        ["2006", "1", "0", "0"],
        ["Date unknown", "2", "1", "2"],
    ]
    numbers = {text_of(one[0]): text_of(one[1]) for one in page.xpath("//section/dl/div")}
    assert (numbers["Books"], numbers["Reread"], numbers["Did not finish"]) == ("3", "2", "2")
    assert numbers["Pages"] == str(100 + 3 * 10)


def test_browse_has_a_year_and_a_status_for_them(site: Site) -> None:
    page = site.page("browse/index.html")
    options = {
        select.get("data-key"): [text_of(one) for one in select.xpath("./option")]
        for select in page.xpath("//select")
    }
    assert options["year"] == ["All", "2024", "2006", "Date unknown"]
    assert options["status"] == ["All", "Read", "Currently reading", "Did not finish"]


def test_cards(site: Site) -> None:
    def read(path: str) -> list[str]:
        page = site.page(f"{path}/index.html")
        rows = page.xpath("//*[@data-fact='read']/dd")
        return [text_of(one) for one in (*with_class(page, "bookreview-card__dates"), *rows)]

    assert read("read") == ["Read"]
    shown = ["Read 3 times, most recently April 2024", "2 times, dates unknownApril 12, 2024"]
    assert read("times") == shown
    assert read("about") == ["Read about 2006"]
    assert read("stopped") == ["Did not finish (stopped at 45%)"]
    assert read("reading") == ["Currently reading"]


def test_dates_in_the_future_are_mentioned_once(site: Site) -> None:
    assert site.warnings == []
    (told,) = [one for one in site.infos if "future" in one]
    assert told == (
        "This date is in the future:\n  future.md:5:1: `date` is `2199-01-01`\nUntil that"
        " day, a review with a future `date` is not published."
    )
    assert "future/index.html" not in site.files()


def export(folder: Path, name: str) -> str:
    options = ["export", "--format", name, "-f", str(folder / "mkdocs.yml")]
    found = CliRunner().invoke(main, options)
    assert found.exit_code == 0, found.output
    return found.stdout


def test_exports_have_all_of_them_and_no_day_that_nobody_knows(site: Site) -> None:
    rows = {row["Title"]: row for row in csv.DictReader(StringIO(export(site.folder, "goodreads")))}
    found = {
        title: (row["Exclusive Shelf"], row["Date Read"], row["Read Count"])
        for title, row in rows.items()
    }
    assert found == {
        "The Zoo": ("read", "", "1"),
        "Bee": ("read", "2024/04/12", "3"),
        "Ant": ("read", "", "1"),
        "Dune": ("did-not-finish", "", "0"),
        "Emma": ("did-not-finish", "", "0"),
        "Faust": ("currently-reading", "", "1"),
        "Gulag": ("currently-reading", "", "1"),
    }
    library = json.loads(site.text("library.json"))
    readings = {one["books"][0]["title"]: one["readings"] for one in library["reviews"]}
    assert readings["Bee"] == [
        {"status": "read"},
        {"status": "read"},
        {"status": "read", "finished": "2024-04-12"},
    ]
    assert readings["Ant"] == [{"status": "read", "finished": "~2006"}]
    assert readings["Emma"] == [{"status": "stopped"}]


def test_a_preview_mentions_the_same_dates_once(caplog: pytest.LogCaptureFixture) -> None:
    def mention(*sources: str) -> list[str]:
        pages = [read_page(PAGES["future.md"], one, RatingSettings(), {}, {}) for one in sources]
        caplog.clear()
        with caplog.at_level(logging.INFO, "mkdocs.plugins.bookreview"):
            mention_future(pages, date(2026, 11, 29), serving=True, kept=kept)
        return caplog.messages

    kept = Kept()
    (first,) = mention("a.md")
    assert "is shown in this preview only" in first
    assert mention("a.md") == []
    (many,) = mention(*(f"{number}.md" for number in range(5)))
    assert many.count("2199-01-01") == 3
    assert "\n  and 2 more\n" in many
    assert mention() == []
    page = read_page(review(read="2026-12-24"), "a.md", RatingSettings(), {}, {})
    caplog.clear()
    with caplog.at_level(logging.INFO, "mkdocs.plugins.bookreview"):
        mention_future([page], date(2026, 11, 29), serving=False, kept=Kept())
    assert caplog.messages[0].endswith("in the future:\n  a.md:5:1: `read` is `2026-12-24`")

"""The page of figures, and those on the pages of years, on real sites."""

from pathlib import Path

import pytest
from sites import Site, Tree, build_site, review, text_of, with_class

SECRET = {"name": "Secretname", "spoiler": True}
PAGES = {
    "index.md": "# Home\n",
    "a.md": review(
        "A <b>& B",
        rating=4,
        read=["2023-05-01", {"started": "2024-01-01", "finished": "2024-01-10", "rating": 5}],
        themes=["Class", SECRET],
        book={"pages": 300, "format": "paperback", "language": "en"},
    ),
    "b.md": review("C", "Bo", read="2024-03", rating=5, themes=["Class"], book={"pages": 100}),
    "c.md": review("D", "Cy", read={"stopped": "2024-04-01"}, themes=[SECRET]),
    "stub.md": review("Stub", shelf="to-read", read="2022"),
    "draft.md": review("Draft", read="2021", draft=True),
}
MODES = pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])


def facts(page: Tree) -> dict[str, str]:
    rows = page.xpath("//section[@class='bookreview-stats']/dl/div")
    return {text_of(row[0]): text_of(row[1]) for row in rows}


def charts(page: Tree) -> dict[str, Tree]:
    return {
        chart.xpath("figcaption/text()")[0].strip(): chart
        for chart in with_class(page, "bookreview-chart")
    }


def bars(chart: Tree) -> list[str]:
    return [text_of(item) for item in chart.xpath("ul/li")]


def table(chart: Tree) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in chart.xpath(".//tr")]


@MODES
def test_the_page(tmp_path: Path, directories: bool) -> None:
    site = build_site(tmp_path, PAGES, use_directory_urls=directories)
    assert site.warnings == []
    end = "/" if directories else ".html"
    page = site.page("stats/index.html")
    assert "Reading statistics" in text_of(page.xpath("//h1")[0])
    assert facts(page) == {
        "Books": "2",
        "Reread": "1",
        "Pages": "700",
        "Average rating": "4.7 out of 5",
        "Days per book": "10",
        "Did not finish": "1",
        "Longest": "A <b>& B, 300 pages",
        "Shortest": "C, 100 pages",
        "Authors": "2",
    }
    [longest] = page.xpath("//dl/div[dt='Longest']/dd/a/@href")
    assert longest == f"../a{end}"
    found = charts(page)
    assert list(found) == [
        "Books by year",
        "Pages by year",
        "Ratings",
        "Themes over time",
    ]
    year = found["Books by year"]
    assert bars(year) == ["2024 1 + 1", "2023 1"]
    assert year.xpath("ul/li/span/a/@href") == [f"../years/2024{end}", f"../years/2023{end}"]
    assert table(year) == [
        ["Year", "Books", "Reread", "Did not finish"],
        ["2024", "1", "1", "1"],
        ["2023", "1", "0", "0"],
    ]
    assert table(found["Themes over time"]) == [
        ["Theme", "2023", "2024", "All years"],
        ["Class", "1", "2", "2"],
    ]


@MODES
def test_the_page_of_a_year_has_its_figures_once(tmp_path: Path, directories: bool) -> None:
    site = build_site(tmp_path, PAGES, {"reviews": {"per_page": 1}}, use_directory_urls=directories)
    end = "/index.html" if directories else ".html"
    page = site.page(f"years/2024{end}")
    assert facts(page) == {
        "Books": "1",
        "Reread": "1",
        "Pages": "400",
        "Average rating": "5 out of 5",
        "Days per book": "10",
        "Did not finish": "1",
        "Longest": "A <b>& B, 300 pages",
        "Shortest": "C, 100 pages",
        "Authors": "1 new, 1 returning",
    }
    [longest] = page.xpath("//dl/div[dt='Longest']/dd/a/@href")
    assert longest == ("../../a/" if directories else "../a.html")
    found = charts(page)
    assert list(found) == ["Ratings", "Themes"]
    assert bars(found["Ratings"])[0] == "5 2"
    listed, section = page.xpath("//*[@class='bookreview-stats' or @class='bookreview-covers']")
    assert (listed.tag, section.tag) == ("ul", "section")
    assert text_of(section[0]) == "2024 in numbers"
    second = site.page(f"years/2024/page/2{end}")
    assert not with_class(second, "bookreview-stats")
    for path in ("years/index.html", f"themes/class{end}", "reviews/index.html"):
        assert not with_class(site.page(path), "bookreview-stats"), path


def test_spoilers_are_in_no_figure(tmp_path: Path) -> None:
    site = build_site(tmp_path, PAGES)
    holders = [path for path, text in site.files().items() if b"ecretname" in text]
    assert holders == ["a/index.html", "c/index.html"]
    assert "Draft" not in site.text("stats/index.html")


def test_charts_can_be_read_without_eyes_and_without_style(tmp_path: Path) -> None:
    page = build_site(tmp_path, PAGES).page("stats/index.html")
    [section] = with_class(page, "bookreview-stats")
    assert not section.xpath(".//@style | .//script | .//@onclick")
    drawings = section.xpath(".//*[local-name()='svg']")
    assert drawings
    assert {svg.get("aria-hidden") for svg in drawings} == {"true"}
    for chart in with_class(page, "bookreview-chart"):
        assert all(len(text_of(row).split()) > 1 for row in chart.xpath("ul/li"))
    tables = [one for one in with_class(page, "bookreview-chart") if one.xpath("details")]
    assert len(tables) == 2
    for chart in tables:
        [summary] = chart.xpath("details/summary")
        assert summary.get("aria-label").startswith(text_of(summary))
        head, *rows = chart.xpath(".//tr")
        assert {cell.get("scope") for cell in head} == {"col"}
        assert len(rows) == len(chart.xpath("ul/li"))
        assert all(len(row) == len(head) and row[0].get("scope") == "row" for row in rows)


@pytest.mark.parametrize(
    "pages",
    [
        {"a.md": review()},
        {"a.md": review(read={"started": "2024"}), "b.md": review("B", read={"stopped": "2024"})},
        {"a.md": review(read="2024", shelf="to-read"), "b.md": review("B", read="2", draft=True)},
        {"index.md": "# Home\n"},
    ],
)
def test_without_a_finished_book_there_is_no_page(tmp_path: Path, pages: dict[str, str]) -> None:
    site = build_site(tmp_path, pages)
    assert "stats/index.html" not in site.files()


@pytest.mark.parametrize("off", [False, "off", "no"])
def test_switched_off(tmp_path: Path, off: object) -> None:
    site = build_site(tmp_path, PAGES, {"stats": off})
    assert site.warnings == []
    assert "stats/index.html" not in site.files()
    assert not with_class(site.page("years/2024/index.html"), "bookreview-stats")


def test_named_and_placed_without_pages_of_years(tmp_path: Path) -> None:
    options = {
        "stats": {"path": "reviews/figures", "title": "My reading years"},
        "taxonomies": {"years": False},
    }
    site = build_site(tmp_path, PAGES, options)
    page = site.page("reviews/figures/index.html")
    assert "My reading years" in text_of(page.xpath("//h1")[0])
    assert bars(charts(page)["Books by year"]) == ["2024 1 + 1", "2023 1"]
    assert not charts(page)["Books by year"].xpath("ul//a")


def test_ones_own_text_stays_on_top(tmp_path: Path) -> None:
    own = {"stats/index.md": "# My years\n\nI read slowly.\n"}
    site = build_site(tmp_path, {**PAGES, **own})
    page = site.page("stats/index.html")
    assert "My years" in text_of(page.xpath("//h1")[0])
    text = text_of(page.xpath("//article")[0])
    assert 0 < text.index("I read slowly.") < text.index("Books by year")


def test_years_in_which_nobody_read_are_reported_and_left_out(tmp_path: Path) -> None:
    read = ["-441", {"started": "2024-02-28", "finished": "2024-02-29"}, "9999-12-31"]
    site = build_site(tmp_path, {"a.md": review(read=read), "b.md": review("B", read="2023")})
    assert [one.split(": ", 1)[1][:31] for one in site.warnings] == [
        "`read[1]` must be a date from 1",
        "`read[3]` must be a date from 1",
    ]
    found = charts(site.page("stats/index.html"))
    assert bars(found["Books by year"]) == ["2024 1", "2023 1"]


def test_in_german(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "language": "de"}
    site: Site = build_site(tmp_path, PAGES, theme=theme)
    assert "Lesestatistik" in text_of(site.page("stats/index.html").xpath("//h1")[0])
    assert bars(charts(site.page("stats/index.html"))["Bücher pro Jahr"])[0] == "2024 1 + 1"
    assert "2024 in Zahlen" in text_of(site.page("years/2024/index.html").xpath("//h2")[0])

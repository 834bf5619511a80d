"""Pages of authors, series and all else that books have in common."""

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from sites import Site, build_site, review, text_of, with_class

EARTHSEA = {
    f"reviews/{n}.md": review(
        f"Book {n}",
        "Ann Le Guin",
        date=f"20{n:02}",
        book={"series": {"name": "Sea", "position": p}},
    )
    for n, p in ((1, "6"), (2, "1"), (3, "2-3"), (4, "0.5"))
}
MODES = pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])


def titles(site: Site, path: str) -> list[str]:
    return [text_of(one) for one in with_class(site.page(path), "bookreview-item__title")]


def terms(site: Site, path: str) -> list[str]:
    return [text_of(one) for one in site.page(path).xpath("//*[@class='bookreview-terms']/li")]


def counts(site: Site, path: str) -> list[str]:
    return [text_of(one) for one in with_class(site.page(path), "bookreview-count")]


@MODES
def test_a_series_stands_in_its_order_with_its_gaps(tmp_path: Path, directories: bool) -> None:
    site = build_site(tmp_path, EARTHSEA, use_directory_urls=directories)
    path = "series/sea/index.html" if directories else "series/sea.html"
    assert titles(site, path) == ["Book 4", "Book 2", "Book 3", "Book 1"]
    assert counts(site, path) == ["4 books", "Missing from this list: 4–5."]
    [series] = with_class(
        site.page("reviews/1/index.html" if directories else "reviews/1.html"),
        "bookreview-card__series",
    )
    assert series.xpath("a/@href") == ["../../series/sea/" if directories else "../series/sea.html"]


def test_an_author_is_one_person_under_many_names_and_roles(tmp_path: Path) -> None:
    people = (
        "ursula: {name: Ursula K. Le Guin, aliases: [U. K. Le Guin], sort: 'Le Guin, Ursula'}\n"
    )
    smiths = [{"name": "John Smith"}, {"name": "John Smith", "id": "john-smith-poet"}]
    pages = {
        "../people.yml": people,
        "a.md": review("A", "Ursula K. Le Guin", date="2020-01-01"),
        "b.md": review("B", "U. K. Le Guin", date="2021-01-01"),
        "c.md": review(
            "C",
            {"name": "Zoe", "sort": "Abel, Zoe"},
            book={"authors": [{"name": "U. K. Le Guin", "role": "translator"}]},
        ),
        "d.md": review("D", smiths[0]),
        "e.md": review("E", smiths[1]),
        "f.md": review("F", {"name": "Ann", "role": "narrator"}),
    }
    site = build_site(tmp_path, pages, {"taxonomies": {"authors": {"vocabulary": "people.yml"}}})
    assert site.warnings == []
    assert terms(site, "authors/index.html") == [
        "Zoe 1",
        "Ann 1",
        "Ursula K. Le Guin 3",
        "John Smith 1",
        "John Smith 1",
    ]
    assert titles(site, "authors/ursula/index.html") == ["B", "A", "C"]
    page = site.page("authors/ursula/index.html")
    headings = [text_of(one) for one in with_class(page, "bookreview-list__heading")]
    assert headings == ["Written by", "Translated by"]
    assert titles(site, "authors/john-smith/index.html") == ["D"]
    assert titles(site, "authors/john-smith-poet/index.html") == ["E"]
    card = with_class(site.page("b/index.html"), "bookreview-card__byline")[0]
    assert (text_of(card), card.xpath("a/@href")) == ("by U. K. Le Guin", ["../authors/ursula/"])
    narrated = site.page("authors/ann/index.html")
    assert [text_of(one) for one in with_class(narrated, "bookreview-list__heading")] == ["Read by"]


def test_what_is_switched_on_and_off_named_and_placed(tmp_path: Path) -> None:
    facts = {"publisher": "Faber", "language": "fr", "format": "hardcover", "genres": ["Novel"]}
    read = [{"finished": "2019-05"}, {"finished": "2024"}, {"stopped": "2023"}]
    pages = {
        "a.md": review("A", rating=4.5, read=read, book=facts, setting="Japan", reviewer="Ann"),
        "b.md": review("B", rating=10 / 4, read="2024-02-03", setting=["Norway", "Japan"]),
        "c.md": review("C"),
    }
    options = {
        "taxonomies": {
            "publishers": True,
            "languages": True,
            "formats": True,
            "ratings": True,
            "authors": False,
            "genres": {"title": "Kinds", "path": "kinds", "sort": "count"},
            "setting": {"title": "Places", "sort": "count"},
            "reviewer": True,
        }
    }
    site = build_site(tmp_path, pages, options)
    assert site.warnings == []
    found = {
        path.split("/")[0]: terms(site, path)
        for path in site.files()
        if path.endswith("/index.html") and site.page(path).xpath("//*[@class='bookreview-terms']")
    }
    assert found == {
        "years": ["2024 2", "2019 1"],
        "shelves": ["Did not finish 1"],
        "publishers": ["Faber 1"],
        "languages": ["French 1"],
        "formats": ["Hardcover 1"],
        "ratings": ["4.5 out of 5 1", "2.5 out of 5 1", "Not rated 1"],
        "kinds": ["Novel 1"],
        "setting": ["Japan 2", "Norway 1"],
        "reviewer": ["Ann 1"],
    }
    assert "ratings/4-5/index.html" in site.files()
    assert "Kinds" in text_of(site.page("kinds/index.html").xpath("//h1")[0])
    facts_of_a = {
        text_of(row[0]): (text_of(row[1]), row[1].xpath("a/@href"))
        for row in site.page("a/index.html").xpath("//*[@class='bookreview-facts']/div")
    }
    assert facts_of_a["Places"] == ("Japan", ["../setting/japan/"])
    assert facts_of_a["Language"] == ("French", ["../languages/french/"])
    assert facts_of_a["Genre"] == ("Novel", ["../kinds/novel/"])


def test_a_key_that_is_hidden_makes_no_pages(tmp_path: Path) -> None:
    """Only fields count, not what a review knows of itself."""
    pages = {"a.md": review(themes=[{"name": "Secretname", "spoiler": True}], quotes=["A line."])}
    options = {"taxonomies": dict.fromkeys(("hidden", "quotes", "book"), True)}
    site = build_site(tmp_path, pages, options)
    assert not [path for path in site.files() if path.startswith(("hidden/", "quotes/"))]
    assert [path for path, text in site.files().items() if b"ecretname" in text] == ["a/index.html"]


def test_mistakes_in_keys_of_ones_own(tmp_path: Path) -> None:
    pages = {"a.md": review(setting=[["deep"], "Japan"]), "b.md": review("B", seting="Japan")}
    site = build_site(tmp_path, pages, {"taxonomies": {"setting": True}})
    assert site.warnings == [
        "a.md:6:3: `setting[1]` must be text, but is a list."
        " Write for example `setting: [One, Another]`.",
        "b.md:5:1: Unknown key `seting`. Did you mean `setting`?",
    ]
    assert terms(site, "setting/index.html") == ["Japan 1"]


def test_authors_own_pages_and_files_that_are_in_the_way(tmp_path: Path) -> None:
    pages = {
        "a.md": review("A", "Ann"),
        "authors/ann.md": "# Ann, again\n\nMine.\n",
        "b.md": review("B", "Bo"),
        "authors/bo/index.html": "mine",
    }
    site = build_site(tmp_path, pages)
    assert titles(site, "authors/ann/index.html") == ["A"]
    assert "Mine." in site.text("authors/ann/index.html")
    assert site.text("authors/bo/index.html") == "mine"
    [warning] = site.warnings
    assert warning.startswith("authors/bo/index.html: This file has the address")


def test_other_languages(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "language": "de"}
    site = build_site(tmp_path, {**EARTHSEA}, theme=theme)
    assert text_of(site.page("series/index.html").xpath("//h1")[0]) == "Reihen"
    assert counts(site, "series/sea/index.html")[1] == "In dieser Liste fehlt: 4–5."


def related(site: Site, path: str) -> list[tuple[str, str]]:
    items = site.page(path).xpath("//*[@class='bookreview-related']//li")
    return [(text_of(one.find(".//a")), text_of(one.find("p")[-1])) for one in items]


def test_what_stands_under_a_review(tmp_path: Path) -> None:
    sea = [{"name": "Sea", "position": part} for part in (1, 2, 3)]
    secret = {"name": "Secretname", "spoiler": True}
    pages = {
        "a.md": review("A", "Ann", book={"series": sea[0]}, themes=["Wind"], date="2020-01-01"),
        "b.md": review(
            "B",
            "Ann",
            book={"series": sea[1]},
            themes=["Wind", "Rain & snow", secret],
            related=[{"review": "a.md", "why": "First."}],
            date="2021-01-01",
        ),
        "c.md": review("C", "Ann", book={"series": sea[2]}, date="2022-01-01"),
        "d.md": review("B", "Ann", themes=["Wind"], date="2023-01-01"),
        "e.md": review("E", "Ann", date="2024-01-01"),
        "f.md": review("F", "Bo", themes=["Wind", "Rain & snow", "Secretname"], date="2019-01-01"),
        "g.md": review("G", "Bo", themes=["Secretname"], date="2018-01-01"),
    }
    site = build_site(tmp_path, pages)
    assert site.warnings == []
    assert related(site, "b/index.html") == [
        ("A", "First."),
        ("B", "Another review of this book"),
        ("C", "Next in Sea"),
        ("E", "Also by Ann"),
        ("F", "Also about Rain & snow and Wind"),
    ]
    assert related(site, "g/index.html") == [("F", "Also by Bo")]


def test_keys_of_any_name(tmp_path: Path) -> None:
    names = ["_own", "__init__", "model_config", "json", "schema", "A B", "unsure"]
    pages = {"a.md": review(**dict.fromkeys(names, "Thing"))}
    site = build_site(tmp_path, pages, {"taxonomies": dict.fromkeys(names, True)})
    assert site.warnings == []
    made = {path.split("/")[0] for path in site.files() if path.endswith("/thing/index.html")}
    assert made == {"own", "init", "model-config", "json", "schema", "a-b", "unsure"}


def test_roles_and_names_of_one_review_count_together(tmp_path: Path) -> None:
    bob = {"name": "Bob", "role": "translator"}
    series = [{"name": "Sea", "position": 1}, {"name": "The Sea", "position": "2-9000000"}]
    pages = {
        "../series.yml": "sea: {name: Sea, aliases: [The Sea]}\n",
        "a.md": "---\nbook:\n  - {title: A, authors: [Ann, {name: Bob, role: translator}]}\n"
        "  - {title: B, author: Bob}\n---\nText.\n",
        "b.md": review("C", "Bob", book={"series": series}),
        "c.md": review("D", "Zoe", book={"authors": [bob]}),
    }
    site = build_site(tmp_path, pages, {"taxonomies": {"series": {"vocabulary": "series.yml"}}})
    assert site.warnings == []
    page = site.page("authors/bob/index.html")
    headings = [text_of(one) for one in with_class(page, "bookreview-list__heading")]
    assert headings == ["Written by", "Translated by"]
    assert ("A · B", "Also by Bob") in related(site, "b/index.html")
    assert counts(site, "series/sea/index.html") == ["1 book"]


def test_a_vocabulary_of_authors_that_is_wrong_hides_nothing(tmp_path: Path) -> None:
    pages = {"../a.b.yml": "ann: [x]\nbo: {spoiler: true}\n", "a.md": review("A", "Ann")}
    options = {"taxonomies": {"authors": {"vocabulary": "a.b.yml"}, "c.d": {"path": "authors"}}}
    broken = Site(tmp_path)
    with pytest.raises(Abort):
        build_site(tmp_path, pages, options, into=broken)
    assert broken.warnings[0].startswith("mkdocs.yml:8:9: `taxonomies.c.d.path` must not be")
    del options["taxonomies"]["c.d"]
    site = build_site(tmp_path, pages, options)
    assert [warning.split(".", 3)[2] for warning in site.warnings] == [
        "yml:1:1: `ann` must be a mapping or a name",
        "yml:2:6: Unknown key `bo",
    ]
    assert titles(site, "authors/ann/index.html") == ["A"]


def test_years_and_numbers_are_sorted_as_such(tmp_path: Path) -> None:
    dates = [("-0441", "true"), ("-0008", "1999"), ("1815-12", "2024-01-01"), ("0441", "2023")]
    pages = {
        f"{n}.md": review(f"B{n}", read=read, book={"published": year, "pages": 90 + 5 * n})
        for n, (year, read) in enumerate(dates)
    }
    options = {"taxonomies": {"published": {"title": "First published"}, "pages": True}}
    site = build_site(tmp_path, pages, options)
    assert site.warnings == []
    assert terms(site, "published/index.html") == ["441 BCE 1", "8 BCE 1", "441 1", "1815 1"]
    assert terms(site, "pages/index.html") == ["90 1", "95 1", "100 1", "105 1"]
    assert terms(site, "years/index.html") == ["2024 1", "2023 1", "1999 1", "Date unknown 1"]

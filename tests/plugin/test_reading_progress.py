"""The control under a review's card, and what the author is told of positions."""

from pathlib import Path

from sites import Site, Tree, build_site, review, text_of, with_class

POSITION = "/// spoiler | When\n    {}\n\nHidden.\n///\n\n"


def at(*options: str) -> str:
    return "".join(POSITION.format("\n    ".join(one.split("; "))) for one in options)


def find_control(site: Site, path: str) -> Tree:
    found = with_class(site.page(path), "bookreview-control")
    return found[0] if found else None


def test_the_control_under_the_card(tmp_path: Path) -> None:
    body = at("chapter: 3") + "More ||hidden||.\n"
    pages = {"reviews/emma.md": review(body=body, book={"chapters": 55})}
    control = find_control(build_site(tmp_path, pages), "reviews/emma/index.html")
    assert "bookreview-card" in control.getprevious().get("class").split()
    assert control.get("data-book") == "emma-jane-austen"
    (row,) = control.xpath("fieldset")
    assert row.get("data-book") == "emma-jane-austen"
    assert text_of(row) == "How far have you read? Chapter of 55 I have read it"
    (number,) = row.xpath(".//input[@type='number']")
    assert (number.get("name"), number.get("min"), number.get("max")) == ("chapter", "0", "55")
    assert text_of(control.xpath(".//output")[0]) == "0 of 2 spoilers shown"
    assert text_of(control.xpath(".//button")[0]) == "Show all spoilers"


def test_no_control_where_there_is_nothing_to_open(tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n\nOne ||spoiler||.\n",
        "reviews/emma.md": review(),
        "reviews/two.md": review("Two", body="A ||spoiler||, and ||another||.\n"),
        "reviews/three.md": review("Three", body="A ||spoiler||, ||two||, ||three||.\n"),
        "reviews/whole.md": review("Whole", spoilers=True),
    }
    site = build_site(tmp_path, pages)
    assert find_control(site, "index.html") is None
    for name in ("emma", "two", "whole"):
        assert find_control(site, f"reviews/{name}/index.html") is None
    control = find_control(site, "reviews/three/index.html")
    assert control.xpath(".//input/@name") == ["read"]
    assert text_of(control.xpath(".//button")[0]) == "Show all spoilers"


def test_no_control_if_the_author_wants_none(tmp_path: Path) -> None:
    pages = {"reviews/emma.md": review(body=at("chapter: 3", "chapter: 4", "chapter: 5"))}
    site = build_site(tmp_path, pages, {"spoilers": {"bar": False}})
    assert find_control(site, "reviews/emma/index.html") is None
    assert len(with_class(site.page("reviews/emma/index.html"), "bookreview-spoiler")) == 3


def test_spoilers_on_another_page(tmp_path: Path) -> None:
    pages = {
        "notes.md": "# Notes\n\n" + at("book: emma-jane-austen; progress: 20%", "progress: 5%"),
        "reviews/emma.md": review(),
    }
    site = build_site(tmp_path, pages)
    assert not site.warnings
    notes = find_control(site, "notes/index.html")
    assert notes.getprevious().tag == "h1"
    assert text_of(notes) == "Show all spoilers"
    assert notes.get("data-book") is None
    emma = find_control(site, "reviews/emma/index.html")
    assert emma.xpath(".//input/@name") == ["progress", "read"]
    assert not emma.xpath(".//output | .//button")


def test_a_book_that_is_not_here(tmp_path: Path) -> None:
    pages = {
        "notes.md": "# Notes\n\nText.\n\n" + at("book: emma-jane-austin", "book: zzz"),
        "reviews/emma.md": review(),
        "reviews/draft.md": review("Draft", id="draft", draft=True, book={"id": "draft"}),
        "drafts.md": at("book: draft"),
    }
    site = build_site(tmp_path, pages)
    told = [one for one in site.warnings if one.startswith(("notes", "drafts"))]
    assert told == [
        "notes.md:6: A spoiler refers to the book `emma-jane-austin`, which has no review on this"
        " site."
        " Did you mean `emma-jane-austen`?",
        "notes.md:12: A spoiler refers to the book `zzz`, which has no review on this site."
        " Write the key of a book that has a review on this site.",
    ]


def test_two_scales_that_nothing_joins(tmp_path: Path) -> None:
    pages = {
        "notes.md": at("book: emma-jane-austen; chapter: 3"),
        "reviews/emma.md": review(rating=4, body=at("progress: 45%")),
    }
    site = build_site(tmp_path, pages)
    assert site.warnings == [
        "reviews/emma.md:2:1: Some spoilers of this book have `progress`, and others have"
        " `chapter`. Write how many chapters it has, for example `chapters: 31`, under `book:`."
    ]
    emma = find_control(site, "reviews/emma/index.html")
    assert emma.xpath(".//input/@name") == ["progress", "read"]


def test_a_site_in_german(tmp_path: Path) -> None:
    pages = {"reviews/emma.md": review(body=at("progress: 45%") + "||Eins||.\n")}
    theme = {"name": "material", "font": False, "language": "de"}
    control = find_control(build_site(tmp_path, pages, theme=theme), "reviews/emma/index.html")
    assert text_of(control) == (
        "Lesestand % des Buchs Ganz gelesen 0 von 2 Spoilern offen Alle Spoiler anzeigen"
    )

"""Blocks in pages of real sites: what they show, and what is told of them."""

import pytest

from mkdocs_bookreview.cli.check import check_site
from tests.plugin.sites import build_site, review, text_of, with_class

EMMA = review(themes=["Class", "Memory"], date="2024-05-01", rating=4, book={"id": "emma"})
BELOVED = review("Beloved", "Toni Morrison", themes=["Memory"], date="2025-01-01", rating=5)
DUNE = review("Dune", "Frank Herbert", date="2023-01-01", book={"format": "audiobook"})
HIDDEN = review(
    "Atonement", "Ian McEwan", date="2022-01-01", themes=[{"name": "Memory", "spoiler": True}]
)
LATER = review("Middlemarch", "George Eliot", shelf="to-read")
REVIEWS = {
    "reviews/emma.md": EMMA,
    "reviews/beloved.md": BELOVED,
    "reviews/dune.md": DUNE,
    "reviews/atonement.md": HIDDEN,
    "reviews/middlemarch.md": LATER,
}


def show(tmp_path, block, page="index.md", **config):
    site = build_site(tmp_path, {**REVIEWS, page: f"# Home\n\n{block}\n"}, **config)
    assert site.warnings == []
    return site.page("index.html")


def titles(page):
    """Of all reviews that a page links to, in their order."""
    links = page.xpath('//article//a[contains(@href, "reviews/") and not(@class)]')
    return [link.get("aria-label") or text_of(link) for link in links]


ALL = ["Beloved", "Emma", "Dune", "Atonement"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", ALL),
        ("limit: 2", ALL[:2]),
        ("sort: title", ["Atonement", "Beloved", "Dune", "Emma"]),
        ("sort: -rating\nlimit: 1", ["Beloved"]),
        ("theme: Memory", ["Beloved", "Emma"]),  # one that hides the theme is not listed
        ("theme: [memory, CLASS]", ["Emma"]),
        ("author: jane austen", ["Emma"]),
        ("format: Audiobook", ["Dune"]),  # formats have no pages here
        ("shelf: to-read", ["Middlemarch"]),
        ("theme: Memory\nauthor: Toni Morrison", ["Beloved"]),
    ],
)
@pytest.mark.parametrize("layout", ["cards", "list", "table", "covers"])
def test_which_reviews_are_shown(tmp_path, options, expected, layout):
    page = show(tmp_path, f"/// reviews\n{options}\nlayout: {layout}\n///")
    assert titles(page) == expected


@pytest.mark.parametrize("use_directory_urls", [True, False])
def test_one_book(tmp_path, use_directory_urls):
    pages = {**REVIEWS, "a/b.md": "# Page\n\nSee\n/// book | emma\n///\nand on."}
    site = build_site(tmp_path, pages, use_directory_urls=use_directory_urls)
    page = site.page("a/b/index.html" if use_directory_urls else "a/b.html")
    (card,) = with_class(page, "bookreview-item")
    (link,) = card.xpath(".//a")
    assert text_of(link) == "Emma"
    expected = "../../reviews/emma/" if use_directory_urls else "../reviews/emma.html"
    assert link.get("href") == expected
    assert "and on." in text_of(page.xpath("//article")[0])
    assert site.warnings == []


def test_a_review_does_not_list_itself(tmp_path):
    emma = review(themes=["Memory"], body="/// reviews\n    theme: Memory\n    layout: list\n///")
    site = build_site(tmp_path, {**REVIEWS, "reviews/emma.md": emma, "index.md": "# Home"})
    (rows,) = with_class(site.page("reviews/emma/index.html"), "bookreview-rows")
    assert [text_of(link) for link in rows.xpath(".//a")] == ["Beloved"]


def test_nothing_to_list_is_said_kindly(tmp_path):
    page = show(tmp_path, "/// reviews\n    theme: [Memory, Class]\n    author: Toni Morrison\n///")
    assert titles(page) == []
    assert len(with_class(page, "bookreview-empty")) == 1


def test_a_list_is_no_text_of_its_page(tmp_path):
    site = build_site(tmp_path, {**REVIEWS, "index.md": "# Home\n\n/// reviews\n///\n"})
    entries = site.text("search/search_index.json")
    assert entries.count("What Beloved says of us") == 1
    assert "bookreview-block" not in entries


MISTAKES = """# Home

/// reviews
    theme: Memroy
    limit: none
    layuot: list
///

/// reviews
    [broken
///

/// reviews
just words
///

/// book | emmma
///

/// book
///

/// reviews
    limit: 1

Some text.

///// spoiler | Who

/// book | emma
///

/////
"""
TOLD = [
    "index.md:4: `theme` is `Memroy`, which no review here has. Did you mean `Memory`?",
    "index.md:5: `limit` must be a whole number, but is `none`. Write for example `limit: 3`.",
    "index.md:6: `layuot` is no key that we know. Did you mean `layout`?",
    "index.md:10: This is no YAML:",
    "index.md:14: It must be a mapping of keys to values. Write for example `theme: Memory`.",
    "index.md:17: `/// book` names `emmma`, of which there is no review here. Did you mean `emma`?",
    "index.md:20: `/// book` names no book. Write the key of one: `/// book | emma`.",
    "index.md:23: The block `/// reviews` has no end.",
    "index.md:30: A block `/// book` stands in a spoiler, where nothing can be listed.",
]


def test_mistakes_are_told_with_their_lines(tmp_path):
    site = build_site(tmp_path, {**REVIEWS, "index.md": MISTAKES})
    for told, expected in zip(sorted(site.warnings, key=_line), TOLD, strict=True):
        assert told.startswith(expected)
    page = text_of(site.page("index.html").xpath("//article")[0])
    assert "Some text." in page
    for raw in ("///", "Memroy", "broken", "emmma"):
        assert raw not in page


def test_check_tells_the_same(tmp_path):
    build_site(tmp_path, {**REVIEWS, "index.md": MISTAKES})
    _, problems = check_site(tmp_path / "mkdocs.yml", lambda paths: paths)
    told = [str(problem) for problem in problems]
    for expected in TOLD[:-1]:
        assert any(one.startswith(expected) for one in told)


def _line(message):
    return int(message.split(":")[1])

"""Blocks in pages of real sites: what they show, and what is told of them."""

from datetime import date

import pytest

from mkdocs_bookreview.cli.check import check_site
from mkdocs_bookreview.listings import queries
from mkdocs_bookreview.model import library
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


ALL = ["Beloved", "Emma", "Dune", "Atonement"]


SHOWN = [
    ("", ALL),
    ("limit: 2", ALL[:2]),
    ("sort: title", ["Atonement", "Beloved", "Dune", "Emma"]),
    ("sort: -rating\nlimit: 1", ["Beloved"]),
    ("theme: Memory", ["Beloved", "Emma"]),  # one that hides the theme is not listed
    ("theme: [memory, CLASS]", ["Emma"]),
    ("author: jane austen", ["Emma"]),
    ("format: Audiobook", ["Dune"]),  # formats have no pages here
    ("shelf: To read", ["Middlemarch"]),
    ("theme: Memory\nauthor: Toni Morrison", ["Beloved"]),
    ("theme: [Memory, Class]\nauthor: Toni Morrison", []),
]


@pytest.mark.parametrize("layout", ["cards", "list", "table", "covers"])
def test_which_reviews_are_shown(tmp_path, layout):
    blocks = [
        f"## Part {n}\n\n/// reviews\n{options}\nlayout: {layout}\n///\n"
        for n, (options, _) in enumerate(SHOWN)
    ]
    site = build_site(tmp_path, {**REVIEWS, "index.md": "# Home\n\n" + "\n".join(blocks)})
    assert site.warnings == []
    page = site.page("index.html")
    for n, (_, expected) in enumerate(SHOWN):
        place = f'following-sibling::*[1][preceding-sibling::h2[1]/@id="part-{n}"]'
        (block,) = page.xpath(f'//h2[@id="part-{n}"]/{place}')
        links = block.xpath('.//a[contains(@href, "reviews/")]')
        assert [link.get("aria-label") or text_of(link) for link in links] == expected
        assert ("bookreview-empty" in block.get("class", "")) is (not expected)


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


def test_a_list_is_no_text_of_its_page(tmp_path):
    site = build_site(tmp_path, {**REVIEWS, "index.md": "# Home\n\n/// reviews\n///\n"})
    entries = site.text("search/search_index.json")
    assert entries.count("What Beloved says of us") == 1
    assert "bookreview-block" not in entries


BOOKS = """# Home

/// reviews
    books:
      - book: dune-frank-herbert
        note: "Sand, & *more* <b>sand</b>."
      - reviews/atonement.md
      - Emma
      - middlemarch-george-eliot
    layout: {layout}
///
"""


@pytest.mark.parametrize("layout", ["cards", "list", "table", "covers"])
def test_books_picked_by_hand(tmp_path, layout):
    site = build_site(tmp_path, {**REVIEWS, "index.md": BOOKS.replace("{layout}", layout)})
    assert site.warnings == []
    page = site.page("index.html").xpath("//article")[0]
    links = page.xpath(".//a[contains(@href, 'reviews/')]")
    assert [text_of(link) for link in links] == ["Dune", "Atonement", "Emma", "Middlemarch"]
    assert text_of(page).count("Sand, & *more* <b>sand</b>.") == 1
    assert "What Dune says" not in text_of(page)


PICKS = """# Home

/// reviews
    books:
      - emmma
      -
      - {book: emma, note: "The ||end||"}
      - {boook: emma}
      - emma
      - emma
      - reviews/emma.md
    shelf: read
    theme: Memory
///

/// reviews
    books: [emma, beloved-toni-morrison, dune-frank-herbert]
    sort: date
    limit: 2
    layout: list
///
"""


def test_mistakes_in_picked_books(tmp_path):
    site = build_site(tmp_path, {**REVIEWS, "index.md": PICKS})
    told = [
        "index.md:5: `books` names `emmma`, which has no review on this site. Did you mean `emma`?",
        "index.md:7: `books[3].note` must not hold a spoiler, but is `The ||end||`. Remove the",
        "index.md:8: Unknown key `books[4].boook`. Did you mean `book`?",
        "index.md:9: `books` names `emma`, whose review is in the list already. Name this",
        "index.md:10: `books` names `emma`, whose review is in the list already. Name this",
        "index.md:11: `books` names `reviews/emma.md`, whose review is in the list already.",
        "index.md:12: `shelf` has no effect, because `books` names each book of the list.",
        "index.md:13: `theme` has no effect, because `books` names each book of the list.",
    ]
    for one, expected in zip(sorted(site.warnings, key=_line), told, strict=True):
        assert one.startswith(expected)
    page = site.page("index.html")
    assert "end" not in [text_of(one) for one in with_class(page, "bookreview-item__note")]
    (rows,) = with_class(page, "bookreview-rows")
    assert [text_of(link) for link in rows.xpath(".//a")] == ["Dune", "Emma"]


def test_short_names_with_capitals_are_suggested(tmp_path):
    saga = review("Dune", book={"series": {"name": "Saga", "position": 1}})
    home = "# Home\n\n/// reviews\n    series: Sga\n    author: JAEN AUSTN\n///\n"
    site = build_site(tmp_path, {"reviews/dune.md": saga, "index.md": home})
    assert [one.rpartition(". ")[2] for one in sorted(site.warnings, key=_line)] == [
        "Did you mean `Saga`?",
        "Did you mean `Jane Austen`?",
    ]


MISSHAPEN = """# Home

/// reviews
    books:
      - emma: 'Her "best".'
      - dune-frank-herbert:
      - {boook: emma, note: Short.}
      - Beloved
///

/// reviews
    books: {emma: Begin here., Dune: Then this.}
///

/// reviews
    books:
///

/// reviews
    books: []
///

/// book | MIDDLEMARCH
///
"""


def test_misshapen_lists_of_books(tmp_path):
    site = build_site(tmp_path, {**REVIEWS, "index.md": MISSHAPEN})
    empty = "`books` is empty. Write keys of books, such as `books: [emma]`, or leave `books` out."
    best = r'Write `- {book: emma, note: "Her \"best\"."}`.'
    begin, then = (
        f'Write `- {{book: {key}, note: "{note}"}}`.'
        for key, note in (("emma", "Begin here."), ("Dune", "Then this."))
    )
    dune = "Write `- {book: dune-frank-herbert}`."
    unknown = "which has no review on this site. Did you mean"
    assert sorted(site.warnings, key=_line) == [
        f"index.md:5: `books[1].book` is missing. {best}",
        f"index.md:5: Unknown key `books[1].emma`. {best}",
        f"index.md:6: `books[2].book` is missing. {dune}",
        f"index.md:6: Unknown key `books[2].dune-frank-herbert`. {dune}",
        "index.md:7: Unknown key `books[3].boook`. Did you mean `book`?",
        f"index.md:8: `books` names `Beloved`, {unknown} `beloved-toni-morrison`?",
        f"index.md:12: `books.book` is missing. {begin}",
        f"index.md:12: Unknown key `books.emma`. {begin}",
        f"index.md:12: Unknown key `books.Dune`. {then}",
        f"index.md:16: {empty}",
        f"index.md:20: {empty}",
        f"index.md:23: `/// book` names `MIDDLEMARCH`, {unknown} `middlemarch-george-eliot`?",
    ]


def test_lists_named_as_options_can_be_asked_for(tmp_path):
    names = ("layout", "limit", "sort", "books", "shelf")
    keys = {name: f"My {name}" for name in ("layout", "limit", "books")}
    asked = "".join(f"    {name}-2: My {name}\n" for name in keys)
    text = f"# Home\n\n/// reviews\n{asked}    layout: list\n///\n"
    pages = {**REVIEWS, "reviews/a.md": review("A", **keys), "index.md": text}
    site = build_site(tmp_path, pages, {"taxonomies": dict.fromkeys(names, True)})
    assert site.warnings == []
    (rows,) = with_class(site.page("index.html"), "bookreview-rows")
    assert [text_of(link) for link in rows.xpath(".//a")] == ["A"]


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
    limit: 1
///

/// reviews | theme: Class
    limit: 99999999999999999999
///

/// review
    theme: [Class, Nope]
///

/// reviews
    limit: 1

Some text.

/// comments
    limit: 0
    limt: 5
///

/// comments | limit: 3
///

///// spoiler | Who

/// book | emma
///

/////

<div>
/// reviews
</div>
"""
TOLD = [
    "index.md:4: `theme` is `Memroy`, but no review has this value. Did you mean `Memory`?",
    "index.md:5: `limit` must be a whole number, but is `none`. Write for example `limit: 3`.",
    "index.md:6: Unknown key `layuot`. Did you mean `layout`?",
    "index.md:10: Not valid YAML:",
    "index.md:14: The content must be a mapping of keys to values. Write for example `theme:"
    " Memory`.",
    "index.md:17: `/// book` names `emmma`, which has no review on this site. Did you mean `emma`?",
    "index.md:20: `/// book` names no book. Write the key of a book: `/// book | emma`.",
    "index.md:21: `/// book` takes no options. Leave them out.",
    "index.md:24: `/// reviews` is followed by `theme: Class`, which has no effect.",
    "index.md:25: `limit` must be at most 10000, but is `99999999999999999999`.",
    "index.md:28: `/// review` has a mistake, but the block works. Write `/// reviews`.",
    "index.md:29: `theme` is `Nope`, but no review has this value. Write it as in your",
    "index.md:32: The block `/// reviews` is never closed.",
    "index.md:38: `limit` must be at least 1, but is `0`. Write for example `limit: 5`.",
    "index.md:39: Unknown key `limt`. `limit` is here too. Keep only `limit`.",
    "index.md:42: `/// comments` is followed by `limit: 3`, which has no effect. Write options in"
    " the lines below, such as `limit: 5`.",
    "index.md:47: `/// book` is in a spoiler, where it shows nothing.",
    "index.md:53: The page shows `/// reviews` as text, because no block can be here.",
]
SEEN_BY_BUILDS = ("no block can be here", "is in a spoiler")


def test_mistakes_are_told_with_their_lines(tmp_path):
    site = build_site(tmp_path, {**REVIEWS, "index.md": MISTAKES})
    for told, expected in zip(sorted(site.warnings, key=_line), TOLD, strict=True):
        assert told.startswith(expected)
    page = text_of(site.page("index.html").xpath("//article")[0])
    assert "Some text." in page
    for raw in ("Memroy", "broken", "emmma", "just words", "limit"):
        assert raw not in page


def test_lines_that_are_almost_blocks_are_reported(tmp_path):
    text = "# Home\n\n///\u00a0reviews\n    limit: 3\n///\n\n/// reviwes\n///\n"
    site = build_site(tmp_path, {**REVIEWS, "index.md": text})
    assert sorted(site.warnings) == [
        "index.md:3: The page shows `/// reviews` as text, because this line has an invisible"
        " U+00A0 (no-break space). Retype the line: `/// reviews`.",
        "index.md:7: The page shows `/// reviwes` as text, because it is not exactly"
        " `/// reviews`. Write `/// reviews`.",
    ]


def test_check_tells_the_same(tmp_path):
    """But for what only a whole page shows."""
    build_site(tmp_path, {**REVIEWS, "index.md": MISTAKES})
    problems = check_site(tmp_path / "mkdocs.yml", TODAY, lambda paths: paths).problems
    expected = [told for told in TOLD if not any(seen in told for seen in SEEN_BY_BUILDS)]
    told = [str(problem) for problem in problems]
    for one, other in zip(told, expected, strict=True):
        assert one.startswith(other)


TODAY = date(2026, 11, 1)


def test_check_and_build_agree_on_what_is_published_and_on_the_language(tmp_path):
    text = "# Home\n\n/// book | later\n///\n\n/// reviews\n    language: Deutsch\n///\n"
    text += "\n```markdown title='x'\n/// reviews\n    theme: Nope\n///\n```\n"
    pages = {
        "index.md": text,
        "a.md": review(book={"language": "de"}),
        "later.md": review("Later", date="2026-12-24", book={"id": "later"}),
        "wip/b.md": "# B\n\n/// reviews\n    theme: Nope\n///\n",
    }
    theme = {"name": "material", "font": False, "language": "de"}
    extensions = ["pymdownx.superfences", "pymdownx.highlight"]
    config = {"theme": theme, "draft_docs": "wip/", "markdown_extensions": extensions}
    site = build_site(tmp_path, pages, **config)
    problems = check_site(tmp_path / "mkdocs.yml", TODAY, lambda paths: paths).problems
    assert [str(one) for one in problems] == site.warnings
    assert [one.split(" ")[1:4] for one in site.warnings] == [["`///", "book`", "names"]]


def test_a_theme_that_reviews_hide_is_told_so(tmp_path):
    hidden = review("Atonement", "Ian McEwan", themes=[{"name": "Guilt", "spoiler": True}])
    site = build_site(tmp_path, {"a.md": hidden, "index.md": "/// reviews\n    theme: guilt\n///"})
    (told,) = site.warnings
    assert told.startswith("index.md:2: `theme` is `guilt`, but reviews hide")


def test_a_theme_has_what_its_parts_have(tmp_path):
    pages = {"a.md": review(themes=["Ethics/Cloning"]), "b.md": review("B", themes=["Ethics"])}
    pages["index.md"] = "/// reviews\n    theme: Ethics\n    layout: list\n///\n"
    site = build_site(tmp_path, pages)
    (rows,) = with_class(site.page("index.html"), "bookreview-rows")
    assert [text_of(link) for link in rows.xpath(".//a")] == ["B", "Emma"]


def test_languages_are_known_by_their_codes(tmp_path):
    pages = {"a.md": review(book={"language": "fr"})}
    pages["index.md"] = (
        "/// reviews\n    language: fr\n///\n\n/// reviews\n    language: French\n///"
    )
    site = build_site(tmp_path, pages)
    assert site.warnings == []
    assert len(with_class(site.page("index.html"), "bookreview-item")) == 2


def test_what_stands_in_a_block_leaks_nowhere(tmp_path):
    hidden = "<div class='spoiler'>\nSECRET\n</div>\n\n||SECRET||"
    block = f"/// reviews\n    limit: 1\n\n{hidden}\n\n///\n"
    body = f"# Dune\n\n{block}\nSand."
    pages = {
        "index.md": f"# Home\n\n{block}",
        "blog/index.md": "# Blog\n",
        "blog/posts/dune.md": review("Dune", "Frank Herbert", date=date(2024, 5, 1), body=body),
    }
    site = build_site(tmp_path, pages, plugins=["search", "blog", "bookreview"])
    assert [path for path, content in site.files().items() if b"SECRET" in content] == []
    assert len(site.warnings) == 2


def test_blocks_are_filled_in_excerpts_of_a_blog(tmp_path):
    text = "# Dune\n\n/// reviews\n    layout: list\n///\n\n<!-- more -->\n\nSand."
    post = review("Dune", "Frank Herbert", date=date(2024, 5, 1), body=text)
    pages = {"index.md": "# Home", "blog/index.md": "# Blog\n", "blog/posts/dune.md": post}
    site = build_site(tmp_path, {**pages, **REVIEWS}, plugins=["search", "blog", "bookreview"])
    assert site.warnings == []
    blog = site.page("blog/index.html")
    assert with_class(blog, "bookreview-block") == []
    (rows,) = with_class(blog, "bookreview-rows")
    assert rows.xpath(".//a/@href")[:2] == ["../reviews/beloved/", "../blog/2024/05/01/dune/"]


def test_the_same_block_on_many_pages_is_sorted_once(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(
        queries, "sort_reviews", lambda *of: calls.append(of) or library.sort_reviews(*of)
    )
    block = "/// reviews\n    theme: Memory\n    limit: 1\n///\n"
    pages = {f"p{n}.md": f"# P\n\n{block}" for n in range(20)}
    build_site(tmp_path, {**REVIEWS, **pages})
    assert len(calls) == 1


def _line(message):
    return int(message.split(":")[1])

"""What a reader and an author get, from sites that are really built."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from sites import Site, build_site, parse, review, text_of, with_class, write_site

THREE = {
    "index.md": "# Home\n\nWelcome.\n",
    "reviews/emma.md": review(
        rating=4.5, date="2024-05-01", themes=["Class", "Self-Deception"], verdict="Sharp and warm."
    ),
    "reviews/dune.md": review(
        "Dune", "Frank Herbert", date="2023-01-02", themes=["class", "Ecology"]
    ),
    "reviews/kokoro.md": review("こゝろ", "夏目漱石", themes=["Solitude"]),
}
MODES = pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])


def address(path: str, directories: bool) -> str:
    """Of a page whose source has this path without its ending."""
    if PurePosixPath(path).name == "index" or not directories:
        return f"{path}.html"
    return f"{path}/index.html"


def reachable(site: Site, start: str) -> set[str]:
    """Pages that links lead to, from page to page."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen or not (site.folder / "site" / path).is_file():
            continue
        seen.add(path)
        for link in site.page(path).xpath("//a/@href"):
            target = unquote(urldefrag(urljoin(f"http://site/{path}", link)).url)
            if target.startswith("http://site/"):
                target = target.removeprefix("http://site/")
                waiting.append(
                    f"{target}index.html"
                    if target.endswith(("/", "")) and not target.endswith(".html")
                    else target
                )
    return seen


@MODES
@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_three_reviews_without_options(tmp_path: Path, theme: str, directories: bool) -> None:
    site = build_site(tmp_path, THREE, theme=theme, use_directory_urls=directories)
    assert site.warnings == []
    pages = reachable(site, "index.html")
    for path in (
        "reviews/emma",
        "reviews/dune",
        "reviews/kokoro",
        "themes/class",
        "themes/solitude",
    ):
        assert address(path, directories) in pages
    emma = site.page(address("reviews/emma", directories))
    (card,) = with_class(emma, "bookreview-card")
    assert "by Jane Austen" in text_of(card)
    assert card.xpath("//*[@role='img']/@aria-label") == ["4.5 out of 5"]
    (title,) = [h1 for h1 in emma.xpath("//h1") if "Emma" in text_of(h1)]
    assert text_of(title).startswith("Emma – Jane Austen")
    following = title.xpath("following-sibling::*[1]")
    assert following == [card]
    assert len(with_class(site.page("reviews/index.html"), "bookreview-item")) == 3
    assert len(with_class(site.page(address("themes/class", directories)), "bookreview-item")) == 2
    counts = [
        text_of(one) for one in with_class(site.page("themes/index.html"), "bookreview-terms")
    ]
    assert counts == ["Class 2 Ecology 1 Self-Deception 1 Solitude 1"]


def test_reviews_stand_newest_first_and_undated_last(tmp_path: Path) -> None:
    site = build_site(tmp_path, THREE)
    titles = with_class(site.page("reviews/index.html"), "bookreview-item__title")
    assert [text_of(one) for one in titles] == ["Emma", "Dune", "こゝろ"]
    dune = site.page("reviews/dune/index.html")
    assert dune.xpath("//a[contains(@class, 'footer__link--prev')]/@href") == []
    assert dune.xpath("//link[@rel='next']/@href") == ["../emma/"]
    assert dune.xpath("//link[@rel='prev']/@href") == ["../kokoro/"]


def test_lists_have_pages(tmp_path: Path) -> None:
    pages = {"index.md": "# Home\n"} | {
        f"reviews/r{n}.md": review(f"Book {n}", date=f"2024-01-{n:02}", themes=["Memory"])
        for n in range(1, 8)
    }
    site = build_site(tmp_path, pages, {"reviews": {"per_page": 3}})
    shown = [
        [text_of(one) for one in with_class(site.page(path), "bookreview-item__title")]
        for path in ("reviews/index.html", "reviews/page/2/index.html", "reviews/page/3/index.html")
    ]
    assert shown == [
        ["Book 7", "Book 6", "Book 5"],
        ["Book 4", "Book 3", "Book 2"],
        ["Book 1"],
    ]
    second = site.page("reviews/page/2/index.html")
    (pager,) = with_class(second, "bookreview-pages")
    assert pager.xpath(".//a[@rel='prev']/@href") == ["../../../reviews/"]
    assert pager.xpath(".//a[@rel='next']/@href") == ["../../../reviews/page/3/"]
    assert pager.xpath("string(.//*[@aria-current='page'])") == "2"
    assert "themes/memory/page/3/index.html" in site.files()


def test_teasers_come_from_the_description_else_the_text(tmp_path: Path) -> None:
    pages = {
        "a.md": review("A", description="From the front matter.", body="First.\n"),
        "b.md": review("B", body="# B\n\nOne *two*.\n\nThree.\n\n<!-- more -->\n\nFour.\n"),
        "c.md": review("C", body="First a || b. Then ||secret||.\n\nSecond.\n"),
        "d.md": review("D", body="/// spoiler | End\nsecret\n///\n\nAfter.\n"),
    }
    site = build_site(tmp_path, pages)
    teasers = {
        text_of(item.xpath(".//*[@class='bookreview-item__title']")[0]): text_of(
            item.xpath(".//*[@class='bookreview-item__teaser']")[0]
        )
        for item in with_class(site.page("reviews/index.html"), "bookreview-item")
    }
    assert teasers == {
        "A": "From the front matter.",
        "B": "One two. Three.",
        "C": "First a || b. Then [spoiler].",
        "D": "After.",
    }
    for path, content in site.files().items():
        if path not in {"c/index.html", "d/index.html"}:
            assert b"secret" not in content, path


TEN = """\
---
dat: 2024-05-01
date: yesterday
book:
  title: 10:04
  isbn: 0321127421
  pages: many
  formt: paperback
rating: 7
read: {started: 2024-05-02, finished: 2024-05-01}
themes:
  - Memory
  - {name: Time, weight: huge}
comments: perhaps
redirect_from: [2014/05/x]
---
# 10:04
"""


def test_ten_mistakes_are_ten_problems_with_their_lines(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"reviews/lerner.md": TEN})
    places = [
        re.match(r"reviews/lerner\.md:(\d+):\d+: (?:Unknown key )?`([\w.\[\]]+)`", warning)
        for warning in site.warnings
    ]
    assert [(int(match[1]), match[2]) for match in places if match] == [
        (2, "dat"),
        (3, "date"),
        (6, "book.isbn"),
        (7, "book.pages"),
        (8, "book.formt"),
        (9, "rating"),
        (10, "read"),
        (13, "themes[2].weight"),
        (14, "comments"),
        (15, "redirect_from[1]"),
    ]
    assert len(site.warnings) == 10
    card = text_of(with_class(site.page("reviews/lerner/index.html"), "bookreview-card")[0])
    assert "Not rated" not in card  # because no review of the site has a valid rating
    assert "Memory" in card


def test_wrong_options_stop_the_build_and_tell_of_the_pages_too(tmp_path: Path) -> None:
    options = {"sign_of": "Bye", "rating": {"scale": "ten"}, "comments": {"provider": "gisqus"}}
    site = Site(tmp_path)
    with pytest.raises(Abort):
        build_site(tmp_path, {"reviews/lerner.md": TEN}, options, into=site)
    places = [warning.split(" ", 1)[0] for warning in site.warnings]
    text = (tmp_path / "mkdocs.yml").read_text("utf-8").splitlines()
    for key in ("sign_of", "scale", "provider"):
        (line,) = [number for number, one in enumerate(text, start=1) if f"{key}:" in one]
        assert any(place.startswith(f"mkdocs.yml:{line}:") for place in places)
    assert sum(place.startswith("reviews/lerner.md") for place in places) == 10


HIDDEN = {
    "a draft": review("Okapi", draft=True),
    "a date to come": review("Zebrafish", date="2999-01-01"),
    "a draft that is no YAML": "---\nbook: [\ndraft: true\n---\n# Okapi\n",
    "a draft without an end": "---\nbook: {title: Okapi}\ndraft: true\n\n# Okapi\n",
    "a draft that ends with its front matter": "---\nbook: {title: Okapi}\ndraft: true\n---",
    "a draft below a blank line": "\n---\nbook: {title: Okapi}\ndraft: true\n---\n# Okapi\n",
    "a draft below a comment, no review": "<!-- c -->\n---\ndraft: true\n---\n# Okapi\n",
    "a draft by default": review("Okapi"),
    "a draft by MkDocs": review("Okapi"),
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_ready_is_not_published(
    tmp_path: Path, text: str, request: pytest.FixtureRequest
) -> None:
    pages = {**THREE, "drafts/one.md": text}
    if "by default" in request.node.callspec.id:
        pages["drafts/.meta.yml"] = "draft: true\n"
    by_mkdocs = "by MkDocs" in request.node.callspec.id
    config = {"draft_docs": "drafts/"} if by_mkdocs else {}
    site = build_site(tmp_path, pages, **config)
    assert "drafts/one/index.html" not in site.files()
    for path, content in site.files().items():
        assert b"Okapi" not in content, path
        assert b"Zebrafish" not in content, path
    served = build_site(tmp_path, pages, command="serve", **config)
    assert "drafts/one/index.html" in served.files()


def test_front_matter_that_is_no_yaml_is_never_shown(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"a.md": "---\nbook: [\nverdict: hidden\n---\n# Shown\n"})
    assert "hidden" not in site.text("a/index.html")
    assert "Shown" in site.text("a/index.html")
    assert len(site.warnings) == 1
    assert site.warnings[0].startswith("a.md:2:")


@pytest.mark.parametrize("opening", ["---\u00a0\n", "\u200b---\n", "\n---\n", "<!-- c -->\n---\n"])
def test_a_page_whose_front_matter_mkdocs_does_not_see_is_sealed(
    tmp_path: Path, opening: str
) -> None:
    site = build_site(tmp_path, {"a.md": f"{opening}spoilers: true\n---\nOkapi words.\n"})
    page = site.page("a/index.html")
    (sealed,) = with_class(page, "bookreview-spoiler")
    assert "Okapi" in text_of(sealed)
    sealed.getparent().remove(sealed)
    assert "Okapi" not in text_of(page.getroot())
    assert "spoilers: true" not in text_of(page.getroot())
    assert [path for path, content in site.files().items() if b"Okapi" in content] == [
        "a/index.html"
    ]
    (warning,) = site.warnings
    assert warning.startswith("a.md:")


def test_a_page_that_begins_with_a_line_across_is_left_alone(tmp_path: Path) -> None:
    text = "\n---\n\nOkapi, a title: short.\n\n---\n\nMore.\n"
    site = build_site(tmp_path, {"a.md": text, "b.md": "\u00a0\nZebra.\n"})
    assert "Okapi, a title: short." in site.text("a/index.html")
    assert "Zebra." in site.text("b/index.html")
    assert site.warnings == []


def test_a_picture_keeps_its_size_and_a_missing_one_is_told(tmp_path: Path) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"/>'
    pages = {
        "reviews/a.md": review("A", book={"cover": "a.svg"}),
        "reviews/a.svg": svg,
        "reviews/b.md": review("B", book={"cover": "b.svg"}),
    }
    site = build_site(tmp_path, pages)
    (image,) = site.page("reviews/a/index.html").xpath("//*[@class='bookreview-cover']/img")
    shown = {key: image.get(key) for key in ("src", "width", "height", "alt")}
    assert shown == {
        "src": "../../reviews/a.svg",
        "width": "400",
        "height": "600",
        "alt": "Cover of A",
    }
    assert site.page("reviews/b/index.html").xpath(
        "//*[@class='bookreview-cover']/*[local-name()='svg']"
    )
    assert [warning.partition(": ")[2] for warning in site.warnings] == [
        "`book.cover` names `reviews/b.svg`, but there is no such file."
        " Put the picture beside the page."
    ]


def test_the_authors_own_pages_stay_on_top(tmp_path: Path) -> None:
    pages = {
        **THREE,
        "reviews/README.md": "# All of them\n\nMy words.\n",
        "themes/Class.md": "# Class\n\nWhat I mean by it.\n",
    }
    site = build_site(tmp_path, pages)
    assert site.warnings == []
    reviews = site.text("reviews/index.html")
    assert reviews.index("My words.") < reviews.index("bookreview-list")
    theme = site.text("themes/Class/index.html")
    assert theme.index("What I mean by it.") < theme.index("bookreview-list")
    assert "themes/class/index.html" not in site.files()
    chip = with_class(site.page("reviews/emma/index.html"), "bookreview-chip")[0]
    assert chip.get("href") == "../../themes/Class/"


def test_old_addresses_lead_to_the_review(tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n",
        "reviews/emma.md": review(redirect_from=["/2014/05/emma/", "/old.html", "/index.html"]),
    }
    site = build_site(tmp_path, pages, site_url="https://example.org/blog/")
    old = site.page("2014/05/emma/index.html")
    assert old.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../../reviews/emma/"]
    assert old.xpath("//a/@href") == ["../../../reviews/emma/"]
    assert old.xpath("//link[@rel='canonical']/@href") == ["https://example.org/blog/reviews/emma/"]
    assert site.page("old.html").xpath("//a/@href") == ["reviews/emma/"]
    assert "Home" in site.text("index.html")
    assert [warning.split(".", 1)[0] for warning in site.warnings] == ["reviews/emma"]


def test_old_addresses_leave_files_alone_that_are_written_later(tmp_path: Path) -> None:
    site = build_site(
        tmp_path,
        {"index.md": "# Home\n", "a.md": review(redirect_from=["/404.html", "/sitemap.xml/"])},
    )
    assert "data-to" not in site.text("404.html")
    assert site.text("sitemap.xml").startswith("<?xml")
    assert [warning.split(": ", 1)[1] for warning in site.warnings] == [
        "`redirect_from` lists `/404.html`, but the site has `404.html` there. Remove `/404.html`.",
        "`redirect_from` lists `/sitemap.xml/`, but the site has `sitemap.xml` there. Remove"
        " `/sitemap.xml/`.",
    ]


def test_data_files_are_not_published(tmp_path: Path) -> None:
    pages = {
        "books.yml": "emma: {title: Emma, author: Jane Austen, publisher: John Murray}\n",
        "reviews/.meta.yml": "reviewer: Ann\n",
        "reviews/emma.md": "---\nbook: emma\n---\nText.\n",
    }
    site = build_site(tmp_path, pages)
    assert site.warnings == []
    assert not [path for path in site.files() if path.endswith(".yml")]
    card = text_of(with_class(site.page("reviews/emma/index.html"), "bookreview-card")[0])
    assert "John Murray" in card
    assert "Ann" in card


def test_authors_text_is_escaped_everywhere(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> & \"x\" 'y' `z` *w* v {{ 7 * 7 }} $x$ C#"
    keys = dict.fromkeys(("verdict", "copy", "disclosure", "reviewer", "description"), evil)
    pages = {
        "reviews/evil.md": review(
            evil,
            evil,
            body="Harmless.",
            themes=[evil],
            warnings={"graphic": [evil]},
            quotes=[{"text": evil, "page": evil}],
            related=[{"title": evil, "kind": evil, "why": evil}],
            book={
                "publisher": evil,
                "series": evil,
                "format": evil,
                "links": {evil: "https://x.org/"},
            },
            **keys,
        )
    }
    site = build_site(tmp_path, pages, {"sign_off": evil})
    assert site.warnings == []
    for path in site.files():
        if path.endswith(".html"):
            scripts = site.page(path).xpath("//script")
            data = [text_of(one) for one in scripts if one.get("type") == "application/ld+json"]
            assert not [text for text in data if "<" in text], path
            run = [text_of(one) for one in scripts if one.get("type") != "application/ld+json"]
            assert not [text for text in run if "alert(1)" in text], path
            assert "49" not in text_of(site.page(path).xpath("//article | //body")[0]), path
    page = site.page("reviews/evil/index.html")
    assert text_of(with_class(page, "bookreview-card__verdict")[0]) == evil
    assert text_of(page.xpath("//article//h1")[0]).startswith(f"{evil} – {evil}")


def test_one_configuration_may_be_built_twice_and_may_list_the_extension(tmp_path: Path) -> None:
    pages = {"reviews/emma.md": review(body="It is ||him||.")}
    path = write_site(tmp_path, pages, markdown_extensions=["bookreview_spoilers"])
    config = load_config(str(path), site_dir=str(tmp_path / "site"))
    for _ in range(2):
        build(config)
        page = parse((tmp_path / "site" / "reviews" / "emma" / "index.html").read_text("utf-8"))
        (spoiler,) = with_class(page, "bookreview-spoiler")
        assert "him" in text_of(spoiler)
        assert len(page.xpath("//link[contains(@href, 'bookreview')]")) == 1


TITLES = [
    "C#",
    "1984",
    "E=mc^2 ~ $2.00 a Day",
    "F# #",
    "a_b_c & <b>",
    "2005-01-01",
    "[x](y)",
    ":smile:",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_heading_says_just_what_the_title_says(tmp_path: Path, title: str) -> None:
    pages = {
        "a.md": review(title, ""),
        "b.md": f"---\ntitle: {title!r}\nbook: {{title: B}}\nthemes: [{title!r}]\n---\nText.\n",
    }
    site = build_site(tmp_path, pages, markdown_extensions=["pymdownx.emoji", "pymdownx.caret"])
    for path in ("a", "b"):
        heading = site.page(f"{path}/index.html").xpath("//article//h1")[0]
        assert text_of(heading).removesuffix("¶") == title
    (term,) = site.page("themes/index.html").xpath("//ul[@class='bookreview-terms']//a")
    assert text_of(term) == title


def test_a_title_of_another_type_is_a_title(tmp_path: Path) -> None:
    text = "---\ntitle: 1984\nbook: {title: x}\n---\ntext\n"
    site = build_site(tmp_path, {"a.md": text})
    assert text_of(site.page("a/index.html").xpath("//article//h1")[0]) == "1984"


HEADINGS = {
    "#Emma\n\nText.\n": "Emma",
    "<h1>Emma</h1>\n\nText.\n": "Emma",
    "Emma\n====\n\nText.\n": "Emma",
    "<!-- note -->\n\n# Emma\n\nText.\n": "Emma",
    "Text.\n\n# Late\n\nMore.\n": "Title – Author",
    "<!--\n# Not this\n-->\n\nText.\n": "Title – Author",
    "```\n# Not this\n```\n": "Title – Author",
}


@pytest.mark.parametrize("spoilers", [False, True])
@pytest.mark.parametrize(("body", "shown"), HEADINGS.items())
def test_a_review_begins_with_a_heading(
    tmp_path: Path, body: str, shown: str, spoilers: bool
) -> None:
    pages = {"a.md": review("Title", "Author", body=body, spoilers=spoilers)}
    site = build_site(tmp_path, pages, theme="mkdocs")
    assert site.warnings == []
    page = site.page("a/index.html")
    first = page.xpath("//h1")[0]
    assert text_of(first) == shown
    assert first.xpath("following-sibling::*[1]") == with_class(page, "bookreview-card")


TITLES = [
    "__init__",
    "A_B and __C__",
    "On _Emma_",
    "*a* `b` ~c~ #d",
    "1984.",
    "<i>E</i> &amp;",
    "\\_",
]


def test_the_signs_of_a_title_are_no_markup(tmp_path: Path) -> None:
    pages = {f"{number}.md": review(title, "_X_") for number, title in enumerate(TITLES)}
    pages["themed.md"] = review(themes=["__Main__"])
    site = build_site(tmp_path, pages, theme="mkdocs")
    for number, title in enumerate(TITLES):
        assert text_of(site.page(f"{number}/index.html").xpath("//h1")[0]) == f"{title} – _X_"
    assert text_of(site.page("themes/main/index.html").xpath("//h1")[0]) == "__Main__"


@pytest.mark.parametrize(
    "path", ["/", "//", "/sitemap.xml", "/search/search_index.json", "/a/../../x", "/%2e%2e/x", "x"]
)
def test_an_old_address_is_one_of_a_page(tmp_path: Path, path: str) -> None:
    pages = {"index.md": "# Home\n", "a.md": review(redirect_from=[path])}
    site = build_site(tmp_path, pages)
    assert len(site.warnings) == 1
    assert site.warnings[0].startswith("a.md:6:3: `redirect_from[1]` must be")


def test_an_encoded_old_address_is_decoded(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"a.md": review(redirect_from=["/caf%C3%A9/"])})
    assert "café/index.html" in site.files()


def test_files_that_are_no_text_are_told(tmp_path: Path) -> None:
    latin = "reviewer: Zoë\n".encode("latin-1")
    pages = {**THREE, "reviews/.meta.yml": latin, "books.yml": latin, "reviews/bad.md": latin}
    site = build_site(tmp_path, pages)
    places = sorted(warning.partition(": ")[0] for warning in site.warnings)
    assert places == ["books.yml:1", "reviews/.meta.yml:1", "reviews/bad.md:1"]
    assert "reviews/emma/index.html" in site.files()


def test_a_review_that_is_not_published_is_not_told_of(tmp_path: Path) -> None:
    related = [{"review": "secret.md", "why": "Same."}, {"review": "emma.md"}]
    pages = {
        "emma.md": review(),
        "secret.md": review("Secret", draft=True),
        "dune.md": review("Dune", related=related),
    }
    site = build_site(tmp_path, pages)
    assert site.warnings == []
    (section,) = with_class(site.page("dune/index.html"), "bookreview-related")
    assert section.xpath(".//a/@href") == ["../emma/"]
    assert "secret" not in text_of(section).lower()


def test_a_book_to_be_read_has_its_page_and_stands_in_no_list(tmp_path: Path) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"/>'
    stub = review("Ulysses", shelf="to-read", book={"cover": "u.svg"}, redirect_from=["/old/"])
    pages = {
        "u.md": stub,
        "u.svg": svg,
        "two.md": "---\nbook: [{title: One}, {title: Two}]\n---\nText.\n",
        "emma.md": review(related=[{"review": "u.md"}, {"review": "two"}]),
    }
    site = build_site(tmp_path, pages)
    assert site.warnings == []
    assert site.page("u/index.html").xpath("//*[@class='bookreview-cover']/img/@src")
    assert site.page("old/index.html").xpath("//a/@href") == ["../u/"]
    card = text_of(with_class(site.page("u/index.html"), "bookreview-card")[0])
    assert "To read" in card
    titles = with_class(site.page("reviews/index.html"), "bookreview-item__title")
    assert "Ulysses" not in [text_of(one) for one in titles]
    (section,) = with_class(site.page("emma/index.html"), "bookreview-related")
    assert section.xpath(".//a/@href") == ["../u/", "../two/"]


def test_lists_of_two_kinds_do_not_share_a_folder(tmp_path: Path) -> None:
    site = Site(tmp_path)
    options = {"reviews": {"path": "x/"}, "themes": {"path": "X"}}
    with pytest.raises(Abort):
        build_site(tmp_path, THREE, options, into=site)
    assert "`themes.path` must not be in the folder of `reviews`" in site.warnings[0]


def test_marks_of_spoilers_in_front_matter_are_told_and_not_shown(tmp_path: Path) -> None:
    marked = "It ends ||badly|| here"
    pages = {
        "a.md": review(verdict=marked, description=marked, quotes=[marked], themes=[marked, "Open"])
    }
    site = build_site(tmp_path, pages)
    assert len(site.warnings) == 4
    assert not [path for path, content in site.files().items() if b"badly" in content]


def test_what_is_left_out_of_an_explicit_nav_is_told(tmp_path: Path) -> None:
    site = build_site(tmp_path, THREE, nav=["index.md", "reviews/index.md"])
    assert site.warnings == []
    assert [info for info in site.infos if "Themes: themes/index.md" in info]
    assert not [info for info in site.infos if "reviews/index.md" in info]


@pytest.mark.parametrize("in_nav", [True, False])
def test_reviews_stand_in_the_navigation_where_told(tmp_path: Path, in_nav: bool) -> None:
    site = build_site(tmp_path, THREE, {"reviews": {"in_nav": in_nav}}, theme="readthedocs")
    links = site.page("index.html").xpath("//nav//a/@href")
    assert ("reviews/emma/" in links) == in_nav
    assert "reviews/" in links


LISTS = ("reviews", "browse", "themes", "authors")


def test_a_review_that_nav_names_stands_there(tmp_path: Path) -> None:
    nav = [*(f"{one}/index.md" for one in LISTS), "reviews/emma.md"]
    extensions = ["bookreview_spoilers"]
    site = build_site(tmp_path, THREE, theme="readthedocs", nav=nav, markdown_extensions=extensions)
    assert (site.warnings, site.infos) == ([], [])
    assert "reviews/emma/" in site.page("index.html").xpath("//nav//a/@href")


def test_a_site_without_reviews_says_so_kindly(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"index.md": "# Home\n"})
    assert site.warnings == []
    assert len([info for info in site.infos if "There is no review yet" in info]) == 1
    assert not {"reviews/index.html", "themes/index.html"} & set(site.files())


def test_lists_that_nav_names_are_there_without_reviews(tmp_path: Path) -> None:
    nav = ["index.md", "reviews/index.md", "themes/index.md"]
    site = build_site(tmp_path, {"index.md": "# Home\n"}, nav=nav)
    for path in ("reviews/index.html", "themes/index.html"):
        (empty,) = with_class(site.page(path), "bookreview-empty")
        assert "yet" in text_of(empty)


def test_a_site_without_search_is_told_once(tmp_path: Path) -> None:
    site = build_site(tmp_path, THREE, plugins=["bookreview"])
    assert len([info for info in site.infos if "search" in info]) == 1


def test_advice_names_the_configuration_that_there_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    nav = {"nav": ["index.md"], "plugins": [{"bookreview": {"themes": {"feed": True}}}]}
    path = write_site(tmp_path, {"index.md": "# Home\n", **THREE}, **nav)
    path = path.rename(tmp_path / "properdocs.yml")
    caplog.set_level("INFO", "mkdocs")
    build(load_config(str(path), site_dir=str(tmp_path / "site")))
    advice = [one for one in caplog.messages if "docs.yml" in one]
    assert [one for one in advice if "Add `search` to `plugins` in properdocs.yml." in one]
    assert [one for one in advice if "These pages are not in `nav` of properdocs.yml." in one]
    assert [one for one in advice if "Write `site_url: https://…` in properdocs.yml." in one]
    assert not [one for one in advice if "mkdocs.yml" in one]


def test_a_preview_without_a_server_leaves_the_section_out(tmp_path: Path) -> None:
    options = {"comments": {"provider": "isso", "preview": True}}
    site = build_site(tmp_path, THREE, options)
    assert len([info for info in site.infos if "comments.url" in info]) == 1
    assert not with_class(site.page("reviews/emma/index.html"), "bookreview-comments")


@MODES
def test_two_builds_are_the_same(
    tmp_path: Path, directories: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    first = build_site(tmp_path / "a", THREE, use_directory_urls=directories).files()
    second = build_site(tmp_path / "b", THREE, use_directory_urls=directories).files()
    assert first == second


def test_words_are_in_the_language_of_the_theme(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "language": "de"}
    site = build_site(tmp_path, THREE, theme=theme)
    card = with_class(site.page("reviews/emma/index.html"), "bookreview-card")[0]
    assert "von Jane Austen" in text_of(card)
    assert "1. Mai 2024" in text_of(card)
    assert card.xpath(".//*[@role='img']/@aria-label") == ["4,5 von 5"]
    assert "Besprechungen" in text_of(site.page("reviews/index.html").xpath("//h1")[0])


def test_no_inline_style_or_script_of_ours(tmp_path: Path) -> None:
    options = {"comments": {"provider": "isso", "url": "https://comments.example.org"}}
    site = build_site(tmp_path, THREE, options)
    for path in site.files():
        if path.endswith(".html"):
            ours = site.page(path).xpath("//*[contains(@class, 'bookreview-')]")
            assert not [one for one in ours if one.get("style")], path
            assert not [one for one in ours if one.xpath(".//script | .//style")], path

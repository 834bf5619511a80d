"""Sites with plugins that choose, list, date or redirect pages, built with `strict`."""

import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from mkdocs.exceptions import Abort
from sites import Site, build_site, review, text_of, with_class, write_site

LANGUAGES = [
    {"locale": "en", "name": "English", "build": True, "default": True},
    {"locale": "de", "name": "Deutsch", "build": True},
]
EMMA = review(
    date="2024-01-01",
    read="2023-12-01",
    themes=["Class"],
    related=[{"review": "dune.md"}],
    redirect_from=["/old/emma/"],
    book={"cover": "emma.png"},
    body="She ||marries Knightley in the end||.",
)
EMMA_DE = review(
    "Emma auf Deutsch",
    date="2024-01-02",
    read="2023-12-02",
    themes=["Klasse"],
    related=[{"review": "dune.md"}],
    redirect_from=["/alt/emma/", "/old/emma/"],
    book={"cover": "emma.png"},
    body="Sie ||heiratet Knightley am Ende||.",
)
DUNE = review("Dune", "Frank Herbert", date="2023-01-01", body="Sand ||and nothing but sand||.")
# A whole picture of one pixel, because a build in strict mode stops at a broken cover.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
FOLDER = {
    "en/index.md": "# Home\n",
    "de/index.md": "# Start\n",
    "en/reviews/emma.md": EMMA,
    "en/reviews/emma.png": PNG,
    "en/reviews/dune.md": DUNE,
    "de/reviews/emma.md": EMMA_DE,
    "de/themes/klasse.md": "# Klasse\n\nMeine Worte.\n",
}
SUFFIX = {
    "index.md": "# Home\n",
    "index.de.md": "# Start\n",
    "reviews/emma.md": EMMA,
    "reviews/emma.png": PNG,
    "reviews/dune.md": DUNE,
    "reviews/emma.de.md": EMMA_DE,
    "themes/klasse.de.md": "# Klasse\n\nMeine Worte.\n",
}
HOME = "https://example.org/"


def i18n(structure: str) -> dict[str, Any]:
    return {"i18n": {"docs_structure": structure, "languages": LANGUAGES}}


def cards(site: Site, page: str) -> list[str]:
    return [text_of(one) for one in with_class(site.page(page), "bookreview-item__title")]


def addresses(site: Site, page: str) -> set[str]:
    """Return the full addresses to which the content of a page leads."""
    (content,) = with_class(site.page(f"{page}index.html"), "md-content")
    return {urljoin(f"{HOME}{page}", link) for link in content.xpath(".//a/@href")}


def menu(site: Site, page: str = "index.html") -> list[str]:
    found = site.page(page).xpath('//nav[contains(@class, "md-nav--primary")]//li//a')
    return [text_of(link) for link in found]


@pytest.fixture(
    scope="module",
    params=[(name, first) for name in ("folder", "suffix") for first in (True, False)],
    ids=lambda param: f"{param[0]}-{'first' if param[1] else 'last'}",
)
def translated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    structure, is_first = request.param
    targets = {"tags/class.md": "themes/class.md", "tags/index.md": "themes/index.md"}
    ours = {"bookreview": {"reviews": {"feed": True}}}
    plugins: list[Any] = ["search", {"redirects": {"redirect_maps": targets}}, ours]
    plugins.insert(0 if is_first else 3, i18n(structure))
    return build_site(
        tmp_path_factory.mktemp("translated"),
        FOLDER if structure == "folder" else SUFFIX,
        plugins=plugins,
        strict=True,
        site_url=HOME,
    )


def test_each_language_has_its_lists(translated: Site) -> None:
    assert translated.warnings == []
    assert cards(translated, "reviews/index.html") == ["Emma", "Dune"]
    assert cards(translated, "de/reviews/index.html") == ["Emma auf Deutsch", "Dune"]
    assert cards(translated, "themes/class/index.html") == ["Emma"]
    assert cards(translated, "de/themes/klasse/index.html") == ["Emma auf Deutsch"]
    assert "Meine Worte." in translated.text("de/themes/klasse/index.html")
    paths = translated.files()
    assert "de/themes/class/index.html" not in paths
    assert "themes/klasse/index.html" not in paths
    assert {"library.json", "de/library.json"} <= paths.keys()


def test_each_language_has_its_words_and_links(translated: Site) -> None:
    page = translated.page("de/reviews/index.html")
    assert text_of(page.xpath("//h1")[0]) == "Besprechungen"
    assert f"{HOME}de/reviews/emma/" in addresses(translated, "de/reviews/")
    found = addresses(translated, "de/reviews/emma/")
    assert {f"{HOME}de/themes/klasse/", f"{HOME}de/reviews/dune/"} <= found
    emma = translated.page("de/reviews/emma/index.html")
    assert emma.xpath('//img[contains(@src, "emma.png")]')
    assert "Besprechungen" in menu(translated, "de/index.html")
    assert "Reviews" in menu(translated)


def test_each_language_has_its_feed(translated: Site) -> None:
    for folder, title in {"": "Emma", "de/": "Emma auf Deutsch"}.items():
        feed = f"{HOME}{folder}reviews/feed.xml"
        found = feedparser.parse(translated.text(f"{folder}reviews/feed.xml"))
        assert not found.bozo
        assert (found.feed.id, found.entries[0].title.partition(" – ")[0]) == (feed, title)
        assert found.entries[0].enclosures[0].length == str(len(PNG))
        for page in ("index.html", "reviews/dune/index.html"):
            links = translated.page(f"{folder}{page}").xpath("//link[contains(@type, 'atom')]")
            assert [link.get("href") for link in links] == [feed]


def test_all_pages_are_in_the_sitemap_and_the_search(translated: Site) -> None:
    sitemap, index = translated.text("sitemap.xml"), translated.text("search/search_index.json")
    for page in ("themes/class/", "de/themes/klasse/", "reviews/", "de/reviews/", "reviews/emma/"):
        assert f"<loc>{HOME}{page}</loc>" in sitemap
        assert f'"location":"{page}"' in index
    assert "Knightley" not in index


def test_an_old_address_leads_to_the_language_it_was_written_in(translated: Site) -> None:
    assert "../../reviews/emma/" in translated.text("old/emma/index.html")
    assert "../../de/reviews/emma/" in translated.text("alt/emma/index.html")


def test_an_old_address_in_one_language_replaces_no_page_of_another(tmp_path: Path) -> None:
    other = review("Emma", redirect_from=["/guide/", "/old/emma/x/"])
    pages = {"index.md": "# Home\n", "guide.md": "# Guide\n", "reviews/emma.de.md": other}
    plugins = ["search", i18n("suffix"), "bookreview"]
    site = build_site(tmp_path, pages, plugins=plugins)
    assert "Guide" in text_of(site.page("guide/index.html").xpath("//h1")[0])
    assert "de/reviews/emma/" in site.text("old/emma/x/index.html")
    (said,) = site.warnings
    assert said.startswith("reviews/emma.de.md:5:1: `redirect_from` lists `/guide/`")


def test_a_redirect_leads_to_the_default_language(translated: Site) -> None:
    assert 'href="../../themes/class/"' in translated.text("tags/class/index.html")
    assert 'href="../themes/"' in translated.text("tags/index.html")


PAGES = {
    "index.md": "# Home\n",
    "guide/a.md": "# A guide\n",
    "reviews/emma.md": EMMA,
    "reviews/emma.png": PNG,
    "reviews/dune.md": DUNE,
}
LISTS = ["Reviews", "Browse", "Themes", "Authors", "Years", "Reading statistics"]


def commit(folder: Path) -> None:
    """Commit all files, as an author who uses Git does."""
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


def test_pages_have_their_authors_and_dates_from_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {**PAGES, "reviews/odd.md": review("Odd", themes=["a[b]*c"])}
    write_site(tmp_path, pages)
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    plugins = ["search", "git-authors", {"git-revision-date-localized": {"type": "iso_date"}}]
    site = build_site(tmp_path, pages, plugins=[*plugins, "bookreview"], strict=True)
    assert "ann@example.org" in site.text("reviews/emma/index.html")
    assert cards(site, "themes/class/index.html") == ["Emma"]
    assert "ann@example.org" not in site.text("themes/class/index.html")


def test_redirects_find_made_pages(tmp_path: Path) -> None:
    targets = {"tags/class.md": "themes/class.md", "tags/index.md": "themes/index.md"}
    plugins = [{"redirects": {"redirect_maps": targets}}, "bookreview"]
    for order in (plugins, plugins[::-1]):
        site = build_site(tmp_path, PAGES, plugins=order, strict=True)
        assert 'href="../../themes/class/"' in site.text("tags/class/index.html")
        assert 'href="../themes/"' in site.text("tags/index.html")


@pytest.mark.parametrize(
    ("plugins", "pages", "shown"),
    [
        (["bookreview"], {}, ["Home", "A guide", *LISTS]),
        (["literate-nav", "bookreview"], {}, ["A guide", "Home", *LISTS]),
        (["bookreview", "awesome-nav"], {}, ["A guide", "Home", *LISTS]),
        (["section-index", "bookreview"], {}, ["Home", "Guide", *LISTS]),
        (
            ["bookreview", "literate-nav"],
            {"SUMMARY.md": "- [Home](index.md)\n- [Books](reviews/)\n- [A guide](guide/a.md)\n"},
            ["Home", "Reviews", "A guide"],
        ),
        (
            ["bookreview", "awesome-nav"],
            {".nav.yml": "nav: [index.md, themes, reviews]\n"},
            ["Home", "Themes", "Reviews"],
        ),
    ],
)
def test_a_menu_has_no_reviews(
    tmp_path: Path, plugins: list[str], pages: dict[str, str], shown: list[str]
) -> None:
    config: dict[str, Any] = {"validation": {"nav": {"omitted_files": "ignore"}}}
    site = build_site(tmp_path, {**PAGES, **pages}, plugins=plugins, strict=True, **config)
    assert sorted(menu(site)) == sorted(shown)
    assert cards(site, "reviews/index.html") == ["Emma", "Dune"]


@pytest.mark.parametrize("plugin", ["literate-nav", "awesome-nav"])
def test_a_menu_has_reviews_if_the_author_wants(tmp_path: Path, plugin: str) -> None:
    options = {"bookreview": {"reviews": {"in_nav": True}}}
    site = build_site(tmp_path, PAGES, plugins=[plugin, options], strict=True)
    assert {"Emma – Jane Austen", "Dune – Frank Herbert"} <= set(menu(site))


HOOK = """
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

@event_priority({priority})
def {event}(first, config, files=None):
    files = files or first
    emma = files.get_file_from_path("reviews/emma.md")
    {action}
    return first
"""
REMOVE = "files.remove(emma)"
EXCLUDE = "emma.inclusion = type(emma.inclusion).EXCLUDED"
RENEW = "first = type(files)([file for file in files if file is not emma])"
REPLACE = """text = emma.content_string.replace("Emma", "Emmeline").replace("Class", "Rank")
    files.remove(emma)
    files.append(File.generated(config, "reviews/emma.md", content=text))"""


@pytest.mark.parametrize(
    ("event", "action", "titles", "themes"),
    [
        ("on_files", REMOVE, ["Dune"], []),
        ("on_files", EXCLUDE, ["Dune"], []),
        ("on_files", RENEW, ["Dune"], []),
        ("on_files", REPLACE, ["Emmeline", "Dune"], ["rank"]),
        ("on_nav", REMOVE, ["Dune"], []),
        ("on_nav", EXCLUDE, ["Dune"], []),
    ],
)
@pytest.mark.parametrize("priority", [50, -100])
def test_lists_have_the_reviews_that_there_are_in_the_end(
    tmp_path: Path, event: str, action: str, titles: list[str], themes: list[str], priority: int
) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(HOOK.format(event=event, action=action, priority=priority))
    pages = {**PAGES, "reviews/dune.md": review("Dune", "Frank Herbert", date="2023-01-01")}
    site = build_site(tmp_path, pages, hooks=[str(hook)], strict=True)
    assert site.warnings == []
    assert cards(site, "reviews/index.html") == titles
    made = {path.split("/")[1] for path in site.files() if path.startswith("themes/")}
    assert made - {"index.html"} == set(themes)
    assert ("Reading statistics" in menu(site)) == bool(themes)
    assert ("old/emma/index.html" in site.files()) == bool(themes)


def test_a_review_that_is_taken_out_too_late_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(HOOK.format(event="on_env", action=REMOVE, priority=50))
    with pytest.raises(Abort):
        build_site(tmp_path, PAGES, hooks=[str(hook)])
    assert "removed `reviews/emma.md` from the site too late" in caplog.text


def test_a_site_without_reviews_says_how_to_begin(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"index.md": "# Home\n", "guide.md": "# Guide\n"}, strict=True)
    pages = {path for path in site.files() if path.endswith("index.html")}
    assert pages == {"index.html", "guide/index.html"}
    assert "library.json" not in site.files()
    (begin,) = [text for text in site.infos if "no review yet" in text]
    name, _, rest = begin.partition("`reviews/")[2].partition("`")
    written = rest.partition(":\n")[2] + "\n"
    site = build_site(tmp_path, {"index.md": "# Home\n", f"reviews/{name}": written}, strict=True)
    assert cards(site, "reviews/index.html") == ["Emma"]
    draft = {"index.md": "# Home\n", "reviews/emma.md": review(draft=True)}
    site = build_site(tmp_path / "draft", draft, strict=True)
    assert [text for text in site.infos if "All reviews are drafts" in text]
    assert not any("no review yet" in text for text in site.infos)


def test_lists_that_the_menu_names_are_made_without_reviews(tmp_path: Path) -> None:
    nav = [{"Home": "index.md"}, {"Books": ["reviews/index.md", {"Themes": "themes/index.md"}]}]
    site = build_site(tmp_path, {"index.md": "# Home\n"}, strict=True, nav=nav)
    assert "No reviews yet" in site.text("reviews/index.html")
    assert "themes/index.html" in site.files()


def test_nothing_is_called_not_rated_where_nothing_is_rated(tmp_path: Path) -> None:
    options = {"taxonomies": {"ratings": True}}
    rated = review("Kim", "Rudyard Kipling", date="2022-01-01", rating=4, themes=["Roads"])
    for more, on_card, on_list in (({}, False, False), ({"reviews/kim.md": rated}, True, True)):
        site = build_site(tmp_path, {**PAGES, **more}, options, strict=True)
        assert ("Not rated" in site.text("reviews/emma/index.html")) == on_card
        assert ("Not rated" in site.text("reviews/index.html")) == on_list
        assert ("ratings/not-rated/index.html" in site.files()) == on_card
        assert "Not rated" not in site.text("themes/class/index.html")


def test_each_page_leads_from_its_old_addresses(tmp_path: Path) -> None:
    theme = "---\nredirect_from: [/category/class/, /tag/class.html]\n---\n# Class\n"
    pages = {**PAGES, "themes/class.md": theme, "guide/a.md": "---\nredirect_from: /a/\n---\n# A\n"}
    site = build_site(tmp_path, pages, strict=True)
    assert 'href="../../themes/class/"' in site.text("category/class/index.html")
    assert 'href="../themes/class/"' in site.text("tag/class.html")
    assert 'href="../guide/a/"' in site.text("a/index.html")
    pages["guide/a.md"] = "---\nredirect_from: [/category/class, a b]\n---\n# A\n"
    problems = build_site(tmp_path, pages).warnings
    assert [text.partition(" ")[0] for text in problems] == [
        "guide/a.md:2:34:",
        "themes/class.md:2:17:",
    ]


def test_names_with_one_address_are_reported_with_lines_that_keep_it(tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n",
        "a.md": review("A", themes=["LGBTQ+"]),
        "b.md": review("B", themes=["LGBTQ", "Class"]),
    }
    site = build_site(tmp_path, pages, strict=True)
    (said,) = [text for text in site.infos if "the same address" in text]
    before = {one: cards(site, f"themes/{one}/index.html") for one in ("lgbtq", "lgbtq-2")}
    assert "`themes: {mode: open}`" in said
    pages["../themes.yml"] = said.partition("mkdocs.yml:\n")[2] + "\n"
    site = build_site(tmp_path, pages, {"themes": {"mode": "open"}}, strict=True)
    assert not any("the same address" in text for text in site.infos)
    assert before == {one: cards(site, f"themes/{one}/index.html") for one in before}


def test_a_name_whose_address_may_move_is_reported_with_lines_that_keep_it(tmp_path: Path) -> None:
    pages = {
        "index.md": "# Home\n",
        "a.md": review("A", themes=["U.S.A.", "O’Brien"]),
        "b.md": review("B", themes=["USA", "O'Brien"]),
        "c.md": review("C", themes=["USA"]),
    }
    site = build_site(tmp_path, pages, strict=True)
    (said,) = [text for text in site.infos if "most frequent spelling" in text]
    assert "`USA` and `U.S.A.` in `themes`" in said
    assert "Brien" not in said
    pages["../themes.yml"] = said.partition("mkdocs.yml:\n")[2] + "\n"
    pages |= {f"{name}.md": review(name, themes=["U.S.A."]) for name in "def"}
    site = build_site(tmp_path, pages, {"themes": {"mode": "open"}}, strict=True)
    assert not any("most frequent spelling" in text for text in site.infos)
    assert len(cards(site, "themes/usa/index.html")) == len("abcdef")

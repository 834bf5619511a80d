"""Threads of built sites, and the pages at their addresses."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.exceptions import Abort

from mkdocs_bookreview.cli.main import main
from tests.plugin.serving import ServedSite
from tests.plugin.sites import Site, build_site, review, with_class, write_site

ISSO = {"comments": {"provider": "isso", "url": "https://comments.example.org"}}
GISCUS = {
    "comments": {
        "provider": "giscus",
        "repo": "a/b",
        "repo_id": "R_x",
        "category": "C",
        "category_id": "DIC_x",
    }
}
HOME = {"index.md": "# Home\n"}
URL = "https://ann.github.io/books/"


def build(folder: Path, pages: Mapping[str, str], options: object = ISSO, **config: object) -> Site:
    return build_site(folder, {**HOME, **pages}, options, **config)


def sections(site: Site, path: str) -> list[Any]:
    return with_class(site.page(path), "bookreview-comments")


def thread(site: Site, path: str) -> str | None:
    (section,) = sections(site, path)
    return section.get("data-thread")


def registry(folder: Path, *options: str) -> None:
    result = CliRunner().invoke(
        main, ["comments", "registry", "-f", str(folder / "mkdocs.yml"), *options]
    )
    assert result.exit_code == 0, result.output


def test_which_pages_have_which_thread(tmp_path: Path) -> None:
    pages = {
        "reviews/emma.md": review(),
        "other/name.md": review(),
        "own.md": review("Own", comments={"id": "/2014/05/own/"}),
        "off.md": review("Off", comments=False),
        "closed.md": review("Closed", comments="closed"),
        "about.md": "---\ncomments: true\n---\n# About\n",
        "plain.md": "# Plain\n",
    }
    site = build(tmp_path, pages)
    threads = {
        name: [one.get("data-thread") for one in sections(site, f"{name}/index.html")]
        for name in ("reviews/emma", "other/name", "own", "off", "closed", "about", "plain")
    }
    assert threads == {
        "reviews/emma": ["/emma-jane-austen/"],
        "other/name": ["/emma-jane-austen/"],
        "own": ["/2014/05/own/"],
        "off": [],
        "closed": [None],
        "about": ["/about/"],
        "plain": [],
    }
    assert site.warnings == []


@pytest.mark.parametrize(
    "ident", ["2014/05/emma/", "https://old.example/emma/?a=1&b=2", 'Emma: "a" <review> & more']
)
def test_giscus_gets_the_term_as_it_is_written(tmp_path: Path, ident: str) -> None:
    site = build(tmp_path, {"emma.md": review(comments={"id": ident})}, GISCUS)
    (section,) = sections(site, "emma/index.html")
    assert json.loads(section.get("data-embed"))["term"] == ident
    assert site.warnings == []


@pytest.mark.parametrize(
    "page",
    [
        review("Pride & Prejudice"),
        review(body="# Pride & Prejudice\n\nText."),
        review(body="# *Pride* &amp; Prejudice\n\nText."),
        review(title="Emma", body="Text.").replace("---\n", "---\ntitle: Pride & Prejudice\n", 1),
    ],
    ids=["book", "heading", "markup", "title"],
)
def test_titles_reach_the_service_as_plain_text(tmp_path: Path, page: str) -> None:
    site = build(tmp_path, {"a.md": page})
    (section,) = sections(site, "a/index.html")
    title = json.loads(section.get("data-embed"))["title"]
    assert title.removesuffix(" – Jane Austen") == "Pride & Prejudice"


def test_separate_reviews(tmp_path: Path) -> None:
    options = {"comments": {**ISSO["comments"], "shared": False}}
    pages = {"a.md": review(date="2020-01-01"), "b.md": review(date="2024-01-01")}
    site = build(tmp_path, pages, options)
    assert thread(site, "a/index.html") == "/emma-jane-austen/"
    assert thread(site, "b/index.html") == "/emma-jane-austen/2/"


def test_a_page_at_the_id_of_a_review_is_reported(tmp_path: Path) -> None:
    pages = {
        "emma.md": "---\ncomments: true\n---\n# Emma, my cat\n",
        "reviews/e.md": review(book={"id": "emma"}),
    }
    site = build(tmp_path, pages)
    assert site.warnings == [
        "emma.md:2:1: The comments of `emma.md` and of `reviews/e.md` have the same id, `/emma/`."
        " Write for example `comments: {id: emma-2}` in the front matter of `emma.md`."
    ]


def test_what_the_service_cannot_take_is_reported_with_its_line(tmp_path: Path) -> None:
    site = build(tmp_path, {"a.md": review(comments={"id": "../x"})})
    (warning,) = site.warnings
    assert warning.startswith("a.md:6:3: `comments.id` must be a path without")
    assert thread(site, "a/index.html") == "/emma-jane-austen/"


# Links of mails.


def test_links_of_mails_lead_to_the_review(tmp_path: Path) -> None:
    site = build(tmp_path, {"reviews/emma.md": review()}, site_url=URL)
    assert thread(site, "reviews/emma/index.html") == "/books/emma-jane-austen/"
    page = site.page("emma-jane-austen/index.html")
    assert page.xpath("//a/@href") == ["../reviews/emma/"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{URL}reviews/emma/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//noscript/meta/@content") == ["0; url=../reviews/emma/"]
    (script,) = page.xpath("//script")
    assert (script.text, script.get("data-to")) == (None, "../reviews/emma/")
    assert "location.replace" in site.text(script.get("src").removeprefix("../"))
    assert "emma-jane-austen/" not in site.text("sitemap.xml")
    index = json.loads(site.text("search/search_index.json"))["docs"]
    assert not [one for one in index if "emma-jane-austen" in one["location"]]
    assert "emma-jane-austen/" not in "".join(site.page("index.html").xpath("//nav//a/@href"))
    assert site.warnings == []


def test_old_addresses_keep_what_follows_them_too(tmp_path: Path) -> None:
    site = build(tmp_path, {"emma.md": review(redirect_from=["/old/emma/"])}, None)
    (script,) = site.page("old/emma/index.html").xpath("//script")
    assert script.get("data-to") == "../../emma/"
    assert script.get("src").removeprefix("../../") in site.files()


def test_only_services_that_link_to_ids_have_such_pages(tmp_path: Path) -> None:
    site = build(tmp_path, {"reviews/emma.md": review()}, GISCUS, site_url=URL)
    assert "emma-jane-austen/index.html" not in site.files()
    assert not [path for path in site.files() if "redirect" in path]


def test_without_folders_a_page_needs_a_way_from_its_thread(tmp_path: Path) -> None:
    pages = {"about.md": "---\ncomments: true\n---\n# About\n"}
    site = build(tmp_path, pages, use_directory_urls=False)
    assert thread(site, "about.html") == "/about/"
    assert site.page("about/index.html").xpath("//a/@href") == ["../about.html"]


def test_a_page_of_the_author_stays_at_the_address_of_a_thread(tmp_path: Path) -> None:
    pages = {
        "reviews/emma.md": review(comments={"id": "/Emma/"}),
        "emma.md": "# My cat\n",
        "reviews/dune.md": review("Dune", comments={"id": "/themes/"}),
        "reviews/ivan.md": review("Ivan", comments={"id": "/about.txt/ivan/"}),
        "about.txt": "About",
    }
    site = build(tmp_path, pages)
    assert "My cat" in site.text("emma/index.html")
    assert "bookreview" in site.text("themes/index.html")
    assert site.text("about.txt") == "About"
    (info,) = [info for info in site.infos if "mails" in info]
    assert info == (
        "Links in mails of Isso to `/themes/`, `/Emma/`, `/about.txt/ivan/` do not lead to the page"
        " with the comments, because other files of the site are there."
    )


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_files_that_are_written_later_stay_at_the_address_of_a_thread(
    tmp_path: Path, theme: str
) -> None:
    later = ("/sitemap.xml", "/Sitemap.xml/x/", "/sitemap.xml.gz/", "/404.html", "/extra.html")
    ids = (*later, "/search/search_index.json/")
    pages = {
        f"{n}.md": review(f"{n}", comments={"id": one}, date=f"2024-01-0{9 - n}")
        for n, one in enumerate(ids)
    }
    write_site(tmp_path, {**HOME, **pages})
    (tmp_path / "docs/extra.html").write_text("Extra", "utf-8")
    site = build(tmp_path, pages, theme={"name": theme}, extra_templates=["extra.html"])
    assert site.text("sitemap.xml").startswith("<?xml")
    assert "data-to" not in site.text("404.html")
    assert json.loads(site.text("search/search_index.json"))["docs"]
    assert (site.text("extra.html"), "sitemap.xml.gz" in site.files()) == ("Extra", True)
    (info,) = [info for info in site.infos if "mails" in info]
    assert info == (
        "Links in mails of Isso to `/sitemap.xml`, `/Sitemap.xml/x/`, `/sitemap.xml.gz/`,"
        " `/404.html`, `/extra.html` and 1 more do not lead to the page with the comments, because"
        " other files of the site are there."
    )


def test_the_address_of_a_file_does_not_become_a_folder(tmp_path: Path) -> None:
    site = build(tmp_path, {"a.md": review(comments={"id": "/feed_rss_created.xml"})})
    assert not [path for path in site.files() if "feed_rss" in path]
    (info,) = [info for info in site.infos if "mails" in info]
    assert info.endswith("because they are addresses of files and not of pages.")


def test_addresses_outside_of_the_site_have_no_page(tmp_path: Path) -> None:
    pages = {
        "a.md": review("A", comments={"id": "/2014/a/"}),
        "b.md": review("B", comments={"id": "/bookshop/b/"}),
        "c.md": review("C", book={"id": ".."}),
    }
    before = {path.name for path in tmp_path.parent.iterdir()}
    site = build(tmp_path, pages, site_url=URL)
    assert thread(site, "a/index.html") == "/2014/a/"
    assert {path.name for path in tmp_path.parent.iterdir()} == before
    # The pictures of drawn covers are kept in `.cache`.
    made = {path.name for path in tmp_path.iterdir()} - {".cache"}
    assert made == {"docs", "mkdocs.yml", "site"}
    assert not [path for path in site.files() if "2014" in path or "shop" in path]
    assert [info for info in site.infos if "mails" in info] == [
        "Links in mails of Isso to `/2014/a/`, `/bookshop/b/`, `/books/../` do not lead to the page"
        " with the comments, because they are not addresses of this site."
    ]


def test_reviews_of_one_book_and_old_paths_may_share_an_address(tmp_path: Path) -> None:
    pages = {
        "a.md": review(date="2020-01-01"),
        "b.md": review(date="2024-01-01", redirect_from=["/emma-jane-austen/"]),
        "dune-x.md": review("Dune", "X"),
    }
    site = build(tmp_path, pages)
    assert site.page("emma-jane-austen/index.html").xpath("//a/@href") == ["../b/"]
    assert "http-equiv" not in site.text("dune-x/index.html")
    assert (site.warnings, [info for info in site.infos if "mails" in info]) == ([], [])


def test_drafts_have_no_page(tmp_path: Path) -> None:
    site = build(tmp_path, {"emma.md": review(draft=True)})
    assert "emma-jane-austen/index.html" not in site.files()


# The lock file.


def test_the_build_says_once_which_reviews_have_no_line(tmp_path: Path) -> None:
    pages = {"a.md": review("A"), "b.md": review("B"), "c.md": review("C", draft=True)}
    site = build(tmp_path, pages)
    (info,) = [info for info in site.infos if "comments.lock.yml" in info]
    assert info.startswith("comments.lock.yml is not up to date for `a.md`, `b.md`, so")
    registry(tmp_path)
    site = build(tmp_path, pages)
    assert not [info for info in site.infos if "comments.lock.yml" in info]
    (tmp_path / "docs/b.md").unlink()
    site = build(tmp_path, {"a.md": review("A")})
    (info,) = [info for info in site.infos if "comments.lock.yml" in info]
    assert info.startswith("comments.lock.yml has lines for pages that do not exist: `b.md`. If")


def test_nobody_is_advised_while_writing_or_without_a_server(tmp_path: Path) -> None:
    pages = {"a.md": review("A")}
    preview = {"comments": {"provider": "isso", "preview": True}}
    for site in (build(tmp_path, pages, command="serve"), build(tmp_path, pages, preview)):
        assert not [info for info in site.infos if "comments.lock.yml" in info]


@pytest.mark.parametrize("text", ["isso: [", "isso:\n- {id: /a/}\n", "\ufffe"])
def test_a_build_stops_at_a_broken_lock_file(tmp_path: Path, text: str) -> None:
    data = text.encode() if text.isascii() else b"\xff\xfe"
    (tmp_path / "comments.lock.yml").write_bytes(data)
    site = Site(tmp_path)
    with pytest.raises(Abort):
        build(tmp_path, {"a.md": review()}, into=site)
    assert site.warnings[0].startswith("comments.lock.yml")


CHANGES = {
    "renamed": ({"reviews/emma-1815.md": review(date="2024-01-01")}, {}),
    "moved": ({"2024/emma.md": review(date="2024-01-01")}, {}),
    "corrected": ({"reviews/emma.md": review("Emma, a Novel", date="2024-01-01")}, {}),
    "files": ({"reviews/emma.md": review(date="2024-01-01")}, {"use_directory_urls": False}),
    "sub-path": ({"reviews/emma.md": review(date="2024-01-01")}, {"site_url": URL}),
    "domain": ({"reviews/emma.md": review(date="2024-01-01")}, {"site_url": "https://b.example/"}),
    "language": ({"en/reviews/emma.md": review(date="2024-01-01")}, {}),
}


@pytest.fixture(scope="module")
def lock(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("locked")
    pages = {**HOME, "reviews/emma.md": review(date="2024-01-01")}
    write_site(folder, pages, ISSO, site_url="https://ann.example/")
    registry(folder)
    return (folder / "comments.lock.yml").read_bytes()


@pytest.mark.parametrize("change", CHANGES)
def test_with_a_line_nothing_changes_the_thread(tmp_path: Path, lock: bytes, change: str) -> None:
    pages, config = CHANGES[change]
    (tmp_path / "comments.lock.yml").write_bytes(lock)
    site = build(tmp_path, pages, **{"site_url": "https://ann.example/", **config})
    files = [path for path in site.files() if path.endswith(".html")]
    found = [one.get("data-thread") for path in files for one in sections(site, path)]
    assert found == ["/emma-jane-austen/"]


def test_the_preview_follows_the_lock_file(tmp_path: Path) -> None:
    pages = {**HOME, "reviews/emma.md": review()}
    served = ServedSite(tmp_path, pages, dirty=True, plugins=["search", {"bookreview": ISSO}])
    served.build()
    line = "isso:\n- {id: /old/, page: reviews/emma.md, book: emma-jane-austen}\n"
    (tmp_path / "comments.lock.yml").write_text(line, "utf-8")
    files = served.build().files
    assert b'data-thread="/old/"' in files["reviews/emma/index.html"]
    assert "old/index.html" in files
    assert "emma-jane-austen/index.html" not in files


CONSENT = "does not offer readers the cookie"


@pytest.mark.parametrize(
    ("consent", "name", "fix"),
    [
        (True, None, 'Write `consent: {title: Comments, description: "May we load'),
        ({"title": "C"}, None, "Write `cookies: {isso: {name: Comments, checked: false}}` below"),
        (
            {"cookies": {"analytics": "A"}},
            None,
            "Write `isso: {name: Comments, checked: false}` below `extra.consent.cookies`.",
        ),
        ({"cookies": {"isso": None}}, None, "Write `isso: {name"),
        ({"cookies": {"comments": "C"}}, "coments", "Did you mean `consent: comments`?"),
    ],
)
def test_consent_that_nobody_can_give_is_a_warning(
    tmp_path: Path, consent: object, name: str | None, fix: str
) -> None:
    options = {"comments": {**ISSO["comments"], "load": "visible"}}
    if name:
        options["comments"]["consent"] = name
    site = build(tmp_path, {"dune.md": review()}, options, extra={"consent": consent})
    [warning] = [message for message in site.warnings if CONSENT in message]
    assert warning.startswith("mkdocs.yml:")
    assert fix in warning


@pytest.mark.parametrize(
    ("more", "extra"),
    [
        ({}, {}),
        ({"load": "click"}, {"consent": {"cookies": {"analytics": "A"}}}),
        ({}, {"consent": {"cookies": {"isso": "Isso"}}}),
        ({"consent": "talk"}, {"consent": {"cookies": {"talk": {"name": "Talk"}}}}),
        (
            {"consent": "analytics"},
            {"consent": {"title": "C"}, "analytics": {"provider": "google"}},
        ),
    ],
)
def test_consent_that_readers_can_give_is_no_warning(
    tmp_path: Path, more: dict[str, str], extra: dict[str, Any]
) -> None:
    options = {"comments": {**ISSO["comments"], "load": "visible", **more}}
    site = build(tmp_path, {"dune.md": review()}, options, extra=extra)
    assert site.warnings == []


def test_a_script_of_the_site_must_be_there(tmp_path: Path) -> None:
    talk = {"provider": "custom", "name": "Talk", "hosts": ["https://talk.example"]}
    pages = {"dune.md": review(), "js/talk.js": "1"}
    wrong = build(tmp_path, pages, {"comments": {**talk, "script": "/js/tolk.js"}})
    [warning] = wrong.warnings
    assert warning.startswith("mkdocs.yml:")
    assert "`comments.script` names `js/tolk.js`, but the site has no such file" in warning
    assert "Did you mean `js/talk.js`?" in warning
    right = build(tmp_path, pages, {"comments": {**talk, "script": "js/talk.js?v=2"}})
    assert right.warnings == []

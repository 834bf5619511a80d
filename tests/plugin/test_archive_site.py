"""Archived comments in built sites: where their words are, and where they are not."""

import gzip
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader

from mkdocs_bookreview.comments.archive.data import Archive, ArchivedComment
from mkdocs_bookreview.comments.archive.reading import read_archive
from mkdocs_bookreview.rendering.archives import ArchivedPage, ArchiveRenderer, Lock
from mkdocs_bookreview.rendering.templates import FOLDER, Templates
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words
from tests.comments.test_archive import make_file
from tests.growth import measure_growth
from tests.plugin.serving import ServedSite
from tests.plugin.sites import Site, build_site, parse, review, text_of, with_class

OPEN = "zqxopenzqx"
SEALED = {
    "own": "spoiler: true",
    "words": "spoiler: The Island",
    "book": "spoiler: {book: dune-frank-herbert}",
    "misspelt": "spoilr: true",
}
MARKED = {
    "tag": "<p>See <spoiler>{}</spoiler>.</p>",
    "class": '<p>See <span class="spoiler">{}</span>.</p>',
    "details": "<details><summary>More</summary><p>{}</p></details>",
}
ISSO = {"comments": {"provider": "isso", "url": "https://isso.example"}}
EMMA = "emma-jane-austen"


def word(name: str) -> str:
    return f"zqx{name}zqx"


def write_comments() -> str:
    """Return an archive with a comment of each kind; most replies are to the first."""
    lines = [f"- {{id: open, name: Ann, date: 2014-05-03, text: <p>I say {OPEN}.</p>}}"]
    lines += [
        f"- {{id: {name}, name: Bea, date: 2014-05-04, reply_to: open, {key}, text: {word(name)}}}"
        for name, key in SEALED.items()
    ]
    for name, html in MARKED.items():
        lines += [f"- id: {name}", "  text: |", f"    {html.format(word(name))}"]
    lines.append(f"- {{id: hidden, hidden: true, text: {word('hidden')}}}")
    lines.append("- {id: after, reply_to: hidden, text: <p>An answer.</p>}")
    return "\n".join(lines) + "\n"


def write_archive(folder: Path, name: str = EMMA, text: str | None = None) -> None:
    path = folder / "comments" / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_comments() if text is None else text, "utf-8")


PAGES = {
    "index.md": "# Home\n\n/// reviews\n///\n\n/// comments\n    limit: 100\n///\n",
    "reviews/emma.md": review(date="2024-05-01"),
    "reviews/dune.md": review("Dune", "Frank Herbert", date="2024-05-02"),
}


def build(folder: Path, options: object = None, **config: object) -> Site:
    return build_site(folder, PAGES, options, **config)


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
@pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])
def test_closed_words_are_in_their_element_and_open_ones_on_their_page(
    tmp_path: Path, theme: str, directories: bool
) -> None:
    write_archive(tmp_path)
    cache = {"use_git": False, "cache_dir": str(tmp_path / "cache")}
    site = (
        build(
            tmp_path,
            {"themes": {"feed": True}, "exports": {"library": True}, **ISSO},
            theme={"name": theme, "font": False} if theme == "material" else theme,
            use_directory_urls=directories,
            site_url="https://example.org/",
        )
        if theme != "material"
        else build_site(
            tmp_path,
            PAGES,
            plugins=[
                "search",
                {"bookreview": {"themes": {"feed": True}, "exports": {"library": True}, **ISSO}},
                {"rss": cache},
                "print-site",
                {"llmstxt": {"full_output": "full.txt", "sections": {"Reviews": ["reviews/*.md"]}}},
            ],
            use_directory_urls=directories,
            site_url="https://example.org/",
        )
    )
    page = "reviews/emma/index.html" if directories else "reviews/emma.html"
    files = {path: data.decode("utf-8", "replace") for path, data in site.files().items()}
    for name in (*SEALED, *MARKED):
        found = {path: text.count(word(name)) for path, text in files.items() if word(name) in text}
        assert found == {page: 1}
        body = with_class(site.page(page), "bookreview-spoiler__body")
        assert any(word(name) in text_of(element) for element in body)
    assert {path for path, text in files.items() if OPEN in text} == {page, "index.html"}
    assert not [path for path, text in files.items() if word("hidden") in text]
    assert not [path for path in files if "comments/" in path]
    (archive,) = with_class(site.page(page), "bookreview-archive")
    assert OPEN in text_of(archive)
    assert {"data-nosnippet", "data-pagefind-ignore", "data-search-exclude"} <= {*archive.attrib}
    assert [one for one in site.warnings if "spoilr" not in one] == []


def test_no_description_has_words_of_comments(tmp_path: Path) -> None:
    write_archive(tmp_path)
    page = build(tmp_path).page("reviews/emma/index.html")
    contents = page.xpath("//head//@content")
    assert contents
    assert not [content for content in contents if OPEN in content or "thoughts on" in content]


def test_what_a_reader_sees_first(tmp_path: Path) -> None:
    write_archive(tmp_path)
    site = build(tmp_path, ISSO)
    page = site.page("reviews/emma/index.html")
    (archive,) = with_class(page, "bookreview-archive")
    (section,) = with_class(page, "bookreview-comments")
    assert archive.getnext() is section
    assert text_of(archive.find(".//h2")) == "9 thoughts on “Emma – Jane Austen”"
    assert archive.find("details").get("open") is None
    assert text_of(page.xpath("//a[@href='#bookreview-archive']")[0]) == "9 comments"
    removed = page.xpath("//li[@id='comment-hidden']")[0]
    assert text_of(removed[0]) == "A comment was removed."
    assert removed.xpath(".//li/@id") == ["comment-after"]
    labels = [text_of(one) for one in with_class(archive, "bookreview-spoiler__label")]
    assert {"The Island", "Dune"} <= {*labels}


def test_german(tmp_path: Path) -> None:
    text = "- {id: a, name: Ann, date: 2014-05-03, likes: 2, text: Schön.}\n"
    write_archive(tmp_path, text=text)
    theme = {"name": "material", "font": False, "language": "de"}
    site = build_site(tmp_path, PAGES, theme=theme)
    (archive,) = with_class(site.page("reviews/emma/index.html"), "bookreview-archive")
    shown = text_of(archive)
    assert "1 Gedanke zu „Emma – Jane Austen“" in shown
    assert "3. Mai 2014" in shown
    assert "Gefällt 2 Personen" in shown


@pytest.mark.parametrize(
    ("keys", "options", "has_archive", "has_section"),
    [
        ({}, None, True, False),
        ({}, ISSO, True, True),
        ({"comments": "closed"}, ISSO, True, True),
        ({"comments": "closed"}, None, True, False),
        ({"comments": False}, ISSO, False, False),
    ],
)
def test_archives_need_no_provider(
    tmp_path: Path,
    keys: dict[str, object],
    options: object,
    has_archive: bool,
    has_section: bool,
) -> None:
    write_archive(tmp_path)
    pages = {**PAGES, "reviews/emma.md": review(**keys)}
    page = build_site(tmp_path, pages, options).page("reviews/emma/index.html")
    assert bool(with_class(page, "bookreview-archive")) == has_archive
    assert bool(with_class(page, "bookreview-comments")) == has_section
    is_closed = keys.get("comments") == "closed"
    assert bool(page.xpath("//*[@data-embed]")) == (has_section and not is_closed)


ONE = "- {id: a, text: One.}\n"


@pytest.mark.parametrize(
    ("name", "keys", "options", "url"),
    [
        (EMMA, {}, ISSO, "https://example.org/books/"),
        ("2014%2F05%2Femma", {"comments": {"id": "/2014/05/emma/"}}, ISSO, "https://example.org/"),
        ("2014%2F05%2Femma", {"comments": {"id": "2014/05/emma"}}, None, "https://example.org/"),
        ("=2014%2F05%2Femma", {"comments": {"id": "2014/05/emma"}}, None, "https://example.org/"),
    ],
)
def test_a_page_finds_its_archive(
    tmp_path: Path, name: str, keys: dict[str, object], options: object, url: str
) -> None:
    write_archive(tmp_path, name, ONE)
    pages = {**PAGES, "reviews/emma.md": review(**keys)}
    site = build_site(tmp_path, pages, options, site_url=url)
    assert with_class(site.page("reviews/emma/index.html"), "bookreview-archive")
    assert not site.warnings


def test_a_page_without_a_book_has_an_open_archive(tmp_path: Path) -> None:
    write_archive(tmp_path, "about", ONE)
    pages = {**PAGES, "about.md": "---\ncomments: true\n---\n# About & more\n"}
    page = build_site(tmp_path, pages).page("about/index.html")
    (archive,) = with_class(page, "bookreview-archive")
    assert text_of(archive.find(".//h2")) == "1 thought on “About & more”"
    assert archive.find("details").get("open") is not None


def test_a_corrected_title_keeps_its_archive_by_the_lock_file(tmp_path: Path) -> None:
    write_archive(tmp_path, EMMA, ONE)
    line = f"isso: [{{id: /{EMMA}/, page: reviews/emma.md, book: {EMMA}}}]"
    (tmp_path / "comments.lock.yml").write_text(line, "utf-8")
    pages = {**PAGES, "reviews/emma.md": review("Emma, a Novel")}
    site = build_site(tmp_path, pages, ISSO)
    assert with_class(site.page("reviews/emma/index.html"), "bookreview-archive")


def test_a_file_without_a_page_is_reported_with_a_fix_that_works(tmp_path: Path) -> None:
    write_archive(tmp_path, "gone", ONE)
    site = build(tmp_path)
    assert site.warnings == [
        "comments/gone.yml: No page shows the comments in this file. Write `comments: {id:"
        ' "/gone/"}` in the front matter of the page that these comments belong to.'
    ]
    pages = {**PAGES, "reviews/emma.md": review(comments={"id": "/gone/"})}
    again = build_site(tmp_path, pages)
    assert with_class(again.page("reviews/emma/index.html"), "bookreview-archive")
    assert not again.warnings


def test_mistakes_are_warnings_with_file_and_line(tmp_path: Path) -> None:
    write_archive(tmp_path, EMMA, "- id: a\n  reply_to: gone\n- id: b\n  date: soon\n")
    site = build(tmp_path)
    assert [one.partition(" ")[0] for one in site.warnings] == [
        f"comments/{EMMA}.yml:2:3:",
        f"comments/{EMMA}.yml:4:3:",
    ]


def test_without_a_guard_the_archive_is_open(tmp_path: Path) -> None:
    write_archive(tmp_path, EMMA, ONE)
    options = {"comments": {**ISSO["comments"], "guard": False}}
    page = build(tmp_path, options).page("reviews/emma/index.html")
    (archive,) = with_class(page, "bookreview-archive")
    assert archive.find("details").get("open") is not None
    assert not with_class(page, "bookreview-archive__warning")


def test_without_the_folder_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("An archive was read.")

    monkeypatch.setattr("mkdocs_bookreview.comments.archive.folder.list_ids", refuse)
    monkeypatch.setattr("mkdocs_bookreview.comments.archive.folder.read_archive", refuse)
    assert not build(tmp_path).warnings


def test_an_edit_of_an_archive_is_shown_by_dirty_builds(tmp_path: Path) -> None:
    write_archive(tmp_path, EMMA, ONE)
    site = ServedSite(tmp_path, PAGES, dirty=True, site_url="https://example.org/")
    assert b"One." in site.build().files["reviews/emma/index.html"]
    write_archive(tmp_path, EMMA, "- {id: a, text: Two., spoiler: true}\n")
    (tmp_path / "site/reviews/dune/index.html").write_text("kept", "utf-8")
    files = site.build().files
    page = parse(files["reviews/emma/index.html"].decode())
    assert text_of(with_class(page, "bookreview-spoiler__body")[0]) == "Two."
    assert b"One." not in files["reviews/emma/index.html"]
    assert files["reviews/dune/index.html"] == b"kept"


def test_two_reviews_of_a_book_show_one_archive(tmp_path: Path) -> None:
    write_archive(tmp_path)
    pages = {**PAGES, "reviews/emma-again.md": review(date="2025-05-01")}
    site = build_site(tmp_path, pages)
    for path in ("reviews/emma/index.html", "reviews/emma-again/index.html"):
        text = site.text(path)
        assert all(text.count(word(name)) == 1 for name in (*SEALED, *MARKED))
    assert [one for one in site.warnings if "spoilr" not in one] == []


def test_names_and_websites_are_texts(tmp_path: Path) -> None:
    name = "<b>Ann</b> \"Q\" & 'R'"
    comment = {"id": "a", "name": name, "website": 'https://a.example/?"x'}
    write_archive(tmp_path, EMMA, yaml.safe_dump([comment]))
    page = build(tmp_path).page("reviews/emma/index.html")
    (by,) = with_class(page, "bookreview-archive__by")
    assert text_of(by).startswith(name)
    assert by.xpath(".//a/@href")[0] == 'https://a.example/?"x'


def make_renderer(lock: Lock | None = None) -> ArchiveRenderer:
    words = Words()
    templates = Templates(Environment(loader=FileSystemLoader(FOLDER)), words)
    return ArchiveRenderer(templates, lock or Vault(words).lock, {})


BAD_TEXTS = [
    "</div></li></ol></details></section><h1>Out</h1>",
    "<div><ul><li><b><i>never closed",
    "<script>alert(1)</script><style>body{display:none}</style>",
    '<p onclick="alert(1)" id="comment-after">x</p><img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a><a href="&#106;avascript:alert(1)">y</a>',
    "<!-- <p>never closed",
    '<a href="https://a.example/" title="',
    "<spoiler><p>never closed",
    "<details><summary>never closed",
    "<table><tr><td>x</table><select><option>y",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "\u202eright to left \u05e9\u05dc\u05d5\u05dd 🙂",
    "]]> &#0; &#x110000; <![CDATA[ <?php",
]


@pytest.mark.parametrize("text", BAD_TEXTS)
def test_a_bad_text_stays_in_its_comment_and_does_nothing(text: str) -> None:
    comments = [{"id": "bad", "text": text}, {"id": "after", "text": "<p>Good.</p>"}]
    archive = read_archive(yaml.safe_dump(comments, allow_unicode=True), "a.yml")
    html = make_renderer(str).render(archive, ArchivedPage("Emma", "emma", True))
    page = parse(f"<main>{html}<p id='below'>Below.</p></main>")
    items = page.xpath("//main/section/details/ol/li/@id")
    assert items == ["comment-bad", "comment-after"]
    assert page.xpath("//main/p/@id") == ["below"]
    assert not page.xpath("//main//*[self::script or self::style or self::img or self::h1]")
    attributes = page.xpath("//main//@*[starts-with(name(), 'on') or contains(., 'javascript')]")
    assert attributes == []
    assert len(page.xpath("//*[@id='comment-after']")) == 1


def test_rendering_grows_with_the_thread() -> None:
    small, large = (read_archive(make_file(size), "a.yml") for size in (250, 1000))
    renderer, page = make_renderer(), ArchivedPage("Emma", "emma", True)
    renderer.render(large, page)
    ratio = measure_growth(
        lambda: [renderer.render(small, page) for _ in range(4)],
        lambda: [renderer.render(large, page) for _ in range(4)],
        enough=6,
    )
    assert ratio < 6


def test_twelve_comments_are_small() -> None:
    texts = Path(__file__).read_text("utf-8").replace("<", "(").split("\n\n")
    comments = [
        ArchivedComment(f"wp-{n}", f"Reader {n}", f"<p>{texts[n][:250]}</p>") for n in range(12)
    ]
    html = make_renderer().render(Archive(tuple(comments)), ArchivedPage("Emma", "emma", True))
    assert len(gzip.compress(html.encode(), 9)) < 3000

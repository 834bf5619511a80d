"""The block `/// comments`, and the counts of comments in lists: what is shown, and what is not."""

from pathlib import Path

import pytest

from mkdocs_bookreview.comments.archive.data import ArchivedComment
from mkdocs_bookreview.comments.archive.reading import read_archive
from mkdocs_bookreview.comments.archive.tree import list_open
from mkdocs_bookreview.rendering.latest import write_excerpt
from mkdocs_bookreview.words.language import Words
from tests.plugin.serving import ServedSite
from tests.plugin.sites import Site, build_site, parse, review, text_of, with_class

LATEST = "/// comments\n    limit: {}\n///\n"
PAGES = {
    "index.md": f"# Home\n\n/// reviews\n///\n\n{LATEST.format(100)}",
    "few/index.md": f"# Few\n\n{LATEST.format(2)}\n/// reviews\n    layout: list\n///\n",
    "about.md": "---\ncomments: true\n---\n# About <em>us</em> & more\n",
    "reviews/emma.md": review(date="2024-05-01"),
    "reviews/emma-again.md": review(date="2024-06-01"),
    "reviews/dune.md": review("Dune", "Frank Herbert", comments="closed"),
    "reviews/sealed.md": review("Sealed", "A. B.", spoilers=True),
    "reviews/draft.md": review("Draft", "A. B.", draft=True),
    "reviews/later.md": review("Later", "A. B.", date="2999-01-01"),
    "reviews/silent.md": review("Silent", "A. B.", comments=False),
}
ARCHIVES = {
    "emma-jane-austen": """\
- {id: a, name: "<b>Ann</b>", date: 2014-05-03, text: <p>Open <b>w</b>ords.</p><p>More.</p>}
- {id: undated, text: Of no day.}
- {id: sealed, date: 2030-01-01, spoiler: true, text: zqxsealed}
- {id: other, date: 2030-01-01, spoiler: {book: dune-frank-herbert}, text: zqxother}
- {id: under, date: 2030-01-01, reply_to: sealed, text: zqxunder}
- {id: deeper, date: 2030-01-01, reply_to: under, text: zqxdeeper}
- {id: hidden, date: 2030-01-01, hidden: true, text: zqxhidden}
- {id: answer, date: 2014-05-05, reply_to: hidden, text: An answer.}
""",
    "dune-frank-herbert": "- {id: b, name: Bea, date: 2014-05-04, text: Sand.}\n",
    "about": "- {id: c, date: 2013-01-01, text: Hello.}\n",
    **{
        f"{name}-a-b": f"- {{id: x, date: 2031-01-01, text: zqx{name}}}\n"
        for name in ("sealed", "draft", "later", "silent")
    },
}


def write_archives(folder: Path, **more: str) -> None:
    (folder / "comments").mkdir(exist_ok=True)
    for name, text in {**ARCHIVES, **more}.items():
        (folder / "comments" / f"{name}.yml").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("latest")
    write_archives(folder)
    return build_site(folder, PAGES, site_url="https://example.org/")


def read_latest(page: object) -> list[str]:
    (block,) = with_class(page, "bookreview-latest")
    assert {"data-nosnippet", "data-pagefind-ignore", "data-search-exclude"} <= {*block.attrib}
    return [text_of(item) for item in block.xpath("./li")]


def test_only_open_comments_are_listed_the_newest_first(site: Site) -> None:
    emma = "Emma – Jane Austen"
    assert read_latest(site.page("index.html")) == [
        f"Anonymous {emma} May 5, 2014 An answer.",
        "Bea Dune – Frank Herbert May 4, 2014 Sand.",
        f"<b>Ann</b> {emma} May 3, 2014 Open words. More.",
        "Anonymous About us & more January 1, 2013 Hello.",
        f"Anonymous {emma} Of no day.",
    ]
    assert site.warnings == []


def test_the_limit_counts(site: Site) -> None:
    assert len(read_latest(site.page("few/index.html"))) == 2


def test_links_lead_to_comments_that_their_pages_show(site: Site) -> None:
    (block,) = with_class(site.page("few/index.html"), "bookreview-latest")
    links = block.xpath(".//a/@href")
    assert links == ["../reviews/emma-again/#comment-answer", "../reviews/dune/#comment-b"]
    for link in links:
        path, _, ident = link.removeprefix("../").partition("#")
        assert site.page(f"{path}index.html").xpath(f"//li[@id='{ident}']")


def test_words_of_a_block_are_in_no_search_feed_or_description(site: Site) -> None:
    assert '<p class="bookreview-latest__text" dir="auto">Sand.' in site.text("index.html")
    for name in ("search/search_index.json", "library.json"):
        assert "Sand." not in site.text(name)
    heads = [site.page(name).xpath("//head//@content") for name in ("index.html", "few/index.html")]
    assert not [text for texts in heads for text in texts if "Sand." in text]


def test_lists_count_what_readers_of_a_page_may_see(site: Site) -> None:
    links = site.page("index.html").xpath("//li[@class='bookreview-item']//a")
    assert {link.get("href"): text_of(link) for link in links} == {
        "./reviews/emma-again/": "Emma",
        "./reviews/emma-again/#bookreview-archive": "7 comments",
        "./reviews/emma/": "Emma",
        "./reviews/emma/#bookreview-archive": "7 comments",
        "./reviews/dune/": "Dune",
        "./reviews/dune/#bookreview-archive": "1 comment",
        "./reviews/sealed/": "Sealed",
        "./reviews/sealed/#bookreview-archive": "1 comment",
        "./reviews/silent/": "Silent",
    }
    shown = site.page("reviews/emma/index.html")
    assert text_of(shown.xpath("//a[@href='#bookreview-archive']")[0]) == "7 comments"


@pytest.fixture
def served(tmp_path: Path) -> ServedSite:
    write_archives(tmp_path)
    return ServedSite(tmp_path, PAGES, dirty=True, site_url="https://example.org/")


def test_dirty_builds_notice_changed_archives(served: ServedSite) -> None:
    served.build()
    more = f"{ARCHIVES['emma-jane-austen']}- {{id: new, date: 2020-01-01, text: Fresh.}}\n"
    write_archives(served.folder, **{"emma-jane-austen": more})
    kept = served.folder / "site" / "about" / "index.html"
    kept.write_text("kept", "utf-8")
    files = served.build().files
    few = parse(files["few/index.html"].decode())
    assert read_latest(few)[0].endswith("Fresh.")
    home = parse(files["index.html"].decode())
    assert "8 comments" in [text_of(one) for one in with_class(home, "bookreview-item__comments")]
    assert kept.read_text("utf-8") == "kept"


EXCERPTS = {
    "<p>One<br>two</p><p>t<b>hr</b>ee &lt;b&gt;</p>": "One two three <b>",
    "So <spoiler>zqx</spoiler>, yes": "So … , yes",
    'So <span class="spoiler">zqx</span>': "So …",
    '<details class="spoiler"><summary>zqx</summary><p>zqx</p></details><p>After</p>': "… After",
    "<blockquote><p>zqx</p></blockquote><p>No.</p>": "No.",
    "<blockquote>zqx</blockquote>": "",
    "<p>*a* ||b||</p>": "*a* ||b||",
    "<p>שלום 🙂</p>": "שלום 🙂",
    "word " * 50: f"{('word ' * 32).strip()}…",
    "w" * 500: f"{'w' * 160}…",
}


@pytest.mark.parametrize("html", EXCERPTS)
def test_an_excerpt_has_the_first_open_words(html: str) -> None:
    assert write_excerpt(html, Words()) == EXCERPTS[html]


def test_a_thousand_replies_below_a_sealed_comment_are_closed() -> None:
    lines = ["- {id: c0, spoiler: true}", "- {id: free, text: x}"]
    lines += [f"- {{id: c{n}, reply_to: c{n - 1}}}" for n in range(1, 1000)]
    comments: tuple[ArchivedComment, ...] = read_archive("\n".join(lines), "a.yml").comments
    assert [one.id for one in list_open(comments)] == ["free"]

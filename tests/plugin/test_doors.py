"""Hidden words beside all that makes something of pages: index, export, print, feed."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import extruct
import feedparser
import mf2py
import pytest
from PIL import Image
from sites import Site, Tree, build_site, parse, review, text_of, with_class

from tests.plugin.syntaxes import SYNTAXES, sentinel
from tests.plugin.test_social_cards import put_font

WITNESS = str(Path(__file__).with_name("witness.py"))
WORD = "[spoiler]"
DAY = date(2024, 5, 1)
LATER = date(2024, 5, 2)  # so that our feeds, which are short, have these reviews
OPEN = "Nothing is given away here."
TITLE = "# Upsilon ||{}||\n\nText.\n"
SECRETS = {
    "reviews/theme.md": {"themes": ["Open", {"name": sentinel("theme"), "spoiler": True}]},
    "reviews/misspeltkey.md": {"themes": [{"name": sentinel("misspeltkey"), "spoilr": True}]},
    "reviews/warning.md": {"warnings": {"minor": [{"name": sentinel("warning"), "spoiler": True}]}},
    "reviews/quote.md": {"quotes": ["Open.", {"text": sentinel("quote"), "spoiler": True}]},
}


def rss(folder: Path, **options: object) -> dict[str, object]:
    """Without Git, and with a cache that is not in the folder of the tests."""
    return {"rss": {"use_git": False, "cache_dir": str(folder / "cache"), **options}}


def write_pages() -> tuple[dict[str, str | bytes], dict[str, str]]:
    """The pages of a site, and its hidden words with the source of the page where each stands."""
    pages: dict[str, str | bytes] = {
        "index.md": "# Home\n\n||first||\n",
        "blog/index.md": "# Blog\n",
    }
    homes: dict[str, str] = {}
    for name, syntax in SYNTAXES.items():
        homes |= {name: f"reviews/{name}.md", f"note{name}": f"notes/{name}.md"}
        homes[f"post{name}"] = f"blog/posts/{name}.md"
        body = f"{OPEN}\n\n{syntax}"
        pages[f"reviews/{name}.md"] = review(
            f"Book of {name}", body=body.format(sentinel(name)), tags=["novel"], date=DAY
        )
        pages[f"notes/{name}.md"] = f"# Note\n\n{syntax.format(sentinel(f'note{name}'))}"
        pages[f"blog/posts/{name}.md"] = review(
            f"Post of {name}",
            body=body.format(sentinel(f"post{name}")),
            date=DAY,
            categories=["Books"],
        )
    for source, keys in SECRETS.items():
        homes[Path(source).stem] = source
        pages[source] = review(date=LATER, **keys)
    homes |= {"whole": "reviews/whole.md", "title": "notes/title.md", "more": "notes/more.md"}
    body = f"Words {sentinel('whole')}.\n\n<!-- more -->\n\nMore.\n"
    pages["reviews/whole.md"] = review("Whole", spoilers=True, body=body, date=LATER)
    pages["notes/title.md"] = TITLE.format(sentinel("title"))
    pages["notes/more.md"] = f"# More\n\n||{sentinel('more')}||\n\n<!-- more -->\n\nRest.\n"
    return pages, homes


# What themes tell other sites and search engines of a page, as their authors override it.
HEAD = """{% extends "base.html" %}
{% block extrahead %}{% if page %}
<meta property="og:title" content="{{ page.title }}">
<meta property="og:description" content="{{ page.meta.description }}">
<meta name="twitter:description" content="{{ page.content | striptags | truncate(3000) | e }}">
<script type="application/ld+json">{{ {
  "@type": "Review", "name": page.title, "reviewBody": page.content | striptags,
  "about": page.meta.get("themes"), "hasPart": page.toc | map(attribute="title") | list,
} | tojson }}</script>
{% endif %}{% endblock %}
"""


def build_all(folder: Path, *, offline: bool, full: bool) -> Site:
    pages, _ = write_pages()
    plugins: list[object] = [
        "search",
        "tags",
        "blog",
        {"bookreview": {"reviews": {"feed": True}, "themes": {"feed": True}}},
        rss(folder, length=500, abstract_chars_count=-1 if full else 160),
        {"privacy": {"assets_fetch": False}},
        {"minify": {"minify_html": True}},
        {"llmstxt": {"full_output": "llms-full.txt", "sections": {"All": ["*.md"]}}},
        "print-site",
    ]
    if offline:
        plugins.insert(0, "offline")
    (folder / "overrides").mkdir()
    (folder / "overrides" / "main.html").write_text(HEAD, "utf-8")
    return build_site(
        folder,
        pages,
        plugins=plugins,
        hooks=[WITNESS],
        theme={
            "name": "material",
            "font": False,
            "custom_dir": "overrides",
            "features": ["navigation.instant", "toc.integrate", "content.tooltips"],
        },
        site_url="https://example.org/shelf/",
        site_description="A shelf.",
        markdown_extensions=["footnotes", "attr_list", {"toc": {"permalink": True}}],
        nav=["index.md", {"Pages": [path for path in pages if path[:4] in {"revi", "note"}]}],
    )


@pytest.fixture(scope="module", params=["offline", "full feed"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """With `offline` there are no folders in addresses, without it there are."""
    offline = request.param == "offline"
    return build_all(tmp_path_factory.mktemp("all"), offline=offline, full=not offline)


@pytest.fixture(scope="module")
def texts(site: Site) -> dict[str, str]:
    """What was written, but for compressed files and pictures."""
    return {path: content.decode("utf-8", "replace") for path, content in site.files().items()}


def find_output(texts: dict[str, str], source: str) -> str:
    if source.startswith("blog/posts/"):
        source = source.replace("posts", "2024/05/01")
    path = source.removesuffix(".md")
    return f"{path}.html" if f"{path}.html" in texts else f"{path}/index.html"


def test_each_hidden_word_stands_once_in_its_page(texts: dict[str, str]) -> None:
    for name, source in write_pages()[1].items():
        word = sentinel(name)
        found = {path: text.count(word) for path, text in texts.items() if word in text}
        assert found == {find_output(texts, source): 1}, name


KEPT_OUT = {"data-nosnippet": "", "data-pagefind-ignore": "all", "data-search-exclude": ""}


def test_it_is_sealed_there_and_kept_from_snippets_and_indexers(texts: dict[str, str]) -> None:
    for name, source in write_pages()[1].items():
        page = parse(texts[find_output(texts, source)])
        sealed = [one for one in with_class(page, "bookreview-spoiler") if has(one, name)]
        assert sealed[0].tag in {"div", "span"}
        assert KEPT_OUT.items() <= dict(sealed[0].attrib).items()
        assert not sealed[0].xpath(".//details[@open]")
        sealed[0].getparent().remove(sealed[0])
        assert not has(page.getroot(), name)
        assert not [value for value in page.xpath("//@*") if sentinel(name) in value]


def test_text_browsers_keep_its_words_apart_from_its_button(texts: dict[str, str]) -> None:
    """They show what `textContent` has; `minify` is in this build."""
    for name, source in write_pages()[1].items():
        page = parse(texts[find_output(texts, source)])
        for button in page.xpath("//*[contains(@class, 'bookreview-spoiler--inline')]/button"):
            assert "".join(button.itertext()) == "spoiler ", name


def has(element: Tree, name: str) -> bool:
    return sentinel(name) in text_of(element)


def test_no_plugin_can_reach_it(site: Site) -> None:
    seen = (site.folder / "seen.txt").read_text("utf-8")
    assert OPEN in seen
    assert WORD in seen
    assert [name for name in write_pages()[1] if sentinel(name) in seen] == []


def test_others_show_a_word_instead(texts: dict[str, str]) -> None:
    """The rest of each page is there, so the test of its spoilers means something."""
    blog = ("blog/index", "blog/archive/2024", "blog/category/books")
    pages = [find_output(texts, path) for path in (*blog, "print_page")]
    for path in (*pages, "search/search_index.json", "llms-full.txt"):
        assert OPEN in texts[path], path
        assert WORD in texts[path], path


def test_the_head_tells_what_is_open(texts: dict[str, str]) -> None:
    page = parse(texts[find_output(texts, "reviews/pipes.md")])
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    (card,) = page.xpath("//meta[@name='twitter:description']/@content")
    assert f"Eta {WORD} goes on." in json.loads(data)["reviewBody"]
    assert f"Eta {WORD} goes on." in card
    assert page.xpath("//meta[@property='og:description']/@content")


def test_programs_read_what_is_open(texts: dict[str, str]) -> None:
    """By extruct and mf2py. The theme has JSON-LD and Open Graph of its own in each head."""
    marked = {path: text for path, text in texts.items() if 'h-review"' in text}
    assert {find_output(texts, f"reviews/{name}.md") for name in SYNTAXES} < marked.keys()
    for path, text in marked.items():
        url = f"https://example.org/shelf/{path}"
        data = extruct.extract(text, url, syntaxes=["json-ld", "microdata", "opengraph"])
        items = mf2py.parse(doc=text, url=url)["items"]
        assert data["json-ld"], path
        assert data["opengraph"], path
        assert {item["type"][0] for item in items} == {"h-review"}, path
        assert "zqx" not in json.dumps([data, items], ensure_ascii=False), path


def test_a_review_describes_itself_once(texts: dict[str, str]) -> None:
    """In notes there is what the theme says, in reviews too, and ours is not added to that."""
    for source in ("reviews/pipes.md", "notes/pipes.md", "blog/posts/pipes.md"):
        assert texts[find_output(texts, source)].count('"@type": "Review"') == 1
        assert '"@type":"Review"' not in texts[find_output(texts, source)]


def test_search_has_the_page_and_not_the_spoiler(texts: dict[str, str]) -> None:
    docs = json.loads(texts["search/search_index.json"])["docs"]
    (found,) = [one for one in docs if one["title"] == "Book of pipes – Jane Austen"]
    assert f"Eta {WORD} goes on." in found["text"]
    if "search/search_index.js" in texts:
        assert texts["search/search_index.js"].endswith(texts["search/search_index.json"])


def test_markdown_for_machines_is_plain(texts: dict[str, str]) -> None:
    """By mkdocs-llmstxt."""
    assert "bookreview-" not in texts["llms-full.txt"]
    (path,) = [path for path in texts if path.startswith("reviews/crossing") and "md" in path]
    _, rest = texts[path].split(OPEN)
    assert rest.split() == ["Some", WORD, "more."]


def test_a_page_of_all_pages_has_no_way_to_open_one(texts: dict[str, str]) -> None:
    """By mkdocs-print-site-plugin."""
    page = parse(texts[find_output(texts, "print_page.md")])
    (part,) = page.xpath("//section[@id='reviews-block']")
    assert text_of(part).endswith(f"{OPEN} {WORD}")
    assert with_class(page, "bookreview-spoiler") == []


def test_other_files_are_of_titles_and_tags(texts: dict[str, str]) -> None:
    addresses = parse(texts["sitemap.xml"]).xpath("//loc/text()")
    assert [one for one in addresses if "/reviews/pipes" in one]
    if "tags.json" in texts:  # Material writes it from 9.7 on
        assert "Book of pipes" in texts["tags.json"]


def test_feeds_say_what_can_be_said(texts: dict[str, str]) -> None:
    """By mkdocs-rss-plugin, of pages that have no description of their own."""
    feed = feedparser.parse(texts["feed_rss_created.xml"])
    assert not feed.bozo
    said = {entry.link: text_of(parse(entry.summary).getroot()) for entry in feed.entries}
    assert all(said.values())
    (note,) = [text for link, text in said.items() if "/notes/pipes" in link]
    assert f"Eta {WORD} goes on." in note
    items = json.loads(texts["feed_json_created.json"])["items"]
    assert {item["url"] for item in items} == set(said)


def test_our_feeds_say_what_can_be_said(texts: dict[str, str]) -> None:
    for path in ("reviews/feed.xml", "themes/open/feed.xml"):
        feed = feedparser.parse(texts[path])
        assert not feed.bozo
        assert all(entry.title and entry.summary for entry in feed.entries)
    assert "/reviews/whole" in texts["reviews/feed.xml"]
    assert OPEN in texts["reviews/feed.xml"]


def test_a_page_is_described_by_what_is_open(texts: dict[str, str]) -> None:
    described = {
        "notes/pipes.md": f"Eta {WORD} goes on.",
        "notes/blockheading.md": "Note",
        "notes/more.md": "More",
        "reviews/block.md": "A review of Book of block – Jane Austen",
    }
    for source, text in described.items():
        page = parse(texts[find_output(texts, source)])
        assert page.xpath("//meta[@name='description']/@content") == [text]


def test_what_front_matter_says_openly_stays(tmp_path: Path) -> None:
    themes = ["Memory", {"name": "Class", "weight": "central"}, {"name": "x", "spoiler": True}]
    pages = {"a.md": review(themes=themes, warnings=["Death"])}
    site = build_site(tmp_path, pages, hooks=[WITNESS])
    seen = (site.folder / "seen.txt").read_text("utf-8")
    assert "'themes': ['Memory', 'Class'], 'warnings': ['Death']" in seen
    assert "'draft'" not in seen  # there is no feed to keep it out of


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_the_search_of_each_theme(tmp_path: Path, theme: str) -> None:
    """With spoilers in a page that is no review."""
    pages = {"index.md": f"# Home\n\n{OPEN} ||{sentinel('a')}||\n\n## ||{sentinel('b')}||\n"}
    look = {"name": theme, "font": False} if theme == "material" else theme
    site = build_site(tmp_path, pages, theme=look)
    index = site.text("search/search_index.json")
    assert OPEN in index
    assert "zqx" not in index


HEADINGS = {
    "pipes": "Pipes ||{}||",
    "brackets": "Brackets [{}]{{.spoiler}}",
    "tag": "Tag <spoiler>{}</spoiler>",
    "alone": "||{}||",
    "unclosed": "Unclosed ||{}",
}


def test_the_address_of_a_post_is_made_of_what_is_open(tmp_path: Path) -> None:
    """By Material's blog, before any page is converted."""
    headings = {name: heading.format(sentinel(name)) for name, heading in HEADINGS.items()}
    headings["open"] = "Dune – Frank Herbert"
    pages = {
        f"blog/posts/{name}.md": f"---\ndate: 2024-05-01\n---\n# {heading}\n\nText.\n"
        for name, heading in headings.items()
    }
    site = build_site(tmp_path, {"index.md": "# Home\n", **pages}, plugins=["blog", "bookreview"])
    assert len(site.warnings) == len(HEADINGS)
    day = site.folder / "site" / "blog" / "2024" / "05" / "01"
    assert sorted(path.name for path in day.iterdir()) == [
        "brackets-spoiler",
        "dune--frank-herbert",
        "pipes-spoiler",
        "spoiler",
        "tag-spoiler",
        "unclosed",
    ]
    for name in HEADINGS:
        found = [path for path, text in site.files().items() if sentinel(name).encode() in text]
        assert len(found) == 1, name


@pytest.mark.parametrize("option", ["{slug}", "{categories}/{slug}"])
def test_categories_of_posts_hold_no_spoiler(tmp_path: Path, option: str) -> None:
    """Material's blog makes pages and addresses of them before any page is converted."""
    secret = f"||{sentinel('category')}||"
    front = "date: 2024-05-01\ncategories: [{}]\n".format(", ".join(["Books", f'"{secret}"']))
    pages = {
        "index.md": "# Home\n",
        "blog/posts/a.md": f"---\n{front}---\n# A\n\nText.\n",
        "blog/posts/b.md": f"---\n{front}---\n# B\n\nText.\n",
        "note.md": f'---\ncategories: ["{secret}"]\n---\n# Note\n',
    }
    options = {"blog": {"post_url_format": option, "pagination_per_page": 1}}
    theme = {"name": "material", "font": False}
    site = build_site(
        tmp_path, pages, plugins=["search", options, "bookreview"], hooks=[WITNESS], theme=theme
    )
    for path, content in site.files().items():
        assert b"zqx" not in content, path
        assert "zqx" not in path
    assert "zqx" not in (site.folder / "seen.txt").read_text("utf-8")
    assert "Books" in site.text("blog/category/books/index.html")
    assert not (site.folder / "site" / "blog" / "category" / "spoiler").exists()
    assert [told.split(" must ")[0] for told in site.warnings] == [
        "blog/posts/a.md:3:1: `categories`",
        "blog/posts/b.md:3:1: `categories`",
        "note.md:2:1: `categories`",
    ]


def test_options_of_the_social_plugin(tmp_path: Path) -> None:
    """What its layout shows of a review is in the front matter that other plugins read too."""
    put_font(tmp_path)
    cover = BytesIO()
    Image.new("RGB", (20, 30)).save(cover, "PNG")
    pages = dict(SECRETS)
    pages["reviews/whole.md"] = {"spoilers": True, "description": f"||{sentinel('whole')}||"}
    pages["reviews/title.md"] = {"verdict": f"||{sentinel('title')}||", "rating": 4}
    body = SYNTAXES["pipes"].format(sentinel("pipes"))
    site = build_site(
        tmp_path,
        {
            "index.md": "# Home\n",
            "cover.png": cover.getvalue(),
            **{
                source: review(book={"cover": "/cover.png"}, body=body, **keys)
                for source, keys in pages.items()
            },
        },
        plugins=["search", "bookreview", {"social": {"concurrency": 1}}],
        hooks=[WITNESS],
        site_url="https://example.org/",
    )
    seen = (tmp_path / "seen.txt").read_text("utf-8").splitlines()
    shown = [line.partition("cards_layout_options")[2].partition("}")[0] for line in seen]
    assert sum("Jane Austen" in options for options in shown) >= len(pages)
    assert not [options for options in shown if "zqx" in options]
    assert len(site.warnings) == 3

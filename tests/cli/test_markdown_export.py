"""`bookreview export markdown`: the pages that another generator reads."""

import json
import posixpath
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import feedparser
import pytest
import yaml
from click.testing import CliRunner, Result
from markdown import Markdown
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_bookreview.cli.main import main
from tests.plugin.sites import build_site, review, write_site

EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "pymdownx.superfences",
    {"toc": {"permalink": True}},
]
EMMA = review(
    verdict="A ``` and {{ braces }} and *stars* and &lt;.",
    themes=["Memory", {"name": "zqxtheme", "spoiler": True}],
    warnings={"minor": [{"name": "zqxwarning", "spoiler": True}]},
    quotes=["Open.", {"text": "zqxquote", "spoiler": True}],
    tags=["novel"],
    redirect_from=["/2014/emma/", "/old.htm", "/browse/"],
    related=[{"review": "two words.md", "why": "Both are short."}],
    unknown="zqxunknown",
    date="2024-05-01",
    read={"finished": "2024-04-30"},
    body="First words, ||zqxinline||.[^1]\n\n/// spoiler | End\nzqxblock\n///\n\n[^1]: A note.",
)
BLOCKS = """\
# Blocks

/// reviews
    theme: Memory
///

Text.
/// book | emma-jane-austen
///
More text.

- Item

    /// book | emma-jane-austen
    ///

- Last

> /// reviews
>     limit: 1
> ///

!!! note "Note"

    /// reviews
        layout: table
    ///

```
/// reviews
///
```

    /// reviews
    ///

/// spoiler | Hidden
Before.

/// reviews
///

After.
///

/// ratings

/// review
    limit: 1

Last words.
"""


def draw_cover() -> bytes:
    """Return a picture so large that covers are smaller copies of it."""
    file = BytesIO()
    Image.new("RGB", (900, 1350), (90, 60, 30)).save(file, "PNG")
    return file.getvalue()


# Texts around which HTML is easily lost, moved or printed.
ODD = {
    "comment": "Text.\n\n<!-- never closed\n\nMore.",
    "element": "Text.\n\n<div>\nNever closed.",
    "preformatted": "Text.\n\n<pre>\nNever closed.\n\nMore.",
    "fence": "Text.\n\n```\nNever closed.\n\nMore.",
    "indented": "Text.\n\n- Item\n\n    More.",
    "spoiler": "/// spoiler\nNever closed.",
    "note": "Word.[^1]\n\n[^1]: One.\n\n    Two.",
    "list in a note": "Word.[^1]\n\n[^1]:\n    /// reviews\n    ///\n\n    ||Closed||",
    "list below": "A.[^1]\n\n[^1]: B.\n\n    /// reviews\n    ///\n\n    ||Closed||\n\nEnd.",
    "list with tabs": "-\tItem\n\n\t/// reviews\n\t///\n\n\t||Closed||\n",
    "list as a note": "A.[^1]\n\n[^1]: /// reviews\n    ///\n\n    ||Closed||",
    "notes above": "Word.[^1]\n\n///Footnotes Go Here///\n\nMore.\n\n[^1]: One.",
    "returns": "Text.\r\n\r\n/// reviews\r\n///\r\n\r\nMore.",
    "tab": "Text.\n\n\t/// reviews\n\t///\n",
    "first": "- /// book | emma-jane-austen\n  ///\n- Last",
    "nested": "- a\n    - b\n\n        /// reviews\n        limit: 1\n        ///\n\n    - c\n- d",
    "html": '<div markdown="1">\n\n/// reviews\n    limit: 1\n///\n\n</div>\n\nEnd.',
    "quotes": "> > /// reviews\n> >     limit: 1\n> > ///\n",
    "neighbours": "/// reviews\n    limit: 1\n///\n/// book | emma-jane-austen\n///\nMore.",
    "slashes": "//// reviews\n    limit: 1\n////\nMore.",
    "paragraphs": "/// reviews\nlimit: 1\n\nsort: title\n///\nMore.",
    "open": "/// reviews\n\nText.\n\n/// book | emma-jane-austen\n///\nMore.",
    "later": "Text first.\n\n# Title\n\nMore.",
    "contents": "[TOC]\n\n## One\n\n## Two",
}
PAGES: dict[str, str | bytes] = {
    "reviews/covered.md": review("Covered", book={"cover": "large.png"}, date="2024-04-01"),
    "reviews/large.png": draw_cover(),
    **{f"odd/{name}.md": review(name, body=body) for name, body in ODD.items()},
    "index.md": "# Home\n\n[Emma](reviews/emma.md) and [it](reviews/two%20words.md#part).\n",
    "blocks.md": BLOCKS,
    "notes.md": "# Notes\n\n||zqxnote||\n",
    "plain.md": "# Plain\n\nText, and ![a picture](pictures/one.png).\n",
    "pictures/one.png": b"png",
    "hidden/.secret": b"no",
    "reviews/emma.md": EMMA,
    "reviews/two words.md": review("雪国", "川端 康成", body="## Part\n\nCold.", themes=["Memory"]),
    "reviews/whole.md": review(
        "Whole",
        spoilers=True,
        date="2024-03-01",
        body="# Whole\n\nzqxwhole\n\n/// reviews\n///\n",
        rating=4,
    ),
    "reviews/whole note.md": review(
        "Noted", spoilers=True, body="A.[^1]\n\n[^1]:\n    /// reviews\n    ///\n\n    ||Closed||"
    ),
    "reviews/draft.md": review("Draft", draft=True),
    "reviews/wanted.md": review("Wanted", shelf="to-read"),
    "themes/index.md": "# My themes\n\nWords above the list.\n",
    "../themes.yml": "memory: {aliases: [Recall], description: Of ||zqxterm|| and more.}\n",
}
OPTIONS = {
    "sign_off": "Read slowly.",
    "reviews": {"feed": True},
    "themes": {"feed": True},
    "taxonomies": {"ratings": True},
    "words": {"themes": "Motifs"},
    "comments": {
        "provider": "giscus",
        "repo": "ann/books",
        "repo_id": "R_kgDOABCDEF",
        "category": "Comments",
        "category_id": "DIC_kwDOABCDEF",
    },
}
CONFIG: dict[str, Any] = {
    "site_url": "https://example.org/blog/",
    "markdown_extensions": EXTENSIONS,
    "site_author": "Ann",
}


@dataclass(frozen=True)
class Export:
    """An export in `folder`, made of the site in `source`, with what the command said."""

    source: Path
    folder: Path
    result: Result

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    @property
    def config(self) -> dict[str, Any]:
        return yaml.safe_load((self.folder / "mkdocs.yml").read_text("utf-8"))

    def text(self, source: str) -> str:
        return (self.docs / source).read_text("utf-8")

    def convert(self, source: str) -> str:
        """The page as any generator with Python-Markdown makes it."""
        extensions = self.config["markdown_extensions"]
        names = [one if isinstance(one, str) else next(iter(one)) for one in extensions]
        options = {name: one[name] for one in extensions if isinstance(one, dict) for name in one}
        body = re.sub(r"\A---\n.*?\n---\n", "", self.text(source), flags=re.DOTALL)
        return Markdown(extensions=["tables", *names], extension_configs=options).convert(body)

    def list_pages(self) -> list[str]:
        return sorted(path.relative_to(self.docs).as_posix() for path in self.docs.rglob("*.md"))


def run(folder: Path, source: Path, *options: str) -> Result:
    arguments = ["export", "markdown", str(folder), "-f", str(source / "mkdocs.yml"), *options]
    return CliRunner().invoke(main, arguments)


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def export(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Export:
    source = tmp_path_factory.mktemp("source")
    build_site(source, PAGES, OPTIONS, use_directory_urls=request.param, **CONFIG)
    folder = tmp_path_factory.mktemp("export") / "blog"
    return Export(source, folder, run(folder, source))


def read_article(html: str, selector: str = "body") -> str:
    tree = LexborHTMLParser(html)
    article = tree.css_first(selector)
    assert article
    for one in article.css(".headerlink, .md-content__button, script"):
        one.decompose()
    return " ".join(article.text(separator=" ").split())


def test_each_page_says_the_same_as_in_a_build(export: Export) -> None:
    built = {
        path.relative_to(export.source / "site").as_posix(): path.read_text("utf-8")
        for path in (export.source / "site").rglob("*.html")
    }
    pages = export.list_pages()
    assert "reviews/draft.md" not in pages
    compared = 0
    for source in pages:
        name = source.removesuffix(".md")
        made = (
            built.get(f"{name}.html")
            or built[f"{name.removesuffix('index').removesuffix('/')}/index.html".lstrip("/")]
        )
        assert read_article(export.convert(source)) == read_article(made, "article"), source
        compared += 1
    assert compared == len(pages) > 20


def test_lists_are_where_their_blocks_are(export: Export) -> None:
    tree = LexborHTMLParser(export.convert("blocks.md"))
    names = "li", "blockquote", "admonition"
    found = ["", "", "li", "blockquote", "admonition", "", ""]
    assert [_find_around(one, names) for one in tree.css(".bookreview-part")] == found
    assert all(one.text(strip=True) for one in tree.css(".bookreview-part"))
    assert "/// reviews" in tree.css_first(".highlight").text()


def _find_around(one: LexborNode, names: tuple[str, ...]) -> str:
    while one := one.parent:
        words = {one.tag, *(one.attributes.get("class") or "").split()}
        if found := words & {*names}:
            return found.pop()
    return ""


def test_no_page_has_what_another_one_hides(export: Export) -> None:
    homes = {
        **{f"zqx{name}": "reviews/emma.md" for name in ("theme", "warning", "quote", "inline")},
        "zqxblock": "reviews/emma.md",
        "zqxnote": "notes.md",
        "zqxwhole": "reviews/whole.md",
        "zqxterm": "themes/memory.md",
    }
    files = [path for path in export.folder.rglob("*") if path.is_file()]
    for word, home in homes.items():
        found = [path for path in files if word.encode() in path.read_bytes()]
        assert found == [export.docs / home], word
    assert not [path for path in files if b"zqxunknown" in path.read_bytes()]


def test_what_cards_hide_is_closed(export: Export) -> None:
    for source in export.list_pages():
        tree = LexborHTMLParser(export.convert(source))
        for one in tree.css(".bookreview-spoiler__body"):
            one.decompose()
        assert "zqx" not in (tree.html or ""), source


def test_front_matter_has_only_what_others_read(export: Export) -> None:
    meta = next(yaml.safe_load_all(export.text("reviews/emma.md")))
    assert meta.keys() == {"tags", "date", "description"}
    assert meta["tags"] == ["novel"]
    assert str(meta["description"]).startswith("A review of Emma – Jane Austen")
    assert next(yaml.safe_load_all(export.text("browse/index.md")))["hide"] == ["toc"]
    assert not export.text("index.md").startswith("---")


def list_links(html: str) -> Iterator[str]:
    tree = LexborHTMLParser(html)
    for name in ("href", "src"):
        yield from (one.attributes[name] or "" for one in tree.css(f"[{name}]"))
    for one in tree.css("[srcset]"):
        yield from (part.split()[0] for part in (one.attributes["srcset"] or "").split(","))


def test_links_lead_to_files_as_seen_from_the_file_of_the_page(export: Export) -> None:
    followed = 0
    for source in export.list_pages():
        for link in list_links(export.convert(source)):
            path = unquote(link.partition("#")[0])
            if path and ":" not in path:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
                assert (export.docs / target).is_file(), (source, link)
                followed += 1
    assert followed > 40


def test_copies_of_covers_are_named_only_where_zensical_makes_addresses_right(
    export: Export,
) -> None:
    text = export.text("reviews/covered.md")
    assert " srcset=" in text
    assert "imagesrcset" not in text


def test_all_that_we_add_is_kept_out_of_searches(export: Export) -> None:
    for source in export.list_pages():
        tree = LexborHTMLParser(export.convert(source))
        for one in tree.css("[data-search-exclude]"):
            one.decompose()
        added = tree.css(
            ".bookreview-item, .bookreview-card, .bookreview-related, .bookreview-rows"
        )
        assert not added, source


def test_other_files_come_along(export: Export) -> None:
    assert (export.docs / "pictures/one.png").read_bytes() == b"png"
    assert not (export.docs / "hidden").exists()
    assert (export.docs / "library.json").is_file()
    feed = export.text("themes/memory/feed.xml")
    assert "https://example.org/blog/themes/memory" in feed
    reviews = feedparser.parse(export.text("reviews/feed.xml"))
    assert not reviews.bozo
    pictures = [cover.href for entry in reviews.entries for cover in entry.enclosures]
    assert pictures == ["https://example.org/blog/reviews/large.png"]
    assert "zqx" not in str(reviews)
    styles, scripts = export.config["extra_css"], export.config["extra_javascript"]
    assert [one["type"] for one in scripts] == ["module"]
    for uri in (*styles, *(one["path"] for one in scripts)):
        assert (export.docs / uri).is_file()


def test_comments_find_their_options_from_the_address_of_the_page(export: Export) -> None:
    source = "reviews/emma.md"
    (section,) = LexborHTMLParser(export.convert(source)).css(".bookreview-comments[data-site]")
    folders = export.config["use_directory_urls"]
    page = "reviews/emma/" if folders else "reviews/emma.html"
    shared = urljoin(f"https://here.example/{page}", section.attributes["data-site"] or "")
    options = json.loads(export.text(shared.removeprefix("https://here.example/")))
    modules = Path("assets/bookreview") / options["adapter"]
    assert (export.docs / modules).is_file()


def test_old_addresses_lead_to_the_page(export: Export) -> None:
    plugins = export.config["plugins"]
    assert plugins[0] == "search"
    assert plugins[1] == {"redirects": {"redirect_maps": {"2014/emma/index.md": "reviews/emma.md"}}}
    assert "reviews/emma" in export.text("old.htm")


def test_the_generator_is_told_of_our_extension(export: Export) -> None:
    assert export.config["markdown_extensions"][-1] == {
        "bookreview_spoilers": {"language": "en", "words": {"themes": "Motifs"}}
    }


def test_the_menu_is_that_of_a_build(export: Export) -> None:
    *pages, section = export.config["nav"]
    assert pages == ["index.md", "blocks.md", "notes.md", "plain.md"]
    assert section["Reviews"][:3] == ["reviews/index.md", "browse/index.md", "themes/index.md"]


def test_the_command_says_what_it_did(export: Export) -> None:
    assert export.result.exit_code == 1
    assert re.search(r"^\d+ pages: \d+ files new\.$", export.result.stderr, re.MULTILINE)
    assert "1 problem: invalid values are left out." in export.result.stderr


def test_spoilers_on_cards_are_encoded_if_those_of_a_build_are(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "blog"
    write_site(source, {"reviews/emma.md": EMMA}, {"spoilers": {"seal": "encode"}})
    export = Export(source, folder, run(folder, source))
    text = export.text("reviews/emma.md")
    assert set(re.findall("zqx[a-z]+", text)) == {"zqxinline", "zqxblock"}
    tree = LexborHTMLParser(export.convert("reviews/emma.md"))
    parts = [one.attributes["data-sealed"] or "" for one in tree.css("[data-sealed]")]
    found = " ".join(b64decode(f"{part}==").decode() for part in parts)
    assert set(re.findall("zqx[a-z]+", found)) == {"zqxtheme", "zqxwarning", "zqxquote"}
    scripts = (export.docs / "assets" / "bookreview").glob("bookreview.*.js")
    assert any(".dataset.sealed" in script.read_text("utf-8") for script in scripts)
    assert "encodes only the spoilers on cards and in archived comments" in export.result.stderr

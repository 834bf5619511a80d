"""Compares the example site, file by file, with the one that MkDocs and Material build."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from tests.hosts.bench import Bench, read_files
from tests.hosts.table import HOSTS
from tests.plugin.sites import Tree, parse

EXAMPLE = Path(__file__).parents[2] / "example_site"
GENERATOR = re.compile(r'<meta name="generator" content="[^"]*">')
# What a theme brings along, and the error page, which has nothing of ours.
FRAME = ("assets/javascripts/", "assets/stylesheets/", "search/", "404.html")
HEAD = (
    "//head/title | //head/meta[not(@name='generator')] | //head/script[@type]"
    " | //head/link[not(@rel='stylesheet' or @rel='icon')]"
)
ARTICLE = "contains(@class, 'md-content__inner')"
# What Material has in its article besides the page: links to headings, and the way to the page.
OF_THEMES = "script, .headerlink, .md-path"
Build = Callable[[str], dict[str, bytes]]


@pytest.fixture(scope="module")
def build(environment: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Build:
    def build(name: str) -> dict[str, bytes]:
        host = HOSTS[name]
        folder = tmp_path_factory.mktemp("example") / "site"
        shutil.copytree(EXAMPLE, folder)
        text = (folder / "mkdocs.yml").read_text("utf-8")
        assert "\n  name: material\n" in text
        text = text.replace("\n  name: material\n", f"\n  name: {host.theme}\n")
        (folder / "mkdocs.yml").write_text(text, "utf-8")
        bench = Bench(host, environment(host.environment), folder)
        done = bench.run("build", "--strict", "-f", "mkdocs.yml", "-d", "built", folder=folder)
        assert done.returncode == 0, done.stderr
        return read_files(folder / "built")

    return build


@pytest.fixture(scope="module")
def usual(build: Build) -> dict[str, bytes]:
    return build("mkdocs")


def test_properdocs_makes_the_same_files(build: Build, usual: Mapping[str, bytes]) -> None:
    built = build("properdocs")
    assert built.keys() == usual.keys()
    differing = [
        path for path in usual if _without_generator(usual[path]) != _without_generator(built[path])
    ]
    assert not differing


def _without_generator(content: bytes) -> str:
    return GENERATOR.sub("", content.decode("utf-8", "surrogateescape"))


def test_materialx_puts_the_same_pages_into_its_frame(
    build: Build, usual: Mapping[str, bytes]
) -> None:
    ours = {path for path in usual if not path.startswith(FRAME)}
    built = build("materialx")
    assert {path for path in built if not path.startswith(FRAME)} == ours
    assert not [path for path in ours if not _is_same(path, usual[path], built[path])]


@pytest.mark.parametrize(
    ("theme", "content"), [("mkdocs", "[role=main]"), ("readthedocs", "[itemprop=articleBody]")]
)
def test_own_themes_have_the_same_text_on_each_page(
    build: Build, usual: Mapping[str, bytes], theme: str, content: str
) -> None:
    built = build(f"theme {theme}")
    # Redirects have no article, and each theme has its own words for a missing page.
    pages = [path for path in usual if path.endswith(".html") and path != "404.html"]
    texts = {path: text for path in pages if (text := _text(usual[path], "article"))}
    assert len(texts) > 100
    for path, text in texts.items():
        assert _text(built[path], content) == text, path


def _text(page: bytes, content: str) -> str | None:
    article = LexborHTMLParser(page.decode()).css_first(content)
    if not article:
        return None
    for element in article.css(OF_THEMES):
        element.decompose()
    return " ".join(article.text(separator=" ").split())


def _is_same(path: str, usual: bytes, built: bytes) -> bool:
    if path.startswith("sitemap.xml"):
        # Other lines are those of a theme: MaterialX says how often pages change.
        return re.findall(rb"<loc>.*?</loc>", usual) == re.findall(rb"<loc>.*?</loc>", built)
    if not path.endswith(".html") or b"<article" not in usual:
        return usual == built
    one, other = parse(usual.decode()), parse(built.decode())
    return _head(one) == _head(other) and _article(one) == _article(other)


def _head(page: Tree) -> list[str]:
    return sorted(_write(element) for element in page.xpath(HEAD))


def _article(page: Tree) -> str:
    (article,) = page.xpath(f"//*[{ARTICLE}]")
    article.attrib.pop("data-pagefind-body", None)
    return _write(article)


def _write(element: Tree) -> str:
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return re.sub(r"\s+", " ", text)

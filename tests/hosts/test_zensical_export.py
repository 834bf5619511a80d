"""Zensical builds the export of a blog: the same words, links that lead somewhere, no spoilers."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.plugin.sites import review
from tests.plugin.syntaxes import SYNTAXES, sentinel

EXAMPLE = Path(__file__).parents[2] / "example_site"
ROOT = "https://here.example/"
LINKS = {"href": "[href]", "src": "[src]", "data-site": "[data-site]", "data-to": "[data-to]"}
# What each theme has in its articles besides the page.
FRAME = ".headerlink, script, .md-content__button, .md-source-file, .md-feedback"
SECRETS = {
    "cardtheme": {"themes": ["Memory", {"name": sentinel("cardtheme"), "spoiler": True}]},
    "warning": {"warnings": {"minor": [{"name": sentinel("warning"), "spoiler": True}]}},
    "quote": {"quotes": [{"text": sentinel("quote"), "spoiler": True}]},
    "whole": {"spoilers": True},
}


@dataclass(frozen=True)
class Sites:
    """The same blog as MkDocs builds it and as Zensical builds its export."""

    mkdocs: Path
    zensical: Path
    said: str


def write_source(folder: Path) -> Path:
    """Write the example site with a review for each way to hide words."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    pages = {name: syntax.format(sentinel(name)) for name, syntax in SYNTAXES.items()}
    pages |= {name: f"Words {sentinel('whole') if name == 'whole' else ''}." for name in SECRETS}
    for name, body in pages.items():
        text = review(f"Book of {name}", body=f"Open.\n\n{body}", **SECRETS.get(name, {}))
        path = folder / "docs" / "reviews" / "hidden" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return folder / "mkdocs.yml"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, environment: Callable[[str], Path]) -> Sites:
    python = environment("zensical")
    folder = tmp_path_factory.mktemp("zensical")
    config = write_source(folder / "source")
    built, export = folder / "built", folder / "export"
    run(sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(built))
    code = "from mkdocs_bookreview.cli.main import main; main()"
    arguments = ("export", "markdown", str(export), "-f", str(config))
    run(sys.executable, "-c", code, *arguments, statuses=(0, 1))
    said = run(str(python), "-m", "zensical", "build", folder=export)
    return Sites(built, export / "site", re.sub(r"\x1b\[[0-9;]*m", "", said))


def run(*command: str, folder: Path | None = None, statuses: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in statuses, done.stderr
    return done.stdout + done.stderr


def list_pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@cache
def read(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text("utf-8"))


def read_article(path: Path) -> str | None:
    article = LexborHTMLParser(path.read_text("utf-8")).css_first("article")
    if not article:
        return None
    for one in article.css(FRAME):
        one.decompose()
    return " ".join(article.text(separator=" ").split())


def test_each_page_says_the_same(sites: Sites) -> None:
    pages = list_pages(sites.mkdocs)
    assert pages == list_pages(sites.zensical)
    articles = [page for page in pages if read_article(sites.mkdocs / page)]
    assert len(articles) > 150
    for page in articles:
        assert read_article(sites.zensical / page) == read_article(sites.mkdocs / page), page


def list_links(tree: LexborHTMLParser) -> Iterator[str]:
    for name, selector in LINKS.items():
        yield from (one.attributes[name] or "" for one in tree.css(selector))
    for one in tree.css("[srcset]"):
        yield from (part.split()[0] for part in (one.attributes["srcset"] or "").split(","))


def find_target(site: Path, link: SplitResult) -> Path:
    path = site / unquote(link.path).lstrip("/")
    return path / "index.html" if link.path.endswith("/") else path


def test_all_links_lead_somewhere(sites: Sites) -> None:
    followed = 0
    for page in list_pages(sites.zensical):
        if page == "404.html":
            continue  # because its links begin at the root of the host
        for link in list_links(read(sites.zensical / page)):
            parts = urlsplit(urljoin(f"{ROOT}{page.removesuffix('index.html')}", link))
            if not parts.geturl().startswith(ROOT):
                continue
            target = find_target(sites.zensical, parts)
            assert target.is_file(), (page, link)
            if parts.fragment and target.suffix == ".html":
                ident = unquote(parts.fragment)
                assert read(target).css_first(f'[id="{ident}"]'), (page, link)
            followed += 1
    assert followed > 5000


def test_zensical_finds_nothing_wrong_in_our_links(sites: Sites) -> None:
    assert "does not exist" not in sites.said


def test_hidden_words_are_only_on_their_own_page_and_closed(sites: Sites) -> None:
    texts = {
        path.relative_to(sites.zensical).as_posix(): path.read_text("utf-8", "replace")
        for path in sites.zensical.rglob("*")
        if path.is_file()
    }
    assert "Book of pipes" in texts["search.json"]
    for name in (*SYNTAXES, *SECRETS):
        own = f"reviews/hidden/{name}/index.html"
        assert [path for path, text in texts.items() if sentinel(name) in text] == [own], name
        tree = LexborHTMLParser(texts[own])
        for body in tree.css(".bookreview-spoiler__body"):
            body.decompose()
        assert sentinel(name) not in (tree.html or ""), name

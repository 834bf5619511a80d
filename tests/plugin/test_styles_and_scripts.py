import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mkdocs_bookreview.publishing import assets
from mkdocs_bookreview.publishing.assets import ASSETS, read_asset
from mkdocs_bookreview.publishing.shrinking import shrink_css, shrink_js
from tests.plugin.sites import build_site, review

STYLES = (*assets.STYLES, *assets.COMMENT_STYLES, *assets.ARCHIVE_STYLES)
SCRIPTS = (
    *assets.DECODE,
    *assets.SCRIPTS,
    *assets.COMMENT_SCRIPTS,
    *assets.ARCHIVE_SCRIPTS,
    *assets.FEEDS,
)
NAME = r"bookreview-[\w-]+"
# What browsers cannot look up: a part of a class's name, and a choice at the end.
SLOW = re.compile(r"\[class[*^$|~]?=|(?:^|[\s>+~]):is\([^()]*,[^()]*\)$")
COMMENTS = {"provider": "isso", "url": "https://comments.example.org/"}


def find_names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(str(ASSETS / folder)).glob("*.*"))


def test_a_stylesheet_loses_only_what_means_nothing() -> None:
    text = '/* one\n   two */\na > b,\nc :hover {\n  margin: 0 -0.5px 10.5px;\n  content: "";\n}\n'
    assert shrink_css(text) == 'a>b,c :hover{margin:0 -.5px 10.5px;content:""}'


def test_a_script_loses_comments_and_indentation() -> None:
    text = '/* one\n   two */\na(() => {\n  // three\n  b("// c") // four\n\n  d;\n});\n'
    assert shrink_js(text) == 'a(() => {\nb("// c") // four\nd;\n});'


@pytest.mark.browser
def test_a_browser_reads_the_same_rules(browser: Browser) -> None:
    page = browser.new_page()
    # Values with custom properties come back as written, so spaces and zeros are made equal.
    read = r"""text => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      const tidy = css => css.replace(/\s+/g, " ").replace(/ ?([(),]) ?/g, "$1")
        .replace(/(?<= )0(?=\.\d)/g, "");
      return [...sheet.cssRules].map(rule => tidy(rule.cssText));
    }"""
    for name in find_names("css"):
        text = (ASSETS / "css" / name).read_text("utf-8")
        rules = page.evaluate(read, text)
        assert rules, name
        assert page.evaluate(read, shrink_css(text)) == rules, name
    page.close()


@pytest.mark.parametrize("name", find_names("js"))
def test_no_text_of_a_script_goes_on_in_the_next_line(name: str) -> None:
    text = shrink_js((ASSETS / "js" / name).read_text("utf-8"))
    assert [line for line in text.split("\n") if line.count("`") % 2] == []


@pytest.mark.parametrize(
    ("folder", "names", "most"), [("css", STYLES, 8000), ("js", SCRIPTS, 6000)]
)
def test_what_a_review_loads_is_small(folder: str, names: tuple[str, ...], most: int) -> None:
    assert len(gzip.compress(read_asset(folder, names).text.encode(), 9)) <= most


@pytest.mark.parametrize("name", [*STYLES])
def test_browsers_pass_over_rules_quickly(name: str) -> None:
    """A rule is tried on all elements unless its selector ends in one name or in one class.

    Such rules of ours were measured to take a third of the time of a page's styles.
    """
    text = shrink_css((ASSETS / "css" / name).read_text("utf-8"))
    found = re.findall(r"([^{}]+)\{", re.sub(r":has\([^()]*\)", "", text))
    assert [selector for selector in map(str.strip, found) if SLOW.search(selector)] == []


def test_every_class_is_used() -> None:
    """A rule for a class that nothing has would only make pages larger."""
    package = ASSETS.parent
    files = [path for end in ("py", "html", "js") for path in package.rglob(f"*.{end}")]
    named = set(re.findall(NAME, "".join(path.read_text("utf-8") for path in files)))
    styles = "".join((ASSETS / "css" / name).read_text("utf-8") for name in find_names("css"))
    ruled = set(re.findall(rf"\.({NAME})", styles))
    assert len(ruled) > 100
    assert ruled - named == set()


def test_every_file_is_loaded() -> None:
    assert sorted((*STYLES, *assets.THEME_STYLES)) == find_names("css")
    redirect = ("redirect.js",)  # only pages that lead to another page load it
    assert sorted((*SCRIPTS, *assets.BROWSE, *redirect)) == find_names("js")


@pytest.mark.parametrize("has_archive", [False, True])
@pytest.mark.parametrize("comments", [False, COMMENTS])
def test_only_sites_with_comments_load_what_they_need(
    tmp_path: Path, comments: object, has_archive: bool
) -> None:
    if has_archive:
        (tmp_path / "comments").mkdir()
    site = build_site(tmp_path, {"emma.md": review()}, {"comments": comments} if comments else None)
    loaded = [site.text(f"assets/{name}") for name in _find_loaded(site.text("emma/index.html"))]
    styles, scripts = loaded
    assert ".rst-content" not in styles  # because it is for readers of other themes than Material
    assert (".bookreview-comments__panel" in styles, ".bookreview-archive__thread" in styles) == (
        bool(comments),
        has_archive,
    )
    assert ("data-embed" in scripts, ".bookreview-archive" in scripts) == (
        bool(comments),
        has_archive,
    )


@pytest.mark.parametrize(
    ("has_feed", "theme", "is_loaded"),
    [(True, "material", True), (False, "material", False), (True, "readthedocs", False)],
)
def test_only_sites_with_feeds_in_material_load_what_hides_them_from_it(
    tmp_path: Path, has_feed: bool, theme: str, is_loaded: bool
) -> None:
    options = {"reviews": {"feed": has_feed}}
    site = build_site(tmp_path, {"emma.md": review()}, options, theme=theme)
    *_, script = _find_loaded(site.text("emma/index.html"))
    assert ("link[rel=alternate]" in site.text(f"assets/{script}")) == is_loaded


def _find_loaded(html: str) -> list[str]:
    """Return our stylesheet and our script, which must be deferred."""
    address = r'="\.\./assets/(bookreview/[\w.]+)"'
    styles = re.findall(f'<link rel="stylesheet" href{address}>', html)
    return styles + re.findall(f"<script src{address} defer>", html)

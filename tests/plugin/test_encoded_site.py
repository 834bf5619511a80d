"""With `spoilers: {seal: encode}` no program that prints or extracts text prints a spoiler."""

import json
import shutil
import subprocess
import tarfile
from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from sites import Site, build_site, parse, review, text_of, with_class

from mkdocs_bookreview.cli.main import main
from tests.plugin.syntaxes import SYNTAXES, sentinel

NOTICE = "This spoiler requires JavaScript."
OPEN = "It is a long story about a lighthouse, its keeper and a cat, and it is told slowly."
COMMENTS = f"""\
- id: open
  text: <p>I say nothing.</p>
- id: sealed
  spoiler: true
  text: <p>A long comment that says who lit it, {sentinel("comment")}.</p>
"""
CARD = {
    "themes": ["Memory", {"name": sentinel("theme"), "spoiler": True}],
    "warnings": ["Storms", {"name": sentinel("warning"), "spoiler": True}],
    "quotes": ["A quote.", {"text": sentinel("quote"), "spoiler": True}],
}
BODIES = {name: syntax.format(sentinel(name)) for name, syntax in SYNTAXES.items()}
OTHERS = {
    "deep": f"/// spoiler | Who ||{sentinel('label')}|| it\nOne ||{sentinel('deep')}||.\n///\n",
    "code": f"/// spoiler\n```python\n{sentinel('code')}()\n```\n///\n",
    "picture": f"||![{sentinel('alt')}](x.png)||\n",
}
HIDDEN = {*SYNTAXES, "theme", "warning", "quote", "comment", "whole", "post"}
HIDDEN |= {"label", "deep", "code", "alt"}


def write_pages() -> dict[str, str | bytes]:
    """The pages of a site; each review has open paragraphs, because extractors look for text."""
    bodies = BODIES | OTHERS
    texts = {name: f"{OPEN}\n\n{OPEN}\n\n{body}\n\n{OPEN}\n" for name, body in bodies.items()}
    pages: dict[str, str | bytes] = {
        f"reviews/{name}.md": review(name.title(), body=text) for name, text in texts.items()
    }
    pages["index.md"] = "# Home\n"
    pages["blog/index.md"] = "# Blog\n"
    pages["blog/posts/post.md"] = review(
        "Post",
        date=date(2024, 5, 1),
        body=f"Who ||{sentinel('post')}||.\n\n<!-- more -->\n\nRest.\n",
    )
    pages["reviews/card.md"] = review("Card", body=OPEN, **CARD)
    pages["reviews/whole.md"] = review("Whole", spoilers=True, body=f"{sentinel('whole')}.\n")
    pages["reviews/emma.md"] = review(body=OPEN)
    return pages


@pytest.fixture(scope="module", params=["text", "encode"])
def seal(request: pytest.FixtureRequest) -> str:
    value: str = request.param
    return value


@pytest.fixture(scope="module")
def site(seal: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("all")
    (folder / "comments").mkdir()
    (folder / "comments" / "emma-jane-austen.yml").write_text(COMMENTS, "utf-8")
    return build_site(
        folder,
        write_pages(),
        plugins=[
            "search",
            "blog",
            {"bookreview": {"spoilers": {"seal": seal}}},
            {"minify": {"minify_html": True}},
            "print-site",
        ],
        site_url="https://example.org/",
        markdown_extensions=["footnotes", "attr_list", "pymdownx.superfences"],
    )


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    return {
        path: content.decode() for path, content in site.files().items() if path.endswith(".html")
    }


def find(texts: list[str]) -> set[str]:
    return {name for name in HIDDEN if any(sentinel(name) in text for text in texts)}


def test_the_build_finds_no_leak(site: Site) -> None:
    assert [text for text in site.warnings if "Spoiler text" in text] == []


def test_an_audit_of_the_finished_site(site: Site, seal: str) -> None:
    """A site that was built with `text` leaks, if it should be encoded by now."""
    options = (site.folder / "mkdocs.yml").read_text("utf-8")
    config = site.folder / "encode.yml"
    config.write_text(options.replace("seal: text", "seal: encode"), "utf-8")
    assert run_audit(site, site.folder / "mkdocs.yml") == []
    leaks = run_audit(site, config)
    assert bool(leaks) is (seal == "text")
    own = {f"{leak['source'].removesuffix('.md')}/index.html": leak["fix"] for leak in leaks}
    assert own.keys() >= {leak["file"] for leak in leaks if leak["file"].startswith("reviews/")}
    assert all(fix.startswith("`spoilers.seal` is `encode`") for fix in own.values())


def run_audit(site: Site, config: Path) -> list[dict[str, str]]:
    command = ["audit", str(site.folder / "site"), "--format", "json", "-f", str(config)]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    leaks: list[dict[str, str]] = json.loads(done.stdout)["leaks"]
    return leaks


def test_grep(site: Site, seal: str) -> None:
    texts = [content.decode("utf-8", "replace") for content in site.files().values()]
    assert find(texts) == (HIDDEN if seal == "text" else set())


def test_what_is_encoded_is_what_would_be_there(pages: dict[str, str], seal: str) -> None:
    bodies = [
        body
        for page in pages.values()
        for body in with_class(parse(page), "bookreview-spoiler__body")
    ]
    encoded = [body for body in bodies if body.get("data-sealed")]
    assert encoded == (bodies if seal == "encode" else [])
    assert {text_of(body) for body in encoded} <= {NOTICE}
    parts = [part for body in encoded for part in body.get("data-sealed").split(".")]
    found = find([b64decode(f"{part}==").decode() for part in parts])
    assert found == (HIDDEN if seal == "encode" else set())


def test_trafilatura(pages: dict[str, str], seal: str) -> None:
    why = "the lowest versions have no trafilatura"
    trafilatura = pytest.importorskip("trafilatura", reason=why)
    texts = [trafilatura.extract(page, favor_recall=True) or "" for page in pages.values()]
    check_extracted(texts, seal)


def check_extracted(texts: list[str], seal: str) -> None:
    """Extractors leave out what they do not take for the text of an article, such as a card."""
    assert any(OPEN in " ".join(text.split()) for text in texts)
    if seal == "text":
        assert {"block", "pipes", "nested", "table"} <= find(texts)
    else:
        assert find(texts) == set()


def test_w3m(site: Site, pages: dict[str, str], seal: str) -> None:
    if not shutil.which("w3m"):
        pytest.skip("No w3m found; install it: apt-get install w3m")
    check_extracted([dump(site.folder / "site" / path) for path in pages], seal)


def dump(file: Path) -> str:
    command = ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", str(file)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


@pytest.fixture(scope="module")
def readability(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the script that Firefox's reader view has."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("No npm found; install Node.js: apt-get install npm")
    folder = tmp_path_factory.mktemp("npm")
    command = [npm, "pack", "--silent", "@mozilla/readability@0.6.0"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm cannot fetch @mozilla/readability: {done.stderr[-300:]}")
    with tarfile.open(folder / done.stdout.strip()) as archive:
        script = archive.extractfile("package/Readability.js")
        assert script
        return script.read().decode()


@pytest.mark.browser
def test_readability(browser: Browser, readability: str, pages: dict[str, str], seal: str) -> None:
    page = browser.new_page()
    page.add_script_tag(content=readability)
    read = """html => new Readability(new DOMParser().parseFromString(html, "text/html")).parse()"""
    found = [page.evaluate(read, html) for html in pages.values()]
    page.close()
    check_extracted([one["textContent"] for one in found if one], seal)


SECRET = "Nobody ever runs because nobody taught them that running was a thing to do"
SHORT = "Tommy goes last"
NEVER = "reviews/never/index.html"


def build_hostile(
    folder: Path, hook: str = "", label: str = "The end", *, minify: bool = False
) -> Site:
    """Build a site with a little plugin that changes the body of pages as `hook` says."""
    body = f"Words.\n\n/// spoiler | {label}\n{SECRET}, says ||{SHORT}||.\n///\n\n||{SHORT}||\n"
    config = {"hooks": ["hostile.py"]} if hook else {}
    if hook:
        text = f"import re, base64\ndef on_post_page(output, page, config):\n    return {hook}\n"
        (folder / "hostile.py").write_text(text, "utf-8")
    plugins = ["search", {"bookreview": {"spoilers": {"seal": "encode"}}}]
    if minify:
        plugins.append({"minify": {"minify_html": True}})
    pages = {"index.md": "# Home\n", "reviews/never.md": review("Never", body=body)}
    return build_site(folder, pages, plugins=plugins, **config)


READABLE = {
    "in the place of the notice": f"output.replace('{NOTICE}', '{SECRET}')",
    "a short one there": f"output.replace('{NOTICE}', '{SHORT}')",
    "behind the notice": f"output.replace('{NOTICE}', '{NOTICE} <b>{SHORT}</b>')",
    "decoded": (
        're.sub(r\' data-sealed="([^".]*)[^"]*">[^<]*\','
        " lambda match: '>' + base64.b64decode(match[1] + '==').decode(), output)"
    ),
}


@pytest.mark.parametrize("how", READABLE)
def test_readable_words_on_their_own_page_are_a_leak(tmp_path: Path, how: str) -> None:
    (warning,) = build_hostile(tmp_path, READABLE[how]).warnings
    assert warning.startswith(f"{NEVER}: Spoiler text from `reviews/never.md` appears at character")


@pytest.mark.parametrize("label", ["The end", SHORT])
@pytest.mark.parametrize("minify", [True, False])
def test_a_changed_page_is_no_leak(tmp_path: Path, label: str, *, minify: bool) -> None:
    """A label is open, so it may say what is hidden elsewhere."""
    hook = "output.replace('</main>', '<p>More.</p></main>')"
    assert build_hostile(tmp_path, hook, label, minify=minify).warnings == []


def test_pictures_that_the_privacy_plugin_cannot_fetch_are_reported(tmp_path: Path) -> None:
    body = (
        "||![](https://a.example/1.png?x=1&y=2)|| and ||![](//b.example/2.png)||\n\n"
        "||![](https://shelf.example/3.png)|| ||![](4.png)|| ||![](https://c.example/5.png)||\n"
    )
    site = build_privacy(tmp_path / "on", "encode", body)
    found = [text for text in site.warnings if "privacy plugin" in text]
    assert [text.split(":")[:2] for text in found] == [["reviews/emma.md", str(6)]] * 2
    assert "`https://a.example/1.png?x=1&y=2`" in found[0]
    assert "`//b.example/2.png`" in found[1]
    only = build_privacy(tmp_path / "only", "encode", body, assets_include=["b.example/*"])
    (warning,) = (text for text in only.warnings if "privacy plugin" in text)
    assert "`//b.example/2.png`" in warning
    for name, options in {"off": {"enabled": False}, "none": {"assets": False}}.items():
        assert not build_privacy(tmp_path / name, "encode", body, **options).warnings


def test_many_of_these_pictures_are_one_message(tmp_path: Path) -> None:
    """`bookreview check` does not know them, because it does not ask other plugins."""
    body = "".join(f"||![](https://a.example/{number}.png)||\n\n" for number in range(7))
    (warning,) = build_privacy(tmp_path, "encode", body).warnings
    assert "7 problems of one kind" in warning
    assert "bookreview check" not in warning


def build_privacy(folder: Path, seal: str, body: str, **options: object) -> Site:
    privacy = {"assets_exclude": ["c.example/*"], "cache_dir": str(folder / "cache"), **options}
    return build_site(
        folder,
        {"reviews/emma.md": review(body=body), "reviews/4.png": ""},
        plugins=[
            "search",
            {"privacy": privacy},
            {"bookreview": {"spoilers": {"seal": seal}}},
        ],
        site_url="https://shelf.example/",
    )

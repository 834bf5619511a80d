"""`bookreview audit` finds what a finished site shows of what its sources hide."""

import gzip
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown import Markdown

from mkdocs_bookreview.audit.files import read_text
from mkdocs_bookreview.cli.main import main
from mkdocs_bookreview.spoilers.extension import SpoilerExtension

LONG = "Nobody ever runs because nobody taught them that running was a thing to do"
SHORT = "Tommy goes last"
OPEN = "It is a school story about what children know, and when they know it."
THEME = "The clones were bred for their organs by all of them"
COMMENT = "I cried when Ruth gave her second donation and completed"
CONFIG = """\
site_name: Shelf
site_url: https://ann.example/shelf/
plugins: [search, bookreview]
markdown_extensions: [attr_list, md_in_html]
"""
FRONT = f"""\
---
book: {{title: Never Let Me Go, author: Kazuo Ishiguro}}
verdict: Quietly devastating.
themes:
  - Memory
  - {{name: Cloning, spoiler: true, reason: "{THEME}"}}
---
# Never Let Me Go

{OPEN}

"""
NEVER = "reviews/never.md"
PAGE = "reviews/never/index.html"
SYNTAXES = {
    "bars": f"He ||{LONG}||.",
    "brackets": f"He [{LONG}]{{.spoiler}}.",
    "element": f"He <spoiler>{LONG}</spoiler>.",
    "span": f'He <span class="spoiler">{LONG}</span>.',
    "block": f"/// spoiler | The end\n{LONG}.\n///",
    "details": f'??? spoiler "The end"\n    {LONG}.',
    "admonition": f"!!! spoiler\n    {LONG}.",
    "division": f'<div class="spoiler" markdown>\n{LONG}.\n</div>',
    "short text": f"He ||{SHORT}||.",
    "short text in brackets": f"He [{SHORT}]{{.spoiler}}.",
    "short text in a block": f"/// spoiler\n{SHORT}.\n///",
    "a word": "It is ||Lucy||.",
    "a failed spoiler": f"/// spolier\n{LONG}.\n///",
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def render(markdown: str, head: str = "", *, sealed: bool) -> str:
    """Return the page that a host makes, which knows the Markdown extension if it is `sealed`."""
    ours = [SpoilerExtension()] if sealed else []
    body = Markdown(extensions=["attr_list", "md_in_html", *ours]).convert(markdown)
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>\n"


def audit(
    folder: Path,
    text: str,
    files: Mapping[str, str | bytes] | None = None,
    *options: str,
    sealed: bool = True,
    config: str = CONFIG,
    pages: Mapping[str, str] | None = None,
    head: str = "",
) -> Result:
    """Audit a site of a review with this `text`, of other `pages`, and of further `files`."""
    sources = {"index.md": "# Shelf\n\nWelcome.\n", NEVER: FRONT + text, **(pages or {})}
    write(folder / "docs", sources)
    write(folder, {"mkdocs.yml": config})
    for name, source in sources.items():
        uri = name.replace("index.md", "index.html").replace(".md", "/index.html")
        body = re.sub(r"(?s)\A---.*?---\n", "", source)
        page = render(body, head if name == NEVER else "", sealed=sealed)
        write(folder / "site", {uri: page})
    write(folder / "site", files or {})
    arguments = ["audit", str(folder / "site"), "-f", str(folder / "mkdocs.yml"), *options]
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_site_that_seals_its_spoilers_has_no_leak(tmp_path: Path, syntax: str) -> None:
    result = audit(tmp_path, SYNTAXES[syntax])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No leaks in 2 files.\n")


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_host_without_the_extension_leaks(tmp_path: Path, syntax: str) -> None:
    result = audit(tmp_path, SYNTAXES[syntax], sealed=False)
    line, *fix = result.stdout.splitlines()
    assert result.exit_code == 1
    place = rf"{tmp_path}/site/{PAGE}:\d+:\d+: Spoiler text from `{NEVER}:\d+`: `[\w ]+…?`\."
    assert re.fullmatch(place, line)
    assert fix == [
        "",
        "To fix 1 file: No spoiler on this site is hidden. Add `- bookreview_spoilers` to"
        " `markdown_extensions`, and build the site again.",
    ]
    assert result.stderr == "1 leak in 2 files.\n"


TEXT = f"/// spoiler\n{LONG}.\n///\n\nHe ||{SHORT}||, says ||Lucy||.\n"
URL = "https://ann.example/shelf/reviews/never/"
ENTRY = {"location": "reviews/never/", "text": "He Lucy."}
FILES: dict[str, tuple[str, str | bytes, str]] = {
    "a text": ("all.txt", LONG, "plain text of pages"),
    "a copy of the Markdown": ("reviews/never.md", "He ||Lucy||.", "plain text of pages"),
    "llms.txt": ("llms-full.txt", f"# Never\n\n{TEXT}", "plain text of pages"),
    "a search index": ("search.json", json.dumps({"items": [ENTRY]}), "index again"),
    "a fragment of Pagefind": (
        "pagefind/fragment/en_1.pf_fragment",
        gzip.compress(f'pagefind_dcd{{"url":"/x/","content":"{LONG}"}}'.encode()),
        "index again",
    ),
    "a word in a fragment": (
        "pagefind/fragment/en_1.pf_fragment",
        gzip.compress(b'pagefind_dcd{"url":"/shelf/reviews/never/","content":"Lucy"}'),
        "index again",
    ),
    "a feed": (
        "feed_rss_created.xml",
        f"<rss><item><link>{URL}</link><description>Lucy</description></item></rss>",
        "`description`",
    ),
    "another page": ("x/index.html", f"<p>{LONG}</p>", "template"),
    "a front page of another name": ("404.htm", f"<p>{LONG}</p>", "template"),
    "a theme's reason": ("x/index.html", f"<p>{THEME}</p>", "template"),
    "UTF-16": ("all.csv", LONG.encode("utf-16"), "template"),
    "no ending that we know": ("all.backup", LONG, "template"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_leak_into_another_file(tmp_path: Path, kind: str) -> None:
    name, content, fix = FILES[kind]
    result = audit(tmp_path, TEXT, {name: content})
    first, *rest = result.stdout.splitlines()
    assert result.exit_code == 1
    assert first.startswith(f"{tmp_path}/site/{name}:")
    assert f" from `{NEVER}:" in first
    assert fix in rest[-1]


def test_a_leak_into_the_head_of_its_page(tmp_path: Path) -> None:
    result = audit(tmp_path, TEXT, head='<meta name="description" content="He Lucy.">')
    assert result.exit_code == 1
    assert f"{PAGE}:1:" in result.stdout
    assert "To fix 1 file: A plugin made the description of this page" in result.stdout


def test_a_copy_from_another_address(tmp_path: Path) -> None:
    """The address that pages name counts, because a site may have moved."""
    head = '<link rel="canonical" href="https://old.example/b/reviews/never/">'
    entry = {"url": "https://old.example/b/reviews/never/", "text": "Lucy"}
    index = f'<head><link rel="canonical" href="https://old.example/b/">{head}</head>'
    files: dict[str, str | bytes] = {"index.html": index, "all.json": json.dumps([entry])}
    assert "all.json:1:" in audit(tmp_path, TEXT, files, head=head).stdout


def test_archived_comments_that_are_sealed(tmp_path: Path) -> None:
    comments = (
        f"- {{id: a, text: '<p>{COMMENT}</p>', date: 2020-01-01, spoiler: true}}\n"
        f"- {{id: b, text: '<p>{OPEN}</p>', date: 2020-01-02}}\n"
    )
    write(tmp_path / "comments", {"never-let-me-go-kazuo-ishiguro.yml": comments})
    result = audit(tmp_path, TEXT, {"x.txt": f"{OPEN} {COMMENT}"})
    assert "`I cried when…`" in result.stdout
    assert len(result.stdout.splitlines()) == 3


INNOCENT: dict[str, tuple[str, Mapping[str, str], Mapping[str, str | bytes]]] = {
    "the author says it on another page": ("", {"about.md": f"# About\n\n{LONG}.\n"}, {}),
    "the author says it on the page itself": (f"\n\n{LONG}. He is Lucy.", {}, {}),
    "the author says it in a file": ("", {"notes.txt": LONG}, {"notes.txt": LONG}),
    "the author says it in front matter": (
        "",
        {
            "reviews/emma.md": "---\nbook: {title: Emma, author: Jane Austen}\n"
            f"verdict: {LONG}\n---\nText.\n"
        },
        {"authors/index.html": f"<p>{LONG}</p>"},
    ),
    "a page has the name": ("", {"people.md": "# Lucy\n"}, {}),
    "a word in an entry of another page": (
        "",
        {},
        {"search.json": json.dumps([{"location": "", "text": "Lucy"}])},
    ),
    "a picture": ("", {}, {"a.png": LONG}),
    "a binary file": ("", {}, {"a.bin": b"\0" + LONG.encode()}),
}


@pytest.mark.parametrize("kind", INNOCENT)
def test_no_false_alarm(tmp_path: Path, kind: str) -> None:
    more, pages, files = INNOCENT[kind]
    result = audit(tmp_path, TEXT + more, files, pages=pages)
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_page_that_is_hidden_as_a_whole(tmp_path: Path) -> None:
    """Only the plugin obeys the key, so a host without it shows all of the page."""
    hidden = FRONT.replace("verdict:", "spoilers: true\nverdict:") + f"{LONG}.\n"
    result = audit(tmp_path, "Text.", pages={"reviews/all.md": hidden})
    assert result.exit_code == 1
    assert "`reviews/all.md:" in result.stdout
    assert "Only the plugin `bookreview` hides a page with `spoilers: true`." in result.stdout


def test_many_leaks_of_a_file(tmp_path: Path) -> None:
    numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven"]
    spoilers = "".join(f"||Number {n} {LONG} {n}||\n\n" for n in numbers)
    files: dict[str, str | bytes] = {"all.txt": spoilers}
    lines = audit(tmp_path, spoilers, files).stdout.splitlines()
    assert lines[5:6] == ["  3 more in this file; `--full` lists them."]
    assert len(audit(tmp_path, spoilers, files, "--full").stdout.splitlines()) == 8 + 2


def test_json(tmp_path: Path) -> None:
    data = json.loads(audit(tmp_path, TEXT, {"a.txt": f"So:\n {LONG}"}, "--format", "json").stdout)
    assert (data["files"], data["unread"], data["notes"]) == (3, [], [])
    (leak,) = data["leaks"]
    assert leak.pop("fix").startswith("This file has the plain text of pages")
    assert leak == {
        "file": "a.txt",
        "line": 2,
        "column": 2,
        "kind": "text",
        "quote": "Nobody ever runs…",
        "source": NEVER,
        "source_line": 13,
    }


def test_annotations_of_github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = FRONT + f"100% ||{LONG}||"
    result = audit(tmp_path, "", {"a.txt": LONG}, "--format", "github", pages={"a, b:c.md": page})
    (line,) = result.stdout.splitlines()
    start = "::error file=docs/a%2C b%3Ac.md,line=12,title=Spoiler leaks::Spoiler text `Nobody ever"
    assert line.startswith(start)
    assert line.endswith("or turn off the plugin that writes it.")


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": CONFIG, "docs/index.md": "# Home\n", "empty/a.txt": "Text."})
    arguments = ["audit", str(tmp_path / "empty"), "-f", str(tmp_path / "mkdocs.yml")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stderr == (
        f"{tmp_path}/empty has no HTML pages. Name the folder that the build wrote, such as"
        " `site`.\n"
    )
    assert CliRunner().invoke(main, ["audit", str(tmp_path / "nowhere")]).exit_code == 2


def test_sources_of_another_site(tmp_path: Path) -> None:
    audit(tmp_path, TEXT)
    write(tmp_path / "other", {"index.html": "<p>Home</p>"})
    arguments = ["-f", str(tmp_path / "mkdocs.yml")]
    result = CliRunner().invoke(main, ["audit", str(tmp_path / "other"), *arguments])
    assert result.exit_code == 2
    assert result.stderr == (
        f"{tmp_path}/other has none of the 1 pages of mkdocs.yml, for example {PAGE}. Name the"
        " folder of the site that was built from mkdocs.yml, or name another configuration file"
        " with `-f`.\n"
    )
    result = CliRunner().invoke(main, ["audit", str(tmp_path), *arguments])
    assert result.exit_code == 2
    assert result.stderr.endswith(f"They are in {tmp_path}/site; audit that folder.\n")


def test_a_site_with_other_addresses(tmp_path: Path) -> None:
    """A copy from the web may have `reviews/never.html` in place of `reviews/never/`."""
    audit(tmp_path, TEXT)
    page = tmp_path / "site" / PAGE
    page.rename(tmp_path / "site/reviews/never.html")
    arguments = ["audit", str(tmp_path / "site"), "-f", str(tmp_path / "mkdocs.yml")]
    assert CliRunner().invoke(main, arguments).exit_code == 0


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path, note: Callable[[str], object]) -> str:
        if path.name == "locked.txt":  # by a name, because a superuser may read all files
            raise PermissionError(13, "Permission denied")
        return read_text(path, note)

    monkeypatch.setattr("mkdocs_bookreview.audit.site.read_text", read)
    result = audit(tmp_path, TEXT, {"locked.txt": LONG})
    assert result.exit_code == 2
    assert result.stderr == (
        "locked.txt: The file cannot be read: Permission denied.\nNo leaks in 3 files.\n"
    )


def test_a_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_bookreview.audit.files._MOST_READ", 3_000_000)
    huge = "word " * 1_000_000
    result = audit(tmp_path, TEXT, {"a.log": f"{LONG} {huge}", "b.log": huge + LONG})
    assert result.exit_code == 1
    assert "/a.log:1:1: " in result.stdout
    assert "b.log: The file is large, so only its first 3 MB are searched.\n" in result.stderr


EXTENSIONS = """\
markdown_extensions:
  - attr_list
  - zensical.extensions.nowhere
  - toc: {permalink: true, toc_depth: 2}
  - pymdownx.emoji:
      emoji_index: !!python/name:nowhere.index
"""


def test_extensions_that_do_not_work_here(tmp_path: Path) -> None:
    config = CONFIG.partition("markdown_ext")[0] + EXTENSIONS
    result = audit(tmp_path, TEXT, {"a.txt": LONG}, config=config)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "These Markdown extensions cannot be loaded, so pages are read without them:"
        " pymdownx.emoji, zensical.extensions.nowhere."
    )


def test_spoilers_in_a_snippet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of another file is part of the page, so it must be converted."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"part.txt": f"||{LONG}||"})
    config = CONFIG.replace("md_in_html", "md_in_html, pymdownx.snippets")
    result = audit(tmp_path, '--8<-- "part.txt"\n', {"a.txt": LONG}, config=config)
    assert "/a.txt:1:1: Spoiler text from `reviews/never.md`: " in result.stdout

"""What `mkdocs serve` shows after a change is what a clean build would show."""

from datetime import date
from pathlib import Path

import pytest

from tests.plugin.serving import Change, ServedSite, add, edit, remove, rename
from tests.plugin.sites import review

CONFIG: dict[str, object] = {
    "site_url": "https://example.org/",
    "validation": {"absolute_links": "ignore"},
    "plugins": ["search", "tags", {"blog": {"pagination": False}}, "bookreview"],
    "markdown_extensions": [
        "abbr",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "smarty",
        {"toc": {"permalink": True}},
        "pymdownx.details",
        "pymdownx.superfences",
        {"pymdownx.tabbed": {"alternate_style": True}},
        "bookreview_spoilers",  # because only the first build of a run recommends to list it
    ],
}
TITLE = "# *Odd* & `C++` – it's \\_one\\_ [of](reviews/kim.md) <b>many</b>[^1] HTML {#odd .a}"
PAGES: dict[str, str | bytes] = {
    "index.md": (
        "# Home\n\nHis ||end||.\n\n/// reviews\n    limit: 2\n///\n\n"
        "/// book | kim-rudyard-kipling\n///\n"
    ),
    "odd.md": f"{TITLE}\n\n## It *is*\n\n## It is\n\n[^1]: A ||note||.\n\n*[HTML]: Text\n",
    "reviews/emma.md": review(
        date="2024-05-01",
        read="2024-04-01",
        themes=["Class", {"name": "Guile", "spoiler": True}],
        tags=["Old"],
        body="Said ||whom||.\n\n## Part\n\nSee [the other](dune.md#sand) and [home](../index.md).",
    ),
    "reviews/dune.md": review(
        "Dune", "Frank Herbert", date="2023-05-01", themes=["Power"], body="## Sand\n\nMuch."
    ),
    "reviews/kim.md": review(
        "Kim",
        "Rudyard Kipling",
        date="2022-05-01",
        themes=["Power"],
        body="/// reviews\n    theme: Power\n///\n\nOf ||whom||.\n\n??? spoiler\n\n    And more.",
    ),
    "blog/index.md": "# Blog\n",
    "blog/posts/one.md": review(
        "Beloved",
        "Toni Morrison",
        date={"created": date(2021, 5, 1)},
        body="It ||haunts||.\n\n<!-- more -->\n\nTo its ||end||.",
    ),
    "bare.md": "No heading.\n",
    "both.md": "---\ntitle: It's so\nhide: [toc]\n---\n# It's so\n\nAs [there](/).\n",
    "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "../themes.yml": "power: {description: Who ||has|| it.}\n",
    "../books.yml": "beloved: {title: Beloved, shelf: to-read}\n",
}


# Each on top of those before.
CHANGES: dict[str, list[Change]] = {
    "nothing": [],
    "a text and a spoiler": [
        edit("reviews/emma.md", "Said", "Never said"),
        edit("reviews/emma.md", "||whom||", "whom"),
    ],
    "a spoiler and a block before all others": [
        edit(
            "index.md",
            "His",
            "||Her||, /// reviews\n///\n\n/// book | emma-jane-austen\n///\n\nhis",
        ),
    ],
    "nothing again": [],
    "a heading that another page links to": [edit("reviews/dune.md", "## Sand", "## Water")],
    "titles of pages": [
        edit("reviews/kim.md", "---\nbook", "---\ntitle: Mine\nbook"),
        edit("odd.md", "# *Odd*", "# Even"),
    ],
    "titles that go": [
        edit("reviews/kim.md", "title: Mine\n", ""),
        edit("both.md", "title: It's so\n", ""),
    ],
    "titles in the navigation": [
        edit("../mkdocs.yml", "Strange", "Stranger"),
        edit("../mkdocs.yml", "It's so: both.md", "both.md"),
    ],
    "a title, a theme, a tag and a date": [
        edit("reviews/dune.md", "title: Dune", "title: Dune Messiah"),
        edit("reviews/kim.md", "- Power", "- Class"),
        edit("reviews/emma.md", "- Old", "- Older"),
        edit("reviews/kim.md", "2022-05-01", "2025-01-01"),
    ],
    "a post": [edit("blog/posts/one.md", "haunts", "never")],
    "the name of a file": [rename("reviews/dune.md", "reviews/arrakis.md")],
    "a file less and one more": [
        edit("index.md", "/// book | kim-rudyard-kipling\n///\n", ""),
        edit("odd.md", "[of](reviews/kim.md)", "of"),
        remove("reviews/kim.md"),
        add("reviews/new.md", review("New", "Jane Austen", date="2026-01-01", themes=["Power"])),
    ],
    "data files": [
        edit("../themes.yml", "Who ||has|| it.", "Who lacks it."),
        edit("../books.yml", "to-read", "reading"),
    ],
    "a theme that hides": [edit("../themes.yml", "{", "{spoiler: true, ")],
    "a draft, and front matter that is wrong": [
        edit("reviews/arrakis.md", "---\n", "---\ndraft: true\n"),
        edit("reviews/emma.md", "date:", "dat:"),
    ],
    "what is told of links": [edit("../mkdocs.yml", "links: ignore", "links: warn")],
    "an option of an extension": [edit("../mkdocs.yml", "permalink: true", "permalink: false")],
    "an extension less": [edit("../mkdocs.yml", "- smarty\n", "")],
    "the words of spoilers": [
        edit("../mkdocs.yml", "name: material", "name: material\n  language: de")
    ],
}


def test_a_rebuild_is_a_clean_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    nav = ["index.md", {"Strange": "odd.md"}, {"It's so": "both.md"}]
    served = ServedSite(tmp_path, PAGES, nav=nav, **CONFIG)
    before = served.build()
    for what, changes in CHANGES.items():
        for change in changes:
            change(tmp_path)
        after = served.build()
        clean = served.build_clean()
        assert sorted(after.files) == sorted(clean.files), what
        assert [path for path in clean.files if after.files[path] != clean.files[path]] == [], what
        assert after.messages == clean.messages, what
        assert (after == before) == (not changes), what
        before = after


def test_what_is_wrong_is_told_in_each_build(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "index.md": "# Home\n\n## Somewhere\n",
        "right.md": "# Right\n\nSee [there](index.md#somewhere), [here](#right).\n",
        "anchor.md": "# Anchor\n\nSee [there](index.md#nowhere), [here](#nothing).\n",
        "link.md": "# Link\n\nSee [there](nowhere.md).\n",
        "spoiler.md": "# Spoiler\n\nWhat ||is not closed.\n",
        "block.md": "# Block\n\n/// reviews\n    them: Power\n///\n",
        "hidden.md": "# Hidden\n\n??? spoiler\n\n    /// book | emma\n    ///\n",
    }
    config = {"validation": {"anchors": "warn"}}
    served = ServedSite(tmp_path, pages, **config)
    told = []
    for _ in range(3):
        told.append(served.build().warnings)
        edit("index.md", "## Somewhere", "/// reviews\n///\n\n## Somewhere")(tmp_path)
    assert len(told[0]) == 6
    assert told[1] == told[0]
    assert told[2] == told[0]


def test_files_that_extensions_read(tmp_path: Path) -> None:
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    pages: dict[str, str | bytes] = {"index.md": '# Home\n\n--8<-- "part.txt"\n'}
    served = ServedSite(tmp_path, pages, markdown_extensions=[snippets])
    for text in ("Old.", "New."):
        (tmp_path / "part.txt").write_text(text, "utf-8")
        assert text.encode() in served.build().files["index.html"]


@pytest.mark.parametrize("dirty", [False, True])
def test_no_spoiler_changes_its_page(tmp_path: Path, dirty: bool) -> None:
    """Where placeholders are written anew, they look like those that an author wrote."""
    hook = """
import re
from mkdocs.plugins import event_priority
@event_priority(PRIORITY)
def on_page_content(html, **_):
    return re.sub(r'="([\\w-]+)"', r"=\\1", html)
"""
    forged = '<span class="bookreview-spoiler-elsewhere" data-n="3">x</span>'
    pages = {
        "a.md": "# A\n\n||first||\n",
        "b.md": "# B\n\n||kumquat||\n",
        "c.md": f"# C\n\n||loquat|| {forged}\n",
        "d.md": f"# D\n\n{forged} ||rambutan||\n",
    }
    for priority in (150, 10**6, 10**7):
        pages["../hook.py"] = f"PRIORITY = {priority}\n{hook}"
        served = ServedSite(tmp_path / str(priority), pages, dirty=dirty, hooks=["hook.py"])
        served.build()
        for text in ("||zeroth|| and ||first||", "nothing", "||first||"):
            (served.folder / "docs" / "a.md").write_text(f"# A\n\n{text}\n", "utf-8")
            built = served.build()
            for name, secret in (("b", b"kumquat"), ("c", b"loquat"), ("d", b"rambutan")):
                found = [path for path, content in built.files.items() if secret in content]
                assert found == [f"{name}/index.html"]

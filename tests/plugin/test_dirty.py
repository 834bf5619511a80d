"""After each edit, `mkdocs serve --dirty` shows what a clean build would show."""

import os
from pathlib import Path

import pytest
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from mkdocs_bookreview.plugin.plugin import BookReviewPlugin
from tests.plugin.serving import Change, ServedSite, add, edit, remove, rename
from tests.plugin.sites import review

CONFIG: dict[str, object] = {
    "site_url": "https://example.org/",
    "plugins": ["search", "bookreview"],
    "validation": {"nav": {"omitted_files": "ignore"}},
}
PAGES: dict[str, str | bytes] = {
    "index.md": "# Home\n\nHis ||end||.\n\n/// reviews\n    limit: 2\n///\n\n/// ratings\n///\n",
    "about.md": "# About\n\nNothing of ours.\n",
    "reviews/emma.md": review(
        date="2024-05-01",
        read="2024-04-01",
        rating=4,
        themes=["Class", {"name": "Guile", "spoiler": True}],
        body="She thought she knew.\n\n||whom|| and ||why||.\n\n## Part\n\nSee [it](dune.md#sand).",
    ),
    "reviews/dune.md": review(
        "Dune",
        "Frank Herbert",
        date="2023-05-01",
        read="2023-04-01",
        themes=["Power"],
        body="Sand.\n\n## Sand\n\n/// spoiler | End\n    chapter: 3\nMuch.\n///",
    ),
    "reviews/kim.md": review(
        "Kim",
        "Rudyard Kipling",
        date="2022-05-01",
        themes=["Power", "Class"],
        body="A road.\n\n/// reviews\n    theme: Power\n///\n",
    ),
    "reviews/beloved.md": review(
        "Beloved", "Toni Morrison", date="2021-05-01", themes=["Memory"], body="It haunts."
    ),
    "reviews/sula.md": review(
        "Sula", "Toni Morrison", date="2020-05-01", themes=["Memory"], body="Friends."
    ),
    "../themes.yml": "power: {description: Who ||has|| it.}\nmemory: {parents: [power]}\n",
    "../books.yml": "paradise: {title: Paradise, author: Toni Morrison, shelf: to-read}\n",
}


def put_back(name: str) -> Change:
    """Change a text of the same length, with a time long ago."""

    def change(folder: Path) -> None:
        edit(name, "Friends", "Enemies")(folder)
        os.utime(folder / "docs" / name, (10**9, 10**9))

    return change


# Each on top of those before.
CHANGES: dict[str, list[Change]] = {
    "nothing": [],
    "a text": [edit("reviews/emma.md", "thought", "believed")],
    "a text of the same length, and a clock that went back": [put_back("reviews/sula.md")],
    "a spoiler more": [edit("reviews/beloved.md", "haunts", "||haunts|| and ||stays||")],
    "a spoiler less": [edit("reviews/emma.md", "||why||", "why")],
    "the scale of another page's spoilers": [
        edit(
            "reviews/sula.md",
            "Enemies",
            "/// spoiler\n    progress: 40%\n    book: dune-frank-herbert\nIt ends.\n///\n\n"
            "Enemies",
        )
    ],
    "a block in a page": [edit("about.md", "Nothing", "/// reviews\n    theme: Memory\n///\n\nNo")],
    "a title in front matter": [edit("reviews/kim.md", "---\nbook", "---\ntitle: Mine\nbook")],
    "no title in front matter": [edit("reviews/kim.md", "title: Mine\n", "")],
    "the title of a book": [edit("reviews/dune.md", "title: Dune", "title: Dune Messiah")],
    "the name of an author": [edit("reviews/sula.md", "Toni Morrison", "Chloe Wofford")],
    "a rating": [edit("reviews/emma.md", "rating: 4", "rating: 2")],
    "a theme": [edit("reviews/kim.md", "- Power", "- Roads")],
    "a theme that no review has any more": [edit("reviews/kim.md", "- Roads\n", "")],
    "a date, and so the neighbours": [edit("reviews/kim.md", "2022-05-01", "2025-01-01")],
    "the year of a reading": [edit("reviews/emma.md", "2024-04-01", "2019-04-01")],
    "the title of a page in the navigation": [edit("about.md", "# About", "# Me")],
    "the navigation": [edit("../mkdocs.yml", "nav:\n- index.md", "nav:\n- Start: index.md")],
    "a cover": [
        add("cover.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="3"/>'),
        edit("reviews/dune.md", "  title: Dune", "  cover: ../cover.svg\n  title: Dune"),
    ],
    "the name of a file": [
        rename("reviews/dune.md", "reviews/arrakis.md"),
        edit("reviews/emma.md", "dune.md", "arrakis.md"),
    ],
    "a review less": [remove("reviews/kim.md")],
    "a review more": [
        add("reviews/new.md", review("New", "Jane Austen", date="2026-01-01", themes=["Power"]))
    ],
    "what is said of a theme": [edit("../themes.yml", "Who ||has|| it.", "Who lacks it.")],
    "a theme that hides": [edit("../themes.yml", "{description", "{spoiler: true, description")],
    "the name of a theme": [
        edit("../themes.yml", "memory:", "remembering:\n  aliases: [Memory]\nx:")
    ],
    "a broken data file": [edit("../themes.yml", "power: {", "power: {{")],
    "the data file mended": [edit("../themes.yml", "power: {{", "power: {")],
    "a shelf": [edit("../books.yml", "to-read", "reading")],
    "an entry that a review takes": [
        edit("../books.yml", "shelf: reading", "pages: 318"),
        add("reviews/paradise.md", "---\nbook: paradise\ndate: 2026-02-01\n---\nA town.\n"),
    ],
    "an entry of a book": [edit("../books.yml", "318", "320")],
    "defaults of a folder": [add("reviews/.meta.yml", "reviewer: Ann\n")],
    "a draft": [edit("reviews/beloved.md", "---\n", "---\ndraft: true\n")],
    "a whole page that is a spoiler": [edit("reviews/beloved.md", "draft: true", "spoilers: true")],
    "broken front matter": [edit("reviews/emma.md", "book:\n", "book: [\n")],
    "front matter mended": [edit("reviews/emma.md", "book: [\n", "book:\n")],
    "an old address": [edit("reviews/new.md", "---\n", "---\nredirect_from: [old/new/]\n")],
    "no old address": [edit("reviews/new.md", "redirect_from: [old/new/]\n", "")],
    "other names of a theme": [edit("../themes.yml", "power: {", "power: {aliases: [Might], ")],
    "an icon in the menu": [edit("about.md", "# Me", "---\nicon: material/home\n---\n# Me")],
    "a page that others link to": [
        add("far.md", "# Far\n"),
        edit("about.md", "# Me", "# Me\n\n[Far](far.md), ![](far.svg)"),
    ],
    "the same page less, and a picture that others show more": [
        remove("far.md"),
        add("far.svg", "<svg/>"),
    ],
    "the picture less": [remove("far.svg")],
    "a file at an address of ours": [add("library.json", "{}")],
    "no file at an address of ours": [remove("library.json")],
    "the size of a cover": [
        edit("cover.svg", 'width="2"', 'width="4"'),
    ],
    "a series": [
        edit(
            "reviews/arrakis.md", "title: Dune", "series: {name: Sand, position: 2}\n  title: Dune"
        ),
        edit("reviews/new.md", "title: New", "series: {name: Sand, position: 1}\n  title: New"),
    ],
    "a place in a series": [edit("reviews/new.md", "position: 1", "position: 3")],
    "the name of a series": [
        edit("reviews/arrakis.md", "name: Sand", "name: sand"),
        edit("reviews/new.md", "name: Sand", "name: SAND"),
    ],
    "a related review": [
        edit("reviews/new.md", "---\nbook", "---\nrelated: [{review: arrakis.md}]\nbook")
    ],
    "the title of a related review": [
        edit("reviews/arrakis.md", "title: Dune Messiah", "title: Children of Dune")
    ],
    "a theme that a review hides": [
        edit("reviews/new.md", "- Power", "- {name: Power, spoiler: true}")
    ],
    "a warning that a review hides": [
        edit("reviews/new.md", "book:", "warnings: [{name: Death, spoiler: true}]\nbook:")
    ],
    "a warning that a review shows": [edit("reviews/new.md", "Death, spoiler: true", "Death")],
    "a block in a spoiler": [
        edit("about.md", "# Me", "# Me\n\n//// spoiler\n/// reviews\n    limit: 3\n///\n////\n")
    ],
    "another text, with a block in a spoiler elsewhere": [
        edit("reviews/new.md", "What", "/// reviews\n    limit: 1\n///\n\nWhat")
    ],
    "the first old comment, with which styles and scripts come": [
        lambda folder: (folder / "comments").mkdir(),
        add("../comments/new-jane-austen.yml", "- {id: a, name: Ann, text: So true.}\n"),
    ],
    "pages that are excluded": [
        edit("../mkdocs.yml", "site_name:", "exclude_docs: sula.md\nsite_name:")
    ],
    "what ratings mean": [
        edit("../mkdocs.yml", "- bookreview", "- bookreview:\n    rating: {words: {2: Weak}}")
    ],
    "an option": [edit("../mkdocs.yml", "rating: {words: {2: Weak}}", "reviews: {path: books/}")],
    "verdicts, notes and books on shelves": [
        edit("reviews/new.md", "book:", "verdict: Fine.\nbook:"),
        edit(
            "about.md",
            "# Me",
            "# Me\n\n/// reviews\n    books: [{book: reviews/new.md, note: Mine}]\n///\n",
        ),
        edit(
            "../books.yml",
            "paradise:",
            "dunes: {title: Dunes, shelf: to-read, series: {name: Sand, position: 2}}\nparadise:",
        ),
    ],
    "another note, and the shelf": [
        edit("about.md", "note: Mine", "note: Hers"),
        edit("../books.yml", "shelf: to-read", "shelf: reading"),
    ],
    "a page in place of the list": [
        edit("../mkdocs.yml", "path: books/", "path: books/, layout: covers, list: false"),
        add("books.md", "# Mine\n"),
    ],
    "no page in its place": [remove("books.md")],
    "the language": [edit("../mkdocs.yml", "name: material", "name: material\n  language: de")],
}


def differ(dirty: dict[str, bytes], clean: dict[str, bytes]) -> list[str]:
    """The index is left out: MkDocs' search forgets pages that are not built."""
    names = {*dirty, *clean} - {"search/search_index.json"}
    return sorted(name for name in names if dirty.get(name) != clean.get(name))


def follow(served: ServedSite, changes: dict[str, list[Change]]) -> dict[str, list[str]]:
    """Return the files that differ from a clean build, by the change after which they do."""
    wrong: dict[str, list[str]] = {}
    for what, made in changes.items():
        for change in made:
            change(served.folder)
        if found := differ(served.build().files, served.build_clean().files):
            wrong[what] = found
    return wrong


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources of the pages that are written."""
    sources: list[str] = []
    fill = BookReviewPlugin.on_page_context

    def note(
        plugin: BookReviewPlugin, context: TemplateContext, *, page: Page, **more: object
    ) -> TemplateContext:
        sources.append(page.file.src_uri)
        return fill(plugin, context, page=page, **more)  # type: ignore[arg-type]

    note.mkdocs_priority = -100  # type: ignore[attr-defined]
    monkeypatch.setattr(BookReviewPlugin, "on_page_context", note)
    return sources


def test_a_dirty_build_is_a_clean_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    served = ServedSite(tmp_path, PAGES, dirty=True, nav=["index.md", "about.md"], **CONFIG)
    served.build()
    assert follow(served, CHANGES) == {}


def test_only_pages_that_change_are_written(tmp_path: Path, written: list[str]) -> None:
    served = ServedSite(tmp_path, PAGES, dirty=True, **CONFIG)
    served.build()
    assert {"about.md", "reviews/emma.md", "reviews/index.md", "themes/power.md"} <= set(written)
    written.clear()
    served.build()
    assert written == []
    edit("reviews/sula.md", "Friends.", "Friends.\n\nMore.")(tmp_path)
    served.build()
    assert written == ["reviews/sula.md"]
    written.clear()
    edit("reviews/sula.md", "Friends.", "Enemies.")(tmp_path)  # what lists quote
    served.build()
    assert set(written) == {
        "reviews/sula.md",
        "reviews/index.md",
        "browse/index.md",
        "themes/memory.md",
        "reviews/kim.md",  # its block shows what belongs to Power, as Memory does
        "authors/toni-morrison.md",
    }


def test_a_build_in_a_new_process_makes_all(tmp_path: Path, written: list[str]) -> None:
    ServedSite(tmp_path, PAGES, dirty=True, **CONFIG).build()
    first = sorted(written)
    written.clear()
    plugins = {"plugins": ["search", "bookreview"]}
    served = ServedSite(tmp_path, PAGES, dirty=True, **CONFIG | plugins)
    served.build()
    assert sorted(written) == first


def test_a_build_that_fails_is_made_up_for(tmp_path: Path) -> None:
    served = ServedSite(tmp_path, PAGES, dirty=True, **CONFIG)
    served.build()
    edit("reviews/emma.md", "- Class", "- Only then")(tmp_path)
    about = tmp_path / "docs" / "about.md"
    about.write_text("---\ntemplate: nowhere.html\n---\n# A\n", "utf-8")
    with pytest.raises(Exception, match=r"nowhere\.html"):
        served.build()
    about.write_text("# A\n", "utf-8")
    edit("reviews/emma.md", "- Only then", "- Class")(tmp_path)
    dirty, clean = served.build(), served.build_clean()
    assert differ(dirty.files, clean.files) == []


def test_settings_that_are_inherited(tmp_path: Path) -> None:
    pages = PAGES | {"../base.yml": "site_description: None\n"}
    served = ServedSite(tmp_path, pages, dirty=True, INHERIT="base.yml", **CONFIG)
    base = tmp_path / "base.yml"
    for description in ("One", "Two"):
        base.write_text(f"site_description: {description}\n", "utf-8")
        dirty, clean = served.build(), served.build_clean()
        assert differ(dirty.files, clean.files) == []


def test_templates_of_the_author(tmp_path: Path, written: list[str]) -> None:
    main = '{% extends "base.html" %}{% block announce %}One{% include "part.html" %}{% endblock %}'
    pages = PAGES | {
        "../overrides/main.html": main,
        "../overrides/part.html": "!",
        "../overrides/more.css": "a {}",
    }
    theme = {"name": "material", "font": False, "custom_dir": str(tmp_path / "overrides")}
    served = ServedSite(tmp_path, pages, dirty=True, **CONFIG | {"theme": theme})
    card = "{{ card.verdict }} {{ words('read') }} Mine"
    (tmp_path / "overrides" / "bookreview").mkdir()
    changes: dict[str, list[Change]] = {
        "nothing": [],
        "a template": [edit("../overrides/main.html", "One", "Two")],
        "a template in a template": [edit("../overrides/part.html", "!", "?")],
        "a template of ours": [add("../overrides/bookreview/card.html", card)],
        "the same in other words": [edit("../overrides/bookreview/card.html", "Mine", "Own")],
        "no template of ours": [remove("../overrides/bookreview/card.html")],
    }
    assert follow(served, changes) == {}
    written.clear()
    assert follow(served, {"styles": [edit("../overrides/more.css", "a", "b")]}) == {}
    assert written == []


def test_snippets(tmp_path: Path, written: list[str]) -> None:
    snippets = {"base_path": [str(tmp_path)], "auto_append": ["last.md"]}
    pages = PAGES | {
        "../part.md": "In the ||part||.\n",
        "../last.md": "*[Emma]: A name\n",
        "reviews/sula.md": review("Sula", "Toni Morrison", body='--8<-- "part.md"\n'),
    }
    extensions = {"markdown_extensions": ["abbr", {"pymdownx.snippets": snippets}]}
    served = ServedSite(tmp_path, pages, dirty=True, **CONFIG | extensions)
    served.build()
    written.clear()
    assert follow(served, {"a snippet": [edit("../part.md", "part", "whole")]}) == {}
    assert "reviews/emma.md" not in written
    assert "reviews/sula.md" in written
    assert follow(served, {"an appended one": [edit("../last.md", "A name", "A title")]}) == {}


def test_front_matter_for_all_pages_of_a_folder(tmp_path: Path, written: list[str]) -> None:
    pages = PAGES | {"reviews/.meta.yml": "icon: material/home\n"}
    plugins = {"plugins": ["search", "meta", "bookreview"]}
    served = ServedSite(tmp_path, pages, dirty=True, **CONFIG | plugins)
    served.build()
    assert follow(served, {"an icon": [edit("reviews/.meta.yml", "home", "heart")]}) == {}
    written.clear()
    hide = edit("reviews/.meta.yml", "heart", "heart\nhide: [toc]")
    assert follow(served, {"what hides": [hide]}) == {}
    assert "reviews/sula.md" in written
    assert "about.md" not in written
    assert follow(served, {"no defaults": [remove("reviews/.meta.yml")]}) == {}


def test_posts_of_a_blog(tmp_path: Path) -> None:
    post = review("Beloved", body="It ||haunts||.\n\n/// reviews\n    limit: 1\n///\n")
    pages = PAGES | {"blog/index.md": "# Blog\n", "blog/posts/one.md": post}
    pages["blog/posts/one.md"] = post.replace("---\n", "---\ndate: 2024-01-01\n", 1)
    plugins = {"plugins": ["search", "blog", "bookreview"]}
    served = ServedSite(tmp_path, pages, dirty=True, **CONFIG | plugins)
    first = served.build()
    path = next(path for path in first.files if path.endswith("/beloved/index.html"))
    assert served.build().files[path] == first.files[path]


def test_times_of_files_of_others_stay(tmp_path: Path) -> None:
    changes = tmp_path / "CHANGES.md"
    changes.write_text("# Changes\n", "utf-8")
    hook = (
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        f"    files.append(File.generated(config, 'changes.md', abs_src_path={str(changes)!r}))\n"
    )
    served = ServedSite(
        tmp_path, PAGES | {"../hook.py": hook}, dirty=True, hooks=["hook.py"], **CONFIG
    )
    before = changes.stat().st_mtime_ns
    served.build()
    served.build()
    assert changes.stat().st_mtime_ns == before


def test_a_leak_is_reported_in_the_page_that_is_written(tmp_path: Path) -> None:
    ending = "In the end nobody at all runs away together"
    pages = PAGES | {"reviews/sula.md": review("Sula", "Toni Morrison", body=f"||{ending}||")}
    served = ServedSite(tmp_path, pages, dirty=True, **CONFIG)
    assert not [text for text in served.build().warnings if "Spoiler text" in text]
    hook = f"def on_post_page(output, page, config):\n    return output + {ending!r}\n"
    (tmp_path / "hook.py").write_text(hook, "utf-8")
    edit("../mkdocs.yml", "site_name:", "hooks: [hook.py]\nsite_name:")(tmp_path)
    assert [text for text in served.build().warnings if "Spoiler text" in text]

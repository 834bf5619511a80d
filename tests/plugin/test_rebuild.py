"""What `mkdocs serve` shows after a change is what a clean build would show."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugin.sites import build_site, review

CLEAN = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
config = load_config(sys.argv[1], site_dir=sys.argv[2])
config.plugins.on_startup(command="serve", dirty=False)
build(config, serve_url="http://127.0.0.1:8000/")
"""
PAGES: dict[str, str | bytes] = {
    "index.md": "# Home\n\n/// reviews\n    limit: 2\n///\n",
    "reviews/emma.md": review(
        date="2024-05-01",
        read="2024-04-01",
        themes=["Class", {"name": "Guile", "spoiler": True}],
        body="Said ||whom||.\n\n## Part\n\nSee [the other](dune.md#sand) and [home](../index.md).",
    ),
    "reviews/dune.md": review(
        "Dune", "Frank Herbert", date="2023-05-01", themes=["Power"], body="## Sand\n\nMuch."
    ),
    "reviews/kim.md": review("Kim", "Rudyard Kipling", date="2022-05-01", themes=["Power"]),
    "../themes.yml": "power: {description: Who has it.}\n",
    "../books.yml": "beloved: {title: Beloved, shelf: to-read}\n",
}


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "docs" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def rename(name: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / "docs" / name).rename(folder / "docs" / new)

    return change


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "docs" / name).unlink()


def add(name: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / "docs" / name).write_text(text, "utf-8")

    return change


# Each on top of those before.
CHANGES = {
    "a text and a spoiler": [
        edit("reviews/emma.md", "Said", "Never said"),
        edit("reviews/emma.md", "||whom||", "whom"),
    ],
    "a heading that another page links to": [edit("reviews/dune.md", "## Sand", "## Water")],
    "a title, a theme and a date": [
        edit("reviews/dune.md", "title: Dune", "title: Dune Messiah"),
        edit("reviews/kim.md", "- Power", "- Class"),
        edit("reviews/kim.md", "2022-05-01", "2025-01-01"),
    ],
    "the name of a file": [rename("reviews/dune.md", "reviews/arrakis.md")],
    "a file less and one more": [
        remove("reviews/kim.md"),
        add("reviews/new.md", review("New", "Jane Austen", date="2026-01-01", themes=["Power"])),
    ],
    "data files": [
        edit("../themes.yml", "Who has it.", "Who lacks it."),
        edit("../books.yml", "to-read", "reading"),
    ],
    "a theme that hides": [edit("../themes.yml", "{", "{spoiler: true, ")],
    "a draft, and front matter that is wrong": [
        edit("reviews/arrakis.md", "---\n", "---\ndraft: true\n"),
        edit("reviews/emma.md", "date:", "dat:"),
    ],
}


def build_clean(folder: Path, into: Path) -> dict[str, bytes]:
    command = [sys.executable, "-c", CLEAN, str(folder / "mkdocs.yml"), str(into)]
    known = {"SOURCE_DATE_EPOCH": "1767225600", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, env=os.environ | known, capture_output=True)
    return {
        path.relative_to(into).as_posix(): path.read_bytes()
        for path in into.rglob("*")
        if path.is_file()
    }


def test_a_rebuild_is_a_clean_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    config = {"site_url": "http://127.0.0.1:8000/", "theme": {"name": "material", "font": False}}
    before = build_site(tmp_path, PAGES, command="serve", **config).files()
    for what, changes in CHANGES.items():
        for change in changes:
            change(tmp_path)
        after = build_site(tmp_path, {}, command="serve", **config).files()
        clean = build_clean(tmp_path, tmp_path / "clean")
        assert sorted(after) == sorted(clean), what
        assert [path for path in after if after[path] != clean[path]] == [], what
        assert after != before, what
        before = after

"""What a build writes for other programs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from sites import build_site, review

from mkdocs_bookreview.cli.main import main

SCHEMA = Path(__file__).parents[2] / "example_site/docs/guide/library.schema.json"
URL = "https://example.org/shelf"
MODES = pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])
SECRET = "||inline-secret|| and\n\n/// spoiler\nblock-secret\n///\n"
PAGES = {
    "index.md": "# Home\n",
    "reviews/emma.md": review(
        body=f"Open words. {SECRET}",
        date="2024-05-01",
        reviewer="Ann",
        themes=[
            "Marriage",
            {"name": "Disguise", "spoiler": True, "reason": "reason-secret"},
            "Cloning",
        ],
        warnings=[{"name": "warning-secret", "spoiler": True}],
        quotes=[{"text": "quote-secret", "spoiler": True}],
    ),
    "reviews/kim.md": review(
        "Kim",
        {"name": "Rudyard Kipling", "sort": "Kipling, R."},
        date="2025-01-01",
        themes=["Road"],
    ),
    "reviews/dune.md": review("Dune", "Frank Herbert", shelf="to-read", body=SECRET),
    "reviews/draft.md": review("Draft", draft=True, date="2024-06-01"),
    "../themes.yml": "cloning: {spoiler: true}\n",
    "../authors.yml": "jane: {name: Jane Austen, sort: 'Austen, Jane'}\n",
}
OPTIONS = {"reviewer": "Bea", "taxonomies": {"authors": {"vocabulary": "authors.yml"}}}
SECRETS = ("secret", "isguise", "loning", "Draft")


@MODES
def test_the_library_is_what_the_command_writes(tmp_path: Path, directories: bool) -> None:
    site = build_site(tmp_path, PAGES, OPTIONS, use_directory_urls=directories, site_url=URL)
    text = site.text("library.json")
    found = json.loads(text)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(found)
    assert [(one["page"], one["reviewer"]) for one in found["reviews"]] == [
        ("reviews/kim/" if directories else "reviews/kim.html", "Bea"),
        ("reviews/emma/" if directories else "reviews/emma.html", "Ann"),
    ]
    assert [one["books"][0]["title"] for one in found["to_read"]] == ["Dune"]
    assert found["reviews"][1]["books"][0]["authors"][0]["sort"] == "Austen, Jane"
    assert all((tmp_path / "site" / one["page"]).exists() for one in found["reviews"])
    assert not [word for word in SECRETS if word in text]
    assert site.warnings == []
    config = str(tmp_path / "mkdocs.yml")
    result = CliRunner().invoke(main, ["export", "-f", config, "--format", "json"])
    assert result.stdout == text


def test_a_library_can_be_left_out(tmp_path: Path) -> None:
    site = build_site(tmp_path, PAGES, {"exports": {"library": False}})
    assert "library.json" not in site.files()


def test_the_authors_own_file_wins_and_is_told_of(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**PAGES, "Library.json": "[1]"}, OPTIONS)
    assert site.text("Library.json") == "[1]"
    assert "library.json" not in site.files()
    [told] = [info for info in site.infos if "library" in info]
    assert told.startswith("`Library.json` is yours")


def test_without_an_address_of_the_site(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"index.md": "# Home\n"})
    text = '{\n"version": 1,\n"site": {"name": "Shelf"},\n"reviews": [],\n"to_read": []\n}\n'
    assert site.text("library.json") == text


def test_what_is_said_openly_is_no_leak_of_the_library(tmp_path: Path) -> None:
    reason = "Six words stand in this very reason."
    pages = {
        "a.md": review("A", themes=[{"name": "T", "reason": reason}]),
        "b.md": review("B", body=f"Open. ||{reason}||"),
    }
    assert build_site(tmp_path, pages).warnings == []

"""`bookreview export`, on sites as their authors wrote them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_bookreview.cli.export import FORMATS
from mkdocs_bookreview.cli.main import main

EMMA = """\
---
date: 2024-05-01
book: {title: Emma, author: Jane Austen}
rating: 4
themes: [Marriage, {name: Disguise, spoiler: true, reason: reason-secret}, Cloning]
warnings: [{name: warning-secret, spoiler: true}]
quotes: [{text: quote-secret, spoiler: true}]
verdict: Kind.
---
Open. ||inline-secret||

/// spoiler
block-secret
///
"""
PAGES = {
    "index.md": "# Home\n",
    "reviews/emma.md": EMMA,
    "reviews/draft.md": EMMA.replace("Emma", "Draft").replace("rating: 4", "draft: true"),
    "reviews/future.md": EMMA.replace("Emma", "Future").replace("2024", "9999"),
    "reviews/dune.md": "---\nbook: {title: Dune}\nshelf: to-read\n---\n",
    "wip/out.md": EMMA.replace("Emma", "Excluded"),
    "drafts/one.md": EMMA.replace("Emma", "Drafty"),
    ".hidden/one.md": EMMA.replace("Emma", "Dotted"),
    "../themes.yml": "cloning: {spoiler: true}\n",
    "../authors.yml": "jane: {name: Jane Austen, sort: 'Austen, Jane'}\n",
}
CONFIG = """\
site_name: Shelf
site_url: https://example.org/shelf
exclude_docs: wip/
draft_docs: |
  # not yet
  /drafts/
plugins:
  - bookreview:
      reviewer: Ann
      taxonomies: {authors: {vocabulary: authors.yml}}
"""
SECRETS = ("secret", "isguise", "loning", "Draft", "Future", "Excluded", "Dotted")


def export(folder: Path, *args: str, pages: dict[str, str] = PAGES, config: str = CONFIG) -> Result:
    for name, text in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    return CliRunner().invoke(main, ["export", "-f", str(folder / "mkdocs.yml"), *args])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_what_is_published_and_no_spoiler(tmp_path: Path, name: str) -> None:
    result = export(tmp_path, "--format", name)
    assert (result.exit_code, result.stderr) == (0, "2 books written.\n")
    shown = ("Emma", "Dune", "arriage", "Austen", "https://example.org/shelf/")
    assert not [word for word in shown if word not in result.stdout]
    assert not [word for word in SECRETS if word in result.stdout]


def test_what_the_whole_site_says(tmp_path: Path) -> None:
    found = json.loads(export(tmp_path, "--format", "json").stdout)
    [emma] = found["reviews"]
    assert found["site"] == {"name": "Shelf", "url": "https://example.org/shelf/"}
    assert (emma["page"], emma["reviewer"]) == ("reviews/emma/", "Ann")
    assert emma["books"][0]["authors"][0]["sort"] == "Austen, Jane"
    files = f"use_directory_urls: no\n{CONFIG}"
    found = json.loads(export(tmp_path, "--format", "json", config=files).stdout)
    assert found["reviews"][0]["page"] == "reviews/emma.html"


def test_keys_of_inherited_files_count(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("site_name: Base\nsite_url: https://base.org\n", "utf-8")
    config = "INHERIT: base.yml\nsite_name: Own\nplugins: [bookreview]\n"
    found = json.loads(export(tmp_path, "--format", "json", config=config).stdout)
    assert found["site"] == {"name": "Own", "url": "https://base.org/"}


def test_a_file_is_written_but_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "books.bib"
    result = export(tmp_path, "--format", "bibtex", "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    written = path.read_bytes()
    assert written.startswith(b"@book{emma-jane-austen,\n")
    path.write_text("mine", "utf-8")
    result = export(tmp_path, "--format", "bibtex", "-o", str(path))
    assert result.exit_code == 2
    assert "books.bib already exists. Add `--force` to replace it." in result.stderr
    assert path.read_text("utf-8") == "mine"
    assert export(tmp_path, "--format", "bibtex", "-o", str(path), "--force").exit_code == 0
    assert path.read_bytes() == written


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "books.bib"
    result = export(tmp_path, "--format", "bibtex", "-o", str(path))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_problems_are_counted_and_what_is_wrong_is_left_out(tmp_path: Path) -> None:
    pages = {"a.md": EMMA.replace("rating: 4", "rating: ten"), "../authors.yml": "{}"}
    result = export(tmp_path, "--format", "json", pages=pages)
    assert result.exit_code == 1
    assert result.stderr == (
        "1 book written.\n1 problem: invalid values are left out. Run `bookreview check` to list"
        " them.\n"
    )
    assert "rating" not in json.loads(result.stdout)["reviews"][0]


def test_a_pattern_that_is_none_is_told(tmp_path: Path) -> None:
    config = "site_name: Shelf\nplugins: [bookreview]\ndraft_docs: '!'\n"
    result = export(tmp_path, "--format", "json", config=config)
    assert result.exit_code == 2
    assert "`draft_docs` has an invalid pattern" in result.stderr


def test_no_site_and_no_format(tmp_path: Path) -> None:
    none = ["export", "-f", str(tmp_path / "none.yml"), "--format", "json"]
    assert CliRunner().invoke(main, none).exit_code == 2
    result = CliRunner().invoke(main, ["export"])
    assert result.exit_code == 2
    assert all(name in result.stderr for name in FORMATS)
    assert "Examples:" in CliRunner().invoke(main, ["export", "--help"]).stdout

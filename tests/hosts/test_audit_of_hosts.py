"""`bookreview audit` finds what hosts show that ignore our plugin or the attributes of spoilers."""

import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_bookreview.cli.main import main
from tests.hosts.environments import Environments

REVIEW = """\
---
date: 2024-05-01
book: {title: Never Let Me Go, author: Kazuo Ishiguro}
themes:
  - {name: Cloning, spoiler: true, reason: "The clones were bred for their organs by all of them"}
---
# Never Let Me Go

She ||stays with Ruth to the end||, and [Tommy]{.spoiler} does <spoiler>what nobody ever did before
him, because nobody taught them</spoiler>.

/// spoiler | The end
In the end nobody runs, as Ruth and Tommy knew they would not.
///

??? spoiler
    Miss Lucy told them what their lives were for, and had to leave the school.
"""
NEVER = "reviews/never/index.html"
STRIP = """\
from mkdocs.plugins import event_priority

@event_priority(-200)
def on_post_page(output, page, config):
    return output.replace(' data-pagefind-ignore="all"', "")
"""


def build(folder: Path, python: Path, host: str, config: dict[str, object]) -> None:
    base = {"site_name": "Shelf", "site_url": "https://ann.example/shelf/"}
    (folder / "docs/reviews").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Shelf\n\nWelcome.\n", "utf-8")
    (folder / "docs/reviews/never.md").write_text(REVIEW, "utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({**base, **config}), "utf-8")
    command = [str(python), "-m", host, "build", "-f", "mkdocs.yml"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def audit(folder: Path) -> Result:
    arguments = ["audit", str(folder / "site"), "-f", str(folder / "mkdocs.yml"), "--full"]
    return CliRunner().invoke(main, arguments)


def list_quotes(result: Result, file: str) -> list[str]:
    lines = [line for line in result.stdout.splitlines() if f"/site/{file}:" in line]
    return sorted(line.split("`")[3] for line in lines)


OPEN = ["In the end…", "Miss Lucy told…", "stays with Ruth…", "tommy", "what nobody ever…"]


@pytest.mark.parametrize("seals", [True, False])
def test_zensical(tmp_path: Path, environment: Environments, *, seals: bool) -> None:
    extensions = ["attr_list", "md_in_html", *(["bookreview_spoilers"] if seals else [])]
    config: dict[str, object] = {
        "theme": {"name": "material"},
        "plugins": ["search", "bookreview"],
        "markdown_extensions": extensions,
    }
    build(tmp_path, environment("zensical"), "zensical", config)
    result = audit(tmp_path)
    assert result.exit_code == (0 if seals else 1)
    for file in (NEVER, "search.json"):
        assert list_quotes(result, file) == ([] if seals else OPEN), result.stdout


def test_plugins_of_zensical(tmp_path: Path, environment: Environments) -> None:
    """They read pages by themselves, so the extension does not help."""
    config: dict[str, object] = {
        "theme": {"name": "material"},
        "plugins": [
            "bookreview",
            {"rss": {"date_from_meta": {"as_creation": "date"}}},
            {"llmstxt": {"full_output": "all.txt", "sections": {"All": ["reviews/*.md"]}}},
        ],
        "markdown_extensions": ["attr_list", "bookreview_spoilers"],
    }
    build(tmp_path, environment("zensical"), "zensical", config)
    result = audit(tmp_path)
    assert list_quotes(result, "reviews/never/index.md") == OPEN
    assert list_quotes(result, "all.txt") == [quote for quote in OPEN if quote != "tommy"]
    assert "tommy" in list_quotes(result, "feed_rss_created.xml")
    assert list_quotes(result, NEVER) == []


@pytest.mark.parametrize("strips", [False, True])
def test_pagefind(tmp_path: Path, environment: Environments, *, strips: bool) -> None:
    (tmp_path / "strip.py").write_text(STRIP, "utf-8")
    config: dict[str, object] = {
        "theme": {"name": "materialx"},
        "plugins": ["search", {"bookreview": {"spoilers": {"audit": False}}}],
        "hooks": ["strip.py"] if strips else [],
    }
    build(tmp_path, environment("materialx"), "mkdocs", config)
    fragments = [*tmp_path.glob("site/**/*.pf_fragment")]
    result = audit(tmp_path)
    assert fragments
    assert result.exit_code == int(strips)
    uris = [one.relative_to(tmp_path / "site").as_posix() for one in fragments]
    found = {quote for uri in uris for quote in list_quotes(result, uri)}
    assert found == ({*OPEN, "The clones were…", "cloning"} if strips else set())

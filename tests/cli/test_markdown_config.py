"""`bookreview export markdown`: the `mkdocs.yml` of an export."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_bookreview.cli.markdown.config import ExportConfig
from mkdocs_bookreview.cli.markdown.config_tree import read_tree
from mkdocs_bookreview.cli.markdown.extensions import Converter, read_extensions
from mkdocs_bookreview.cli.markdown.menu import build_menu
from mkdocs_bookreview.settings.settings import Settings

PYTHON = "!!python/name:pymdownx.superfences.fence_code_format"


def write(folder: Path, text: str, name: str = "mkdocs.yml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def change(folder: Path, text: str) -> dict[str, Any]:
    """Return the file of the export as data; tags of Python become text."""
    config = ExportConfig(read_tree(write(folder, text)))
    config.choose_theme(has_templates=False)
    config.set_plugins({"old/index.md": "reviews/emma.md"})
    config.set_extensions(Settings(), "de")
    config.set_snippet_folders(folder, folder / "below" / "blog")
    config.add_assets("a.css", "a.js")
    config.set_menu(["index.md"], ["reviews/emma.md", "reviews/#1 [a].md"])
    return yaml.safe_load(config.write().replace("!!python/name", "python/name"))


def test_what_is_inherited_is_in_the_file(tmp_path: Path) -> None:
    write(tmp_path, "site_name: Base\nextra: {a: 1, b: 2}\nplugins: [tags]\n", "base.yml")
    found = change(tmp_path, "INHERIT: base.yml\nextra: {b: 3}\nplugins: [bookreview, search]\n")
    assert found["site_name"] == "Base"
    assert found["extra"] == {"a": 1, "b": 3}
    assert found["plugins"][0] == "search"
    assert "INHERIT" not in found


def test_values_that_python_makes_stay_as_they_are(tmp_path: Path) -> None:
    text = f"site_name: A\nmarkdown_extensions:\n  - toc:\n      slugify: {PYTHON}\n"
    config = ExportConfig(read_tree(write(tmp_path, text)))
    config.set_extensions(Settings(), "en")
    assert f"slugify: {PYTHON}" in config.write()


@pytest.mark.parametrize(
    "plugins", ["[search, bookreview]", "{search: {}, bookreview: {stats: false}}"]
)
def test_plugins_are_a_list_without_ours(tmp_path: Path, plugins: str) -> None:
    found = change(tmp_path, f"site_name: A\nplugins: {plugins}\n")
    names = [one if isinstance(one, str) else next(iter(one)) for one in found["plugins"]]
    assert names == ["search", "redirects"]


def test_a_plugin_that_publishes_sources_is_left_out(tmp_path: Path) -> None:
    config = ExportConfig(read_tree(write(tmp_path, "plugins: [bookreview, tags, llmstxt: {}]\n")))
    config.set_plugins({})
    assert yaml.safe_load(config.write())["plugins"] == ["tags"]
    assert "`llmstxt`" in "".join(config.notes)


def test_redirects_of_the_author_win(tmp_path: Path) -> None:
    own = "redirects: {redirect_maps: {old/index.md: index.md, a.md: b.md}}"
    found = change(tmp_path, f"site_name: A\nplugins: [bookreview, {own}]\n")
    (plugin,) = found["plugins"]
    assert plugin["redirects"]["redirect_maps"] == {"old/index.md": "index.md", "a.md": "b.md"}


@pytest.mark.parametrize("extensions", ["[toc, bookreview_spoilers]", "{toc: {permalink: true}}"])
def test_our_extension_is_listed_once_and_last(tmp_path: Path, extensions: str) -> None:
    found = change(tmp_path, f"site_name: A\nmarkdown_extensions: {extensions}\n")
    first, *others = found["markdown_extensions"]
    assert first in ("toc", {"toc": {"permalink": True}})
    assert others == [{"bookreview_spoilers": {"language": "de"}}]


def test_themes_that_only_mkdocs_has_are_replaced(tmp_path: Path) -> None:
    found = change(tmp_path, "site_name: A\ntheme: {name: readthedocs, locale: de, x: [1]}\n")
    assert found["theme"] == {"name": "material", "language": "de"}
    found = change(tmp_path, "site_name: A\ntheme: {name: materialx, palette: {scheme: slate}}\n")
    assert found["theme"] == {"name": "material", "palette": {"scheme": "slate"}}


def test_files_of_the_author_are_added_to(tmp_path: Path) -> None:
    found = change(tmp_path, "site_name: A\nextra_css: [own.css]\nextra_javascript: [own.js]\n")
    assert found["extra_css"] == ["own.css", "a.css"]
    assert found["extra_javascript"] == ["own.js", {"path": "a.js", "type": "module"}]


def test_reviews_are_not_in_a_menu_of_all_pages(tmp_path: Path) -> None:
    text = "site_name: A\nnot_in_nav: /own.md\nplugins: [bookreview, awesome-nav]\n"
    found = change(tmp_path, text)
    lines = ["/own.md", "/reviews/emma.md", "/reviews/\\#1\\ \\[a\\].md"]
    assert found["not_in_nav"].splitlines() == lines
    assert "nav" not in found
    found = change(tmp_path, "site_name: A\nnav: [a.md]\n")
    assert found["nav"] == ["a.md"]
    assert "not_in_nav" not in found
    assert change(tmp_path, "site_name: A\n")["nav"] == ["index.md"]


def test_the_menu_has_pages_by_folder_and_then_all_lists() -> None:
    pages = ["zoo.md", "my-notes/b.md", "index.md", "my-notes/deep/a.md", "Über/x.md", "apes.md"]
    pages += ["my-notes/index.md"]
    assert build_menu(pages, ["reviews/index.md", "themes/index.md"], "Reviews") == [
        "index.md",
        "apes.md",
        "zoo.md",
        {"My notes": ["my-notes/index.md", "my-notes/b.md", {"Deep": ["my-notes/deep/a.md"]}]},
        {"Über": ["Über/x.md"]},
        {"Reviews": ["reviews/index.md", "themes/index.md"]},
    ]
    assert build_menu(["index.md"], ["reviews/index.md"], "Reviews") == [
        "index.md",
        "reviews/index.md",
    ]


@pytest.mark.parametrize(
    ("extensions", "place"),
    [
        ("[footnotes]", "///Footnotes Go Here///"),
        ("[markdown.extensions.footnotes: {PLACE_MARKER: '[notes]'}]", "[notes]"),
    ],
)
def test_footnotes_come_where_the_author_wants_them(
    tmp_path: Path, extensions: str, place: str
) -> None:
    tree = read_tree(write(tmp_path, f"site_name: A\nmarkdown_extensions: {extensions}\n"))
    assert read_extensions(tree, tmp_path).notes == place


def test_snippets_are_found_from_the_folder_of_the_export(tmp_path: Path) -> None:
    options = "{base_path: [parts, .], check_paths: true}"
    found = change(tmp_path, f"site_name: A\nmarkdown_extensions: [pymdownx.snippets: {options}]\n")
    snippets = found["markdown_extensions"][0]["pymdownx.snippets"]
    assert snippets == {"check_paths": True, "base_path": ["../../parts", "../.."]}


@pytest.mark.parametrize(
    ("given", "docs"), [("pages", "pages"), ("../elsewhere", "docs"), ("/abs", "docs")]
)
def test_the_folder_of_pages_stays_in_the_export(tmp_path: Path, given: str, docs: str) -> None:
    text = f"site_name: A\ndocs_dir: {given}\nsite_dir: /srv/www\nhooks: [a.py]\n"
    found = change(tmp_path, text)
    assert found["docs_dir"] == docs
    assert not {"site_dir", "hooks"} & found.keys()


@pytest.mark.parametrize(
    ("extension", "missing"),
    [
        ("nowhere.extension", ["nowhere.extension"]),
        ("toc: {slugify: !!python/name:nowhere.slug ''}", ["toc"]),
        ("pymdownx.highlight: {unknown: 1}", ["pymdownx.highlight"]),
        ("toc: {permalink: !ENV [NOWHERE, true]}", []),
        ("pymdownx.snippets: {base_path: !relative $docs_dir}", []),
    ],
)
def test_an_extension_that_is_not_here_is_left_out(
    tmp_path: Path, extension: str, missing: list[str]
) -> None:
    text = f"site_name: A\nmarkdown_extensions:\n  - {extension}\n  - attr_list\n"
    found = read_extensions(read_tree(write(tmp_path, text)), tmp_path / "docs")
    converter = Converter(found, [])
    assert list(converter.missing) == missing
    assert converter.convert("[a](b){.c}") == '<p><a class="c" href="b">a</a></p>'

"""`bookreview_spoilers` in `mkdocs.yml`: recommended where it is missing, and without effect."""

from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from sites import Site, build_site, review, write_site

from tests.plugin.syntaxes import SYNTAXES, sentinel

NAME = "bookreview_spoilers"
MODULE = "mkdocs_bookreview.spoilers.extension"
PAGES: dict[str, str | bytes] = {
    f"reviews/{name}.md": review(f"Book of {name}", body=syntax.format(sentinel(name)))
    for name, syntax in SYNTAXES.items()
}
OTHERS = ["footnotes", "attr_list", "pymdownx.blocks.details", {"toc": {"permalink": True}}]
BASE = "plugins: [bookreview]\nsite_name: Shelf\n"


@pytest.fixture(scope="module")
def unlisted(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return _build(tmp_path_factory.mktemp("unlisted"), OTHERS)


def _build(folder: Path, extensions: list[object]) -> Site:
    return build_site(folder, PAGES, theme="mkdocs", markdown_extensions=extensions)


@pytest.mark.parametrize(
    "extensions",
    [
        [NAME, *OTHERS],
        [*OTHERS, {NAME: {"language": "de"}}],
        [MODULE, *OTHERS],
        [*OTHERS, f"{MODULE}:makeExtension", f"{MODULE}:SpoilerExtension"],
    ],
    ids=["first", "last, with options", "module", "twice"],
)
def test_the_site_is_the_same_where_the_extension_is_listed(
    tmp_path: Path, unlisted: Site, extensions: list[object]
) -> None:
    listed = _build(tmp_path, extensions)
    assert listed.files() == unlisted.files()
    assert listed.warnings == unlisted.warnings
    assert [one for one in unlisted.infos if one not in listed.infos] == _advice(unlisted)
    assert len(_advice(unlisted)) == 1


def _advice(site: Site) -> list[str]:
    return [info for info in site.infos if NAME in info]


@pytest.mark.parametrize(
    ("config", "fix"),
    [
        ("", f"mkdocs.yml | Add to mkdocs.yml:\nmarkdown_extensions:\n  - {NAME}"),
        (
            "markdown_extensions: [toc]",
            f"mkdocs.yml | Add `{NAME}` to `markdown_extensions` in mkdocs.yml.",
        ),
        (
            "markdown_extensions: {toc: {permalink: true}}",
            f"mkdocs.yml | Add `{NAME}: {{}}` to `markdown_extensions` in mkdocs.yml.",
        ),
        ("INHERIT: base.yml", f"base.yml | Add `{NAME}` to `markdown_extensions` in base.yml."),
    ],
    ids=["no extension", "a list", "a mapping", "inherited"],
)
def test_the_fix_fits_the_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, config: str, fix: str
) -> None:
    path = write_site(tmp_path, {"index.md": "# Home\n"})
    path.write_text(BASE + config, "utf-8")
    (tmp_path / "base.yml").write_text("markdown_extensions: [admonition]\n", "utf-8")
    caplog.set_level("INFO", "mkdocs")
    loaded = load_config(str(path), site_dir=str(tmp_path / "site"))
    loaded.plugins.on_startup(command="serve", dirty=False)
    for _ in range(2):  # as `mkdocs serve` does
        build(loaded)
    (message,) = [one for one in caplog.messages if NAME in one]
    name, what = fix.split(" | ")
    assert f"{name} does not list the Markdown extension" in message
    assert message.endswith(what)


def test_the_lines_of_the_message_are_valid(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"index.md": "# Home\n"})
    (message,) = _advice(site)
    lines = message.partition("Add to mkdocs.yml:\n")[2]
    path = tmp_path / "mkdocs.yml"
    path.write_text(f"{path.read_text('utf-8')}\n{lines}\n", "utf-8")
    assert NAME in yaml.safe_load(path.read_text("utf-8"))["markdown_extensions"]
    assert NAME in load_config(str(path)).markdown_extensions

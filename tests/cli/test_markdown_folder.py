"""`bookreview export markdown`: what it writes into a folder, and what it leaves alone."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_bookreview.cli.main import main
from mkdocs_bookreview.cli.markdown import command, watching
from mkdocs_bookreview.cli.markdown.folder import LIST
from tests.plugin.sites import review, write_site

PAGES = {"index.md": "# Home\n", "reviews/emma.md": review(), "reviews/dune.md": review("Dune")}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_site(tmp_path / "source", PAGES)
    return tmp_path / "source"


def run(source: Path, folder: Path, *options: str) -> Result:
    arguments = ["export", "markdown", str(folder), "-f", str(source / "mkdocs.yml"), *options]
    return CliRunner().invoke(main, arguments)


def read_files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_second_export_writes_only_what_changed(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "blog"
    assert run(source, folder).exit_code == 0
    before = read_files(folder)
    result = run(source, folder)
    assert result.exit_code == 0
    assert "nothing new." in result.stderr
    changed = source / "docs/reviews/dune.md"
    changed.write_text(changed.read_text("utf-8") + "\nMore below.\n", "utf-8")
    assert ": 1 file changed." in run(source, folder).stderr
    after = read_files(folder)
    assert {name for name in after if after[name] != before[name]} == {"docs/reviews/dune.md", LIST}


def test_options_of_the_command_around_it(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(source)
    config = str(source / "mkdocs.yml")
    for options in ([], ["-f", config]):
        folder = str(tmp_path / f"blog{len(options)}")
        result = CliRunner().invoke(main, ["export", *options, "markdown", folder])
        assert result.exit_code == 0, result.stderr
        assert (Path(folder) / "mkdocs.yml").is_file()
    for options in (["--format", "json"], ["--force"], ["-o", "x"]):
        result = CliRunner().invoke(main, ["export", *options, "markdown", "blog"])
        assert result.exit_code == 2
        assert (
            "`--format`, `--output` and `--force` are not valid with `markdown`. Leave them out."
        ) in result.stderr
    result = CliRunner().invoke(main, ["export"])
    assert result.exit_code == 2
    assert "--format" in result.stderr


def test_what_the_site_has_no_more_is_removed(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "blog"
    run(source, folder)
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("built")
    (source / "docs/reviews/emma.md").unlink()
    (source / "docs/reviews/dune.md").unlink()
    assert run(source, folder).exit_code == 0
    names = read_files(folder).keys()
    assert not [name for name in names if name.startswith(("docs/reviews", "docs/authors"))]
    assert "site/index.html" in names
    assert not (folder / "docs/authors").exists()


def test_a_dry_run_lists_files_and_writes_none(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "blog"
    result = run(source, folder, "--dry-run")
    assert result.exit_code == 0
    assert "+ docs/reviews/emma.md" in result.stdout.splitlines()
    assert "nothing is written." in result.stderr
    assert not folder.exists()


def change(folder: Path) -> str:
    (folder / "docs/index.md").write_text("# Mine\n")
    return "docs/index.md"


def add(folder: Path) -> str:
    """A file where the next export has one."""
    (folder / "docs/index.md").unlink()
    (folder / "docs/index.md").symlink_to(folder / "mkdocs.yml")
    return "docs/index.md"


def forget(folder: Path) -> str:
    (folder / LIST).unlink()
    return "docs"


def spoil(folder: Path) -> str:
    (folder / LIST).write_text('{"../mkdocs.yml": ["x"]}')
    return "docs"


@pytest.mark.parametrize("touch", [change, add, forget, spoil])
def test_files_of_a_person_stay(source: Path, tmp_path: Path, touch: Callable[[Path], str]) -> None:
    folder = tmp_path / "blog"
    run(source, folder)
    name = touch(folder)
    (source / "docs/index.md").write_text("# New home\n")
    before = read_files(folder)
    for options in ((), ("--dry-run",)):
        result = run(source, folder, *options)
        assert result.exit_code == 2
        assert f"`{name}`" in result.stderr
        assert read_files(folder) == before


@pytest.mark.parametrize("name", ["docs", "docs/blog", ".", "own/blog", "comments/blog"])
def test_a_folder_of_the_author_is_refused(source: Path, name: str) -> None:
    config = source / "mkdocs.yml"
    text = config.read_text("utf-8").replace("name: material", "custom_dir: own\n  name: material")
    config.write_text(text, "utf-8")
    (source / "own").mkdir()
    before = read_files(source)
    result = run(source, source / name)
    assert result.exit_code == 2
    assert "Name a " in result.stderr
    assert read_files(source) == before


def test_an_export_may_be_in_the_project(source: Path) -> None:
    assert run(source, source / "blog").exit_code == 0
    assert "nothing new." in run(source, source / "blog").stderr


def test_an_interrupted_export_is_finished_by_the_next(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, replace = tmp_path / "blog", Path.replace

    def fail(path: Path, target: Path) -> Path:
        if target.name == "emma.md":
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        result = run(source, folder)
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert run(source, folder).exit_code == 0
    assert (folder / "docs/reviews/emma.md").is_file()
    assert all(len(digests) == 1 for digests in json.loads((folder / LIST).read_text()).values())


def test_a_folder_that_cannot_be_written_is_reported(source: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").write_text("a file")
    result = run(source, tmp_path / "closed/blog")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_mistakes_at_which_a_build_stops_stop_the_export(source: Path, tmp_path: Path) -> None:
    (source / "mkdocs.yml").write_text("site_name: A\nplugins: [bookreview: {stats: {pth: a/}}]\n")
    result = run(source, tmp_path / "blog")
    assert result.exit_code == 2
    assert "mkdocs.yml:2" in result.stderr
    assert not (tmp_path / "blog").exists()


def test_a_page_that_the_generator_would_publish_as_a_download(
    source: Path, tmp_path: Path
) -> None:
    (source / "docs/reviews/emma.md").rename(source / "docs/reviews/emma.markdown")
    result = run(source, tmp_path / "blog")
    assert result.exit_code == 2
    assert result.stderr == (
        "reviews/emma.markdown: Zensical makes pages only from files that end in `.md`, but this"
        " file ends in `.markdown`. Rename the file to `reviews/emma.md`.\n"
    )
    assert not (tmp_path / "blog").exists()


def test_a_block_in_a_snippet_is_reported(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(source, PAGES, markdown_extensions=["pymdownx.snippets"])
    (source / "part.md").write_text("/// reviews\n    limit: 1\n///\n")
    (source / "docs/index.md").write_text('# Home\n\n--8<-- "part.md"\n')
    monkeypatch.chdir(source)
    result = run(source, tmp_path / "blog")
    assert result.exit_code == 0
    assert result.stderr.startswith("index.md: `/// reviews` comes from another file, ")


def test_an_extension_that_fails_on_a_page_is_reported(source: Path, tmp_path: Path) -> None:
    write_site(source, PAGES, markdown_extensions=[{"pymdownx.snippets": {"check_paths": True}}])
    (source / "docs/index.md").write_text('# Home\n\n--8<-- "nowhere.md"\n')
    result = run(source, tmp_path / "blog")
    assert result.exit_code == 2
    assert result.stderr.startswith("index.md: A Markdown extension fails on this page: ")
    assert "nowhere.md" in result.stderr
    assert not (tmp_path / "blog").exists()


def test_an_extension_with_wrong_options_is_reported(source: Path, tmp_path: Path) -> None:
    write_site(source, PAGES, markdown_extensions=[{"pymdownx.snippets": {"base_path": 3}}])
    result = run(source, tmp_path / "blog")
    assert result.exit_code == 0
    assert "The Markdown extension `pymdownx.snippets` cannot be loaded" in result.stderr


def test_options_that_are_not_utf_8_are_reported(source: Path, tmp_path: Path) -> None:
    (source / "mkdocs.yml").write_bytes(b"site_name: B\xfccher\n")
    result = run(source, tmp_path / "blog")
    assert result.exit_code == 2
    assert result.stderr == (
        f"{source / 'mkdocs.yml'}, or a file that it inherits, is not UTF-8: invalid start byte"
        " in byte 13. Save it as UTF-8.\n"
    )


def test_posts_of_a_blog_are_in_no_menu(source: Path, tmp_path: Path) -> None:
    post = "---\ndate: 2024-01-01\n---\n# Post\n"
    pages = {**PAGES, "blog/index.md": "# Blog\n", "blog/posts/one.md": post}
    write_site(source, pages, plugins=["search", "blog", "bookreview"])
    run(source, tmp_path / "blog")
    text = (tmp_path / "blog/mkdocs.yml").read_text("utf-8")
    assert "blog/index.md" in text
    assert "blog/posts" not in text


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("<p>{% if %}</p>", "bookreview/card.html:1: A template in your `custom_dir` cannot"),
        ("<p>{{ card.nothing.here }}</p>", "has no attribute 'nothing'"),
    ],
)
def test_a_mistake_in_a_template_of_the_author_is_reported(
    tmp_path: Path, template: str, said: str
) -> None:
    theme = {"name": "material", "custom_dir": "own"}
    write_site(tmp_path, {**PAGES, "../own/bookreview/card.html": template}, theme=theme)
    result = run(tmp_path, tmp_path / "blog")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "blog").exists()


def test_templates_of_the_author_are_used_and_come_along(tmp_path: Path) -> None:
    theme = {"name": "material", "custom_dir": "own"}
    pages = {**PAGES, "../own/bookreview/card.html": "<p>MY CARD</p>", "../own/main.html": "x"}
    write_site(tmp_path, pages, theme=theme)
    assert run(tmp_path, tmp_path / "blog").exit_code == 0
    assert "<p>MY CARD</p>" in (tmp_path / "blog/docs/reviews/emma.md").read_text("utf-8")
    assert (tmp_path / "blog/overrides/main.html").read_text("utf-8") == "x"
    assert "custom_dir: overrides" in (tmp_path / "blog/mkdocs.yml").read_text("utf-8")


def test_a_file_at_the_address_of_a_list_is_reported(source: Path, tmp_path: Path) -> None:
    (source / "docs/themes").mkdir()
    (source / "docs/themes/index.html").write_text("mine")
    result = run(source, tmp_path / "blog")
    assert result.exit_code == 1
    assert "1 problem: " in result.stderr
    assert (tmp_path / "blog/docs/themes/index.html").read_text() == "mine"
    assert not (tmp_path / "blog/docs/themes/index.md").exists()


def test_a_page_with_mistakes_is_exported_as_far_as_a_build_has_it(
    source: Path, tmp_path: Path
) -> None:
    (source / "docs/broken.md").write_text("---\nbook: {title: [\nspoilers: true\n---\nzqxsecret\n")
    (source / "docs/latin.md").write_bytes(b"# Caf\xe9\n")
    result = run(source, tmp_path / "blog")
    assert result.exit_code == 1
    assert "problems: invalid values are left out." in result.stderr
    text = (tmp_path / "blog/docs/broken.md").read_text("utf-8")
    assert re.search("^/{6,} spoiler [|] This page contains spoilers", text, re.MULTILINE)
    assert "book:" not in text
    assert not (tmp_path / "blog/docs/latin.md").exists()


def test_watch_writes_again_what_changed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, page = tmp_path / "blog", source / "docs/reviews/emma.md"
    edits = iter(["One more word.", "And another."])
    seen = []

    def wait(config_file: Path, export: Path, _: watching.Stamps) -> watching.Stamps:
        seen.append((folder / "docs/reviews/emma.md").read_text("utf-8"))
        edit = next(edits, None)
        if edit is None:
            raise KeyboardInterrupt
        page.write_text(page.read_text("utf-8") + f"\n{edit}\n", "utf-8")
        return watching.read_stamps(config_file, export)

    monkeypatch.setattr(command, "wait_for_change", wait)
    result = run(source, folder, "--watch")
    assert result.exit_code == 0
    assert ["One more word." in text for text in seen] == [False, True, True]
    assert "And another." in seen[-1]
    assert result.stderr.count("1 file changed.") == 2


def test_watch_sees_pages_data_and_options_but_not_the_export(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_PAUSE", 0)
    config, export = source / "mkdocs.yml", source / "blog"
    run(source, export)
    stamps = watching.read_stamps(config, export)
    (export / "docs/index.md").write_text("# Other\n")
    assert watching.read_stamps(config, export) == stamps
    for name in ("docs/new.md", "themes.yml", "mkdocs.yml", "comments/emma.yml"):
        path = source / name
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text() if path.exists() else "") + "# more\n")
        now = watching.wait_for_change(config, export, stamps)
        assert now.keys() ^ stamps.keys() <= {path}
        assert now[path] != stamps.get(path)
        stamps = now

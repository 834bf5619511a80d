"""What an import makes of the folder `comments/`, in golden cases."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_bookreview.cli.main import main
from tests.formats.made_exports import cdata, comment, item, wxr
from tests.plugin.sites import review, write_site

CASES: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("archive").joinpath("import.yml").read_text("utf-8")
)
NOTHING = "Nothing is new; no file was changed."
FIELDS = {
    "parent": "comment_parent",
    "approved": "comment_approved",
    "type": "comment_type",
    "name": "comment_author",
    "date": "comment_date_gmt",
    "url": "comment_author_url",
}


def make_export(posts: Mapping[int, list[Mapping[str, Any]]]) -> str:
    return wxr(*(item(number, *map(make_comment, found)) for number, found in posts.items()))


def make_comment(values: Mapping[str, Any]) -> str:
    fields = {FIELDS[key]: str(value) for key, value in values.items() if key in FIELDS}
    name = {"comment_author": cdata("Ann")}
    return comment(values["id"], values.get("text", "Yes."), **{**name, **fields})


def make_pages(paths: object) -> Mapping[str, str]:
    """Return the reviews of a site. `paths` are old addresses of Dune, or one more of Emma."""
    emma = ["/2014/book-1/", *([paths["emma"]] if isinstance(paths, dict) else [])]
    dune = paths if isinstance(paths, list) else []
    return {
        "reviews/emma.md": review(redirect_from=emma),
        "reviews/dune.md": review("Dune", "Frank Herbert", redirect_from=dune),
    }


def run(folder: Path, *words: str) -> Result:
    export, config = str(folder / "export.xml"), str(folder / "mkdocs.yml")
    command = ["comments", "import", "--from", "wordpress", export, "-f", config, *words]
    return CliRunner().invoke(main, command)


def read_files(folder: Path) -> dict[str, str]:
    files = (path for path in sorted((folder / "comments").rglob("*")) if path.is_file())
    return {
        path.relative_to(folder / "comments").as_posix(): path.read_bytes().decode()
        for path in files
    }


def write_case(folder: Path, case: Mapping[str, Any]) -> None:
    write_site(folder, make_pages(case.get("pages")))
    (folder / "export.xml").write_text(make_export(case["posts"]), "utf-8")
    for name, text in case.get("before", {}).items():
        path = folder / "comments" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.mark.parametrize("name", CASES)
def test_folders_after_an_import(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    write_case(tmp_path, case)
    before = read_files(tmp_path)
    result = run(tmp_path)
    assert result.stderr.splitlines() == case["says"]
    assert result.stdout.splitlines() == case.get("lines", [])
    assert result.exit_code == case.get("status", 0)
    files = {**before, **case.get("after", {})}
    assert read_files(tmp_path) == {file: text for file, text in files.items() if text is not None}


@pytest.mark.parametrize("name", CASES)
def test_a_second_import_changes_nothing(name: str, tmp_path: Path) -> None:
    write_case(tmp_path, CASES[name])
    dry = run(tmp_path, "--dry-run")
    assert read_files(tmp_path) == CASES[name].get("before", {})
    first = run(tmp_path)
    assert dry.stdout == first.stdout
    files = read_files(tmp_path)
    second = run(tmp_path)
    assert read_files(tmp_path) == files
    assert second.exit_code == first.exit_code
    if " read = " in first.stderr:
        assert second.stderr.splitlines()[-1] == "Nothing is new."

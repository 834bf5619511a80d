"""The theme's folder, which Material for MkDocs and MaterialX share, in made-up installations."""

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from mkdocs_bookreview.settings.theme_files import check_theme_files

FILES = {
    "material/__init__.py": "",
    "material/templates/.icons/a.svg": "<svg/>",
    "material/templates/.icons/b.svg": "<svg/>",
    "material/templates/main.html": "{% extends 'base.html' %}",
}
BOTH = """\
{folder}: mkdocs-material 9.8.2 and mkdocs-materialx 10.2.2 are both installed. They share this \
folder, so one has overwritten files of the other. Keep one of them.
To keep MaterialX (`theme: materialx`), run:
    pip uninstall --yes mkdocs-material
    pip install --force-reinstall --no-deps mkdocs-materialx==10.2.2
To keep Material for MkDocs (`theme: material`), run:
    pip uninstall --yes mkdocs-materialx
    pip install --force-reinstall --no-deps mkdocs-material==9.8.2"""
CHANGED = """\
{folder}: {count} not as mkdocs-material 9.8.2 installed them, for example `{first}`. Another \
package may have overwritten or removed them. Run:
    pip install --force-reinstall --no-deps mkdocs-material==9.8.2"""


def install(
    site: Path,
    package: str = "mkdocs_material-9.8.2",
    files: Mapping[str, str] = FILES,
    *,
    end: str = "\n",
) -> None:
    """Write files, and then a RECORD that has their sizes and digests, as pip does."""
    lines = [f"{package}.dist-info/RECORD,,", "material/__pycache__/__init__.cpython-311.pyc,,"]
    for name, text in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        lines.append(line(name, text))
    metadata = site / f"{package}.dist-info"
    metadata.mkdir()
    (metadata / "RECORD").write_bytes("".join(one + end for one in sorted(lines)).encode())


def line(name: str, text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"{name},sha256={digest.rstrip('=')},{len(text)}"


def messages(site: Path) -> list[str]:
    return [str(problem) for problem in check_theme_files([str(site)])]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("package", ["mkdocs_material-9.8.2", "mkdocs_materialx-10.2.2"])
def test_a_theme_as_it_was_installed(tmp_path: Path, package: str, end: str) -> None:
    install(tmp_path, package, end=end)
    assert messages(tmp_path) == []


def test_no_theme_or_no_record(tmp_path: Path) -> None:
    assert messages(tmp_path) == []
    install(tmp_path)
    (tmp_path / "material/__init__.py").unlink()
    (tmp_path / "mkdocs_material-9.8.2.dist-info/RECORD").unlink()
    assert messages(tmp_path) == []


def test_two_packages_in_one_folder(tmp_path: Path) -> None:
    install(tmp_path)
    install(tmp_path, "mkdocs_materialx-10.2.2")
    assert messages(tmp_path) == [BOTH.format(folder=tmp_path / "material")]


def test_the_manual_has_the_commands_of_the_message() -> None:
    page = (Path(__file__).parents[2] / "example_site/docs/guide/hosts.md").read_text("utf-8")
    blocks = re.findall(r"<!-- repair \w+ -->\n```sh\n(.*?)```", page, re.DOTALL)
    lines = [line.strip() for line in BOTH.splitlines() if line.startswith("    ")]
    assert "".join(blocks).splitlines() == [re.sub(r"==\S+", "", line) for line in lines]


def test_two_packages_in_two_folders_overwrite_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "user", tmp_path / "system"
    install(first, "mkdocs_materialx-10.2.2")
    install(second)
    assert [*check_theme_files([str(first), str(second)])] == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["material/templates/main.html"], "1 file is"),
        (["material/__init__.py"], "1 file is"),
        (["material/__init__.py", "material/templates/main.html"], "2 files are"),
    ],
)
@pytest.mark.parametrize("removes", [True, False])
def test_files_that_are_not_the_packages_own(
    tmp_path: Path, names: list[str], count: str, end: str, removes: bool
) -> None:
    install(tmp_path, end=end)
    for name in names:
        path = tmp_path / name
        path.unlink() if removes else path.write_text("Another file.\n", "utf-8")
    [message] = messages(tmp_path)
    assert message == CHANGED.format(folder=tmp_path / "material", count=count, first=names[0])


@pytest.mark.parametrize(("text", "count"), [("<b>Other</b>" + " " * 13, 1), (None, 0)])
def test_a_later_file_of_the_same_size(tmp_path: Path, text: str | None, count: int) -> None:
    install(tmp_path)
    name = "material/templates/main.html"
    path = tmp_path / name
    path.write_text(text or FILES[name], "utf-8")
    assert path.stat().st_size == len(FILES[name])
    later = (tmp_path / "mkdocs_material-9.8.2.dist-info/RECORD").stat().st_mtime + 1
    os.utime(path, (later, later))
    assert len(messages(tmp_path)) == count


def test_a_folder_of_that_name_elsewhere_hides_nothing(tmp_path: Path) -> None:
    own, site = tmp_path / "project", tmp_path / "site"
    (own / "material").mkdir(parents=True)
    install(site)
    (site / "material/__init__.py").unlink()
    [problem] = check_theme_files([str(own), str(site)])
    assert problem.place.file == str(site / "material")


def test_what_another_package_adds_is_no_problem(tmp_path: Path) -> None:
    install(tmp_path)
    (tmp_path / "material/templates/own.html").write_text("", "utf-8")
    (tmp_path / "mkdocs_material_extensions-1.3.1.dist-info").mkdir()
    (tmp_path / "~kdocs_materialx-10.2.2.dist-info").mkdir()  # left behind by pip
    assert messages(tmp_path) == []


def test_the_icons_are_not_read_wherever_they_are_listed(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if ".icons" not in name}
    icons = {name: text for name, text in FILES.items() if ".icons" in name}
    install(tmp_path, files=icons)
    record = tmp_path / "mkdocs_material-9.8.2.dist-info/RECORD"
    for name in icons:
        (tmp_path / name).unlink()
    assert messages(tmp_path) == []
    lines = record.read_text("utf-8").splitlines()
    # As a package has it whose names begin with a later letter than the icons' folder.
    lines += [line(name, text) for name, text in files.items()]
    record.write_text("\n".join(lines), "utf-8")
    [message] = messages(tmp_path)
    assert "2 files are not as mkdocs-material 9.8.2 installed them" in message

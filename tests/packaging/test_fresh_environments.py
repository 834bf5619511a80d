"""The package as people install it: alone, beside MaterialX, and from its sources."""

import base64
import csv
import hashlib
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Package
from tests.packaging.fresh import Fresh, find_commands, write_readme_blog
from tests.plugin.sites import parse, with_class

README = (ROOT / "README.md").read_text("utf-8")
HOSTS = (ROOT / "example_site/docs/guide/hosts.md").read_text("utf-8")


def build(fresh: Fresh, blog: Path, theme: str, *flags: str) -> tuple[int, str]:
    """Build the README's blog from another folder; return the status and the messages."""
    write_readme_blog(README, blog, theme)
    command = ["mkdocs build", *flags, f"-f '{blog}/mkdocs.yml'"]
    done = fresh.run(" ".join(command), fresh.folder)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def look_at(blog: Path) -> None:
    """Check what a reader of the blog would miss first."""
    review = "reviews/emma/index.html"
    tree = parse((blog / "site" / review).read_text("utf-8"))
    assert len(with_class(tree, "bookreview-card")) == 1
    files = [path for path in (blog / "site").rglob("*") if path.is_file()]
    having = [path for path in files if b"whom she loves" in path.read_bytes()]
    assert having == [blog / "site" / review]
    assert len(tree.xpath("//*[@popover and . = 'whom she loves']")) == 1
    home = parse((blog / "site/index.html").read_text("utf-8"))
    [title] = with_class(home, "bookreview-item__title")
    assert title.xpath("a[. = 'Emma']/@href")[0].removeprefix("./") == "reviews/emma/"


def list_changed(fresh: Fresh, name: str) -> list[str]:
    """Return a package's files that are missing or have another hash than its RECORD says."""
    [record] = fresh.packages.glob(f"{name}-*.dist-info/RECORD")
    with record.open(encoding="utf-8", newline="") as file:
        return [
            path for path, known, _ in csv.reader(file) if known and known != _hash(fresh, path)
        ]


def _hash(fresh: Fresh, path: str) -> str:
    try:
        digest = hashlib.sha256((fresh.packages / path).read_bytes()).digest()
    except OSError:
        return ""
    return f"sha256={base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def check_build(fresh: Fresh, blog: Path, theme: str) -> None:
    status, messages = build(fresh, blog, theme, "--strict")
    assert (status, "WARNING" in messages) == (0, False), messages
    look_at(blog)


def test_with_material_then_without_then_with_materialx_then_with_both(
    tmp_path: Path, package: Package
) -> None:
    """All of this is one test, because to fetch each environment anew takes half a minute."""
    fresh = Fresh.make(tmp_path / "fresh")
    commands = find_commands(HOSTS, "install MaterialX").splitlines()
    ours, uninstall, materialx = commands
    ours = ours.replace("mkdocs-bookreview", f"'{package.wheel}'")
    fresh.install(ours)
    check_build(fresh, tmp_path / "material", "material")
    done = fresh.run(f"bookreview check -f '{tmp_path}/material/mkdocs.yml'", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "No problems in 1 review.\n")

    fresh.install(uninstall)
    assert not (fresh.packages / "material").exists()
    check_build(fresh, tmp_path / "mkdocs", "mkdocs")
    check_build(fresh, tmp_path / "readthedocs", "readthedocs")

    fresh.install(materialx)
    check_build(fresh, tmp_path / "materialx", "materialx")

    fresh.install(ours)  # which brings Material back, over the files of MaterialX
    check_repair(fresh, tmp_path / "both")


def check_repair(fresh: Fresh, blog: Path) -> None:
    """Check that Material beside MaterialX is reported, and that the manual's repair works."""
    assert len(list_changed(fresh, "mkdocs_materialx")) > 0
    status, messages = build(fresh, blog, "materialx")
    check = fresh.run(f"bookreview check -f '{blog}/mkdocs.yml'", blog)
    assert (status, check.returncode) == (0, 1)
    for text in (messages, check.stdout):
        assert text.count("are both installed.") == 1
        assert f"{fresh.packages / 'material'}: mkdocs-material " in text
    strict, _ = build(fresh, blog, "materialx", "--strict")
    assert strict == 1

    uninstall, reinstall = find_commands(HOSTS, "repair MaterialX").splitlines()
    fresh.install(uninstall)
    check = fresh.run(f"bookreview check -f '{blog}/mkdocs.yml'", blog)
    assert "files are not as mkdocs-materialx" in check.stdout
    assert reinstall in check.stdout
    fresh.install(reinstall)
    assert list_changed(fresh, "mkdocs_materialx") == []
    check_build(fresh, blog, "materialx")
    check = fresh.run(f"bookreview check -f '{blog}/mkdocs.yml'", blog)
    assert (check.returncode, check.stdout) == (0, "")


def test_the_source_package_passes_its_tests(tmp_path: Path, package: Package) -> None:
    with tarfile.open(package.source) as archive:
        archive.extractall(tmp_path, filter="data")
    [folder] = tmp_path.iterdir()
    # Those that read other files of the project, because all tests would take as long as here.
    chosen = ["packaging/test_project_metadata.py", "exports/test_library_json.py", "words"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        + [f"tests/{name}" for name in chosen],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
    assert " skipped" not in done.stdout


def test_the_source_package_has_all_that_the_repository_has(package: Package) -> None:
    command = ["git", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("This is no repository.")
    with tarfile.open(package.source) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert sorted(set(listed.stdout.splitlines()) - packed) == []

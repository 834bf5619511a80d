"""Commands as people type them."""

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest
from sites import parse, review, with_class, write_site

ROOT = Path(__file__).parents[2]
PUBLISH = ROOT / "example_site/docs/guide/publish.md"
QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=QUIET, capture_output=True, text=True, check=False, timeout=120
    )


def mkdocs(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "mkdocs", *arguments, folder=folder)


def git(*arguments: str, folder: Path) -> str:
    done = run("git", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_gh_deploy_puts_the_site_on_its_branch(tmp_path: Path) -> None:
    bare, blog = tmp_path / "bare.git", tmp_path / "blog"
    blog.mkdir()
    git("init", "--quiet", "--bare", str(bare), folder=tmp_path)
    git("init", "--quiet", folder=blog)
    git("config", "user.email", "ann@example.org", folder=blog)
    git("config", "user.name", "Ann", folder=blog)
    git("remote", "add", "origin", str(bare), folder=blog)
    pages = {"index.md": "# Home\n", "reviews/emma.md": review(themes=["Class"])}
    [title] = re.findall(r'title="docs/(\w+)"', PUBLISH.read_text("utf-8"))
    pages[title] = "ann.example\n"
    write_site(blog, pages)
    copy(PUBLISH.parent / "publish" / "gitignore.txt", blog / ".gitignore")
    git("add", "-A", folder=blog)
    git("commit", "--quiet", "-m", "A blog", folder=blog)
    done = mkdocs("gh-deploy", "--strict", folder=blog)
    assert done.returncode == 0, done.stderr
    published = git("ls-tree", "-r", "--name-only", "gh-pages", folder=bare).splitlines()
    for path in ("index.html", "reviews/emma/index.html", "themes/class/index.html"):
        assert path in published
    assert git("show", "gh-pages:CNAME", folder=bare) == "ann.example\n"
    assert git("status", "--porcelain", folder=blog) == ""
    page = git("show", "gh-pages:reviews/emma/index.html", folder=bare)
    assert with_class(parse(page), "bookreview-card")


@pytest.mark.parametrize(
    ("flags", "status"), [((), 0), (("--strict",), 1)], ids=["plain", "strict"]
)
def test_a_problem_fails_only_a_strict_build(
    tmp_path: Path, flags: tuple[str, ...], status: int
) -> None:
    write_site(tmp_path, {"reviews/emma.md": review(rating="ten")})
    done = mkdocs("build", *flags, folder=tmp_path)
    assert done.returncode == status, done.stderr
    assert "reviews/emma.md:5:1: `rating` must be 0.5 to 5" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("directories", ["true", "false"])
def test_the_example_site_has_no_warning(tmp_path: Path, directories: str) -> None:
    text = (ROOT / "example_site" / "mkdocs.yml").read_text("utf-8")
    config = tmp_path / "mkdocs.yml"
    for name in ("themes.yml", "authors.yml"):
        copy(ROOT / "example_site" / name, tmp_path)
    docs = ROOT / "example_site" / "docs"
    config.write_text(f"{text}\nuse_directory_urls: {directories}\ndocs_dir: {docs}\n", "utf-8")
    done = mkdocs("build", "--strict", "-f", str(config), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr

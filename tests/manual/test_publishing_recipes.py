"""The files with which the manual publishes a site, and the commands in them."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from tests.plugin.sites import review

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "example_site" / "docs" / "guide"
PAGE = (GUIDE / "publish.md").read_text("utf-8")
# Where a site has each file.
RECIPES = {
    "github-pages.yml": ".github/workflows/publish.yml",
    "gitlab-ci.yml": ".gitlab-ci.yml",
    "gitignore.txt": ".gitignore",
    "netlify.toml": "netlify.toml",
    "publish.sh": "publish.sh",
    "readthedocs.yaml": ".readthedocs.yaml",
    "requirements.txt": "requirements.txt",
    "wrangler.toml": "wrangler.toml",
}
SCHEMAS = {
    "github-pages.yml": "vendor.github-workflows",
    "gitlab-ci.yml": "vendor.gitlab-ci",
    "readthedocs.yaml": "vendor.readthedocs",
}
ADDRESS = "https://ann.example/reading/"


def read_recipe(name: str) -> str:
    return (GUIDE / "publish" / name).read_text("utf-8")


def read_blocks(title: str) -> list[str]:
    """Return the code blocks of the page with this title, without the spaces before them."""
    fence = rf'^( *)```\w+ title="{re.escape(title)}"\n(.*?)^\1```$'
    found = re.finditer(fence, PAGE, re.MULTILINE | re.DOTALL)
    return [dedent(one[2]) for one in found]


def read_yaml(name: str) -> Any:
    return yaml.safe_load(read_recipe(name))


def list_steps() -> list[dict[str, Any]]:
    jobs = read_yaml("github-pages.yml")["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": scripts, "NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog as the manual describes it: with its `site_url` for Read the Docs and its files."""
    folder = tmp_path_factory.mktemp("blog")
    [_, site_url] = read_blocks("mkdocs.yml")
    config = f"site_name: Shelf\ntheme: mkdocs\nplugins: [search, bookreview]\n{site_url}"
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for name, text in {"index.md": "# Home\n", "reviews/emma.md": review()}.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for name, place in RECIPES.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(read_recipe(name), "utf-8")
    return folder


def test_the_page_shows_each_file_as_it_is() -> None:
    assert {path.name for path in (GUIDE / "publish").iterdir()} == set(RECIPES)
    for name, title in RECIPES.items():
        assert read_blocks(title) == [read_recipe(name)], name


@pytest.mark.skipif(not find_spec("check_jsonschema"), reason="check-jsonschema is not installed")
@pytest.mark.parametrize("name", SCHEMAS)
def test_the_host_takes_the_file(name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[name]]
    done = subprocess.run(
        [*command, str(GUIDE / "publish" / name)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_each_host_installs_the_plugin() -> None:
    name = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["name"]
    assert read_recipe("requirements.txt") == f"{name}\n"
    install = "pip install -r requirements.txt"
    assert install in [step.get("run") for step in list_steps()]
    assert install in read_yaml("gitlab-ci.yml")["pages"]["script"]
    [installed] = read_yaml("readthedocs.yaml")["python"]["install"]
    assert installed == {"requirements": "requirements.txt"}


def test_each_host_has_a_python_that_the_plugin_takes() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lowest = needed["requires-python"].removeprefix(">=")
    [setup] = [one for one in list_steps() if one.get("uses", "").startswith("actions/setup-py")]
    versions = [
        setup["with"]["python-version"],
        read_yaml("gitlab-ci.yml")["pages"]["image"].removeprefix("python:"),
        tomllib.loads(read_recipe("netlify.toml"))["build"]["environment"]["PYTHON_VERSION"],
        read_yaml("readthedocs.yaml")["build"]["tools"]["python"],
    ]
    assert all(split(one) >= split(lowest) for one in versions), versions
    assert f"older than {lowest}, set the variable `PYTHON_VERSION` to `{versions[0]}`" in PAGE


def split(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def test_the_commands_build_the_site_where_the_host_looks(blog: Path) -> None:
    """GitHub, Netlify, Cloudflare and Read the Docs have one command, and GitLab another."""
    netlify = tomllib.loads(read_recipe("netlify.toml"))["build"]
    command = netlify["command"]
    assert command in [step.get("run") for step in list_steps()]
    assert f"`{command}` as the build command and `site` as the output" in PAGE
    [uploaded] = [one for one in list_steps() if "upload-pages" in one.get("uses", "")]
    cloudflare = tomllib.loads(read_recipe("wrangler.toml"))["pages_build_output_dir"]
    done = run(command, blog, READTHEDOCS_CANONICAL_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    for folder in (netlify["publish"], uploaded["with"]["path"], cloudflare):
        page = (blog / folder / "reviews/emma/index.html").read_text("utf-8")
        assert f'<link rel="canonical" href="{ADDRESS}reviews/emma/">' in page


def test_gitlab_builds_the_site_where_it_looks(blog: Path) -> None:
    job = read_yaml("gitlab-ci.yml")["pages"]
    _, command = job["script"]
    done = run(command, blog)
    assert done.returncode == 0, done.stderr
    [published] = job["artifacts"]["paths"]
    assert (blog / published / "reviews/emma/index.html").is_file()
    shutil.rmtree(blog / published)  # the manual says that this folder is not in .gitignore


@pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed")
def test_the_script_uploads_the_site_and_deletes_what_is_gone(blog: Path, tmp_path: Path) -> None:
    server = tmp_path / "reading"
    server.mkdir()
    (server / "gone.html").write_text("", "utf-8")
    script = blog / RECIPES["publish.sh"]
    text, found = re.subn(r"ann@ann\.example:\S+/reading/", f"{server}/", read_recipe(script.name))
    assert found == 1
    script.write_text(text, "utf-8")
    done = run("sh publish.sh", blog)
    assert done.returncode == 0, done.stderr
    assert (server / "reviews/emma/index.html").is_file()
    assert not (server / "gone.html").exists()


def test_the_script_uploads_nothing_if_the_build_fails(tmp_path: Path) -> None:
    (tmp_path / "rsync").write_text("#!/bin/sh\ntouch uploaded\n", "utf-8")
    (tmp_path / "rsync").chmod(0o755)
    (tmp_path / "mkdocs").write_text("#!/bin/sh\nexit $STATUS\n", "utf-8")
    (tmp_path / "mkdocs").chmod(0o755)
    (tmp_path / "publish.sh").write_text(read_recipe("publish.sh"), "utf-8")
    command = 'PATH="$PWD:$PATH" sh publish.sh'
    assert run(command, tmp_path, STATUS="1").returncode == 1
    assert not (tmp_path / "uploaded").exists()
    assert run(command, tmp_path, STATUS="0").returncode == 0
    assert (tmp_path / "uploaded").exists()

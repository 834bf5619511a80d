"""What PyPI, GitHub and the catalogues show of the project."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SOURCE = PROJECT["urls"]["Source"]
OWNER = SOURCE.split("/")[-2]
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")


def addresses(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / ".ci/addresses.py"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def links(text: str) -> list[str]:
    return [match["target"] for match in LINK.finditer(text)]


def test_every_file_has_the_owner_of_pyproject() -> None:
    done = addresses("--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_release_from_a_fork_is_refused() -> None:
    done = addresses("--release", "somebody-else")
    assert done.returncode == 1
    assert done.stderr == (
        f"pyproject.toml: the owner in `Source` is {OWNER}, but the repository is somebody-else's."
        " Write somebody-else there, and run `python .ci/addresses.py`.\n"
    )


def test_another_owner_is_written_into_every_address(tmp_path: Path) -> None:
    names = ["pyproject.toml", "SECURITY.md", ".github/ISSUE_TEMPLATE/config.yml"]
    names += [".github/catalogue.yml", ".ci/addresses.py"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((ROOT / name).read_text("utf-8"), "utf-8")
    project = tmp_path / "pyproject.toml"
    source = f'Source = "https://github.com/{OWNER}/'
    assert source in project.read_text("utf-8")
    new = project.read_text("utf-8").replace(source, 'Source = "https://github.com/jane-austen/')
    project.write_text(new, "utf-8")
    script = tmp_path / ".ci/addresses.py"
    check = subprocess.run([sys.executable, script, "--check"], capture_output=True, check=False)
    assert check.returncode == 1
    assert b"SECURITY.md" in check.stderr
    subprocess.run([sys.executable, script], check=True)
    for name in names[:-1]:
        text = (tmp_path / name).read_text("utf-8")
        assert "jane-austen" in text, name
        assert not re.search(rf"{OWNER}(?=/mkdocs-bookreview|\.github\.io)", text), name
    subprocess.run([sys.executable, script, "--check"], check=True)


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "CONTRIBUTING.md"])
def test_links_lead_to_files_of_the_project(name: str) -> None:
    ours = [link.partition("#")[0] for link in links((ROOT / name).read_text("utf-8"))]
    ours = [link for link in ours if link and not link.startswith("https://")]
    assert len(ours) > 0
    assert [path for path in ours if not (ROOT / path).is_file()] == []


def test_links_on_pypi_are_whole_addresses() -> None:
    raw = SOURCE.replace("github.com", "raw.githubusercontent.com")
    written = links((ROOT / "README.md").read_text("utf-8"))
    bases = {True: f"{raw}/main/", False: f"{SOURCE}/blob/main/"}
    expected = [
        link if link.startswith("http") else bases[link.endswith(".png")] + link for link in written
    ]
    assert links(str(metadata(PROJECT["name"]).get_payload())) == expected


def test_the_project_has_its_addresses() -> None:
    assert set(PROJECT["urls"]) == {"Homepage", "Documentation", "Source", "Changelog", "Issues"}
    assert all(OWNER in url for url in PROJECT["urls"].values())


def test_every_python_that_the_workflow_runs_is_a_classifier() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    run = set(yaml.safe_load(workflow)["jobs"]["hosts"]["strategy"]["matrix"]["python"])
    prefix = "Programming Language :: Python :: 3."
    named = {one.rpartition(" ")[2] for one in PROJECT["classifiers"] if one.startswith(prefix)}
    assert run == named
    assert PROJECT["requires-python"] == f">={min(run)}"


def test_every_host_that_the_workflow_runs_is_known() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    hosts = yaml.safe_load(workflow)["jobs"]["hosts"]["strategy"]["matrix"]["host"]
    script = (ROOT / ".ci/host").read_text("utf-8")
    cases = re.findall(r"^  ([a-z][\w.| -]+)\)", script, re.MULTILINE)
    assert sorted(hosts) == sorted(name for case in cases for name in case.split(" | "))


def test_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lines = text[text.index("dependencies = [") : text.index("\n]", text.index("dependencies = ["))]
    requirements = lines.splitlines()[1:]
    assert len(requirements) == len(PROJECT["dependencies"])
    assert [line for line in requirements if not re.search(r'",\s+# \w', line)] == []


def test_the_entry_of_the_catalogues_names_what_the_package_has() -> None:
    [entry] = yaml.safe_load((ROOT / ".github/catalogue.yml").read_text("utf-8"))
    points = {(point.group, point.name) for point in distribution(PROJECT["name"]).entry_points}
    assert ("mkdocs.plugins", entry["mkdocs_plugin"]) in points
    assert ("markdown.extensions", entry["markdown_extension"]) in points
    assert entry["labels"] == ["plugin", "markdown"]
    assert entry["category"] == "blogging"
    assert (entry["pypi_id"], entry["github_id"]) == (PROJECT["name"], SOURCE.split("/", 3)[3])


@pytest.mark.parametrize("name", ["bug", "idea"])
def test_a_form_for_issues_asks_for_the_configuration(name: str) -> None:
    form = yaml.safe_load((ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text("utf-8"))
    labels = [part["attributes"].get("label") for part in form["body"]]
    assert "mkdocs.yml" in labels
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))

"""The command line finds the same pages, drafts and addresses as MkDocs."""

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.structure.files import File, InclusionLevel, get_files

from mkdocs_bookreview.cli.pages import find_address
from mkdocs_bookreview.cli.site import read_written_site

TODAY = date(2024, 5, 1)
FOLDERS = ["a", "Reviews", "my folder", "emma", "templates", ".git", "x.md"]
STEMS = ["index", "README", "Index", "emma", "Emma", "a b", "é%", "a.b", "1?#", ".hidden", ""]
SUFFIXES = [".md", ".markdown", ".mkd", ".MD", ".html", ".txt"]
PATTERNS = [
    "*.markdown", "/a/", "/a/**/README.md", "Reviews/*.md", "my folder/", "emma", "emma.md",
    "EMMA.md", "**/index.md", "index.md", "/README.md", "a*", "[ae]*.md", "\\#", "# not yet", "",
    "*", "!index.md", "!.hidden.md", "!templates/", "!/a/emma.md", "!.git/", "!*.md",
]  # fmt: skip

paths = st.tuples(
    st.lists(st.sampled_from(FOLDERS), max_size=3),
    st.sampled_from(STEMS),
    st.sampled_from(SUFFIXES),
).map(lambda parts: "/".join([*parts[0], f"{parts[1]}{parts[2]}"]))
patterns = st.lists(st.sampled_from(PATTERNS), max_size=3).map("\n".join)
everywhere = ["index.md", "README.md", "index.html", "emma.md", "emma.html", "index.markdown"]


def write_site(folder: Path, sources: Iterable[str], config: dict[str, object]) -> Path:
    (folder / "docs").mkdir()
    for source in sources:
        path = folder / "docs" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Text\n", "utf-8")
    file = folder / "mkdocs.yml"
    text = yaml.safe_dump({"site_name": "Shelf", "plugins": ["bookreview"], **config})
    file.write_text(text, "utf-8")
    return file


def list_pages(file: Path) -> dict[str, tuple[bool, str]]:
    """Return what the command line knows: whether pages are published, and their addresses."""
    written = read_written_site(file, lambda paths: paths)
    published = {page.source for page in written.list_published(TODAY)}
    folders = written.config.use_directory_urls
    return {one: (one in published, find_address(one, folders)) for one in written.site.pages}


def list_pages_of_mkdocs(file: Path) -> dict[str, tuple[bool, str]]:
    files = get_files(load_config(str(file), plugins=[], theme={"name": None, "custom_dir": "."}))
    return {
        one.src_uri: (one.inclusion.is_included(), one.url)
        for one in files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    }


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(paths, max_size=12), patterns, patterns, st.booleans())
@example(everywhere, "", "", True)
@example(everywhere, "", "", False)
@example(everywhere, "", "index.*", True)
@example(everywhere, "README.md", "index.md", False)
@example(["emma.md", "emma/index.md"], "", "", True)
def test_pages_are_those_of_mkdocs(
    sources: list[str], excluded: str, drafts: str, folders: bool
) -> None:
    config = {"exclude_docs": excluded, "draft_docs": drafts, "use_directory_urls": folders}
    with tempfile.TemporaryDirectory() as name:
        file = write_site(Path(name), sources, config)
        assert list_pages(file) == list_pages_of_mkdocs(file)


def test_folders_are_followed_by_links(tmp_path: Path) -> None:
    file = write_site(tmp_path, ["index.md"], {})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "emma.md").write_text("# Text\n", "utf-8")
    (tmp_path / "docs" / "linked").symlink_to(tmp_path / "elsewhere")
    assert list_pages(file) == list_pages_of_mkdocs(file)
    assert "linked/emma.md" in list_pages(file)


@pytest.mark.parametrize("folders", [True, False])
@pytest.mark.parametrize(
    "source", ["a.md", "index.md", "x/README.md", "x/y z/é%.md", "x.y/a.b.md", "x/index.markdown"]
)
def test_addresses_are_those_of_mkdocs(source: str, folders: bool) -> None:
    assert find_address(source, folders) == File(source, "docs", "site", folders).url

"""Two builds of one input write the same bytes."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.plugin.sites import parse

EXAMPLE = Path(__file__).parents[2] / "example_site" / "mkdocs.yml"


def build_example(folder: Path, seed: str) -> dict[str, bytes]:
    """In a process of its own: the order of sets, and so perhaps of pages, goes by the seed."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(EXAMPLE), "-d", str(folder)]
    known = {"SOURCE_DATE_EPOCH": "1763000000", "PYTHONHASHSEED": seed, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, env=os.environ | known)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    return [build_example(tmp_path_factory.mktemp("built"), seed) for seed in ("1", "2")]


def test_two_builds_of_the_example_site(builds: list[dict[str, bytes]]) -> None:
    one, other = builds
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []


def test_no_two_pages_of_the_example_site_share_a_description(
    builds: list[dict[str, bytes]],
) -> None:
    pages = {path: parse(text.decode()) for path, text in builds[0].items() if ".html" in path}
    moved = {path for path, page in pages.items() if page.xpath("//meta[@http-equiv='refresh']")}
    found = [page.xpath("//meta[@name='description']/@content") for page in pages.values()]
    assert sorted(map(len, found)) == [0] * len(moved) + [1] * (len(pages) - len(moved))
    assert [texts for texts, count in Counter(map(tuple, found)).items() if count > 1] == [()]

"""Two builds of one input write the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

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


def test_two_builds_of_the_example_site(tmp_path: Path) -> None:
    one, other = (build_example(tmp_path / seed, seed) for seed in ("1", "2"))
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []

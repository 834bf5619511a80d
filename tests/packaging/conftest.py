import fcntl
import os
import shlex
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.packaging.fresh import Fresh

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Package:
    """The two files that would be published on PyPI."""

    wheel: Path
    source: Path


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Build the package once for all processes that run tests."""
    base = tmp_path_factory.getbasetemp()
    # The processes of a run share a folder around their own.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "package"
    with (shared / "package.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            tools = Fresh.make(shared / "package-tools")
            project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
            tools.install(f"pip install --quiet {shlex.join(project['build-system']['requires'])}")
            done = tools.run(f"python -m hatchling build -d '{folder}'", ROOT)
            assert done.returncode == 0, done.stderr
    [wheel], [source] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return Package(wheel, source)

"""Environments for other hosts and themes than those that the tests run in.

An environment sees the packages of the tests through links, and pip adds only what it lacks:
installing all of them anew took 37 s for MaterialX, and 14 s so. A package that would change what
is tested is left out, because Material and MaterialX ship the same folder. pip cannot change the
packages behind the links, because they are outside of the environment.
"""

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

_SECONDS = 300
_UNREACHABLE = ("(from versions: none)", "No matching distribution", "ConnectionError")
# Left out, so that no test installs more by the environment's own pip.
_TOOLS = frozenset({"pip", "setuptools"})


@dataclass(frozen=True, slots=True)
class Packages:
    """Describes how an environment differs from that of the tests.

    `added` are requirements for pip, and `left_out` are names of distributions.
    """

    added: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()


MATERIAL = frozenset({"mkdocs-material"})
PACKAGES = {
    "mkdocs": Packages(),
    "mkdocs without material": Packages(left_out=MATERIAL),
    "properdocs": Packages(("properdocs>=1.6.7",)),
    "materialx": Packages(("mkdocs-materialx>=10.2",), MATERIAL),
    "zensical": Packages(("zensical",)),
}


@dataclass(frozen=True, slots=True)
class Environments:
    """Keeps environments in `folder`, which processes may share."""

    folder: Path

    def __call__(self, name: str) -> Path:
        """Return the Python of an environment, made when it is first asked for.

        The test is skipped if the registry does not have what the environment needs.
        """
        if os.name == "nt":
            pytest.skip("Windows has no links without special rights.")
        # Imported here, because Windows does not have it, and all tests import this module.
        import fcntl  # noqa: PLC0415

        self.folder.mkdir(parents=True, exist_ok=True)
        made = self.folder / name.replace(" ", "-")
        answer = made.with_suffix(".answer")
        with made.with_suffix(".lock").open("w") as lock:
            # The others wait here, because a process that ends gives its lock back by itself.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not answer.exists():
                answer.write_text(make(made, PACKAGES[name]), "utf-8")
        if refusal := answer.read_text("utf-8"):
            pytest.skip(f"pip cannot install what {name} needs: {refusal}")
        return made / "bin" / "python"


def make(folder: Path, packages: Packages) -> str:
    """Make an environment; return why pip cannot fetch what it lacks, or an empty text."""
    venv.create(folder, symlinks=True, clear=True)
    base = folder / "base"
    base.mkdir()
    for path in _list_kept(packages.left_out | _TOOLS):
        (base / path.name).symlink_to(path)
    # By `addsitedir`, because only it reads the `.pth` file of an editable install.
    line = f"import site; site.addsitedir({str(base)!r})\n"
    (_site_packages(folder) / "base.pth").write_text(line, "utf-8")
    missing = [one for one in packages.added if not _is_met(Requirement(one))]
    return _install(folder / "bin" / "python", missing)


def _is_met(requirement: Requirement) -> bool:
    """Return whether the tests' environment has it, because pip takes seconds to find that out."""
    with suppress(PackageNotFoundError):
        return version(requirement.name) in requirement.specifier
    return False


def _list_kept(left_out: frozenset[str]) -> Iterator[Path]:
    installed = Path(sysconfig.get_path("purelib"))
    known = list(distributions(path=[str(installed)]))
    unwanted = [one for one in known if one.name.lower().replace("_", "-") in left_out]
    names = {name for one in unwanted for name in _top_level(one)}
    return (path for path in sorted(installed.iterdir()) if path.name not in names)


def _top_level(distribution: Distribution) -> set[str]:
    return {path.parts[0] for path in distribution.files or () if path.parts[0] != ".."}


def _site_packages(folder: Path) -> Path:
    variables = {"base": str(folder), "platbase": str(folder)}
    return Path(sysconfig.get_path("purelib", "venv", variables))


def _install(python: Path, requirements: Sequence[str]) -> str:
    """Return the errors of pip if the registry does not have something."""
    if not requirements:
        return ""
    # Not compiled, because a test runs only a small part of what is installed.
    options = ["--quiet", "--no-compile", "--retries", "1", *requirements]
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", *options]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_SECONDS)
    lines = [line for line in run.stderr.splitlines() if line.startswith("ERROR")]
    if run.returncode and any(sign in run.stderr for sign in _UNREACHABLE):
        return "\n".join(lines)
    assert run.returncode == 0, run.stderr
    return ""

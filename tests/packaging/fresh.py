"""Fresh virtual environments, made by pip from the registry as people make them."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

_SECONDS = 600
_UNREACHABLE = ("(from versions: none)", "No matching distribution", "ConnectionError")
# Without `PYTHONPATH`, which may lead to the sources.
_ENVIRONMENT = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"} | {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    # Compiling what a test never imports was measured to take a third of an installation.
    "PIP_NO_COMPILE": "1",
    "PIP_RETRIES": "1",
    "NO_MKDOCS_2_WARNING": "1",
}
# The environment has no pip of its own, because to install one takes 2 s.
_PIP = '#!/bin/sh\nexec "{python}" -m pip --python "{own}" "$@"\n'


@dataclass(frozen=True, slots=True)
class Fresh:
    """A fresh environment in `folder` has a Python, a pip, and what is installed later."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Fresh":
        venv.create(folder, symlinks=True)
        pip = folder / "bin" / "pip"
        pip.write_text(_PIP.format(python=sys.executable, own=folder / "bin" / "python"), "utf-8")
        pip.chmod(0o755)
        return cls(folder)

    @property
    def packages(self) -> Path:
        variables = {"base": str(self.folder), "platbase": str(self.folder)}
        return Path(sysconfig.get_path("purelib", "venv", variables))

    def run(self, commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run commands as a person types them, in a shell where this environment is active."""
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=folder,
            env={**_ENVIRONMENT, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )

    def install(self, commands: str) -> None:
        """Run commands that fetch packages; skip the test if the registry has none of them."""
        done = self.run(commands, self.folder)
        if done.returncode and any(sign in done.stderr for sign in _UNREACHABLE):
            pytest.skip(f"pip cannot fetch what `{commands}` needs: {done.stderr}")
        assert done.returncode == 0, done.stderr


def write_readme_blog(readme: str, folder: Path, theme: str = "material") -> None:
    """Write the files that the README prints, each in a block after its name."""
    for match in _FILE.finditer(readme):
        path = folder / match["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        indent = match["indent"]
        lines = [line.removeprefix(indent) for line in match["text"].splitlines(keepends=True)]
        text = "".join(lines)
        if path.name == "mkdocs.yml":
            assert "theme: material\n" in text
            text = text.replace("theme: material\n", f"theme: {theme}\n")
        path.write_text(text, "utf-8")


_FILE = re.compile(
    r"`(?P<path>[\w/]+\.(?:md|yml))`[^`]*:\n\n(?P<indent> +)```\w+\n(?P<text>.*?)(?P=indent)```",
    re.DOTALL,
)


def find_commands(page: str, mark: str) -> str:
    """Return the block of commands after a comment in a page of the manual."""
    match = re.search(rf"<!-- {mark} -->\n```sh\n(?P<commands>.*?)```", page, re.DOTALL)
    assert match, f"No commands come after `<!-- {mark} -->`."
    return match["commands"]

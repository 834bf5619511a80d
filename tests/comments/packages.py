"""Published packages of npm, to compare our options with theirs.

They are kept in a cache folder outside of the repository. A test is skipped if npm or the network
is missing.
"""

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

_SECONDS = 60


def package(name: str) -> Path:
    """Return the folder of a package, such as `disqus-react@1`; skip the test if there is none."""
    folder = _cache() / re.sub(r"\W+", "-", name).strip("-")
    if not folder.exists():
        _fetch(name, folder)
    return folder / "package"


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "mkdocs-bookreview-tests" / "packages"


def _fetch(name: str, folder: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm was not found, which fetches the package to compare with.")
    # Another process may fetch the same package; the folder gets its name when it is complete.
    part = folder.with_suffix(f".{os.getpid()}")
    part.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", "--pack-destination", str(part), name]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        with tarfile.open(next(part.glob("*.tgz"))) as archive:
            archive.extractall(part, filter="data")
        part.rename(folder)
    except (subprocess.SubprocessError, StopIteration) as error:
        pytest.skip(f"npm could not fetch {name}: {error}")
    except OSError:
        assert folder.exists(), f"{folder} cannot be written."
    finally:
        shutil.rmtree(part, ignore_errors=True)


def snake_case(name: str) -> str:
    """Return the name as options have it: `categoryID` gives `category_id`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def interface(text: str, name: str) -> list[str]:
    """Return the names in an interface of a TypeScript declaration, without those nested in it."""
    found = re.search(rf"^interface {name}\b[^{{]*\{{\n(.*?)^\}}", text, re.DOTALL | re.MULTILINE)
    assert found, f"There is no interface {name}."
    indent = re.match(r" *", found[1])
    assert indent
    return re.findall(rf"^{indent[0]}(\w+)\??:", found[1], re.MULTILINE)

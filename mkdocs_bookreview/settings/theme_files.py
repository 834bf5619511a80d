"""Finds files of Material for MkDocs or MaterialX that another package has overwritten or removed.

Both packages install the folder `material/`. Neither package is imported here, because the plugin
works without them.

Format of RECORD: https://packaging.python.org/en/latest/specifications/recording-installed-packages/
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path
from typing import NamedTuple

from mkdocs_bookreview.model.problem import Place, Problem

_FOLDER = "material"
_NAMES = {
    "mkdocs-materialx": "MaterialX (`theme: materialx`)",
    "mkdocs-material": "Material for MkDocs (`theme: material`)",
}
_METADATA = re.compile(r"(?P<name>mkdocs_materialx?)-(?P<version>[^-]+)\.dist-info")
# Matches only lines with a size, because compiled files, which differ by computer, have no size.
_LINE = re.compile(rb"^(material/[^,\"\r\n]+),sha256=([\w-]+),(\d+)\r?$", re.MULTILINE)
_ICONS = b"\nmaterial/templates/.icons/"


@dataclass(frozen=True, slots=True)
class _Package:
    """Describes a package by its `name` on PyPI and its `version`; `metadata` is its dist-info."""

    name: str
    version: str
    metadata: Path

    @property
    def reinstall(self) -> str:
        return f"pip install --force-reinstall --no-deps {self.name}=={self.version}"

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def check_theme_files(path: Sequence[str] | None = None) -> Iterator[Problem]:
    """Yield a problem if two packages share the theme's folder, or if its files were changed.

    `path` lists the folders where Python looks for packages; None means `sys.path`.
    """
    # `importlib.util.find_spec` is not used, because it returns an earlier place of a module that
    # is already imported.
    spec = PathFinder.find_spec(_FOLDER, path)
    # There may be several folders, because without `__init__.py` every folder of that name counts.
    for place in (spec.submodule_search_locations if spec else None) or ():
        yield from _check_folder(Path(place))


def _check_folder(folder: Path) -> Iterator[Problem]:
    packages = _find_packages(folder.parent)
    if len(packages) > 1:
        yield _describe_both(folder, packages)
    for package in packages.values() if len(packages) == 1 else ():
        if changed := _find_changed(package, folder.parent):
            yield _describe_changed(folder, package, changed)


def _find_packages(site: Path) -> dict[str, _Package]:
    """Return the packages beside the theme's folder, by name.

    Only names of folders are read, because this was measured to take 0.3 ms for both packages, and
    `importlib.metadata` 16 ms.
    """
    found = {}
    for metadata in sorted(site.glob("mkdocs_material*.dist-info")):
        if match := _METADATA.fullmatch(metadata.name):
            name = match["name"].replace("_", "-")
            found[name] = _Package(name, match["version"], metadata)
    return found


def _find_changed(package: _Package, site: Path) -> list[str]:
    """Return the package's files in the theme's folder that were removed or changed."""
    path = package.metadata / "RECORD"
    try:
        record, written = path.read_bytes(), path.stat().st_mtime_ns
    except OSError:
        return []  # Debian's packages have no RECORD
    return [file.name for file in _list_files(record) if _is_changed(file, site, written)]


class _File(NamedTuple):
    """Describes a file as RECORD lists it.

    `name` is its path beside the dist-info folder, `digest` its SHA-256 in URL-safe base64, and
    `size` counts bytes.
    """

    name: str
    digest: str
    size: int


def _list_files(record: bytes) -> Iterator[_File]:
    """Yield a package's files in the theme's folder, without icons.

    Icons are left out, because they are 14 000 of 14 300 files, and both packages have the same
    icons. RECORD lists all icons in one block, which is removed before the search.
    """
    first, last = record.find(_ICONS), record.rfind(_ICONS)
    if first >= 0:
        record = record[:first] + record[max(record.find(b"\n", last + 1), last) :]
    for name, digest, size in _LINE.findall(record):
        yield _File(os.fsdecode(name), digest.decode(), int(size))


def _is_changed(file: _File, site: Path, written: int) -> bool:
    """Return whether a file differs from its package's file; `written` is the time of RECORD.

    An installation writes RECORD last, so only files that are later than RECORD are read. This was
    measured to take 4 ms for the whole check, and reading all files 10 ms.
    """
    path = site / file.name
    try:
        status = path.stat()
        if status.st_size != file.size:
            return True
        return status.st_mtime_ns > written and _digest(path) != file.digest
    except OSError:
        return True


def _digest(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _describe_both(folder: Path, packages: Mapping[str, _Package]) -> Problem:
    names = " and ".join(str(packages[name]) for name in sorted(packages))
    what = (
        f"{names} are both installed. They share this folder, so one has overwritten files of the"
        " other."
    )
    fix = "Keep one of them." + "".join(
        f"\nTo keep {_NAMES[kept]}, run:\n    pip uninstall --yes {other}\n"
        f"    {packages[kept].reinstall}"
        for kept, other in zip(_NAMES, reversed(_NAMES), strict=True)
    )
    return Problem(Place(str(folder)), what, fix)


def _describe_changed(folder: Path, package: _Package, changed: Sequence[str]) -> Problem:
    count = "file is" if len(changed) == 1 else "files are"
    what = (
        f"{len(changed)} {count} not as {package} installed them, for example `{changed[0]}`."
        " Another package may have overwritten or removed them."
    )
    return Problem(Place(str(folder)), what, f"Run:\n    {package.reinstall}")

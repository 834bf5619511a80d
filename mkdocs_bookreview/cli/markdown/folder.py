"""Writes an export into a folder, and changes nothing there that an export did not write.

A list in the folder has the digest of each file that was written. A file that has another digest,
or is not in the list, belongs to a person.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mkdocs_bookreview.cli.errors import CommandError
from mkdocs_bookreview.cli.markdown.site import Content
from mkdocs_bookreview.publishing.stamps import Stamp, read_stamp

LIST = ".bookreview-export.json"
_SHOWN = 5  # files that a message names


class FolderRefusedError(CommandError):
    """Raised if an export would change a person's files; the message has the files and the fix."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Holds the sorted paths of the files that an export adds, changes and removes in its folder.

    `digests` maps the path of each file of the export to its digest.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    digests: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class ExportFolder:
    """Writes exports into the folder at `path`, which may be missing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written = _read_list(path)
        self._digests = _Digests()

    def refuse_foreign(self, read: Iterable[Path]) -> None:
        """Raise FolderRefusedError if the folder has files of a person, or is in a source folder.

        `read` are the folders that an export reads.
        """
        for folder in read:
            if self.path.resolve().is_relative_to(folder.resolve()):
                raise FolderRefusedError(
                    f"{self.path} is in {folder}, which the export reads. Name a folder outside"
                    f" of {folder}."
                )
        if self._written is None and self.path.exists():
            found = _list_names(self.path)
            if found:
                raise FolderRefusedError(
                    f"{self.path} has files that no export wrote: {_name(found)}. Name a new or an"
                    " empty folder."
                )

    def plan(self, files: Mapping[str, Content]) -> Changes:
        """Return the changes that writing these files would make.

        Raise FolderRefusedError if a person has changed or added one of the files.
        """
        known = self._written or {}
        digests = {name: self._digests.find(content) for name, content in files.items()}
        present = {name: self._find(name) for name in {*files, *known}}
        self._refuse_changed(present, digests)
        return Changes(
            tuple(sorted(name for name in files if present[name] is None)),
            tuple(sorted(name for name in files if present[name] not in (None, digests[name]))),
            tuple(sorted(name for name in known if name not in files and present[name])),
            digests,
        )

    def _refuse_changed(
        self, present: Mapping[str, str | None], digests: Mapping[str, str]
    ) -> None:
        """Raise FolderRefusedError if the export would replace or remove a person's file."""
        known = self._written or {}
        foreign = sorted(
            name
            for name, digest in present.items()
            if digest and digest not in known.get(name, ()) and digest != digests.get(name)
        )
        if foreign:
            raise FolderRefusedError(
                f"{self.path} has files that a person changed or added since the export:"
                f" {_name(foreign)}. Move them to another folder, and run this command again."
            )

    def write(self, files: Mapping[str, Content], changes: Changes) -> None:
        """Write new files, remove old files, and save the list. Raise OSError if that fails."""
        self.path.mkdir(parents=True, exist_ok=True)
        digests = {name: [digest] for name, digest in changes.digests.items()}
        before = self._written or {}
        # The list is saved before the files, because otherwise the files of an interrupted export
        # would later count as a person's.
        self._note(
            {name: [*before.get(name, ()), *digests.get(name, ())] for name in {*before, *digests}}
        )
        for name in (*changes.added, *changes.changed):
            _write(self.path / name, _read(files[name]))
        for name in changes.removed:
            (self.path / name).unlink(missing_ok=True)
            _remove_empty((self.path / name).parent, self.path)
        self._note(digests)

    def _find(self, name: str) -> str | None:
        """Return the digest of a file; None if there is no file.

        A folder or a link gives `-`, because that differs from every digest.
        """
        path = self.path / name
        if path.is_symlink() or path.is_dir():
            return "-"
        return self._digests.find(path) if path.is_file() else None

    def _note(self, digests: Mapping[str, list[str]]) -> None:
        listed = {name: digests[name] for name in sorted(digests)}
        text = json.dumps(listed, ensure_ascii=False, indent=0)
        _write(self.path / LIST, text.encode())
        self._written = listed


def _read_list(path: Path) -> dict[str, list[str]] | None:
    """Return the digests of the written files, by path; None if there is no readable list."""
    try:
        listed = json.loads((path / LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    is_valid = isinstance(listed, dict) and all(
        isinstance(one, list) and _is_below(name) for name, one in listed.items()
    )
    return listed if is_valid else None


def _is_below(name: str) -> bool:
    """Return whether a path stays in the folder, because a tampered list may name files outside."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts


def _list_names(path: Path) -> list[str]:
    return sorted(one.name for one in path.iterdir()) if path.is_dir() else [path.name]


def _name(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(f'`{name}`' for name in names[:_SHOWN])}{more}"


def _read(content: Content) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


class _Digests:
    """Finds digests.

    A file is read again only if its time or size has changed, because pictures are large and rarely
    change.
    """

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Stamp | None, str]] = {}

    def find(self, content: Content) -> str:
        if isinstance(content, bytes):
            return sha256(content).hexdigest()
        stamp = read_stamp(content)
        known = self._known.get(content)
        if not known or known[0] != stamp:
            known = self._known[content] = stamp, sha256(content.read_bytes()).hexdigest()
        return known[1]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # The file is replaced in one step, because a server may read it at the same time.
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def describe_changes(changes: Changes) -> Iterator[str]:
    """Yield a line for each file that is added, changed or removed."""
    for sign, names in (("+", changes.added), ("*", changes.changed), ("-", changes.removed)):
        yield from (f"{sign} {name}" for name in names)

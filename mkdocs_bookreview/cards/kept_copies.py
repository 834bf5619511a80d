"""Keeps copies of covers in a folder, by the covers' content, so that a build makes none twice."""

import json
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from mkdocs_bookreview.cards.copies import VERSION, CopyError, make_copies

_INDEX = "covers.json"


@dataclass(frozen=True, slots=True)
class KeptCover:
    """Describes a cover whose copies were made.

    `digest` identifies the cover by its content. `width` and `height` are the size of the cover,
    `widths` are the widths of its copies. `fault` says why there are no copies, or is empty.
    """

    digest: str
    width: int
    height: int
    widths: tuple[int, ...]
    fault: str = ""


class KeptCopies:
    """Finds and makes copies in a folder, which is made when the first copy is written.

    Builds of other branches or languages may use the same folder at the same time, so a file is
    complete from the moment it has its name.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._covers = _read_index(folder / _INDEX)
        self._is_changed = False

    def find(self, digest: str) -> KeptCover | None:
        """Return the cover with this digest if all its copies exist; None if they must be made."""
        cover = self._covers.get(digest)
        if cover and all(self.path(cover, width).is_file() for width in cover.widths):
            return cover
        return None

    def path(self, cover: KeptCover, width: int) -> Path:
        return self._folder / f"{cover.digest}-{width}.webp"

    def make(self, file: Path, digest: str) -> KeptCover:
        """Make the copies of a cover, and return it. Raise OSError if they cannot be written."""
        try:
            copies = make_copies(file.read_bytes())
        except CopyError as error:
            # A fault is not kept, because each build must report it to the author.
            return KeptCover(digest, 0, 0, (), str(error))
        cover = KeptCover(digest, copies.width, copies.height, tuple(copies.by_width))
        for width, data in copies.by_width.items():
            write_complete(self.path(cover, width), data)
        self._covers[digest] = cover
        self._is_changed = True
        return cover

    def save(self) -> None:
        """Write the index of known covers. Raise OSError if it cannot be written."""
        if self._is_changed:
            covers = [asdict(cover) for cover in self._covers.values()]
            write_complete(self._folder / _INDEX, json.dumps(covers).encode())
            self._is_changed = False


def name_content(file: Path) -> str:
    """Return a digest of a picture's content and of the `VERSION` of its copies."""
    return sha256(VERSION + file.read_bytes()).hexdigest()[:16]


def _read_index(path: Path) -> dict[str, KeptCover]:
    """Return the covers that are known; none if the file is missing or unreadable."""
    try:
        rows = json.loads(path.read_text("utf-8"))
        covers = [KeptCover(**{**row, "widths": tuple(row["widths"])}) for row in rows]
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return {cover.digest: cover for cover in covers}


def write_complete(path: Path, data: bytes) -> None:
    """Write a file that is complete from the moment it has its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another process may write the same file, so each has a name of its own until it is complete.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(data)
    unfinished.replace(path)

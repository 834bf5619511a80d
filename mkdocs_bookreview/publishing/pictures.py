"""Reads the pictures of covers, and makes small copies of them."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from mkdocs_bookreview.cards.copies import (
    MOST_PIXELS,
    SUFFIXES,
    WIDTHS,
    CopyError,
    frame_picture,
    is_installed,
)
from mkdocs_bookreview.cards.covers import Picture, read_picture
from mkdocs_bookreview.cards.kept_copies import KeptCopies, KeptCover, name_content, write_complete
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.publishing.stamps import Stamp, read_stamp

FOLDER = ".cache/bookreview"  # beside `mkdocs.yml`, where Material keeps such files too
COPIES_ADDRESS = "assets/bookreview/covers"
_LONG = 20  # covers; a build reports that it makes copies if there are more
_PAUSE = 10  # seconds between two reports of progress

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class CoverFile:
    """Describes a cover of the site: its `address` relative to the site's root, and its `path`."""

    address: str
    path: Path


@dataclass(frozen=True, slots=True)
class CopyFolder:
    """Describes where copies of covers are kept, and how they are added to the site.

    `folder` is the folder of `mkdocs.yml`. `add` gets the address and the path of each copy.
    `report` gets messages about work that takes long.
    """

    folder: Path
    add: Callable[[str, Path], object]
    report: Callable[[str], object]


class Pictures:
    """Reads covers, in all builds of a run.

    It remembers covers until the time or size of a file changes, because reading 1000 covers takes
    longer than the rest of a build with `--dirty`.
    """

    def __init__(self) -> None:
        self._names: dict[Path, tuple[Stamp | None, str]] = {}

    def read(
        self, covers: Mapping[str, CoverFile], to: CopyFolder
    ) -> tuple[dict[str, Picture], list[Problem]]:
        """Return the pictures of covers, by their path below the docs folder, and the problems.

        Make copies if Pillow is installed.
        """
        pictures = {cover: read_picture(one.address, one.path) for cover, one in covers.items()}
        if not is_installed():
            return pictures, list(_list_unread(pictures))
        copies = KeptCopies(to.folder / FOLDER)
        try:
            kept = self._copy(_list_copied(covers), copies, to.report)
            copies.save()
        except OSError as error:
            return pictures, [_describe_folder(error)]
        for cover, one in kept.items():
            pictures[cover] = _add_copies(pictures[cover], one, copies, to)
        return pictures, [_describe(cover, one) for cover, one in kept.items() if one.fault]

    def _copy(
        self, files: Mapping[str, Path], copies: KeptCopies, report: Callable[[str], object]
    ) -> dict[str, KeptCover]:
        """Make the copies that are missing, and return the covers that have been processed."""
        names = {cover: self._name(path) for cover, path in files.items()}
        missing = {name: files[cover] for cover, name in names.items() if copies.find(name) is None}
        made = dict(_make(missing, copies, report))
        known = {cover: made.get(name) or copies.find(name) for cover, name in names.items()}
        return {cover: one for cover, one in known.items() if one}

    def frame(self, path: Path, size: tuple[int, int], folder: Path) -> Path | None:
        """Return a PNG file of this size that shows a whole cover; None if that is impossible.

        The file is kept in the folder of copies below `folder`, the folder of `mkdocs.yml`. Nothing
        is reported, because `read` reports unreadable covers.
        """
        try:
            framed = folder / FOLDER / f"{self._name(path)}-{size[0]}x{size[1]}.png"
            if not framed.is_file():
                write_complete(framed, frame_picture(path.read_bytes(), size))
        except (CopyError, OSError):
            return None
        return framed

    def _name(self, path: Path) -> str:
        stamp = read_stamp(path)
        known = self._names.get(path)
        if not known or known[0] != stamp:
            known = self._names[path] = stamp, name_content(path)
        return known[1]


def _list_copied(covers: Mapping[str, CoverFile]) -> dict[str, Path]:
    """Return the files of the covers that can have small copies."""
    return {
        cover: one.path
        for cover, one in covers.items()
        if one.path.suffix.lower() in SUFFIXES and one.path.is_file()
    }


def _make(
    missing: Mapping[str, Path], copies: KeptCopies, report: Callable[[str], object]
) -> Iterator[tuple[str, KeptCover]]:
    """Make copies of covers; yield the name of each cover in `missing` and its copies."""
    if not missing:
        return
    # Threads run at the same time here, because Pillow does most of its work outside of Python.
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
        found = pool.map(lambda name: copies.make(missing[name], name), missing)
        yield from zip(missing, report_progress(found, len(missing), report), strict=True)


def report_progress(
    found: Iterator[Made], total: int, report: Callable[[str], object], what: str = "small copies"
) -> Iterator[Made]:
    """Yield the items, and report progress if they take long."""
    if total > _LONG:
        report(f"Making {what} of {total} covers. Later builds use them again.")
    reported = time.monotonic()
    for number, cover in enumerate(found, 1):
        yield cover
        if time.monotonic() - reported > _PAUSE:
            reported = time.monotonic()
            report(f"Made {what} of {number} of {total} covers.")


def _add_copies(picture: Picture, cover: KeptCover, copies: KeptCopies, to: CopyFolder) -> Picture:
    """Add the copies of a cover to the site, and return its picture with the copies."""
    addresses = []
    for width in cover.widths:
        path = copies.path(cover, width)
        address = f"{COPIES_ADDRESS}/{path.name}"
        to.add(address, path)
        addresses.append((width, address))
    if not addresses:
        return picture
    if WIDTHS[-1] not in cover.widths:
        addresses.append((cover.width, picture.address))
    return replace(picture, width=cover.width, height=cover.height, copies=tuple(addresses))


def _list_unread(pictures: Mapping[str, Picture]) -> list[Problem]:
    """Return a problem for each cover that cannot be measured, although its suffix promises it.

    This is the check without Pillow, which would find more, such as a picture whose end is missing.
    Only types that can have copies are checked, because browsers may show other types that we
    cannot measure.
    """
    what = "The size of this cover cannot be read, so browsers may not show it either."
    fix = "Save it again as JPEG."
    return [
        Problem(Place(cover), what, fix)
        for cover, picture in pictures.items()
        if not picture.is_measured and cover.lower().endswith(SUFFIXES)
    ]


def _describe(cover: str, one: KeptCover) -> Problem:
    what = f"No small copy of this cover can be made, because {one.fault}."
    fix = f"Save it again as JPEG, with at most {MOST_PIXELS // 1_000_000} million pixels."
    return Problem(Place(cover), what, fix)


def _describe_folder(error: OSError) -> Problem:
    what = (
        f"Small copies of covers cannot be written, so pages load the covers themselves: {error}."
    )
    return Problem(Place(FOLDER), what, "Make this folder writable.")

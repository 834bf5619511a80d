"""Waits until a file of a site changes, so that an export can be written again."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from mkdocs_bookreview.cli.markdown.config_tree import find_custom_dir, read_tree
from mkdocs_bookreview.comments.archive.data import FOLDER as ARCHIVES
from mkdocs_bookreview.publishing.stamps import Stamp, read_stamp
from mkdocs_bookreview.settings.config_file import list_config_files, read_config_file

_PAUSE = 0.5  # seconds between two looks at all files, which take 10 ms for 1000 of them

Stamps = dict[Path, Stamp | None]


def read_stamps(config_file: Path, export: Path) -> Stamps:
    """Return time and size of each file that an export depends on.

    Files of the export are left out, because the export may be in the author's project. Raise
    OSError if `mkdocs.yml` cannot be read.
    """
    beside = [path for path in config_file.parent.iterdir() if path.suffix in {".yml", ".yaml"}]
    files = {*beside, *list_config_files(config_file), *_walk(list_folders(config_file))}
    return {path: read_stamp(path) for path in files if not path.is_relative_to(export)}


def list_folders(config_file: Path) -> list[Path]:
    """Return the folders that an export reads: of pages, archived comments and templates."""
    folder = config_file.parent
    templates = find_custom_dir(read_tree(config_file), folder)
    docs_dir = read_config_file(config_file).docs_dir
    return [docs_dir, folder / ARCHIVES, *([templates] if templates else [])]


def _walk(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        for path, _, names in os.walk(folder, followlinks=True):
            yield from (Path(path, name) for name in names)


def wait_for_change(config_file: Path, export: Path, before: Stamps) -> Stamps:
    """Wait until a file changes, and return the new stamps of all files."""
    while True:
        time.sleep(_PAUSE)
        try:
            now = read_stamps(config_file, export)
        except (OSError, UnicodeDecodeError):
            continue  # because an editor may be writing `mkdocs.yml`
        if now != before:
            return now

"""Makes builds of small sites cheaper, without changing what they write."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from mkdocs.theme import Theme

from mkdocs_bookreview.publishing import raster

COMPILED = "BOOKREVIEW_TESTS_COMPILED"  # the environment variable that names the folder


class _ShownFiles(FileSystemLoader):
    """Lists files as MkDocs uses them: without those of hidden folders, which it passes over.

    Material has twelve thousand icons in one, and each build lists all files of its theme.
    """

    def list_templates(self) -> list[str]:
        return sorted({name for folder in self.searchpath for name in _list_shown(Path(folder))})


def _list_shown(folder: Path) -> Iterator[str]:
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(path, name).relative_to(folder).as_posix() for name in files)


def keep_compiled(folder: Path) -> None:
    """Let MkDocs keep in `folder` what Jinja makes of templates, by their names and texts.

    Compiling those of Material takes more than half of the time of a small site, and each build
    compiles them anew, because MkDocs makes an environment for each.
    """
    folder.mkdir(exist_ok=True)
    os.environ[COMPILED] = str(folder)  # for builds in other processes
    compiled = FileSystemBytecodeCache(str(folder))
    make = Theme.get_env

    def get_env(theme: Theme) -> Environment:
        environment = make(theme)
        environment.bytecode_cache = compiled
        environment.loader = _ShownFiles(theme.dirs)
        return environment

    Theme.get_env = get_env


def keep_drawn() -> None:
    """Let all sites of this process have one picture of each drawn cover that they share.

    Drawing one takes as long as two pages, and most sites of the tests have the same few books.
    """
    raster.render_png = cache(raster.render_png)

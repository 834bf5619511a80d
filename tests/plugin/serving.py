"""Sites as `mkdocs serve` builds them, and the clean builds that they should be like."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from tests.plugin.clean_builds import build_clean
from tests.plugin.sites import write_site

_ADDRESS = "http://127.0.0.1:8000/"
_OF_EACH_BUILD = ("Cleaning site directory", "Documentation built in")


class Built(NamedTuple):
    """`messages` are all of MkDocs and its plugins, with their levels."""

    files: dict[str, bytes]
    messages: list[tuple[str, str]]

    @property
    def warnings(self) -> list[str]:
        return [text for level, text in self.messages if level == "WARNING"]


class ServedSite:
    """Started once and built again and again."""

    def __init__(
        self,
        folder: Path,
        pages: Mapping[str, str | bytes],
        *,
        dirty: bool = False,
        **config: object,
    ) -> None:
        self.folder = folder
        self.dirty = dirty
        write_site(folder, pages, **config)
        self._load().plugins.on_startup(command="serve", dirty=dirty)

    def build(self) -> Built:
        handler = _Collector()
        logger = logging.getLogger("mkdocs")
        level = logger.level
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        try:
            build(self._load(), serve_url=_ADDRESS, dirty=self.dirty)
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)
        return _read(self.folder / "site", handler.messages)

    def build_clean(self) -> Built:
        """In a process of its own, which knows nothing of earlier builds."""
        into = self.folder / "clean"
        return _read(into, build_clean(self.folder / "mkdocs.yml", into))

    def _load(self) -> MkDocsConfig:
        return load_config(str(self.folder / "mkdocs.yml"), site_dir=str(self.folder / "site"))


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.levelname, record.getMessage()))


def _read(folder: Path, messages: list[tuple[str, str]]) -> Built:
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return Built(files, [one for one in messages if not one[1].startswith(_OF_EACH_BUILD)])


Change = Callable[[Path], None]


def edit(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / "docs" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def rename(name: str, new: str) -> Change:
    def change(folder: Path) -> None:
        (folder / "docs" / name).rename(folder / "docs" / new)

    return change


def remove(name: str) -> Change:
    return lambda folder: (folder / "docs" / name).unlink()


def add(name: str, text: str) -> Change:
    def change(folder: Path) -> None:
        (folder / "docs" / name).write_text(text, "utf-8")

    return change

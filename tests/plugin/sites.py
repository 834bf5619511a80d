"""Real sites, built by the real MkDocs, and read as browsers read them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import html5lib
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

Tree = Any


@dataclass
class Site:
    folder: Path
    messages: list[str] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        """Ours: they name the plugin."""
        return [text for level, text in self._split() if level == "WARNING"]

    @property
    def infos(self) -> list[str]:
        return [text for level, text in self._split() if level == "INFO"]

    def _split(self) -> list[tuple[str, str]]:
        return [tuple(message.split("|", 1)) for message in self.messages]  # type: ignore[misc]

    def text(self, path: str) -> str:
        return (self.folder / "site" / path).read_text("utf-8")

    def page(self, path: str) -> Tree:
        return parse(self.text(path))

    def files(self) -> dict[str, bytes]:
        site = self.folder / "site"
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in sorted(site.rglob("*"))
            if path.is_file()
        }


def parse(html: str) -> Tree:
    return html5lib.parse(html, treebuilder="lxml", namespaceHTMLElements=False)


def text_of(element: Tree) -> str:
    return " ".join("".join(element.itertext()).split())


def with_class(tree: Tree, name: str) -> list[Tree]:
    return tree.xpath(f'//*[contains(concat(" ", @class, " "), " {name} ")]')


def write_site(
    folder: Path, pages: Mapping[str, str | bytes], options: object = None, **config: object
) -> Path:
    """Write `docs/` and `mkdocs.yml`; without options the plugin stands there as a bare word."""
    for name, content in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    settings = {
        "site_name": "Shelf",
        "plugins": ["search", {"bookreview": options} if options else "bookreview"],
        "theme": {"name": "material", "font": False},
        **config,
    }
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    return path


def build_site(
    folder: Path,
    pages: Mapping[str, str | bytes],
    options: object = None,
    *,
    command: str = "build",
    into: Site | None = None,
    **config: object,
) -> Site:
    """With `serve`, built as `mkdocs serve` builds it; `into` is for builds that fail."""
    site = into or Site(folder)
    path = write_site(folder, pages, options, **config)
    handler = _Collector(site.messages)
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        loaded = load_config(str(path), site_dir=str(folder / "site"))
        loaded.plugins.on_startup(command=command, dirty=False)
        build(loaded, serve_url="http://127.0.0.1:8000/" if command == "serve" else None)
        loaded.plugins.on_shutdown()
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    return site


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__()
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "mkdocs.plugins.bookreview":
            message = record.getMessage().removeprefix("bookreview: ")
            self.messages.append(f"{record.levelname}|{message}")


def review(title: str = "Emma", author: str = "Jane Austen", body: str = "", **keys: object) -> str:
    book = {"title": title, "author": author, **keys.pop("book", {})}  # type: ignore[dict-item]
    front = yaml.safe_dump({"book": book, **keys}, allow_unicode=True, sort_keys=False)
    return f"---\n{front}---\n{body or f'What {title} says of us.'}\n"

"""Reads the Markdown extensions of a site, so that its pages can be converted without MkDocs."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from markdown import Extension, Markdown
from yaml import Node, ScalarNode, SequenceNode

from mkdocs_bookreview.cli.markdown.config_tree import find, list_entries
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.spoilers.extension import NAME as SPOILERS
from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

_BUILT_IN = ("toc", "tables", "fenced_code")  # MkDocs adds these to the author's extensions
_FOOTNOTES = ("footnotes", "markdown.extensions.footnotes")
_NOTES = "///Footnotes Go Here///"


@dataclass(frozen=True, slots=True)
class SiteExtensions:
    """Holds the Markdown extensions of a site by name, with their options, but without ours.

    `missing` are the names of extensions that cannot be used here.
    """

    options: dict[str, dict[str, Any]]
    missing: tuple[str, ...]

    @property
    def notes(self) -> str:
        """Return the text that the extension for footnotes replaces by the footnotes."""
        given = (self.options.get(name, {}).get("PLACE_MARKER") for name in _FOOTNOTES)
        return next((str(one) for one in given if one), _NOTES)


# The loader may run code, because MkDocs reads the same file in this way, so the author of the file
# can run code in a build anyway.
class _Loader(yaml.UnsafeLoader):
    """Reads values as MkDocs does, such as Python functions and environment variables."""

    docs_dir = Path()


def _read_environment(loader: _Loader, node: Node) -> object:
    """Return the value of the first variable that is set: `!ENV NAME` or `!ENV [NAME, default]`."""
    items = node.value if isinstance(node, SequenceNode) else [node]
    values = [loader.construct_object(item) for item in items]
    default = values.pop() if len(values) > 1 else None
    return next((os.environ[name] for name in values if name in os.environ), default)


def _read_folder(loader: _Loader, node: ScalarNode) -> str:
    # `!relative` without a value means the folder of the page. This returns `docs_dir` instead,
    # because only a build knows the page.
    docs = loader.docs_dir
    return str(docs.parent if node.value == "$config_dir" else docs)


_Loader.add_constructor("!ENV", _read_environment)
_Loader.add_constructor("!relative", _read_folder)


def read_extensions(tree: Node, docs_dir: Path) -> SiteExtensions:
    """Return the extensions that `mkdocs.yml` lists, in their order."""
    found: dict[str, dict[str, Any]] = {name: {} for name in _BUILT_IN}
    missing: list[str] = []
    for name, node in list_entries(find(tree, "markdown_extensions")):
        try:
            options = _construct(node, docs_dir)
        except (yaml.YAMLError, ImportError, AttributeError):
            # An option names, for example, a function of a theme that is not installed.
            missing.append(name)
            continue
        if name != SPOILERS:
            found[name] = options if isinstance(options, dict) else {}
    return SiteExtensions(found, tuple(missing))


def _construct(node: Node | None, docs_dir: Path) -> object:
    if node is None:
        return None
    loader = _Loader("")
    loader.docs_dir = docs_dir
    return loader.construct_document(node)


class Converter:
    """Converts Markdown with the extensions of a site and with `others`.

    `missing` are the names of extensions that cannot be used here.
    """

    def __init__(self, site: SiteExtensions, others: Iterable[Extension]) -> None:
        self._markdown = Markdown()
        self.missing = (*site.missing, *self._register(site.options))
        self._markdown.registerExtensions([*others], {})

    def _register(self, extensions: dict[str, dict[str, Any]]) -> Iterator[str]:
        registered = self._markdown.registeredExtensions
        for name, options in extensions.items():
            before = len(registered)
            try:
                self._markdown.registerExtensions([name], {name: options})
            except Exception:  # an extension may raise anything for its options
                # The extension is removed, because after a partial registration it would fail again
                # at each reset.
                del registered[before:]
                yield name

    def convert(self, text: str) -> str:
        return self._markdown.reset().convert(text)


class SealingConverter(Converter):
    """Converts pages with the extensions of a site and with ours.

    `vault` keeps the sealed spoilers of all pages, and `blocks` their blocks.
    """

    def __init__(self, site: SiteExtensions, words: Words, vault: Vault | None = None) -> None:
        self.vault = Vault(words) if vault is None else vault
        self.blocks = ListingBlocks()
        spoilers = SpoilerExtension(vault=self.vault, words=words, report=lambda _: None)
        super().__init__(site, [self.blocks, spoilers])

    def claim(self, source: str, html: str) -> list[str]:
        """Record that a page owns the spoilers in its HTML, and return their sealed elements."""
        self.vault.release(source)
        self.vault.claim(source, html)
        return self.vault.sealed(source)

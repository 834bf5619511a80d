"""Helps other plugins that would not know the pages that we make, or be wrong about them."""

from collections.abc import Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

_REDIRECTS = "redirects"
_GIT_AUTHORS = "git-authors"
# A pattern of fnmatch matches these signs only in brackets.
_AS_PATTERN = str.maketrans({sign: f"[{sign}]" for sign in "*?["})


def add_targets(config: MkDocsConfig, pages: Iterable[File]) -> None:
    """Add pages to those that redirects of mkdocs-redirects can lead to.

    It lists its targets before our pages are made, and would report that they do not exist.
    """
    plugin: Any = config.plugins.get(_REDIRECTS)
    targets = getattr(plugin, "doc_pages", None)
    if isinstance(targets, dict):
        targets.update((file.src_uri, file) for file in pages)


def leave_out_of_git(config: MkDocsConfig, pages: Iterable[File]) -> None:
    """Have mkdocs-git-authors-plugin skip pages, because it warns of those without commits."""
    plugin: Any = config.plugins.get(_GIT_AUTHORS)
    if plugin:
        patterns = dict.fromkeys(file.src_path.translate(_AS_PATTERN) for file in pages)
        known = plugin.config["exclude"] or []
        # A new list, because the plugin's default list is shared by all sites of a process.
        plugin.config["exclude"] = list(dict.fromkeys((*known, *patterns)))

"""Finds other files that pages depend on, so that a dirty build notices changes in them."""

import os
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from mkdocs_bookreview.publishing.stamps import Stamp, read_stamp
from mkdocs_bookreview.settings.config_file import list_config_files

_SNIPPETS = "pymdownx.snippets"
# Every line that includes a snippet contains this sign, as in `--8<-- "a.md"`.
_SIGN = "8<-"
# Icons are included like templates. Other files of a theme are only copied, so a change in them
# changes no page.
_TEMPLATES = (".html", ".svg")


def read_common_stamps(config: MkDocsConfig) -> object:
    """Return the stamps of files on which all pages depend.

    These are `mkdocs.yml`, the author's templates, and snippets that are appended to each page.
    """
    path = config.config_file_path
    settings = list_config_files(Path(path)) if path else ()
    files = (*settings, *_list_templates(config.theme.custom_dir), *_list_appended(config))
    return {str(file): read_stamp(file) for file in files}


def read_defaults_stamps(config: MkDocsConfig, files: Files) -> Mapping[str, Stamp | None]:
    """Return the stamps of the files that give front matter to a folder's pages, by folder.

    Material's meta plugin reads these files, such as `.meta.yml`.
    """
    options = (getattr(plugin, "config", {}) for plugin in config.plugins.values())
    names = {str(one["meta_file"]) for one in options if "meta_file" in one}
    return {
        posixpath.dirname(file.src_uri): read_stamp(file.abs_src_path)
        for file in files
        if names and posixpath.basename(file.src_uri) in names
    }


def list_signs(config: MkDocsConfig) -> list[str]:
    """Return texts that mark a page whose HTML depends on files that we do not know."""
    return [_SIGN] if _SNIPPETS in config.markdown_extensions else []


def _list_templates(folder: str | None) -> Iterator[Path]:
    for path, _, names in os.walk(folder) if folder else ():
        yield from (Path(path, name) for name in names if name.endswith(_TEMPLATES))


def _list_appended(config: MkDocsConfig) -> Iterator[Path]:
    options = config.mdx_configs.get(_SNIPPETS, {})
    bases = options.get("base_path", ["."])
    for base in [bases] if isinstance(bases, str) else bases:
        yield from (Path(base, name) for name in options.get("auto_append", ()))

"""Describes what the conversion of a page depends on, apart from the page's own text."""

import pkgutil
from collections.abc import Mapping
from functools import partial
from types import FunctionType
from typing import Any

import markdown.extensions
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from mkdocs_bookreview.plugin.options import find_language, is_ours

_SHORT_NAMES = frozenset(one.name for one in pkgutil.iter_modules(markdown.extensions.__path__))
# The result of these extensions depends on the text and their options only...
_KNOWN = ("markdown.extensions.", "pymdownx.")
# ...except for these, because they read other files.
_READERS = ("pymdownx.b64", "pymdownx.snippets")
# Functions of these packages may be values of options, for slugs, fences and icons. Others count as
# unknown, because they may depend on anything.
_KNOWN_FUNCTIONS = ("markdown.", "material.", "pymdownx.")


class _UnknownError(Exception):
    """Raised for an option value whose effect we cannot compare between builds."""


def find_site_context(config: MkDocsConfig, files: Files) -> object:
    """Return a description of what all pages depend on.

    If it is equal in two builds, each link leads to the same place and is reported alike, and
    spoilers have the same words.
    """
    return (
        find_language(config),
        config.use_directory_urls,
        config.validation,
        set(map(_describe, files)),
    )


def find_late_files(files: Files, count: int) -> tuple[object, ...]:
    """Return the number of files, and a description of each file after the first `count`."""
    late = list(files)[count:] if len(files) > count else []
    return len(files), *map(_describe, late)


def _describe(file: File) -> tuple[object, ...]:
    return file.src_uri, file.url, file.inclusion


def find_options(config: MkDocsConfig) -> object | None:
    """Return the Markdown extensions and their options; None if their effect is unknown.

    If two results are equal, the same text gives the same HTML. The effect is unknown if there is
    an extension or a function that we do not know. Other plugins may change options from page to
    page, so call it for each page.
    """
    extensions = [one for one in config.markdown_extensions if not is_ours(one)]
    if not all(map(_is_known, extensions)):
        return None
    try:
        return extensions, _freeze(config.mdx_configs)
    except _UnknownError:
        return None


def _is_known(extension: object) -> bool:
    if not isinstance(extension, str) or extension.startswith(_READERS):
        return False
    return extension.startswith(_KNOWN) or extension in _SHORT_NAMES


def _freeze(value: Any) -> object:
    """Return a copy of an option value that can be compared with that of a later build.

    A `partial` becomes a list of its parts, because MkDocs makes a new one whenever it reads
    `mkdocs.yml`, and two are never equal. `{"a": partial(f, 1)}` gives `{"a": [f, [1], {}]}`.
    """
    if isinstance(value, Mapping):
        return {key: _freeze(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_freeze(one) for one in value]
    if isinstance(value, partial):
        return [_freeze(one) for one in (value.func, value.args, value.keywords)]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, FunctionType) and str(value.__module__).startswith(_KNOWN_FUNCTIONS):
        return value
    raise _UnknownError

"""What MkDocs' conversion of a page depends on, beside the page's own text."""

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
# What these make of a text depends on nothing but their options...
_KNOWN = ("markdown.extensions.", "pymdownx.")
# ...except for these, which read other files.
_READERS = ("pymdownx.b64", "pymdownx.snippets")
# Whose functions may stand in the options, as for slugs, fences and icons.
_KNOWN_FUNCTIONS = ("markdown.", "material.", "pymdownx.")


class _UnknownError(Exception):
    """For something that may depend on whatever it likes."""


def find_site_context(config: MkDocsConfig, files: Files) -> object:
    """What all pages share. It is equal where a link leads to the same, and is told the same of."""
    return (
        find_language(config),
        config.use_directory_urls,
        config.validation,
        set(map(_describe, files)),
    )


def find_late_files(files: Files, count: int) -> tuple[object, ...]:
    """How many files there are by now, and what came to the first `count`."""
    late = list(files)[count:] if len(files) > count else []
    return len(files), *map(_describe, late)


def _describe(file: File) -> tuple[object, ...]:
    return file.src_uri, file.url, file.inclusion


def find_options(config: MkDocsConfig) -> object | None:
    """The extensions and their options, which others may change from page to page.

    Equal ones make the same of the same text. None where nobody can say so, as there is an
    extension or a function that we do not know.
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
    """Functions with arguments are made anew whenever `mkdocs.yml` is read."""
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

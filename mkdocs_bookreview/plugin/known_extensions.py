"""Knows Markdown extensions that read nothing but the text of a page."""

import pkgutil
from collections.abc import Mapping
from functools import partial
from types import FunctionType
from typing import Any

import markdown.extensions
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.plugin.options import is_ours

_SHORT_NAMES = frozenset(one.name for one in pkgutil.iter_modules(markdown.extensions.__path__))
# The result of these extensions depends only on the text and their options, except for `_READERS`.
_KNOWN = ("markdown.extensions.", "pymdownx.")
# The result of these extensions also depends on other files, because they read them.
_READERS = ("pymdownx.b64", "pymdownx.snippets")
# Functions of these packages may be values of options, for slugs, fences and icons. Others count as
# unknown, because they may depend on anything.
_KNOWN_FUNCTIONS = ("markdown.", "material.", "pymdownx.")


def is_known(config: MkDocsConfig) -> bool:
    """Return whether the HTML of a page surely depends on nothing but its text and the options.

    It may depend on anything if there is an extension or a function that we do not know.
    """
    extensions = [one for one in config.markdown_extensions if not is_ours(one)]
    return all(map(_is_known_extension, extensions)) and _is_known_value(config.mdx_configs)


def _is_known_extension(extension: object) -> bool:
    if not isinstance(extension, str) or extension.startswith(_READERS):
        return False
    return extension.startswith(_KNOWN) or extension in _SHORT_NAMES


def _is_known_value(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(map(_is_known_value, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_known_value, value))
    if isinstance(value, partial):
        return _is_known_value((value.func, value.args, value.keywords))
    if isinstance(value, FunctionType):
        return str(value.__module__).startswith(_KNOWN_FUNCTIONS)
    return value is None or isinstance(value, bool | int | float | str)

"""What MkDocs' conversion of a page depends on, beside the page's own text."""

import pkgutil
from collections.abc import Mapping
from functools import partial
from types import FunctionType
from typing import Any

import markdown.extensions
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.plugin.options import find_language
from mkdocs_bookreview.spoilers.extension import SpoilerExtension

_OURS = SpoilerExtension | ListingBlocks
_SHORT_NAMES = frozenset(one.name for one in pkgutil.iter_modules(markdown.extensions.__path__))
# What these make of a text depends on nothing but their options...
_KNOWN = ("markdown.extensions.", "pymdownx.")
# ...except for these, which read other files.
_READERS = ("pymdownx.b64", "pymdownx.snippets")
# Whose functions may stand in the options, as for slugs, fences and icons.
_KNOWN_FUNCTIONS = ("markdown.", "material.", "pymdownx.")


class _UnknownError(Exception):
    """For something that may depend on whatever it likes."""


def find_context(config: MkDocsConfig, files: Files) -> object | None:
    """What is equal in two builds that make the same HTML of the same text.

    None where nobody can say so, as there is an extension or a function that we do not know.
    """
    extensions = [one for one in config.markdown_extensions if not isinstance(one, _OURS)]
    if not all(map(_is_known, extensions)):
        return None
    try:
        options = _freeze(config.mdx_configs)
    except _UnknownError:
        return None
    return (
        extensions,
        options,
        find_language(config),
        config.use_directory_urls,
        config.validation,
        {(file.src_uri, file.url, file.inclusion) for file in files},
    )


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
    is_known = isinstance(value, FunctionType) and value.__module__.startswith(_KNOWN_FUNCTIONS)
    if is_known or value is None or isinstance(value, bool | int | float | str):
        return value
    raise _UnknownError

"""Reads the plugin's options, and adds our parts to the configuration of MkDocs."""

from collections.abc import Iterable, Mapping, MutableSequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Extension
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.plugin.data_files import find_data_file
from mkdocs_bookreview.publishing.assets import Asset
from mkdocs_bookreview.rendering.templates import FOLDER as TEMPLATES
from mkdocs_bookreview.settings.config_file import MATERIAL, read_config_file
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.options import read_settings
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.settings.words import OwnTexts, read_words
from mkdocs_bookreview.spoilers.extension import NAME, SpoilerExtension
from mkdocs_bookreview.words.table import TABLE

_MODULE = SpoilerExtension.__module__
# Authors may list our extension under each of these names, because Python-Markdown knows all of
# them.
_NAMES = frozenset(
    {NAME, _MODULE, f"{_MODULE}:makeExtension", f"{_MODULE}:{SpoilerExtension.__name__}"}
)
_ASSETS = "assets/bookreview/"


@dataclass(frozen=True, slots=True)
class PluginOptions:
    """Holds the plugin's options as they were read.

    `settings` are the valid options. `own_texts` are the author's texts that replace ours.
    `provider` shows comments; None if the site has no comments, or if their options are invalid.
    `problems` describe the invalid options.
    """

    settings: Settings
    own_texts: OwnTexts
    provider: Provider | None
    problems: tuple[Problem, ...]


def read_options(given: Mapping[str, object], config: MkDocsConfig) -> PluginOptions:
    """Validate the options in `mkdocs.yml`; problems have the lines of that file."""
    marks = find_marks(config)
    settings, problems = read_settings(
        given, marks, lambda name: bool(find_data_file(name, config))
    )
    own_texts, found = read_words(settings.words, marks.below(("words",)), TABLE)
    problems += found
    provider = None
    if settings.comments:
        # This is imported here, because a site without comments needs no provider, and importing
        # all providers takes as long as importing all code for front matter.
        from mkdocs_bookreview.comments.providers import read_provider  # noqa: PLC0415

        provider, found = read_provider(settings.comments, marks.below(("comments",)))
        problems += found
    return PluginOptions(settings, own_texts, provider, tuple(problems))


def find_marks(config: MkDocsConfig) -> Marks:
    """Return the places of the plugin's options in `mkdocs.yml`."""
    if not config.config_file_path:
        return Marks("mkdocs.yml")
    return read_config_file(Path(config.config_file_path)).marks


def find_language(config: MkDocsConfig) -> str:
    """Return the `language` of Material, or the `locale` of another theme, or else English."""
    return str(config.theme.get("language") or config.theme.get("locale") or "en")


def is_material(config: MkDocsConfig) -> bool:
    """Return whether the theme is Material or MaterialX, which style text in the same way."""
    return config.theme.name in MATERIAL


def add_templates(config: MkDocsConfig) -> None:
    """Add our templates behind the theme's folders, so that `custom_dir` can replace them."""
    if TEMPLATES not in config.theme.dirs:
        config.theme.dirs.append(TEMPLATES)


def add_extensions(config: MkDocsConfig, ours: Iterable[Extension]) -> None:
    """Add our extensions, and remove those of ours that are listed already.

    The author may list `bookreview_spoilers`, and `mkdocs serve` may use a configuration again.
    With two extensions, the text of a spoiler would be sealed twice.
    """
    others = [one for one in config.markdown_extensions if not is_ours(one)]
    config.markdown_extensions = others + list[Any](ours)


def is_ours(extension: object) -> bool:
    if isinstance(extension, str):
        return extension in _NAMES
    return isinstance(extension, SpoilerExtension | ListingBlocks)


def lists_spoilers(config: MkDocsConfig) -> bool:
    """Return whether our extension is listed, by the author or by an earlier build."""
    return any(map(is_ours, config.markdown_extensions))


def add_styles(config: MkDocsConfig, styles: Asset) -> None:
    """Have every page load our stylesheet."""
    _replace_ours(config.extra_css, styles.uri)


def add_scripts(config: MkDocsConfig, scripts: Asset) -> None:
    """Have every page load our script, deferred.

    Otherwise a script in the browser's cache would run before the first paint, and the page would
    appear later.
    """
    deferred = ExtraScriptValue(scripts.uri)
    deferred.defer = True
    _replace_ours(config.extra_javascript, deferred)


def _replace_ours(values: MutableSequence[Any], ours: object) -> None:
    """Add a value, and remove an older value of ours.

    `values` may have an older value, because `mkdocs serve` may use a configuration again.
    """
    for old in [value for value in values if str(value).startswith(_ASSETS)]:
        values.remove(old)
    values.append(ours)

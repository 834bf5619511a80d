"""Reads options of `comments` as the plugin does."""

from collections.abc import Mapping
from typing import Any

from mkdocs_bookreview.comments.provider import Conversation, Provider
from mkdocs_bookreview.comments.providers import read_provider
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.marked_yaml import Marks


def settings_of(options: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Return the provider that reads these options of `comments`, and the problems in them."""
    settings = CommentsSettings.model_validate(dict(options))
    provider, problems = read_provider(settings, Marks("mkdocs.yml"))
    return provider, [str(problem) for problem in problems]


def all_options(provider: Provider, about: Conversation) -> dict[str, Any]:
    """Return the options of a page as its adapter gets them."""
    embed = provider.embed(about)
    assert embed
    assert not embed.options.keys() & provider.site_options(about.language).keys()
    return {**provider.site_options(about.language), **embed.options}

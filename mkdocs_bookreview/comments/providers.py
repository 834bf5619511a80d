"""List the supported providers. A new provider needs a file in this folder and a row here."""

from collections.abc import Mapping
from dataclasses import replace

from mkdocs_bookreview.comments.bluesky import Bluesky
from mkdocs_bookreview.comments.custom import Custom
from mkdocs_bookreview.comments.disqus import Disqus
from mkdocs_bookreview.comments.giscus import Giscus
from mkdocs_bookreview.comments.isso import Isso
from mkdocs_bookreview.comments.mastodon import Mastodon
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.comments.remark42 import Remark42
from mkdocs_bookreview.comments.waline import Waline
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.fixes import did_you_mean
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.typed import read_typed

PROVIDERS: Mapping[str, type[Provider]] = {
    "giscus": Giscus,
    "isso": Isso,
    "waline": Waline,
    "remark42": Remark42,
    "disqus": Disqus,
    "mastodon": Mastodon,
    "bluesky": Bluesky,
    "custom": Custom,
}

_CUSTOM = "Use `provider: custom`, which shows any service by its snippet."

ALTERNATIVES: Mapping[str, str] = {
    "artalk": f"It may be supported later. {_CUSTOM}",
    "cactus": _CUSTOM,
    "comentario": f"It may be supported later. {_CUSTOM}",
    "commento": f"It is no longer developed; Comentario continues it. {_CUSTOM}",
    "cusdis": f"Its developers call it deprecated. {_CUSTOM}",
    "gitalk": "It puts its secret key for GitHub into every page. Use `provider: giscus`, which"
    " keeps comments at GitHub too.",
    "hyvor": f"It may be supported later. {_CUSTOM}",
    "twikoo": f"It may be supported later. {_CUSTOM}",
    "utterances": "It has not changed since 2022. Use `provider: giscus`, which keeps comments at"
    " GitHub too.",
    "valine": "It is no longer developed. Use `provider: waline`, which was modelled on it.",
    "vssue": "Use `provider: giscus`, which keeps comments at GitHub too.",
    "webmention": "Webmentions are not a comment service. Install mkdocs-webmention, and write"
    " `webmention` under `plugins:`; it works beside this plugin.",
}
"""Each unsupported service has a sentence that says what to use instead."""

_PREFIX = "comments."


def read_provider(
    settings: CommentsSettings, marks: Marks
) -> tuple[Provider | None, list[Problem]]:
    """Return the provider with its own options, or None if it is invalid, and the problems.

    `marks` finds places in the mapping `comments`.
    """
    schema = PROVIDERS.get(settings.provider.lower())
    if schema is None:
        return None, [_unknown_provider(settings.provider, marks)]
    provider, problems = read_typed(schema, settings.provider_options, marks, _PREFIX)
    return provider, [_say_where(problem, schema) for problem in problems]


def _unknown_provider(name: str, marks: Marks) -> Problem:
    what = f"`{_PREFIX}provider` is `{name}`, which is not supported."
    fix = ALTERNATIVES.get(name.lower()) or did_you_mean(name, PROVIDERS, "values")
    return Problem(marks.place(("provider",)), what, fix)


def _say_where(problem: Problem, schema: type[Provider]) -> Problem:
    """Return the problem; if its option is required, the fix also says where to find the value."""
    asked_for = (
        f"`{_PREFIX}{field.alias or name}`"
        for name, field in schema.model_fields.items()
        if field.is_required() or field.validate_default
    )
    if not problem.what.startswith(tuple(asked_for)):
        return problem
    return replace(problem, fix=f"{problem.fix} {schema.where}")

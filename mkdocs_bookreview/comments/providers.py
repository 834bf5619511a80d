"""List the providers that we know. A new provider needs a file beside this one and a row here."""

from collections.abc import Mapping
from dataclasses import replace

from mkdocs_bookreview.comments.disqus import Disqus
from mkdocs_bookreview.comments.giscus import Giscus
from mkdocs_bookreview.comments.isso import Isso
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.comments.remark42 import Remark42
from mkdocs_bookreview.comments.waline import Waline
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.settings import CommentsSettings
from mkdocs_bookreview.settings.typed import did_you_mean, read_typed

PROVIDERS: Mapping[str, type[Provider]] = {
    "disqus": Disqus,
    "giscus": Giscus,
    "isso": Isso,
    "remark42": Remark42,
    "waline": Waline,
}

_PREFIX = "comments."


def read_provider(
    settings: CommentsSettings, marks: Marks
) -> tuple[Provider | None, list[Problem]]:
    """Read the provider's own options; `marks` are those of the mapping `comments`."""
    schema = PROVIDERS.get(settings.provider.lower())
    if schema is None:
        return None, [_unknown_provider(settings.provider, marks)]
    provider, problems = read_typed(schema, settings.provider_options, marks, _PREFIX)
    return provider, [_say_where(problem, schema) for problem in problems]


def _unknown_provider(name: str, marks: Marks) -> Problem:
    what = f"`{_PREFIX}provider` is `{name}`, which is not supported."
    return Problem(marks.place(("provider",)), what, did_you_mean(name, PROVIDERS, "values"))


def _say_where(problem: Problem, schema: type[Provider]) -> Problem:
    """Return the problem with where to find the value, if the option must be given."""
    asked_for = (
        f"`{_PREFIX}{name}`"
        for name, field in schema.model_fields.items()
        if field.is_required() or field.validate_default
    )
    if not problem.what.startswith(tuple(asked_for)):
        return problem
    return replace(problem, cure=f"{problem.cure} {schema.where}")

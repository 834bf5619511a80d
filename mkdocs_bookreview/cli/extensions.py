"""Loads the Markdown extensions that a site lists in `mkdocs.yml`, without MkDocs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markdown import Markdown

from mkdocs_bookreview.settings.switches import NO, YES

SPOILERS = "bookreview_spoilers"
_BUILT_IN = ("toc", "tables", "fenced_code")  # MkDocs adds these to those of a site
# Pages with anything else may hide more than their own text has.
_KNOWN = ("markdown.extensions.", "pymdownx.")
_READERS = ("pymdownx.b64", "pymdownx.snippets")  # these read other files
_PROBE = "# A *heading*\n\n## `code` :smile:\n\n```python\nx\n```\n"


@dataclass(frozen=True, slots=True)
class SiteExtensions:
    """Holds the extensions of a site that work here.

    `options` has those of each extension by its name. `left_out` are names of extensions that do
    not work here, because they are not installed, or are part of another program.
    `read_other_files` is True if the text of a page may come from somewhere else.
    """

    options: Mapping[str, Mapping[str, object]]
    left_out: tuple[str, ...]
    read_other_files: bool


def load_extensions(listed: Mapping[str, Mapping[str, object]]) -> SiteExtensions:
    """Try each extension that a site lists; `bookreview_spoilers` is left to the caller."""
    wanted = {**{name: {} for name in _BUILT_IN}, **listed}
    wanted.pop(SPOILERS, None)
    working = {name: found for name, options in wanted.items() if (found := _try(name, options))}
    return SiteExtensions(
        {name: options for name, (options,) in working.items()},
        tuple(name for name in wanted if name not in working),
        any(name.startswith(_READERS) or not _is_known(name) for name in working),
    )


def _is_known(name: str) -> bool:
    return "." not in name or name.startswith(_KNOWN)


def _try(name: str, options: Mapping[str, object]) -> tuple[Mapping[str, object]] | None:
    """Return the options with which an extension works, or None if it works with none."""
    for given in (dict(_read_items(options)), {}):
        try:
            Markdown(extensions=[name], extension_configs={name: given}).convert(_PROBE)
        except Exception:  # noqa: S112  # an extension may raise anything
            continue
        return (given,)
    return None


def _read_items(options: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield options with numbers and switches, which `mkdocs.yml` is not read with.

    Leave out empty ones: that is how `!!python/name:` is read, and functions change no words.
    """
    for key, value in options.items():
        if value != "":
            yield key, _read(value)


def _read(value: object) -> object:
    if isinstance(value, dict):
        return dict(_read_items(value))
    if isinstance(value, list):
        return [_read(item) for item in value]
    if not isinstance(value, str):
        return value
    if value.lower() in YES or value.lower() in NO:
        return value.lower() in YES
    return int(value) if value.isdecimal() else value

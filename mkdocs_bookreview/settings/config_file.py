"""Our part of `mkdocs.yml`, read without MkDocs; files that it INHERITs from count.

Format: https://www.mkdocs.org/user-guide/configuration/
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.marked_yaml import MarkedData, Marks, Path, read_marked_yaml

PLUGIN = "bookreview"
_BLOG = ("blog", "material/blog")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """`options` is None where the plugin is not listed, `site` has texts of other keys."""

    docs_dir: FilePath
    options: Mapping[str, object] | None
    marks: Marks
    problems: tuple[Problem, ...] = field(default=())
    site: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    has_blog: bool = False

    @property
    def use_directory_urls(self) -> bool:
        return self.site.get("use_directory_urls", "").lower() not in {"false", "no", "off"}


def read_config_file(path: FilePath) -> ConfigFile:
    """Raises OSError where a file cannot be read, and UnicodeDecodeError where it is not UTF-8."""
    documents = _read_chain(path)
    site = {
        key: value
        for one in reversed(documents)
        for key, value in one.mapping.items()
        if isinstance(value, str)
    }
    language = _find_language(documents)
    docs_dir = path.parent / site.get("docs_dir", "docs")
    problems = tuple(problem for one in documents for problem in one.problems)
    for document in documents:
        if (entry := _find_entry(document.mapping.get("plugins"))) is not None:
            options = _item(document.mapping["plugins"], entry)
            return ConfigFile(
                docs_dir,
                options if isinstance(options, dict) else {},
                document.marks.below(("plugins", *entry)),
                problems,
                site,
                language,
                any(_find_entry(document.mapping["plugins"], name) for name in _BLOG),
            )
    return ConfigFile(docs_dir, None, Marks(path.name), problems, site, language)


def _find_language(documents: Iterable[MarkedData]) -> str:
    """Material has a `language`, MkDocs' own themes have a `locale`."""
    themes = (one.mapping.get("theme") for one in documents)
    theme = next((one for one in themes if isinstance(one, dict)), {})
    return str(theme.get("language") or theme.get("locale") or "en")


def _read_chain(path: FilePath) -> list[MarkedData]:
    """The file, then what it inherits from, nearest first."""
    folder = path.parent
    documents: list[MarkedData] = []
    seen: set[FilePath] = set()
    while path.resolve() not in seen:
        seen.add(path.resolve())
        name = path.relative_to(folder) if path.is_relative_to(folder) else path
        text = path.read_text("utf-8-sig")
        documents.append(read_marked_yaml(text, name.as_posix(), environment=os.environ))
        parent = documents[-1].mapping.get("INHERIT")
        if isinstance(parent, str):
            path = path.parent / parent
    return documents


def _find_entry(plugins: object, name: str = PLUGIN) -> Path | None:
    """The way from `plugins` to the options of one: it may be a list or a mapping."""
    if isinstance(plugins, dict):
        return (name,) if name in plugins else None
    if isinstance(plugins, list):
        for place, plugin in enumerate(plugins):
            if plugin == name:
                return (place,)
            if isinstance(plugin, dict) and name in plugin:
                return (place, name)
    return None


def _item(plugins: object, entry: Path) -> object:
    for part in entry:
        plugins = plugins[part]  # type: ignore[index] # the way was just found
    return plugins

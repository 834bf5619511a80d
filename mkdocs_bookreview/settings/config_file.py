"""Reads the plugin's part of `mkdocs.yml` and of the files it inherits, without MkDocs.

Format: https://www.mkdocs.org/user-guide/configuration/
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from urllib.parse import urlsplit

from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.marked_yaml import MarkedData, Marks, Path, read_marked_yaml
from mkdocs_bookreview.settings.switches import NO
from mkdocs_bookreview.settings.typed import shown

PLUGIN = "bookreview"
MATERIAL = frozenset({"material", "materialx"})  # themes that style text in the same way
_BLOG = ("blog", "material/blog", "materialx/blog")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """Holds the parts of `mkdocs.yml` that commands need.

    `docs_dir` is the folder of the pages. `options` are the plugin's options, None if the plugin is
    not listed, and `marks` finds their places. `problems` are mistakes in the YAML itself and in
    `site_url`. `site` has all top-level values that are text, without an invalid `site_url`; the
    nearest file wins. `language` is the language of the theme, `en` if the theme has none.
    `has_blog` is True if the blog plugin is listed beside ours. `extra` is the mapping `extra`,
    with all values as text.
    """

    docs_dir: FilePath
    options: Mapping[str, object] | None
    marks: Marks
    problems: tuple[Problem, ...] = field(default=())
    site: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    has_blog: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the file that lists the plugin, such as `properdocs.yml`."""
        return self.marks.file

    @property
    def use_directory_urls(self) -> bool:
        return self.site.get("use_directory_urls", "").lower() not in NO


def read_config_file(path: FilePath) -> ConfigFile:
    """Read `mkdocs.yml` at `path`, and the options from the nearest file that lists our plugin.

    Raise OSError if a file cannot be read, and UnicodeDecodeError if it is not UTF-8.
    """
    documents = [*_read_chain(path).values()]
    site = {
        key: value
        for one in reversed(documents)
        for key, value in one.mapping.items()
        if isinstance(value, str)
    }
    language = _find_language(documents)
    docs_dir = path.parent / site.get("docs_dir", "docs")
    wrong = [*_check_address(documents)]
    if wrong:
        del site["site_url"]  # because code that reads an invalid address would raise ValueError
    problems = (*(problem for one in documents for problem in one.problems), *wrong)
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
                _merge(one.mapping.get("extra") for one in reversed(documents)),
            )
    return ConfigFile(docs_dir, None, Marks(path.name), problems, site, language)


def _check_address(documents: Iterable[MarkedData]) -> Iterator[Problem]:
    """Yield a problem if the `site_url` of the nearest file that has one is not an address."""
    for one in documents:
        url = one.mapping.get("site_url")
        if isinstance(url, str):
            if url and not _is_address(url):
                what = f"`site_url` must be an address, but is {shown(url)}."
                fix = "Write for example `site_url: https://ann.example/`."
                yield Problem(one.marks.place(("site_url",)), what, fix)
            return


def _is_address(text: str) -> bool:
    try:
        return bool(urlsplit(text).scheme)
    except ValueError:
        return False


def _find_language(documents: Iterable[MarkedData]) -> str:
    """Return the `language` of Material, or the `locale` of a theme of MkDocs, or `en`."""
    themes = (one.mapping.get("theme") for one in documents)
    theme = next((one for one in themes if isinstance(one, dict)), {})
    return str(theme.get("language") or theme.get("locale") or "en")


def find_file_with(path: FilePath, key: str) -> tuple[FilePath, Mapping[str, object]]:
    """Return the nearest file that has a key, and all its top-level values.

    If neither `path` nor a file that it inherits has the key, return `path` and an empty mapping.
    """
    documents = _read_chain(path).items()
    found = ((file, one.mapping) for file, one in documents if key in one.mapping)
    return next(found, (path, {}))


def find_place(path: FilePath, key: str) -> Place:
    """Return the place of a top-level key in the nearest file that has it, or else `path`."""
    documents = _read_chain(path).values()
    found = (one.marks.place((key,)) for one in documents if key in one.mapping)
    return next(found, Place(path.name))


def list_config_files(path: FilePath) -> list[FilePath]:
    """Return the paths of `mkdocs.yml` and of the files that it inherits, nearest first."""
    return [*_read_chain(path)]


def _read_chain(path: FilePath) -> dict[FilePath, MarkedData]:
    """Return the file and the files that it inherits, nearest first; a circle ends the search."""
    folder = path.parent
    documents: dict[FilePath, MarkedData] = {}
    while path.resolve() not in documents:
        name = path.relative_to(folder) if path.is_relative_to(folder) else path
        text = path.read_text("utf-8-sig")
        document = read_marked_yaml(text, name.as_posix(), environment=os.environ)
        documents[path.resolve()] = document
        parent = document.mapping.get("INHERIT")
        if isinstance(parent, str):
            path = path.parent / parent
    return documents


def _merge(values: Iterable[object]) -> dict[str, object]:
    """Return one mapping merged from several; later values win, and inner mappings are merged."""
    merged: dict[str, object] = {}
    for mapping in values:
        for key, value in mapping.items() if isinstance(mapping, dict) else ():
            merged[key] = _merge([merged.get(key), value]) if isinstance(value, dict) else value
    return merged


def _find_entry(plugins: object, name: str = PLUGIN) -> Path | None:
    """Return the path below `plugins`, a list or a mapping, to the options of a plugin."""
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
        plugins = plugins[part]  # type: ignore[index] # because `_find_entry` found this path
    return plugins

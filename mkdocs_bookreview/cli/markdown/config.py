"""Writes the `mkdocs.yml` of an export, which Zensical reads too.

Formats: https://www.mkdocs.org/user-guide/configuration/ and https://zensical.org/docs/
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from mkdocs_bookreview.cli.markdown.config_tree import (
    drop,
    find,
    list_entries,
    make_mapping,
    make_sequence,
    put,
    read_value,
    represent,
    write_entries,
    write_tree,
)
from mkdocs_bookreview.settings.config_file import MATERIAL, PLUGIN
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.spoilers.extension import NAME as SPOILERS

_REDIRECTS = "redirects"
_LLMSTXT = "llmstxt"
_MENUS = frozenset({"awesome-nav", "literate-nav", "api-autonav", "mkdocs-nav-weight"})
_SNIPPETS = "pymdownx.snippets"
TEMPLATES = "overrides"
# These options are left out, because they name files or folders of the author's project, or pages
# that the export does not have.
_LEFT_OUT = ("site_dir", "hooks", "watch", "draft_docs", "exclude_docs")


def choose_docs_folder(tree: MappingNode) -> str:
    """Return the docs folder of the export: the author's `docs_dir`, or `docs`.

    It is `docs` if `docs_dir` is missing, absolute, or not below the project's folder.
    """
    name = read_value(find(tree, "docs_dir"))
    path = PurePosixPath(str(name or "docs"))
    is_inside = not path.is_absolute() and ".." not in path.parts and path.parts
    return path.as_posix() if is_inside else "docs"


class ExportConfig:
    """Changes the tree of a `mkdocs.yml` for an export; `notes` describe settings that get lost."""

    def __init__(self, tree: MappingNode) -> None:
        self.tree = make_mapping(tree)
        self.notes: list[str] = []
        for key in _LEFT_OUT:
            drop(self.tree, key)
        put(self.tree, "docs_dir", choose_docs_folder(tree))

    def write(self) -> str:
        return write_tree(self.tree)

    def choose_theme(self, *, has_templates: bool) -> None:
        """Write the theme Material, with its options.

        Only the language of another theme is kept, because Zensical does not know such a theme.
        """
        theme = find(self.tree, "theme")
        name = theme.value if isinstance(theme, ScalarNode) else read_value(find(theme, "name"))
        if name is None or name in MATERIAL:
            chosen = make_mapping(theme)
        else:
            self.notes.append(
                f"The export uses the theme Material instead of `{name}`, which"
                " Zensical does not have."
            )
            chosen = _keep_language(theme)
        put(chosen, "name", "material")
        drop(chosen, "custom_dir")
        if has_templates:
            put(chosen, "custom_dir", TEMPLATES)
        put(self.tree, "theme", chosen)

    def set_plugins(self, redirects: Mapping[str, str]) -> None:
        """Leave our plugin out, and have the plugin `redirects` make the redirects.

        `redirects` maps the source that a page at an old address would have to the present source:
        `old.md` to `new.md`.
        """
        given = [*list_entries(find(self.tree, "plugins"))]
        entries = [one for one in given if one[0] not in {PLUGIN, _LLMSTXT}]
        if any(name == _LLMSTXT for name, _ in given):
            self.notes.append(
                f"The plugin `{_LLMSTXT}` is left out, because it publishes the sources of pages,"
                " with their spoilers."
            )
        if redirects:
            own = read_value(find(dict(entries).get(_REDIRECTS), "redirect_maps"))
            maps = {**redirects, **(own if isinstance(own, dict) else {})}
            entries = [one for one in entries if one[0] != _REDIRECTS]
            entries.append((_REDIRECTS, represent({"redirect_maps": maps})))
        put(self.tree, "plugins", write_entries(entries))

    def set_extensions(self, settings: Settings, language: str) -> None:
        """Add our Markdown extension to the list, with the site's language and words."""
        entries = list_entries(find(self.tree, "markdown_extensions"))
        kept = [one for one in entries if one[0] != SPOILERS]
        ours: dict[str, object] = {"language": language}
        if settings.words:
            ours["words"] = dict(settings.words)
        kept.append((SPOILERS, represent(ours)))
        put(self.tree, "markdown_extensions", write_entries(kept))

    def set_snippet_folders(self, project: Path, folder: Path) -> None:
        """Make the paths of snippets in `project` relative to the export's `folder`."""
        entries = [*list_entries(find(self.tree, "markdown_extensions"))]
        options = dict(entries).get(_SNIPPETS)
        if all(name != _SNIPPETS for name, _ in entries):
            return
        given = read_value(find(options, "base_path")) or "."
        bases = [given] if isinstance(given, str) else given
        paths = [os.path.relpath(project / str(base), folder) for base in _list(bases)]
        chosen = make_mapping(options)
        put(chosen, "base_path", [Path(path).as_posix() for path in paths])
        changed = [(name, chosen if name == _SNIPPETS else one) for name, one in entries]
        put(self.tree, "markdown_extensions", write_entries(changed))

    def add_assets(self, styles: str, script: str) -> None:
        """Have every page load our styles and our script."""
        self._append("extra_css", [represent(styles)])
        self._append("extra_javascript", [represent({"path": script, "type": "module"})])

    def _append(self, key: str, nodes: list[Node]) -> None:
        known = find(self.tree, key)
        items = known.value if isinstance(known, SequenceNode) else []
        put(self.tree, key, make_sequence([*items, *nodes]))

    def set_menu(self, menu: Sequence[object], apart: Iterable[str]) -> None:
        """Write the menu, unless the author wrote a menu, or has a plugin that makes it.

        For such a plugin, write the pages in `apart` to `not_in_nav`, because it must leave them
        out.
        """
        names = {name for name, _ in list_entries(find(self.tree, "plugins"))}
        if names & _MENUS:
            self._leave_out_of_menu(apart)
        elif not find(self.tree, "nav"):
            put(self.tree, "nav", menu)

    def _leave_out_of_menu(self, sources: Iterable[str]) -> None:
        known = read_value(find(self.tree, "not_in_nav"))
        lines = [str(known).rstrip()] if known else []
        lines += [f"/{_escape(source)}" for source in sources]
        if lines:
            text = ScalarNode("tag:yaml.org,2002:str", "\n".join(lines) + "\n", style="|")
            put(self.tree, "not_in_nav", text)


def _keep_language(theme: Node | None) -> MappingNode:
    """Return the options of a theme that Material has too."""
    kept = make_mapping()
    if code := read_value(find(theme, "language")) or read_value(find(theme, "locale")):
        put(kept, "language", str(code))
    return kept


def _list(values: object) -> list[object]:
    return values if isinstance(values, list) else []


def _escape(source: str) -> str:
    """Return a path as a pattern in the syntax of `.gitignore` that matches only this path."""
    return "".join(f"\\{sign}" if sign in "*?[]\\!# " else sign for sign in source)

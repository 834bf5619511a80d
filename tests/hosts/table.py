"""Writes the table of what was tried with each host; the manual has it too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tests.tick_table import write_ticks

ROWS = {
    "strict": "Strict builds",
    "cards": "Cards, lists and figures",
    "same": "Same text on every page",
    "sealed": "Closed spoilers",
    "whole": "Pages closed as a whole",
    "search": "No spoilers in the search",
    "mistakes": "Reports of mistakes",
    "edit": "Edits in the preview",
    "publish": "`gh-deploy`",
}
"""Rows by their name in tests, with the words of the manual."""


@dataclass(frozen=True, slots=True)
class Host:
    """Describes a program that builds sites, together with a theme.

    `label` is the head of its column, which hosts may share if they can do the same. `environment`
    is the name of its packages, and `command` is the module that runs it. `config` is the name of
    the configuration file that it finds by itself. `impossible` has reasons by the rows that it
    cannot do. `is_exported` is True if it builds what `bookreview export markdown` writes.
    """

    label: str
    environment: str
    command: str
    theme: str
    impossible: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    config: str = "mkdocs.yml"
    is_exported: bool = False


_OWN_THEMES = "MkDocs, own themes"
_PLUGINS = "It ignores plugins that it does not know"
_MISTAKES = f"{_PLUGINS}; `bookreview check` reports mistakes"
_COMMAND = "It has no such command: [publish](publish.md) in another way"
HOSTS = {
    "mkdocs": Host(
        "MkDocs",
        "mkdocs",
        "mkdocs",
        "material",
        {"same": "The others are compared with it"},
    ),
    "theme mkdocs": Host(_OWN_THEMES, "mkdocs without material", "mkdocs", "mkdocs"),
    "theme readthedocs": Host(_OWN_THEMES, "mkdocs without material", "mkdocs", "readthedocs"),
    "properdocs": Host(
        "ProperDocs",
        "properdocs",
        "properdocs",
        "material",
        config="properdocs.yml",
    ),
    "materialx": Host("MaterialX", "materialx", "mkdocs", "materialx"),
    "zensical": Host(
        "Zensical",
        "zensical",
        "zensical",
        "material",
        {
            "cards": _PLUGINS,
            "same": _PLUGINS,
            "whole": _PLUGINS,
            "mistakes": _MISTAKES,
            "publish": _COMMAND,
        },
    ),
    "zensical exported": Host(
        "Zensical, [exported](zensical.md)",
        "zensical",
        "zensical",
        "material",
        {"mistakes": _MISTAKES, "publish": _COMMAND},
        is_exported=True,
    ),
}


def write_table() -> str:
    """Return the table in Markdown, with its reasons below it."""
    columns = {host.label: host for host in HOSTS.values()}
    assert all(host.impossible == columns[host.label].impossible for host in HOSTS.values())
    table, reasons = write_ticks(columns.values(), ROWS)
    notes = [f"({n}) {reason}." for n, reason in enumerate(reasons, 1)]
    return f"{table}\n\n{'<br>'.join(notes)}"

"""A build imports only what the site needs."""

import subprocess
import sys
from functools import cache

import pytest

_HOST = "import mkdocs.commands.build, mkdocs.plugins"
_PLUGIN = f"{_HOST}, mkdocs_bookreview.plugin.plugin"
_BUILD = f"{_PLUGIN}, mkdocs_bookreview.plugin.events"


@cache
def list_imported(code: str) -> frozenset[str]:
    code = f"import sys\n{code}\nprint(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return frozenset(found.stdout.split())


def test_reading_the_configuration_of_a_site_imports_nothing_that_only_a_build_needs() -> None:
    """Tools such as mike read mkdocs.yml, which imports all plugins, and build nothing."""
    assert list_imported(_PLUGIN) - list_imported(_HOST) == {
        "mkdocs_bookreview",
        "mkdocs_bookreview.plugin",
        "mkdocs_bookreview.plugin.plugin",
    }


@pytest.mark.parametrize(
    "unneeded",
    [
        "PIL",  # makes copies of covers
        "imagesize",  # measures covers
        "isso",  # is the server of a preview
        "mkdocs.livereload",  # serves
        "mkdocs_bookreview.comments.archive.reading",  # reads old comments
        "mkdocs_bookreview.comments.asking",  # asks servers
        "mkdocs_bookreview.comments.giscus",  # is one of the providers
        "mkdocs_bookreview.exports.feed",  # writes feeds
        "nh3",  # cleans old comments
        "sqlite3",  # reads databases of Isso
    ],
)
def test_a_build_does_not_import_what_a_site_may_not_use(unneeded: str) -> None:
    assert "mkdocs_bookreview.frontmatter.schema" in list_imported(_BUILD)
    assert unneeded not in list_imported(_BUILD)

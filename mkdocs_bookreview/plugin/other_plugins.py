"""Changes other plugins' settings, because they do not know the pages that we make."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from html import unescape
from typing import Any
from urllib.parse import SplitResult, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from mkdocs_bookreview.model.problem import Finding

_REDIRECTS = "redirects"
_GIT_AUTHORS = "git-authors"
_PRIVACY = "privacy"
# Matches a picture whose address has a host, as the privacy plugin finds it.
_PICTURE = re.compile(
    r"<(?:img[^>]+src|image[^>]+href)=[\"']?((?:https?:)?//[^\"'\s>]+)", re.IGNORECASE
)
# These signs are put in brackets, because fnmatch reads them as wildcards outside of brackets.
_AS_PATTERN = str.maketrans({sign: f"[{sign}]" for sign in "*?["})


def add_targets(config: MkDocsConfig, pages: Iterable[File]) -> None:
    """Add our pages to the valid targets of mkdocs-redirects.

    That plugin lists the targets before our pages are made, and would report them as missing.
    """
    plugin: Any = config.plugins.get(_REDIRECTS)
    targets = getattr(plugin, "doc_pages", None)
    if isinstance(targets, dict):
        targets.update((file.src_uri, file) for file in pages)


def leave_out_of_git(config: MkDocsConfig, pages: Iterable[File]) -> None:
    """Have mkdocs-git-authors-plugin skip pages, because it warns of those without commits."""
    plugin: Any = config.plugins.get(_GIT_AUTHORS)
    if plugin:
        patterns = dict.fromkeys(file.src_path.translate(_AS_PATTERN) for file in pages)
        known = plugin.config["exclude"] or []
        # A new list replaces the old one, because the plugin's default list is shared by all sites
        # of a process.
        plugin.config["exclude"] = list(dict.fromkeys((*known, *patterns)))


def report_unfetched(config: MkDocsConfig, sealed: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each picture that Material's privacy plugin cannot find.

    The plugin downloads pictures from other hosts, but it cannot read encoded spoilers. `sealed`
    has the spoilers before they are encoded.
    """
    named = (one for name, one in config.plugins.items() if name.rpartition("/")[2] == _PRIVACY)
    plugin: Any = next(named, None)
    if not (plugin and plugin.config["enabled"] and plugin.config["assets"]):
        return
    found = (unescape(address) for html in sealed for address in _PICTURE.findall(html))
    for address in dict.fromkeys(found):
        if _is_fetched(address, config.site_url, plugin.config):
            yield Finding(
                f"A spoiler shows the picture `{address}`, which the privacy plugin cannot fetch,"
                " because the spoiler is encoded.",
                "Save the picture beside the page, and write the name of its file.",
                address,
            )


def _is_fetched(address: str, site_url: str | None, options: Any) -> bool:
    """Return whether the privacy plugin with these `options` would download a picture."""
    url = _split(address)
    if not url.hostname or url.hostname == _split(site_url or "").hostname:
        return False
    path = f"{url.netloc}{url.path}"
    if included := options["assets_include"]:
        return any(fnmatch(path, pattern) for pattern in included)
    return not any(fnmatch(path, pattern) for pattern in options["assets_exclude"])


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # because of an address such as `https://[`
        return urlsplit("")

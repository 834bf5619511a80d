"""The finished site, searched for what it should hide."""

import os
import re
from collections.abc import Iterator
from functools import cached_property, partial
from html import unescape
from mimetypes import guess_type
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.spoilers.audit import Auditor, Leak, cut_sealed
from mkdocs_bookreview.spoilers.derived import read_entries
from mkdocs_bookreview.spoilers.vault import Vault

_TEXTS = ("json", "xml", "javascript")
_ENDINGS = (".md", ".jsonl", ".ndjson", ".yml", ".yaml", ".toml", ".webmanifest")
# What pages say of themselves to search engines and other sites, and their anchors.
_HEAD = re.compile(
    r"<title>(.*?)</title>"
    r"|<meta\b[^>]*(?:description|title|keywords|alt)\"?[^>]*\bcontent=(?:\"([^\"]*)\"|([^\s>]*))"
    r"|<script\b[^>]*ld\+json[^>]*>(.*?)</script>"
    r"|\b(?:id=\"?|href=\"?#)([\w-]+)",
    re.DOTALL | re.IGNORECASE,
)
_NOT_OPEN = re.compile(r"<head\b.*?</head>|<nav\b.*?</nav>|<(script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class WrittenSite:
    def __init__(self, files: Files, config: MkDocsConfig, vault: Vault, auditor: Auditor) -> None:
        self._all = files
        self._folder = Path(config.site_dir)
        self._address = config.site_url or ""
        self._vault = vault
        self._auditor = auditor
        self._sizes: dict[str, int] = {}
        self._fresh: dict[str, str] = {}

    def expect(self, uri: str, text: str, fresh: str) -> None:
        """A file of this text, of which all but `fresh` needs not be read."""
        self._sizes[uri] = len(text.encode("utf-8", "xmlcharrefreplace"))
        self._fresh[uri] = fresh

    def forget(self, uri: str) -> None:
        self._sizes.pop(uri, None)

    def find_problems(self) -> list[Problem]:
        """One for each file in which something leaks."""
        found = ((uri, [*self._find_long(uri), *self._find_short(uri)]) for uri in self._suspects)
        return [_tell(uri, leaks, self._files.get(uri)) for uri, leaks in sorted(found) if leaks]

    @cached_property
    def _files(self) -> dict[str, File]:
        """By what they become."""
        return {file.dest_uri: file for file in self._all}

    @cached_property
    def _suspects(self) -> set[str]:
        """All texts that are not as expected, and pages that say of themselves what they hide."""
        suspects = {uri for uri in self._list_files() if self._is_odd(uri) and self._is_made(uri)}
        if self._auditor.find("\n".join(self._fresh.values())):
            suspects.update(uri for uri, text in self._fresh.items() if self._auditor.find(text))
        suspects.update(uri for uri in self._fresh if self._may_say_short(uri))
        return suspects

    def _list_files(self) -> Iterator[str]:
        for folder, _, names in os.walk(self._folder):
            base = Path(folder).relative_to(self._folder).as_posix()
            yield from names if base == "." else (f"{base}/{name}" for name in names)

    def _is_odd(self, uri: str) -> bool:
        return self._sizes.get(uri) != (self._folder / uri).stat().st_size

    def _is_made(self, uri: str) -> bool:
        """Whether it is a text that is no copy of a file of the author's or the theme's."""
        file = self._files.get(uri)
        is_copy = file and not file.is_documentation_page() and not file.generated_by
        return not is_copy and _is_text(uri)

    def _may_say_short(self, uri: str) -> bool:
        page = self._files[uri].src_uri
        if not self._auditor.has_short(page):
            return False
        return bool(self._auditor.says_short(page, _read_head(self._fresh[uri])))

    def _find_long(self, uri: str) -> list[Leak]:
        text = self._read(uri)
        if uri in self._fresh:
            text = cut_sealed(text) if self._is_odd(uri) else self._cut_own(uri, text)
        leaks = self._auditor.find(text)
        return [leak for leak in leaks if (leak.page, leak.quote) not in self._said]

    def _cut_own(self, uri: str, text: str) -> str:
        for sealed in self._vault.sealed(self._files[uri].src_uri):
            text = text.replace(sealed, " " * len(sealed), 1)
        return text

    @cached_property
    def _said(self) -> set[tuple[str, str]]:
        """What authors hide on one page and say openly on another."""
        texts = (cut_sealed(self._read(uri)) for uri in self._fresh.keys() - self._suspects)
        leaks = (leak for text in texts for leak in self._auditor.find(text, trusting=False))
        return {(leak.page, leak.quote) for leak in leaks}

    def _find_short(self, uri: str) -> Iterator[Leak]:
        """In a page's words of itself, or in entries that have the address of a page."""
        text = self._read(uri)
        if uri in self._fresh:
            file = self._files[uri]
            derived = _read_head(text if self._is_odd(uri) else self._fresh[uri])
            yield from self._auditor.find_short(file.src_uri, derived, partial(_read_open, text))
        for texts in read_entries(text) if self._pages_with_short else ():
            urls = [url for url in map(self._read_address, texts) if url in self._pages_with_short]
            if urls:
                file = self._pages_with_short[max(urls, key=len)]
                read_open = partial(self._read_open, file.dest_uri)
                yield from self._auditor.find_short(file.src_uri, "\n".join(texts), read_open)

    @cached_property
    def _pages_with_short(self) -> dict[str, File]:
        """By their addresses."""
        files = self._files.values()
        return {file.url: file for file in files if self._auditor.has_short(file.src_uri)}

    def _read_address(self, text: str) -> str:
        return text.strip().partition("#")[0].removeprefix(self._address).lstrip("./")

    def _read_open(self, uri: str) -> str:
        return _read_open(self._read(uri))

    def _read(self, uri: str) -> str:
        return (self._folder / uri).read_text("utf-8", "replace")


def _tell(uri: str, leaks: list[Leak], file: File | None) -> Problem:
    page, offset, quote = leaks[0]
    what = f"At character {offset} stands what `{page}` hides: `{quote}`"
    what += f", and {len(leaks) - 1} more such texts." if leaks[1:] else "."
    maker = file.generated_by if file and not file.is_documentation_page() else None
    cure = (
        f"The plugin `{maker}` made this file; keep the page out of it."
        if maker
        else "Find the plugin, hook or template that puts it there."
    )
    return Problem(Place(uri), what, cure)


def _is_text(uri: str) -> bool:
    kind = guess_type(uri)[0] or ""
    return kind.startswith("text/") or kind.endswith(_TEXTS) or uri.endswith(_ENDINGS)


def _read_head(html: str) -> str:
    return unescape("\n".join(" ".join(match.groups("")) for match in _HEAD.finditer(html)))


def _read_open(html: str) -> str:
    return unescape(_TAG.sub(" ", _NOT_OPEN.sub(" ", cut_sealed(html))))

"""The finished site, searched for what it should hide."""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from html import unescape
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.spoilers.audit import Auditor, Leak, cut_sealed
from mkdocs_bookreview.spoilers.derived import read_entries
from mkdocs_bookreview.spoilers.sealed.vault import Vault

_TEXTS = ("json", "xml", "javascript")
_SUFFIXES = ("", ".md", ".jsonl", ".ndjson", ".opml", ".yml", ".yaml", ".toml", ".webmanifest")
# What pages say of themselves to search engines and other sites.
_HEAD = re.compile(
    r"<title>(.*?)</title>"
    r"|<meta\b[^>]*(?:description|title|keywords|alt)\"?[^>]*\bcontent=(?:\"([^\"]*)\"|([^\s>]*))"
    r"|<script\b[^>]*ld\+json[^>]*>(.*?)</script>",
    re.DOTALL | re.IGNORECASE,
)
_ANCHOR = re.compile(r"\b(?:id=\"?|href=\"?#)([\w-]+)")
_ADDRESS = re.compile(r"https?:\S*|\S*[/#]\S*")
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
        self._changed: set[str] = set()
        self._fresh: dict[str, str] = {}
        self.own: list[Page] = []  # whose content is their author's own
        self.said: list[str] = []  # what authors say openly beside it
        names = (config.site_name, config.site_description, config.site_author, config.repo_name)
        self._names = " ".join(filter(None, names))

    def expect(self, uri: str, parts: Iterable[str], fresh: str) -> None:
        """A file of these texts, of which all but `fresh` needs not be read."""
        self._sizes[uri] = sum(map(_count_bytes, parts))
        self._fresh[uri] = fresh

    def forget(self, uri: str) -> None:
        """Another plugin changed what is or will be expected."""
        self._changed.add(uri)

    def find_problems(self) -> list[Problem]:
        """One for each file in which something leaks."""
        texts = ((uri, self._read(uri)) for uri in self._suspects)
        found = (
            (uri, [*self._find_long(uri, text), *self._find_short(uri, text)])
            for uri, text in texts
        )
        return [_tell(uri, leaks, self._files.get(uri)) for uri, leaks in sorted(found) if leaks]

    @cached_property
    def _files(self) -> dict[str, File]:
        """By what they become."""
        return {file.dest_uri: file for file in self._all}

    @cached_property
    def _suspects(self) -> set[str]:
        """All texts that are not as expected, and pages that say of themselves what they hide."""
        suspects = {uri for uri in self._written if self._is_odd(uri) and self._is_made(uri)}
        if self._auditor.find("\n".join(self._fresh.values())):
            suspects.update(uri for uri, text in self._fresh.items() if self._auditor.find(text))
        suspects.update(uri for uri in self._fresh if self._may_say_short(uri))
        return suspects

    @cached_property
    def _written(self) -> dict[str, int]:
        """The size of each file."""
        return dict(_read_sizes(str(self._folder)))

    def _is_odd(self, uri: str) -> bool:
        return uri in self._changed or self._sizes.get(uri) != self._written.get(uri)

    def _is_made(self, uri: str) -> bool:
        """Whether it is a text that is no copy of a file of the author's or the theme's."""
        file = self._files.get(uri)
        is_copy = file and not file.is_documentation_page() and not file.generated_by
        return _is_text(uri) and not (is_copy and self._is_same(file, uri))

    def _is_same(self, file: File | None, uri: str) -> bool:
        source = Path((file and file.abs_src_path) or "")
        return source.is_file() and source.stat().st_size == self._written[uri]

    def _may_say_short(self, uri: str) -> bool:
        page = self._files[uri].src_uri
        if not self._auditor.has_short(page):
            return False
        derived = _read_head(self._fresh[uri]) + _read_anchors(self._fresh[uri])
        return bool(self._auditor.says_short(page, derived))

    def _find_long(self, uri: str, text: str) -> list[Leak]:
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
        """What authors hide in one place and say openly in another."""
        texts = [*(page.content or "" for page in self.own), *self.said]
        leaks = (leak for text in texts for leak in self._auditor.find(text, trusting=False))
        return {(leak.page, leak.quote) for leak in leaks}

    def _find_short(self, uri: str, text: str) -> Iterator[Leak]:
        """In a page's words of itself, or in entries that have the address of a page."""
        found: list[Leak] = []
        if uri in self._fresh:
            html = cut_sealed(text) if self._is_odd(uri) else self._fresh[uri]
            found += self._find_derived(self._files[uri], _read_head(html))
            # One word may be the name of a part of any page.
            anchors = self._find_derived(self._files[uri], _read_anchors(html))
            found += (leak for leak in anchors if " " in leak.quote)
        for texts in read_entries(text) if self._pages_with_short else ():
            urls = [url for url in map(self._read_address, texts) if url in self._pages_with_short]
            if urls:
                file = self._pages_with_short[max(urls, key=len)]
                words = "\n".join(one for one in texts if not _ADDRESS.fullmatch(one.strip()))
                found += self._find_derived(file, words)
        for leak in dict.fromkeys(found):
            place = re.search(leak.quote.replace(" ", r"[\W_]+"), text, re.IGNORECASE)
            yield leak._replace(offset=place.start() if place else 0)

    def _find_derived(self, file: File, derived: str) -> Iterator[Leak]:
        return self._auditor.find_short(file.src_uri, derived, partial(self._read_open, file))

    @cached_property
    def _pages_with_short(self) -> dict[str, File]:
        """By their addresses and paths."""
        files = [file for file in self._files.values() if self._auditor.has_short(file.src_uri)]
        return {key.strip("/"): file for file in files for key in (file.url, file.src_uri)}

    def _read_address(self, text: str) -> str:
        path = re.split(r"[#?]", text.strip(), maxsplit=1)[0]
        for start in (self._address, urlsplit(self._address).path):
            path = path.removeprefix(start)
        return path.removesuffix("index.html").strip("./")

    def _read_open(self, file: File) -> str:
        """What the page says, and what all pages do."""
        html = cut_sealed(self._read(file.dest_uri))
        text = unescape(_TAG.sub(" ", _NOT_OPEN.sub(" ", html)))
        return f"{text} {self._names} {self._vault.word} {file.url}"

    def _read(self, uri: str) -> str:
        """Empty where another plugin took the file away."""
        path = self._folder / uri
        return path.read_text("utf-8", "replace") if path.is_file() else ""


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


def _read_sizes(folder: str, base: str = "") -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _read_sizes(entry.path, f"{base}{entry.name}/")
            elif entry.is_file():
                yield base + entry.name, entry.stat().st_size


def _count_bytes(text: str) -> int:
    """As MkDocs writes it."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "xmlcharrefreplace"))


def _is_text(uri: str) -> bool:
    kind = guess_type(uri)[0] or ""
    return kind.startswith("text/") or kind.endswith(_TEXTS) or Path(uri).suffix in _SUFFIXES


def _read_head(html: str) -> str:
    return unescape("\n".join(" ".join(match.groups("")) for match in _HEAD.finditer(html)))


def _read_anchors(html: str) -> str:
    return "\n".join(_ANCHOR.findall(html))

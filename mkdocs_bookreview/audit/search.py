"""Searches a finished site, and reports each file in which a hidden text or picture leaks."""

import re
from bisect import bisect
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs_bookreview.audit.entries import read_entries
from mkdocs_bookreview.audit.fresh import Shortener
from mkdocs_bookreview.audit.hidden import Leak, decode, keep_said, list_words
from mkdocs_bookreview.audit.pages import (
    find_named_pictures,
    read_outside,
    read_sealed_pictures,
)
from mkdocs_bookreview.audit.secrets import Secret
from mkdocs_bookreview.audit.site import FinishedSite, SitePage
from mkdocs_bookreview.model.problem import Place, Problem

_ADDRESS = re.compile(r"https?:\S*|\S*[/#]\S*")
_FILE_NAME = re.compile(r"(?:(?:^|/)index)?(?:\.html?)?(?:\.(?:md|txt))?$")


class Search:
    """Searches a site after all its files are written.

    Hidden texts of fewer than six words are only searched for in places where they cannot be by
    chance: in their own page, in entries and copies of that page, and in the markup of spoilers.
    Such a text is not a leak if its page also says it openly.
    """

    def __init__(self, site: FinishedSite) -> None:
        self._site = site
        self._hidden = site.hidden
        self._shown: dict[str, set[str]] = {}
        # A site whose build we followed is not shortened, because few lines repeat in its `fresh`
        # texts, which leave out the authors' own text.
        self._shortener = Shortener() if site.is_foreign else None

    def find_problems(self) -> list[Problem]:
        """Search all files; return a problem for each that has a leak or cannot be read."""
        found = ((uri, self.list_leaks(uri)) for uri in sorted(self._site.sizes))
        problems = [self._report(uri, leaks) for uri, leaks in found if leaks]
        return [*problems, *self._report_unread()]

    def list_leaks(self, uri: str) -> list[Leak]:
        """Return a leak for each hidden text or picture in a file, with the first place found."""
        page = self._site.pages.get(uri)
        if not self._site.is_changed(uri) and not (page and self._may_leak(page)):
            return []
        text = self._site.read(uri)
        if not text:
            return []
        near = self._find_near(page, text) if page else self._find_in_file(uri, text)
        leaks: dict[tuple[str, str], Leak] = {}
        for leak in (*self._find_anywhere(text), *near):
            leaks.setdefault((leak.page, leak.quote), leak)
        return list(leaks.values())

    def _may_leak(self, page: SitePage) -> bool:
        if self._is_leaky and self._site.is_foreign:
            return True  # because a text that is not fresh may leak on several pages
        anywhere = self._find_anywhere(page.fresh) if self._is_leaky else ()
        return any(True for _ in chain(anywhere, self._find_near(page, page.fresh)))

    @cached_property
    def _is_leaky(self) -> bool:
        """Return whether any page leaks.

        All pages are searched together, because searching each of them takes three times as long.
        """
        fresh = "\n".join(page.fresh for page in self._site.pages.values())
        short = self._shortener.add(fresh) if self._shortener else fresh
        # `find_pieces` does not drop trusted paragraphs, because `short` has hardly any.
        is_likely = any(True for _ in self._hidden.find_pieces(short))
        long = self._find_long(short) if is_likely else ()
        return bool(long) or any(True for _ in self._find_copied(fresh))

    def _find_anywhere(self, text: str) -> Iterator[Leak]:
        # Lines that are also on pages may be shortened only if no page leaks.
        shorten = self._shortener.shorten if self._shortener and not self._is_leaky else str
        if self._hidden.find(shorten(text)):
            yield from self._find_long(text)
        yield from self._find_copied(text)

    def _find_long(self, text: str) -> list[Leak]:
        return self._hidden.find(text) and self._hidden.find(text, self._said)

    def _find_near(self, page: SitePage, text: str) -> Iterator[Leak]:
        yield from self._find_pictures(page, text)
        yield from self._find_in_page(page, text)

    @cached_property
    def _said(self) -> set[Secret]:
        """Return the pieces of hidden texts that authors also say openly somewhere."""
        own = [page.author or "" for page in self._site.pages.values() if page.is_trusted]
        texts = chain(own, self._site.said, self._site.read_said())
        return {secret for text in texts for secret in self._hidden.find_pieces(text)}

    def _find_copied(self, text: str) -> Iterator[Leak]:
        """Yield leaks of short texts in spoiler markup, as in a copy of a page's Markdown."""
        for leak, markup in self._find_marked(text):
            if not self._is_example(leak):
                yield leak._replace(offset=max(text.find(markup), 0))

    def _is_example(self, leak: Leak) -> bool:
        """Return whether the page shows the markup openly too, as a manual does."""
        pages = (page for page in self._site.pages.values() if page.name == leak.page)
        found = (other for page in pages for other, _ in self._find_marked(self._read_open(page)))
        return any(other.quote == leak.quote for other in found)

    def _find_marked(self, text: str) -> Iterator[tuple[Leak, str]]:
        if self._hidden.may_find_marked(text):
            yield from self._hidden.find_marked(unescape(decode(text, "\n")))

    def _find_pictures(self, page: SitePage, text: str) -> Iterator[Leak]:
        root = self._site.address
        sealed = read_sealed_pictures(text, page.sealed, page.uri, root) if page.sealed else set()
        for path in find_named_pictures(text, page.uri, sealed) if sealed else ():
            yield Leak(page.name, max(text.find(Path(path).name), 0), path.lstrip("/"), "picture")

    def _find_in_page(self, page: SitePage, text: str) -> Iterator[Leak]:
        """Yield leaks of short hidden texts that their page has outside of its sealed elements."""
        found = self._list_short(page, text)
        found = found and found - self._list_short(page, self._read_open(page))
        found = found and found.difference(keep_said(found, self._names))
        if found:
            outside = read_outside(text)
            phrases = self._list_short(page, f"{outside.named}\n{outside.source}")
            words = self._drop_chrome(page, self._list_short(page, outside.named))
            for short in sorted(found):
                # A single word is not searched for in the source, because it may also be the name
                # of a part of any page.
                if short in (phrases if " " in short else words):
                    yield _locate(page, short, text)

    def _list_short(self, page: SitePage, text: str) -> set[str]:
        return set(self._hidden.list_short(page.name, text))

    def _read_open(self, page: SitePage) -> str:
        author = self._site.read_author(page.name) if page.author is None else page.author
        shown = self._read_shown(page) if author is None else author
        return f"{shown} {page.labels}"

    def _read_shown(self, page: SitePage) -> str:
        return read_outside(self._site.read(page.uri)).shown

    @cached_property
    def _names(self) -> str:
        """Return the words in all pages' names and addresses, because any page may have links."""
        pages = (f"{page.uri} {page.labels}" for page in self._site.pages.values())
        return list_words("\n".join((self._site.names, self._site.read_names(), *pages)))

    def _drop_chrome(self, page: SitePage, words: set[str]) -> set[str]:
        """Drop words that the two nearest pages show too, because the theme probably wrote them."""
        uris = sorted(self._site.pages.keys() - {page.uri})
        before = max(bisect(uris, page.uri) - 1, 0)  # pages of one folder have the same layout
        near = [read_outside(self._site.read(uri)).named for uri in uris[before : before + 2]]
        return words - words.intersection(*(self._list_short(page, text) for text in near))

    def _find_in_file(self, uri: str, text: str) -> Iterator[Leak]:
        """Yield leaks of short texts in entries with their page's address, and in its copies."""
        copy = [(uri, text)] if uri.endswith((".md", ".txt")) else []
        for texts in (*read_entries(text), *copy) if self._by_address else ():
            keys = [key for key in map(self._read_address, texts) if key in self._by_address]
            if keys:
                page = self._by_address[max(keys, key=len)]
                words = "\n".join(part for part in texts if not _ADDRESS.fullmatch(part.strip()))
                found = self._list_short(page, words)
                for short in sorted(found - self._list_shown(page) if found else found):
                    yield _locate(page, short, text)

    def _read_said(self, page: SitePage) -> str:
        """Return the visible text of a page; on a foreign site, its author's own text.

        Not all visible text counts on a foreign site, because its pages may leak themselves.
        """
        return self._read_open(page) if self._site.is_foreign else self._read_shown(page)

    def _list_shown(self, page: SitePage) -> set[str]:
        if page.uri not in self._shown:
            names = f"{self._site.names} {page.labels} {page.uri}"
            text = f"{self._read_said(page)} {names}"
            self._shown[page.uri] = self._list_short(page, text)
        return self._shown[page.uri]

    @cached_property
    def _by_address(self) -> dict[str, SitePage]:
        """Return pages with short texts, by the addresses of their files and of their sources."""
        pages = [page for page in self._site.pages.values() if self._hidden.has_short(page.name)]
        found = {self._read_address(key): page for page in pages for key in (page.uri, page.name)}
        return {key: page for key, page in found.items() if key}

    def _read_address(self, text: str) -> str:
        path = re.split(r"[#?]", text.strip(), maxsplit=1)[0]
        for start in (self._site.address, urlsplit(self._site.address).path):
            path = path.removeprefix(start)
        return _FILE_NAME.sub("", path.strip("./"))

    def _report(self, uri: str, leaks: list[Leak]) -> Problem:
        page, offset, quote, kind = leaks[0]
        more = f" (and {len(leaks) - 1} more)" if leaks[1:] else ""
        what = f"Spoiler {kind} from `{page}` appears at character {offset}: `{quote}`{more}."
        if maker := self._site.makers.get(uri):
            fix = (
                f"The plugin `{maker}` made this file. Set the options of that plugin so that it"
                f" leaves out `{page}`."
            )
        else:
            fix = "Find the plugin, hook or template that writes the spoiler into this file."
        return Problem(Place(uri), what, fix)

    def _report_unread(self) -> Iterator[Problem]:
        for uri, why in sorted(self._site.unread.items()):
            yield Problem(Place(uri), why, "Check yourself whether this file has a spoiler.")


def _locate(page: SitePage, short: str, text: str) -> Leak:
    place = re.search(short.replace(" ", r"[\W_]+"), text, re.IGNORECASE)
    return Leak(page.name, place.start() if place else 0, short)

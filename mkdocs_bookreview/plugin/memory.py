"""Remembers the pages of `mkdocs serve --dirty`, so that MkDocs writes only pages that changed.

With `--dirty`, MkDocs converts and writes a page if its file is newer than the page in the site.
This misses a page whose cards, lists or neighbours changed because of another file. So we remove a
page from the site if it must be made again. If a page that we added need not be made again, we set
back the time of its source file.
"""

import os
import posixpath
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from mkdocs_bookreview.audit.site import SitePage
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.publishing.stamps import read_stamp
from mkdocs_bookreview.rendering.templates import CompiledTemplates
from mkdocs_bookreview.spoilers.check import SpoilerFacts
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

_OLD = 1  # the time of a source, in seconds, that is older than any page
_State = tuple[str, str, InclusionLevel]


@dataclass(frozen=True, slots=True)
class _Known:
    """Holds a page as an earlier build converted it.

    `origin` is everything on which the page's HTML depends. `spoilers` are the facts of its
    spoilers. `entry` is the page as the audit knows it; None if the audit is off.
    """

    origin: object
    title: str | None
    markdown: str | None
    content: str | None
    toc: TableOfContents
    meta: Any
    spoilers: Sequence[SpoilerFacts]
    entry: SitePage | None


class Memory:
    """Keeps results between the builds of `mkdocs serve --dirty`; for `build --dirty` it is empty.

    `context` is all that every page depends on. `vault`, `blocks` and `teasers` are shared by all
    builds, because pages that are not converted again refer to them by number or source. `kept` has
    the content of cards, and `templates` are the compiled templates of the theme and of this
    plugin. `outputs` are the paths of all files that the last build wrote. After a failed build
    everything is made again, because nobody knows which pages that build wrote.
    """

    def __init__(self, words: Words, context: object, outputs: Iterable[str] = ()) -> None:
        self.context = context
        self.vault = Vault(words)
        self.blocks = ListingBlocks()
        self.teasers: dict[str, str] = {}
        self.kept = Kept()
        self.templates = CompiledTemplates()
        self.outputs = set(outputs)
        self._known: dict[str, _Known] = {}
        self._views: dict[str, object] = {}
        self._states: set[_State] = set()
        self._statics: Mapping[str, object] = {}
        self._origins: dict[str, object] = {}
        self._new_views: dict[str, object] = {}
        self._restored: set[str] = set()
        self._is_finished = True

    def choose_pages(
        self,
        files: Files,
        find_origin: Callable[[File], object],
        is_own: Callable[[File], bool],
        signs: Iterable[str],
    ) -> None:
        """Have MkDocs convert the pages whose origin has changed since the build before.

        Pages that name an added or removed file are converted too, because they may link to that
        file. So are pages whose text has any of the `signs`, because they depend on files that are
        not known here.
        """
        if not self._is_finished:
            self._known, self._views = {}, {}
        self._is_finished = False
        states = {(file.src_uri, file.url, file.inclusion) for file in files}
        changed = {posixpath.basename(source) for source, *_ in states ^ self._states}
        names = {*changed, *map(quote, changed), *signs}
        self._states = states
        self._origins = {file.src_uri: find_origin(file) for file in _list_pages(files)}
        for file in _list_pages(files):
            known = self._known.get(file.src_uri)
            is_same = known and known.origin == self._origins[file.src_uri]
            if not known or not is_same or any(name in (known.markdown or "") for name in names):
                _remove(file.abs_dest_path)
            elif is_own(file) and file.abs_src_path:
                os.utime(file.abs_src_path, (_OLD, _OLD))

    def restore(
        self, files: Files
    ) -> Iterator[tuple[str, Sequence[SpoilerFacts], SitePage | None]]:
        """Give pages that were not converted their earlier HTML.

        Yield the source, the facts of spoilers and the audit's entry of each of these pages.
        """
        self._restored = set()
        for page in _list_open(files):
            # The test is for `content` and not for `markdown`, because posts of Material's blog
            # have Markdown before they are converted.
            if page.content is None and (known := self._known.get(page.file.src_uri)):
                page.markdown, page.content = known.markdown, known.content
                page.toc, page.meta = known.toc, known.meta
                page.title = known.title
                self._restored.add(page.file.src_uri)
                yield page.file.src_uri, known.spoilers, known.entry

    def choose_output(self, files: Files, view: Callable[[Page], object]) -> set[str]:
        """Have MkDocs write each page that looks different from before.

        Return the sources of pages that are neither converted nor written in this build. A file
        that is not a page is copied again if its source has another path, time or size.
        """
        pages = [page for page in _list_open(files) if page.content is not None]
        self._new_views = {page.file.src_uri: view(page) for page in pages}
        for page in pages:
            source = page.file.src_uri
            if source not in self._views or self._views[source] != self._new_views[source]:
                _remove(page.file.abs_dest_path)
                self._restored.discard(source)
        statics = {
            file.abs_dest_path: (file.abs_src_path, read_stamp(file.abs_src_path))
            for file in files
            if file.inclusion.is_in_serve() and not file.is_documentation_page()
        }
        for path in [path for path in statics if statics[path] != self._statics.get(path)]:
            _remove(path)
        self._statics = statics
        self.outputs |= _list_outputs(files)
        return self._restored

    def keep(
        self,
        files: Files,
        spoilers: Mapping[str, Sequence[SpoilerFacts]],
        find_entry: Callable[[str], SitePage | None],
        faulty: Container[str],
    ) -> None:
        """Remember the pages of a finished build, and remove files that the site no longer has.

        Pages in `faulty` are not remembered, because their problems must be reported again.
        """
        self._views = self._new_views
        self._known = {}
        for page in _list_open(files):
            source = page.file.src_uri
            if page.content is not None and source not in faulty and source in self._origins:
                self._known[source] = _Known(
                    self._origins[source],
                    page.title,
                    page.markdown,
                    page.content,
                    page.toc,
                    page.meta,
                    spoilers.get(source, ()),
                    find_entry(source),
                )
        outputs = _list_outputs(files)
        for path in self.outputs - outputs:
            _remove(path)
        self.outputs = outputs
        self._is_finished = True


def _list_pages(files: Files) -> Sequence[File]:
    return files.documentation_pages(inclusion=InclusionLevel.is_in_serve)


def _list_open(files: Files) -> list[Page]:
    return [file.page for file in _list_pages(files) if file.page]


def _list_outputs(files: Files) -> set[str]:
    return {file.abs_dest_path for file in files if file.inclusion.is_in_serve()}


def _remove(path: str) -> None:
    Path(path).unlink(missing_ok=True)

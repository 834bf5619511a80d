"""Remembers what `mkdocs serve --dirty` converted, and has it write only pages that changed.

MkDocs converts and writes a page if its file is newer than the page in the site. That misses cards,
lists and neighbours that changed with another file. So the time of the page in the site is set back
where the page must be made again, and the time of a file of ours where it must not.
"""

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from mkdocs_bookreview.audit.site import SitePage
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.spoilers.check import SpoilerFacts
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

# Times of files, in seconds: that of a page to write must be less than that of its source.
_OLD, _OLDER = 1, 0


@dataclass(frozen=True, slots=True)
class _Known:
    """A page as an earlier build converted it.

    `origin` is all that its conversion depends on. `spoilers` are the facts of its spoilers, and
    `entry` is what the audit knows of it; None if the audit is off.
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
    """Lasts as long as `mkdocs serve --dirty`. `build --dirty` has an empty one, and makes all.

    `context` is all that every page depends on. `vault`, `blocks` and `teasers` are those of all
    builds, because pages that are not converted again refer to them by number or source. `outputs`
    are the paths of the files that the last build wrote for pages and by our own doing. What is
    remembered changes only at the end of a build, because a build that failed wrote nothing.
    """

    def __init__(self, words: Words, context: object, outputs: Iterable[str] = ()) -> None:
        self.context = context
        self.vault = Vault(words)
        self.blocks = ListingBlocks()
        self.teasers: dict[str, str] = {}
        self._known: dict[str, _Known] = {}
        self._views: dict[str, object] = {}
        self.outputs = set(outputs)
        self._origins: dict[str, object] = {}
        self._new_views: dict[str, object] = {}
        self._restored: set[str] = set()

    def choose_pages(self, files: Files, find_origin: Callable[[File], object]) -> None:
        """Have MkDocs convert the pages whose origin is not the one that is known."""
        self._origins = {file.src_uri: find_origin(file) for file in _list_pages(files)}
        for file in _list_pages(files):
            known = self._known.get(file.src_uri)
            if known is None or known.origin != self._origins[file.src_uri]:
                _set_time(file.abs_dest_path, _OLDER)
            elif file.generated_by and file.abs_src_path:
                _set_time(file.abs_src_path, _OLD)

    def restore(
        self, files: Files
    ) -> Iterator[tuple[str, Sequence[SpoilerFacts], SitePage | None]]:
        """Give pages that were not converted what they had; yield their sources and spoilers."""
        self._restored = set()
        for page in _list_open(files):
            if page.markdown is None and (known := self._known.get(page.file.src_uri)):
                page.markdown, page.content = known.markdown, known.content
                page.toc, page.meta = known.toc, known.meta
                page.title = known.title
                self._restored.add(page.file.src_uri)
                yield page.file.src_uri, known.spoilers, known.entry

    def choose_output(self, files: Files, view: Callable[[Page], object]) -> set[str]:
        """Have MkDocs write each page that looks different from before; return the others."""
        self._new_views = {page.file.src_uri: view(page) for page in _list_open(files)}
        for page in _list_open(files):
            source = page.file.src_uri
            if source not in self._views or self._views[source] != self._new_views[source]:
                _set_time(page.file.abs_dest_path, _OLDER)
                self._restored.discard(source)
        return self._restored

    def keep(
        self,
        files: Files,
        spoilers: Mapping[str, Sequence[SpoilerFacts]],
        find_entry: Callable[[str], SitePage | None],
        faulty: Container[str],
    ) -> None:
        """Remember the pages of a finished build, and remove from the site what it has no more.

        Pages in `faulty` are not remembered, because their problems must be reported again.
        """
        self._views = self._new_views
        self._known = {}
        for page in _list_open(files):
            source = page.file.src_uri
            if source not in faulty and source in self._origins:
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
        outputs = {file.abs_dest_path for file in files if _is_removable(file)}
        for path in self.outputs - {file.abs_dest_path for file in files}:
            Path(path).unlink(missing_ok=True)
        self.outputs = outputs


def read_stamp(path: str | None) -> tuple[int, int] | None:
    """Return time and size of a file; None if there is none."""
    with suppress(OSError):
        status = Path(path or "").stat()
        return status.st_mtime_ns, status.st_size
    return None


def _list_pages(files: Files) -> Sequence[File]:
    return files.documentation_pages(inclusion=InclusionLevel.is_in_serve)


def _list_open(files: Files) -> list[Page]:
    return [file.page for file in _list_pages(files) if file.page]


def _is_removable(file: File) -> bool:
    return file.is_documentation_page() or file.generated_by is not None


def _set_time(path: str, seconds: int) -> None:
    with suppress(FileNotFoundError):
        os.utime(path, (seconds, seconds))

"""Finds the pages of a site, and the files with comments of an earlier blog."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from mkdocs_bookreview.cli.comments import check_site_url, find_threads
from mkdocs_bookreview.cli.errors import NoCommentsError
from mkdocs_bookreview.cli.pages import find_address
from mkdocs_bookreview.cli.site import Progress, WrittenSite, read_written_site
from mkdocs_bookreview.comments.archive.folder import list_ids, match_files
from mkdocs_bookreview.comments.archive.names import name_file
from mkdocs_bookreview.comments.archive.page_names import PageIndex, PageNames
from mkdocs_bookreview.comments.archive.stored import StoredComments, read_stored
from mkdocs_bookreview.comments.lock import Lock, LockedPage, match_lines, read_lock_file
from mkdocs_bookreview.comments.pages import find_book
from mkdocs_bookreview.comments.providers import PROVIDERS
from mkdocs_bookreview.comments.site_paths import find_base
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.split import split_front_matter
from mkdocs_bookreview.model.book import Book
from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml

_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$|^(.+)\n=+[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class ArchiveSite:
    """Describes a site, and the files of comments that it has.

    `written` is the site as its author wrote it, and `stored` has the files of comments. `threads`
    maps the source of a page to the id of its conversation, in the form of the service. `locked`
    maps the source to the ids that the lock file has for any service.
    """

    written: WrittenSite
    stored: StoredComments
    threads: Mapping[str, str]
    locked: Mapping[str, list[str]]

    @property
    def site_url(self) -> str | None:
        return self.written.config.site.get("site_url") or None

    @cached_property
    def pages(self) -> tuple[WrittenPage, ...]:
        """Return the pages that can have comments."""
        return tuple(page for page in self.written.site.pages.values() if page.thread)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Return the name of each page's archive by source, even if the file does not exist yet."""
        ids = {page.source: self._list_ids(page) for page in self.pages}
        top = [name for name in self.stored.files if "/" not in name]
        return {source: name_file(own[0]) for source, own in ids.items()} | match_files(ids, top)

    @cached_property
    def sources(self) -> Mapping[str, list[str]]:
        """Return the sources of pages by the name of their archive."""
        found: dict[str, list[str]] = {}
        for source, file in sorted(self.files.items()):
            found.setdefault(file, []).append(source)
        return found

    def index(self) -> PageIndex:
        """Return an index that finds pages by the names that other programs use for them."""
        names = map(self._name_page, self.pages)
        name = self.written.config.site.get("site_name", "")
        return PageIndex(names, find_base(self.site_url), name)

    @cached_property
    def silent(self) -> PageIndex:
        """Return an index that finds pages that cannot have comments, by their addresses.

        The `file` of a match is the source of the page.
        """
        silent = (page for page in self.written.site.pages.values() if not page.thread)
        names = (PageNames(page.source, address=self._find_address(page)) for page in silent)
        return PageIndex(names, find_base(self.site_url))

    def _find_address(self, page: WrittenPage) -> str | None:
        if self.written.is_moved(page.source):
            return None
        address = find_address(page.source, self.written.config.use_directory_urls)
        return address.removeprefix("./")

    def _list_ids(self, page: WrittenPage) -> list[str]:
        return list_ids(page, self.threads.get(page.source), self.site_url)

    def _name_page(self, page: WrittenPage) -> PageNames:
        books = page.review.books if page.review else ()
        titles = [*_list_titles(self.written.texts.get(page.source, ""))]
        titles += [title for book in books for title in _name_book(book)]
        stem = page.source.rpartition("/")[2].rpartition(".")[0]
        return PageNames(
            self.files[page.source],
            (*self._list_ids(page), *self.locked.get(page.source, ())),
            page.review.redirect_from if page.review else (),
            self._find_address(page),
            ("" if stem in {"index", "README"} else stem, *(book.key for book in books), *titles),
            tuple(titles),
        )


def _list_titles(text: str) -> Iterator[str]:
    """Yield the title in the front matter of a page, and its first heading."""
    parts = split_front_matter(text)
    if parts:
        title = read_marked_yaml(parts.text, "").mapping.get("title")
        if isinstance(title, str):
            yield title
    if match := _HEADING.search(parts.body if parts else text):
        yield match[1] or match[2]


def _name_book(book: Book) -> Iterator[str]:
    """Yield the titles that blogs usually give to a post about a book."""
    yield book.title
    authors = " ".join(person.name for person in book.credited)
    if authors:
        yield f"{book.title} {authors}"
        yield f"{book.title} by {authors}"


def read_archive_site(config_file: Path, today: date, progress: Progress) -> ArchiveSite:
    """Read a site with or without a comment service.

    Raise NoCommentsError if the ids of its conversations cannot be found, and OSError if the site
    cannot be read.
    """
    written = read_written_site(config_file, progress)
    check_site_url(written)
    if written.settings.comments and not written.provider:
        raise NoCommentsError(
            f"`comments` in {written.config.name} has mistakes. Run `bookreview check` to list"
            " them."
        )
    lock = read_lock_file(written.folder, PROVIDERS)
    if lock.problems:
        raise NoCommentsError("\n".join(map(str, lock.problems)))
    stored = read_stored(written.folder)
    return ArchiveSite(written, stored, _find_ids(written, today), _find_locked(written, lock))


def _find_ids(written: WrittenSite, today: date) -> Mapping[str, str]:
    """Return the ids of conversations by source; none if readers reply to posts on another site.

    File names never come from a post, because a page may get another post.
    """
    has_ids = written.provider and not written.provider.needs_post
    return find_threads(written, today).threads.by_source if has_ids else {}


def _find_locked(written: WrittenSite, lock: Lock) -> Mapping[str, list[str]]:
    pages = [
        LockedPage(page.source, find_book(page))
        for page in written.site.pages.values()
        if page.thread
    ]
    locked: dict[str, list[str]] = {}
    for lines in lock.lines.values():
        for source, line in match_lines(pages, lines).items():
            locked.setdefault(source, []).append(line.id)
    return locked

"""Finds and reads the archived comments of pages, in the folder `comments/` beside `mkdocs.yml`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from unicodedata import normalize

from mkdocs_bookreview.comments.archive.data import FOLDER, Archive
from mkdocs_bookreview.comments.archive.names import SUFFIX, name_file, read_thread
from mkdocs_bookreview.comments.archive.reading import read_archive
from mkdocs_bookreview.comments.pages import WrittenPage, find_book, find_written_id
from mkdocs_bookreview.comments.site_paths import find_base
from mkdocs_bookreview.comments.threads import derive_id
from mkdocs_bookreview.frontmatter.site import read_text
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import CommentsOpen
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.report import warn


def read_archives(build: Build) -> Mapping[str, Archive]:
    """Return the archives by the source of their page, and report what is wrong with them.

    Without the folder nothing is read. The pages of one thread share its archive. A page with
    `comments: false` shows none.
    """
    folder = config_folder(build.config) / FOLDER
    if not folder.is_dir():
        return {}
    files = {normalize("NFC", path.name): path for path in _list_files(folder)}
    pages = [page for page in build.plan.pages.values() if page.thread]
    names = match_files({page.source: _list_threads(build, page) for page in pages}, files)
    problems: list[Problem] = []
    used = dict.fromkeys(sorted(names.values()))
    archives = {name: _read(files[name], build.book_keys, problems) for name in used}
    warn((*problems, *_report_rest(name for name in files if name not in used)))
    return {
        page.source: archives[names[page.source]]
        for page in pages
        if page.source in names and page.thread and page.thread.state is not CommentsOpen.OFF
    }


def _list_files(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.iterdir()) if path.suffix == SUFFIX and path.is_file())


def _list_threads(build: Build, page: WrittenPage) -> list[str]:
    """Return ids under which a page may have an archive, the likeliest first.

    The archive should be found with any service and without one. So after the id that the author
    wrote come that of the service, which the lock file may keep, without the path of the site, and
    those that all services derive.
    """
    ids = []
    if written := find_written_id(page):
        ids += [written, f"/{written.strip('/')}/"]
    if thread := build.threads.by_source.get(page.source):
        ids += [thread, thread.removeprefix(find_base(build.config.site_url))]
    if not written:
        ids.append(derive_id(page.source, find_book(page)).text)
    return list(dict.fromkeys(ids))


def match_files(threads: Mapping[str, list[str]], files: Iterable[str]) -> dict[str, str]:
    """Return the name of the file of each page that has one, by the source of the page.

    The first ids of all pages come first, then the second ones, and so on: a page takes by its
    second id only a file that is the first of no page.
    """
    free = set(files)
    found: dict[str, str] = {}
    for turn in range(max(map(len, threads.values()), default=0)):
        waiting = {source: ids for source, ids in threads.items() if source not in found}
        names = {source: name_file(ids[turn]) for source, ids in waiting.items() if ids[turn:]}
        taken = {source: name for source, name in names.items() if name in free}
        found |= taken
        free -= set(taken.values())
    return found


def _read(path: Path, books: frozenset[str], problems: list[Problem]) -> Archive:
    file = f"{FOLDER}/{path.name}"
    text = read_text(lambda: path.read_text("utf-8-sig"), file, problems)
    archive = read_archive(text or "", file, books)
    problems += archive.problems
    return archive


def _report_rest(names: Iterable[str]) -> Iterable[Problem]:
    for name in names:
        thread = read_thread(name)
        cure = "Rename the file after the id of its page's comments, or move it to another folder."
        if thread:
            cure = f'Write `comments: {{id: "{thread}"}}` in the page that it belongs to.'
        yield Problem(Place(f"{FOLDER}/{name}"), "No page has these comments.", cure)

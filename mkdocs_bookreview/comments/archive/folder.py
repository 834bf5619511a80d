"""Finds the archives of pages, in the folder `comments/` beside `mkdocs.yml`, and reads them."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from mkdocs_bookreview.comments.archive.data import FOLDER, Archive
from mkdocs_bookreview.comments.archive.names import SUFFIX, name_file, read_thread
from mkdocs_bookreview.comments.archive.reading import read_archive
from mkdocs_bookreview.comments.pages import WrittenPage, find_book, find_written_id
from mkdocs_bookreview.comments.site_paths import find_base
from mkdocs_bookreview.comments.threads import derive_id
from mkdocs_bookreview.model.problem import Place, Problem

WRONG_ENDINGS = (".yaml", ".YML", ".YAML")  # reported, because nobody would see the comments


@dataclass(frozen=True, slots=True)
class Archives:
    """Holds the archives of a site by the source of their page.

    Pages of one thread have the same archive. `names` maps the source of a page to the name of its
    file. `orphans` are the names of files that belong to no page. `problems` are all mistakes in
    the files, and all orphans.
    """

    by_source: Mapping[str, Archive] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    orphans: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_archives(
    site: Path,
    pages: Iterable[WrittenPage],
    threads: Mapping[str, str],
    site_url: str | None,
    books: Container[str],
) -> Archives:
    """Return the archives of all pages; none if there is no folder `comments/`.

    `site` is the folder of `mkdocs.yml`. `threads` maps the source of a page to its thread at the
    service; it is empty without a service. `books` are the keys that a sealed comment may name.
    """
    if not (site / FOLDER).is_dir():
        return Archives()
    # Names are normalized, because some file systems store a letter and its accent as two
    # characters.
    found = {normalize("NFC", path.name): path for path in list_files(site / FOLDER)}
    files = {name: path for name, path in found.items() if path.suffix == SUFFIX}
    with_thread = [page for page in pages if page.thread]
    ids = {page.source: list_ids(page, threads.get(page.source), site_url) for page in with_thread}
    names = match_files(ids, files)
    used = {name: _read(files[name], books) for name in sorted({*names.values()})}
    orphans = tuple(name for name in files if name not in used)
    problems = [problem for archive in used.values() for problem in archive.problems]
    return Archives(
        {source: used[name] for source, name in names.items()},
        names,
        orphans,
        (*problems, *_report_orphans(orphans), *report_endings(found.keys() - files.keys())),
    )


def list_files(folder: Path) -> list[Path]:
    """Return the archives in a folder, and files with wrong endings; empty if it is missing."""
    if not folder.is_dir():
        return []
    endings = {SUFFIX, *WRONG_ENDINGS}
    return sorted(one for one in folder.iterdir() if one.suffix in endings and one.is_file())


def list_ids(page: WrittenPage, thread: str | None, site_url: str | None) -> list[str]:
    """Return the ids under which a page may have an archive, the likeliest first.

    There are several, because the archive should be found with any comment service and without one:

    1. the id that the author wrote, also between slashes;
    2. the id of the thread, which may come from the lock file;
    3. that id without the path of the site;
    4. the id that is derived for all services, if the author wrote none.

    A new archive gets the first of them.
    """
    ids = []
    if written := find_written_id(page):
        ids += [written, f"/{written.strip('/')}/"]
    if thread:
        ids += [thread, thread.removeprefix(find_base(site_url))]
    if not written:
        ids.append(derive_id(page.source, find_book(page)).text)
    return list(dict.fromkeys(ids))


def match_files(ids: Mapping[str, list[str]], files: Iterable[str]) -> dict[str, str]:
    """Return the name of each page's archive, by the source of the page, for pages with an archive.

    The first ids of all pages are tried before any second id, because a file that matches the first
    id of a page belongs to that page.
    """
    free = set(files)
    found: dict[str, str] = {}
    for turn in range(max(map(len, ids.values()), default=0)):
        waiting = {source: own for source, own in ids.items() if source not in found}
        names = {source: name_file(own[turn]) for source, own in waiting.items() if own[turn:]}
        taken = {source: name for source, name in names.items() if name in free}
        found |= taken
        free -= set(taken.values())
    return found


def _read(path: Path, books: Container[str]) -> Archive:
    file = f"{FOLDER}/{path.name}"
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return Archive(problems=(report_unreadable(file, error),))
    return read_archive(text, file, books)


def report_unreadable(file: str, error: OSError | UnicodeDecodeError) -> Problem:
    """Return the problem of a file that cannot be opened or decoded."""
    if isinstance(error, OSError):
        what = f"The file cannot be read: {error.strerror}."
        return Problem(Place(file), what, "Check that it is a file, and that you may read it.")
    line = error.object.count(b"\n", 0, error.start) + 1
    what = f"The file is not UTF-8: it has the byte 0x{error.object[error.start]:02x}."
    return Problem(Place(file, line), what, "Save it as UTF-8.")


def _report_orphans(names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        thread = read_thread(name)
        fix = (
            "Name the file after the id of its page's comments, such as `emma-jane-austen.yml` for"
            " *Emma* by Jane Austen, or move it to another folder."
        )
        if thread:
            fix = (
                f'Write `comments: {{id: "{thread}"}}` in the front matter of the page that these'
                " comments belong to."
            )
        yield Problem(Place(f"{FOLDER}/{name}"), "No page shows the comments in this file.", fix)


def report_endings(names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file that was meant as an archive; names are below `comments/`."""
    for name in sorted(names):
        fix = f"Rename the file to `{Path(name).stem}{SUFFIX}`."
        yield Problem(
            Place(f"{FOLDER}/{name}"), f"Only files that end in `{SUFFIX}` are read.", fix
        )

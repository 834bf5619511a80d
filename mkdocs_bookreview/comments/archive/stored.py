"""Reads all files of comments of a site: archives of pages, and files without a page."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from mkdocs_bookreview.comments.archive.data import FOLDER, ArchivedComment
from mkdocs_bookreview.comments.archive.folder import (
    list_files,
    report_endings,
    report_unreadable,
)
from mkdocs_bookreview.comments.archive.names import SUFFIX
from mkdocs_bookreview.comments.archive.reading import WRITE_LIST, read_archive
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml

UNMATCHED = "unmatched/"  # the folder of comments without a page; builds do not read it


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Holds a file of comments.

    `name` is its path below `comments/`, in the Unicode form NFC, and `path` is where the file is.
    The line ends in `text` are those of the file.
    """

    name: str
    path: Path
    text: str
    comments: tuple[ArchivedComment, ...]

    @property
    def is_unmatched(self) -> bool:
        return self.name.startswith(UNMATCHED)


@dataclass(frozen=True, slots=True)
class StoredComments:
    """Holds the `files` of a site by name, and the `problems` of files that cannot be read."""

    files: Mapping[str, StoredFile] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def find_places(self) -> Mapping[str, Mapping[str, ArchivedComment]]:
        """Return all comments by id, and then by the name of their file."""
        places: defaultdict[str, dict[str, ArchivedComment]] = defaultdict(dict)
        for file in self.files.values():
            for comment in file.comments:
                places[comment.id][file.name] = comment
        return places


def read_stored(site: Path) -> StoredComments:
    """Read `comments/` and `comments/unmatched/` in `site`, the folder of `mkdocs.yml`.

    A file is read even if some of its comments have mistakes.
    """
    files: dict[str, StoredFile] = {}
    problems: list[Problem] = []
    for folder in ("", UNMATCHED):
        paths = list_files(site / FOLDER / folder)
        # Files with other endings are reported, because builds and imports do not read them, so an
        # import would add their comments again.
        problems += report_endings(folder + one.name for one in paths if one.suffix != SUFFIX)
        for path in (one for one in paths if one.suffix == SUFFIX):
            # Names are normalized, because some file systems store a letter and its accent as two
            # characters.
            name = folder + normalize("NFC", path.name)
            text, found = _read(path, f"{FOLDER}/{name}")
            problems += found
            files[name] = StoredFile(name, path, text, read_archive(text, name).comments)
    return StoredComments(files, tuple(problems))


def _read(path: Path, file: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return "", (report_unreadable(file, error),)
    return text, tuple(_check(text, file))


def _check(text: str, file: str) -> Iterator[Problem]:
    document = read_marked_yaml(text, file)
    yield from document.problems
    if document.data is not None and not isinstance(document.data, list):
        yield Problem(Place(file, 1), "The file must be a list of comments.", WRITE_LIST)

"""Plans what an import writes, before it writes anything."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_bookreview.comments.archive.data import FOLDER
from mkdocs_bookreview.comments.archive.gathering import Gathered
from mkdocs_bookreview.comments.archive.joining import Joined, Joining
from mkdocs_bookreview.comments.archive.notes import remove_note, write_note
from mkdocs_bookreview.comments.archive.page_names import PageIndex
from mkdocs_bookreview.comments.archive.placing import PlacedConversation, find_files, place
from mkdocs_bookreview.comments.archive.reading import read_archive
from mkdocs_bookreview.comments.archive.stored import UNMATCHED, StoredComments, StoredFile
from mkdocs_bookreview.comments.archive.writing import (
    UnfitArchiveError,
    add_comments,
    move_comments,
)
from mkdocs_bookreview.formats.comments import ImportedComment
from mkdocs_bookreview.model.problem import Place, Problem

Progress = Callable[[Sequence[str]], Iterable[str]]


class CountError(Exception):
    """Raised if an import would lose comments; the cause is a bug in this program."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """Describes a file that changes.

    `name` is its path below `comments/`. `text` is None if the file is deleted. `added` counts its
    new comments. The comments of the files in `moved` are moved into it.
    """

    name: str
    text: str | None
    added: int = 0
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Describes an import.

    `gathered` is the export, and `placed` has its conversations with their files. `written` counts
    its comments that belong in archives of pages, even if they are there already; `unmatched`
    counts its comments that belong in other files. `without_parent` counts new replies to comments
    that are missing, and `circles` counts circles of replies. In `changes`, deletions come last.
    """

    gathered: Gathered
    placed: tuple[PlacedConversation, ...]
    changes: tuple[FileChange, ...]
    written: int
    unmatched: int
    without_parent: int
    circles: int

    @property
    def added(self) -> int:
        return sum(change.added for change in self.changes)

    @property
    def left_out(self) -> int:
        return sum(self.gathered.left_out.values())


def plan_import(
    gathered: Gathered,
    pages: PageIndex,
    archives: Collection[str],
    stored: StoredComments,
    progress: Progress = iter,
    *,
    with_websites: bool = False,
) -> ImportPlan:
    """Return the plan of an import.

    `archives` are the file names of all pages' archives, even if a file does not exist yet.
    `progress` takes the names of files, and yields them one by one. Raise UnfitArchiveError if a
    person must fix a file first, and CountError if a comment would get lost.
    """
    if stored.problems:
        raise UnfitArchiveError(stored.problems)
    places = stored.find_places()
    placed = tuple(place(one, pages, archives, places) for one in gathered.conversations)
    joining = Joining(gathered.parents, with_websites)
    planning = _Planning(stored, joining, _list_files(placed), _write_notes(placed, pages.base))
    changes = planning.plan(progress)
    counts = Counter[bool]()
    for name, comments in planning.files.items():
        counts[name in archives] += len(comments)
    plan = ImportPlan(
        gathered=gathered,
        placed=placed,
        changes=changes,
        written=counts[True],
        unmatched=counts[False],
        without_parent=joining.without_parent,
        circles=joining.circles,
    )
    if gathered.read != plan.written + plan.left_out + plan.unmatched:
        raise CountError(
            f"{gathered.read} comments were read, but not all of them are counted,"
            " so nothing is written. Please report this to mkdocs-bookreview."
        )
    return plan


Files = Mapping[str, list[ImportedComment]]


def _list_files(placed: Iterable[PlacedConversation]) -> Files:
    """Return the comments of the export by the file they belong in."""
    files: defaultdict[str, list[ImportedComment]] = defaultdict(list)
    for one in placed:
        for name, comments in one.files.items():
            files[name] += comments
    return files


def _write_notes(placed: Iterable[PlacedConversation], base: str) -> Mapping[str, str]:
    return {one.file: write_note(one.conversation.facts, base) for one in placed if not one.match}


@dataclass(frozen=True, slots=True)
class _Planning:
    """Plans the changes of `files`; `notes` are the first lines of new files without a page."""

    stored: StoredComments
    joining: Joining
    files: Files
    notes: Mapping[str, str]

    def plan(self, progress: Progress) -> tuple[FileChange, ...]:
        moves = self._find_moves()
        changes = (self._change(name, moves) for name in progress(sorted(self.files)))
        gone = (FileChange(name, None) for name in sorted(moves))
        return (*filter(None, changes), *gone)

    def _find_moves(self) -> Mapping[str, str]:
        """Return the archives to which files in `unmatched/` move, by the names of these files.

        Raise UnfitArchiveError if a file has comments of several pages.
        """
        places = self.stored.find_places()
        targets: defaultdict[str, set[str]] = defaultdict(set)
        for name, comments in self.files.items():
            for comment in comments:
                for file in find_files(comment, places):
                    if file.startswith(UNMATCHED):
                        targets[file].add(name)
        mixed = sorted(file for file, names in targets.items() if len(names) > 1)
        if mixed:
            raise UnfitArchiveError(_report_mixed(file, targets[file]) for file in mixed)
        moves = {file: min(names) for file, names in targets.items()}
        return {file: name for file, name in moves.items() if name != file}

    def _change(self, name: str, moves: Mapping[str, str]) -> FileChange | None:
        """Return the change of a file; None if the file stays as it is."""
        file = f"{FOLDER}/{name}"
        moved = tuple(sorted(source for source, target in moves.items() if target == name))
        text = self._read(name)
        for source in moved:
            text = _move(self.stored.files[source], text, file)
        joined = self.joining.join(self.files[name], read_archive(text, file).comments)
        new, added = add_comments(text, joined.fresh, file)
        _check(new, file, joined)
        return FileChange(name, new, added, moved) if added or moved else None

    def _read(self, name: str) -> str:
        """Return the text of a file, or the first lines of a new file."""
        stored = self.stored.files.get(name)
        if not stored:
            return self.notes.get(name, "")
        # The note on top is removed from a file outside of `unmatched/`, because it says that the
        # page was not found, but a person has moved the file to its page.
        return stored.text if stored.is_unmatched else remove_note(stored.text)


def _report_mixed(file: str, names: Iterable[str]) -> Problem:
    where = ", ".join(f"`{FOLDER}/{name}`" for name in sorted(names))
    what = f"This file has comments that belong in several files: {where}."
    return Problem(
        Place(f"{FOLDER}/{file}"),
        what,
        "Split this file into one file for each conversation, and import again.",
    )


def _move(source: StoredFile, text: str, file: str) -> str:
    """Return the text of an archive with the comments of the unmatched file `source` added."""
    there = {comment.id: comment for comment in read_archive(text, file).comments}
    for comment in source.comments:
        if there.get(comment.id, comment) != comment:
            what = f"The comment `{comment.id}` is also in `{file}`, with another content."
            place = Place(f"{FOLDER}/{source.name}")
            raise UnfitArchiveError([Problem(place, what, "Delete one of the two comments.")])
    if not there and not text.strip():
        return remove_note(source.text)
    return move_comments(text, remove_note(source.text), file)


def _check(text: str, file: str, joined: Joined) -> None:
    """Raise CountError unless every comment can be read from the new text of a file."""
    missing = joined.ids - {comment.id for comment in read_archive(text, file).comments}
    if missing:
        raise CountError(
            f"{file}: The import would lose the comment `{min(missing)}`, so nothing"
            " is written. Please report this to mkdocs-bookreview."
        )

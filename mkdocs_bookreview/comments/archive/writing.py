"""Adds comments to archives, and does not change anything that a person wrote there."""

import os
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import yaml

from mkdocs_bookreview.comments.archive.cleaning import clean_html
from mkdocs_bookreview.comments.archive.data import ArchivedComment, CommentSpoiler
from mkdocs_bookreview.comments.archive.reading import WRITE_LIST, read_archive, sort_by_date
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml


class UnfitArchiveError(Exception):
    """Raised if comments cannot be added to a file; `problems` are the mistakes to fix first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def write_archive(path: Path, comments: Iterable[ArchivedComment], file: str) -> int:
    """Add the comments whose ids are missing in the archive at `path`; return how many are added.

    `file` is the path for messages. The present lines of the archive stay as they are. The file is
    not written if no comment is missing. Otherwise it is replaced in one step, because an
    interruption must not leave half a file.

    Raise UnfitArchiveError if the file cannot be read, and OSError if it cannot be written.
    """
    # The file is read as bytes, because its line ends must stay, even those of Windows.
    old = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    new, added = add_comments(old, comments, file)
    if added:
        replace_file(path, new)
    return added


def replace_file(path: Path, text: str) -> None:
    """Write a file in one step, because an interruption must not leave half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, suffix=".tmp", delete=False
    ) as temporary:
        try:
            temporary.write(text)
            temporary.flush()
            os.fsync(temporary.fileno())
            temporary.close()
            # The mode is changed, because only its owner can read a temporary file, but another
            # user may build the site.
            Path(temporary.name).chmod(path.stat().st_mode if path.exists() else 0o644)
            Path(temporary.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary.name).unlink()
            raise


def add_comments(text: str, comments: Iterable[ArchivedComment], file: str) -> tuple[str, int]:
    """Return the text of an archive with the missing comments, and how many were missing.

    Each new comment is placed before the first comment with a later date, and before the notes
    (`# …`) above that comment.

    Raise UnfitArchiveError if the text is not a list of comments.
    """
    known = _read_items(text, file)
    fresh = sort_by_date(_list_fresh(comments, {item.id for item in known}))
    if not fresh:
        return text, 0
    indent = " " * _find_indent(text)
    new = _insert(text, known, [_Piece(one.date, _render(one, indent)) for one in fresh])
    _verify(text, new, {comment.id for comment in fresh}, file)
    return new, len(fresh)


def move_comments(text: str, source: str, file: str) -> str:
    """Return the text of an archive with the missing comments of another archive, `source`.

    Each comment is moved with the notes above it, because a person may have written them.

    Raise UnfitArchiveError if one of the texts is not a list of comments.
    """
    known = _read_items(text, file)
    ids = {item.id for item in known}
    items = [item for item in _cut(source, file, _find_indent(text)) if item[0] not in ids]
    if not items:
        return text
    dates = {comment.id: comment.date for comment in read_archive(source, file).comments}
    new = _insert(text, known, [_Piece(dates.get(ident), piece) for ident, piece in items])
    _verify(text, new, {ident for ident, _ in items}, file)
    return new


@dataclass(frozen=True, slots=True)
class _Item:
    """Holds the `id` of a comment, its `line`, counted from 0, and its `date` or None."""

    line: int
    id: str
    date: datetime | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Holds the lines of a comment to insert, and its `date`."""

    date: datetime | None
    text: str


def _insert(text: str, known: Iterable[_Item], pieces: Iterable[_Piece]) -> str:
    """Return a text with more comments; `pieces` are in the order of their dates."""
    lines = _split_lines(text)
    waiting = deque(known)
    made: list[str] = []
    done = 0
    for piece in pieces:
        while waiting and not _is_younger(waiting[0].date, piece.date):
            waiting.popleft()
        place = _above_notes(lines, waiting[0].line) if waiting else len(lines)
        made += [*lines[done:place], piece.text]
        done = max(done, place)
    return "".join([*made, *lines[done:]])


def _split_lines(text: str) -> list[str]:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def _cut(text: str, file: str, indent: int) -> list[tuple[str, str]]:
    """Return the id and the lines of each comment, with the notes above it.

    The lines are indented by `indent` spaces. All lines above the first comment belong to it.
    """
    items = _read_items(text, file)
    lines = _split_lines(text)
    starts = [0, *(_above_notes(lines, item.line) for item in items[1:]), len(lines)]
    own = _find_indent(text)
    return [
        (item.id, "".join(_set_in(line, indent - own) for line in lines[start:end]))
        for item, start, end in zip(items, starts, starts[1:], strict=False)
    ]


def _set_in(line: str, by: int) -> str:
    if by >= 0 or not line.strip():
        return " " * by + line if line.strip() else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _list_fresh(comments: Iterable[ArchivedComment], known: set[str]) -> Iterable[ArchivedComment]:
    seen = set(known)
    for comment in comments:
        if comment.id not in seen:
            seen.add(comment.id)
            yield comment


def _read_items(text: str, file: str) -> list[_Item]:
    """Return the line, the id and the date of each comment in a text."""
    document = read_marked_yaml(text, file)
    data = document.data if document.data is not None else []
    problems = [*document.problems]
    if not isinstance(data, list) or text.lstrip().startswith("["):
        problems.append(Problem(Place(file, 1), "The file must be a list of comments.", WRITE_LIST))
    if problems or not isinstance(data, list):
        raise UnfitArchiveError(problems)
    dates = {comment.id: comment.date for comment in read_archive(text, file).comments}
    items: list[_Item] = []
    for number, item in enumerate(data):
        ident = str(item.get("id", "")).strip() if isinstance(item, dict) else ""
        line = document.marks.place((number,)).line or 1
        items.append(_Item(line - 1, ident or f"#{number}", dates.get(ident)))
    return items


def _find_indent(text: str) -> int:
    node = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return node.start_mark.column if node else 0


def _is_younger(when: datetime | None, than: datetime | None) -> bool:
    return when is not None and than is not None and when > than


def _above_notes(lines: list[str], place: int) -> int:
    while place and lines[place - 1].lstrip().startswith("#"):
        place -= 1
    return place


class _Plain(str):
    """Marks a date, which is written without quotes."""

    __slots__ = ()


class _Block(str):
    """Marks a text, which is written as a block below its key."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Plain, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(text))
)
_Dumper.add_representer(
    _Block,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|"),
)


def _render(comment: ArchivedComment, indent: str) -> str:
    text = yaml.dump(
        [_list_fields(comment)],
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return "".join(indent + line for line in text.splitlines(keepends=True))


def _list_fields(comment: ArchivedComment) -> dict[str, object]:
    """Return the keys of a comment in the order of the file, without empty ones."""
    date = comment.date.astimezone(UTC) if comment.date else None
    fields = {
        "id": comment.id,
        "name": comment.name,
        "website": comment.website,
        "date": _Plain(date.strftime("%Y-%m-%dT%H:%M:%SZ")) if date else None,
        "likes": comment.likes,
        "reply_to": comment.reply_to,
        "spoiler": _write_spoiler(comment.spoiler),
        "hidden": comment.is_hidden,
        "text": _Block(clean_html(comment.text).strip() + "\n"),
    }
    return {key: value for key, value in fields.items() if value}


def _write_spoiler(spoiler: CommentSpoiler | None) -> object:
    if spoiler is None:
        return None
    if spoiler.book:
        label = {"label": spoiler.label} if spoiler.label else {}
        return {"book": spoiler.book, **label}
    return spoiler.label or True


def _verify(old: str, new: str, added: set[str], file: str) -> None:
    """Raise UnfitArchiveError unless the new text has all old comments and all new ones."""
    before = read_marked_yaml(old, file).data or []
    after = read_marked_yaml(new, file).data
    if isinstance(after, list) and isinstance(before, list):
        rest = [item for item in after if not _has_id(item, added)]
        if rest == before and len(after) == len(before) + len(added):
            return
    what = "Comments cannot be added, because it is not clear which lines belong to which comment."
    raise UnfitArchiveError([Problem(Place(file, 1), what, WRITE_LIST)])


def _has_id(item: object, ids: set[str]) -> bool:
    return isinstance(item, dict) and item.get("id") in ids

"""Adds comments to archives, and changes nothing that a person may have written there."""

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import yaml

from mkdocs_bookreview.comments.archive.cleaning import clean_html
from mkdocs_bookreview.comments.archive.data import ArchivedComment, CommentSpoiler
from mkdocs_bookreview.comments.archive.reading import read_archive, sort_by_date
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml


class UnfitArchiveError(Exception):
    """Raised if comments cannot be added to a file; `problems` are what to fix in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def write_archive(path: Path, comments: Iterable[ArchivedComment], file: str) -> int:
    """Add to the archive at `path` the comments whose ids it does not have; return how many.

    `file` is the path for messages. What is in the archive stays, byte for byte. A file that is
    complete is not written again, and one that is written is replaced at once, so that there is
    never half a file.

    Raise UnfitArchiveError if the file cannot be read, and OSError if it cannot be written.
    """
    # As bytes, because line ends of Windows must stay too.
    old = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    new, added = add_comments(old, comments, file)
    if added:
        _replace(path, new)
    return added


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, suffix=".tmp", delete=False
    ) as temporary:
        try:
            temporary.write(text)
            temporary.flush()
            os.fsync(temporary.fileno())
            temporary.close()
            # Temporary files are for their owner alone, but a site is often built by others.
            Path(temporary.name).chmod(path.stat().st_mode if path.exists() else 0o644)
            Path(temporary.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary.name).unlink()
            raise


def add_comments(text: str, comments: Iterable[ArchivedComment], file: str) -> tuple[str, int]:
    """Return the text of an archive with the comments that it lacks, and how many these are.

    Each is placed before the first comment that is younger, and above the notes (`# …`) over it.

    Raise UnfitArchiveError if the text is not a list of comments.
    """
    known = _read_items(text, file)
    ids = {ident for _, ident, _ in known}
    fresh = sort_by_date(_list_fresh(comments, ids))
    if not fresh:
        return text, 0
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    indent = " " * _find_indent(text)
    pieces: list[str] = []
    done = 0
    waiting = [*known, (len(lines), "", None)]
    for comment in fresh:
        while waiting[0][1] and not _is_younger(waiting[0][2], comment.date):
            waiting.pop(0)
        place = _above_notes(lines, waiting[0][0]) if waiting[0][1] else len(lines)
        pieces += [*lines[done:place], _render(comment, indent)]
        done = max(done, place)
    new = "".join([*pieces, *lines[done:]])
    _verify(text, new, fresh, file)
    return new, len(fresh)


def _list_fresh(comments: Iterable[ArchivedComment], known: set[str]) -> Iterable[ArchivedComment]:
    seen = set(known)
    for comment in comments:
        if comment.id not in seen:
            seen.add(comment.id)
            yield comment


def _read_items(text: str, file: str) -> list[tuple[int, str, datetime | None]]:
    """Return the line of each comment in a text, counted from 0, with its id and its date."""
    document = read_marked_yaml(text, file)
    data = document.data if document.data is not None else []
    problems = [*document.problems]
    if not isinstance(data, list) or text.lstrip().startswith("["):
        cure = "Write each comment below a dash: `- id: wp-4711`."
        problems.append(Problem(Place(file, 1), "It must be a list of comments.", cure))
    if problems or not isinstance(data, list):
        raise UnfitArchiveError(problems)
    dates = {comment.id: comment.date for comment in read_archive(text, file).comments}
    items: list[tuple[int, str, datetime | None]] = []
    for number, item in enumerate(data):
        ident = str(item.get("id", "")).strip() if isinstance(item, dict) else ""
        line = document.marks.place((number,)).line or 1
        items.append((line - 1, ident or f"#{number}", dates.get(ident)))
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
    """A date, which is written without quotes."""

    __slots__ = ()


class _Block(str):
    """A text, which is written below its key."""

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
    """Return the keys of a comment in the order of the file, without those that say nothing."""
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


def _verify(old: str, new: str, fresh: Iterable[ArchivedComment], file: str) -> None:
    """Raise UnfitArchiveError unless the new text has what the old one had, and all that is new."""
    before = read_marked_yaml(old, file).data or []
    after = read_marked_yaml(new, file).data
    added = {comment.id for comment in fresh}
    if isinstance(after, list) and isinstance(before, list):
        rest = [item for item in after if not _has_id(item, added)]
        if rest == before and len(after) == len(before) + len(added):
            return
    cure = "Write each comment below a dash of its own: `- id: wp-4711`."
    what = "Comments cannot be added, because the lines of its comments cannot be told apart."
    raise UnfitArchiveError([Problem(Place(file, 1), what, cure)])


def _has_id(item: object, ids: set[str]) -> bool:
    return isinstance(item, dict) and item.get("id") in ids

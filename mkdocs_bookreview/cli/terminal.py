"""Prints to the terminal: progress bars, lists, counts, and errors with their exit status."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from mkdocs_bookreview.cli.errors import CommandError

if TYPE_CHECKING:
    from mkdocs_bookreview.formats.comments import ImportedComment
    from mkdocs_bookreview.model.problem import Problem

_Item = TypeVar("_Item")

# Fewer pages have no progress bar, because reading them takes too little time.
_MANY = 200


def with_progress(paths: Sequence[Path]) -> Iterator[Path]:
    return show_progress(paths, "Reading pages")


def convert_with_progress(sources: Sequence[str]) -> Iterator[str]:
    return show_progress(sources, "Converting pages")


def write_with_progress(sources: Sequence[str]) -> Iterator[str]:
    return show_progress(sources, "Writing pages")


def sort_with_progress(files: Sequence[str]) -> Iterator[str]:
    return show_progress(files, "Sorting comments")


def show_progress(items: Sequence[_Item], label: str) -> Iterator[_Item]:
    if len(items) < _MANY:
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar


def count_comments(comments: Iterable["ImportedComment"]) -> Iterator["ImportedComment"]:
    with click.progressbar(
        comments, label="Reading comments", show_pos=True, file=sys.stderr, update_min_steps=100
    ) as bar:
        yield from bar


def print_lists(lists: Mapping[str, Sequence[str]]) -> None:
    for title, lines in lists.items():
        if lines:
            click.echo("\n  ".join([f"{title}:", *lines]))


def stop_at(problems: Sequence["Problem"], status: int) -> None:
    """Print problems, and stop with this exit status if there are any."""
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(status)


def write_output(text: str, output: Path | None) -> None:
    """Write text as UTF-8 with line feeds, so that the file is the same on every system."""
    if not output:
        click.echo(text.encode(), nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        click.echo(f"{output} cannot be written: {error}", err=True)
        sys.exit(2)


def today() -> date:
    return datetime.now(UTC).date()


@contextmanager
def reading(config_file: Path) -> Iterator[None]:
    """Stop with a message and status 2 if the site cannot be read."""
    if not config_file.is_file():
        click.echo(
            f"There is no file {config_file}. Run this command in the folder of your mkdocs.yml"
            " or properdocs.yml, or name the file with `--config-file`.",
            err=True,
        )
        sys.exit(2)
    try:
        yield
    except CommandError as error:
        click.echo(error, err=True)
        sys.exit(2)
    except UnicodeDecodeError as error:
        click.echo(
            f"{config_file}, or a file that it inherits, is not UTF-8: {error.reason} in byte"
            f" {error.start + 1}. Save it as UTF-8.",
            err=True,
        )
        sys.exit(2)
    except OSError as error:
        click.echo(f"The site cannot be read: {error}", err=True)
        sys.exit(2)


@contextmanager
def stopping() -> Iterator[None]:
    """Stop with a message if an export or an archive cannot be read."""
    # This is imported here, because it takes 0.1 s, and most commands do not need it.
    from mkdocs_bookreview.cli.importing import ExportUnreadableError  # noqa: PLC0415
    from mkdocs_bookreview.comments.archive.plan import CountError  # noqa: PLC0415
    from mkdocs_bookreview.comments.archive.writing import UnfitArchiveError  # noqa: PLC0415
    from mkdocs_bookreview.formats.refused import ExportRefusedError  # noqa: PLC0415

    try:
        yield
    except UnfitArchiveError as error:
        stop_at(error.problems, 1)
    except (ExportRefusedError, ExportUnreadableError, CountError) as error:
        click.echo(error, err=True)
        sys.exit(2)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Stop with a message and status 2 if a file below `folder` cannot be written."""
    try:
        yield
    except OSError as error:
        click.echo(
            f"{error.filename or folder} cannot be written: {error.strerror}. Solve this, and"
            " run this command again. Files that are already written are complete.",
            err=True,
        )
        sys.exit(2)


def say_count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 page`, `2 pages`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"

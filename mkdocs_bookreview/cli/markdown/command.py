"""Runs `bookreview export markdown`: once, or again after each change."""

from contextlib import suppress
from pathlib import Path

import click
from jinja2 import TemplateError, TemplateSyntaxError

from mkdocs_bookreview.cli.errors import CommandError
from mkdocs_bookreview.cli.markdown.folder import (
    Changes,
    ExportFolder,
    describe_changes,
)
from mkdocs_bookreview.cli.markdown.site import MarkdownExport, MarkdownSite
from mkdocs_bookreview.cli.markdown.watching import list_folders, read_stamps, wait_for_change
from mkdocs_bookreview.cli.terminal import (
    convert_with_progress,
    say_count,
    today,
    with_progress,
    write_with_progress,
    writing,
)


def run_export(config_file: Path, folder: Path, *, dry_run: bool, watch: bool) -> int:
    """Export a site, print a summary, and return the exit status of the command.

    Raise OSError if the site cannot be read.
    """
    command = _Command(config_file, folder, dry_run=dry_run)
    if not watch:
        return command.run()
    with suppress(KeyboardInterrupt):
        command.watch()
    return 0


class _Command:
    """Exports one site, once or after each change. Errors are printed and give status 2."""

    def __init__(self, config_file: Path, folder: Path, *, dry_run: bool) -> None:
        self._config_file = config_file
        self._folder = ExportFolder(folder)
        self._dry_run = dry_run
        self._export = MarkdownExport(
            with_progress, convert_with_progress, write_with_progress, _print
        )

    def run(self) -> int:
        try:
            self._folder.refuse_foreign(list_folders(self._config_file))
            site = self._export.make(self._config_file, self._folder.path, today())
            changes = self._folder.plan(site.files)
        except CommandError as error:
            _print(str(error))
            return 2
        except TemplateError as error:
            _print(_describe_template(error))
            return 2
        if not self._dry_run:
            with writing(self._folder.path):
                self._folder.write(site.files, changes)
        return self._sum_up(site, changes)

    def watch(self) -> None:
        """Export again after each change, until the process is interrupted."""
        config_file, export = self._config_file.resolve(), self._folder.path.resolve()
        stamps = read_stamps(config_file, export)
        self.run()
        while True:
            stamps = wait_for_change(config_file, export, stamps)
            # The error is ignored, because an editor may have written only a part of a file so far,
            # and the loop tries again.
            with suppress(OSError, UnicodeDecodeError):
                self.run()

    def _sum_up(self, site: MarkdownSite, changes: Changes) -> int:
        if self._dry_run:
            for line in describe_changes(changes):
                click.echo(line)
        for note in site.notes:
            _print(note)
        counts = _count(changes)
        state = "; nothing is written" if self._dry_run and counts else ""
        _print(f"{say_count(site.pages, 'page')}: {', '.join(counts) or 'nothing new'}{state}.")
        if site.problems:
            problems = say_count(len(site.problems), "problem")
            _print(f"{problems}: invalid values are left out. Run `bookreview check` to list them.")
        return 1 if site.problems else 0


def _count(changes: Changes) -> list[str]:
    kinds = {"new": changes.added, "changed": changes.changed, "removed": changes.removed}
    return [f"{say_count(len(names), 'file')} {kind}" for kind, names in kinds.items() if names]


def _print(text: str) -> None:
    click.echo(text, err=True)


def _describe_template(error: TemplateError) -> str:
    """Return the message for a mistake in a template of the author."""
    place = f"{error.name}:{error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
    return f"{place}A template in your `custom_dir` cannot be used: {error.message}."

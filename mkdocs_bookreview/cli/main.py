"""Define the command line; each command is a few lines that call other modules."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

import mkdocs_bookreview
from mkdocs_bookreview.cli.check import check_site
from mkdocs_bookreview.cli.export import FORMATS, export_site
from mkdocs_bookreview.cli.themes import read_themes

# Fewer pages have no progress bar, because reading them takes too little time.
_MANY = 200


def _with_progress(paths: Sequence[Path]) -> Iterator[Path]:
    if len(paths) < _MANY:
        yield from paths
        return
    with click.progressbar(paths, label="Reading pages", file=sys.stderr) as bar:
        yield from bar


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(mkdocs_bookreview.__version__, prog_name="bookreview")
def main() -> None:
    """Helps to write book reviews for a site made with MkDocs."""


_config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The configuration of the site.",
)


@main.command(
    epilog="Examples:  bookreview check   |   bookreview check --config-file blog/mkdocs.yml"
)
@_config_file
def check(config_file: Path) -> None:
    """Report every problem in the site without building it.

    Exit status: 0 there is none, 1 there are some, 2 the site cannot be read.
    """
    with _reading(config_file):
        count, problems = check_site(config_file, _today(), _with_progress)
    for problem in problems:
        click.echo(problem)
    reviews = _count(count, "review")
    if problems:
        click.echo(f"{_count(len(problems), 'problem')} in {reviews}.", err=True)
        sys.exit(1)
    click.echo(f"No problems in {reviews}.", err=True)


@main.command(epilog="Examples:  bookreview themes   |   bookreview themes -f blog/mkdocs.yml")
@_config_file
def themes(config_file: Path) -> None:
    """List themes that a tidy site would not have: unused, used once, or almost alike.

    Exit status: 0 the themes were read, 1 their file has problems, 2 the site cannot be read.
    """
    with _reading(config_file):
        found = read_themes(config_file, _with_progress)
    for problem in found.problems:
        click.echo(problem, err=True)
    lists = {
        "Listed, and in no review": found.unused,
        "In one review": [f"{name}  ({source})" for name, source in found.single],
        "Almost alike": [" / ".join(pair) for pair in found.twins],
    }
    for title, lines in lists.items():
        if lines:
            click.echo("\n  ".join([f"{title}:", *lines]))
    click.echo(f"{_count(len(found.sources), 'theme')} in reviews.", err=True)
    sys.exit(1 if found.problems else 0)


@main.command(
    epilog="Examples:  bookreview export --format goodreads -o books.csv   |"
    "   bookreview export --format bibtex > books.bib"
)
@_config_file
@click.option("--format", "format_", type=click.Choice([*FORMATS]), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; without one the text is printed.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def export(config_file: Path, format_: str, output: Path | None, force: bool) -> None:
    """Write the books of the site as Goodreads' CSV, BibTeX, CSL-JSON, or JSON with all facts.

    Drafts and spoilers are not in it.

    Exit status: 0 all was written, 1 the site has problems, and what is wrong in it is left out,
    2 the site cannot be read, or the file cannot be written.
    """
    if output and output.exists() and not force:
        click.echo(f"{output} already exists. Write --force to replace it.", err=True)
        sys.exit(2)
    with _reading(config_file):
        found = export_site(config_file, format_, _today(), _with_progress)
    _write(found.text, output)
    click.echo(f"{_count(found.books, 'book')} written.", err=True)
    if found.problems:
        problems = _count(found.problems, "problem")
        click.echo(f"{problems}: what is wrong is left out. See `bookreview check`.", err=True)
        sys.exit(1)


def _write(text: str, output: Path | None) -> None:
    """Write text as UTF-8 with line feeds, so that the file is the same on every system."""
    if not output:
        click.echo(text.encode(), nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        click.echo(f"{output} cannot be written: {error}", err=True)
        sys.exit(2)


def _today() -> date:
    return datetime.now(UTC).date()


@contextmanager
def _reading(config_file: Path) -> Iterator[None]:
    if not config_file.is_file():
        click.echo(f"There is no file {config_file}. Run this beside your mkdocs.yml.", err=True)
        sys.exit(2)
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"The site cannot be read: {error}", err=True)
        sys.exit(2)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

"""The command line; each command is a few lines that call the rest."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

import mkdocs_bookreview
from mkdocs_bookreview.cli.check import check_site

# No shorter work is worth a bar.
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


@main.command(
    epilog="Examples:  bookreview check   |   bookreview check --config-file blog/mkdocs.yml"
)
@click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The configuration of the site.",
)
def check(config_file: Path) -> None:
    """Tell every problem of the site without building it.

    Exit status: 0 there is none, 1 there are some, 2 the site cannot be read.
    """
    if not config_file.is_file():
        click.echo(f"There is no file {config_file}. Run this beside your mkdocs.yml.", err=True)
        sys.exit(2)
    try:
        count, problems = check_site(config_file, _with_progress)
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"The site cannot be read: {error}", err=True)
        sys.exit(2)
    for problem in problems:
        click.echo(problem)
    reviews = f"{count} review{'' if count == 1 else 's'}"
    if problems:
        found = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        click.echo(f"{found} in {reviews}.", err=True)
        sys.exit(1)
    click.echo(f"No problems in {reviews}.", err=True)

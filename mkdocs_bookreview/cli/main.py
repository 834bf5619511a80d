"""Defines the command line; each command is a few lines that call other modules.

A command imports these modules only when it runs, because importing all of them would delay
`--help` and shell completion by half a second.
"""

import sys
from pathlib import Path

import click

import mkdocs_bookreview
from mkdocs_bookreview.cli.comment_commands import comments
from mkdocs_bookreview.cli.config_names import CONFIG_HELP, config_file_option
from mkdocs_bookreview.cli.terminal import (
    print_lists,
    reading,
    say_count,
    show_progress,
    today,
    with_progress,
    write_output,
)

# The names are repeated here, because importing their module would make `--help` slow.
_FORMATS = ("goodreads", "bibtex", "csl-json", "json")  # the keys of `export.FORMATS`


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(mkdocs_bookreview.__version__, prog_name="bookreview")
def main() -> None:
    """Check book reviews, tidy themes, export books, audit sites, and move comments."""


main.add_command(comments)


@main.command(
    epilog="Examples:  bookreview check   |   bookreview check --config-file blog/mkdocs.yml"
)
@config_file_option
@click.option("--full", is_flag=True, help="Print each problem in full, by file and line.")
def check(config_file: Path, full: bool) -> None:
    """Report every problem in the site without building it.

    If many problems are of one kind, they are listed together. No file is changed.

    Exit status: 0 no problems, 1 some problems, 2 the site cannot be read.
    """
    from mkdocs_bookreview.cli.check import check_site, list_group, sum_up
    from mkdocs_bookreview.model.problem import group_problems

    with reading(config_file):
        count, problems, note = check_site(config_file, today(), with_progress)
    if note:
        click.echo(note, err=True)
    rare, groups = (problems, []) if full else group_problems(problems)
    for line in (*map(str, rare), *(line for group in groups for line in list_group(group))):
        click.echo(line)
    reviews = say_count(count, "review")
    if problems:
        found = say_count(len(problems), "problem")
        # The message does not say "in the reviews", because other files, such as mkdocs.yml, have
        # problems too.
        click.echo(f"{found} found. The site has {reviews}.", err=True)
        for line in sum_up(len(rare), groups):
            click.echo(line, err=True)
        sys.exit(1)
    click.echo(f"No problems in {reviews}.", err=True)


@main.command(epilog="Examples:  bookreview themes   |   bookreview themes -f blog/mkdocs.yml")
@config_file_option
def themes(config_file: Path) -> None:
    """List themes to tidy up: unused, used once, or almost alike.

    Names that are almost alike are listed for authors, series and every other list too.

    Exit status: 0 the themes were read, 1 their file has problems, 2 the site cannot be read.
    """
    from mkdocs_bookreview.cli.themes import read_themes

    with reading(config_file):
        found = read_themes(config_file, with_progress)
    for problem in found.problems:
        click.echo(problem, err=True)
    lists = {
        "Listed, but in no review": found.unused,
        "In one review": [f"{name}  ({source})" for name, source in found.single],
        "Almost alike": [" / ".join(pair) for pair in found.twins],
    } | {
        f"Almost alike in {name}": [" / ".join(pair) for pair in pairs]
        for name, pairs in found.alike.items()
    }
    print_lists(lists)
    click.echo(f"{say_count(len(found.sources), 'theme')} in reviews.", err=True)
    sys.exit(1 if found.problems else 0)


@main.group(
    invoke_without_command=True,
    subcommand_metavar="[COMMAND]",
    epilog="Examples:  bookreview export --format goodreads -o books.csv   |"
    "   bookreview export --format bibtex > books.bib   |   bookreview export markdown blog",
)
@config_file_option
@click.option("--format", "format_", type=click.Choice(_FORMATS))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write. By default, the text is printed.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.pass_context
def export(
    context: click.Context,
    config_file: Path,
    format_: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Write your books for Goodreads, BibTeX, Zotero (CSL-JSON) or your own scripts (JSON).

    Drafts and spoilers are left out.

    Exit status: 0 all books are written, 1 they are written without values that have problems,
    2 the site cannot be read, or the file cannot be written.
    """
    if context.invoked_subcommand:
        if format_ or output or force:
            raise click.UsageError(
                "`--format`, `--output` and `--force` are not valid with"
                " `markdown`. Leave them out."
            )
        context.obj = config_file
        return
    if not format_:
        raise click.UsageError("Missing option '--format'. Choose from: " + ", ".join(_FORMATS))
    from mkdocs_bookreview.cli.export import export_site

    if output and output.exists() and not force:
        click.echo(f"{output} already exists. Add `--force` to replace it.", err=True)
        sys.exit(2)
    with reading(config_file):
        found = export_site(config_file, format_, today(), with_progress)
    write_output(found.text, output)
    click.echo(f"{say_count(found.books, 'book')} written.", err=True)
    if found.problems:
        problems = say_count(found.problems, "problem")
        click.echo(
            f"{problems}: invalid values are left out. Run `bookreview check` to list them.",
            err=True,
        )
        sys.exit(1)


@export.command(
    epilog="Examples:  bookreview export markdown ../blog   |"
    "   bookreview export markdown ../blog --watch"
)
@click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=CONFIG_HELP,
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="List the files that would change, and write none.")
@click.option(
    "--watch", is_flag=True, help="Export again after each change, until Ctrl+C is pressed."
)
@click.pass_obj
def markdown(
    default: Path, config_file: Path | None, folder: Path, dry_run: bool, watch: bool
) -> None:
    """Write the whole blog as Markdown into FOLDER, for Zensical.

    Reviews have their card, and lists are pages. Drafts are left out. Files in FOLDER that an
    export did not write are never changed.

    Exit status: 0 all is written, 1 it is written without values that have problems, 2 the site
    cannot be read, or FOLDER cannot be written.
    """
    # This is imported here, because it takes 0.2 s, and other commands do not need it.
    from mkdocs_bookreview.cli.markdown.command import run_export

    config_file = config_file or default
    with reading(config_file):
        status = run_export(config_file, folder, dry_run=dry_run, watch=watch)
    sys.exit(status)


@main.command(
    epilog="Examples:  bookreview audit site   |"
    "   bookreview audit public -f blog/mkdocs.yml --format github"
)
@config_file_option
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--full", is_flag=True, help="List every leak of each file.")
def audit(config_file: Path, site: Path, format_: str, full: bool) -> None:
    """Search a finished site for spoilers that are not hidden, whatever program built it.

    SITE is the folder of the site: its pages, search index, feeds and all other text. The command
    reads from your sources what must be hidden. No file is changed.

    Exit status: 0 nothing leaks, 1 something leaks, 2 the site, the sources or a part of them
    cannot be read.
    """
    from mkdocs_bookreview.cli.audit import audit_site
    from mkdocs_bookreview.cli.leaks import write_report

    with reading(config_file):
        found = audit_site(config_file, site, today(), with_progress, show_progress)
    for line in write_report(found, site, format_, full=full):
        click.echo(line)
    for note in found.list_notes():
        click.echo(note, err=True)
    files = say_count(found.files, "file")
    if found.leaks:
        click.echo(f"{say_count(len(found.leaks), 'leak')} in {files}.", err=True)
        sys.exit(1)
    click.echo(f"No leaks in {files}.", err=True)
    sys.exit(2 if found.unread else 0)

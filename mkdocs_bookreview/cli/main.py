"""Defines the command line; each command is a few lines that call other modules.

A command imports these modules when it runs, because `--help` and the completion of a shell would
wait half a second for all of them.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

import mkdocs_bookreview
from mkdocs_bookreview.cli.config_names import CONFIG_NAMES, find_config_file
from mkdocs_bookreview.cli.terminal import (
    count_comments,
    print_lists,
    reading,
    say_count,
    show_progress,
    sort_with_progress,
    stop_at,
    stopping,
    today,
    with_progress,
    write_output,
    writing,
)

if TYPE_CHECKING:
    from mkdocs_bookreview.cli.comments import CommentsSite, FoundThreads, Registry
    from mkdocs_bookreview.comments.threads import Threads

_LARGE = 5_000_000  # bytes of an export; smaller ones are read in a second

# Written here too, because the modules that they come from are not imported yet.
_CONFIG_HELP = f"The configuration file of the site.  [default: {', '.join(CONFIG_NAMES)}]"
_FORMATS = ("goodreads", "bibtex", "csl-json", "json")  # the keys of `export.FORMATS`
_MAPPINGS = ("pathname", "url", "title", "og:title", "key")  # `adopting.MAPPINGS`
_SOURCES = ("wordpress", "disqus", "isso")  # the keys of `importing.SOURCES`


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(mkdocs_bookreview.__version__, prog_name="bookreview")
def main() -> None:
    """Check book reviews, tidy themes, export books, audit sites, and move comments."""


_config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=find_config_file,
    help=_CONFIG_HELP,
)


@main.command(
    epilog="Examples:  bookreview check   |   bookreview check --config-file blog/mkdocs.yml"
)
@_config_file
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
        # Not "in" the reviews, because other files have problems too, such as mkdocs.yml.
        click.echo(f"{found} found. The site has {reviews}.", err=True)
        for line in sum_up(len(rare), groups):
            click.echo(line, err=True)
        sys.exit(1)
    click.echo(f"No problems in {reviews}.", err=True)


@main.command(epilog="Examples:  bookreview themes   |   bookreview themes -f blog/mkdocs.yml")
@_config_file
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
        "Listed, and in no review": found.unused,
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
@_config_file
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
            raise click.UsageError("Write options after `markdown`.")
        context.obj = config_file
        return
    if not format_:
        raise click.UsageError("Missing option '--format'. Choose from: " + ", ".join(_FORMATS))
    from mkdocs_bookreview.cli.export import export_site

    if output and output.exists() and not force:
        click.echo(f"{output} already exists. Write --force to replace it.", err=True)
        sys.exit(2)
    with reading(config_file):
        found = export_site(config_file, format_, today(), with_progress)
    write_output(found.text, output)
    click.echo(f"{say_count(found.books, 'book')} written.", err=True)
    if found.problems:
        problems = say_count(found.problems, "problem")
        click.echo(f"{problems}: what is wrong is left out. See `bookreview check`.", err=True)
        sys.exit(1)


@export.command(
    epilog="Examples:  bookreview export markdown ../blog   |"
    "   bookreview export markdown ../blog --watch"
)
@click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_CONFIG_HELP,
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="List the files that would change, and write none.")
@click.option("--watch", is_flag=True, help="Write again what changes, until you press Ctrl+C.")
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
    # Imported here, because what converts Markdown takes 0.2 s, which other commands need not wait.
    from mkdocs_bookreview.cli.markdown.command import run_export

    config_file = config_file or default
    with reading(config_file):
        status = run_export(config_file, folder, dry_run=dry_run, watch=watch)
    sys.exit(status)


@main.command(
    epilog="Examples:  bookreview audit site   |"
    "   bookreview audit public -f blog/mkdocs.yml --format github"
)
@_config_file
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--full", is_flag=True, help="List every leak of each file.")
def audit(config_file: Path, site: Path, format_: str, full: bool) -> None:
    """Search a finished site for spoilers that it shows openly, whatever built it.

    SITE is the folder of the site: its pages, search index, feeds and all other text. What must be
    hidden is read from your sources. No file is changed.

    Exit status: 0 nothing leaks, 1 something leaks, 2 the site or the sources cannot be read, or
    not to the end.
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


@main.group()
def comments() -> None:
    """Keep comments with their pages, import old ones, and check the server."""


@comments.command(
    epilog="Examples:  bookreview comments registry   |"
    "   bookreview comments registry --adopt pathname"
)
@_config_file
@click.option(
    "--adopt",
    type=click.Choice(_MAPPINGS),
    help="Give pages without a line the id that they have had so far: from the address, the title,"
    " or (key) from an earlier version of this plugin.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be new, and write nothing.")
def registry(config_file: Path, adopt: str | None, dry_run: bool) -> None:
    """Write comments.lock.yml, so that pages keep their comments.

    After that, titles, file names and addresses may change. The command prints new and changed
    lines. For a service that can continue an older discussion, it prints all lines, with the text
    that you have to add there. If comments are replies to a post, no file is needed, and the
    command lists pages without a post.

    Exit status: 0 the file is up to date, 1 ids have problems and nothing is written, 2 the site
    cannot be read, or the file cannot be written.
    """
    from mkdocs_bookreview.cli.adopting import KEY, find_adopted, list_rewritten
    from mkdocs_bookreview.cli.comments import (
        adopt_ids,
        build_registry,
        find_threads,
        read_comments_site,
        write_registry,
    )

    with reading(config_file):
        site = read_comments_site(config_file, with_progress)
        found = find_threads(site.written, today())
        if site.provider.needs_post:
            _list_without_post(site, found)
            return
        stop_at(found.lock.problems, 2)
        fresh = found.threads.fresh
        if adopt:
            ids = find_adopted(site, adopt, fresh)
            # Found again, because problems must be those of the file that is written.
            found = find_threads(site.written, today(), adopt_ids(found, ids))
        stop_at(found.threads.problems, 1)
        new = build_registry(found, site.service, fresh)
        is_written = not dry_run and write_registry(new.text, site.written.folder)
    _report_registry(new, site, found.threads, "is written" if is_written else "stays as it is")
    rewritten = list_rewritten(site, found.threads.by_source) if adopt == KEY else ()
    for source, ident in rewritten:
        click.echo(f"{source}: write `comments: {{id: {ident}}}` to keep its comments.", err=True)


def _list_without_post(site: "CommentsSite", found: "FoundThreads") -> None:
    for source in found.without_post:
        click.echo(source)
    pages = say_count(len(found.without_post), "page")
    click.echo(
        f"{pages} without a post. Write `comments: {{{site.service}: URL}}` in a page to give it a"
        " comment section.",
        err=True,
    )
    stop_at(found.threads.problems, 1)


def _report_registry(new: "Registry", site: "CommentsSite", threads: "Threads", state: str) -> None:
    from mkdocs_bookreview.cli.comments import describe_registry
    from mkdocs_bookreview.comments.lock import FILE_NAME

    for line in describe_registry(new, site.provider):
        click.echo(line)
    kinds = [*new.news.values()]
    counts = [f"{count} {kind}" for kind in ("new", "changed") if (count := kinds.count(kind))]
    pages = say_count(len(new.lines), "page")
    click.echo(f"{FILE_NAME} {state}: {pages}, {', '.join(counts) or 'nothing new'}.", err=True)
    for orphan in threads.orphans:
        click.echo(
            f"No page has {orphan.id} ({orphan.page}). If the page has another file now, write that"
            " as `page` of its line, and run this again; else delete the line.",
            err=True,
        )


@comments.command(
    "import",
    epilog="Examples:  bookreview comments import --from wordpress export.xml   |"
    "   bookreview comments import --from isso comments.db --dry-run",
)
@_config_file
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--from", "source", type=click.Choice(_SOURCES), required=True)
@click.option("--websites", is_flag=True, help="Write the websites of commenters too.")
@click.option("--dry-run", is_flag=True, help="Print what would be new, and write nothing.")
def import_comments(
    config_file: Path, files: Sequence[Path], source: str, websites: bool, dry_run: bool
) -> None:
    """Add the comments of an earlier blog to the files in comments/.

    FILE is the export of WordPress or Disqus, or the database of Isso. If an export has several
    files, name all of them, because comments may answer those in another file. Comments whose page
    is not found are listed, and put into comments/unmatched/. Comments that you have already stay
    as they are. E-mail and IP addresses are never written.

    Exit status: 0 each comment has a page or is left out, 1 some have no page, or files have
    problems and nothing is written, 2 the site or FILE cannot be read, or files cannot be written.
    """
    from mkdocs_bookreview.cli.archives import read_archive_site
    from mkdocs_bookreview.cli.importing import (
        describe_changes,
        describe_counts,
        describe_unmatched,
        plan_site,
        read_export,
        write_plan,
    )

    with reading(config_file), stopping():
        site = read_archive_site(config_file, today(), with_progress)
        is_large = sum(file.stat().st_size for file in files) > _LARGE
        export = read_export(source, files, count_comments if is_large else iter)
        plan = plan_site(site, export, sort_with_progress, with_websites=websites)
    if not dry_run:
        with writing(site.written.folder):
            write_plan(site, plan.changes)
    for line in (*describe_changes(site, plan), *describe_unmatched(site, plan)):
        click.echo(line)
    for line in describe_counts(plan):
        click.echo(line, err=True)
    news = say_count(plan.added, "new comment")
    state = "; nothing is written" if dry_run else ""
    click.echo(f"{news}{state}." if plan.changes else "Nothing is new.", err=True)
    sys.exit(1 if plan.unmatched else 0)


@comments.command("list", epilog="Example:  bookreview comments list")
@_config_file
def list_archived(config_file: Path) -> None:
    """List the comments in comments/: those of pages, those without, and likely spoilers.

    A comment that shares words with what its review hides is shown with file and line. Write
    `spoiler: true` below it, or `spoiler: false` if it gives nothing away.

    Exit status: 0 the list is complete, 1 some files have problems, 2 the site cannot be read.
    """
    from mkdocs_bookreview.cli.archives import read_archive_site
    from mkdocs_bookreview.cli.listing import (
        describe_comments,
        describe_file,
        list_comments,
    )

    with reading(config_file):
        site = read_archive_site(config_file, today(), with_progress)
        found = list_comments(site, with_progress)
    lists = {
        "With a page": [describe_file(one, site.sources[one.name]) for one in found.with_page],
        "Without a page": [describe_file(one) for one in found.without_page],
        "May give something away": [str(suspect) for suspect in found.suspects],
    }
    print_lists(lists)
    files = say_count(len(found.with_page) + len(found.without_page), "file")
    click.echo(f"{describe_comments(found.comments)} in {files}.", err=True)
    stop_at(site.stored.problems, 1)


@comments.command(epilog="Example:  bookreview comments csp")
@_config_file
def csp(config_file: Path) -> None:
    """List what a Content-Security-Policy must allow for the comments, one directive a line.

    Exit status: 0 the list is complete, 2 the site cannot be read.
    """
    from mkdocs_bookreview.cli.comments import read_comments_site

    with reading(config_file):
        site = read_comments_site(config_file, with_progress)
        hosts = site.provider.hosts_of(site.list_posts(today()))
    for directive in sorted(hosts):
        click.echo(" ".join([directive, *hosts[directive]]))


@comments.command("check", epilog="Example:  bookreview comments check")
@_config_file
def check_server(config_file: Path) -> None:
    """Ask the comment server from this computer whether it is ready for the site.

    Exit status: 0 it is, 1 something is wrong, 2 the site cannot be read.
    """
    from mkdocs_bookreview.cli.comments import read_comments_site
    from mkdocs_bookreview.comments.asking import ask_server

    with reading(config_file):
        site = read_comments_site(config_file, with_progress)
        posts = site.list_posts(today())
    faults = list(site.provider.find_faults(ask_server, site.site_url))
    for post in posts:
        faults += site.provider.find_post_faults(ask_server, post, site.site_url)
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    click.echo(site.provider.praise(), err=True)

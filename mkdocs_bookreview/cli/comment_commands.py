"""Defines the commands that begin with `bookreview comments`.

As in `main`, a command imports other modules only when it runs, because that takes time.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_bookreview.cli.config_names import config_file_option
from mkdocs_bookreview.cli.terminal import (
    count_comments,
    print_lists,
    reading,
    say_count,
    sort_with_progress,
    stop_at,
    stopping,
    today,
    with_progress,
    writing,
)

if TYPE_CHECKING:
    from mkdocs_bookreview.cli.comments import CommentsSite, FoundThreads, Registry
    from mkdocs_bookreview.comments.threads import Threads

_LARGE = 5_000_000  # bytes of an export; smaller ones are read in a second

# The names are repeated here, because importing their modules would make `--help` slow.
_MAPPINGS = ("pathname", "url", "title", "og:title", "key")  # `adopting.MAPPINGS`
_SOURCES = ("wordpress", "disqus", "isso")  # the keys of `importing.SOURCES`


@click.group()
def comments() -> None:
    """Keep comments with their pages, import old ones, and check the server."""


@comments.command(
    epilog="Examples:  bookreview comments registry   |"
    "   bookreview comments registry --adopt pathname"
)
@config_file_option
@click.option(
    "--adopt",
    type=click.Choice(_MAPPINGS),
    help="Give each page that has no line in comments.lock.yml the id that it has had so far. The"
    " value says what that id was made from; use `key` for ids of earlier versions of this"
    " plugin.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be new, and write nothing.")
def registry(config_file: Path, adopt: str | None, dry_run: bool) -> None:
    """Write comments.lock.yml, so that pages keep their comments.

    After that, titles, file names and addresses may change. The command prints new and changed
    lines. For giscus it prints all lines, each with a text. Add this text to an older discussion
    on GitHub, and giscus shows that discussion on the page of the line. If comments are replies to
    a post, no file is needed, and the command lists pages without a post.

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
            # The threads are found again, because the problems must be those of the new lock file.
            found = find_threads(site.written, today(), adopt_ids(found, ids))
        stop_at(found.threads.problems, 1)
        new = build_registry(found, site.service, fresh)
        is_written = not dry_run and write_registry(new.text, site.written.folder)
    _report_registry(new, site, found.threads, "is written" if is_written else "stays as it is")
    rewritten = list_rewritten(site, found.threads.by_source) if adopt == KEY else ()
    for source, ident in rewritten:
        click.echo(
            f"{source}: Write `comments: {{id: {ident}}}` in the front matter of this page"
            " to keep its comments.",
            err=True,
        )


def _list_without_post(site: "CommentsSite", found: "FoundThreads") -> None:
    for source in found.without_post:
        click.echo(source)
    pages = say_count(len(found.without_post), "page")
    click.echo(
        f"{pages} without a post. Write `comments: {{{site.service}: URL}}` in the front matter"
        " of a page to give it a comment section.",
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
            f"No page has the id {orphan.id}, which belongs to {orphan.page} in {FILE_NAME}. If"
            " that page has a new file name, write its new path as `page` in that line, and run"
            " this command again. If the page is gone, delete the line.",
            err=True,
        )


@comments.command(
    "import",
    epilog="Examples:  bookreview comments import --from wordpress export.xml   |"
    "   bookreview comments import --from isso comments.db --dry-run",
)
@config_file_option
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--from", "source", type=click.Choice(_SOURCES), required=True)
@click.option("--websites", is_flag=True, help="Import the websites of commenters too.")
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
@config_file_option
def list_archived(config_file: Path) -> None:
    """List the comments in comments/: with a page, without a page, and likely spoilers.

    A comment may be a spoiler if it has words in common with the spoilers of its review. Below such
    a comment, write `spoiler: true`, or `spoiler: false` if it is not a spoiler.

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
        "May be a spoiler": [str(suspect) for suspect in found.suspects],
    }
    print_lists(lists)
    files = say_count(len(found.with_page) + len(found.without_page), "file")
    click.echo(f"{describe_comments(found.comments)} in {files}.", err=True)
    stop_at(site.stored.problems, 1)


@comments.command(epilog="Example:  bookreview comments csp")
@config_file_option
def csp(config_file: Path) -> None:
    """List what a Content-Security-Policy must allow for the comments, one directive per line.

    Exit status: 0 the list is complete, 2 the site cannot be read.
    """
    from mkdocs_bookreview.cli.comments import read_comments_site

    with reading(config_file):
        site = read_comments_site(config_file, with_progress)
        hosts = site.provider.hosts_of(site.list_posts(today()))
    for directive in sorted(hosts):
        click.echo(" ".join([directive, *hosts[directive]]))


@comments.command("check", epilog="Example:  bookreview comments check")
@config_file_option
def check_server(config_file: Path) -> None:
    """Ask the comment server from this computer whether it is ready for the site.

    Exit status: 0 the server is ready, 1 something is wrong, 2 the site cannot be read.
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

"""Finds the threads of a site, and writes the lock file that keeps them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mkdocs_bookreview.cli.errors import NoCommentsError, UnwritableError
from mkdocs_bookreview.cli.site import Progress, WrittenSite, read_written_site
from mkdocs_bookreview.comments.lock import (
    FILE_NAME,
    Lock,
    LockLine,
    read_lock_file,
    render_lock,
)
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.comments.providers import PROVIDERS
from mkdocs_bookreview.comments.threads import (
    Threads,
    assign_posts,
    assign_threads,
    list_without_post,
)
from mkdocs_bookreview.model.problem import Problem


@dataclass(frozen=True, slots=True)
class FoundThreads:
    """Holds the threads of a site before a build, with the `lock` file that they come from.

    `without_post` are sources of published pages that need the address of a post.
    """

    threads: Threads = field(default_factory=Threads)
    lock: Lock = field(default_factory=Lock)
    without_post: tuple[str, ...] = ()

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        return (*self.lock.problems, *self.threads.problems)


@dataclass(frozen=True, slots=True)
class CommentsSite:
    """Describes a site with comments; `written` is the site as its author wrote it.

    `provider` shows the comments, and `service` is its name in `mkdocs.yml` and the lock file.
    """

    written: WrittenSite
    provider: Provider
    service: str

    @property
    def site_url(self) -> str | None:
        return self.written.config.site.get("site_url") or None

    def list_posts(self, today: date) -> list[str]:
        """Return the addresses of the posts on a social network that published pages name."""
        threads = (page.thread for page in self.written.list_published(today) if page.thread)
        return [thread.posts[self.service] for thread in threads if self.service in thread.posts]


def read_comments_site(config_file: Path, progress: Progress) -> CommentsSite:
    """Read a site that has comments.

    Raise NoCommentsError if it has none, or if `site_url` is invalid, and OSError if it cannot be
    read.
    """
    written = read_written_site(config_file, progress)
    check_site_url(written)
    options = written.settings.comments
    if options and written.provider:
        return CommentsSite(written, written.provider, options.service)
    if options or any("`comments" in problem.what for problem in written.problems):
        raise NoCommentsError(
            f"`comments` in {written.config.name} has mistakes. Run `bookreview check` to list"
            " them."
        )
    raise NoCommentsError(
        "The site has no comments. Write `comments: {provider: …}` below `bookreview` in"
        f" {written.config.name}."
    )


def check_site_url(written: WrittenSite) -> None:
    """Raise NoCommentsError if `site_url` is invalid.

    Ids that depend on the address of the site would be wrong, and would be kept in files.
    """
    if any("`site_url`" in problem.what for problem in written.config.problems):
        raise NoCommentsError(
            f"`site_url` in {written.config.name} is not valid. Run `bookreview check` for the fix."
        )


def find_threads(
    written: WrittenSite, today: date, adopted: Iterable[LockLine] = ()
) -> FoundThreads:
    """Return the threads of a site; none if it has no comments.

    `adopted` are lines that count as if they were in the lock file already.
    """
    options, provider = written.settings.comments, written.provider
    if not options or not provider:
        return FoundThreads()
    pages = written.site.pages.values()
    published = written.list_published(today)
    if provider.needs_post:
        missing = list_without_post(published, options.service)
        posts = assign_posts(pages, options.service, provider)
        return FoundThreads(posts, without_post=tuple(missing))
    lock = read_lock_file(written.folder, PROVIDERS)
    threads = assign_threads(
        pages,
        [page.source for page in published],
        provider,
        written.config.site.get("site_url") or None,
        (*lock.lines.get(options.service, ()), *adopted),
        is_shared=options.shared,
    )
    return FoundThreads(threads, lock)


@dataclass(frozen=True, slots=True)
class Registry:
    """Describes a lock file to write.

    `text` is the new file, and `lines` are its lines for the service of the site. `news` has the
    lines that are not in the old file; the value of each is `new` or `changed`.
    """

    text: str
    lines: tuple[LockLine, ...]
    news: Mapping[LockLine, str]


def adopt_ids(found: FoundThreads, ids: Mapping[str, str]) -> list[LockLine]:
    """Return lines for pages that have no line yet; `ids` maps sources to earlier ids."""
    fresh = {*found.threads.fresh} & ids.keys()
    return [replace(line, id=ids[line.page]) for line in found.threads.lines if line.page in fresh]


def build_registry(found: FoundThreads, service: str, fresh: Collection[str]) -> Registry:
    """Return the lock file to write; `fresh` are the sources of pages that had no line before.

    Lines without a page are kept, because only the author knows whether the page is gone for good.
    """
    threads, before = found.threads, found.lock.lines.get(service, ())
    ids = {line.id for line in before}
    news = {
        line: "new" if line.page in fresh or line.id not in ids else "changed"
        for line in threads.lines
        if line not in before
    }
    text = render_lock({**found.lock.lines, service: (*threads.lines, *threads.orphans)})
    return Registry(text, threads.lines, news)


def write_registry(text: str, folder: Path) -> bool:
    """Write the lock file, and return whether it differs from the file before.

    Raise UnwritableError if the file cannot be written; the old file then stays as it was.
    """
    path = folder / FILE_NAME
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    # The text is written to a second file first, because an incomplete lock file loses threads.
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        fix = f"Check that no folder is named {FILE_NAME}, and that you may write in {folder}."
        raise UnwritableError(f"{path} cannot be written: {error.strerror}. {fix}") from error
    return True


def describe_registry(registry: Registry, provider: Provider) -> Sequence[str]:
    """Return the lines to print: new and changed lines, and lines with a discussion to continue.

    The second kind has the text that the author must add to the older discussion.
    """
    found = []
    for line in registry.lines:
        relink = provider.relink(line.id)
        if relink or line in registry.news:
            kind = registry.news.get(line)
            parts = (f"{line.page}: {line.id}", f"({kind})" if kind else None, relink)
            found.append("  ".join(part for part in parts if part))
    return found

"""Decides which pages have comments, and builds their comment sections."""

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from mkdocs_bookreview.comments.consent import check_consent
from mkdocs_bookreview.comments.faults import find_missing_files
from mkdocs_bookreview.comments.lock import FILE_NAME, LockLine, read_lock_file
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.comments.section import Section
from mkdocs_bookreview.comments.threads import Threads, assign_posts, assign_threads
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.options import find_marks
from mkdocs_bookreview.plugin.report import log, warn
from mkdocs_bookreview.publishing.sections import PageSections, SectionPlace
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.settings import Settings


def plan_threads(build: Build) -> Threads:
    """Return the threads of all pages, and report their problems.

    Raise PluginError if the lock file has mistakes, because a page without its line would show an
    empty thread, and readers would begin to write there.
    """
    provider, options = build.provider, build.settings.comments
    if not provider or not options:
        return Threads()
    threads = _assign(build, provider, options)
    warn(threads.problems)
    # `mkdocs serve` gives no advice, because reviews that are still being written need no line in
    # the lock file yet.
    if not build.is_serving and not provider.find_absence():
        for advice in threads.advise():
            log.info(advice)
    return threads


def _assign(build: Build, provider: Provider, options: CommentsSettings) -> Threads:
    pages = build.plan.pages.values()
    if provider.needs_post:
        return assign_posts(pages, options.service, provider)
    return assign_threads(
        pages,
        _list_published(build),
        provider,
        build.config.site_url or None,
        _read_lines(build, options.service),
        is_shared=options.shared,
    )


def _read_lines(build: Build, service: str) -> Sequence[LockLine]:
    # This is imported here, because a site without comments needs no provider.
    from mkdocs_bookreview.comments.providers import PROVIDERS  # noqa: PLC0415

    lock = read_lock_file(config_folder(build.config), PROVIDERS)
    warn(lock.problems)
    if lock.problems:
        raise PluginError(f"bookreview: {FILE_NAME} has mistakes, listed above.")
    return lock.lines.get(service, ())


def _list_published(build: Build) -> list[str]:
    files = build.files.src_uris
    return [source for source in build.plan.pages if files[source].inclusion.is_included()]


def find_section(build: Build, source: str) -> Section | None:
    """Return the comment section of the page at `source`; None if it has none."""
    file = build.files.src_uris.get(source)
    page = file.page if file else None
    written, options = build.plan.pages.get(source), build.settings.comments
    if not page or not written or not build.sections or not options:
        return None
    shared = get_relative_url(build.comments[0].uri, page.url) if build.comments else ""
    sections = PageSections(
        build.sections,
        options.service,
        build.threads.by_source,
        build.words.language,
        serving=build.is_serving,
    )
    return sections.build(
        written, SectionPlace(find_title(page), page.canonical_url or None, shared)
    )


def warn_of_consent(settings: Settings, config: MkDocsConfig) -> None:
    """Report comments that wait for the reader's consent on a site that never asks for consent."""
    options = settings.comments
    if not options:
        return
    marks = find_marks(config).below(("comments",))
    problem = check_consent(options, config.extra, config.repo_url, marks)
    warn([problem] if problem else [])


def find_missing(build: Build) -> Sequence[Problem]:
    """Return a problem for each file that the comments need, but that the finished site lacks."""
    if not build.provider:
        return ()
    marks = find_marks(build.config).below(("comments",))
    return [*find_missing_files(build.provider, Path(build.config.site_dir), marks)]


def find_title(page: Page) -> str:
    """Return the title of a page as plain text, because MkDocs has HTML: `A &amp; B`."""
    title = str(page.title or "")  # because YAML reads `title: 1984` as a number
    if "<" in title or "&" in title:
        return Markup(title).striptags()  # noqa: S704 - only to take the tags out
    return " ".join(title.split())

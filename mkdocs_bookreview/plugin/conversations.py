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
from mkdocs_bookreview.comments.provider import Conversation, Provider
from mkdocs_bookreview.comments.section import Section, SectionBuilder, SectionOptions
from mkdocs_bookreview.comments.threads import Threads, assign_posts, assign_threads
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Thread
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.options import find_marks
from mkdocs_bookreview.plugin.report import log, warn
from mkdocs_bookreview.settings.comments import CommentsSettings
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


def plan_threads(build: Build) -> Threads:
    """Return the threads of all pages, and report what is wrong with them.

    Raise PluginError if the lock file has mistakes, because a page without its line would show an
    empty thread, and readers would begin to write there.
    """
    provider, options = build.provider, build.settings.comments
    if not provider or not options:
        return Threads()
    threads = _assign(build, provider, options)
    warn(threads.problems)
    # On `mkdocs serve` reviews are still being written, and need no line of the lock file yet.
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
    # Imported here for the same reason as in `options.read_options`.
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
    """Return the comment section of the page at `source`; None if it has none.

    A review has one unless its front matter says `comments: false`. Another page has one only if
    its front matter asks for it.
    """
    file = build.files.get_file_from_path(source)
    page = file.page if file else None
    written = build.plan.pages.get(source)
    if not page or not written or not written.thread or not build.sections:
        return None
    conversation = _find_conversation(build, source, page, written.thread)
    if not conversation:
        return None
    return build.sections.build(
        conversation,
        get_relative_url(build.comments[0].uri, page.url) if build.comments else "",
        written.thread.state,
        book=written.review.book.key if written.review else None,
        serving=build.is_serving,
    )


def _find_conversation(
    build: Build, source: str, page: Page, written: Thread
) -> Conversation | None:
    """Return the conversation on a page; None if it has no thread."""
    ident, options = build.threads.by_source.get(source), build.settings.comments
    if ident is None or not options:
        return None
    return Conversation(
        ident,
        find_title(page),
        build.words.language,
        page.canonical_url or None,
        written.posts.get(options.service),
    )


def begin_sections(
    provider: Provider | None, settings: Settings, words: Words, config: MkDocsConfig
) -> SectionBuilder | None:
    """Return what builds the comment sections of a site; None if it has no comments."""
    options = settings.comments
    if not provider or not options:
        return None
    _check_consent(options, config)
    # Material asks readers for consent only if the author has written this.
    asks = bool(config.extra.get("consent"))
    consent = (options.consent or options.service) if asks else None
    return SectionBuilder(provider, SectionOptions(options.load, options.guard, consent), words)


def _check_consent(options: CommentsSettings, config: MkDocsConfig) -> None:
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
    """Return the title of a page as plain text; MkDocs has HTML, with `&amp;` for `&`."""
    return Markup(page.title or "").striptags()  # noqa: S704 - only to take the tags out

"""Reads the archived comments of a build."""

from collections.abc import Mapping

from mkdocs_bookreview.comments.archive.data import Archive
from mkdocs_bookreview.comments.archive.folder import read_archives
from mkdocs_bookreview.model.review import CommentsOpen
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.report import warn


def plan_archives(build: Build) -> Mapping[str, Archive]:
    """Return the archives by the source of their page, and report what is wrong with them.

    A page with `comments: false` shows none.
    """
    found = read_archives(
        config_folder(build.config),
        build.plan.pages.values(),
        build.threads.by_source,
        build.config.site_url or None,
        build.book_keys,
    )
    warn(found.problems)
    pages = build.plan.pages
    threads = {source: pages[source].thread for source in found.by_source}
    closed = {source for source, one in threads.items() if one and one.state is CommentsOpen.OFF}
    return {source: one for source, one in found.by_source.items() if source not in closed}

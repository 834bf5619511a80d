"""Reads the archived comments of a site, and finds the comments that other pages may list."""

from collections.abc import Iterator, Mapping

from mkdocs_bookreview.comments.archive.data import FOLDER, Archive
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import find_title
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.report import warn
from mkdocs_bookreview.publishing.archives import leave_out_closed, list_listable
from mkdocs_bookreview.rendering.latest import CommentedPage


def plan_archives(build: Build) -> Mapping[str, Archive]:
    """Return the archives of comments by the source of their page, and report mistakes in them.

    Archives of pages with `comments: false` are left out.
    """
    folder = config_folder(build.config)
    if not (folder / FOLDER).is_dir():
        return {}
    # This is imported here, because a site without old comments does not need to read them, nor the
    # library that cleans their HTML.
    from mkdocs_bookreview.comments.archive.folder import read_archives  # noqa: PLC0415

    found = read_archives(
        folder,
        build.plan.pages.values(),
        build.threads.by_source,
        build.config.site_url or None,
        build.book_keys,
    )
    warn(found.problems)
    return leave_out_closed(found.by_source, build.plan.pages)


def list_commented(build: Build) -> Iterator[CommentedPage]:
    """Yield the published pages whose archived comments other pages may list."""
    files = build.files.src_uris

    def is_published(source: str) -> bool:
        return files[source].inclusion.is_included() and files[source].page is not None

    for source, archive in list_listable(build.archives, build.plan.pages, is_published):
        if page := files[source].page:
            yield CommentedPage(find_title(page), files[source].url, archive)

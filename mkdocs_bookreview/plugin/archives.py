"""Reads the archived comments of a build, and finds those that other pages may list."""

from collections.abc import Iterator, Mapping

from mkdocs_bookreview.comments.archive.data import FOLDER, Archive
from mkdocs_bookreview.model.review import CommentsOpen
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.conversations import find_title
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.report import warn
from mkdocs_bookreview.rendering.latest import CommentedPage


def plan_archives(build: Build) -> Mapping[str, Archive]:
    """Return the archives by the source of their page, and report what is wrong with them.

    A page with `comments: false` shows none.
    """
    folder = config_folder(build.config)
    if not (folder / FOLDER).is_dir():
        return {}
    # Imported here, because a site without old comments needs no reader of them, nor the library
    # that cleans their HTML.
    from mkdocs_bookreview.comments.archive.folder import read_archives  # noqa: PLC0415

    found = read_archives(
        folder,
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


def list_commented(build: Build) -> Iterator[CommentedPage]:
    """Yield the published pages whose comments may be listed on other pages.

    A page that is hidden as a whole is left out, because its comments may say what it hides. Pages
    that share an archive are one page here, so that no comment is listed twice.
    """
    seen: set[int] = set()
    for source, archive in sorted(build.archives.items()):
        file = build.files.src_uris[source]
        is_open = file.inclusion.is_included() and not build.plan.pages[source].spoilers
        if is_open and file.page and id(archive) not in seen:
            seen.add(id(archive))
            yield CommentedPage(find_title(file.page), file.url, archive)

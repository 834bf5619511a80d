"""Chooses the archived comments that readers see, and the comments that other pages may list."""

from collections.abc import Callable, Iterator, Mapping

from mkdocs_bookreview.comments.archive.data import Archive
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.model.review import CommentsOpen


def leave_out_closed(
    archives: Mapping[str, Archive], pages: Mapping[str, WrittenPage]
) -> dict[str, Archive]:
    """Return the archives by source, without the archives of pages with `comments: false`."""
    threads = {source: pages[source].thread for source in archives}
    closed = {source for source, one in threads.items() if one and one.state is CommentsOpen.OFF}
    return {source: archive for source, archive in archives.items() if source not in closed}


def list_listable(
    archives: Mapping[str, Archive],
    pages: Mapping[str, WrittenPage],
    is_published: Callable[[str], bool],
) -> Iterator[tuple[str, Archive]]:
    """Yield the archives that other pages may list, each once, with the source of a page.

    A page that is hidden as a whole is left out, because its comments may give the hidden text
    away. If pages share an archive, only the first page counts, because no comment may be listed
    twice.
    """
    seen: set[int] = set()
    for source, archive in sorted(archives.items()):
        is_open = is_published(source) and not pages[source].spoilers
        if is_open and id(archive) not in seen:
            seen.add(id(archive))
            yield source, archive

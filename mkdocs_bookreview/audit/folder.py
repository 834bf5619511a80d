"""Searches the folder of a finished site that anything may have built."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from mkdocs_bookreview.audit.fresh import FreshTexts
from mkdocs_bookreview.audit.hidden import Leak
from mkdocs_bookreview.audit.pages import CLASS, read_bodies
from mkdocs_bookreview.audit.search import Search
from mkdocs_bookreview.audit.site import FinishedSite, SitePage

_PAGES = (".html", ".htm")

FileProgress = Callable[[Sequence[str], str], Iterable[str]]


class FoundLeak(NamedTuple):
    """Describes a leak in the file `uri` of a site.

    `line` and `column` count from 1. `is_in_head` is True in the head of a page.
    """

    uri: str
    leak: Leak
    line: int
    column: int
    is_in_head: bool


def list_pages(site: FinishedSite) -> list[str]:
    return sorted(uri for uri in site.sizes if uri.endswith(_PAGES))


def search_folder(site: FinishedSite, progress: FileProgress) -> Iterator[FoundLeak]:
    """Yield the leaks in all files.

    `progress` gets files with words for what happens to them, and yields the files one by one.
    Before this, `site` must have the pages whose sources are known, with all that they hide. Other
    pages are searched too, and what they seal is searched for. All that readers see of them counts
    as their author's own text, so short texts are searched for in the rest: head, scripts,
    attributes and comments.
    """
    site.is_foreign = True
    _read_pages(site, progress)
    search = Search(site)
    for uri in progress(sorted(site.sizes), "Searching files"):
        if leaks := search.list_leaks(uri):
            text = site.read(uri)
            yield from (_locate(uri, leak, text) for leak in _keep_known(leaks, site))


def _read_pages(site: FinishedSite, progress: FileProgress) -> None:
    """Add unknown pages, and note what each page has that the one before did not have."""
    fresh = FreshTexts()
    for uri in progress(list_pages(site), "Reading the site"):
        text = site.read_file(uri)
        cut = site.cut(text) if CLASS in text else text
        site.has_sealed = site.has_sealed or cut != text
        if uri not in site.pages:
            site.pages[uri] = SitePage(uri, uri, read_bodies(text) if cut != text else ())
            site.hidden.add(uri, site.pages[uri].sealed)
        fresh.add(uri, cut)
    for uri, text in fresh.read().items():
        # With their size they are searched as unchanged, which means in their fresh text only.
        site.pages[uri].fresh, site.pages[uri].size = text, site.sizes[uri]


def _keep_known(leaks: list[Leak], site: FinishedSite) -> Iterator[Leak]:
    """Leave out leaks from unknown pages if they are from a known page too, such as a post."""
    known = {leak.quote for leak in leaks if leak.page not in site.pages}
    return (leak for leak in leaks if leak.page not in site.pages or leak.quote not in known)


def _locate(uri: str, leak: Leak, text: str) -> FoundLeak:
    line_start = text.rfind("\n", 0, leak.offset) + 1
    line = text.count("\n", 0, leak.offset) + 1
    is_in_head = uri.endswith(_PAGES) and "</head>" in text[leak.offset :]
    return FoundLeak(uri, leak, line, leak.offset - line_start + 1, is_in_head)

"""Searches the folder of a finished site, whatever program built it."""

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

    `progress` gets the files and the words to show, and yields the files one by one. First add to
    `site` all pages whose sources are known, with the texts that they hide. Pages without a known
    source are searched too, and their sealed texts are searched for in all files. The visible text
    of such a page counts as its author's own text, so its short texts are only searched for in its
    head, scripts, attributes and HTML comments.
    """
    site.is_foreign = True
    _read_pages(site, progress)
    search = Search(site)
    for uri in progress(sorted(site.sizes), "Searching files"):
        if leaks := search.list_leaks(uri):
            text = site.read(uri)
            yield from (_locate(uri, leak, text) for leak in _keep_known(leaks, site))


def _read_pages(site: FinishedSite, progress: FileProgress) -> None:
    """Add pages without a known source, and store the `fresh` text and size of each page."""
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
        # The size marks the page as unchanged, so that only its fresh text is searched.
        site.pages[uri].fresh, site.pages[uri].size = text, site.sizes[uri]


def _keep_known(leaks: list[Leak], site: FinishedSite) -> Iterator[Leak]:
    """Leave out leaks from an unknown page if a known page, such as a post, hides the same text."""
    known = {leak.quote for leak in leaks if leak.page not in site.pages}
    return (leak for leak in leaks if leak.page not in site.pages or leak.quote not in known)


def _locate(uri: str, leak: Leak, text: str) -> FoundLeak:
    line_start = text.rfind("\n", 0, leak.offset) + 1
    line = text.count("\n", 0, leak.offset) + 1
    is_in_head = uri.endswith(_PAGES) and "</head>" in text[leak.offset :]
    return FoundLeak(uri, leak, line, leak.offset - line_start + 1, is_in_head)

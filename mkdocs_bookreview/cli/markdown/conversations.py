"""Finds the comment sections of exported pages, and the archived comments that lists show."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from mkdocs_bookreview.cli.markdown.converting import ConvertedSite
from mkdocs_bookreview.cli.markdown.source_site import SourceSite
from mkdocs_bookreview.comments.section import Section
from mkdocs_bookreview.exports.catalogue import join_address
from mkdocs_bookreview.publishing.archives import list_listable
from mkdocs_bookreview.publishing.assets import Asset
from mkdocs_bookreview.publishing.sections import PageSections, SectionPlace, begin_sections
from mkdocs_bookreview.rendering.latest import CommentedPage


class Conversations:
    """Builds comment sections.

    `converted` has the titles of pages. `shared` are the files that comments load; the first file
    is the JSON that all pages read. `shared` is empty if there is no comment server.
    """

    def __init__(self, site: SourceSite, converted: ConvertedSite, shared: Sequence[Asset]) -> None:
        self._site = site
        self._converted = converted
        self._shared = shared
        self._sections = _begin(site)

    def find_title(self, source: str) -> str:
        return self._converted.pages[source].title

    def find_section(self, source: str) -> Section | None:
        """Return the comment section of the page at `source`; None if it has none."""
        page = self._site.plan.pages.get(source)
        if not page or not self._sections:
            return None
        address = self._site.find_address(source)
        url = self._site.written.config.site.get("site_url")
        # The path is relative to the address of the page and not to its file, because only our
        # script reads it.
        root = "../" * address.count("/") or "./"
        shared = f"{root}{self._shared[0].uri}" if self._shared else ""
        place = SectionPlace(
            self.find_title(source), join_address(url, address) if url else None, shared
        )
        return self._sections.build(page, place)

    def list_commented(self) -> Iterator[CommentedPage]:
        """Yield the published pages whose archived comments other pages may list."""
        archives, pages = self._site.archives, self._site.plan.pages
        for source, archive in list_listable(archives, pages, self._converted.pages.__contains__):
            yield CommentedPage(self.find_title(source), quote(source), archive)


def _begin(site: SourceSite) -> PageSections | None:
    written, options = site.written, site.written.settings.comments
    builder = begin_sections(
        written.provider, written.settings, written.words, written.config.extra
    )
    if not builder or not options:
        return None
    return PageSections(builder, options.service, site.threads, written.words.language)

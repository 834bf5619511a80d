"""Follows a build, so that the audit knows how the finished site should look."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_bookreview.audit.files import read_size
from mkdocs_bookreview.audit.fresh import FreshTexts
from mkdocs_bookreview.audit.site import FinishedSite, SitePage
from mkdocs_bookreview.comments.archive.data import Archive
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.known_extensions import is_known
from mkdocs_bookreview.settings.settings import SpoilersSettings
from mkdocs_bookreview.spoilers.sealed.vault import Vault

_OURS = "bookreview"


class AuditedBuild:
    """Records each page's own text, and the text that a plugin or the theme may have added.

    To save time, two things are not searched: text that is provably the author's own or ours, and
    lines identical to the previous page's (theme chrome). Call the methods in the order of the
    events: `see_markdown` and `add_page` for each page, `see_pages` once, then `see_content`,
    `see_output`, `see_change` and `see_file` for each page, and `find_problems` at the end.

    `vault` has the sealed elements. `write_sealed` takes a sealed element and returns it in the
    form that its page has, which may be encoded.
    """

    def __init__(
        self,
        files: Files,
        config: MkDocsConfig,
        vault: Vault,
        spoilers: SpoilersSettings,
        write_sealed: Callable[[str], str],
    ) -> None:
        self._is_on = spoilers.audit
        self._files = files
        self._folder = config.site_dir
        self._config = config
        names = (config.site_name, config.site_description, config.site_author, config.repo_name)
        words = " ".join(filter(None, (*names, vault.word)))
        self._site = FinishedSite(Path(config.site_dir), config.site_url or "", words)
        self._site.read_sealed = lambda page: map(write_sealed, vault.sealed(page))
        self._site.is_encoded = spoilers.is_encoded
        self._pages: dict[str, SitePage] = {}
        self._fresh = FreshTexts()
        self._markdown: str | None = None
        self._known = ""
        self._after = ""
        self._seen: SitePage | None = None  # the page whose file MkDocs writes next

    def add_reviews(self, reviews: Iterable[Review]) -> None:
        """Add the texts that the front matter of reviews hides, and the texts that it shows."""
        names = [self._site.names]
        for review in reviews if self._is_on else ():
            self._site.hidden.add(review.source, review.hidden)
            reasons = (theme.reason for theme in review.themes if not theme.spoiler)
            blurbs = (paragraph for book in review.books for paragraph in book.blurb)
            self._site.said += filter(None, (review.verdict, review.description, *reasons, *blurbs))
            # File names of covers may appear on any page, because heads have their addresses.
            names += (book.cover for book in review.books if book.cover)
        self._site.names = " ".join(names)

    def add_archives(self, archives: Mapping[str, Archive]) -> None:
        """Add the texts of archived comments that are sealed or hidden, by the source of a page."""
        for source, archive in archives.items() if self._is_on else ():
            closed = (one.text for one in archive.comments if one.spoiler or one.is_hidden)
            self._site.hidden.add(source, closed)

    def see_markdown(self, page: Page, given: str, made: str) -> None:
        """Store our Markdown of a page, unless another plugin has changed the author's Markdown.

        `given` is the Markdown that we got, `made` is our result, and `page.markdown` is the
        author's text.
        """
        self._markdown = made if given == page.markdown else None

    def add_page(self, page: Page, html: str, sealed: Sequence[str]) -> None:
        """Add the `sealed` elements of a page.

        The rest of `html` counts as its author's text, unless another plugin changed it.
        """
        if self._is_on:
            source = page.file.src_uri
            self._site.hidden.add(source, sealed)
            labels = f"{page.title} {page.meta['tags']}" if "tags" in page.meta else str(page.title)
            self._pages[source] = entry = SitePage(source, "", sealed, labels)
            is_untouched = page.markdown == self._markdown and page.content == html
            if is_untouched and page.file.generated_by in (None, _OURS):
                entry.author = html

    def add_earlier(self, entry: SitePage) -> None:
        """Add a page that an earlier build wrote, in case this build does not write it again."""
        entry.fresh = ""
        self._pages[entry.name] = self._site.pages[entry.uri] = entry
        self._site.hidden.add(entry.name, entry.sealed)

    def leave_out(self, entries: Iterable[SitePage]) -> None:
        """Skip the pages that builds in other languages wrote, because these searched them."""
        for entry in entries:
            entry.fresh = ""
            self._site.pages.setdefault(entry.uri, entry)

    def leave_out_redirect(self, uri: str, text: str) -> None:
        """Skip a redirect while it has this size: it has only the title and address of a page."""
        self._site.redirects[uri] = len(text.encode())

    def list_pages(self) -> list[SitePage]:
        return [page for page in self._pages.values() if page.uri]

    def find_entry(self, source: str) -> SitePage | None:
        """Return the entry of a page; None if the audit is off."""
        return self._pages.get(source)

    def see_pages(self) -> None:
        """Mark the authors' texts as trusted, because a text that its author shows is no leak.

        If an extension may read files, trust no text, because it may come from another page. This
        waits for all pages, because a site that hides nothing has nothing to search for.
        """
        is_trusting = is_known(self._config)
        for page in self._pages.values() if self._site.hidden else ():
            page.is_trusted = is_trusting and page.author is not None
            if page.is_trusted and page.author:
                self._site.hidden.trust(page.author)

    def see_content(self, page: Page, given: str | None) -> None:
        """Remember the content of a page, because the audit need not search what we filled in.

        `given` is the content before we filled it. If that is not the author's own trusted text,
        the whole content is searched. On a page that is not trusted, `given` counts as the author's
        text.
        """
        if entry := self._pages.get(page.file.src_uri):
            is_own = entry.is_trusted and given == entry.author
            self._known = (page.content or "") if is_own else ""
            if not entry.is_trusted:
                entry.author = given or ""

    def see_output(self, page: Page, content: str, before: str, after: str) -> None:
        """Add the output of a page to the texts to search.

        The output comes in three texts with placeholders: its content, and the text before and
        after the content.
        """
        entry = self._pages.get(page.file.src_uri)
        if entry and self._site.hidden:
            entry.uri = page.file.dest_uri
            self._site.pages[entry.uri] = self._seen = entry
            self._fresh.add(entry.uri, self._leave_out_known(content, before, after))
            self._after = after

    def _leave_out_known(self, content: str, before: str, after: str) -> str:
        if content != self._known:
            return before + content + after
        # Content that no plugin changed is left out, because it has only the author's text and
        # ours. The text after it is left out if the page before had the same text there.
        return before if after == self._after else f"{before}\n{after}"

    def see_change(self, page: Page) -> None:
        """Record that another plugin changed the output, so that the whole file is searched."""
        if entry := self._pages.get(page.file.src_uri):
            entry.size = self._seen = None

    def see_file(self) -> None:
        """Remember the size of the file that MkDocs wrote last.

        If the file has another size at the end of the build, a plugin has changed it, and the audit
        searches the whole file. The size is read from the file, because counting the bytes of the
        encoded page takes longer.
        """
        if self._seen:
            self._seen.size = read_size(f"{self._folder}/{self._seen.uri}")
            self._seen = None

    def find_problems(self) -> list[Problem]:
        """Search the finished site, and return a problem for each leak."""
        if not self._site.hidden:
            return []
        # This is imported here, because a site that hides nothing is not searched.
        from mkdocs_bookreview.audit.search import Search  # noqa: PLC0415

        for uri, text in self._fresh.read().items():
            self._site.pages[uri].fresh = text
        others = (file for file in self._files if not file.is_documentation_page())
        for file in others:
            if file.generated_by:
                self._site.makers[file.dest_uri] = file.generated_by
            elif file.abs_src_path:
                self._site.copies[file.dest_uri] = file.abs_src_path
        return Search(self._site).find_problems()

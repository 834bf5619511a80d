"""What passes through a build is noted, and in the end searched for what the site should hide."""

from collections.abc import Iterable, Iterator
from itertools import compress, filterfalse
from operator import ne

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.written_site import WrittenSite
from mkdocs_bookreview.spoilers.audit import Auditor
from mkdocs_bookreview.spoilers.sealed.vault import Vault

_OURS = "bookreview"
_AT_ONCE = 50  # pages; to read each alone takes twice the time


class Audit:
    """Of one build.

    Not read are a page's own words, if its author's Markdown came to us as it was written, and
    lines that the page before had too.
    """

    def __init__(self, files: Files, config: MkDocsConfig, vault: Vault, *, is_on: bool) -> None:
        self._is_on = is_on
        self._auditor = Auditor()
        self._site = WrittenSite(files, config, vault, self._auditor)
        self._markdown: str | None = None
        self._own: dict[str, str] = {}
        self._known = ""
        self._passed: list[tuple[str, str, list[str]]] = []
        self._before: dict[str, list[str]] = {"</div>": [], "\n": []}

    def add_reviews(self, reviews: Iterable[Review]) -> None:
        """What their front matter hides."""
        for review in reviews if self._is_on else ():
            self._auditor.add(review.source, review.hidden)
            reasons = (theme.reason for theme in review.open_themes)
            self._site.said += filter(None, (review.verdict, review.description, *reasons))

    def see_markdown(self, page: Page, given: str, made: str) -> None:
        """What other plugins gave us of a page's Markdown, and what we made of that."""
        self._markdown = made if given == page.markdown else None

    def add_page(self, page: Page, html: str, sealed: Iterable[str]) -> None:
        """What its text hides; all else in `html` is its author's own, if nobody changed that."""
        source = page.file.src_uri
        if self._is_on:
            self._auditor.add(source, sealed)
            is_untouched = page.markdown == self._markdown and page.content == html
            if is_untouched and page.file.generated_by in (None, _OURS):
                self._own[source] = html

    def see_pages(self) -> None:
        """All are added. What is done here for all together takes half the time."""
        if self._auditor:
            for html in self._own.values():
                self._auditor.trust(html)

    def see_content(self, page: Page, given: str | None) -> None:
        """What other plugins gave us of a page's content; now it is what we made of that."""
        is_own = given == self._own.pop(page.file.src_uri, None)
        self._known = (page.content or "") if is_own else ""
        if is_own:
            self._site.own.append(page)

    def see_output(self, page: Page, closed: tuple[str, str, str], opened: list[str]) -> None:
        """`closed` is its content, and what stands around it; of that `opened` is written."""
        if self._auditor:
            content, before, after = closed
            is_known = content == self._known
            text = f"{before}\n{after}" if is_known else before + content + after
            self._passed.append((page.file.dest_uri, text, opened))
            if len(self._passed) == _AT_ONCE:
                self._read_passed()

    def see_change(self, page: Page) -> None:
        """Another plugin changed what we opened."""
        self._site.forget(page.file.dest_uri)

    def find_problems(self) -> list[Problem]:
        """One for each file in which something leaks."""
        self._read_passed()
        return self._site.find_problems() if self._auditor else []

    def _read_passed(self) -> None:
        for uri, text, opened in self._passed:
            self._site.expect(uri, opened, self._find_fresh(text))
        self._passed.clear()

    def _find_fresh(self, text: str) -> str:
        """What the page before did not have: of large pieces, and then of lines in these."""
        for end, before in self._before.items():
            pieces = self._before[end] = text.split(end)
            if len(before) == len(pieces):
                fresh: Iterator[str] = compress(pieces, map(ne, pieces, before))
            else:
                fresh = filterfalse(set(before).__contains__, pieces)
            text = end.join(fresh)
        return text

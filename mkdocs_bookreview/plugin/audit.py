"""What passes through a build is noted, and in the end searched for what the site should hide."""

from collections.abc import Iterable
from itertools import filterfalse

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.plugin.written_site import WrittenSite
from mkdocs_bookreview.spoilers.audit import Auditor
from mkdocs_bookreview.spoilers.vault import Vault

_OURS = "bookreview"


class Audit:
    """Of one build.

    Not read are a page's own words, if its author's Markdown came to us as it was written, and
    lines that the page before had too.
    """

    def __init__(self, files: Files, config: MkDocsConfig, vault: Vault, *, is_on: bool) -> None:
        self._is_on = is_on
        self._vault = vault
        self._auditor = Auditor()
        self._site = WrittenSite(files, config, vault, self._auditor)
        self._markdown: str | None = None
        self._own: dict[str, str] = {}
        self._known = ""
        self._parts: list[str] = []
        self._lines: list[str] = []

    def add_reviews(self, reviews: Iterable[Review]) -> None:
        """What their front matter hides."""
        for review in reviews if self._is_on else ():
            self._auditor.add(review.source, review.hidden)
            self._site.said += filter(None, (review.verdict, review.description))

    def see_markdown(self, page: Page, given: str, made: str) -> None:
        """What other plugins gave us of a page's Markdown, and what we made of that."""
        self._markdown = made if given == page.markdown else None

    def add_page(self, page: Page, html: str) -> None:
        """What its text hides; all else in `html` is its author's own, if nobody changed that."""
        source = page.file.src_uri
        if self._is_on:
            self._auditor.add(source, self._vault.sealed(source))
            is_untouched = page.markdown == self._markdown and page.content == html
            if is_untouched and page.file.generated_by in (None, _OURS):
                self._auditor.trust(html)
                self._own[source] = html

    def see_content(self, page: Page, given: str | None) -> None:
        """What other plugins gave us of a page's content; now it is what we made of that."""
        is_own = given == self._own.pop(page.file.src_uri, None)
        self._known = (page.content or "") if is_own else ""
        if is_own:
            self._site.own.append(page)

    def see_output(self, page: Page, output: str, opened: str) -> None:
        """`output` becomes `opened` when it is written."""
        if self._auditor:
            fresh = self._find_fresh(_cut(output, self._known))
            self._site.expect(page.file.dest_uri, opened, fresh)

    def see_change(self, page: Page) -> None:
        """Another plugin changed what we opened."""
        self._site.forget(page.file.dest_uri)

    def find_problems(self) -> list[Problem]:
        """One for each file in which something leaks."""
        return self._site.find_problems() if self._auditor else []

    def _find_fresh(self, parts: list[str]) -> str:
        fresh = [part for part in parts if part not in self._parts]
        self._parts = parts
        if not fresh:
            return ""
        before, self._lines = self._lines, "\n".join(fresh).split("\n")
        if len(before) == len(self._lines):
            return "\n".join(
                new for new, old in zip(self._lines, before, strict=True) if new != old
            )
        return "\n".join(filterfalse(set(before).__contains__, self._lines))


def _cut(text: str, part: str) -> list[str]:
    """What stands before and behind `part`, which is so long that to search for it takes time."""
    start = text.find(part[:100])
    if not part or not text.startswith(part, start):
        return [text]
    return [text[:start], text[start + len(part) :]]

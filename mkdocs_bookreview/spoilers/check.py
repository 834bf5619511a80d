"""Check the spoilers of a text without building a site."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import count

from markdown import Extension, Markdown

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.form import read_sealed_facts
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

_EXTENSIONS = ("tables", "fenced_code", "attr_list", "md_in_html", "footnotes")

SpoilerFacts = Mapping[str, str]
Report = Callable[[Finding], object]


def convert(
    text: str, *others: Extension, report: Report = lambda _: None
) -> tuple[str, list[str]]:
    """Return a page's HTML with a placeholder for each spoiler, and the sealed spoilers.

    `text` is the page's Markdown without its front matter. `others` are more extensions that the
    page uses. `report` gets the findings.
    """
    vault = Vault(Words())
    spoilers = SpoilerExtension(vault=vault, report=report)
    html = Markdown(extensions=[*_EXTENSIONS, *others, spoilers]).convert(text)
    vault.claim("", html)
    return html, vault.sealed("")


class MarkdownChecker:
    """Checks the spoilers in the Markdown of many pages.

    `others` are more extensions that the pages may use. All pages share one converter, because
    making a converter takes a fifth of the time of converting a page.
    """

    def __init__(self, *others: Extension) -> None:
        self._findings: list[Finding] = []
        self._vault = Vault(Words())
        self._pages = count()
        spoilers = SpoilerExtension(vault=self._vault, report=self._add)
        self._markdown = Markdown(extensions=[*_EXTENSIONS, *others, spoilers])

    def check(self, text: str) -> tuple[list[Finding], list[SpoilerFacts]]:
        """Return the findings about a page's spoilers, and the facts of each spoiler.

        `text` is the page's Markdown without its front matter.
        """
        self._findings = []
        page = str(next(self._pages))
        self._vault.claim(page, self._markdown.reset().convert(text))
        sealed = self._vault.sealed(page)
        return self._findings, [facts for one in sealed for facts in read_sealed_facts(one)]

    def _add(self, finding: Finding) -> None:
        self._findings.append(finding)


def check_books(spoilers: Iterable[SpoilerFacts], keys: frozenset[str]) -> Iterator[Finding]:
    """Yield a finding for each book key in a spoiler that is not among the site's book `keys`."""
    named = dict.fromkeys(facts["book"] for facts in spoilers if "book" in facts)
    for key in [key for key in named if key not in keys]:
        near = get_close_matches(key, sorted(keys), n=1)
        fix = (
            f"Did you mean `{near[0]}`?"
            if near
            else "Write the key of a book that has a review on this site."
        )
        what = f"A spoiler refers to the book `{key}`, which has no review on this site."
        yield Finding(what, fix, key)

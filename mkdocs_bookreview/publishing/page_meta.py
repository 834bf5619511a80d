"""Changes a page's front matter for the theme and other plugins."""

from collections.abc import MutableMapping
from dataclasses import dataclass

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.schema import PUBLIC_KEYS
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.publishing.descriptions import Descriptions, says_anything
from mkdocs_bookreview.publishing.markdown_text import find_description, plain
from mkdocs_bookreview.settings.open_text import holds_spoiler


@dataclass(frozen=True, slots=True)
class MetaWriter:
    """Changes the front matter of one page for its theme and other plugins.

    `written` is the page as its author wrote it; None for a page that we make. `listing` is the
    list that the page shows; None if it shows no list. `descriptions` are those of all pages.
    """

    written: WrittenPage | None
    listing: Listing | None
    descriptions: Descriptions

    def prepare(self, meta: MutableMapping[str, object]) -> None:
        """Remove spoilers, and describe a review, before other plugins read the front matter."""
        for key in PUBLIC_KEYS & meta.keys():
            if holds_spoiler(meta[key]):
                del meta[key]
        if self.listing and not self.written and not find_description(self.listing):
            meta["hide"] = ["toc"]  # because the page has no headings below its title
        if self.written and self.written.review:
            self._write_review(meta, self.written.review)

    def _write_review(self, meta: MutableMapping[str, object], review: Review) -> None:
        """Write a review's description, and its themes, warnings and quotes without spoilers."""
        shown = {
            "themes": [theme.name for theme in review.themes if not theme.spoiler],
            "warnings": [warning.name for warning in review.warnings if not warning.spoiler],
            "quotes": [quote.text for quote in review.quotes if not quote.spoiler],
        }
        meta.update((key, value) for key, value in shown.items() if key in meta)
        meta["description"] = self.descriptions.texts[review.source]

    def describe(
        self,
        meta: MutableMapping[str, object],
        source: str,
        teaser: str,
        title: str,
        *,
        has_spoilers: bool,
    ) -> None:
        """Write a description for the page at `source`, if it has none and is not a review.

        Use the page's first words, `teaser`. If they are only spoilers, use the page's title. For a
        list, use the sentence about the list if they are only spoilers or describe another list.
        Leave a page with neither a list nor spoilers alone, because nothing on it is ours.
        """
        if meta.get("description") or not (self.listing or has_spoilers):
            return
        if self.listing and not self.written and self.listing.source in self.descriptions.repeated:
            teaser = ""
        words = plain(teaser)
        if not self.listing:
            meta["description"] = words if says_anything(words) else plain(title)
        elif self.descriptions.claim(words, source):
            meta["description"] = words
        else:
            meta["description"] = self.descriptions.texts[self.listing.source]

"""Builds the heads of reviews and lists."""

from dataclasses import replace

from mkdocs_bookreview.publishing.feed_links import FeedLinks
from mkdocs_bookreview.publishing.filling import Publication
from mkdocs_bookreview.structured_data.head import Head, HeadPage, HeadSite
from mkdocs_bookreview.structured_data.json_ld import ReviewDescriber
from mkdocs_bookreview.structured_data.properties import list_properties


class HeadBuilder:
    """Builds the heads of a site's pages; `site` describes what all of them say."""

    def __init__(self, published: Publication, site: HeadSite) -> None:
        self._published = published
        self._site = site
        self.feeds = FeedLinks(published, site)
        self._describer = ReviewDescriber(
            site, published.find_full_addresses(), published.lowest_rating
        )

    def build(self, source: str, page: HeadPage) -> Head:
        """Return what the head of the page at `source` says.

        It only links to feeds if the page is neither a review nor a list.

        `page` has no picture; that of a review is the cover of its first book.
        """
        head = Head(links=self.feeds.list_links(source), url=page.url or "")
        review = self._published.plan.review(source)
        if not review and source not in self._published.shown:
            return head
        options = self._published.settings.metadata
        has_properties = options.open_graph != "none"
        found = list_properties(page, self._site, review) if has_properties else ()
        data = self._describer.describe(review, page) if review and options.json_ld else None
        return replace(head, properties=tuple(found), json_ld=data)

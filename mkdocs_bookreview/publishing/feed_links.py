"""Finds the feeds to which the head of a page links."""

from mkdocs_bookreview.exports.catalogue import join_address
from mkdocs_bookreview.publishing.filling import Publication
from mkdocs_bookreview.structured_data.head import HeadLink, HeadSite

_ATOM = "application/atom+xml"


class FeedLinks:
    """Links the pages of a site to its feeds; without `site_url` there are no links."""

    def __init__(self, published: Publication, site: HeadSite) -> None:
        plan, feeds = published.plan, published.feeds
        self._shown = published.shown
        self._index = plan.index.source if plan.index else ""
        self._links = {
            listing.source: HeadLink(
                "alternate", join_address(site.url, address), _ATOM, listing.name_on(site.name)
            )
            for listing in (plan.listings if feeds else ())
            if site.url and (address := feeds.get(listing.source))
        }

    def list_links(self, source: str) -> tuple[HeadLink, ...]:
        """Return links to the feed of the list that a page shows, and to the feed of all reviews.

        Only the first page of a list links to the feed of that list.
        """
        if not self._links:
            return ()
        listing = self._shown.get(source)
        lists = dict.fromkeys((listing.source if listing else "", self._index))
        return tuple(self._links[one] for one in lists if one in self._links)

"""Lists the properties by which other services show a link to a page.

Names and values are those of https://ogp.me, with the few that only X (Twitter) reads.
"""

from collections.abc import Iterator

from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.structured_data.head import HeadPage, HeadSite, Property


def list_properties(page: HeadPage, site: HeadSite, review: Review | None) -> Iterator[Property]:
    """Yield the properties of a page; `review` is None on a page that is not one review."""
    yield Property("og:type", "article" if review else "website")
    yield Property("og:title", page.title)
    if page.description:
        yield Property("og:description", page.description)
    if page.url:
        yield Property("og:url", page.url)
    yield Property("og:site_name", site.name)
    yield Property("twitter:card", "summary")

"""Gives reviews and made pages their parents, neighbours and places in menus."""

from collections.abc import Iterable, Mapping

from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.plugin.reading import Plan


def take_out(files: Files, plan: Plan) -> None:
    """Take reviews out of the implicit navigation; an explicit `nav` may still name them.

    With them, the time of a build would grow with the square of the number of reviews, because each
    page shows the whole navigation.
    """
    for source, page in plan.pages.items():
        file = files.src_uris[source]
        if page.review and file.inclusion.is_in_nav():
            file.inclusion = InclusionLevel.NOT_IN_NAV


def place_pages(nav: Navigation, files: Files, plan: Plan, shown: Mapping[str, Listing]) -> None:
    """Set parents and neighbours of reviews and lists that are not in the navigation.

    `shown` maps the source of a page to the listing that it shows. The parent is a page, not a
    section; Material's blog does the same.
    """
    in_nav = {page.file.src_uri for page in nav.pages}
    hosts = {listing.source: source for source, listing in shown.items()}
    index = _page(files, hosts.get(plan.index.source))
    for source, listing in shown.items():
        if listing.parent and source not in in_nav and (page := _page(files, source)):
            page.parent = _page(files, hosts.get(listing.parent))  # type: ignore[assignment]
    for review in plan.reviews:
        if review.source not in in_nav and (page := _page(files, review.source)):
            page.parent = index  # type: ignore[assignment]
            earlier, later = plan.library.earlier(review), plan.library.later(review)
            page.previous_page = _page(files, earlier.source if earlier else None)
            page.next_page = _page(files, later.source if later else None)


def flatten_sections(nav: Navigation, indexes: Iterable[str]) -> None:
    """Replace each section that has only a made index by the index itself."""
    sources = set(indexes)
    for place, item in enumerate(nav.items):
        if isinstance(item, Section) and len(item.children) == 1:
            child = item.children[0]
            if isinstance(child, Page) and child.file.src_uri in sources:
                child.parent = None
                nav.items[place] = child


def find_missing(nav: Navigation, shown: Mapping[str, Listing]) -> list[tuple[str, str]]:
    """Return the title and source of each index that an explicit `nav` lacks."""
    in_nav = {page.file.src_uri for page in nav.pages}
    return [
        (listing.title, source)
        for source, listing in shown.items()
        if listing.is_index and source not in in_nav
    ]


def _page(files: Files, source: str | None) -> Page | None:
    file = files.get_file_from_path(source) if source else None
    return file.page if file else None

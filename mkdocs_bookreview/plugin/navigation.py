"""Gives reviews and made pages their parents, neighbours and places in menus."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.publishing.plan import Plan

# These plugins read the navigation from a file. Each value has the option that names the file, and
# the default name of the file.
_NAV_FILES = {"literate-nav": ("nav_file", "SUMMARY.md"), "awesome-nav": ("filename", ".nav.yml")}


def take_out(files: Files, plan: Plan) -> None:
    """Take reviews out of the implicit navigation; an explicit `nav` may still name them.

    Otherwise the time of a build would grow with the square of the number of reviews, because each
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
    index = _page(files, hosts.get(plan.index.source)) if plan.index else None
    for source, listing in shown.items():
        if listing.parent and source not in in_nav and (page := _page(files, source)):
            page.parent = _page(files, hosts.get(listing.parent))  # type: ignore[assignment]
    for review in plan.reviews:
        page = None if review.source in in_nav else _page(files, review.source)
        # A page with a parent is left alone, because Material's blog sets the parent of its posts.
        if page and not page.parent:
            # A review that is also the index gets no parent, because it would be its own parent.
            page.parent = index if page is not index else None  # type: ignore[assignment]
            earlier, later = plan.library.earlier(review), plan.library.later(review)
            page.previous_page = _page(files, earlier.source if earlier else None)
            page.next_page = _page(files, later.source if later else None)


def is_written(build: Build) -> bool:
    """Return whether the author wrote the navigation: in `mkdocs.yml`, or for a plugin."""
    return build.has_nav or find_nav_file(build) is not None


def find_nav_file(build: Build) -> str | None:
    """Return the file at the top of the docs folder in which a plugin finds the navigation."""
    for plugin, (option, default) in _NAV_FILES.items():
        if used := build.config.plugins.get(plugin):
            name = str(used.config.get(option) or default)
            if build.files.get_file_from_path(name):
                return name
    return None


def leave_out_inferred(nav: object, files: Files) -> None:
    """Remove pages from `nav` that mkdocs-literate-nav added, but that do not belong there.

    The plugin adds all pages of a folder as `{None: path}`, even those that are excluded from the
    navigation. An item by the author has a title, or is a bare path.
    """
    for item in list(nav) if isinstance(nav, list) else ():
        for title, value in item.items() if isinstance(item, dict) else ():
            leave_out_inferred(value, files)
            file = files.src_uris.get(value) if title is None and isinstance(value, str) else None
            if value == [] or (file and not file.inclusion.is_in_nav()):
                nav.remove(item)  # type: ignore[attr-defined]


def gather(nav: Navigation, shown: Mapping[str, Listing], title: str) -> Section | None:
    """Move all lists into one section at the place of the first list, and return the section.

    If the folder of a list has other pages, the whole folder moves. The list of reviews comes
    first, and the other pages of its folder come last, because a section with them would have the
    same title. Return None if the navigation has no list, or a single list, which gets no section.
    """
    indexes = {source: place for place, source in enumerate(shown) if shown[source].is_index}
    found: dict[int, Page | Section] = {}
    items = _take_lists(nav.items, indexes, found)
    if not found:
        return None
    lists = _spread_reviews([found[place] for place in sorted(found)], shown)
    # The title is escaped, because themes print titles of sections as they are.
    section = Section(escape(title), lists) if len(lists) > 1 else None
    place = next(number for number, item in enumerate(nav.items) if item not in items)
    nav.items = [*items[:place], *([section] if section else lists), *items[place:]]
    _connect(nav)
    return section


def _spread_reviews(lists: list[Any], shown: Mapping[str, Listing]) -> list[Any]:
    """Return the items with the pages of the reviews' folder in place of the folder.

    The list of reviews comes first, and the other pages of its folder come last.
    """
    children = sorted(lists[0].children or (), key=lambda child: not _is_of_all(child, shown))
    if len(lists) == 1 or not any(_is_of_all(child, shown) for child in children):
        return lists
    return [children[0], *lists[1:], *children[1:]]


def _is_of_all(item: Any, shown: Mapping[str, Listing]) -> bool:
    """Return whether the item is the page of all reviews."""
    listing = shown.get(_source(item))
    return listing is not None and listing.is_of_all


def _take_lists(
    items: Iterable[Any], indexes: Mapping[str, int], found: dict[int, Page | Section]
) -> list[Any]:
    """Return the items that are not lists or sections of lists, and put the lists into `found`.

    `found` gets each item under the place that `indexes` has for its list.
    """
    kept = []
    for item in items:
        place = indexes.get(_source(item))
        if place is not None and not item.is_homepage:
            found[place] = item
        elif not isinstance(item, Section) or not _take_section(item, indexes, found):
            kept.append(item)
    return kept


def _take_section(
    section: Section, indexes: Mapping[str, int], found: dict[int, Page | Section]
) -> bool:
    """Put a section, or the lists in it, into `found`; return whether the section is used up.

    A section with a list and other children is taken as a whole.
    """
    places = [indexes.get(_source(child)) for child in section.children]
    own = [place for place in places if place is not None]
    if own and len(places) > 1:
        found[own[0]] = section
        return True
    section.children = _take_lists(section.children, indexes, found)
    return not section.children


def keep_section(nav: Navigation, section: Section) -> None:
    """Add the section of lists again if another plugin has dropped it.

    mkdocs-static-i18n drops every item that is not in the section of a language.
    """
    sources = {_source(page) for page in walk_pages([section])}
    # Pages are compared and not sections, because mkdocs-section-index replaces a section by its
    # first page, with the other pages below that page.
    if not any(_source(page) in sources for page in walk_pages(nav.items)):
        nav.items.append(section)
        section.parent = None
        _connect(nav)


def complete(nav: Navigation, files: Files, made: Iterable[File], config: MkDocsConfig) -> None:
    """Make pages for new files, and remove pages without a file from the navigation."""
    for file in made:
        if file.page is None:
            file.inclusion = InclusionLevel.NOT_IN_NAV  # because the navigation is complete
            Page(None, file, config)
    nav.items = _keep_present(nav.items, files)
    nav.pages = [page for page in nav.pages if files.src_uris.get(page.file.src_uri) is page.file]


def _keep_present(items: Iterable[Any], files: Files) -> list[Any]:
    kept = []
    for item in items:
        if item.children:
            item.children = _keep_present(item.children, files)
        is_gone = isinstance(item, Page) and files.src_uris.get(item.file.src_uri) is not item.file
        if not is_gone and (item.children or not item.is_section):
            kept.append(item)
    return kept


def _connect(nav: Navigation) -> None:
    """Set parents and neighbours of all pages, as MkDocs does."""
    nav.pages = list(walk_pages(nav.items))
    for earlier, page, later in zip(
        [None, *nav.pages], nav.pages, [*nav.pages[1:], None], strict=False
    ):
        page.previous_page, page.next_page = earlier, later
    for item in nav.items:
        item.parent = None
        _set_parents(item)


def _set_parents(item: Any) -> None:
    for child in item.children or ():
        child.parent = item
        _set_parents(child)


def walk_pages(items: Iterable[Any]) -> Iterator[Page]:
    """Yield the pages of a navigation, in its order."""
    for item in items:
        if isinstance(item, Page):
            yield item
        yield from walk_pages(item.children or ())


def _source(item: object) -> str:
    """Return the path of a page, or "" for another item."""
    return item.file.src_uri if isinstance(item, Page) else ""


def find_missing(nav: Navigation, shown: Mapping[str, Listing]) -> list[tuple[str, str]]:
    """Return the title and source of each list that belongs in the navigation and is not there."""
    in_nav = {page.file.src_uri for page in nav.pages}
    return [
        (listing.title, source)
        for source, listing in shown.items()
        if listing.is_index and source not in in_nav
    ]


def _page(files: Files, source: str | None) -> Page | None:
    file = files.src_uris.get(source) if source else None
    return file.page if file else None

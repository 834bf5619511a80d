"""Decides which page shows which list, because an author may have written the page of a list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.problem import Place, Problem


class ListPage(NamedTuple):
    """Describes the file at the address of a listing, which may be the author's.

    `source` is its path below the docs folder, `output` that below the site's folder, and `address`
    its address relative to the site's root. `is_page` is False for a file that is not a page.
    `is_own` is True for a file that we make, and False for a file of the author.
    """

    source: str
    output: str
    address: str
    is_page: bool = True
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class ShownListings:
    """Holds the pages that show listings.

    `by_source` has the listing that a page shows, by the page's source. `addresses` maps the source
    of a listing to the address of its page. `problems` report addresses that another file has.
    """

    by_source: dict[str, Listing] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def show_listings(
    listings: Iterable[Listing], add: Callable[[Listing], ListPage], *, has_list: bool = True
) -> ShownListings:
    """Add a page for each listing, unless the author wrote a page at its address.

    `add` makes the page of a listing, or returns the file that is there already. If `has_list` is
    False, the author's page replaces the list of all reviews. If the author wrote no such page, the
    list is made nevertheless, because reviews and menus link to it.
    """
    found = ShownListings()
    replaced: Listing | None = None
    for listing in listings:
        if replaced and listing.parent == replaced.source and listing.is_of_all:
            continue
        page = add(listing)
        found.addresses[listing.source] = page.address
        if not page.is_page:
            what = (
                f"This file has the address `{page.output}`, which the page `{listing.title}`"
                " needs."
            )
            found.problems.append(Problem(Place(page.source), what, "Rename the file."))
            continue
        if listing.is_of_all and not has_list and not page.is_own:
            replaced = listing
        found.by_source[page.source] = listing.without_list() if replaced is listing else listing
    return found

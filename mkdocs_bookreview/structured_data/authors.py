"""Decides who is named as the author of a review."""

from typing import NamedTuple

from mkdocs_bookreview.model.people import is_organisation
from mkdocs_bookreview.settings.open_text import MOST_IN_NAME
from mkdocs_bookreview.structured_data.head import HeadSite


class Author(NamedTuple):
    """Names the author of a review; `is_person` is False for an organisation and for a site."""

    name: str
    is_person: bool


def find_author(reviewer: str | None, site: HeadSite) -> Author | None:
    """Return the reviewer, or else the author of the site, or else the site itself.

    A name that search engines refuse because of its length is passed over; None if all are.
    """
    for name in (reviewer, site.author, site.name):
        if name and len(name) <= MOST_IN_NAME:
            return Author(name, name != site.name and not is_organisation(name))
    return None

"""Decides who is named as the author of a review."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from mkdocs_bookreview.model.people import is_organisation
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.open_text import MOST_IN_NAME
from mkdocs_bookreview.settings.typed import shown
from mkdocs_bookreview.structured_data.head import HeadSite


class Author(NamedTuple):
    """Names the author of a review; `is_person` is False for an organisation and for a site."""

    name: str
    is_person: bool


def find_author(reviewer: str | None, site: HeadSite) -> Author | None:
    """Return the reviewer, or else the author of the site, or else the site itself.

    A name that is too long for search engines is skipped. Return None if no name is left.
    """
    for name in (reviewer, site.author, site.name):
        if name and len(name) <= MOST_IN_NAME:
            return Author(name, name != site.name and not is_organisation(name))
    return None


def check_author(
    reviews: Iterable[Review], site: HeadSite, find_place: Callable[[str], Place]
) -> list[Problem]:
    """Return a problem if a review names no reviewer, and the site's author has too long a name.

    If the site has no author, its own name counts. `find_place` returns the place of a key in
    `mkdocs.yml`.
    """
    key, name = ("site_author", site.author) if site.author else ("site_name", site.name)
    if len(name) <= MOST_IN_NAME or all(one.reviewer or one.is_stub for one in reviews):
        return []
    what = (
        f"`{key}` is the author of reviews without `reviewer`, so it must be at most"
        f" {MOST_IN_NAME} characters long, but is {shown(name)}."
    )
    fix = "Write for example `reviewer: Ann` in the options of `bookreview`."
    return [Problem(find_place(key), what, fix)]

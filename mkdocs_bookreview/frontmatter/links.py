"""Check the `links` of books against the option `links`, and the option against the books."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from mkdocs_bookreview.frontmatter.readings import Fault
from mkdocs_bookreview.frontmatter.schema import BookIn
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.settings.fixes import did_you_mean, find_near
from mkdocs_bookreview.settings.links import LinkSettings
from mkdocs_bookreview.settings.marked_yaml import Marks


def check_links(found: BookIn, prefix: str, site: Collection[str]) -> Iterator[Fault]:
    """Report each link that a book turns off, but that the option `links` does not have.

    `site` has the names of the links in that option. `prefix` comes before `links` in messages.
    """
    known = {*map(fold, site)}
    for name, link in found.links.items():
        if link is None and fold(name) not in known:
            what = f"`{prefix}links.{name}` is `false`, but the option `links` has no such link."
            fix = did_you_mean(name, site, "names") if site else "Leave it out."
            yield ("links", name), what, fix


def check_templates(
    links: Mapping[str, LinkSettings], reviews: Iterable[Review], marks: Marks
) -> Iterator[Problem]:
    """Report misspelt ids in templates: `{ids.godreads}`, if books have `goodreads`.

    An unknown id is reported only if a book has an id with a similar name, because books may get
    the unknown id later. `marks` has the lines of the options.
    """
    wanted = [(name, ident) for name, link in links.items() for ident in link.idents]
    # Ids of books are only collected if a template names an id, because few templates do.
    books = (book for review in reviews for book in review.books) if wanted else ()
    known = {ident.lower() for book in books for ident in book.ids}
    for name, ident in wanted:
        near = find_near(ident, known)
        if near and ident.lower() not in known:
            what = f"`links.{name}` names `{{ids.{ident}}}`, but no book has `ids: {{{ident}: …}}`."
            place = marks.place(("links", name))
            yield Problem(place, what, f"Did you mean `{{ids.{near}}}`?")

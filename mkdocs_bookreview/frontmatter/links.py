"""Check the links of the site that a book turns off."""

from collections.abc import Collection, Iterator

from mkdocs_bookreview.frontmatter.readings import Fault
from mkdocs_bookreview.frontmatter.schema import BookIn
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.settings.fixes import did_you_mean


def check_links(found: BookIn, prefix: str, site: Collection[str]) -> Iterator[Fault]:
    """Report each link that is turned off although the site does not have it.

    `site` are the names of its links, and `prefix` is what messages show before `links`.
    """
    known = {*map(fold, site)}
    for name, link in found.links.items():
        if link is None and fold(name) not in known:
            what = f"`{prefix}links.{name}` is `false`, but the option `links` has no such link."
            fix = did_you_mean(name, site, "names") if site else "Leave it out."
            yield ("links", name), what, fix

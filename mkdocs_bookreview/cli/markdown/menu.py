"""Writes the menu that MkDocs and our plugin would make, for an author who wrote no menu."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from posixpath import basename, splitext

from mkdocs_bookreview.cli.markdown.source_site import SourceSite

_FIRST = frozenset({"index", "README"})

_HOMES = ("index.md", "README.md")

Item = str | dict[str, "list[Item]"]


def list_apart(site: SourceSite) -> list[str]:
    """Return the pages that the menu leaves out: pages of terms, and reviews unless `in_nav`."""
    in_nav, shown = site.written.settings.reviews.in_nav, site.shown.by_source
    return [
        source
        for source in site.pages
        if (site.plan.review(source) and not in_nav)
        or (source in shown and not shown[source].is_index)
    ]


def plan_menu(site: SourceSite, apart: Collection[str]) -> list[Item]:
    """Return the menu of a site without `nav`, without the pages in `apart`.

    Posts of Material's blog are left out too, because the blog plugin gives them other addresses.
    """
    indexes = {source for source, listing in site.shown.by_source.items() if listing.is_index}
    wanted = {*site.pages} & indexes - {*_HOMES}
    lists = [source for source in site.shown.by_source if source in wanted]
    left_out = {*apart, *lists, *filter(site.written.is_moved, site.pages)}
    pages = [source for source in site.pages if source not in left_out]
    return build_menu(pages, lists, site.written.words("reviews"))


def build_menu(pages: Iterable[str], lists: Sequence[str], title: str) -> list[Item]:
    """Return the value of `nav`: pages by folder, and then a section of all lists.

    `pages` and `lists` are sources, and `title` is the title of the section. A single list gets no
    section.
    """
    tree: dict[str, object] = {}
    for source in sorted(pages, key=_order):
        *folders, _ = source.split("/")
        place = tree
        for folder in folders:
            # The key of a folder begins with `/`, because a page may have the same name as a
            # folder.
            place = place.setdefault(f"/{folder}", {})  # type: ignore[assignment]
        place[source] = None
    section: list[Item] = [*lists]
    return [*_list_items(tree), *([{title: section}] if len(section) > 1 else section)]


def _order(source: str) -> tuple[object, ...]:
    """Return a key that sorts as MkDocs does: pages before folders, and index pages first."""
    *folders, name = source.split("/")
    return (*((1, folder) for folder in folders), (0, _is_later(name), name))


def _is_later(name: str) -> bool:
    return splitext(basename(name))[0] not in _FIRST


def _list_items(tree: Mapping[str, object]) -> list[Item]:
    items: list[Item] = []
    for name, below in tree.items():
        if isinstance(below, dict):
            items.append({_name_folder(name[1:]): _list_items(below)})
        else:
            items.append(name)
    return items


def _name_folder(folder: str) -> str:
    """Return the title that MkDocs gives a folder: `my-notes` is `My notes`."""
    title = folder.replace("-", " ").replace("_", " ")
    return title.capitalize() if title == title.lower() else title

"""Finds the ids that pages had for a comment service before their threads were locked."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from mkdocs_bookreview.cli.comments import CommentsSite
from mkdocs_bookreview.cli.errors import AdoptionError
from mkdocs_bookreview.cli.pages import find_address, find_output
from mkdocs_bookreview.comments.pages import find_book
from mkdocs_bookreview.comments.site_paths import find_base
from mkdocs_bookreview.comments.threads import find_first_id

KEY = "key"
MAPPINGS = ("pathname", "url", "title", "og:title", KEY)


def find_adopted(site: CommentsSite, mapping: str, sources: Iterable[str]) -> dict[str, str]:
    """Return the id that each page had while the service used this mapping, by source.

    A mapping says from what an id is made, such as `pathname`. Posts of Material's blog are left
    out, because their addresses are not known, unless the mapping is `key`.

    Raise AdoptionError if the service has no such mapping, or if the author must first set
    `site_url` or build the site.
    """
    valid = (*site.provider.mappings, KEY)
    if mapping not in valid:
        names = ", ".join(f"`{one}`" for one in valid)
        raise AdoptionError(
            f"`--adopt {mapping}` does not work with {site.provider.name}. Valid values: {names}."
        )
    if mapping == "url" and not site.site_url:
        name = site.written.config.name
        raise AdoptionError(f"The site has no address. Write `site_url: https://…` in {name}.")
    known = (source for source in sources if mapping == KEY or not site.written.is_moved(source))
    return {source: _find_id(site, mapping, source) for source in known}


def _find_id(site: CommentsSite, mapping: str, source: str) -> str:
    if mapping == KEY:
        page = site.written.site.pages[source]
        assert page.thread
        return find_first_id(source, page.thread, find_book(page))
    address = find_address(source, site.written.config.use_directory_urls).removeprefix("./")
    if mapping == "pathname":
        return site.provider.name_path(f"{find_base(site.site_url)}/{address}")
    if mapping == "url":
        return urljoin(f"{(site.site_url or '').rstrip('/')}/", address)
    return _read_title(site, mapping, source)


def _read_title(site: CommentsSite, mapping: str, source: str) -> str:
    """Return the title in the built page, because themes and plugins decide how to compose it."""
    folder = site.written.folder / site.written.config.site.get("site_dir", "site")
    path = folder / find_output(source, site.written.config.use_directory_urls)
    if not path.is_file():
        raise AdoptionError(f"The file {path} does not exist yet. Run `mkdocs build` first.")
    found = next(_find_titles(path, mapping), "")
    title = " ".join(found.split())
    if not title:
        raise AdoptionError(f"The page {path} has no `{mapping}`. Use another value for `--adopt`.")
    return title


def _find_titles(path: Path, mapping: str) -> Iterator[str]:
    tree = LexborHTMLParser(path.read_text("utf-8", "replace"))
    if mapping == "title":
        yield from (node.text() for node in tree.css("head > title"))
    else:
        for node in tree.css('meta[property="og:title"]'):
            yield node.attributes.get("content") or ""


def list_rewritten(site: CommentsSite, threads: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the pages whose `id` in front matter was changed by early versions of this plugin.

    Each item is a source and the id that these versions used. `threads` maps each source to its
    present thread.
    """
    found = []
    for source in threads:
        thread = site.written.site.pages[source].thread
        if (
            thread
            and thread.id
            and (first := find_first_id(source, thread, None)) != threads[source]
        ):
            found.append((source, first))
    return found

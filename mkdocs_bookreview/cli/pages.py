"""Finds, without MkDocs, the files that MkDocs would turn into pages, and their addresses."""

import posixpath
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import quote

from pathspec.gitignore import GitIgnoreSpec

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_NEVER_PUBLISHED = (".*", "/templates/")  # because MkDocs leaves them out by default
_INDEXES = ("index", "README")


def find_pages(
    sources: Collection[str], site: Mapping[str, str], *, folders: bool
) -> dict[str, bool]:
    """Return the sources of pages, and whether each is published; the others are drafts.

    `sources` are all files below the docs folder, `site` has keys of `mkdocs.yml`, and `folders` is
    the value of `use_directory_urls`. Files that match `exclude_docs` are left out:
    https://www.mkdocs.org/user-guide/configuration/#exclude_docs

    Raise OSError if a pattern is invalid.
    """
    drafts = _read_patterns(site.get("draft_docs", "").splitlines())
    hidden = find_excluded(sources, site)
    published = {
        source: source not in hidden and not drafts.match_file(source) for source in sources
    }
    left_out = hidden | _find_replaced(published, folders)
    return {
        source: is_published
        for source, is_published in published.items()
        if is_page(source) and source not in left_out
    }


def is_page(source: str) -> bool:
    return source.endswith(_SUFFIXES)


def find_excluded(sources: Iterable[str], site: Mapping[str, str]) -> set[str]:
    """Return the files that a site leaves out; raise OSError if a pattern is invalid.

    `sources` and `site` are as in `find_pages`.
    """
    excluded = _read_patterns([*_NEVER_PUBLISHED, *site.get("exclude_docs", "").splitlines()])
    return {source for source in sources if excluded.match_file(source)}


def _read_patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise OSError(f"`exclude_docs` or `draft_docs` has an invalid pattern. {error}") from error


def _find_replaced(published: Mapping[str, bool], folders: bool) -> set[str]:
    """Return files that MkDocs drops, because another file in their folder has the same output.

    Of two files, the second by name replaces the first if the second is published: `index.md`
    replaces `README.md`.
    """
    first: dict[tuple[str, str], str] = {}
    replaced: set[str] = set()
    for source in sorted(published):
        place = (posixpath.dirname(source), find_output(source, folders))
        other = first.setdefault(place, source)
        if other != source:
            replaced.add(other if published[source] else source)
    return replaced


def find_output(source: str, folders: bool) -> str:
    """Return the path of the file that MkDocs makes, below the site's folder."""
    if not is_page(source):
        return source
    folder, file = posixpath.split(source)
    name = posixpath.splitext(file)[0]
    if name in _INDEXES:
        return posixpath.join(folder, "index.html")
    return posixpath.join(folder, f"{name}/index.html" if folders else f"{name}.html")


def find_address(source: str, folders: bool) -> str:
    """Return the address that MkDocs gives to a page, relative to the root of the site.

    https://www.mkdocs.org/user-guide/configuration/#use_directory_urls
    """
    output = find_output(source, folders)
    folder, file = posixpath.split(output)
    return quote(f"{folder or '.'}/" if folders and file == "index.html" else output)

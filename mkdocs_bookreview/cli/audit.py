"""Find what leaks in a finished site, by what its sources hide."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from markdown import Extension
from yaml import MappingNode, Node

from mkdocs_bookreview.audit.folder import FoundLeak, list_pages, search_folder
from mkdocs_bookreview.audit.folder import Progress as FileProgress
from mkdocs_bookreview.audit.site import Site, SitePage
from mkdocs_bookreview.cli.comments import find_threads
from mkdocs_bookreview.cli.errors import NoSiteError
from mkdocs_bookreview.cli.markdown.config_tree import find, list_entries, read_tree
from mkdocs_bookreview.cli.markdown.extensions import Converter, read_extensions
from mkdocs_bookreview.cli.pages import find_output
from mkdocs_bookreview.cli.site import Progress, WrittenSite, read_written_site
from mkdocs_bookreview.comments.archive.data import FOLDER
from mkdocs_bookreview.comments.archive.folder import read_archives
from mkdocs_bookreview.frontmatter.split import split_body, split_front_matter
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.model.library import list_keys
from mkdocs_bookreview.publishing.markdown_text import complete
from mkdocs_bookreview.spoilers.extension import NAME as SPOILERS
from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.prose import read_plain
from mkdocs_bookreview.spoilers.sealed.vault import Vault

# Sentences of the author, which are no names that other pages may say.
_SENTENCES = frozenset(
    ("blurb", "description", "disclosure", "quotes", "reason", "url", "verdict", "why")
)
_NAMES = ("site_name", "site_description", "site_author", "repo_name", "copyright")
_HEADING = re.compile(r"^#[ \t]+.+$|^.+\n=+[ \t]*$", re.MULTILINE)
_LABELS = re.compile(r"^(?:title|tags)[ \t]*:.*(?:\n[ \t-].*)*", re.MULTILINE)
_NOTHING = MappingNode("tag:yaml.org,2002:map", [])
# Pages with any other extension may hide more than their own text has...
_KNOWN = ("markdown.extensions.", "pymdownx.")
# ...and with these too, because they read other files.
_READERS = ("pymdownx.b64", "pymdownx.snippets")
_CANONICAL = re.compile(r"<link\b[^>]*\brel=\"?canonical\b[^>]*?\bhref=\"?([^\">\s]+)")


@dataclass(frozen=True)
class AuditedSite:
    """Holds the `leaks` of a finished site, which was built from the `written` sources.

    `files` counts its files, and `unread` says by file why it was not searched to its end. `notes`
    are sentences about sources that cannot be read as a build reads them. `is_sealed` is True if
    any page of the site has a sealed spoiler, and `lists_extension` if `mkdocs.yml` lists the
    Markdown extension that seals.
    """

    written: WrittenSite
    leaks: Sequence[FoundLeak]
    files: int
    unread: Mapping[str, str]
    notes: Sequence[str]
    is_sealed: bool
    lists_extension: bool

    def list_notes(self) -> Iterator[str]:
        """Yield a sentence for all that was not read, or not as a build reads it."""
        yield from self.notes
        yield from (f"{file}: {why}" for file, why in sorted(self.unread.items()))


def audit_site(
    config_file: Path, folder: Path, today: date, progress: Progress, search: FileProgress
) -> AuditedSite:
    """Search the site in `folder` for what the sources beside `config_file` hide.

    `progress` gets the sources and `search` the files of the site; both yield them one by one.

    Raise NoSiteError if the folder is not a site, or not of these sources, and OSError if the
    sources or the folder cannot be read.
    """
    site = Site(folder)
    if not list_pages(site):
        raise NoSiteError(
            f"{folder} has no HTML pages. Name the folder that the build wrote, such as `site`."
        )
    written = read_written_site(config_file, progress, today.year)
    tree = read_tree(config_file)
    texts = SourceTexts(written, tree)
    _place_pages(site, written, today)
    _add_names(site, written, today)
    _hide(site, texts)
    _add_comments(site, written, today)
    published = frozenset(page.source for page in written.list_published(today))
    site.read_author = texts.read_open
    site.read_said = lambda: texts.read_all_open(published)
    leaks = [*search_folder(site, search)]
    notes = [*map(str, written.config.problems), *texts.list_notes()]
    listed = {name for name, _ in list_entries(find(tree, "markdown_extensions"))}
    return AuditedSite(
        written,
        leaks,
        len(site.sizes),
        site.unread,
        notes,
        site.has_sealed,
        SPOILERS in listed,
    )


def _place_pages(site: Site, written: WrittenSite, today: date) -> None:
    """Find the files of the pages, and check that they are there."""
    for source, text in written.texts.items():
        folders = written.config.use_directory_urls
        outputs = (find_output(source, folders), find_output(source, not folders))
        uri = next((output for output in outputs if output in site.sizes), None)
        if uri and not written.is_moved(source):
            site.pages[uri] = SitePage(source, uri, labels=_list_labels(text))
    placed = {page.name for page in site.pages.values()}
    pages = [page for page in written.list_published(today) if not written.is_moved(page.source)]
    expected = [page.source for page in pages if page.review] or [page.source for page in pages]
    if expected and placed.isdisjoint(expected):
        raise NoSiteError(_describe_strange(site, written, expected))
    if written.config.docs_dir.is_dir():
        site.copies = {
            uri: str(path)
            for uri in site.sizes.keys() - site.pages.keys()
            if (path := written.config.docs_dir / uri).is_file()
        }


def _list_labels(text: str) -> str:
    """Return title, tags and first heading of a page."""
    parts = split_front_matter(text)
    heading = _HEADING.search(parts.body if parts else text)
    labels = _LABELS.findall(parts.text) if parts else []
    return "\n".join([*labels, heading[0] if heading else ""])


def _describe_strange(site: Site, written: WrittenSite, expected: Sequence[str]) -> str:
    name = written.config.marks.file
    what = f"{site.folder} has none of the {len(expected)} pages of {name}"
    end = f"/{find_output(expected[0], written.config.use_directory_urls)}"
    for uri in sorted(site.sizes):
        if uri.endswith(end):
            return f"{what}. They are in {site.folder / uri.removesuffix(end)}; audit that folder."
    return f"{what}, for example {end[1:]}. Name the site that was built from it, or another -f."


def _add_names(site: Site, written: WrittenSite, today: date) -> None:
    """Add what any page may say: the address, names, and open texts of front matter."""
    config = written.config
    site.address = _find_address(site) or config.site.get("site_url", "")
    names = [config.site.get(name, "") for name in _NAMES]
    site.names = "\n".join([*names, written.words("spoiler_word")])
    reviews = [page.review for page in written.list_published(today)]
    site.read_names = lambda: "\n".join(_list_texts(tuple(reviews), leave_out=_SENTENCES))
    for vocabulary in written.site.vocabularies.values():
        site.said += (entry.description or "" for entry in vocabulary.entries.values())


def _find_address(site: Site) -> str | None:
    """Return the address of the site that one of its pages names, because a copy may have moved."""
    for page in site.pages.values():
        folder = page.uri.removesuffix("index.html")
        match = _CANONICAL.search(site.read_file(page.uri))
        return match[1].removesuffix(folder) if match and match[1].endswith(folder) else None
    return None


def _list_texts(value: object, leave_out: Collection[str] = ()) -> Iterator[str]:
    """Yield all texts in a review, except those that are spoilers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | Mapping):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _list_texts(item, leave_out)
    elif is_dataclass(value) and not getattr(value, "spoiler", False):
        for one in fields(value):
            if one.name not in leave_out:
                yield from _list_texts(getattr(value, one.name), leave_out)


def _hide(site: Site, texts: "SourceTexts") -> None:
    """Add what pages hide in their text and in their front matter."""
    pages = {page.name: page for page in site.pages.values()}
    for source in texts.sources:
        hidden = texts.read_hidden(source)
        site.hidden.add(source, hidden)
        if source in pages:
            pages[source].sealed = hidden


def _add_comments(site: Site, written: WrittenSite, today: date) -> None:
    """Add what archived comments hide and say."""
    pages = written.site.pages.values()
    if not (written.folder / FOLDER).is_dir():
        return
    threads = find_threads(written, today).threads.by_source
    keys = list_keys(page.review for page in pages if page.review)
    url = written.config.site.get("site_url") or None
    archives = read_archives(written.folder, pages, threads, url, keys)
    for source, archive in archives.by_source.items():
        closed = [one.text for one in archive.comments if one.spoiler or one.is_hidden]
        site.hidden.add(source, closed)
        site.said += (one.text for one in archive.comments if one.text not in closed)


class SourceTexts:
    """Converts the Markdown of a site's pages, to know what they hide and what they say openly."""

    def __init__(self, written: WrittenSite, tree: Node) -> None:
        self._written = written
        self._extensions = read_extensions(tree, written.config.docs_dir)
        self._vault = Vault(written.words)
        self._converter = Converter(self._extensions, self._list_ours())
        self._failed: list[str] = []
        self.read_open = cache(self._read_open)

    def _list_ours(self) -> list[Extension]:
        spoilers = SpoilerExtension(
            vault=self._vault, words=self._written.words, report=lambda _: None
        )
        return [ListingBlocks(), spoilers]

    @property
    def sources(self) -> Iterable[str]:
        return self._written.texts.keys()

    def read_hidden(self, source: str) -> list[str]:
        """Return the hidden texts of a page, as HTML."""
        page = self._written.site.pages.get(source)
        hidden: list[str] = [*page.review.hidden] if page and page.review else []
        plain = None if self._reads_files else read_plain(self._read(source))
        return [*hidden, *(self._convert(source)[1] if plain is None else plain)]

    @cached_property
    def _reads_files(self) -> bool:
        """Return whether the text of a page may come from somewhere else, or may not."""
        names = self._extensions.options
        return any(name.startswith(_READERS) or not _is_known(name) for name in names)

    def _read(self, source: str) -> str:
        """Return the Markdown that a build converts, in which a page may be hidden as a whole."""
        page = self._written.site.pages.get(source)
        return complete(split_body(self._written.texts[source]), page, None, self._written.words)

    def _read_open(self, source: str) -> str | None:
        """Return what a page says openly; None for a page without source."""
        if source not in self._written.texts:
            return None
        page = self._written.site.pages.get(source)
        texts = _list_texts(page.review) if page and page.review else ()
        return "\n".join([self._convert(source)[0], *texts])

    def read_all_open(self, sources: Collection[str]) -> Iterator[str]:
        return (text for source in sources if (text := self.read_open(source)))

    def _convert(self, source: str) -> tuple[str, list[str]]:
        """Return the HTML of a page with placeholders, and the sealed elements in their place."""
        markdown = self._read(source)
        try:
            html = self._converter.convert(markdown)
        except Exception:  # an extension of the author may raise anything
            self._failed.append(source)
            html = Converter(read_extensions(_NOTHING, Path()), self._list_ours()).convert(markdown)
        self._vault.release(source)
        self._vault.claim(source, html)
        return html, self._vault.sealed(source)

    def list_notes(self) -> Iterator[str]:
        if names := self._converter.missing:
            yield f"Extensions that do not work here; pages are read without: {', '.join(names)}."
        for source in dict.fromkeys(self._failed):
            yield f"{source}: An extension fails here, so the page is read without your extensions."


def _is_known(extension: str) -> bool:
    return "." not in extension or extension.startswith(_KNOWN)

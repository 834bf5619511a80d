"""Finds leaks in a finished site, by searching it for the hidden texts of its sources."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs_bookreview.audit.folder import FileProgress, FoundLeak, list_pages, search_folder
from mkdocs_bookreview.audit.site import FinishedSite, SitePage
from mkdocs_bookreview.cli.comments import find_threads
from mkdocs_bookreview.cli.errors import NoSiteError
from mkdocs_bookreview.cli.markdown.config_tree import find, list_entries, read_tree
from mkdocs_bookreview.cli.pages import find_output
from mkdocs_bookreview.cli.site import Progress, WrittenSite, read_written_site
from mkdocs_bookreview.cli.source_texts import SourceTexts, list_texts
from mkdocs_bookreview.comments.archive.data import FOLDER
from mkdocs_bookreview.comments.archive.folder import read_archives
from mkdocs_bookreview.frontmatter.split import split_front_matter
from mkdocs_bookreview.model.library import list_keys
from mkdocs_bookreview.spoilers.extension import NAME as SPOILERS

# These keys have sentences. Their values do not count as names, because other pages have no reason
# to repeat a sentence.
_SENTENCES = frozenset(
    ("blurb", "description", "disclosure", "quotes", "reason", "url", "verdict", "why")
)
_NAMES = ("site_name", "site_description", "site_author", "repo_name", "copyright")
_HEADING = re.compile(r"^#[ \t]+.+$|^.+\n=+[ \t]*$", re.MULTILINE)
_LABELS = re.compile(r"^(?:title|tags)[ \t]*:.*(?:\n[ \t-].*)*", re.MULTILINE)
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
        """Yield a sentence for each file that was not read, or was not read as a build reads it."""
        yield from self.notes
        yield from (f"{file}: {why}" for file, why in sorted(self.unread.items()))


def audit_site(
    config_file: Path, folder: Path, today: date, progress: Progress, search: FileProgress
) -> AuditedSite:
    """Search the site in `folder` for the hidden texts of the sources beside `config_file`.

    `progress` gets the sources and `search` the files of the site; both yield them one by one.

    Raise NoSiteError if the folder is not a site, or not of these sources, and OSError if the
    sources or the folder cannot be read.
    """
    site = FinishedSite(folder)
    if not list_pages(site):
        raise NoSiteError(
            f"{folder} has no HTML pages. Name the folder that the build wrote, such as `site`."
        )
    written = read_written_site(config_file, progress, today.year)
    site.is_encoded = written.settings.spoilers.is_encoded
    tree = read_tree(config_file)
    texts = SourceTexts(written, tree)
    _add_sources(site, written, texts, today)
    leaks = [*search_folder(site, search)]
    notes = [*map(str, written.config.problems), *texts.list_notes()]
    listed = {name for name, _ in list_entries(find(tree, "markdown_extensions"))}
    return AuditedSite(
        written, leaks, len(site.sizes), site.unread, notes, site.has_sealed, SPOILERS in listed
    )


def _add_sources(site: FinishedSite, written: WrittenSite, texts: SourceTexts, today: date) -> None:
    """Add the hidden and the open texts of the sources to the finished site."""
    _place_pages(site, written, today)
    _add_names(site, written, today)
    _hide(site, texts)
    _add_comments(site, written, today)
    published = frozenset(page.source for page in written.list_published(today))
    site.read_author = texts.read_open
    site.read_said = lambda: texts.read_all_open(published)


def _place_pages(site: FinishedSite, written: WrittenSite, today: date) -> None:
    """Find the file of each page on the site; raise NoSiteError if the site has none of them."""
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


def _describe_strange(site: FinishedSite, written: WrittenSite, expected: Sequence[str]) -> str:
    name = written.config.marks.file
    what = f"{site.folder} has none of the {len(expected)} pages of {name}"
    end = f"/{find_output(expected[0], written.config.use_directory_urls)}"
    for uri in sorted(site.sizes):
        if uri.endswith(end):
            return f"{what}. They are in {site.folder / uri.removesuffix(end)}; audit that folder."
    return (
        f"{what}, for example {end[1:]}. Name the folder of the site that was built from {name},"
        " or name another configuration file with `-f`."
    )


def _add_names(site: FinishedSite, written: WrittenSite, today: date) -> None:
    """Add the address of the site, and the texts that any page may have, such as names."""
    config = written.config
    site.address = _find_address(site) or config.site.get("site_url", "")
    names = [config.site.get(name, "") for name in _NAMES]
    site.names = "\n".join([*names, written.words("spoiler_word")])
    reviews = [page.review for page in written.list_published(today)]
    site.read_names = lambda: "\n".join(list_texts(tuple(reviews), leave_out=_SENTENCES))
    for vocabulary in written.site.vocabularies.values():
        site.said += (entry.description or "" for entry in vocabulary.entries.values())


def _find_address(site: FinishedSite) -> str | None:
    """Return the address of the site by the canonical link of a page; None if it has no such link.

    It may differ from `site_url`, because a copy of the site may be at another address.
    """
    for page in site.pages.values():
        folder = page.uri.removesuffix("index.html")
        match = _CANONICAL.search(site.read_file(page.uri))
        return match[1].removesuffix(folder) if match and match[1].endswith(folder) else None
    return None


def _hide(site: FinishedSite, texts: SourceTexts) -> None:
    """Give the site the hidden texts of its pages, so that the audit can search for them."""
    pages = {page.name: page for page in site.pages.values()}
    for source in texts.sources:
        hidden = texts.read_hidden(source)
        site.hidden.add(source, hidden)
        if source in pages:
            pages[source].sealed = hidden


def _add_comments(site: FinishedSite, written: WrittenSite, today: date) -> None:
    """Add the hidden and the open texts of archived comments."""
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

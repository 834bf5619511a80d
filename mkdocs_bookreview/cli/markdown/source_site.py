"""Finds the pages, other files and lists that a site publishes, as a build would."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from posixpath import splitext
from urllib.parse import quote

from yaml import MappingNode

from mkdocs_bookreview.cli.comments import find_threads
from mkdocs_bookreview.cli.errors import CommandError
from mkdocs_bookreview.cli.markdown.config_tree import find, find_custom_dir, read_tree, read_value
from mkdocs_bookreview.cli.pages import find_address, find_excluded, find_output, is_page
from mkdocs_bookreview.cli.site import Progress, WrittenSite, list_files, read_written_site
from mkdocs_bookreview.comments.archive.data import Archive
from mkdocs_bookreview.comments.archive.folder import read_archives
from mkdocs_bookreview.frontmatter.books import FILE_NAME as BOOKS_FILE
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.publishing.archives import leave_out_closed
from mkdocs_bookreview.publishing.plan import Plan, add_reviewer, list_sources, plan_reviews
from mkdocs_bookreview.publishing.shown import ListPage, ShownListings, show_listings
from mkdocs_bookreview.settings.config_file import list_config_files

_SUFFIX = ".md"


class UnfitSiteError(CommandError):
    """Raised if a build would stop; `problems` say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True, slots=True)
class SourceSite:
    """Describes a site to export.

    - `written` is the site as its author wrote it.
    - `tree` is its `mkdocs.yml`.
    - `docs_dir` is the folder of its pages.
    - `custom_dir` is the folder of the author's templates; None without such a folder.
    - `plan` has its reviews and lists.
    - `shown` has the pages that show lists.
    - `pages` are the sources of its pages, without drafts: first the author's, then made pages.
    - `others` are the author's other files by source.
    - `threads` maps the source of a page to its comment thread.
    - `archives` maps the source of a page to its comments from an earlier blog.
    """

    written: WrittenSite
    tree: MappingNode
    docs_dir: Path
    custom_dir: Path | None
    plan: Plan
    shown: ShownListings
    pages: tuple[str, ...]
    others: Mapping[str, Path]
    threads: Mapping[str, str]
    archives: Mapping[str, Archive]

    @property
    def folders(self) -> bool:
        return self.written.config.use_directory_urls

    def find_address(self, source: str) -> str:
        """Return the address that a generator gives to a page, relative to the root of the site."""
        return find_address(source, self.folders).removeprefix("./")


def read_source_site(config_file: Path, today: date, progress: Progress) -> SourceSite:
    """Read a site to export.

    Raise UnfitSiteError if a build would stop, and OSError if the site cannot be read.
    """
    written = read_written_site(config_file, progress, today.year)
    _refuse_wrong_options(written, config_file)
    tree = read_tree(config_file)
    found = find_threads(written, today)
    if found.lock.problems:
        raise UnfitSiteError(found.lock.problems)
    docs_dir = written.config.docs_dir
    published = [page.source for page in written.list_published(today)]
    _refuse_other_suffixes(published)
    others = _find_others(written, docs_dir)
    plan = _plan(written, tree, published)
    shown = _show(plan, written, others)
    custom_dir = find_custom_dir(tree, written.folder)
    made = (source for source in shown.by_source if source not in plan.pages)
    return SourceSite(
        written,
        tree,
        docs_dir,
        custom_dir if custom_dir and custom_dir.is_dir() else None,
        plan,
        shown,
        (*published, *made),
        others,
        found.threads.by_source,
        _read_archives(written, plan, found.threads.by_source),
    )


def _refuse_wrong_options(written: WrittenSite, config_file: Path) -> None:
    """Raise UnfitSiteError for mistakes in `mkdocs.yml`, because they stop a build."""
    names = {one.name for one in list_config_files(config_file)}
    found = [problem for problem in written.problems if problem.place.file in names]
    if problems := (*written.config.problems, *found):
        raise UnfitSiteError(problems)


def _refuse_other_suffixes(sources: Sequence[str]) -> None:
    """Raise UnfitSiteError for pages with another suffix than `.md`, such as `.markdown`.

    MkDocs knows such pages, but Zensical takes them for downloads and would publish their spoilers.
    """
    named = ((source, splitext(source)) for source in sources)
    problems = [
        Problem(
            Place(source),
            f"Zensical makes pages only from files that end in `{_SUFFIX}`, but this file ends in"
            f" `{suffix}`.",
            f"Rename the file to `{name}{_SUFFIX}`.",
        )
        for source, (name, suffix) in named
        if suffix != _SUFFIX
    ]
    if problems:
        raise UnfitSiteError(tuple(problems))


def _plan(written: WrittenSite, tree: MappingNode, published: list[str]) -> Plan:
    pages = add_reviewer(written.site.pages, written.settings)
    reviews = [review for source in published if (review := pages[source].review)]
    wanted = frozenset(list_sources(read_value(find(tree, "nav"))))
    return plan_reviews(pages, reviews, written.site, written.settings, written.words, wanted)


def _show(plan: Plan, written: WrittenSite, others: Mapping[str, Path]) -> ShownListings:
    folders = written.config.use_directory_urls
    taken = {find_output(source, folders).casefold(): source for source in (*plan.pages, *others)}

    def add(listing: Listing) -> ListPage:
        output = find_output(listing.source, folders)
        source = taken.setdefault(output.casefold(), listing.source)
        is_own = source not in plan.pages and source not in others
        return ListPage(source, output, quote(source), source not in others, is_own)

    return show_listings(plan.listings, add, has_list=written.settings.reviews.list)


def _find_others(written: WrittenSite, docs_dir: Path) -> dict[str, Path]:
    """Return the published files that are not pages, such as pictures, downloads and scripts."""
    files = {path.relative_to(docs_dir).as_posix(): path for path in list_files(docs_dir)}
    excluded = find_excluded(files, written.config.site)
    data = {BOOKS_FILE, *written.settings.vocabularies.values()}
    return {
        source: path
        for source, path in files.items()
        if source not in excluded and source not in data and not is_page(source)
    }


def _read_archives(
    written: WrittenSite, plan: Plan, threads: Mapping[str, str]
) -> dict[str, Archive]:
    """Return the archives that readers see, by the source of their page."""
    url = written.config.site.get("site_url") or None
    found = read_archives(written.folder, plan.pages.values(), threads, url, plan.list_keys())
    return leave_out_closed(found.by_source, plan.pages)

"""Makes all files of a blog as plain Markdown, for generators that do not know our plugin."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader

from mkdocs_bookreview.cards.pieces import Addresses
from mkdocs_bookreview.cli.export import FORMATS, build_catalogue
from mkdocs_bookreview.cli.markdown.config import (
    TEMPLATES,
    ExportConfig,
    choose_docs_folder,
)
from mkdocs_bookreview.cli.markdown.config_tree import write_tree
from mkdocs_bookreview.cli.markdown.conversations import Conversations
from mkdocs_bookreview.cli.markdown.converting import (
    ConvertedSite,
    PageConverter,
    SourceProgress,
    convert_pages,
)
from mkdocs_bookreview.cli.markdown.feeds import write_feeds
from mkdocs_bookreview.cli.markdown.front_matter import filter_defaults
from mkdocs_bookreview.cli.markdown.menu import list_apart, plan_menu
from mkdocs_bookreview.cli.markdown.pages import PageWriter
from mkdocs_bookreview.cli.markdown.redirects import list_redirects, split_redirects
from mkdocs_bookreview.cli.markdown.source_site import SourceSite, read_source_site
from mkdocs_bookreview.cli.site import Progress, describe_site, list_files
from mkdocs_bookreview.comments.archive.data import FOLDER as ARCHIVES
from mkdocs_bookreview.exports.catalogue import join_address
from mkdocs_bookreview.frontmatter.defaults import FILE_NAME as DEFAULTS_FILE
from mkdocs_bookreview.model.kept import Kept
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.publishing.addresses import find_addresses, list_covers
from mkdocs_bookreview.publishing.assets import (
    BROWSE,
    REDIRECT,
    Asset,
    read_asset,
    read_assets,
    write_comments,
)
from mkdocs_bookreview.publishing.filling import PageFiller, Publication
from mkdocs_bookreview.publishing.pictures import CopyFolder, CoverFile, Pictures
from mkdocs_bookreview.rendering.archives import list_facts
from mkdocs_bookreview.rendering.templates import FOLDER as OUR_TEMPLATES
from mkdocs_bookreview.rendering.templates import Templates
from mkdocs_bookreview.spoilers.sealed.encoding import choose_encoding
from mkdocs_bookreview.structured_data.head import HeadPage

_CONFIG = "mkdocs.yml"
_LIBRARY = "library.json"
# These files are copied, because plugins that also work in Zensical read them.
_READ = (".authors.yml", ".nav.yml", ".pages")

_NOT_ENCODED = (
    "`spoilers.seal` is `encode`, but an export encodes only the spoilers on cards and in"
    " archived comments. Spoilers in your own text are exported as you wrote them, so the built"
    " pages hide them without encoding."
)

# A file of the export: its bytes, or the path of the file to copy.
Content = bytes | Path


@dataclass(frozen=True, slots=True)
class MarkdownSite:
    """Holds the files of an export by their path below its folder.

    `pages` counts its pages. `problems` are the mistakes in the author's files. `notes` are
    sentences about differences from a build.
    """

    files: Mapping[str, Content]
    pages: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


class MarkdownExport:
    """Exports a site once, or again after each change.

    It keeps the data of covers and the HTML of pages, because a change leaves most of them as they
    are. `reading`, `converting` and `writing` yield the items that they get, and show progress.
    `report` gets messages about work that takes long.
    """

    def __init__(
        self,
        reading: Progress,
        converting: SourceProgress,
        writing: SourceProgress,
        report: Callable[[str], object],
    ) -> None:
        self._reading = reading
        self._converting = converting
        self._writing = writing
        self._report = report
        self._pictures = Pictures()
        self._converter: PageConverter | None = None

    def make(self, config_file: Path, folder: Path, today: date) -> MarkdownSite:
        """Return all files of an export into a folder.

        Raise UnfitSiteError if a build would stop, and OSError if the site cannot be read.
        """
        site = read_source_site(config_file, today, self._reading)
        converter = self._find_converter(site)
        converted = convert_pages(site, converter, self._converting)
        for source, archive in site.archives.items():
            converted.progress.add(source, list_facts(archive))
        work = _Export(site, converted, folder, self._pictures, self._report)
        return work.make(today, converter.missing, self._writing)

    def _find_converter(self, site: SourceSite) -> PageConverter:
        """Return the converter of the previous export, or a new one if options have changed."""
        context = write_tree(site.tree), site.written.words.grounds
        if not self._converter or self._converter.context != context:
            self._converter = PageConverter(site, context)
        return self._converter


class _Export:
    """Makes the files of one export."""

    def __init__(
        self,
        site: SourceSite,
        converted: ConvertedSite,
        folder: Path,
        pictures: Pictures,
        report: Callable[[str], object],
    ) -> None:
        self._site = site
        self._converted = converted
        self._folder = folder
        self._pictures = pictures
        self._report = report
        self._written = site.written
        self._docs = choose_docs_folder(site.tree)
        self._files: dict[str, Content] = {}
        self._problems = [*site.written.problems, *site.shown.problems]
        provider = self._written.provider
        has_archives = (self._written.folder / ARCHIVES).is_dir()
        self._styles, self._scripts = read_assets(
            has_archives=has_archives,
            has_comments=provider is not None,
            is_encoded=self._written.settings.spoilers.is_encoded,
        )
        self._comments = write_comments(provider, self._written.words) if provider else ()
        self._templates = self._begin_templates()

    def _begin_templates(self) -> Templates:
        folders = [str(self._site.custom_dir)] if self._site.custom_dir else []
        # Jinja's own escaping is off, because the templates escape every text themselves. They must
        # do so in MkDocs.
        env = Environment(loader=FileSystemLoader([*folders, OUR_TEMPLATES]))  # noqa: S701
        return Templates(env, self._written.words)

    def make(self, today: date, missing: Iterable[str], writing: SourceProgress) -> MarkdownSite:
        self._copy_others()
        self._add_assets()
        addresses = self._find_addresses()
        publication = self._gather(addresses, self._add_feeds())
        filler = PageFiller(publication, self._templates, Kept())
        write_sealed = choose_encoding(
            self._written.words, is_encoded=self._written.settings.spoilers.is_encoded
        )
        writer = PageWriter(filler, self._converted.vault, write_sealed)
        for source in writing(self._site.pages):
            self._add(source, writer.write(source, self._converted.pages[source]))
        if self._written.settings.exports.library and self._site.plan.library.reviews:
            self._add_new(_LIBRARY, FORMATS["json"](build_catalogue(self._written, today)))
        notes = [
            *self._add_config(filler),
            *map(_describe_missing, missing),
            *self._list_inserted(),
            *([_NOT_ENCODED] if self._written.settings.spoilers.is_encoded else ()),
        ]
        return MarkdownSite(self._files, len(self._site.pages), tuple(self._problems), tuple(notes))

    def _add(self, source: str, content: str | Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        self._files[f"{self._docs}/{source}"] = data

    def _add_new(self, source: str, content: str | Path) -> None:
        """Add a file, unless the author has a file at this path."""
        if source not in self._site.others:
            self._add(source, content)

    def _add_asset(self, asset: Asset) -> None:
        self._add(asset.uri, asset.text)

    def _copy_others(self) -> None:
        """Copy the author's templates, pictures and other files, and files that plugins read."""
        for source, path in self._site.others.items():
            self._add(source, path)
        docs = self._site.docs_dir
        for path in list_files(docs):
            source = path.relative_to(docs).as_posix()
            if path.name == DEFAULTS_FILE:
                self._add(source, filter_defaults(path.read_text("utf-8-sig", "replace")))
            elif path.name in _READ:
                self._add(source, path)
        if custom := self._site.custom_dir:
            for path in list_files(custom):
                self._files[f"{TEMPLATES}/{path.relative_to(custom).as_posix()}"] = path

    def _add_assets(self) -> None:
        browse = (read_asset("js", BROWSE),) if self._written.settings.browse else ()
        for asset in (self._styles, self._scripts, *self._comments, *browse):
            self._add_asset(asset)

    def _find_addresses(self) -> Addresses:
        """Return the paths of reviews, terms and covers below the docs folder.

        Links in an export name files and not addresses, because the generator turns the path of a
        file into its address.
        """
        site = self._site
        covers = {
            cover: CoverFile(quote(cover), site.others[cover])
            for cover in list_covers(site.plan)
            if cover in site.others
        }
        kept = CopyFolder(self._written.folder, self._add, self._report)
        pictures, problems = self._pictures.read(covers, kept)
        self._problems += problems
        return find_addresses(
            site.plan,
            self._written.settings,
            self._written.words,
            pictures,
            quote,
            site.shown.addresses,
        )

    def _gather(self, addresses: Addresses, feeds: Mapping[str, str]) -> Publication:
        site, converted = self._site, self._converted
        talk = Conversations(site, converted, self._comments)
        return Publication(
            plan=site.plan,
            settings=self._written.settings,
            vault=converted.vault,
            blocks=converted.blocks,
            progress=converted.progress,
            archives=site.archives,
            shown=site.shown.by_source,
            addresses=addresses,
            listed=site.shown.addresses,
            feeds=feeds,
            teasers=converted.teasers,
            find_title=talk.find_title,
            find_section=talk.find_section,
            list_commented=talk.list_commented,
            head_site=describe_site(self._written),
            describe_page=self._describe_page,
        )

    def _describe_page(self, source: str) -> HeadPage:
        page, url = self._converted.pages[source], self._written.config.site.get("site_url")
        address = join_address(url, self._site.find_address(source)) if url else None
        return HeadPage(page.title, str(page.meta.get("description") or ""), address)

    def _add_feeds(self) -> dict[str, str]:
        """Add the feeds, and return their paths by the source of their listing."""
        feeds: dict[str, str] = {}
        for feed, text in write_feeds(self._site, self._converted.teasers):
            self._add_new(feed.uri, text)
            feeds[feed.listing.source] = quote(feed.uri)
        return feeds

    def _add_config(self, filler: PageFiller) -> list[str]:
        """Add `mkdocs.yml` and redirects; return sentences about differences from a build."""
        site, settings = self._site, self._written.settings
        redirects, others = split_redirects(list_redirects(site))
        for uri, source in others.items():
            self._add_redirect(filler, uri, source)
        config = ExportConfig(site.tree)
        config.choose_theme(has_templates=site.custom_dir is not None)
        config.set_plugins(redirects)
        config.set_extensions(settings, self._written.words.tag)
        config.set_snippet_folders(self._written.folder, self._folder)
        config.add_assets(self._styles.uri, self._scripts.uri)
        apart = list_apart(site)
        config.set_menu(plan_menu(site, apart), apart)
        self._files[_CONFIG] = config.write().encode()
        return config.notes

    def _list_inserted(self) -> Iterator[str]:
        """Yield a sentence for each block that comes from another file, such as a snippet.

        The generator will print the block, because only the generator inserts that file.
        """
        for source, page in self._converted.pages.items():
            for block in page.inserted:
                yield (
                    f"{source}: `{block.line}` comes from another file, such as a snippet, so the"
                    " export cannot replace it by a list. Write this line in the page itself."
                )

    def _add_redirect(self, filler: PageFiller, uri: str, source: str) -> None:
        script = read_asset("js", REDIRECT)
        self._add_asset(script)
        html = filler.reviews.render_redirect(
            uri,
            self._converted.pages[source].title,
            self._site.find_address(source),
            script.uri,
            self._written.config.site.get("site_url") or None,
        )
        self._add_new(uri, html)


def _describe_missing(name: str) -> str:
    return (
        f"The Markdown extension `{name}` cannot be loaded. Lists show the first words of a"
        " review, which may be wrong for pages that need this extension. Install it in the"
        " environment of mkdocs-bookreview, or correct its options in `mkdocs.yml`."
    )

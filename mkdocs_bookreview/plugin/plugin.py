"""A build, in the order in which it happens."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from markdown import Extension
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime
from mkdocs.utils.templates import TemplateContext

from mkdocs_bookreview.cards.progress import ReadingProgress, check_scales
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.listings.queries import tell_hidden
from mkdocs_bookreview.plugin import blog, navigation, options, page_meta, report
from mkdocs_bookreview.plugin.addresses import find_addresses
from mkdocs_bookreview.plugin.audit import AuditedBuild
from mkdocs_bookreview.plugin.conversations import find_section
from mkdocs_bookreview.plugin.data_files import find_data_files, find_text
from mkdocs_bookreview.plugin.exports import add_feeds, add_library
from mkdocs_bookreview.plugin.feeds import Feed
from mkdocs_bookreview.plugin.filling import Filler, cut_out
from mkdocs_bookreview.plugin.kept_pages import KeptPages
from mkdocs_bookreview.plugin.made_files import (
    BROWSE,
    SCRIPTS,
    STYLES,
    MadeFiles,
    add_listings,
    add_redirects,
    read_asset,
)
from mkdocs_bookreview.plugin.markdown_text import add_aliases, complete, describes
from mkdocs_bookreview.plugin.preview import Preview
from mkdocs_bookreview.plugin.reading import read_plan
from mkdocs_bookreview.plugin.teasers import find_teaser
from mkdocs_bookreview.spoilers.check import check_books
from mkdocs_bookreview.spoilers.extension import SpoilerExtension
from mkdocs_bookreview.spoilers.sealed.form import read_sealed_facts
from mkdocs_bookreview.spoilers.sealed.vault import Vault, strip
from mkdocs_bookreview.words.language import Words

Command = Literal["build", "gh-deploy", "serve"]
_FIRST = 10**6  # by MkDocs' advice 100 is, but nobody has to follow it


class BookReviewPlugin(BasePlugin):  # type: ignore[type-arg]
    """Knows what happens when; what happens is told in the modules beside it."""

    def __init__(self) -> None:
        self.command: Command = "build"
        self.preview = Preview()
        self.kept: KeptPages | None = None

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Read in the build, so that problems of options come with those of pages."""
        self.given: Mapping[str, object] = options
        return [], []

    def on_startup(self, *, command: Command, dirty: bool) -> None:
        self.command = command
        self.kept = KeptPages() if command == "serve" else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.options = options.read_options(self.given, config)
        self.settings = self.options.settings
        language = options.find_language(config)
        self.words = Words(language)
        self.vault = Vault(self.words)
        self.findings = report.Findings()
        self.teasers: dict[str, str] = {}
        spoilers = SpoilerExtension(vault=self.vault, language=language, report=self.findings.add)
        self.blocks = ListingBlocks()
        extensions: list[Extension] = [self.blocks, spoilers]
        if self.kept:
            self.kept.begin(self.vault, self.blocks, self.findings)
            extensions.append(self.kept.headings)
        options.add_extensions(config, extensions)
        blog.keep_from_addresses(config, self.words)
        self.styles = read_asset("css", STYLES)
        self.scripts = read_asset("js", SCRIPTS)
        options.add_templates(config)
        options.add_asset(config.extra_css, self.styles)
        options.add_asset(config.extra_javascript, self.scripts)
        self.provider = self.options.provider
        if self.command == "serve":
            self.provider = self.preview.provider(self.provider, config)
        report.advise(config, self.provider, self.command == "serve")
        return config

    # After Material's meta plugin has taken out its files, before its blog makes pages.
    @event_priority(-40)
    def _plan(self, files: Files, *, config: MkDocsConfig) -> Files:
        today = get_build_datetime().date()
        serving = self.command == "serve"
        self.plan = read_plan(files, config, self.settings, self.words, today, serving)
        self.progress = ReadingProgress(self.plan.reviews, self.words)
        self.book_keys = self.plan.list_keys()
        self.audit = AuditedBuild(files, config, self.vault, is_on=self.settings.spoilers.audit)
        self.audit.add_reviews(self.plan.reviews)
        self.made = MadeFiles(files, config)
        scripts = (read_asset("js", BROWSE),) if self.settings.browse else ()
        for asset in (self.styles, self.scripts, *scripts):
            self.made.add(asset.uri, asset.text)
        self.listings, self.listed, clashes = add_listings(self.made, self.plan.listings)
        if not self.settings.reviews.in_nav:
            navigation.take_out(files, self.plan)
        self.feed = Feed(config, files)
        self.feed.advise()
        report.warn((*self.options.problems, *self.plan.problems, *clashes))
        if self.options.problems:
            count = len(self.options.problems)
            options = "option" if count == 1 else "options"
            raise PluginError(f"bookreview: {count} invalid {options}, listed above.")
        return files

    # After Material's blog has made pages.
    @event_priority(-60)
    def _leave_out(self, files: Files, *, config: MkDocsConfig) -> Files:
        blog.leave_out_categories(config, files)
        return files

    on_files = CombinedEvent(_plan, _leave_out)

    @event_priority(-40)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        if config.nav is None:
            navigation.flatten_sections(nav, self.listings)
        elif missing := navigation.find_missing(nav, self.listings):
            report.advise_nav(missing)
        index = self.plan.listings[0].source
        navigation.place_pages(nav, files, self.plan, self.listings, index)
        return nav

    # After Material's meta plugin, before all that read a page's text.
    @event_priority(25)
    def _complete(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self.findings.clear()
        source = page.file.src_uri
        written = self.plan.pages.get(source)
        page_meta.leave_out_spoilers(page.meta)
        listing = self.listings.get(source)
        if listing:
            self.feed.keep_out(page.meta)
            if not written and not describes(listing):
                page.meta["hide"] = ["toc"]  # it has no headings
        if written and written.review:
            page_meta.write_review(page.meta, written.review, self.words)
            self.feed.add(page.meta, written.review)
        text = complete(markdown, written, page.meta.get("title"), self.words)
        if listing:
            text = add_aliases(text, listing, self.words)
        self.audit.see_markdown(page, markdown, text)
        return text

    # After all that change it, whatever they take for last.
    @event_priority(-_FIRST)
    def _spare(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        return self.kept.spare(markdown, page, config, files) if self.kept else markdown

    on_page_markdown = CombinedEvent(_complete, _spare)

    @event_priority(_FIRST)
    def _restore(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        return self.kept.restore(html, page, files) if self.kept else html

    # Before all that read a page's HTML.
    @event_priority(100)
    def _read(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        source = page.file.src_uri
        self.vault.claim(source, html)
        sealed = self.vault.sealed(source)
        self.audit.add_page(page, html, sealed)
        spoilers = [facts for one in sealed for facts in read_sealed_facts(one)]
        self.progress.add(source, spoilers)
        data_file = find_text(self.listings.get(source), page, config, self.settings)
        found = (
            *check_books(spoilers, self.book_keys),
            *self.plan.queries.check(self.blocks.find(html), source),
            *tell_hidden(one for text in sealed for one in self.blocks.find(text)),
            *self.blocks.find_printed(html),
        )
        self.findings.of_page(page, found, data_file)
        if self.plan.review(source):
            self.teasers[source] = find_teaser(strip(html))
        elif spoilers or source in self.listings:
            page_meta.write_description(page.meta, find_teaser(strip(html)), str(page.title))
        return html

    on_page_content = CombinedEvent(_restore, _read)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        self.audit.see_pages()
        scales = check_scales(self.progress, self.plan.reviews, self.plan.find_place)
        report.warn((*self.findings.problems, *scales))
        at = find_addresses(files, self.plan, self.listed, self.settings, self.words)
        feeds = add_feeds(
            self.made, self.plan, at, self.listed, self.teasers, self.settings, self.words
        )
        serving = self.command == "serve"
        self.filler = Filler(
            env,
            self.plan,
            self.listings,
            self.listed,
            at,
            self.teasers,
            self.settings,
            self.words,
            self.vault,
            self.progress,
            feeds,
            self.blocks,
            lambda source: find_section(
                source, files, self.plan, self.provider, self.settings, self.words, serving
            ),
        )
        if self.settings.exports.library:
            add_library(self.made, self.plan, at, config)
        report.warn(add_redirects(self.made, self.filler.redirects(config.site_url), self.plan))
        return env

    # After all that read a page's content: what we set in is not the page's own text.
    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        self.base = context["base_url"]
        self.own_content = page.content
        page.content = self.filler.fill(page, self.base)
        self.audit.see_content(page, self.own_content)
        return context

    # Before all that read or change a page's finished output.
    @event_priority(100)
    def _open_vault(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        # Of texts of other pages, as on those of Material's blog.
        output = self.filler.fill_blocks(output, page.file.src_uri, self.base)
        closed = cut_out(page.content or "", output)
        page.content = self.own_content  # ours is in the output, and lists are large to keep
        content, before, after = opened = self.vault.open(page.file.src_uri, *closed)
        self.opened = before + content + after
        self.audit.see_output(page, closed, opened)
        return self.opened

    # After all that change it.
    @event_priority(-100)
    def _compare(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        if output != self.opened:
            self.audit.see_change(page)

    on_post_page = CombinedEvent(_open_vault, _compare)

    # After all that write files.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.feed.mend(Path(config.site_dir))
        report.warn(self.audit.find_problems())

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        for path in find_data_files(config, self.settings):
            server.watch(str(path))
        return server

    def on_shutdown(self) -> None:
        self.preview.stop()

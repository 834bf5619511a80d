"""Forwards the events of MkDocs to the steps of a build."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from mkdocs_bookreview.frontmatter.site import EarlierPages
from mkdocs_bookreview.plugin import blog, report
from mkdocs_bookreview.plugin.build import Build, Command, OpenPage, Run
from mkdocs_bookreview.plugin.conversations import find_missing
from mkdocs_bookreview.plugin.converting import complete_markdown, read_html
from mkdocs_bookreview.plugin.data_files import find_data_files
from mkdocs_bookreview.plugin.filling import Filler, begin_filling
from mkdocs_bookreview.plugin.finishing import begin_page, open_spoilers, remember, see_changes
from mkdocs_bookreview.plugin.planning import (
    choose_pages,
    gather_lists,
    place_pages,
    plan_site,
    refuse_gone,
    settle_files,
    settle_site,
)
from mkdocs_bookreview.plugin.starting import begin

if TYPE_CHECKING:
    # Not imported by `mkdocs build`, because its servers take 20 ms to import.
    from mkdocs.livereload import LiveReloadServer


@dataclass(slots=True)
class _State:
    """Holds what the plugin keeps between events.

    `run` lasts as long as the MkDocs process; `load_config` and `on_startup` fill it in.
    `build` is set by `on_config`, so `mkdocs serve` gets a new one for each build.
    `filler` is set by `on_env`, when all pages are converted.
    `page` is the page that MkDocs is writing, from its `on_page_context` to its `on_post_page`.
    """

    run: Run = field(default_factory=Run)
    build: Build = field(init=False)
    filler: Filler = field(init=False)
    page: OpenPage = field(init=False)


class BookReviewPlugin(BasePlugin):  # type: ignore[type-arg]
    """Forwards MkDocs' events in build order."""

    def __init__(self) -> None:
        self._state = _State()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Only store the raw options.

        `on_config` validates them, because their problems are reported together with those of
        pages.
        """
        self._state.run.options = options
        return [], []

    def on_startup(self, *, command: Command, dirty: bool) -> None:
        """Note the command. Only `serve` keeps what it read, because only it builds again."""
        run = self._state.run
        run.command, run.is_dirty, run.is_advised = command, dirty, False
        if command == "serve":
            run.earlier = EarlierPages()

    # Run after mkdocs-static-i18n (-100), because it chooses the language there.
    @event_priority(-150)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin a build with its options, its language and an empty vault."""
        self._state.build = begin(self._state.run, config)
        return config

    # Run after Material's meta plugin has excluded its files (0), and before Material's blog makes
    # pages (-50).
    @event_priority(-40)
    def _plan(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read all front matter, and plan all lists and addresses."""
        plan_site(self._state.build, files)
        return files

    # Run after Material's blog (-50), because only then its pages exist.
    @event_priority(-60)
    def _leave_out(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Remove pages of Material's blog whose address would be a spoiler."""
        blog.leave_out_categories(config, files)
        return files

    # Run last, because plugins such as mkdocs-static-i18n (-100) take out pages or replace them.
    @event_priority(-1000)
    def _settle(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Plan again if pages have changed since."""
        settle_files(self._state.build, files)
        return files

    on_files = CombinedEvent(_plan, _leave_out, _settle)

    # Run after awesome-nav (100), because it makes the navigation anew, and before section-index
    # (0), because it takes sections as they are then.
    @event_priority(50)
    def _gather(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put all lists into one section."""
        gather_lists(self._state.build, nav)
        return nav

    # Run last, because other plugins take out pages here too, and because Material's blog (-50)
    # includes its posts only here.
    @event_priority(-1000)
    def _place(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Report problems, give reviews and lists their parents and neighbours, and choose pages.

        With `--dirty` MkDocs converts only pages that are chosen.
        """
        settle_site(self._state.build, nav, files)
        place_pages(self._state.build, nav)
        choose_pages(self._state.build, nav)
        return nav

    on_nav = CombinedEvent(_gather, _place)

    # Run after Material's meta plugin (50), because it replaces `page.meta`, and before plugins
    # that read the Markdown.
    @event_priority(25)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Add a missing heading, and the block that hides a page as a whole."""
        return complete_markdown(self._state.build, page, markdown)

    # Run before plugins that read the HTML, because pages get a description without spoilers here.
    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Note the spoilers, blocks and first words in a page's HTML."""
        read_html(self._state.build, page, html)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Begin to fill pages. All are converted now, so all teasers are known."""
        refuse_gone(self._state.build)
        self._state.filler = begin_filling(self._state.build, env)
        return env

    # Run after plugins that read a page's content, because what we add is not the page's own text.
    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Add cards, lists and comments to a page."""
        state = self._state
        state.page = begin_page(state.build, state.filler, page, context["base_url"])
        return context

    # Run before plugins that read or change the output, so that they get the finished page.
    @event_priority(100)
    def _open_vault(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Replace the placeholders in a page's output by its sealed spoilers."""
        return open_spoilers(self._state.build, self._state.filler, self._state.page, output)

    # Run after plugins that change the output, so that their changes are noticed.
    @event_priority(-100)
    def _compare(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        """Note whether another plugin changed the output after its spoilers were put in."""
        see_changes(self._state.build, self._state.page, output)

    on_post_page = CombinedEvent(_open_vault, _compare)

    # Run last: plugins that write files in on_post_build must be done before we search the site.
    # Only mkdocs-static-i18n (-100) comes later, because it builds the other languages there.
    @event_priority(-99)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Search the finished site for open spoilers and for missing files of comments."""
        build, run = self._state.build, self._state.run
        build.rss.mend(Path(config.site_dir))
        report.warn(find_missing(build), is_checked=False)
        build.audit.leave_out(run.written)
        report.warn(build.audit.find_problems(), is_checked=False)
        run.written += build.audit.list_pages()
        remember(build)

    def on_serve(
        self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: Any
    ) -> "LiveReloadServer":
        """Watch the data files too, because they are not in the docs folder."""
        for path in find_data_files(config, self._state.build.settings):
            server.watch(str(path))
        return server

    def on_shutdown(self) -> None:
        """Stop the comment server of the preview."""
        self._state.run.preview.stop()

"""Forwards the events of MkDocs, in the order in which a build has them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from mkdocs_bookreview.plugin import blog, report
from mkdocs_bookreview.plugin.build import Build, Command, OpenPage, Run
from mkdocs_bookreview.plugin.converting import complete_markdown, read_html
from mkdocs_bookreview.plugin.data_files import find_data_files
from mkdocs_bookreview.plugin.filling import Filler, begin_filling
from mkdocs_bookreview.plugin.finishing import begin_page, open_spoilers, remember, see_changes
from mkdocs_bookreview.plugin.kept_pages import KeptPages
from mkdocs_bookreview.plugin.planning import place_pages, plan_site
from mkdocs_bookreview.plugin.starting import begin

# MkDocs advises 100 as the highest priority, but other plugins may go higher.
_FIRST = 10**6


@dataclass(slots=True)
class _State:
    """What the plugin knows, each from its event on.

    `run`: from `load_config` and `on_startup` on. `build`: from `on_config` on, with its plan from
    `on_files` on; `mkdocs serve` makes a new one for each build. `filler`: from `on_env` on, when
    all pages are converted. `page`: from its `on_page_context` to its `on_post_page`.
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

        `on_config` validates them, because their problems are reported with those of pages.
        """
        self._state.run.options = options
        return [], []

    def on_startup(self, *, command: Command, dirty: bool) -> None:
        """Learn the command. Only `serve` keeps converted pages for its next build."""
        run = self._state.run
        run.command, run.is_dirty = command, dirty
        run.kept = KeptPages() if command == "serve" and not dirty else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin a build: it knows the options and the language, and has an empty vault."""
        self._state.build = begin(self._state.run, config)
        return config

    # After Material's meta plugin has taken out its files, before its blog makes pages.
    @event_priority(-40)
    def _plan(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read all front matter: the build knows all reviews, lists and addresses."""
        plan_site(self._state.build, files)
        return files

    # After Material's blog has made pages.
    @event_priority(-60)
    def _leave_out(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take out pages of Material's blog whose address would be a spoiler."""
        blog.leave_out_categories(config, files)
        return files

    on_files = CombinedEvent(_plan, _leave_out)

    @event_priority(-40)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give reviews and lists their places among the other pages."""
        place_pages(self._state.build, nav)
        return nav

    # After Material's meta plugin, before all that read a page's text.
    @event_priority(25)
    def _complete(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Complete a page's Markdown: its heading, and the block that hides a whole page."""
        return complete_markdown(self._state.build, page, markdown)

    # After all that change Markdown, because only its last state tells whether it is the same.
    @event_priority(-_FIRST)
    def _spare(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let `serve` convert only what changed."""
        kept = self._state.run.kept
        return kept.spare(markdown, page, config, files) if kept else markdown

    on_page_markdown = CombinedEvent(_complete, _spare)

    @event_priority(_FIRST)
    def _restore(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put back the HTML of a page that was not converted again."""
        kept = self._state.run.kept
        return kept.restore(html, page, files) if kept else html

    # Before all that read a page's HTML.
    @event_priority(100)
    def _read(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Read a page's HTML: the build knows its spoilers, blocks and first words."""
        read_html(self._state.build, page, html)

    on_page_content = CombinedEvent(_restore, _read)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Begin to fill pages: all are converted, so that all first words are known."""
        self._state.filler = begin_filling(self._state.build, env)
        return env

    # After all that read a page's content, because what we set in is not the page's own text.
    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Set cards, lists and comments into a page."""
        state = self._state
        state.page = begin_page(state.build, state.filler, page, context["base_url"])
        return context

    # Before all that read or change a page's finished output.
    @event_priority(100)
    def _open_vault(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put a page's sealed spoilers in the places that were kept for them."""
        return open_spoilers(self._state.build, self._state.filler, self._state.page, output)

    # After all that change a page's output.
    @event_priority(-100)
    def _compare(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        """Note whether another plugin changed the page after that."""
        see_changes(self._state.build, self._state.page, output)

    on_post_page = CombinedEvent(_open_vault, _compare)

    # Run last: plugins that write files in on_post_build must be done before we search the site.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Search the finished site for spoilers that are not sealed."""
        self._state.build.rss.mend(Path(config.site_dir))
        report.warn(self._state.build.audit.find_problems())
        remember(self._state.build)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the data files too, because they are not in the docs folder."""
        for path in find_data_files(config, self._state.build.settings):
            server.watch(str(path))
        return server

    def on_shutdown(self) -> None:
        """Stop the comment server of the preview."""
        self._state.run.preview.stop()

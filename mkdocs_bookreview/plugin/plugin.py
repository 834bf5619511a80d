"""Forwards the events of MkDocs to the steps of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

if TYPE_CHECKING:
    # These are imported for types only, because tools such as mike read mkdocs.yml without building
    # the site, and importing all code of a build takes longer than importing MkDocs.
    from jinja2 import Environment
    from mkdocs.config.base import ConfigErrors, ConfigWarnings
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_bookreview.plugin.build import Command
    from mkdocs_bookreview.plugin.events import Events


class BookReviewPlugin(BasePlugin):  # type: ignore[type-arg]
    """Forwards MkDocs' events in build order, and sets their priority among other plugins."""

    _options: dict[str, Any]
    _command: Command = "build"
    _is_dirty = False
    _events: Events | None = None  # until the first build begins

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Only store the raw options; `mkdocs serve` gives them anew for each build.

        `on_config` validates them, because their problems are reported together with those of
        pages.
        """
        self._options = options
        return [], []

    def on_startup(self, *, command: Command, dirty: bool) -> None:
        """Store the command, and forget an earlier run, because programs may run MkDocs again."""
        self._command, self._is_dirty, self._events = command, dirty, None

    # Run after mkdocs-static-i18n (priority -100), because it chooses the language in `on_config`.
    @event_priority(-150)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if not self._events:
            # This is imported only now, because it imports all code of a build, as explained above.
            from mkdocs_bookreview.plugin.events import begin_run  # noqa: PLC0415

            self._events = begin_run(self._command, is_dirty=self._is_dirty)
        self._events.begin(config, self._options)
        return config

    # Run after Material's meta plugin has excluded its files (0), and before Material's blog makes
    # pages (-50).
    @event_priority(-40)
    def _plan(self, files: Files, *, config: MkDocsConfig) -> Files:
        self._started.plan(files)
        return files

    # Run after Material's blog (-50), because only then its pages exist.
    @event_priority(-60)
    def _leave_out(self, files: Files, *, config: MkDocsConfig) -> Files:
        self._started.leave_out(files)
        return files

    # Run last, because plugins such as mkdocs-static-i18n (-100) remove or replace pages.
    @event_priority(-1000)
    def _settle(self, files: Files, *, config: MkDocsConfig) -> Files:
        self._started.settle(files)
        return files

    on_files = CombinedEvent(_plan, _leave_out, _settle)

    # Run after awesome-nav (100), because it replaces the navigation, and before section-index (0),
    # because it handles only the sections that exist then.
    @event_priority(50)
    def _gather(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._started.gather(nav)
        return nav

    # Run last, because other plugins remove pages in `on_nav` too, and because Material's blog
    # (-50) includes its posts only there.
    @event_priority(-1000)
    def _place(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._started.place(nav, files)
        return nav

    on_nav = CombinedEvent(_gather, _place)

    # Run after Material's meta plugin (50), because it replaces `page.meta`, but before other
    # plugins read the Markdown.
    @event_priority(25)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        return self._started.complete(page, markdown)

    # Run before plugins that read the HTML, because pages get a description without spoilers here.
    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        self._started.read(page, html)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        self._started.begin_filling(env)
        return env

    # Run after plugins that read a page's content, because our additions are not its own text.
    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        self._started.fill(page, context["base_url"])
        return context

    # Run before plugins that read or change the output, so that they get the finished page.
    @event_priority(100)
    def _open_vault(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return self._started.open_spoilers(output)

    # Run last, because the audit must notice changes by other plugins.
    @event_priority(-1000)
    def _settle_output(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return self._started.settle_output(output)

    on_post_page = CombinedEvent(_open_vault, _settle_output)

    # Run first, because the audit must notice files that other plugins change.
    @event_priority(1000)
    def _end_pages(self, *, config: MkDocsConfig) -> None:
        self._started.end_pages()

    # Run last: plugins that write files in on_post_build must be done before we search the site.
    # Only mkdocs-static-i18n (-100) comes later, because its event builds the other languages.
    @event_priority(-99)
    def _finish(self, *, config: MkDocsConfig) -> None:
        self._started.finish(config)

    on_post_build = CombinedEvent(_end_pages, _finish)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the data files too, because they are not in the docs folder."""
        for path in self._started.list_watched(config):
            server.watch(path)
        return server

    def on_shutdown(self) -> None:
        if self._events:
            self._events.stop()

    @property
    def _started(self) -> Events:
        """Return the events of the build; MkDocs sends no other event before `on_config`."""
        assert self._events
        return self._events

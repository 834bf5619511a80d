"""Runs the steps of a build; each event of MkDocs runs one step or a few."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from mkdocs_bookreview.frontmatter.site import EarlierPages
from mkdocs_bookreview.plugin import blog, report
from mkdocs_bookreview.plugin.build import Build, Command, OpenPage, Run
from mkdocs_bookreview.plugin.conversations import find_missing
from mkdocs_bookreview.plugin.converting import complete_markdown, read_html
from mkdocs_bookreview.plugin.data_files import find_data_files
from mkdocs_bookreview.plugin.filling import Filler, begin_filling
from mkdocs_bookreview.plugin.finishing import begin_page, open_spoilers, remember, settle_output
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


@dataclass(slots=True)
class Events:
    """Runs the steps of a build, and holds the plugin's state between events.

    `run` lasts as long as the MkDocs process.
    `build` is set by `on_config`, so each build of `mkdocs serve` has a new object.
    `filler` is set by `on_env`, when all pages are converted.
    `page` is the page that MkDocs is writing, from its `on_page_context` to its `on_post_page`.
    """

    run: Run
    build: Build = field(init=False)
    filler: Filler = field(init=False)
    page: OpenPage = field(init=False)

    def begin(self, config: MkDocsConfig, options: Mapping[str, object]) -> None:
        """Begin a build: read its options, and prepare the configuration of MkDocs."""
        self.run.options = options
        self.build = begin(self.run, config)

    def plan(self, files: Files) -> None:
        """Read all front matter, and plan all lists and addresses."""
        plan_site(self.build, files)

    def leave_out(self, files: Files) -> None:
        """Remove pages of Material's blog whose address would be a spoiler."""
        blog.leave_out_categories(self.build.config, files)

    def settle(self, files: Files) -> None:
        """Plan the site if `plan` did not, or again if other plugins have changed its pages."""
        settle_files(self.build, files)

    def gather(self, nav: Navigation) -> None:
        """Put all lists into one section of the menu, unless the author has written the menu."""
        gather_lists(self.build, nav)

    def place(self, nav: Navigation, files: Files) -> None:
        """Report problems, and give reviews and lists their parents and neighbours.

        With `--dirty`, also choose the pages that MkDocs must convert.
        """
        settle_site(self.build, nav, files)
        place_pages(self.build, nav)
        choose_pages(self.build, nav)

    def complete(self, page: Page, markdown: str) -> str:
        """Return the Markdown with a missing heading, or with the block that hides a whole page."""
        return complete_markdown(self.build, page, markdown)

    def read(self, page: Page, html: str) -> None:
        """Store the spoilers, blocks and first words of a page's HTML."""
        read_html(self.build, page, html)

    def begin_filling(self, env: Environment) -> None:
        """Begin to fill pages, after all pages are converted, because lists show first words."""
        refuse_gone(self.build)
        self.filler = begin_filling(self.build, env)

    def fill(self, page: Page, base: str) -> None:
        """Add cards, lists and comments to a page.

        First record the file of the page before, because MkDocs has just written it.
        """
        self.build.audit.see_file()
        self.page = begin_page(self.build, self.filler, page, base)

    def open_spoilers(self, output: str) -> str:
        """Return the page's output with a complete head, and with spoilers for placeholders."""
        return open_spoilers(self.build, self.filler, self.page, output)

    def settle_output(self, output: str) -> str:
        """Return the output without tags of ours that another plugin wrote too.

        Report changes by other plugins to the audit.
        """
        return settle_output(self.build, self.page, output)

    def end_pages(self) -> None:
        """Record the file of the last page, before other plugins change files."""
        self.build.audit.see_file()

    def finish(self, config: MkDocsConfig) -> None:
        """Correct feeds, and search the finished site for leaks and missing files of comments."""
        build, run = self.build, self.run
        build.rss.mend(Path(config.site_dir))
        report.warn(find_missing(build), is_checked=False)
        build.audit.leave_out(run.written)
        report.warn(build.audit.find_problems(), is_checked=False)
        run.written += build.audit.list_pages()
        remember(build)

    def list_watched(self, config: MkDocsConfig) -> list[str]:
        """Return the paths of the data files, which are not in the docs folder."""
        return [str(path) for path in find_data_files(config, self.build.settings)]

    def stop(self) -> None:
        """Stop the comment server of the preview."""
        self.run.preview.stop()


def begin_run(command: Command, *, is_dirty: bool) -> Events:
    """Return the steps for a new run of MkDocs.

    Only `serve` keeps the pages that it read, because only `serve` builds again.
    """
    earlier = EarlierPages() if command == "serve" else None
    return Events(Run(command=command, is_dirty=is_dirty, earlier=earlier))

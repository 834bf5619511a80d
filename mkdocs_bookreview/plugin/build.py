"""Holds the state of a run, of a build and of the page that is being written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.comments.archive.data import Archive
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.comments.section import SectionBuilder
from mkdocs_bookreview.comments.threads import Threads
from mkdocs_bookreview.frontmatter.site import EarlierPages
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.plugin.audit import AuditedBuild
from mkdocs_bookreview.plugin.made_files import Asset, MadeFiles, MadeFolder
from mkdocs_bookreview.plugin.memory import Memory
from mkdocs_bookreview.plugin.preview import Preview
from mkdocs_bookreview.plugin.reading import Plan
from mkdocs_bookreview.plugin.report import Findings
from mkdocs_bookreview.plugin.rss import RssMeta
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.spoilers.check import SpoilerFacts
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

Command = Literal["build", "gh-deploy", "serve"]


@dataclass(slots=True)
class Run:
    """Holds what is known about one run of MkDocs.

    `mkdocs serve` makes several builds in a run; other commands make one. `options` are the
    plugin's options as they are written in `mkdocs.yml`, not yet validated. `preview` is the
    comment server of `mkdocs serve`. `made_folder` has the sources of the files that we add.

    These save time in later builds: `earlier` has the pages that earlier builds read, and is None
    unless the command is `serve`; `memory` has what earlier builds made, and is None unless
    `is_dirty`.
    """

    options: Mapping[str, object] = field(default_factory=dict)
    command: Command = "build"
    preview: Preview = field(default_factory=Preview)
    is_dirty: bool = False
    earlier: EarlierPages | None = None
    made_folder: MadeFolder = field(default_factory=MadeFolder)
    memory: Memory | None = None


@dataclass(slots=True)
class Build:
    """Holds what is known about one build. Each field is set once.

    `on_config` sets:

    - `config` is the configuration of MkDocs; `command` is the command that was run.
    - `settings` are the valid options; `option_problems` describe the invalid ones.
    - `provider` shows comments, and `sections` builds their sections; both are None if the site has
      no comments.
    - `words` are the words that readers see, in the language of the theme.
    - `vault` keeps sealed spoilers until their own page is written.
    - `findings` collects mistakes in the text of pages.
    - `blocks` collects blocks such as `/// reviews`.
    - `styles` and `scripts` are the files that every page loads. `comments` are those that a page
      loads for comments, the JSON that all pages share first; empty if no page has any.
    - `made_folder` has the sources of the files that `made` adds.
    - `memory` has what earlier builds made; None without `--dirty`.
    - `earlier` has the pages that earlier builds read; None unless `command` is `serve`.
    - `teasers` maps the source of a review to its first words, and `spoilers` that of a page to
      the facts of its spoilers. They are complete from `on_env` on, because every page is
      converted then.

    `on_files` sets:

    - `files` are the files of the site.
    - `plan` has all reviews, taxonomies and lists.
    - `threads` are those of comments, by the source of a page.
    - `archives` are the comments that the site had before, by the source of a page.
    - `made` adds files to the site.
    - `shown` maps the source of a page to the listing that it shows. The page may be the author's.
    - `listed` maps the source of a listing to the address of the page that shows it.
    - `progress` counts the spoilers of each page.
    - `book_keys` are the keys of books that a spoiler may name.
    - `audit` follows the build, and searches the finished site.
    - `rss` fills in the front matter that mkdocs-rss-plugin reads.
    - `nav` is the menu; `on_nav` sets it.
    """

    config: MkDocsConfig
    command: Command
    settings: Settings
    option_problems: tuple[Problem, ...]
    provider: Provider | None
    sections: SectionBuilder | None
    words: Words
    vault: Vault
    findings: Findings
    blocks: ListingBlocks
    styles: Asset
    scripts: Asset
    comments: tuple[Asset, ...]
    made_folder: MadeFolder
    memory: Memory | None
    earlier: EarlierPages | None
    teasers: dict[str, str]
    spoilers: dict[str, Sequence[SpoilerFacts]] = field(default_factory=dict)

    files: Files = field(init=False)
    plan: Plan = field(init=False)
    threads: Threads = field(init=False)
    archives: Mapping[str, Archive] = field(init=False)
    made: MadeFiles = field(init=False)
    shown: dict[str, Listing] = field(init=False)
    listed: dict[str, str] = field(init=False)
    progress: ReadingProgress = field(init=False)
    book_keys: frozenset[str] = field(init=False)
    audit: AuditedBuild = field(init=False)
    rss: RssMeta = field(init=False)
    nav: Navigation = field(init=False)

    @property
    def is_serving(self) -> bool:
        return self.command == "serve"


@dataclass(slots=True)
class OpenPage:
    """Holds the state of the page whose file MkDocs is about to write.

    `base` is the relative address of the site's root, as seen from the page. `own_content` is the
    HTML of the page's own text, without cards and lists. `output` is the finished page with its
    spoilers; it is empty until they are put in.
    """

    page: Page
    base: str
    own_content: str | None
    output: str = ""

"""Holds what the plugin knows, from the first event of MkDocs to the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.listings.blocks import ListingBlocks
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.plugin.audit import AuditedBuild
from mkdocs_bookreview.plugin.kept_pages import KeptPages
from mkdocs_bookreview.plugin.made_files import Asset, MadeFiles
from mkdocs_bookreview.plugin.memory import Memory
from mkdocs_bookreview.plugin.preview import Preview
from mkdocs_bookreview.plugin.reading import Plan
from mkdocs_bookreview.plugin.report import Findings
from mkdocs_bookreview.plugin.rss import RssMeta
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.spoilers.check import Facts
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.words.language import Words

Command = Literal["build", "gh-deploy", "serve"]


@dataclass(slots=True)
class Run:
    """One run of MkDocs: `mkdocs serve` makes several builds, other commands make one.

    `options` are those of the plugin in `mkdocs.yml`, as they are written there. `preview` is the
    comment server of `mkdocs serve`. `kept` has the pages of earlier builds; None if there is only
    one build. `memory` is that of builds with `--dirty`; None without it.
    """

    options: Mapping[str, object] = field(default_factory=dict)
    command: Command = "build"
    preview: Preview = field(default_factory=Preview)
    kept: KeptPages | None = None
    is_dirty: bool = False
    memory: Memory | None = None


@dataclass(slots=True)
class Build:
    """What one build knows. Each field is set once, in this order.

    Known from `on_config` on:

    - `settings` are the valid options; `option_problems` are reported with those of pages.
    - `provider` shows comments; None if the site has no comments.
    - `words` are those of the site's language.
    - `vault` keeps sealed spoilers until their own page is written.
    - `findings` collects what authors should mend in the text of their pages.
    - `blocks` collects what blocks such as `/// reviews` ask for.
    - `styles` and `scripts` are the files that every page loads.
    - `memory` is what earlier builds with `--dirty` found; None without `--dirty`.
    - `teasers` has the first words of each review by the source of its page. They are all known
      from `on_env` on, when every page is converted. So are `spoilers`, the facts of the spoilers
      in its text.

    Known from `on_files` on:

    - `plan` has all reviews, taxonomies and lists.
    - `made` adds files to the site.
    - `shown` has each listing by the source of the page that shows it, which may be an author's
      own page. `listed` has the address of that page by the source of the listing.
    - `progress` counts the spoilers of each page. `book_keys` are those that a spoiler may name.
    - `audit` notes what passes through the build, and searches the finished site.
    - `rss` fills in what mkdocs-rss-plugin reads.
    - `nav` is the menu, from `on_nav` on.
    """

    config: MkDocsConfig
    command: Command
    settings: Settings
    option_problems: tuple[Problem, ...]
    provider: Provider | None
    words: Words
    vault: Vault
    findings: Findings
    blocks: ListingBlocks
    styles: Asset
    scripts: Asset
    memory: Memory | None
    teasers: dict[str, str]
    spoilers: dict[str, Sequence[Facts]] = field(default_factory=dict)

    files: Files = field(init=False)
    plan: Plan = field(init=False)
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
    """The page whose file MkDocs is about to write.

    `base` leads from the page to the site's root. `own_content` is the HTML of its own text, before
    anything is set in, and `output` the whole page with its spoilers, once that is known.
    """

    page: Page
    base: str
    own_content: str | None
    output: str = ""

"""Holds the state of a run, of a build and of the page that is being written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from mkdocs_bookreview.audit.site import SitePage
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
from mkdocs_bookreview.plugin.made_files import MadeFiles, MadeFolder
from mkdocs_bookreview.plugin.memory import Memory
from mkdocs_bookreview.plugin.preview import Preview
from mkdocs_bookreview.plugin.report import Findings
from mkdocs_bookreview.plugin.rss import RssMeta
from mkdocs_bookreview.plugin.site_language import SiteLanguage
from mkdocs_bookreview.plugin.social import SocialCards
from mkdocs_bookreview.publishing.assets import Asset
from mkdocs_bookreview.publishing.descriptions import Descriptions
from mkdocs_bookreview.publishing.pictures import CoverFile, Pictures
from mkdocs_bookreview.publishing.plan import Plan
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.spoilers.check import SpoilerFacts
from mkdocs_bookreview.spoilers.sealed.encoding import choose_encoding
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.structured_data.head import Head
from mkdocs_bookreview.words.language import Words

Command = Literal["build", "gh-deploy", "serve"]


@dataclass(slots=True)
class Run:
    """Holds the state of one run of MkDocs.

    `mkdocs serve` makes several builds in a run. Other commands make one, or one per language.

    - `options` are the plugin's options as they are written in `mkdocs.yml`, not yet validated.
    - `command` is the command that was run.
    - `preview` is the comment server of `mkdocs serve`.
    - `is_dirty` is True with `--dirty`.
    - `is_advised` is True after the first build, so that later builds do not repeat its advice.
    - `earlier` has the pages that earlier builds read; None unless the command is `serve`.
    - `made_folder` has the sources of the files that we add.
    - `pictures` reads covers.
    - `memories` maps the language of a build to its results; empty without `--dirty`.

    These are set again by the first of the builds that make a site in several languages:

    - `written` has the pages that builds in other languages wrote to the same site.
    - `addresses` has the paths of the files that those builds wrote, as in `Build`.
    - `has_nav` is True if `mkdocs.yml` had a `nav` in the first of these builds.
    """

    options: Mapping[str, object] = field(default_factory=dict)
    command: Command = "build"
    preview: Preview = field(default_factory=Preview)
    is_dirty: bool = False
    is_advised: bool = False
    earlier: EarlierPages | None = None
    made_folder: MadeFolder = field(default_factory=MadeFolder)
    pictures: Pictures = field(default_factory=Pictures)
    memories: dict[str, Memory] = field(default_factory=dict)
    written: list[SitePage] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    has_nav: bool = False


@dataclass(slots=True)
class Build:
    """Holds the state of one build.

    `on_config` sets:

    - `config` is the configuration of MkDocs.
    - `command` is the command that was run.
    - `settings` are the valid options.
    - `option_problems` describe the invalid options.
    - `provider` is the comment service; None if the site has no comments.
    - `sections` builds comment sections; None if the site has no comments.
    - `words` are the words that readers see, in the language of the theme.
    - `vault` keeps sealed spoilers until their own page is written.
    - `findings` collects mistakes in the text of pages.
    - `blocks` collects blocks such as `/// reviews`.
    - `styles` and `scripts` are the files that every page loads.
    - `comments` are the files that a page with comments loads. The first one is the JSON that all
      pages share. There are none if no page has comments.
    - `made_folder` has the sources of the files that `made` adds.
    - `pictures` reads covers.
    - `memory` has the results of earlier builds; None without `--dirty`.
    - `earlier` has the pages that this build and earlier builds read.
    - `language` is the language of this build; None if the site has only one.
    - `addresses` maps the path of each file that builds in other languages wrote, in lower case, to
      the source of its target if the file is a redirect, and to "" otherwise.
    - `has_nav` is True if `mkdocs.yml` has a `nav`. It is kept here, because plugins later set a
      `nav` of their own.
    - `teasers` maps the source of a review to its first words.
    - `spoilers` maps the source of a page to the facts of its spoilers. Like `teasers`, it is
      complete from `on_env` on, because every page is converted then.

    `on_files` sets these, and sets them again if other plugins take out or replace pages later:

    - `files` are the files of the site.
    - `plan` has all reviews, taxonomies and lists.
    - `made` adds files to the site.
    - `shown` maps the source of a page to the listing that it shows. The author may have written
      the page.
    - `listed` maps the source of a listing to the address of the page that shows it.
    - `progress` counts the spoilers of each page.
    - `book_keys` are the keys of books that a spoiler may name.
    - `audit` follows the build, and searches the finished site.
    - `descriptions` has the descriptions of pages, for search engines and link previews.
    - `rss` fills in the front matter that mkdocs-rss-plugin reads.
    - `social` fills in the front matter that Material's social plugin reads.
    - `clashes` are the problems of lists whose address another file has.
    - `seen` maps the path of each page below the docs folder to its source file, as they were at
      the plan; None before the first plan.
    - `included` has, for each page in `seen`, whether `mkdocs serve` and a build show it.
    - `inclusions` are files with their inclusion levels before and after the plan.

    `on_nav` sets:

    - `threads` maps the source of a page to its comment thread.
    - `archives` maps the source of a page to its comments from an earlier blog.
    - `drawn` has the pictures of drawn covers, by SVG markup.
    - `section` is the section of the menu that has all lists; None if the author placed the lists.
    - `nav` is the menu.
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
    pictures: Pictures
    memory: Memory | None
    earlier: EarlierPages
    language: SiteLanguage | None
    addresses: dict[str, str]
    has_nav: bool
    teasers: dict[str, str]
    spoilers: dict[str, Sequence[SpoilerFacts]] = field(default_factory=dict)
    seen: dict[str, str | None] | None = None
    section: Section | None = None

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
    descriptions: Descriptions = field(init=False)
    rss: RssMeta = field(init=False)
    social: SocialCards = field(init=False)
    drawn: Mapping[str, CoverFile] = field(init=False)
    clashes: list[Problem] = field(init=False)
    included: list[tuple[bool, bool]] = field(init=False)
    inclusions: list[tuple[File, InclusionLevel, InclusionLevel]] = field(init=False)
    nav: Navigation = field(init=False)

    @property
    def write_sealed(self) -> Callable[[str], str]:
        """Return a function that encodes a sealed element, if the site encodes spoilers."""
        return choose_encoding(self.words, is_encoded=self.settings.spoilers.is_encoded)

    @property
    def is_serving(self) -> bool:
        return self.command == "serve"


@dataclass(slots=True)
class OpenPage:
    """Holds the state of the page whose file MkDocs is about to write.

    `base` is the relative address of the site's root, as seen from the page. `own_content` is the
    HTML of the page's own text, without cards and lists. `output` is the finished page with its
    spoilers, and `head` has our tags for its head. Both are empty until `open_spoilers` sets them.
    """

    page: Page
    base: str
    own_content: str | None
    output: str = ""
    head: Head = field(default_factory=Head)

"""Fills the heads of pages with tags for search engines and link previews."""

import posixpath
import re
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urljoin

from mkdocs.structure.pages import Page

from mkdocs_bookreview.audit.pages import (
    is_copied,
    is_named,
    read_sealed_pictures,
    resolve_picture,
)
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.plugin.build import Build, OpenPage
from mkdocs_bookreview.plugin.conversations import find_title
from mkdocs_bookreview.plugin.report import warn
from mkdocs_bookreview.publishing.filling import Publication
from mkdocs_bookreview.publishing.heads import HeadBuilder, is_shown
from mkdocs_bookreview.rendering.heads import RenderedHead, leave_out_pictures, render_head
from mkdocs_bookreview.settings.config_file import find_place
from mkdocs_bookreview.structured_data.authors import check_author
from mkdocs_bookreview.structured_data.head import HeadPage, HeadPicture, HeadSite

_AT_ONCE = 50  # heads that are built at once
_PICTURE = "image"  # the key in front matter, which mkdocs-rss-plugin reads too
_FULL = re.compile("(?:https?:)?//", re.IGNORECASE)


def describe_site(build: Build) -> HeadSite:
    """Return the facts about the site that heads and cards contain."""
    config = build.config
    author = build.settings.reviewer or (config.site_author or "").strip()
    return HeadSite(config.site_name, build.words.tag, config.site_url or None, author or None)


def find_long_author(build: Build) -> list[Problem]:
    """Return a problem if the author of reviews has a name too long for search engines."""
    path = build.config.config_file_path
    options = build.settings.metadata
    if not options.json_ld and not options.microformats:
        return []
    return check_author(
        build.plan.reviews,
        describe_site(build),
        lambda key: find_place(Path(path), key) if path else Place("mkdocs.yml"),
    )


def describe_page(page: Page) -> HeadPage:
    """Return the facts about a page that heads and cards contain."""
    description = page.meta.get("description")
    return HeadPage(find_title(page), str(description or ""), page.canonical_url or None)


class PageHeads:
    """Builds the heads of a build's pages; `feeds` finds the links to feeds for them.

    Heads are built in batches, in the order in which MkDocs writes pages. Building one head at a
    time was measured to take three times as long, because the processor's caches are cold.
    """

    def __init__(self, build: Build, builder: HeadBuilder) -> None:
        self.feeds = builder.feeds
        self._build = build
        self._builder = builder
        self._built: dict[str, tuple[HeadPage, RenderedHead]] = {}
        pages = (file.page for file in build.files.documentation_pages() if file.page)
        # There are no batches with `--dirty`, because MkDocs writes few pages, and most heads of a
        # batch would not be used.
        self._waiting = {} if build.memory else {page.file.src_uri: page for page in pages}

    def find(self, page: Page) -> RenderedHead:
        """Return the tags and data for the head of a page. Call this once for each page."""
        source = page.file.src_uri
        while source in self._waiting:
            for near in list(islice(self._waiting, _AT_ONCE)):
                described = self._describe(self._waiting.pop(near))
                self._built[near] = described, self._build_head(near, described)
        before, head = self._built.pop(source, (None, None))
        described = self._describe(page)
        # Another plugin may have changed the front matter since.
        return head if head and described == before else self._build_head(source, described)

    def _build_head(self, source: str, page: HeadPage) -> RenderedHead:
        return render_head(self._builder.build(source, page))

    def _describe(self, page: Page) -> HeadPage:
        described = describe_page(page)
        if _PICTURE in page.meta and (address := _find_picture(self._build, page)):
            return described._replace(picture=HeadPicture(address, described.title))
        return described


def begin_heads(build: Build, published: Publication) -> PageHeads:
    """Return the builder of the heads of a build's pages."""
    site = published.head_site
    return PageHeads(build, HeadBuilder(published, site, build.words, build.drawn))


def _find_picture(build: Build, page: Page) -> str | None:
    """Return the full address of the picture that a page's front matter names.

    The author writes a full address, or a path relative to the docs folder (as mkdocs-rss-plugin
    reads it) or to the page. Return None if link previews cannot show the picture, or if the site
    does not have the file.
    """
    written = page.meta[_PICTURE]
    if not isinstance(written, str) or not build.config.site_url:
        return None
    if _FULL.match(written):
        # The part after `?` is cut off, because `a.svg?v=2` is SVG too.
        is_svg = re.split("[?#]", written)[0].lower().endswith(".svg")
        full = f"https:{written}" if written.startswith("//") else written
        return None if is_svg else full
    path = unquote(written).lstrip("/")
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), path))
    files = build.files
    file = files.get_file_from_path(path) or files.get_file_from_path(beside)
    return urljoin(build.config.site_url, file.url) if file and is_shown(file.url) else None


def leave_out_sealed(build: Build, opened: OpenPage, output: str) -> str:
    """Return the page without tags that name a picture which it shows only in spoilers.

    Report each tag that is left out.
    """
    page = opened.page
    elements = build.vault.sealed(page.file.src_uri)
    # Most pages have no sealed picture and return here, because parsing all pages takes too long.
    url, root = page.file.url, build.config.site_url or ""
    sealed = read_sealed_pictures(output, elements, url, root) if elements else set()
    if not sealed:
        return output
    is_sealed = partial(names_any, sealed, url, root)
    output, left_out = leave_out_pictures(output, opened.head, is_sealed)
    warn((_describe(page, *one) for one in dict.fromkeys(left_out)), is_checked=False)
    return output


def names_any(pictures: set[str], url: str, root: str, written: str) -> bool:
    """Return whether `written`, an address on the page at `url`, leads to one of the pictures.

    `root` is the address of the site; empty if it is not known.
    """
    path = resolve_picture(written, url, root)
    if root and not path.startswith("//"):
        return path in pictures or any(is_copied(one, [path]) for one in pictures)
    return any(is_named(one, [path]) for one in pictures)


def _describe(page: Page, tag: str, address: str) -> Problem:
    what = (
        f"`{tag}` in this page named a picture that the page shows only in a spoiler: `{address}`."
        " The tag was left out, so that no preview of a link shows this picture."
    )
    fix = (
        "Find the plugin, hook or template that writes the tag. If it takes the picture from"
        " `image` in front matter, write another picture as `image`."
    )
    return Problem(Place(page.file.src_uri), what, fix)

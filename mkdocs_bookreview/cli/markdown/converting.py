"""Converts the pages of a site to find their first words, spoilers and blocks."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from mkdocs_bookreview.cards.progress import ReadingProgress
from mkdocs_bookreview.cli.markdown.extensions import SealingConverter, read_extensions
from mkdocs_bookreview.cli.markdown.front_matter import read_meta
from mkdocs_bookreview.cli.markdown.source_site import SourceSite, UnfitSiteError
from mkdocs_bookreview.frontmatter.split import split_body
from mkdocs_bookreview.listings.block_places import clear_numbers, number_blocks, take_number
from mkdocs_bookreview.listings.blocks import ListingBlocks, WrittenBlock
from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.publishing.descriptions import Descriptions, describe_pages
from mkdocs_bookreview.publishing.markdown_text import add_aliases, complete, describe_term
from mkdocs_bookreview.publishing.page_meta import MetaWriter
from mkdocs_bookreview.publishing.teasers import find_teaser
from mkdocs_bookreview.spoilers.sealed.form import read_sealed_facts
from mkdocs_bookreview.spoilers.sealed.vault import Vault, strip

_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_NOTES = '<div class="footnote">'


@dataclass(frozen=True, slots=True)
class ConvertedPage:
    """Holds the Markdown of a page, and the data that was found in its HTML.

    - `text` is the Markdown below the front matter.
    - `meta` is the front matter.
    - `title` is plain text.
    - `blocks` has the blocks that lists replace, by their number in `text`.
    - `hidden` has the blocks in spoilers, which stay empty, by their number in `text`.
    - `inserted` are blocks that are not in `text`, because an extension reads them from a file.
    - `notes` is a text that Python-Markdown replaces by the footnotes, because otherwise they would
      follow our HTML at the end. It is empty if there are no footnotes, or if `text` has it.
    """

    text: str
    meta: dict[str, Any]
    title: str
    blocks: dict[int, WrittenBlock]
    hidden: dict[int, WrittenBlock]
    inserted: tuple[WrittenBlock, ...]
    notes: str


class PageConverter:
    """Converts pages; a page is converted again only if its text has changed.

    `context` is everything on which all pages depend. `vault` keeps the sealed spoilers of all
    pages, and `blocks` their blocks. `notes` is the text that the footnotes replace.
    """

    def __init__(self, site: SourceSite, context: object) -> None:
        self.context = context
        extensions = read_extensions(site.tree, site.docs_dir)
        self.notes = extensions.notes
        self._converter = SealingConverter(extensions, site.written.words)
        self.vault, self.blocks = self._converter.vault, self._converter.blocks
        self._known: dict[str, tuple[str, str]] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of Markdown extensions that cannot be used here."""
        return self._converter.missing

    def convert(self, source: str, text: str) -> str:
        """Return the HTML of a page, and record that the page owns the spoilers in it."""
        known = self._known.get(source)
        html = known[1] if known and known[0] == text else self._converter.convert(text)
        self._known[source] = text, html
        self._converter.claim(source, html)
        return html


@dataclass(slots=True)
class ConvertedSite:
    """Holds the converted `pages` of a site by source.

    `vault` keeps their sealed spoilers, `blocks` their blocks, and `progress` counts their
    spoilers. `teasers` are the first words of reviews by source.
    """

    vault: Vault
    blocks: ListingBlocks
    progress: ReadingProgress
    teasers: dict[str, str] = field(default_factory=dict)
    pages: dict[str, ConvertedPage] = field(default_factory=dict)


# Such a function gets the sources of pages, yields them one by one, and shows progress.
SourceProgress = Callable[[tuple[str, ...]], Iterable[str]]


def convert_pages(
    site: SourceSite, converter: PageConverter, show_progress: SourceProgress
) -> ConvertedSite:
    """Convert all pages; `show_progress` gets their sources."""
    words, settings = site.written.words, site.written.settings
    progress = ReadingProgress(site.plan.reviews, words, has_bar=settings.spoilers.bar)
    found = ConvertedSite(converter.vault, converter.blocks, progress)
    descriptions = describe_pages(site.plan, settings, words)
    for source in show_progress(site.pages):
        writer = _find_writer(site, source, descriptions)
        found.pages[source] = _convert_page(site, source, converter, found, writer)
    return found


def _find_writer(site: SourceSite, source: str, descriptions: Descriptions) -> MetaWriter:
    listing = site.shown.by_source.get(source)
    return MetaWriter(site.plan.pages.get(source), listing, descriptions)


def _convert_page(
    site: SourceSite,
    source: str,
    converter: PageConverter,
    to: ConvertedSite,
    writer: MetaWriter,
) -> ConvertedPage:
    text, meta = _begin_page(site, source, writer)
    html = _convert(source, number_blocks(text), converter)
    sealed = to.vault.sealed(source)
    facts = [facts for element in sealed for facts in read_sealed_facts(element)]
    to.progress.add(source, facts)
    hidden = (one for element in sealed for one in to.blocks.find(element))
    title = _find_title(source, meta, html)
    teaser = clear_numbers(find_teaser(strip(html)))
    if site.plan.review(source):
        to.teasers[source] = teaser
    writer.describe(meta, source, teaser, title, has_spoilers=bool(facts))
    blocks = [*map(take_number, to.blocks.find(html))]
    inserted = tuple(written for number, written in blocks if number is None)
    return ConvertedPage(
        text,
        meta,
        title,
        _number(blocks),
        _number(map(take_number, hidden)),
        inserted,
        _find_notes(text, html, converter.notes),
    )


def _convert(source: str, text: str, converter: PageConverter) -> str:
    """Return the HTML of a page; raise UnfitSiteError if an extension of the author fails."""
    try:
        return converter.convert(source, text)
    except Exception as error:  # an extension may raise anything
        what = f"A Markdown extension fails on this page: {error or type(error).__name__}."
        fix = (
            "Run this command in the folder of `mkdocs.yml`. If the extension fails there too,"
            " remove it from `markdown_extensions`, or ask its makers."
        )
        raise UnfitSiteError((Problem(Place(source), what, fix),)) from error


def _find_notes(text: str, html: str, place: str) -> str:
    return place if _NOTES in html and place not in text else ""


def _begin_page(site: SourceSite, source: str, writer: MetaWriter) -> tuple[str, dict[str, Any]]:
    """Return a page's Markdown as a build completes it, and the page's front matter."""
    words = site.written.words
    page, listing = site.plan.pages.get(source), site.shown.by_source.get(source)
    written = site.written.texts.get(source)
    meta: dict[str, Any] = {}
    if page and written is not None:
        meta = read_meta(written, page)
        writer.prepare(meta)
        text = complete(split_body(written), page, meta.get("title"), words)
    else:
        assert listing
        writer.prepare(meta)
        text = describe_term(listing)
    return (add_aliases(text, listing, words) if listing else text), meta


def _find_title(source: str, meta: dict[str, Any], html: str) -> str:
    if title := meta.get("title"):
        return str(title)
    if heading := _HEADING.search(html):
        return Markup(_HEADER_LINK.sub("", heading[1])).striptags()  # noqa: S704 - to take tags out
    return source.rpartition("/")[2].rpartition(".")[0]


def _number(blocks: Iterable[tuple[int | None, WrittenBlock]]) -> dict[int, WrittenBlock]:
    return {number: written for number, written in blocks if number is not None}

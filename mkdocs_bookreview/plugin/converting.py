"""Completes a page's Markdown before MkDocs converts it, and reads the resulting HTML."""

from functools import partial

from mkdocs.structure.pages import Page

from mkdocs_bookreview.listings.block_checks import report_hidden
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.plugin.data_files import find_text
from mkdocs_bookreview.plugin.drawn_covers import frame_picture
from mkdocs_bookreview.plugin.other_plugins import report_unfetched
from mkdocs_bookreview.publishing.markdown_text import add_aliases, complete
from mkdocs_bookreview.publishing.page_meta import MetaWriter
from mkdocs_bookreview.publishing.teasers import find_teaser
from mkdocs_bookreview.spoilers.check import check_books
from mkdocs_bookreview.spoilers.sealed.form import read_sealed_facts
from mkdocs_bookreview.spoilers.sealed.vault import strip


def complete_markdown(build: Build, page: Page, markdown: str) -> str:
    """Return the Markdown with our additions, and remove spoilers from the page's front matter."""
    # Findings are cleared, because a plugin may have converted other Markdown since the last page,
    # and its mistakes do not belong to this page.
    build.findings.clear()
    source = page.file.src_uri
    build.vault.release(source)
    written = build.plan.pages.get(source)
    listing = build.shown.get(source)
    _find_writer(build, source).prepare(page.meta)
    if listing:
        build.rss.keep_out(page.meta)
    if written and written.review:
        build.rss.add(page.meta, written.review)
        build.social.add(page.meta, written.review, partial(frame_picture, build, written.review))
    elif build.made.is_own(page.file):
        build.social.keep_out(page.meta, source)
    text = complete(markdown, written, page.meta.get("title"), build.words)
    if listing:
        text = add_aliases(text, listing, build.words)
    build.audit.see_markdown(page, markdown, text)
    return text


def read_html(build: Build, page: Page, html: str) -> None:
    """Store the page's spoilers, blocks, first words and mistakes in the build."""
    source = page.file.src_uri
    build.vault.claim(source, html)
    sealed = build.vault.sealed(source)
    build.audit.add_page(page, html, sealed)
    spoilers = [facts for element in sealed for facts in read_sealed_facts(element)]
    build.progress.add(source, spoilers)
    build.spoilers[source] = spoilers
    found = (
        *check_books(spoilers, build.book_keys),
        *build.plan.queries.check(build.blocks.find(html), source),
        *report_hidden(block for element in sealed for block in build.blocks.find(element)),
        *build.blocks.find_printed(html),
    )
    data_file = find_text(build.shown.get(source), page, build.config, build.settings)
    build.findings.of_page(page, found, data_file)
    if build.settings.spoilers.is_encoded:
        build.findings.add_unchecked(page, report_unfetched(build.config, sealed))
    if build.plan.review(source):
        build.teasers[source] = find_teaser(strip(html))
    elif spoilers or source in build.shown:
        writer, teaser = _find_writer(build, source), find_teaser(strip(html))
        has_spoilers = bool(spoilers)
        writer.describe(page.meta, source, teaser, str(page.title), has_spoilers=has_spoilers)


def _find_writer(build: Build, source: str) -> MetaWriter:
    return MetaWriter(build.plan.pages.get(source), build.shown.get(source), build.descriptions)

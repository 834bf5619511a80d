"""Decides which pages have comments, and builds their comment sections."""

from html import unescape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from mkdocs_bookreview.comments.provider import Conversation, Provider
from mkdocs_bookreview.comments.section import Section, SectionBuilder, SectionOptions
from mkdocs_bookreview.comments.threads import thread_id
from mkdocs_bookreview.model.review import Thread
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


def find_section(build: Build, source: str) -> Section | None:
    """Return the comment section of the page at `source`; None if it has none.

    A review has one unless its front matter says `comments: false`. Another page has one only if
    its front matter asks for it.
    """
    file = build.files.get_file_from_path(source)
    page = file.page if file else None
    review = build.plan.review(source)
    written = build.plan.pages.get(source)
    thread: Thread | None = written.thread if written else None
    if not page or not thread or not build.sections:
        return None
    ident = thread_id(source, thread.id, review.book.key if review else None)
    return build.sections.build(
        Conversation(
            ident, unescape(str(page.title)), build.words.language, page.canonical_url or None
        ),
        get_relative_url(build.comments[0].uri, page.url) if build.comments else "",
        thread.state,
        book=review.book.key if review else None,
        serving=build.is_serving,
    )


def begin_sections(
    provider: Provider | None, settings: Settings, words: Words, config: MkDocsConfig
) -> SectionBuilder | None:
    """Return what builds the comment sections of a site; None if it has no comments."""
    options = settings.comments
    if not provider or not options:
        return None
    # Material asks readers for consent only if the author has written this.
    asks = bool(config.extra.get("consent"))
    consent = (options.consent or options.provider.lower()) if asks else None
    return SectionBuilder(provider, SectionOptions(options.load, options.guard, consent), words)

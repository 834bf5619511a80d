"""Decides which pages have comments, and builds their comment sections."""

from html import unescape

from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from mkdocs_bookreview.comments.provider import Conversation
from mkdocs_bookreview.comments.section import Section, SectionOptions, build_section
from mkdocs_bookreview.comments.threads import thread_id
from mkdocs_bookreview.model.review import Thread
from mkdocs_bookreview.plugin.build import Build
from mkdocs_bookreview.settings.settings import CommentsSettings


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
    provider, options = build.provider, build.settings.comments
    if not page or not thread or not provider or not options:
        return None
    ident = thread_id(source, thread.id, review.book.key if review else None)
    return build_section(
        provider,
        _find_options(build, page, options),
        Conversation(
            ident, unescape(str(page.title)), build.words.language, page.canonical_url or None
        ),
        build.words,
        thread.state,
        book=review.book.key if review else None,
        serving=build.is_serving,
    )


def _find_options(build: Build, page: Page, options: CommentsSettings) -> SectionOptions:
    # Material asks readers for consent only if the author has written this.
    asks = bool(build.config.extra.get("consent"))
    return SectionOptions(
        site=get_relative_url(build.comments[0].uri, page.url) if build.comments else "",
        load=options.load,
        guard=options.guard,
        consent=(options.consent or options.provider.lower()) if asks else None,
    )

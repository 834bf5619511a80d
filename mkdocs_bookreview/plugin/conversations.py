"""Decides which pages have comments, and builds their comment sections."""

from mkdocs_bookreview.comments.provider import Conversation
from mkdocs_bookreview.comments.section import Section, build_section
from mkdocs_bookreview.comments.threads import thread_id
from mkdocs_bookreview.model.review import Thread
from mkdocs_bookreview.plugin.build import Build


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
        options.load,
        Conversation(ident, str(page.title), build.words.language),
        build.words,
        thread.state,
        has_book=bool(review),
        serving=build.is_serving,
    )

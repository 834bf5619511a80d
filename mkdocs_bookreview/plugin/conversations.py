"""Which pages have comments."""

from mkdocs.structure.files import Files

from mkdocs_bookreview.comments.provider import Conversation, Provider
from mkdocs_bookreview.comments.section import build_section
from mkdocs_bookreview.comments.threads import thread_id
from mkdocs_bookreview.model.review import Thread
from mkdocs_bookreview.plugin.reading import Plan
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


def find_section(
    source: str,
    files: Files,
    plan: Plan,
    provider: Provider | None,
    settings: Settings,
    words: Words,
    serving: bool,
) -> object:
    """The comment section of a review, and of other pages that ask for one; else None."""
    file = files.get_file_from_path(source)
    page = file.page if file else None
    review = plan.review(source)
    written = plan.pages.get(source)
    thread: Thread | None = written.thread if written else None
    if not page or not thread or not provider or not settings.comments:
        return None
    ident = thread_id(source, thread.id, review.book.key if review else None)
    return build_section(
        provider,
        settings.comments.load,
        Conversation(ident, str(page.title), words.language),
        words,
        thread.state,
        has_book=bool(review),
        serving=serving,
    )

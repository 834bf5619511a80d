"""Builds the comment sections of a site's pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from mkdocs_bookreview.comments.provider import Conversation, Provider
from mkdocs_bookreview.comments.section import Section, SectionBuilder, SectionOptions
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.settings.settings import Settings
from mkdocs_bookreview.words.language import Words


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """Describes the page of a comment section.

    `title` is the page's title as plain text, and `url` its absolute address; None if the site has
    no `site_url`. `shared` is the address, as seen from the page, of the JSON that all pages share.
    """

    title: str
    url: str | None
    shared: str


def begin_sections(
    provider: Provider | None, settings: Settings, words: Words, extra: Mapping[str, object]
) -> SectionBuilder | None:
    """Return the builder of a site's comment sections; None if the site has no comments.

    `extra` is the value of `extra` in `mkdocs.yml`.
    """
    options = settings.comments
    if not provider or not options:
        return None
    # Without `consent` in `extra`, comments do not wait, because Material would not ask readers.
    asks = bool(extra.get("consent"))
    consent = (options.consent or options.service) if asks else None
    return SectionBuilder(provider, SectionOptions(options.load, options.guard, consent), words)


class PageSections:
    """Builds the comment sections of pages.

    `service` is the name of the provider in front matter. `threads` maps the source of a page to
    the id of its thread, and `language` is the code of the site's language. `serving` is True for a
    preview.
    """

    def __init__(
        self,
        builder: SectionBuilder,
        service: str,
        threads: Mapping[str, str],
        language: str,
        *,
        serving: bool = False,
    ) -> None:
        self._builder = builder
        self._service = service
        self._threads = threads
        self._language = language
        self._serving = serving

    def build(self, page: WrittenPage, at: SectionPlace) -> Section | None:
        """Return the comment section of a page; None if it has none.

        A review has comments unless its front matter has `comments: false`. Another page has
        comments only if its front matter asks for them.
        """
        ident = self._threads.get(page.source)
        if ident is None or not page.thread:
            return None
        post = page.thread.posts.get(self._service)
        return self._builder.build(
            Conversation(ident, at.title, self._language, at.url, post),
            at.shared,
            page.thread.state,
            book=page.review.book.key if page.review else None,
            serving=self._serving,
        )

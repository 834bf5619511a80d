"""Renders what a page shows of its own review, and the panels around its text."""

import posixpath

from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.views import SpoilerControl
from mkdocs_bookreview.comments.section import Section
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.rendering.templates import Templates


class ReviewRenderer:
    """Renders the parts of review pages, with `ROOT` at the start of each address.

    `sign_off` is the text under every review, or None.
    """

    def __init__(self, templates: Templates, cards: CardBuilder, sign_off: str | None) -> None:
        self._templates = templates
        self._cards = cards
        self._sign_off = sign_off

    def render_card(self, review: Review) -> str:
        """Return the card. Render it before `render_after`, because the ids there count on."""
        return self._templates.render("card", card=self._cards.card(review))

    def render_after(self, review: Review) -> str:
        """Return the quotes, related works and sign-off under the text."""
        return self._templates.render("after", after=self._cards.after(review, self._sign_off))

    def render_control(self, control: SpoilerControl) -> str:
        """Return the bar that opens spoilers."""
        return self._templates.render("control", control=control)

    def render_comments(self, section: Section) -> str:
        """Return the panel of a comment section."""
        return self._templates.render("comments", comments=section)

    def render_redirect(self, uri: str, title: str, address: str, site_url: str | None) -> str:
        """Return the page at an old `uri` that leads to `address`.

        Both are relative to the site's root, and `title` is that of the page there. Without a
        `site_url` the page names no canonical address.
        """
        relative = posixpath.relpath(f"/{address}", f"/{posixpath.dirname(uri)}")
        relative += "/" if address.endswith("/") else ""
        canonical = f"{site_url.rstrip('/')}/{address}" if site_url else None
        return self._templates.render(
            "redirect", "", title=title, address=relative, canonical=canonical
        )

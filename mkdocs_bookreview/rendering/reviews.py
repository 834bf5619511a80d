"""Renders the card of a review, and everything else around the text of its page."""

import posixpath

from mkdocs_bookreview.cards.card import CardBuilder
from mkdocs_bookreview.cards.views import SpoilerControl
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.rendering.marks import render_marks
from mkdocs_bookreview.rendering.templates import Templates
from mkdocs_bookreview.structured_data.microformats import Microformat


class ReviewRenderer:
    """Renders the parts of review pages, with `ROOT` at the start of each address on the site.

    `sign_off` is a text under every review; None if the author wants none.
    """

    def __init__(self, templates: Templates, cards: CardBuilder, sign_off: str | None) -> None:
        self._templates = templates
        self._cards = cards
        self._sign_off = sign_off

    def render_card(
        self, review: Review, comments: int = 0, marks: Microformat | None = None
    ) -> str:
        """Return the card under the title; `comments` counts the archived comments of its page.

        `marks` are the microformats of the review; None if there are none. Call this method before
        `render_after`, because that continues the numbers in the ids of spoilers.
        """
        card = self._cards.card(review, comments)
        shown = render_marks(marks) if marks else None
        return self._templates.render("card", card=card, marks=shown)

    def render_after(self, review: Review) -> str:
        """Return the sign-off, quotes and related works under the text."""
        return self._templates.render("after", after=self._cards.after(review, self._sign_off))

    def render_control(self, control: SpoilerControl) -> str:
        """Return the bar that asks how far readers have read, and shows or hides all spoilers."""
        return self._templates.render("control", control=control)

    def render_redirect(
        self, uri: str, title: str, address: str, script: str, site_url: str | None
    ) -> str:
        """Return a whole page for the path `uri`, which redirects to the page at `address`.

        `script` is the address of a script that goes there and keeps the text after `#` and `?`.
        `uri`, `address` and `script` are relative to the site's root, and `title` is the title of
        the other page. From `a/b.html` to `reviews/emma/` the link is `../reviews/emma/`. The page
        names no canonical address if `site_url` is None.
        """
        canonical = f"{site_url.rstrip('/')}/{address}" if site_url else None
        return self._templates.render(
            "redirect",
            "",
            title=title,
            address=_relate(address, uri),
            script=_relate(script, uri),
            canonical=canonical,
        )


def _relate(address: str, uri: str) -> str:
    """Return the relative link from the file `uri` to an address of the site."""
    relative = posixpath.relpath(f"/{address}", f"/{posixpath.dirname(uri)}")
    # The slash at the end is added again, because relpath drops it.
    return relative + ("/" if address.endswith("/") else "")

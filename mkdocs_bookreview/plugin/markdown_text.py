"""What is written into a page's Markdown before it is converted."""

import re
from datetime import date
from html import escape

from mkdocs_bookreview.cards.names import list_names
from mkdocs_bookreview.frontmatter.read import Page
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.vocabulary import Entry
from mkdocs_bookreview.spoilers.written.block import WHOLE_PAGE
from mkdocs_bookreview.words.language import Words

# The heading of a page is what its text begins with; comments may come before.
_HEADING = re.compile(
    r"\s*(?:<!--.*?-->\s*)*"
    r"(?:#(?!#)[ \t]*[^\s#][^\n]*(?:\n|\Z)|[^\n]+\n=+[ \t]*(?:\n|\Z)|<h1\b.*?</h1>)",
    re.DOTALL | re.IGNORECASE,
)
ALIASES = "bookreview-aliases"
_SIGNS = re.compile(r"[^\w\s,;!?()/'’–-]")
_NO_MARKUP = str.maketrans({'"': "”", "<": "‹", ">": "›"})
_SLASHES = re.compile(f"/{{{WHOLE_PAGE},}}")


def heading(text: str) -> str:
    return "# " + _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)


def describe_term(listing: Listing) -> str:
    """The text of a page that is made: the vocabulary's, if it says anything of the term."""
    return f"{heading(listing.title)}\n\n{describes(listing) or ''}\n"


def describes(listing: Listing) -> str | None:
    """What the vocabulary says of the term, on its first page."""
    entry = _entry(listing)
    return entry.description if entry else None


def _entry(listing: Listing) -> Entry | None:
    return listing.term.entry if listing.term and listing.number == 1 else None


def add_aliases(markdown: str, listing: Listing, words: Words) -> str:
    """So that a search finds the page of a term by its other names."""
    entry = _entry(listing)
    if not entry or not entry.aliases:
        return markdown
    text = escape(words("term_aliases", names=", ".join(entry.aliases)))
    return f'{markdown}\n\n<p class="{ALIASES}">{text}</p>\n'


def complete(markdown: str, page: Page | None, title: object, words: Words) -> str:
    """Give a review its heading, and close a page wholly where it gives a book away.

    `title` is what the front matter says, of whatever type YAML takes it for.
    """
    if not page:
        return markdown
    review = page.review
    markdown = markdown if page.body is None else page.body
    if review and not _HEADING.match(markdown):
        shown = str(title) if isinstance(title, str | int | float | date) else None
        markdown = f"{heading(shown or describe(review, words))}\n\n{markdown}"
    if page.spoilers:
        markdown = _seal(markdown, words)
    return markdown


def describe(review: Review, words: Words) -> str:
    """`Title – Authors`."""
    names = list_names(review.book.credited, words)
    titles = " · ".join(one.title for one in review.books)
    return f"{titles} – {names}" if names else titles


def description(review: Review, words: Words) -> str:
    """For search engines and feeds: what the author wrote, else what cannot give anything away."""
    parts = [review.description or words("review_of", title=describe(review, words))]
    if review.verdict and not review.description:
        parts = [parts[0] + ".", review.verdict]
    return plain(" ".join(parts))


def plain(text: str) -> str:
    """Themes put it into an attribute as it is, so it has no signs that end one."""
    return text.translate(_NO_MARKUP)


def _seal(markdown: str, words: Words) -> str:
    match = _HEADING.match(markdown)
    start = match.end() if match else 0
    if not markdown[start:].strip():
        return markdown
    # A fence that nothing in the text ends.
    fence = max(_SLASHES.findall(markdown), default="/" * WHOLE_PAGE) + "/"
    opening = f"{fence} spoiler | {words('whole_review')}"
    return f"{markdown[:start]}\n\n{opening}\n\n{markdown[start:]}\n\n{fence}\n"

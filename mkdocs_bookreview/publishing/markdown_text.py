"""Writes headings, descriptions and blocks into a page's Markdown before it is converted."""

import re
from datetime import date
from html import escape

from mkdocs_bookreview.cards.names import list_names
from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.listings.pages import Listing
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.vocabulary import VocabularyEntry
from mkdocs_bookreview.spoilers.written.block import WHOLE_PAGE
from mkdocs_bookreview.words.language import Words

# Matches a heading at the start of the text, in each syntax that Markdown has. Comments may come
# before it, because readers do not see them.
_HEADING = re.compile(
    r"\s*(?:<!--.*?-->\s*)*"
    r"(?:#(?!#)[ \t]*[^\s#][^\n]*(?:\n|\Z)|[^\n]+\n=+[ \t]*(?:\n|\Z)|<h1\b.*?</h1>)",
    re.DOTALL | re.IGNORECASE,
)
ALIASES = "bookreview-aliases"
READ = "bookreview-spoiler__read"
# `_` is one of the signs to escape, because otherwise `__init__` would be printed in bold.
_SIGNS = re.compile(r"[^\w\s,;!?()/'’–-]|_")
_SLASHES = re.compile(f"/{{{WHOLE_PAGE},}}")


def heading(text: str) -> str:
    """Return a heading in Markdown; `Emma*` gives `# Emma&#42;`, so that no sign is markup."""
    return f"# {_escape(text)}"


def _escape(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)


def describe_term(listing: Listing) -> str:
    """Return the Markdown of a page that we make: its title and the vocabulary's description."""
    return f"{heading(listing.title)}\n\n{find_description(listing) or ''}\n"


def find_description(listing: Listing) -> str | None:
    """Return the vocabulary's description of a term, on the first page of the term only."""
    entry = _entry(listing)
    return entry.description if entry else None


def _entry(listing: Listing) -> VocabularyEntry | None:
    return listing.term.entry if listing.term and listing.number == 1 else None


def add_aliases(markdown: str, listing: Listing, words: Words) -> str:
    """Return the Markdown with the term's other names, so that a search finds the page by them."""
    entry = _entry(listing)
    if not entry or not entry.aliases:
        return markdown
    text = escape(words("term_aliases", names=", ".join(entry.aliases)))
    return f'{markdown}\n\n<p class="{ALIASES}">{text}</p>\n'


def complete(markdown: str, page: WrittenPage | None, title: object, words: Words) -> str:
    """Add a heading to a review without one, and hide a page whose front matter asks for it.

    To hide a page, everything below its heading is put into a spoiler block. `title` is the value
    in the front matter. It may be of any type, because YAML reads `1984` as a number. `page` is
    None for a page that the author did not write; its Markdown stays as it is.
    """
    if not page:
        return markdown
    review = page.review
    markdown = markdown if page.body is None else page.body
    if review and not _HEADING.match(markdown):
        shown = str(title) if isinstance(title, str | int | float | date) else None
        markdown = f"{heading(shown or describe(review, words))}\n\n{markdown}"
    if page.spoilers:
        markdown = _seal(markdown, words, "whole_review" if review else "whole_page")
    return markdown


def split_heading(markdown: str) -> tuple[str, str]:
    """Return the heading at the start of a text, with comments before it, and the text below."""
    match = _HEADING.match(markdown)
    start = match.end() if match else 0
    return markdown[:start], markdown[start:]


def describe(review: Review, words: Words) -> str:
    """Return the titles and authors of a review, such as `Emma – Jane Austen`."""
    names = list_names(review.credited, words)
    titles = " · ".join(one.title for one in review.books)
    return f"{titles} – {names}" if names else titles


def description(review: Review, words: Words) -> str:
    """Return a description for search engines and feeds.

    Return the author's own description if there is one. Otherwise make a description from the title
    and the verdict, because the text of the review may hold spoilers. For a book that waits to be
    read, it does not mention a review.
    """
    title = describe(review, words)
    made = (
        f"{words('status_to_read')}: {title}" if review.is_stub else words("review_of", title=title)
    )
    parts = [review.description or made]
    if review.verdict and not review.description:
        parts = [parts[0] + ".", review.verdict]
    return plain(" ".join(parts))


def plain(text: str) -> str:
    """Replace quotes and angle brackets, because themes put the text into attributes unescaped."""
    # `translate` is not used, because it was measured to take ten times as long.
    return text.replace('"', "”").replace("<", "‹").replace(">", "›")


def _seal(markdown: str, words: Words, label: str) -> str:
    """Put everything below the heading into a spoiler block that invites readers to open it.

    `label` is the key of the text that names the kind of page.
    """
    title, text = split_heading(markdown)
    if not text.strip():
        return markdown
    # The fence is longer than any fence in the text, because an equal fence in the text would end
    # the block too early.
    fence = max(_SLASHES.findall(markdown), default="/" * WHOLE_PAGE) + "/"
    # The invitation has an element of its own, because the styles recognise hidden pages by it.
    invitation = f'<b class="{READ}">{_escape(words("whole_read"))}</b>'
    opening = f"{fence} spoiler | {_escape(words(label))} {invitation}"
    return f"{title}\n\n{opening}\n\n{text}\n\n{fence}\n"

"""What is written into a page's Markdown before it is converted."""

import re

from mkdocs_bookreview.cards.card import list_names
from mkdocs_bookreview.frontmatter.read import Page
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.words.language import Words

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(?:#[^#\n]|[^\n]+\n=+[ \t]*$|<h1\b)", re.MULTILINE)
_SIGNS = re.compile(r"([\\`*_{}\[\]^~=$])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
_NO_MARKUP = str.maketrans({'"': "”", "<": "‹", ">": "›"})
_WHOLE = "/" * 20  # a fence that no author's fence ends


def heading(text: str) -> str:
    """A heading that says just this, whatever signs it has."""
    escaped = "".join(_ENTITIES.get(character, character) for character in text)
    return "# " + _SIGNS.sub(r"\\\1", escaped)


def complete(markdown: str, page: Page, title: str | None, words: Words) -> str:
    """Give a review its heading, and close it wholly where it gives the book away."""
    review = page.review
    if review and not _HEADING.search(_FENCE.sub("", markdown)):
        markdown = f"{heading(title or describe(review, words))}\n\n{markdown}"
    if page.spoilers:
        markdown = _seal(markdown, words)
    return markdown


def describe(review: Review, words: Words) -> str:
    """`Title – Authors`."""
    book = review.book
    names = list_names(book.writers or book.authors[:1], words)
    titles = " · ".join(one.title for one in review.books)
    return f"{titles} – {names}" if names else titles


def description(review: Review, words: Words) -> str:
    """For search engines and feeds: what the author wrote, else what cannot give anything away.

    Themes put it into an attribute as it is, so it has no signs that end one.
    """
    parts = [review.description or words("review_of", title=describe(review, words))]
    if review.verdict and not review.description:
        parts = [parts[0] + ".", review.verdict]
    return " ".join(parts).translate(_NO_MARKUP)


def _seal(markdown: str, words: Words) -> str:
    match = re.match(r"\s*(?:# [^\n]*|[^\n]+\n=+[ \t]*)\n", markdown)
    start = match.end() if match else 0
    opening = f"{_WHOLE} spoiler | {words('whole_review')}"
    return f"{markdown[:start]}\n{opening}\n\n{markdown[start:]}\n\n{_WHOLE}\n"

"""What is said of a page elsewhere: its first words."""

import re
from html import unescape

from mkdocs_bookreview.plugin.markdown_text import ALIASES

_MORE = "<!-- more -->"
_PARAGRAPH = re.compile(
    rf"<p\b(?![^>]*\b(?:admonition-title|{ALIASES})\b)[^>]*>(.*?)</p>", re.DOTALL
)
_FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_BLOCK = re.compile(r"<h1\b.*?</h1>|<(style|script|pre|table)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TEASER = 280  # characters; about what search engines and two lines of a card show


def find_teaser(html: str) -> str:
    """Plain text from before `<!-- more -->`, else from the first paragraph that has any."""
    before, more, _ = (_FOOTNOTE.sub("", html) if "fnref" in html else html).partition(_MORE)
    if more:
        return _plain(_BLOCK.sub(" ", before))
    paragraphs = (_plain(match[1]) for match in _PARAGRAPH.finditer(before))
    return next((text for text in paragraphs if text), "")


def _plain(html: str) -> str:
    text = " ".join(unescape(_TAG.sub("", html)).split())
    if len(text) <= _TEASER:
        return text
    return text[:_TEASER].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"

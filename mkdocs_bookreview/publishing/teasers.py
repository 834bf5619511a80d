"""Finds the first visible words of a page, for lists, descriptions and feeds."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_bookreview.publishing.markdown_text import ALIASES
from mkdocs_bookreview.publishing.shortening import shorten

_TEASER = 280  # characters, because search engines and two lines of a card show about that many
_MORE = "more"
_MORE_COMMENT = re.compile(rf"<!--\s*{_MORE}\s*-->")
# These elements are skipped, because browsers do not show their text, or because it is not part of
# a sentence.
_SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "h1 pre table script style template noscript svg title"
        " iframe object audio video canvas select textarea",
    )
)
_SKIPPED_CLASSES = frozenset({"admonition-title", ALIASES})
# These elements separate words, because browsers begin a line there. `<b>un</b>seen` is one word.
_APART = _SKIPPED.union(
    re.findall(
        r"\w+",
        "address article aside blockquote br button dd details dialog div dl dt fieldset"
        " figcaption figure footer form h2 h3 h4 h5 h6 header hr li main nav ol p section summary"
        " ul",
    )
)


def find_teaser(html: str) -> str:
    """Return the plain text before `<!-- more -->`, or else the first paragraph that has text."""
    first = LexborHTMLParser(html, is_fragment=True).root
    # The search only saves time. The walk decides, because the text of a script may look like the
    # comment.
    if _MORE_COMMENT.search(html) and any(map(_is_more, _walk(first))):
        return _read(takewhile(lambda node: not _is_more(node), _walk(first)))
    paragraphs = (node for node in _walk(first) if node.tag == "p" and not _is_skipped(node))
    texts = (_read(_walk(paragraph.first_child)) for paragraph in paragraphs)
    return next(filter(None, texts), "")


def _is_more(node: LexborNode) -> bool:
    return node.is_comment_node and (node.comment_content or "").strip() == _MORE


def _walk(first: LexborNode | None) -> Iterator[LexborNode]:
    """Yield a node, its later siblings and the visible nodes in them, in the order of the page.

    Yield an element that separates words again where it ends: `a<p>b</p>c` gives a, p, b, p, c.
    """
    ahead = [(first, False)]  # a list, because recursion fails at 1000 nested elements
    while ahead:
        node, is_end = ahead.pop()
        if node is None:
            continue
        yield node
        if not is_end:
            ahead.append((node.next, False))
            if node.is_element_node and not _is_skipped(node):
                ahead.append((node if node.tag in _APART else None, True))
                ahead.append((node.first_child, False))


def _is_skipped(node: LexborNode) -> bool:
    attributes = node.attributes
    if node.tag in _SKIPPED or "hidden" in attributes:
        return True
    # Numbers of footnotes are skipped, because they are no words of the sentence.
    is_reference = node.tag == "sup" and (attributes.get("id") or "").startswith("fnref")
    return is_reference or not _SKIPPED_CLASSES.isdisjoint((attributes.get("class") or "").split())


def _read(nodes: Iterable[LexborNode]) -> str:
    pieces = (" " if node.tag in _APART else node.text_content or "" for node in nodes)
    return shorten(" ".join("".join(pieces).split()), _TEASER)

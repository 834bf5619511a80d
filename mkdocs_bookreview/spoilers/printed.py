"""Spoilers that came out as something else, found in the tree: their block is made a spoiler."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.elements import add_class

# Of the class `spoiler`, or of one that looks like it.
ATTRIBUTES_PATTERN = (
    r"(?:\{:?[^{}\n]*(?:\.|\bclass=[\"']?)"
    r"(?:spoil|s[poi]{2,4}(?=\w*l)[lier]{2,5}s?(?![\w-]))[^{}\n]*\}"
    r"|(?<=\])\{:?[ \t]*spoiler[ \t]*\})"
)
_ATTRIBUTES = re.compile(ATTRIBUTES_PATTERN, re.IGNORECASE)
_CALLOUT = re.compile(r"\[!spo\w*\]", re.IGNORECASE)


def hide_printed(root: Element, text: str, md: Markdown) -> list[Finding]:
    """`text` is that of the tree, in lower case."""
    found: list[Finding] = []
    if "{" in text and _ATTRIBUTES.search(text):
        for block, printed in _find_blocks(root, _ATTRIBUTES, md):
            add_class(block)
            found.append(_tell_attributes(printed))
    if "[" in text and "[!spo" in text:
        for quote, printed in _find_quotes(root):
            add_class(quote)
            found.append(_tell_callout(printed))
    return found


def _find_blocks(
    root: Element, pattern: re.Pattern[str], md: Markdown
) -> Iterator[tuple[Element, str]]:
    parents = {child: parent for parent in root.iter() for child in parent}
    for holder, text in [*_find_texts(root, pattern)]:
        element = holder
        while element in parents and not md.is_block_level(element.tag):
            element = parents[element]
        if element is not root:
            yield element, text


def _find_quotes(root: Element) -> Iterator[tuple[Element, str]]:
    for quote in root.iter("blockquote"):
        callout = _CALLOUT.match("".join(quote.itertext()).lstrip())
        if callout:
            yield quote, callout[0]


def _find_texts(root: Element, pattern: re.Pattern[str]) -> Iterator[tuple[Element, str]]:
    """Each with the element whose text it is, or stands in."""
    for parent in root.iter():
        for text in (parent.text, *(child.tail for child in parent)):
            found = None
            if text and not isinstance(text, AtomicString):
                found = pattern.search(text)
            if found:
                yield parent, found[0]


def _tell_attributes(text: str) -> Finding:
    return Finding(
        f"`{text}` did not parse, so all the text that it stands in is hidden.",
        "Write `[text]{.spoiler}`, with nothing between the brackets, or `/// spoiler` and `///`"
        " around paragraphs.",
        text,
    )


def _tell_callout(text: str) -> Finding:
    return Finding(
        f"The quote of the kind `{text}` did not parse as a spoiler, so all of it is hidden.",
        "Write `/// spoiler` and `///` around it, or turn on the callouts of `pymdownx.quotes`.",
        text,
    )

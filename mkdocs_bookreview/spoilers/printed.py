"""Spoilers that came out as something else, found in the tree: their block is made a spoiler."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress
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
_SIGN = re.compile(
    rf"\[|\](?P<behind>{ATTRIBUTES_PATTERN})?|(?P<alone>{ATTRIBUTES_PATTERN})", re.IGNORECASE
)
_CALLOUT = re.compile(r"\[!spo\w*\]", re.IGNORECASE)


def hide_printed(root: Element, text: str, md: Markdown) -> list[Finding]:
    """`text` is that of the tree, in lower case."""
    found: list[Finding] = []
    if "{" in text and _ATTRIBUTES.search(text):
        found += _hide_attributes(list(_find_runs(root, root, md)))
    if "[" in text and "[!spo" in text:
        for quote, printed in _find_quotes(root):
            add_class(quote)
            found.append(_tell_callout(printed))
    return found


def _hide_attributes(runs: Sequence[tuple[Element, str]]) -> Iterator[Finding]:
    """Hide each block with printed attributes, and all from that on in which their bracket is."""
    opened: list[int] = []
    steps = [0] * (len(runs) + 1)  # how many spoilers begin in a run, less those that end before it
    for number, (block, text) in enumerate(runs):
        for sign in () if isinstance(text, AtomicString) else _SIGN.finditer(text):
            first = number
            if sign[0] == "[":
                opened.append(number)
            elif sign["behind"] and opened:
                first = opened.pop()
            elif sign[0] == "]" and opened and runs[opened[-1]][0] is block:
                opened.pop()
            if printed := sign["behind"] or sign["alone"]:
                steps[first] += 1
                steps[number + 1] -= 1
                yield _tell_attributes(printed, is_apart=runs[first][0] is not block)
    hidden = compress(runs, accumulate(steps))
    for block in {id(block): block for block, _ in hidden}.values():
        add_class(block)


def _find_runs(element: Element, block: Element, md: Markdown) -> Iterator[tuple[Element, str]]:
    """What is printed, in order, with the block it stands in; pictures have no text."""
    if md.is_block_level(element.tag):
        block = element
    if block is not element or (element.text or "").strip():
        yield block, element.text or ""
    for child in element:
        yield from _find_runs(child, block, md)
        if (child.tail or "").strip():
            yield block, child.tail or ""


def _find_quotes(root: Element) -> Iterator[tuple[Element, str]]:
    for quote in root.iter("blockquote"):
        callout = _CALLOUT.match("".join(quote.itertext()).lstrip())
        if callout:
            yield quote, callout[0]


def _tell_attributes(text: str, *, is_apart: bool) -> Finding:
    here = ", so all the text that it stands in is hidden"
    apart = ": its bracket begins in another block, so both are hidden with all between them"
    return Finding(
        f"`{text}` did not parse{apart if is_apart else here}.",
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

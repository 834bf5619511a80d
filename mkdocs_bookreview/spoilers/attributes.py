"""Spoilers where none can be: in the description of a picture, or the title of a link.

In raw HTML `||` means nothing, in attributes as in texts.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mkdocs_bookreview.spoilers.findings import Finding
from mkdocs_bookreview.spoilers.inline import BRACKETS_PATTERN

_NAMES = ("alt", "title")
_MARKED = re.compile(
    r"\|\|(?=\S)[^|]+(?<=\S)\|\|"
    r"|(?<!\w)\|\|(?=[^\s|]).*"  # Without an end, as in texts.
    rf"|<spoiler\b(?:.*?</spoiler>|.*)|{BRACKETS_PATTERN}",
    re.IGNORECASE | re.DOTALL,
)


def hide_in_attributes(root: Element, word: str) -> list[Finding]:
    """`word` stands for what was taken out."""
    found: list[str] = []
    for element, name, value in _list_values(root):
        found += (match[0] for match in _MARKED.finditer(value))
        element.set(name, _MARKED.sub(lambda _: word, value))
    return [_tell_attribute(text) for text in found]


def _list_values(root: Element) -> Iterator[tuple[Element, str, str]]:
    for element in root.iter():
        for name in _NAMES:
            value = element.get(name)
            if value and _MARKED.search(value):
                yield element, name, value


def _tell_attribute(text: str) -> Finding:
    return Finding(
        f"`{text}` is no spoiler in the description of a picture or the title of a link, where"
        " only plain text can be; it was taken out.",
        "Write it behind the picture or the link, outside of these brackets.",
        text,
    )

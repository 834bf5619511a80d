"""Spoilers where none can be: in the description of a picture, the title of a link and the like."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.findings import tell

# Brackets in brackets to a fixed depth: to count them would take a walk to the end for each.
_TEXT = r"[^\[\]]*+"
for _ in range(4):
    _TEXT = rf"(?:[^\[\]]++|\[{_TEXT}\])*+"
BRACKETS_PATTERN = (
    rf"\[(?<!!\[)(?P<text>{_TEXT})\]"
    r"\{:?(?=[^{}\n]*(?<![\w-])(?:\.|class=[\"']?)(?i:spoiler)(?![\w-]))([^{}\n]*)\}"
)
# What browsers, screen readers and common scripts show of an element's attributes.
_SHOWN = re.compile(
    r"alt|content|label|placeholder|summary|title|aria-[\w-]+"
    r"|data-(?:[\w-]+-)?(?:alt|caption|content|description|label|text|title|tooltip)",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\|\|(?=\S)[^|]+(?<=\S)\|\|"
    r"|(?<!\w)\|\|(?=[^\s|]).*"  # Without an end, as in texts.
    r"|<spoiler\b(?:.*?</spoiler>|.*)"
    r"|<(\w+)\s[^<>]*?\bclass\s*=[^<>]*?\bspoiler\b(?:.*?</\1>|.*)"
    rf"|{BRACKETS_PATTERN}",
    re.IGNORECASE | re.DOTALL,
)


def hide_in_attributes(elements: Iterable[Element], word: str) -> list[Finding]:
    """Write `word` for the spoilers in the attributes of a tree."""
    found: list[Finding] = []
    for element in elements:
        for name, value in element.items():
            if name != "class" and value:
                element.set(name, hide_in_value(name, value, word, found))
    return found


def hide_in_value(name: str, value: str, word: str, found: list[Finding]) -> str:
    """Return the value of an attribute without its spoilers, which are added to `found`."""
    if not ("||" in value or "spoiler" in value.lower()) or not _SHOWN.fullmatch(name):
        return value
    found += [tell("value", match[0]) for match in _MARKED.finditer(value)]
    return _MARKED.sub(lambda _: word, value)

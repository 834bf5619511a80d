"""Replaces spoilers by a word in the descriptions of pictures and the titles of links."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.findings import IN_ATTRIBUTE

# Brackets may be nested, but only to a fixed depth, because counting them would mean a walk to the
# end of the text for each bracket.
BALANCED = r"[^\[\]]*+"
for _ in range(4):
    BALANCED = rf"(?>(?:[^\[\]]++|\[{BALANCED}\])*)"
BRACKETS_PATTERN = (
    rf"\[(?<!!\[)(?P<text>{BALANCED})\]"
    r"\{:?(?=[^{}\n]*(?<![\w-])(?:\.|class=[\"']?)(?i:spoiler)(?![\w-]))([^{}\n]*)\}"
)
# Only these attributes are searched, because browsers, screen readers or common scripts show their
# values.
_SHOWN = re.compile(
    r"(?i)alt|content|label|placeholder|summary|title|aria-[\w-]+"
    r"|data-(?:[\w-]+-)?(?:alt|caption|content|description|label|text|title|tooltip)"
)
_MARKED = re.compile(
    r"(?is)\|\|(?=\S)[^|]+(?<=\S)\|\|"
    r"|(?<!\w)\|\|(?=[^\s|]).*"  # bars without an end hide the rest, as in texts
    r"|<spoiler\b(?:.*?</spoiler>|.*)"
    r"|<(\w+)\s[^<>]*?\bclass\s*=[^<>]*?\bspoiler\b(?:.*?</\1>|.*)"
    r"|\[spoiler\b[^]]*\](?:.*?\[/spoiler\]|.*)|>!(?=\S).*?!<|\{\{spoiler\|.*?(?:\}\}|\Z)"
    rf"|{BRACKETS_PATTERN}"
)


def hide_in_attributes(elements: Iterable[Element], word: str) -> list[Finding]:
    """Replace the spoilers in the attributes of elements by `word`, and return the reports."""
    found: list[Finding] = []
    for element in elements:
        for name, value in element.items():
            if value:
                element.set(name, hide_in_value(name, value, word, found))
    return found


def hide_in_value(name: str, value: str, word: str, found: list[Finding]) -> str:
    """Return an attribute's value with `word` for each spoiler, and add reports to `found`."""
    if not ("||" in value or ">!" in value or "spoiler" in value.lower()) or not _SHOWN.fullmatch(
        name
    ):
        return value
    hidden = [match[0] for match in _MARKED.finditer(value)]
    found += [IN_ATTRIBUTE.report(text) for text in hidden if text != word]
    return _MARKED.sub(lambda _: word, value)

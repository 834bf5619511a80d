"""Spoilers where none can be: in the description of a picture, the title of a link and the like."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.written.inline import BRACKETS_PATTERN

# What browsers, screen readers and common scripts show of an element's attributes.
_SHOWN = re.compile(
    r"alt|content|label|placeholder|summary|title|aria-[\w-]+"
    r"|data-(?:[\w-]+-)?(?:alt|caption|content|description|label|text|title|tooltip)",
    re.IGNORECASE,
)
_HINT = re.compile(r"\|\||spoiler", re.IGNORECASE)
_MARKED = re.compile(
    r"\|\|(?=\S)[^|]+(?<=\S)\|\|"
    r"|(?<!\w)\|\|(?=[^\s|]).*"  # Without an end, as in texts.
    r"|<spoiler\b(?:.*?</spoiler>|.*)"
    r"|<(\w+)\s[^<>]*?\bclass\s*=[^<>]*?\bspoiler\b(?:.*?</\1>|.*)"
    rf"|{BRACKETS_PATTERN}",
    re.IGNORECASE | re.DOTALL,
)


def hide_in_attributes(elements: Iterable[Element], word: str) -> list[Finding]:
    """`word` stands for what was taken out."""
    findings: list[Finding] = []
    for element in elements:
        for name, value in element.items():
            # Most are classes, which nobody is shown; one without a value has None.
            if name != "class" and value and _HINT.search(value):
                element.set(name, hide_in_value(name, value, word, findings))
    return findings


def hide_in_value(name: str, value: str, word: str, findings: list[Finding]) -> str:
    """The value of an attribute without its spoilers, which are added to `findings`."""
    if not _SHOWN.fullmatch(name):
        return value
    findings += [_tell_attribute(match[0]) for match in _MARKED.finditer(value)]
    return _MARKED.sub(lambda _: word, value)


def _tell_attribute(text: str) -> Finding:
    return Finding(
        f"`{text}` is no spoiler in the description of a picture or the title of a link, where"
        " only plain text can be; it was taken out.",
        "Write it behind the picture or the link, outside of these brackets.",
        text,
    )

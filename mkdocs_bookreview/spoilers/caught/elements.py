"""Elements that were meant to be spoilers: by a misspelt name, class or quote, or by other systems.

Each becomes one that the sealer knows: `<spioler>` is written `<spoiler>`, `<p class="spolier">` is
written `<p class="spoiler">`, and `<p clas="spoiler">` is written `<p class="spoiler" clas="spoiler">`.
"""

import re
from collections.abc import Iterator

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught import findings
from mkdocs_bookreview.spoilers.caught.spelling import (
    CLASS_SPOILER,
    NEAR,
    SPOILER,
    is_misspelt,
    is_near,
    normalise,
)
from mkdocs_bookreview.spoilers.sealed.tags import Tag, read_attributes

_CLASS_SPOILER = re.compile(CLASS_SPOILER, re.IGNORECASE)
_NEAR = re.compile(NEAR, re.IGNORECASE)

# A tag up to its first `>`, in which the quote of a class has no end.
_OPEN_QUOTE = re.compile(
    r"<([a-z][\w-]*)\s(?=[^<>]*>)[^<>]*?\b[a-z]{3,7}\s*=\s*(?:\"[^\"<>]*|'[^'<>]*)>", re.IGNORECASE
)
_TOKEN = re.compile(r"[^ \t\n\f\r]+")
_CLASS_VALUE = re.compile(r"(?<![^\s\"'])class\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+)", re.IGNORECASE)
# `spoiler-text`, `tg-spoiler`, but not `spoiler-free`.
_COMPOUND = re.compile(
    r"(?!bookreview)(?!.*(?<![a-z])(?:no|non|free|alert|warning|unclosed)(?![a-z]))"
    r"(?:[a-z0-9]+[-_]+)*spoilers?(?:[-_]+[a-z0-9]+)*",
    re.IGNORECASE,
)
_FOREIGN_NAME = re.compile(r"(?:data-)?(?:mx-)?spoilers?")
# Attributes whose values are texts, names or addresses: there the word is one like any other.
_OTHER_NAME = re.compile(
    r"(?:aria|data|on|xml)[\w:-]+|on\w+|abbr|action|alt|cite|class|content|for|headers|href|id|itemprop"
    r"|label|lang|list|media|name|pattern|placeholder|poster|rel|role|slot|src|srcset|style|summary"
    r"|target|title|type|value|book|chapter|progress|xlink:href"
)

_TITLE = re.compile(r"[^<\n]{0,200}")
_DETAILS = re.compile(r"<details\b[^<>]*>\s*\Z")
_LONGEST = 300

Edit = tuple[int, int, str]


def mend_quotes(html: str, found: list[Finding]) -> str:
    """Close the quotes of `<p class="spoiler>`, which would run on to the next ones of the page."""

    def mend(match: re.Match[str]) -> str:
        if not _CLASS_SPOILER.search(normalise(match[0])):
            return match[0]
        found.append(findings.tell_attribute(match[0]))
        return f'<{match[1]} class="{SPOILER}">'

    return _OPEN_QUOTE.sub(mend, html)


def mend_tag(html: str, tag: Tag, found: list[Finding]) -> Iterator[Edit]:
    """Yield what to write instead of parts of a tag."""
    written = normalise(tag.name + tag.attributes).strip(" /")
    name = tag.name if is_near(tag.name) or _is_foreign(tag.name) else written
    if is_misspelt(name) or _is_foreign(name):
        found.append(findings.tell_misspelt(name))
        facts = tag.attributes if name == tag.name else ""
        yield tag.start, tag.end, f"<{'/' * tag.closing}{SPOILER}{facts}>"
    elif not tag.closing and tag.attributes and tag.name != SPOILER:
        yield from _mend_class(html, tag, found)


def _is_foreign(name: str) -> bool:
    return name.lower() != SPOILER and _COMPOUND.fullmatch(name) is not None


def _mend_class(html: str, tag: Tag, found: list[Finding]) -> Iterator[Edit]:
    start = tag.start + 1 + len(tag.name)
    value = _CLASS_VALUE.search(tag.attributes)
    names = _TOKEN.findall(value[1].strip("\"'")) if value else []
    if SPOILER in map(str.lower, names):
        return
    wrong = next(filter(_is_meant, names), None)
    if value and (wrong or _NEAR.search(normalise(value[1]))):
        found.append(findings.tell_class(wrong or value[1].strip("\"'")))
        yield start, start, f' class="{" ".join([*names, SPOILER])}"'
    elif any(_is_odd(*pair) for pair in read_attributes(tag.attributes).items()):
        found.append(findings.tell_attribute(html[tag.start : tag.end]))
        yield start, start, f' class="{SPOILER}"'


def _is_meant(name: str) -> bool:
    name = normalise(name)
    return is_near(name) or _is_foreign(name)


def _is_odd(name: str, value: str) -> bool:
    """Return whether an attribute that HTML does not have says `spoiler`."""
    if _FOREIGN_NAME.fullmatch(name):
        return True
    if _OTHER_NAME.fullmatch(name):
        return False
    text = normalise(f"{name}={value}")
    return _NEAR.search(text) is not None or _CLASS_SPOILER.search(text) is not None


def find_title(html: str, tag: Tag) -> Iterator[Finding]:
    """Yield a report for a `<summary>` that says `spoiler`, in details that are none."""
    text = _TITLE.match(html, tag.end)
    box = _DETAILS.search(html, max(0, tag.start - _LONGEST), tag.start)
    if text and box and _NEAR.search(normalise(text[0])) and not _NEAR.search(normalise(box[0])):
        yield findings.tell_title(text[0].strip())

"""Elements that were meant to be spoilers: by a misspelt name, class or quote, or by other systems.

The sealer gets what it knows: `<spioler>` becomes `<spoiler>`, `<p class="spolier">` gets the class
`spoiler` besides, and `<p clas="spoiler">` gets a class.
"""

import re
from collections.abc import Iterator
from html import escape

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.findings import tell
from mkdocs_bookreview.spoilers.caught.spelling import (
    CLASS_ATTRIBUTE,
    CLASS_SPOILER,
    INNOCENT,
    NEAR,
    SPOILER,
    UNSEEN,
    is_near,
    normalise,
)
from mkdocs_bookreview.spoilers.sealed.tags import Tag, read_attributes

_CLASS_SPOILER = re.compile(CLASS_SPOILER, re.IGNORECASE)
_CLASS_ATTRIBUTE = re.compile(CLASS_ATTRIBUTE, re.IGNORECASE)
_INNOCENT = re.compile(INNOCENT, re.IGNORECASE)
_NEAR = re.compile(NEAR, re.IGNORECASE)

# A tag up to its first `>`, in which the quote of a class has no end.
_OPEN_QUOTE = re.compile(
    r"<([a-z][\w-]*)\s(?=[^<>]*>)[^<>]*?\b[a-z]{3,7}\s*=\s*(?:\"[^\"<>]*|'[^'<>]*)>", re.IGNORECASE
)
_TOKEN = re.compile(r"[^ \t\n\f\r]+")
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

_DIVISION = re.compile(r"^ *<(\w+)\b[^<>]*\bspoiler\b[^<>]*\bmarkdown\b", re.MULTILINE)
_TITLE = re.compile(r"[^<\n]{0,200}")
_DETAILS = re.compile(r"<details\b[^<>]*>\s*\Z")
_LONGEST = 300

Edit = tuple[int, int, str]


def mend_quotes(html: str, found: list[Finding]) -> str:
    """Close the quotes of `<p class="spoiler>`, which would run on to the next ones of the page."""

    def mend(match: re.Match[str]) -> str:
        if not _CLASS_SPOILER.search(normalise(match[0])):
            return match[0]
        found.append(tell("attribute", match[0]))
        return f'<{match[1]} class="{SPOILER}">'

    return _OPEN_QUOTE.sub(mend, html)


def mend_tag(html: str, tag: Tag, found: list[Finding]) -> Iterator[Edit]:
    """Yield what to write instead of parts of a tag."""
    name = tag.name
    if name == SPOILER:
        return
    if _is_meant(name) or _is_meant(name + tag.attributes):
        is_name = _is_meant(name)
        found.append(tell("misspelt", name if is_name else (name + tag.attributes).strip()))
        yield tag.start, tag.end, f"<{'/' * tag.closing}{SPOILER}{tag.attributes * is_name}>"
    elif tag.closing and (tag.attributes.strip() or not tag.complete):
        found.append(tell("end", f"</{name}"))
        end = tag.start + 2 + len(name)
        yield end, end, ">"
    elif not tag.closing and tag.attributes:
        yield from _mend_class(html, tag, found)


def _is_foreign(name: str) -> bool:
    return name.lower() != SPOILER and _COMPOUND.fullmatch(name) is not None


def _mend_class(html: str, tag: Tag, found: list[Finding]) -> Iterator[Edit]:
    start = tag.start + 1 + len(tag.name)
    attributes = read_attributes(tag.attributes)
    value = attributes.get("class", "")
    names = _TOKEN.findall(value)
    if SPOILER in map(str.lower, names):
        if "<" in attributes:
            found.append(tell("end", f"<{tag.name}"))
        return
    wrong = next(filter(_is_meant, names), None)
    if wrong or _NEAR.search(normalise(value)):
        found.append(tell("class", wrong or value))
        yield start, start, f' class="{escape(" ".join([*names, SPOILER]))}"'
    elif _CLASS_ATTRIBUTE.search(normalise(tag.attributes)) or any(
        _is_odd(*pair) or is_near(f"{value} {pair[0]}") for pair in attributes.items()
    ):
        found.append(tell("attribute", html[tag.start : tag.end]))
        yield start, start, f' class="{SPOILER}"'
    elif _INNOCENT.search(value):
        found.append(tell("innocent", value))


def _is_meant(name: str) -> bool:
    name = normalise(name).replace(UNSEEN, "").strip(" /")
    return is_near(name) or _is_foreign(name)


def _is_odd(name: str, value: str) -> bool:
    """Return whether an attribute that HTML does not have says `spoiler`."""
    if _FOREIGN_NAME.fullmatch(name):
        return True
    if _OTHER_NAME.fullmatch(name):
        return False
    return _NEAR.search(normalise(f"{name}={value}")) is not None


def find_unclosed(source: str) -> Iterator[Finding]:
    """Yield a report for elements with Markdown in them, which Markdown ends with the page."""
    if "markdown" not in source:
        return
    for name in {match[1] for match in _DIVISION.finditer(source)}:
        if len(re.findall(rf"^ *<{name}\b", source, re.MULTILINE)) > len(
            re.findall(f"</{name} *>", source)
        ):
            yield tell("unclosed", f"<{name}")


def find_title(html: str, tag: Tag) -> Iterator[Finding]:
    """Yield a report for a `<summary>` that says `spoiler`, in details that are none."""
    text = _TITLE.match(html, tag.end)
    box = _DETAILS.search(html, max(0, tag.start - _LONGEST), tag.start)
    if text and box and _NEAR.search(normalise(text[0])) and not _NEAR.search(normalise(box[0])):
        yield tell("title", text[0].strip())

"""Corrects elements that are meant as spoilers, but have a wrong name, class or quote.

Then the sealer recognises them: `<spioler>` becomes `<spoiler>`, `<p class="spolier">` gets the
class `spoiler` as well, and `<p clas="spoiler">` gets a class.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from xml.etree.ElementTree import Element

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught import findings, spelling
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER, UNCLOSED
from mkdocs_bookreview.spoilers.sealed.tags import Tag, read_attributes

_CLASS_SPOILER = re.compile(rf"(?i){spelling.CLASS_SPOILER}")
_INNOCENT = re.compile(rf"(?i){spelling.INNOCENT}")

# Matches a tag up to its first `>` if the quote of an attribute is still open there.
_OPEN_QUOTE = re.compile(
    r"(?i)<([a-z][\w-]*)\s(?=[^<>]*>)[^<>]*?\b[a-z]{3,7}\s*=\s*(?:\"[^\"<>]*|'[^'<>]*)>"
)
_TOKEN = re.compile(r"[^ \t\n\f\r]+")
_NAME = re.compile(r"[a-z0-9_-]+")
_PART_END = re.compile(r"[-_]+")
# A name with one of these parts is not meant as a spoiler, because it names a warning or is ours.
_OTHER_PARTS = frozenset({"no", "non", "free", "alert", "warning", "unclosed", "bookreview"})
_FOREIGN_NAME = re.compile(r"(?:data-)?(?:mx-)?spoilers?")
# The word `spoiler` means nothing in these attributes, because they hold texts, names or addresses.
_OTHER_NAME = re.compile(
    r"(?:aria|data|on|xml)[\w:-]+|on\w+|abbr|action|alt|cite|content|for|headers|href|id|itemprop"
    r"|label|lang|list|media|name|pattern|placeholder|poster|rel|role|slot|src|srcset|style|summary"
    r"|target|title|type|value|book|chapter|progress|xlink:href"
)

_RIGHT_CLASS = f' class="{SPOILER}"'
_DIVISION = re.compile(r"^ *<(\w+)\b[^<>]*\bspoiler\b[^<>]*\bmarkdown\b", re.MULTILINE)
_TITLED = re.compile(
    r"(?i)<details\b([^<>]*)>\s*<summary\b[^<>]*>"
    rf"(?![^<\n]{{0,200}}{spelling.NEGATED})([^<\n]{{0,200}})"
)
_LABEL = r"((?>(?:[^<\n]|<(?!/?(?:summary|p)\b))*))"
EMPTY = re.compile(
    r"(?i)<(details|div(?=[^<>]*\badmonition\b))\b"
    r"[^<>]*\bclass=\"(?:[^\"<>]* )?spoiler[ \"][^<>]*>\s*"
    rf"(?:<(?:summary|p class=\"admonition-title\")>{_LABEL}</(?:summary|p)>\s*)?</\1>",
)
_ANY_TAG = re.compile(r"<[^<>]*>")

Edit = tuple[int, int, str]


def write_tags(elements: Iterable[Element]) -> str:
    """Return the tags of elements, with only the attributes that may be meant as a class."""
    written = ((element.tag, _write_class(element)) for element in elements)
    return "".join(f"<{tag}{text}>" for tag, text in written if text not in ("", _RIGHT_CLASS))


def _write_class(element: Element) -> str:
    return "".join(f' {name}="{value}"' for name, value in element.items() if not _is_other(name))


@cache
def _is_other(name: str) -> bool:
    return _OTHER_NAME.fullmatch(name) is not None


def mend_quotes(html: str, found: list[Finding]) -> str:
    """Correct `<p class="spoiler>`, because its value would extend to the next quote sign."""

    def mend(match: re.Match[str]) -> str:
        if not _CLASS_SPOILER.search(spelling.normalise(match[0])):
            return match[0]
        found.append(findings.ATTRIBUTE.report(match[0]))
        return f'<{match[1]} class="{SPOILER}">'

    return _OPEN_QUOTE.sub(mend, html)


def mend_tag(html: str, tag: Tag, found: list[Finding]) -> Iterator[Edit]:
    """Yield the edits that correct a tag which is meant as a spoiler, or has no `>`."""
    name = tag.name
    if name == SPOILER:
        return
    if written := next(filter(_is_meant, (name, name + tag.attributes)), None):
        found.append(findings.MISSPELT.report(written.strip(" /")))
        rest = tag.attributes if written == name else ""
        yield tag.start, tag.end, f"<{'/' * tag.closing}{SPOILER}{rest}>"
    # The attributes of a closing tag are other text, because the tag has no `>` of its own.
    elif tag.closing and tag.attributes.strip():
        found.append(findings.CUT_SHORT.report(f"</{name}"))
        end = tag.start + 2 + len(name)
        yield end, end, ">"
    elif not tag.closing and tag.attributes:
        yield from _mend_class(html, tag, found)


def _is_meant(name: str) -> bool:
    """Return whether a name is almost `spoiler`, or has a part that is, such as `tg-spoiler`."""
    name = spelling.normalise(name).replace(spelling.UNSEEN, "").strip(" /").lower()
    parts = _PART_END.split(name) if _NAME.fullmatch(name) else [name]
    return _OTHER_PARTS.isdisjoint(parts) and any(map(spelling.is_near, [name, *parts]))


def _mend_class(html: str, tag: Tag, found: list[Finding]) -> Iterator[Edit]:
    attributes = read_attributes(tag.attributes)
    value = attributes.get("class", "")
    names = _TOKEN.findall(value)
    if SPOILER in map(str.lower, names):
        # The attributes contain the closing tag, because this tag has no `>` of its own.
        if "<" in attributes:
            found.append(findings.CUT_SHORT.report(f"<{tag.name}"))
        return
    wrong = next(filter(_is_meant, names), value if spelling.has_near(value) else None)
    if wrong:
        found.append(findings.MISSPELT.report(wrong))
    elif _CLASS_SPOILER.search(spelling.normalise(tag.attributes)) or any(
        _is_odd(*pair) or spelling.is_near(f"{value} {pair[0]}") for pair in attributes.items()
    ):
        found.append(findings.ATTRIBUTE.report(html[tag.start : tag.end]))
    else:
        if _INNOCENT.search(value):
            found.append(findings.INNOCENT_WORD.report(value))
        return
    start = tag.start + 1 + len(tag.name)
    yield start, start, f' class="{escape(" ".join([*names, SPOILER]))}"'


def _is_odd(name: str, value: str) -> bool:
    """Return whether an attribute may mean a spoiler: `clas="spoiler"`, `data-spoiler`."""
    is_own = not _is_other(name) and spelling.has_near(f"{name}={value}")
    return is_own or _FOREIGN_NAME.fullmatch(name) is not None


def find_unclosed(source: str) -> Iterator[Finding]:
    """Yield a report for spoilers with Markdown in them that are never closed.

    Only the source shows this, because Markdown closes them at the end of the page.
    """
    if "markdown" not in source:
        return
    for name in {match[1] for match in _DIVISION.finditer(source)}:
        starts = re.findall(rf"^ *<{name}\b", source, re.MULTILINE)
        if len(starts) > len(re.findall(f"</{name} *>", source)):
            yield findings.UNCLOSED_ELEMENT.report(f"<{name}")


def find_title(html: str, tag: Tag) -> Iterator[Finding]:
    """Yield a report if `spoiler` is in the `<summary>` of a box, but not in its attributes."""
    box = _TITLED.match(html, tag.start) if tag.name == "details" else None
    if box and spelling.has_near(box[2]) and not spelling.has_near(box[1]):
        yield findings.TITLE.report(box[2].strip())


def hide_after_empty(html: str, found: list[Finding]) -> str:
    """Make each empty box hide everything after it, because its text was not indented."""

    def hide(match: re.Match[str]) -> str:
        label = _ANY_TAG.sub("", match[2] or "")
        found.append(findings.EMPTY_BOX.report(f"spoiler {label}".strip()))
        return f"<{UNCLOSED}>{match[0]}"

    return EMPTY.sub(hide, html)

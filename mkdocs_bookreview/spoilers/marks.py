"""Which tags begin a spoiler, and what belongs to it."""

from collections import defaultdict
from collections.abc import Iterable

from mkdocs_bookreview.spoilers.sealed.facts import FACT_NAMES
from mkdocs_bookreview.spoilers.sealed.tags import (
    VOID,
    Tag,
    drop_attributes,
    drop_class,
    read_classes,
)

SPOILER = "spoiler"
# What the Markdown extension makes of a `||` without partner: it has no end of its own.
UNCLOSED = "spoiler-unclosed"
ANCHORS = frozenset({"id", "name"})

_WRAPPERS = frozenset({"details", "div", "section", "span"})


def is_spoiler(tag: Tag) -> bool:
    if tag.closing:
        return False
    name, text = tag.name, tag.attributes
    if name in (SPOILER, UNCLOSED):
        return True
    return SPOILER in text.lower() and SPOILER in map(str.lower, read_classes(text))


def is_marker(tag: Tag) -> bool:
    """Whether it is no element of HTML, and so is not printed."""
    return tag.name in (SPOILER, UNCLOSED)


def is_bare(tag: Tag) -> bool:
    """Whether the element is there for the spoiler alone."""
    if tag.name == "details" or "admonition" in read_classes(tag.attributes):
        return True
    rest = drop_attributes(drop_class(tag.attributes, SPOILER), FACT_NAMES | ANCHORS)
    return tag.name in _WRAPPERS and not rest.strip()


def is_label(tag: Tag, following: Tag) -> bool:
    if following.closing:
        return False
    if tag.name == "details":
        return following.name == "summary"
    return "admonition" in read_classes(tag.attributes) and "admonition-title" in read_classes(
        following.attributes
    )


def pair_tags(tags: Iterable[Tag], names: set[str]) -> dict[int, Tag]:
    """For each opening tag of these names, by its offset, the closing tag it counts to."""
    waiting: dict[str, list[int]] = defaultdict(list)
    pairs: dict[int, Tag] = {}
    for tag in tags:
        if tag.name not in names or tag.name in VOID or tag.name == UNCLOSED:
            continue
        if not tag.closing:
            waiting[tag.name].append(tag.start)
        elif waiting[tag.name]:
            pairs[waiting[tag.name].pop()] = tag
    return pairs

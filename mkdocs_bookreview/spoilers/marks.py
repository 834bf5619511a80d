"""Which tags begin a spoiler, and what belongs to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mkdocs_bookreview.spoilers.leftovers import is_leftover, is_leftover_spoiler
from mkdocs_bookreview.spoilers.sealed.facts import FACT_NAMES
from mkdocs_bookreview.spoilers.sealed.tags import (
    BLOCKS,
    VOID,
    Tag,
    drop_attributes,
    drop_class,
    read_classes,
)
from mkdocs_bookreview.spoilers.spelling import SPOILER, is_misspelt

# What the Markdown extension makes of a `||` without partner: it has no end of its own.
UNCLOSED = "spoiler-unclosed"
ANCHORS = frozenset({"id", "name"})

_WRAPPERS = frozenset({"details", "div", "section", "span"})


def is_spoiler(tag: Tag) -> bool:
    if tag.closing:
        return False
    name, text = tag.name, tag.attributes
    if name in (SPOILER, UNCLOSED) or (name.startswith("spo") and is_misspelt(name)):
        return True
    if not text:
        return False
    return is_leftover_spoiler(tag) or (
        "sp" in text.lower() and any(is_spoiler_class(name) for name in read_classes(text))
    )


def is_spoiler_class(name: str) -> bool:
    """Also one that is probably misspelt."""
    name = name.lower()
    return name == SPOILER or (name.startswith("sp") and is_misspelt(name))


def find_misspelt(tag: Tag) -> str | None:
    """The name or the class that is almost ours, of a tag that has no right one."""
    if is_misspelt(tag.name):
        return tag.name
    names = read_classes(tag.attributes)
    if SPOILER in map(str.lower, names):
        return None
    return next(filter(is_spoiler_class, names), None)


def is_marker(tag: Tag) -> bool:
    """Whether it is no element of HTML, and so is not printed."""
    return tag.name in (SPOILER, UNCLOSED) or is_leftover(tag)


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


def begin_strays(html: str, tags: Sequence[Tag]) -> str:
    """`html` with a `<spoiler>` for each `</spoiler>` that has none, where its paragraph begins."""
    ends = [tag.start for tag in tags if tag.name == SPOILER and tag.closing]
    if not ends:
        return html
    paired = {tag.start for tag in pair_tags(tags, {SPOILER}).values()}
    places: list[int] = []
    beginning = 0
    for tag in tags:
        if tag.name in BLOCKS:
            beginning = tag.end
        elif tag.name == SPOILER and tag.closing and tag.start not in paired:
            places.append(beginning)
    pieces = [html[start:end] for start, end in pairwise((0, *places, len(html)))]
    return f"<{SPOILER}>".join(pieces)


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

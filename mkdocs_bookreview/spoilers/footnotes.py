"""Footnotes that only spoilers refer to, as Python-Markdown prints them."""

import re
from collections.abc import Iterator

from mkdocs_bookreview.spoilers.hidden import Hidden
from mkdocs_bookreview.spoilers.marks import pair_tags
from mkdocs_bookreview.spoilers.ranges import Ranges, Spoiler
from mkdocs_bookreview.spoilers.tags import Tag, read_attributes, read_classes

_BACK_LINK = re.compile(
    r"(?:&#160;|&nbsp;|\s)*<a [^>]*\bfootnote-backref\b[^>]*>.*?</a>", re.DOTALL
)


def find_footnotes(ranges: Ranges) -> list[Spoiler]:
    """What to hide besides; a footnote hidden so may itself refer to others."""
    if not ranges.spoilers or "footnote-ref" not in ranges.html:
        return []
    notes = _read_notes(ranges)
    references = [tag for tag in ranges.tags if tag.name == "a" and _refers(tag)]
    found: list[Spoiler] = []
    while True:
        hidden = Hidden([*ranges.spoilers, *found])
        keys = [key for key in notes if _is_hidden(key, notes[key], references, hidden)]
        if not keys:
            return found
        found += [notes.pop(key) for key in keys]


def find_back_links(html: str, note: Spoiler) -> Iterator[tuple[int, int]]:
    """Start and end of the links that lead from a footnote to the places that refer to it."""
    return (match.span() for match in _BACK_LINK.finditer(html, note.start, note.end))


def _read_notes(ranges: Ranges) -> dict[str, Spoiler]:
    """By what links to them."""
    closings = pair_tags(ranges.tags, {"li"})
    notes = {}
    for tag in ranges.tags:
        closing = closings.get(tag.start)
        ident = read_attributes(tag.attributes).get("id") if closing else None
        if closing and ident and tag.end < closing.start:
            notes[f"#{ident}"] = Spoiler(tag, -1, tag.end, None, closing, end=closing.start)
    return notes


def _refers(tag: Tag) -> bool:
    return not tag.closing and "footnote-ref" in read_classes(tag.attributes)


def _is_hidden(key: str, note: Spoiler, references: list[Tag], hidden: Hidden) -> bool:
    places = [
        tag.start
        for tag in references
        if read_attributes(tag.attributes).get("href") == key
        and not note.start <= tag.start < note.end
    ]
    return note.start not in hidden and bool(places) and all(place in hidden for place in places)

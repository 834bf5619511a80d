"""Footnotes that only spoilers refer to, as Python-Markdown prints them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from mkdocs_bookreview.spoilers.hidden import Hidden
from mkdocs_bookreview.spoilers.marks import pair_tags
from mkdocs_bookreview.spoilers.ranges import Ranges, Spoiler
from mkdocs_bookreview.spoilers.sealed.tags import read_attributes, read_classes

_BACK_LINK = re.compile(
    r"(?:&#160;|&nbsp;|\s)*<a [^>]*\bfootnote-backref\b[^>]*>.*?</a>", re.DOTALL
)


def find_footnotes(ranges: Ranges) -> list[Spoiler]:
    """What to hide besides: the notes to which nothing leads from open text.

    Those with no reference are hidden too, as we cannot know what they belong to.
    """
    if not ranges.spoilers or 'class="footnote' not in ranges.html:
        return []
    spoilers = Hidden(ranges.spoilers)
    notes = {key: note for key, note in _read_notes(ranges).items() if note.start not in spoilers}
    references = _read_references(ranges)
    places = {key: references.get(key) or _find_printed(key, ranges.html) for key in notes}
    while True:
        hidden = Hidden([*ranges.spoilers, *notes.values()])
        opened = [key for key in notes if any(place not in hidden for place in places[key])]
        if not opened:
            return list(notes.values())
        for key in opened:
            del notes[key]


def find_back_links(html: str, note: Spoiler) -> Iterator[tuple[int, int]]:
    """Start and end of the links that lead from a footnote to the places that refer to it."""
    return (match.span() for match in _BACK_LINK.finditer(html, note.start, note.end))


def _read_notes(ranges: Ranges) -> dict[str, Spoiler]:
    """By what links to them: the items of the list of footnotes, not those of lists in them."""
    closings = pair_tags(ranges.tags, {"div", "li"})
    notes = {}
    box_end = note_end = -1
    for tag in ranges.tags:
        if tag.closing or tag.start < note_end:
            continue
        closing = closings.get(tag.start)
        if tag.name == "div" and "footnote" in read_classes(tag.attributes):
            box_end = max(box_end, closing.start if closing else len(ranges.html))
        elif tag.name == "li" and closing and tag.start < box_end:
            note_end = closing.start
            ident = read_attributes(tag.attributes).get("id")
            if ident and tag.end < closing.start:
                notes[f"#{ident}"] = Spoiler(tag, -1, tag.end, None, closing, end=closing.start)
    return notes


def _read_references(ranges: Ranges) -> dict[str, list[int]]:
    """Their places, by what they link to."""
    references: dict[str, list[int]] = defaultdict(list)
    for tag in ranges.tags:
        if tag.name == "a" and not tag.closing and "footnote-ref" in read_classes(tag.attributes):
            # In an excerpt it begins with the address of the page that the excerpt is of.
            _, _, ident = read_attributes(tag.attributes).get("href", "").rpartition("#")
            references[f"#{ident}"].append(tag.start)
    return references


def _find_printed(key: str, html: str) -> list[int]:
    """In raw HTML a reference is no link, but is printed as it was written."""
    written = re.escape(f"[^{key.partition(':')[2]}]")
    return [match.start() for match in re.finditer(written, html)]

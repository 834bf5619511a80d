"""The recogniser of what may be a spoiler in a finished page, but is not written as one."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.attributes import hide_in_value
from mkdocs_bookreview.spoilers.caught.elements import Edit, find_title, mend_quotes, mend_tag
from mkdocs_bookreview.spoilers.caught.empty import hide_after_empty
from mkdocs_bookreview.spoilers.caught.shapes import Hit, find_hits
from mkdocs_bookreview.spoilers.caught.signs import has_signs
from mkdocs_bookreview.spoilers.caught.spelling import SPOILER
from mkdocs_bookreview.spoilers.caught.text import Text, pair_tags, read_printed
from mkdocs_bookreview.spoilers.marks import UNCLOSED
from mkdocs_bookreview.spoilers.sealed.tags import Tag, change_values, read_classes, read_tags


def catch(html: str, word: str) -> tuple[str, list[Finding]]:
    """Return the page with what may be a spoiler in marks that the sealer knows, and the reports.

    `word` replaces spoilers in attributes, where nothing can be sealed.
    """
    found: list[Finding] = []
    if has_signs(html):
        html = _mend(html, word, found)
        html = _hide(html, found)
    return html, found


def _mend(html: str, word: str, found: list[Finding]) -> str:
    html = mend_quotes(html, found)
    tags = [*read_tags(html)]
    edits: list[Edit] = []
    for tag, _ in read_printed(html, tags, pair_tags(tags)):
        edits += mend_tag(html, tag, found)
        edits += _mend_values(tag, word, found)
        if tag.name == "summary" and not tag.closing:
            found += find_title(html, tag)
    return hide_after_empty(_change(html, edits), found)


def _mend_values(tag: Tag, word: str, found: list[Finding]) -> Iterator[Edit]:
    if tag.attributes and not tag.closing:
        start = tag.start + 1 + len(tag.name)
        end = start + len(tag.attributes)
        mended = change_values(
            tag.attributes, lambda name, value: hide_in_value(name, value, word, found)
        )
        if mended != tag.attributes:
            yield start, end, mended


def _hide(html: str, found: list[Finding]) -> str:
    tags = [*read_tags(html)]
    pairs = pair_tags(tags)
    paired = {closing.start for closing in pairs.values()} | pairs.keys()
    # A tag without partner, or of an impossible name, is read as if it were printed.
    alone = {tag.start: tag for tag in tags if tag.name == SPOILER and tag.start not in paired}
    read = [tag for tag in tags if tag.start not in alone and "=" not in tag.name]
    text = Text(html, read, pairs)
    hidden = _find_spoilers(tags, pairs)
    edits = [(tag.start, tag.end, "") for tag in alone.values() if tag.closing]
    for start, end in _merge(text, find_hits(text, hidden), found):
        first = text.offset(start)
        if end is None:
            edits.append((first, first, f"<{UNCLOSED}>"))
        else:
            last = text.offset(end)
            edits += [(first, first, f"<{SPOILER}>"), (last, last, f"</{SPOILER}>")]
            if first in alone:
                edits.append((first, alone[first].end, ""))
    return _change(html, edits)


def _merge(text: Text, hits: Iterable[Hit], found: list[Finding]) -> list[tuple[int, int | None]]:
    """Return what to hide, without overlaps: of several hits the first reports a place."""
    regions: list[tuple[int, int | None]] = []
    covered = -1
    for start, end, finding in sorted(hits, key=_order):
        if start is None or start >= covered or end is None or end > covered:
            found += [finding] if finding else []
        if start is None:
            continue
        if start < covered and regions[-1][1] is not None and end is not None:
            covered = max(covered, end)
            regions[-1] = (regions[-1][0], covered)
        elif start >= covered or end is None:
            regions.append((start, end))
            covered = text.block(start)[1] if end is None else end
    return regions


def _order(hit: Hit) -> tuple[int, float]:
    """Before others at the same place comes what hides most."""
    return -1 if hit.start is None else hit.start, -inf if hit.end is None else -hit.end


def _find_spoilers(tags: Sequence[Tag], pairs: Mapping[int, Tag]) -> Callable[[int], bool]:
    """Return a function that says whether an offset is in an element that is a spoiler."""
    starts: list[int] = []
    ends = [-1]
    for tag in tags:
        if tag.start in pairs and tag.start > ends[-1] and SPOILER in read_classes(tag.attributes):
            starts.append(tag.start)
            ends.append(pairs[tag.start].end)
    return lambda offset: offset < ends[bisect_right(starts, offset)]


def _change(html: str, edits: list[Edit]) -> str:
    pieces: list[str] = []
    cursor = 0
    for start, end, text in sorted(edits):
        pieces += (html[cursor:start], text)
        cursor = max(cursor, end)
    return "".join([*pieces, html[cursor:]])

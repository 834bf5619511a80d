"""Finds text in a finished page that is meant as a spoiler, but is not written as one."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import inf

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught import elements
from mkdocs_bookreview.spoilers.caught.attributes import hide_in_value
from mkdocs_bookreview.spoilers.caught.shapes import Hit, find_failures
from mkdocs_bookreview.spoilers.caught.signs import has_signs
from mkdocs_bookreview.spoilers.caught.text import Text, read_printed
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER, UNCLOSED, find_marks, pair_tags
from mkdocs_bookreview.spoilers.sealed.tags import Tag, change_values, read_tags


def catch(html: str, word: str) -> tuple[str, list[Finding]]:
    """Return the page with our tags around everything that may be a spoiler, and the reports.

    `word` replaces spoilers in attributes, because an attribute cannot hold a sealed element.
    """
    found: list[Finding] = []
    if has_signs(html):
        html = _mend(html, word, found)
        html = _hide(html, found)
    return html, found


def _mend(html: str, word: str, found: list[Finding]) -> str:
    """Correct tags that are meant as spoilers, and replace spoilers in attributes."""
    html = elements.mend_quotes(html, found)
    edits: list[elements.Edit] = []
    for tag, _ in read_printed(html, [*read_tags(html)]):
        edits += elements.mend_tag(html, tag, found)
        edits += _mend_values(tag, word, found)
        found += elements.find_title(html, tag)
    return elements.hide_after_empty(_change(html, edits), found)


def _mend_values(tag: Tag, word: str, found: list[Finding]) -> Iterator[elements.Edit]:
    if tag.attributes and not tag.closing:
        start = tag.start + 1 + len(tag.name)
        hide = partial(hide_in_value, word=word, found=found)
        mended = change_values(tag.attributes, hide)
        if mended != tag.attributes:
            yield start, start + len(tag.attributes), mended


def _hide(html: str, found: list[Finding]) -> str:
    """Write tags around failed spoilers in the text."""
    tags = [*read_tags(html)]
    pairs = pair_tags(tags, {SPOILER})
    paired = {closing.start for closing in pairs.values()} | pairs.keys()
    # A tag without a partner is treated as text, because its partner may have become text.
    alone = {tag.start: tag for tag in tags if tag.name == SPOILER and tag.start not in paired}
    text = Text(html, [tag for tag in tags if tag.start not in alone and "=" not in tag.name])
    failures = [*find_failures(text, _find_hidden(tags))]
    hits = [failure for failure in failures if isinstance(failure, Hit)]
    found += [failure for failure in failures if isinstance(failure, Finding)]
    edits = [(tag.start, tag.end, "") for tag in alone.values() if tag.closing]
    for start, end in _merge(text, hits, found):
        edits += _mark(text, start, end, alone)
    return _change(html, edits)


def _mark(
    text: Text, start: int, end: int | None, alone: Mapping[int, Tag]
) -> Iterator[elements.Edit]:
    """Yield the edits that write the tags of a spoiler.

    If a tag without a partner is at the start of the spoiler, an edit removes the tag, because the
    new tag replaces it.
    """
    first = text.offset(start)
    yield first, first, f"<{UNCLOSED if end is None else SPOILER}>"
    if end is not None:
        last = text.offset(end)
        yield last, last, f"</{SPOILER}>"
        if first in alone:
            yield first, alone[first].end, ""


def _find_hidden(tags: Sequence[Tag]) -> Callable[[int], bool]:
    """Return a function that says whether an offset is in an element that is a spoiler."""
    marks = [mark for mark in find_marks(tags) if mark.end is not None and not mark.is_inner]
    starts = [mark.start for mark in marks]
    ends = [-1, *(mark.end or -1 for mark in marks)]
    return lambda offset: offset < ends[bisect_right(starts, offset)]


def _merge(text: Text, hits: Iterable[Hit], found: list[Finding]) -> list[tuple[int, int | None]]:
    """Return the regions to hide without overlaps, and add the findings of the hits to `found`.

    Hits at (0, 5), (1, 4) and (3, 8) give the region (0, 8). The second hit is not reported,
    because the first hides all of its text.
    """
    regions: list[tuple[int, int | None]] = []
    covered = -1
    # Of hits with the same start the longest comes first, because then only that hit is reported.
    for start, end, finding in sorted(hits, key=lambda hit: (hit.start, -(hit.end or inf))):
        last = text.block(start)[1] if end is None else end
        if start >= covered or (last > covered and regions[-1][1] is None):
            regions.append((start, end))
        elif last > covered:
            regions[-1] = (regions[-1][0], end)
        else:
            continue
        found.append(finding)
        covered = last
    return regions


def _change(html: str, edits: list[elements.Edit]) -> str:
    pieces: list[str] = []
    cursor = 0
    for start, end, text in sorted(edits):
        pieces += (html[cursor:start], text)
        cursor = max(cursor, end)
    return "".join([*pieces, html[cursor:]])

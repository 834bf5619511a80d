"""Seal the spoilers of finished HTML."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from operator import attrgetter
from typing import NamedTuple

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.footnotes import find_back_links, find_footnotes
from mkdocs_bookreview.spoilers.hidden import Hidden
from mkdocs_bookreview.spoilers.marks import ANCHORS, SPOILER
from mkdocs_bookreview.spoilers.ranges import Ranges, Spoiler
from mkdocs_bookreview.spoilers.sealed import form
from mkdocs_bookreview.spoilers.sealed.facts import FACT_NAMES
from mkdocs_bookreview.spoilers.sealed.tags import (
    COMMENT,
    HEADINGS,
    PARTS,
    Tag,
    drop_attributes,
    drop_class,
    name_elements,
    read_attributes,
    read_tags,
)
from mkdocs_bookreview.spoilers.tree import Node
from mkdocs_bookreview.words.language import Words

_HINT = re.compile(r"class\s*=[^>]*(?:spoiler|\bsp[eilo]{3})|</?spo")
# Form fields and drawings work by their ids, and nothing else shows these.
_KEEPS_ID = name_elements(
    """button clippath datalist filter input label lineargradient marker mask pattern
    radialgradient select symbol textarea"""
)
# Of a cell or item that must stay where it is, what says nothing of its content.
_OUTWARD = name_elements(
    """align bgcolor class colspan dir headers height hidden lang nowrap role rowspan scope style
    translate type valign value width"""
)
_NUMBERED = re.compile(r"fn(?:[:-]\d+)+")
_CLOSE, _END, _START, _TAG = range(4)
_get_start = attrgetter("start")


class Sealed(NamedTuple):
    html: str
    findings: tuple[Finding, ...]


class _Event(NamedTuple):
    """At one place first elements end, then sealed ones end, others begin, and tags follow."""

    position: int
    kind: int
    order: int
    end: int
    text: str = ""
    spoiler: Spoiler | None = None


def find_spoilers(html: str) -> Ranges | None:
    """None where a first look shows that there are no spoilers."""
    text = html.lower()
    if not _HINT.search(text):
        return None
    ranges = Ranges(html, list(read_tags(html)))
    ranges.spoilers += find_footnotes(ranges)
    return ranges


def seal(
    html: str,
    words: Words,
    lock: Callable[[str], str] | None = None,
    numbers: Iterator[int] | None = None,
) -> Sealed:
    """All spoilers in their closed form; what is sealed already stays as it is.

    `lock` gets each outermost one, and returns what stands for it. `numbers` make ids that no other
    part of the page has.
    """
    ranges = find_spoilers(html)
    if ranges is None:
        return Sealed(html, ())
    return Sealed(
        _Assembly(ranges, words, lock, numbers or count(1)).render(), tuple(ranges.findings)
    )


class _Assembly:
    def __init__(
        self,
        ranges: Ranges,
        words: Words,
        lock: Callable[[str], str] | None,
        numbers: Iterator[int],
    ) -> None:
        self.ranges = ranges
        self.words = words
        self.lock = lock
        self.hidden = Hidden(ranges.spoilers)
        self.numbers = numbers
        self.parts = {tag.start: tag for tag in ranges.classless.values() if tag.name in PARTS}
        self.parts |= {
            one.tag.start: one.tag for one in ranges.spoilers if one.start == one.tag.end
        }

    def render(self) -> str:
        html = self.ranges.html
        pieces: list[str] = []
        opened: list[int] = []
        cursor = 0
        for event in sorted(self._list_events()):
            if event.position < cursor:
                continue
            pieces.append(html[cursor : event.position])
            cursor = event.end
            if event.spoiler is None:
                pieces.append(event.text)
            elif event.kind == _START:
                self._start(event.spoiler, pieces, opened)
            else:
                self._end(event.spoiler, pieces, opened)
        pieces.append(html[cursor:])
        return "".join(pieces)

    def _start(self, spoiler: Spoiler, pieces: list[str], opened: list[int]) -> None:
        pieces.append(_close(spoiler.close_before, is_hidden=bool(opened)))
        opened.append(len(pieces))
        pieces += (self._render_start(spoiler), _open(spoiler.outside, is_hidden=True))

    def _end(self, spoiler: Spoiler, pieces: list[str], opened: list[int]) -> None:
        pieces.append(_close(spoiler.inside, is_hidden=True))
        pieces.append(form.BLOCK_END if spoiler.is_block else form.INLINE_END)
        start = opened.pop()
        if self.lock and not opened:
            sealed = "".join(pieces[start:])
            del pieces[start:]
            pieces.append(self.lock(sealed))
        pieces.append(_open(spoiler.open_after, is_hidden=bool(opened)))

    def _render_start(self, spoiler: Spoiler) -> str:
        if not spoiler.is_block:
            ident = f"bookreview-spoiler-{next(self.numbers)}"
            return form.start_inline(ident, self.words, spoiler.facts)
        start = form.start_block(self.words, spoiler.facts)
        return start if spoiler.has_label else start + form.start_body(self.words)

    def _list_events(self) -> Iterator[_Event]:
        for order, spoiler in enumerate(self.ranges.spoilers):
            # Ends were found from the inside out, so of two starts at one place the later is outer.
            yield _Event(spoiler.start, _START, -order, spoiler.start, "", spoiler)
            yield _Event(spoiler.end, _END, order, spoiler.end, "", spoiler)
        for position, nodes in self._list_closers():
            yield _Event(position, _CLOSE, 0, position, _close(nodes, is_hidden=True))
        labels = {event.position: event for event in self._list_labels()}
        yield from labels.values()
        for tag, is_hidden in self._list_tags():
            text = None if tag.start in labels else self._render_tag(tag, is_hidden=is_hidden)
            if text is not None:
                yield _Event(tag.start, _TAG, 0, tag.end, text)

    def _list_closers(self) -> Iterator[tuple[int, list[Node]]]:
        yield from self.ranges.closers.items()
        for position, nodes in self.ranges.closers_if_hidden.items():
            if position in self.hidden or position in self.ranges.dropped:
                yield position, nodes

    def _list_labels(self) -> Iterator[_Event]:
        for spoiler in self.ranges.spoilers:
            if spoiler.label and spoiler.has_label:
                yield from self._render_label(*spoiler.label)
            elif spoiler.tag.name == "li":
                for start, end in find_back_links(self.ranges.html, spoiler):
                    yield _Event(start, _TAG, 0, end)

    def _render_label(self, start: Tag, end: Tag) -> Iterator[_Event]:
        body = form.start_body(self.words)
        text = self.ranges.html[start.end : end.start].strip().casefold()
        if text in ("", SPOILER, self.words("spoiler_title").casefold()):
            yield _Event(start.start, _TAG, 0, end.end, body)
        else:
            yield _Event(start.start, _TAG, 0, start.end, form.LABEL_START)
            yield _Event(end.start, _TAG, 0, end.end, form.LABEL_END + body)

    def _list_tags(self) -> Iterator[tuple[Tag, bool]]:
        """The tags that may change: those that are hidden, and those beside them."""
        tags = self.ranges.tags
        for start, end in self.hidden.spans:
            first = bisect_left(tags, start, key=_get_start)
            last = bisect_left(tags, end, first, key=_get_start)
            yield from ((tag, True) for tag in tags[first:last])
        for position, tag in {**self.ranges.dropped, **self.ranges.classless, **self.parts}.items():
            if position not in self.hidden:
                yield tag, False

    def _render_tag(self, tag: Tag, *, is_hidden: bool) -> str | None:
        """None where the tag stays as it is."""
        if tag.start in self.ranges.dropped or (is_hidden and tag.start in self.ranges.strays):
            return ""
        if tag.name == COMMENT:
            return None
        if tag.closing:
            return "</div>" if tag.name in HEADINGS else None
        is_classless = tag.start in self.ranges.classless
        if not (is_classless or tag.attributes or tag.name in HEADINGS):
            return None
        if tag.start in self.parts:
            tag = tag._replace(attributes=_drop_telling(tag.attributes))
        return _render_opening(tag, is_hidden=is_hidden, is_classless=is_classless)


def _close(nodes: Iterable[Node], *, is_hidden: bool) -> str:
    names = (node.name for node in nodes if not node.is_dropped)
    return "".join("</div>" if is_hidden and name in HEADINGS else f"</{name}>" for name in names)


def _open(nodes: list[Node], *, is_hidden: bool) -> str:
    """A second start of what was closed: without ids, which are unique."""
    return "".join(
        _render_opening(node.tag, is_hidden=is_hidden, is_classless=True, is_copy=True)
        for node in reversed(nodes)
        if not node.is_dropped
    )


def _drop_telling(text: str) -> str:
    """Only the number of a footnote stays, so that what refers to it leads there."""
    found = read_attributes(text)
    telling = found.keys() - _OUTWARD
    if _NUMBERED.fullmatch(found.get("id", "")):
        telling.discard("id")
    return drop_attributes(text, frozenset(telling))


def _render_opening(tag: Tag, *, is_hidden: bool, is_classless: bool, is_copy: bool = False) -> str:
    text = tag.attributes
    if is_classless:
        text = drop_attributes(drop_class(text, SPOILER), FACT_NAMES)
    if is_copy or (is_hidden and tag.name not in _KEEPS_ID):
        text = drop_attributes(text, ANCHORS)
    if is_hidden and tag.name in HEADINGS:
        return f'<div role="heading" aria-level="{tag.name[1]}"{text}>'
    return f"<{tag.name}{text}>"

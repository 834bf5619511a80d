"""Where spoilers begin and end in finished HTML.

One walk over the tags keeps the open elements. A spoiler's end is the closing tag that its name
counts to, so it may open in one paragraph and close in another; what is open at either end is then
closed before the sealed element and opened again in it, and the same at its end.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers import findings
from mkdocs_bookreview.spoilers.marks import (
    SPOILER,
    UNCLOSED,
    is_bare,
    is_label,
    is_marker,
    is_spoiler,
    pair_tags,
)
from mkdocs_bookreview.spoilers.sealed.facts import read_facts
from mkdocs_bookreview.spoilers.sealed.tags import BLOCKS, HEADINGS, PARTS, VOID, Tag
from mkdocs_bookreview.spoilers.tree import (
    Node,
    OpenElements,
    find_container,
    find_fork,
    find_whole,
    walk_up,
)

_BEGINNING = re.compile(r"[^<&\n]*")
_BLANK = re.compile(r"\s*")


@dataclass(slots=True, eq=False)
class Spoiler:
    """What stands from `start` to `end`, which are offsets between tags.

    It ends at `closing`, or with an element around it, or with the document. Lists of elements go
    from the innermost outwards: those in `close_before` are closed before it, those in `outside`
    opened again in it, those in `inside` closed at its end, and those in `open_after` opened again
    after it. `unopened` are left to a spoiler in it that begins where it begins.
    """

    tag: Tag
    index: int
    start: int
    before: Node | None
    closing: Tag | None = None
    label: tuple[Tag, Tag] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    end: int = -1
    is_block: bool = True
    is_waiting: bool = False
    close_before: list[Node] = field(default_factory=list)
    outside: list[Node] = field(default_factory=list)
    inside: list[Node] = field(default_factory=list)
    open_after: list[Node] = field(default_factory=list)
    unopened: set[Node] = field(default_factory=set)

    @property
    def has_label(self) -> bool:
        """Whether the element that might be the label came to its own end, with no block in it."""
        return self.label is not None and self.label[0] is not self.label[1]


class Ranges:
    """The spoilers of a page, in the order of their ends, and what becomes of single tags.

    By offset, `dropped` and `classless` hold tags that are not printed, and those that lose their
    class; `strays` closing tags that close nothing; `closers` what must be closed before a tag, and
    `closers_if_hidden` what must be only if that tag turns out to be hidden, or dropped.
    """

    def __init__(self, html: str, tags: Sequence[Tag]) -> None:
        self.html = html
        self.tags = tags
        self.spoilers: list[Spoiler] = []
        self.findings: list[Finding] = []
        self.dropped: dict[int, Tag] = {}
        self.classless: dict[int, Tag] = {}
        self.strays: dict[int, Tag] = {}
        self.closers: dict[int, list[Node]] = defaultdict(list)
        self.closers_if_hidden: dict[int, list[Node]] = defaultdict(list)
        self._open = OpenElements()
        self._active: list[Spoiler] = []
        self._ends: dict[int, Spoiler] = {}
        self._within: dict[Node, Spoiler] = {}
        self._around: dict[Node, Spoiler] = {}
        self._pairs: dict[int, Tag] = {}
        self._markers = {SPOILER, UNCLOSED}
        self._last_block = -1
        self._index = 0
        self._read()

    def _read(self) -> None:
        begins = {tag.start: tag.name for tag in self.tags if is_spoiler(tag)}
        if not begins:
            return
        last = max(begins)
        self._pairs = pair_tags(self.tags, {*begins.values()})
        for index, tag in enumerate(self.tags):
            if tag.start > last and not self._active:
                break
            self._index = index
            if tag.closing:
                self._read_closing(tag)
            elif tag.start in begins:
                self._begin(tag)
            else:
                self._read_opening(tag)
        while self._active:
            self._end(self._active[-1], len(self.html), self._open.top)

    def _read_opening(self, tag: Tag) -> Node | None:
        name = tag.name
        if name in BLOCKS:
            self._last_block = tag.start
        for node in self._open.pop_implied(name):
            self._leave(node, tag)
        if not tag.complete:
            self._drop(tag)
        elif name not in VOID and name not in self._markers:
            return self._open.push(tag)
        return None

    def _begin(self, tag: Tag) -> None:
        if not is_marker(tag):
            for node in self._open.pop_implied(tag.name):
                self._leave(node, tag)
        closing = self._pairs.get(tag.start)
        spoiler = Spoiler(tag, self._index, tag.start, self._open.top, closing)
        spoiler.facts, wrong = read_facts(tag.attributes)
        self.findings += wrong
        is_inner = bool(self._active)
        self._active.append(spoiler)
        self._begin_form(spoiler)
        if tag.name in VOID:
            self._finish(spoiler, tag.end, self._open.top)
        elif closing:
            self._ends[closing.start] = spoiler
        elif is_inner:
            self._active.pop()  # What is around it hides all that it could.
        else:
            self._begin_unclosed(spoiler)

    def _begin_form(self, spoiler: Spoiler) -> None:
        tag = spoiler.tag
        if is_marker(tag):
            self._drop(tag)
        else:
            self._begin_element(spoiler)

    def _begin_element(self, spoiler: Spoiler) -> None:
        tag = spoiler.tag
        self.classless[tag.start] = tag
        node = self._read_opening(tag)
        if node is None:
            return
        if tag.name in PARTS:
            spoiler.start = tag.end
            spoiler.before = node
        elif is_bare(tag):
            self._drop(tag)
            node.is_dropped = True
        self._begin_label(spoiler)

    def _begin_label(self, spoiler: Spoiler) -> None:
        for label in self.tags[self._index + 1 : self._index + 2]:
            if is_label(spoiler.tag, label) and self._is_blank(spoiler.tag.end, label.start):
                spoiler.label = (label, label)

    def _begin_unclosed(self, spoiler: Spoiler) -> None:
        container = find_container(spoiler.before)
        if container:
            self._within[container] = spoiler
        if spoiler.tag.name != UNCLOSED:
            quote = self._quote(spoiler.tag)
            self.findings.append(findings.tell_unclosed(spoiler.tag.name, quote))

    def _read_closing(self, tag: Tag) -> None:
        spoiler = self._ends.get(tag.start)
        node = None
        if tag.name not in self._markers:
            node = self._close(tag)
        else:
            self._drop(tag)
        if spoiler and node and spoiler.start == spoiler.tag.end:
            self._finish(spoiler, tag.start, node)
        elif spoiler:
            self._finish(spoiler, tag.end, self._open.top)

    def _close(self, tag: Tag) -> Node | None:
        """The element that the tag closes."""
        popped = self._open.pop(tag.name)
        if not popped:
            self.strays[tag.start] = tag
            return None
        node = popped.pop()
        for other in popped:
            self._leave(other, tag)
        if node.is_dropped:
            self._drop(tag)
        self._end_label(node, tag)
        if node in self._within:
            self._finish(self._within.pop(node), tag.start, node)
        if node in self._around:
            self._finish(self._around.pop(node), tag.end, self._open.top)
        return node

    def _leave(self, node: Node, tag: Tag) -> None:
        """`tag` implies the end of an element; in a spoiler that is written out."""
        self._end_label(node, None)
        if node in self._within:
            self._finish(self._within.pop(node), tag.start, node)
        (self.closers if self._active else self.closers_if_hidden)[tag.start].append(node)
        if node in self._around:
            self._finish(self._around.pop(node), tag.start, node.parent)

    def _end_label(self, node: Node, tag: Tag | None) -> None:
        for spoiler in self._active[-1:]:
            if spoiler.label and spoiler.label[0] is node.tag:
                is_plain = tag is not None and self._last_block <= node.tag.start
                spoiler.label = (node.tag, tag) if tag and is_plain else None

    def _finish(self, spoiler: Spoiler, position: int, after: Node | None) -> None:
        """End a spoiler, unless one that began in it goes on: then it ends with that one."""
        if spoiler.end >= 0:
            return
        if self._active[-1] is not spoiler:
            spoiler.is_waiting = True
            return
        self._end(spoiler, position, after)
        while self._active and self._active[-1].is_waiting:
            self._end(self._active[-1], position, after)

    def _end(self, spoiler: Spoiler, position: int, after: Node | None) -> None:
        self._active.pop()
        spoiler.end = position
        spoiler.is_waiting = False
        if position <= spoiler.start:
            return
        fork = self._find_place(spoiler, after)
        whole = find_whole(fork)
        if whole is None:
            self._close_before(spoiler, fork)
            self._open_after(spoiler, after, fork, position)
            self._tell_heading(fork)
            self.spoilers.append(spoiler)
        elif not self._active:  # If there is one around it, that one hides it anyway.
            self._widen(spoiler, whole)

    def _find_place(self, spoiler: Spoiler, after: Node | None) -> Node | None:
        """The element that will hold the sealed one."""
        fork = find_fork(spoiler.before, after)
        cut = [*walk_up(spoiler.before, fork), *walk_up(after, fork)]
        spoiler.is_block = self._last_block >= spoiler.start or any(node.is_block for node in cut)
        if fork is None:
            return None
        if spoiler.is_block:
            return fork.outer if fork.in_phrasing else fork
        return fork.beyond_link if fork.in_link else fork

    def _widen(self, spoiler: Spoiler, whole: Node) -> None:
        """Take in a whole list or table, of which no single parts can be sealed together."""
        self.findings.append(findings.tell_widened(whole.name, self._quote(spoiler.tag)))
        spoiler.start = whole.tag.start
        spoiler.before = whole.parent
        spoiler.end = -1
        for other in self.spoilers[-1:]:
            if other.start < spoiler.start < other.end:
                spoiler.start, spoiler.before = other.start, other.before
                nodes = walk_up(other.before, None)
                spoiler.unopened = {node for node in nodes if node.tag.start in self.dropped}
        self._around[whole] = spoiler
        self._active.append(spoiler)

    def _close_before(self, spoiler: Spoiler, fork: Node | None) -> None:
        """Elements that would be empty, before the seal or in it, are not printed there."""
        outside = list(walk_up(spoiler.before, fork))
        spoiler.close_before = self._drop_openings(outside, spoiler.start)
        outside = [node for node in outside if node not in spoiler.unopened]
        if is_marker(spoiler.tag) and spoiler.start == spoiler.tag.start:
            outside = self._drop_closings(outside, spoiler.index)
        spoiler.outside = outside

    def _open_after(
        self, spoiler: Spoiler, after: Node | None, fork: Node | None, position: int
    ) -> None:
        inside = list(walk_up(after, fork))
        tag = self.tags[self._index]
        if position < len(self.html):
            spoiler.open_after = inside
        if position == tag.end < len(self.html):
            spoiler.open_after = self._drop_closings(inside, self._index)
        end = tag.start if tag.closing and position == tag.end else position
        spoiler.inside = self._drop_openings(inside, end)

    def _drop_openings(self, nodes: list[Node], position: int) -> list[Node]:
        """The nodes, without the innermost that have nothing between their tags and `position`.

        Those that began before a spoiler around this one would begin again with it.
        """
        for index, node in enumerate(nodes):
            around = self._active[-1] if self._active else None
            if around and node.tag.start < around.start:
                if not self._is_blank(around.tag.end, position):
                    return nodes[index:]
                around.unopened.update(nodes[index:])
                return []
            if not self._is_blank(node.tag.end, position):
                return nodes[index:]
            position = node.tag.start
            self._drop(node.tag)
        return []

    def _drop_closings(self, nodes: list[Node], index: int) -> list[Node]:
        """The nodes, without the innermost that are closed at once after tag number `index`."""
        for count, node in enumerate(nodes):
            tag = self.tags[index + count]
            is_end = count > 0 and tag.start in self._ends
            if is_end or not self._closes(index + count + 1, node, tag.end):
                return nodes[count:]
            self._drop(self.tags[index + count + 1])
        return []

    def _closes(self, index: int, node: Node, position: int) -> bool:
        if index >= len(self.tags):
            return False
        tag = self.tags[index]
        return tag.closing and tag.name == node.name and self._is_blank(position, tag.start)

    def _drop(self, tag: Tag) -> None:
        self.dropped[tag.start] = tag

    def _is_blank(self, start: int, end: int) -> bool:
        blank = _BLANK.match(self.html, start)
        return blank is not None and blank.end() >= end

    def _quote(self, tag: Tag) -> str:
        """What probably stands in the source as it stands here."""
        start = tag.end if tag.name == UNCLOSED else tag.start
        beginning = _BEGINNING.match(self.html, tag.end)
        return self.html[start : beginning.end() if beginning else tag.end].strip()

    def _tell_heading(self, fork: Node | None) -> None:
        if self._active or fork is None or not fork.in_phrasing:
            return
        for node in walk_up(fork, None):
            if node.name in HEADINGS:
                beginning = _BEGINNING.match(self.html, node.tag.end)
                text = beginning[0].strip() if beginning else ""
                self.findings.append(findings.tell_heading(text))

"""Cuts out spoilers that begin and end anywhere, even if a browser reads the HTML differently.

The tags show where a spoiler begins and ends (`marks`). A comment is written at both places. The
HTML becomes a tree, as in a browser; the tree is split at the comments (`tree`), and everything
between them is cut out. A stand-in, here `¤0¤`, keeps the place:

    <p>A <spoiler>b</p><p>c</spoiler> d</p>
    <p>A <!--S0-->b</p><p>c<!--E0--> d</p>
    <p>A </p><!--S0--><p>b</p><p>c</p><!--E0--><p> d</p>
    <p>A </p>¤0¤<p> d</p>

Everything that was between the tags must be in the part that was cut out. If not, the whole block
is hidden.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate, islice
from operator import attrgetter

from selectolax.lexbor import LexborNode

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.sealed import findings
from mkdocs_bookreview.spoilers.sealed.clean import drop_revealing
from mkdocs_bookreview.spoilers.sealed.cutting import Cutting, spell_out
from mkdocs_bookreview.spoilers.sealed.facts import read_facts
from mkdocs_bookreview.spoilers.sealed.marks import UNCLOSED, Mark, find_marks, write_marks
from mkdocs_bookreview.spoilers.sealed.tags import (
    EMBEDDED,
    HEADINGS,
    PARTS,
    TABLES,
    read_attributes,
    read_tags,
)
from mkdocs_bookreview.spoilers.sealed.tree import (
    find_container,
    find_fork,
    find_place,
    find_whole,
    is_same,
    lift,
    list_between,
    walk_up,
    wrap,
)

_BEGINNING = re.compile(r"[^<&\n]*")
_EMBEDDED = ", ".join(EMBEDDED)
_DEEPEST = 512
_get_start = attrgetter("start")


def cut_ranges(cutting: Cutting) -> None:
    """Cut all spoilers out; add each block with an inseparable spoiler to `cutting.failed`."""
    _Ranges(cutting).cut()


def _is_deep(node: LexborNode) -> bool:
    """Return whether a node is deeper than browsers nest elements; walking up from it is slow."""
    return next(islice(walk_up(node), _DEEPEST, None), None) is not None


class _Ranges:
    def __init__(self, cutting: Cutting) -> None:
        self._cutting = cutting
        self._source = cutting.source
        self._tags = [*read_tags(cutting.source)]
        self._marks = find_marks(self._tags)
        self._block_ends = [*accumulate(map(len, cutting.blocks))]
        self._taken: set[int] = set()  # nodes in spoilers without an end
        self._contents: list[Counter[str]] = []  # characters and pictures of each cut

    def cut(self) -> None:
        cutting = self._cutting
        marked = write_marks(
            self._source, self._tags, self._marks, self._block_ends[:-1], cutting.write_comment
        )
        cutting.parse(cutting.disguise(marked))
        nodes = cutting.root.traverse(include_text=True)
        self._comments = {cutting.read_comment(node): node for node in nodes}
        for number in sorted(range(len(self._marks)), key=self._order):
            self._cut_mark(number)

    def _order(self, number: int) -> tuple[bool, int, int]:
        """Return a key that sorts inner spoilers first, and unclosed ones last.

        Unclosed spoilers keep the order of the page, because an earlier one contains the later
        ones.
        """
        mark = self._marks[number]
        return mark.end is None, mark.start if mark.end is None else mark.end, -number

    def _cut_mark(self, number: int) -> None:
        mark = self._marks[number]
        start, end = self._comments.get(f"S{number}"), self._comments.get(f"E{number}")
        if self._find_block(mark.start) in self._cutting.failed:
            return  # it is hidden with all of its block
        if start is None or (end is None) != (mark.end is None) or _is_deep(start):
            # Hide the whole block, because a script, a drawing or a broken tag has swallowed a
            # comment, or because the node is too deep.
            self._fail(mark)
        elif end is not None:
            self._cut_closed(mark, start, end)
        elif start.mem_id not in self._taken:
            self._report_unclosed(mark)
            if start.parent is not None and start.parent.tag in TABLES:
                self._fail(mark)  # because a browser moves the text after it before the table
                return
            lift(start, find_container(start))
            nodes = list_between(start, None)
            inner = (inner for node in nodes for inner in node.traverse(include_text=True))
            self._taken.update(node.mem_id for node in inner)
            self._cut(mark, start, nodes)

    def _cut_closed(self, mark: Mark, start: LexborNode, end: LexborNode) -> None:
        fork = find_fork(start, end)
        if fork is not None and not self._join(mark, start, end, fork):
            return
        nodes = list_between(start, end)
        if fork is None or not is_same((nodes[-1] if nodes else start).next, end):
            # The marker comments have different parents, because a browser moves text between the
            # rows of a table out of the table.
            self._fail(mark)
        else:
            self._cut(mark, start, nodes)

    def _join(self, mark: Mark, start: LexborNode, end: LexborNode, fork: LexborNode) -> bool:
        """Move both marker comments into one element that may hold the nodes between them.

        `start` and `end` are the HTML comments that mark the spoiler, and `fork` is the innermost
        element around both. Return False if no element may hold these nodes, but a spoiler around
        this one hides them anyway.
        """
        whole = find_whole(fork)
        if whole is None:
            lift(start, fork)
            lift(end, fork)
            is_block = self._has_block(list_between(start, end))
            place = find_place(fork, is_block=is_block)
            whole = find_whole(place)
            if whole is None:
                lift(start, place)
                lift(end, place)
                return True
        if mark.is_inner:
            return False
        self._report(findings.report_widened(whole.tag or "", self._quote(mark)))
        whole.insert_before(start, move=True)
        whole.insert_after(end, move=True)
        assert start.parent is not None
        return self._join(mark, start, end, start.parent)

    def _has_block(self, nodes: list[LexborNode]) -> bool:
        return self._cutting.has_block("".join(node.html or "" for node in nodes))

    def _cut(self, mark: Mark, start: LexborNode, nodes: list[LexborNode]) -> None:
        if mark.tag.name in PARTS and start.parent is not None:
            drop_revealing(start.parent)
        if not mark.is_inner:
            self._report_heading(mark, start)
        facts, wrong = read_facts(read_attributes(mark.tag.attributes))
        self._cutting.findings += wrong
        content = self._count(nodes)
        if nodes:
            self._contents.append(content)
            self._cutting.cut(wrap(nodes), facts, is_block=self._has_block(nodes))
        if self._count_source(mark) - content:
            self._fail(mark)

    def _count(self, nodes: list[LexborNode]) -> Counter[str]:
        """Count characters and pictures in the nodes, and in spoilers that were cut out of them."""
        text = "".join(node.text() for node in nodes)
        pictures = [found.tag or "" for node in nodes for found in node.css(_EMBEDDED)]
        stand_in = self._cutting.stand_in
        inner = [self._contents[int(number)] for number in stand_in.findall(text)]
        rest = self._cutting.restore(stand_in.sub("", text))
        return sum(inner, Counter([*"".join(rest.split()), *pictures]))

    def _count_source(self, mark: Mark) -> Counter[str]:
        """Count characters and pictures between the tags, because the tree may have moved some."""
        if mark.end is None:
            return Counter()  # only the tree knows where it ends
        first = bisect_left(self._tags, mark.start, key=_get_start)
        last = bisect_left(self._tags, mark.end, first, key=_get_start)
        tags = self._tags[first:last]
        starts = [mark.start, *(tag.end for tag in tags)]
        ends = [*(tag.start for tag in tags), mark.end]
        text = "".join(self._source[start:end] for start, end in zip(starts, ends, strict=True))
        text = spell_out(text.replace("\0", ""))  # because the parser drops this character
        pictures = [tag.name for tag in tags if tag.name in EMBEDDED and not tag.closing]
        return Counter([*"".join(text.split()), *pictures])

    def _fail(self, mark: Mark) -> None:
        if mark.is_inner:
            return  # because the spoiler around it is verified too
        first = self._find_block(mark.start)
        last = bisect_left(self._block_ends, mark.end or mark.start)
        self._cutting.failed.update({first, *range(first, last + 1)})
        self._report(findings.report_inseparable(self._quote(mark)))

    def _find_block(self, position: int) -> int:
        return bisect_right(self._block_ends, position)

    def _quote(self, mark: Mark) -> str:
        """Return the beginning of a spoiler, which is probably the same in the source."""
        start = mark.tag.end if mark.tag.name == UNCLOSED else mark.tag.start
        return self._source[start : mark.tag.end] + self._read_beginning(mark.tag.end)

    def _read_beginning(self, position: int) -> str:
        beginning = _BEGINNING.match(self._source, position)
        return beginning[0].rstrip() if beginning else ""

    def _report_unclosed(self, mark: Mark) -> None:
        if mark.tag.name != UNCLOSED:  # because `caught` has reported such a spoiler already
            self._report(findings.report_unclosed(mark.tag.name, self._quote(mark)))

    def _report_heading(self, mark: Mark, start: LexborNode) -> None:
        if any(node.tag in HEADINGS for node in walk_up(start)):
            before = self._tags[: bisect_left(self._tags, mark.start, key=_get_start)]
            heading = next(tag for tag in reversed(before) if tag.name in HEADINGS)
            self._report(findings.report_heading(self._read_beginning(heading.end).strip()))

    def _report(self, finding: Finding) -> None:
        self._cutting.findings.append(finding)

"""Cuts the spoilers out of a text, in the tree that a browser would make of the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.sealed.clean import MARKED, drop_revealing, split_form
from mkdocs_bookreview.spoilers.sealed.findings import report_inseparable
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER_BYTES, lower_bytes
from mkdocs_bookreview.spoilers.sealed.notes import drop_back_links, find_hidden_notes
from mkdocs_bookreview.spoilers.sealed.tags import BLOCKS
from mkdocs_bookreview.spoilers.sealed.tree import list_children, parse, wrap

_BLOCK = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS))})[ >]")
_FIRST_LINE = re.compile(r"(<(?:pre|textarea)\b[^>]*>)\n", re.IGNORECASE)
_PRIVATE_USE = range(0xE000, 0xF900)


class Cut(NamedTuple):
    """Describes a spoiler that was cut out.

    `label` and `body` are HTML, with stand-ins for the spoilers in them. `facts` say how far a
    reader must have read (`progress`, `chapter`, `book`). `is_block` is True if the spoiler holds
    blocks.
    """

    label: str
    body: str
    facts: Mapping[str, str]
    is_block: bool


class Cutting:
    """Holds a text, its tree, and the spoilers that were cut out so far.

    `blocks` are the parts of the text `source`; each stays as it is, byte for byte, unless a
    spoiler touches it. A stand-in keeps the place of each cut; the pattern `stand_in` matches it,
    and its number is the index of the cut in `cuts`. `findings` are reports for the author.
    `failed` has the numbers of blocks that must be hidden as a whole.

    Stand-ins and our comments contain private-use characters that the text does not have, because
    an author must not be able to write a stand-in.
    """

    def __init__(self, blocks: Sequence[str]) -> None:
        self.blocks = blocks
        self.source = source = "".join(blocks)
        self.cuts: list[Cut] = []
        self.findings: list[Finding] = []
        self.failed: set[int] = set()
        unused = (char for char in map(chr, _PRIVATE_USE) if char not in source)
        self._ampersand, self.sign, self.block_sign = islice(unused, 3)
        signs = f"[{self.sign}{self.block_sign}]"
        self.stand_in = re.compile(rf"{signs}(\d+){signs}")
        # `<` and `>` may be references, because `<title>` and `<textarea>` print a comment as text.
        self._comment = re.compile(rf"(?:<|&lt;)!--{self.sign}[SEB]\d+--(?:>|&gt;)")

    def write_comment(self, kind: str, number: int) -> str:
        """Return a comment of ours.

        `kind` is `S` for the start of a spoiler, `E` for its end, and `B` for the start of a block.
        """
        return f"<!--{self.sign}{kind}{number}-->"

    def read_comment(self, node: LexborNode) -> str:
        """Return kind and number, such as `S3`, or "" if the node is not a comment of ours."""
        text = (node.comment_content or "") if node.is_comment_node else ""
        return text[1:] if text.startswith(self.sign) else ""

    def disguise(self, html: str) -> str:
        """Replace `&`, because the parser would decode references such as `&#109;` for good."""
        html = _FIRST_LINE.sub(r"\1\n\n", html)  # because the parser drops one of these
        return spell_out(html).replace("&", self._ampersand)

    def restore(self, html: str) -> str:
        """Return HTML without our comments, and with references as they were."""
        html = self._comment.sub("", html) if "!--" in html else html
        return html.replace(self._ampersand, "&")

    def parse(self, html: str) -> None:
        """Make the tree of disguised HTML."""
        self.root = parse(html)

    def cut(self, holder: LexborNode, facts: Mapping[str, str], *, is_block: bool) -> None:
        """Cut out an element of our own with everything in it."""
        label, body = split_form(holder)
        holder.replace_with(self._write_stand_in(len(self.cuts), is_block=is_block))
        self.cuts.append(Cut(self.restore(label), self.restore(body), facts, is_block))

    def _write_stand_in(self, number: int, *, is_block: bool) -> str:
        sign = self.block_sign if is_block else self.sign
        return f"{sign}{number}{sign}"

    def has_block(self, html: str) -> bool:
        """Return whether there is a block in HTML that the parser has written."""
        return self.block_sign in html or _BLOCK.search(html) is not None

    def cut_notes(self) -> None:
        """Cut out the footnotes to which only spoilers refer; the spoilers are cut out before."""
        if "footnote" not in self.source:
            return
        for note in find_hidden_notes(self.root, self.source):
            drop_revealing(note)
            drop_back_links(note, self._ampersand)
            if children := list_children(note):
                self.cut(wrap(children), {}, is_block=True)

    def write(self) -> list[str]:
        """Return the blocks with stand-ins; if a spoiler joins blocks, the first has their text."""
        written = [""] * len(self.blocks)
        for first, last, nodes in self._list_runs():
            html = "".join(node.html or "" for node in nodes)
            failed = not self.failed.isdisjoint(range(first, last))
            if nodes and (failed or self._has_spoiler_left(html, nodes)):
                self.cut(wrap(nodes), {}, is_block=True)
                html = self._write_stand_in(len(self.cuts) - 1, is_block=True)
            # A block without a stand-in keeps its source, because the parser may change any HTML.
            if self.sign in html or self.block_sign in html:
                written[first] = self.restore(html)
            else:
                written[first:last] = self.blocks[first:last]
        return written

    def _has_spoiler_left(self, html: str, nodes: list[LexborNode]) -> bool:
        """Return whether a part of a spoiler is left, and report it.

        This happens if an element begins in one spoiler and continues behind it.
        """
        if SPOILER_BYTES not in lower_bytes(html):
            return False
        for element in (found for node in nodes for found in node.css(MARKED)):
            tag = self.restore(element.html or "").partition(">")[0]
            self.findings.append(report_inseparable(f"{tag}>"))
            return True
        return False

    def _list_runs(self) -> Iterator[tuple[int, int, list[LexborNode]]]:
        """Yield runs of joined blocks: the first number, the number after the last, their nodes."""
        nodes: list[LexborNode] = []
        first = 0
        for node in list_children(self.root):
            comment = self.read_comment(node)
            if comment.startswith("B"):
                yield first, int(comment[1:]), nodes
                first, nodes = int(comment[1:]), []
            else:
                nodes.append(node)
        yield first, len(self.blocks), nodes


def spell_out(html: str) -> str:
    """Return HTML with references for lone surrogates, because no parser accepts surrogates."""
    return html.encode("utf-8", "xmlcharrefreplace").decode()

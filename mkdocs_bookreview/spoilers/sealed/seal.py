"""Seals the spoilers in finished HTML."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.sealed import form
from mkdocs_bookreview.spoilers.sealed.cutting import Cutting
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER, SPOILER_BYTES, lower_bytes
from mkdocs_bookreview.spoilers.sealed.ranges import cut_ranges
from mkdocs_bookreview.words.language import Words

Lock = Callable[[str], str]

_HINT = re.compile(rf"class\s*=[^>]*{SPOILER}|<{SPOILER}", re.IGNORECASE)


class Sealed(NamedTuple):
    """Holds the sealed `blocks` of a text, and the `findings` that its author should fix."""

    blocks: list[str]
    findings: Sequence[Finding]


def has_spoilers(html: str) -> bool:
    """Return whether a text may have spoilers, by a quick look, because most have none."""
    return SPOILER_BYTES in lower_bytes(html) and _HINT.search(html) is not None


def seal(
    blocks: Sequence[str],
    words: Words,
    lock: Lock = str,
    numbers: Iterator[int] | None = None,
    *,
    hides_notes: bool = False,
) -> Sealed:
    """Return the blocks of a text with all spoilers sealed.

    Blocks that no spoiler touches stay as they are, byte for byte. If a spoiler joins blocks, the
    first has the text of all, and the others are empty. `lock` gets each outermost sealed element
    in the order of the text, and returns what appears in its place. `numbers` are for ids, which
    must be unique on the page. `hides_notes` is True if footnotes to which nothing leads are hidden
    even if the text has no spoiler.
    """
    if not hides_notes and not any(map(has_spoilers, blocks)):
        return Sealed([*blocks], ())
    cutting = Cutting(blocks)
    cut_ranges(cutting)
    if cutting.cuts or hides_notes:
        cutting.cut_notes()
    writer = _Writer(cutting, words, lock, numbers or count(1))
    return Sealed([*map(writer.write_block, cutting.write())], cutting.findings)


class _Writer:
    """Puts sealed elements in the place of stand-ins, from the outside in."""

    def __init__(self, cutting: Cutting, words: Words, lock: Lock, numbers: Iterator[int]) -> None:
        self._cutting = cutting
        self._words = words
        self._lock = lock
        self._numbers = numbers

    def write_block(self, html: str) -> str:
        return self._cutting.stand_in.sub(lambda match: self._lock(self._write(match)), html)

    def _write_inner(self, html: str) -> str:
        return self._cutting.stand_in.sub(self._write, html)

    def _write(self, stand_in: re.Match[str]) -> str:
        cut = self._cutting.cuts[int(stand_in[1])]
        if cut.is_block:
            label, body = self._write_inner(cut.label), self._write_inner(cut.body)
            return form.seal_block(body, label, self._words, cut.facts)
        ident = f"bookreview-spoiler-{next(self._numbers)}"
        return form.seal_inline(self._write_inner(cut.body), ident, self._words, cut.facts)

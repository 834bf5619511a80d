"""Finds where blocks are in the Markdown of a page, to put their lists there.

Only a conversion shows which lines begin a block, because code and comments may have the same
lines. So each line that may begin a block gets a number, and the conversion reads the numbers of
the lines that do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from mkdocs_bookreview.listings.blocks import NAMES, WrittenBlock

# These are private-use characters, because no author writes them.
_START, _END = "\ue010", "\ue011"
_NUMBER = re.compile(rf"(?:[ ]?\|)?[ ]?{_START}(\d+){_END}")
_SIGNS = r"[-*+:]|\d+[.)]|\[\^[^\]\n]+\]:"  # of lists and of footnotes
_LINE = re.compile(
    rf"^(?P<prefix>(?:[ \t]|>|(?:{_SIGNS})[ \t])*)(?P<fence>/{{3,}})(?P<name>[ ]*(?:{NAMES}))"
    r"(?P<rest>[ \t]*[|:][^\n]*|[ \t]+[^\s|][^\n|]*|[ \t]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_DEEPEST = 3  # spaces before a line that is not in a list
# A footnote whose text begins with the block: "[^1]:\n    /// book | emma". It needs the block on
# its first line, because a blank line there would end the note.
_NOTE = re.compile(r"^[ ]{0,3}\[\^[^\]\n]+\]:[ \t]*\n\Z", re.MULTILINE)
_BLANK_BEFORE = re.compile(r"\A\Z|(?:\A|\n)[ \t>]*\n\Z")
_BLANK_BEHIND = re.compile(r"\n?\Z|\n[ \t>]*(?:\n|\Z)")
_MARKERS = re.compile(r"[^ \t>]")
_TAB = 4  # spaces that Python-Markdown reads a tab as


def number_blocks(text: str) -> str:
    """Return the text with a number in each line that may begin a block.

    The first such line `/// reviews` becomes `/// reviews | 1`, with signs around the number that
    no author writes.
    """
    count = 0

    def add(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        gap = " " if match["rest"].strip() else " | "
        return f"{match[0].rstrip()}{gap}{_START}{count}{_END}"

    return _LINE.sub(add, text)


def clear_numbers(text: str) -> str:
    """Return a text as it was before `number_blocks`."""
    return _NUMBER.sub("", text)


def take_number(written: WrittenBlock) -> tuple[int | None, WrittenBlock]:
    """Return the number of a block, and the block as its author wrote it."""
    match = _NUMBER.search(written.line)
    argument = _NUMBER.sub("", f" {written.argument}").strip()
    return int(match[1]) if match else None, written._replace(
        argument=argument, line=_NUMBER.sub("", written.line).rstrip()
    )


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Describes where a block is in the lines of a page.

    `prefix` comes before each of its lines: spaces in a list, `>` in a quote; empty at the top of
    the page. `first` comes before the first line, and may have the sign of a list or of a footnote.
    `is_first` is True if a blank line or nothing is above the block, and `is_last` is True if a
    blank line or nothing is below it.
    """

    prefix: str
    first: str
    is_first: bool = False
    is_last: bool = False

    def set_apart(self, part: str) -> str:
        """Return `part` with a blank line on each side, not two, which would end a footnote."""
        line = self.prefix.rstrip()
        start, end = "" if self.is_first else f"{line}\n", "" if self.is_last else f"\n{line}"
        return f"{start}{part}{end}"


def replace_blocks(
    text: str,
    blocks: dict[int, WrittenBlock],
    write: Callable[[int, BlockPlace], str],
) -> str:
    """Return the text with each block replaced by the result of `write`.

    `blocks` are the blocks by their numbers. A line that looks like the start of a block stays as
    it is if its number is not in `blocks`.
    """
    pieces: list[str] = []
    end = 0
    for number, match in enumerate(_LINE.finditer(text), 1):
        if number not in blocks or match.start() < end:
            continue
        before = text[end : match.start()]
        if note := _NOTE.search(before):
            before = before[: note.start()]
        end = _find_end(text, match, blocks[number])
        place = _find_place(match["prefix"], note[0] if note else "")
        is_last = bool(_BLANK_BEHIND.match(text, end))
        is_first = bool(_BLANK_BEFORE.search(before))
        pieces += (before, write(number, replace(place, is_first=is_first, is_last=is_last)))
    return "".join([*pieces, text[end:]])


def _find_place(first: str, note: str) -> BlockPlace:
    if note:
        first = f"{note.strip()} "
        return BlockPlace(" " * len(first), first)
    is_top = not first.strip() and len(first.expandtabs(_TAB)) <= _DEEPEST
    return BlockPlace("" if is_top else _MARKERS.sub(" ", first), first)


def _find_end(text: str, header: re.Match[str], written: WrittenBlock) -> int:
    """Return where the block ends in the text."""
    if written.is_closed:
        closing = re.compile(rf"^[ \t>]*{header['fence']}[ \t]*$", re.MULTILINE)
        match = closing.search(text, header.end())
        return match.end() if match else len(text)
    # Without an end, only the options belong to the block.
    at = header.end()
    for line in written.options.splitlines():
        found = text.find(line.strip(), at)
        at = found + len(line.strip()) if found >= 0 else at
    return at

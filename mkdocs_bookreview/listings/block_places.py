"""Finds where blocks are in the Markdown of a page, to put their lists there.

Only a conversion knows which lines begin a block, because code and comments may have the same
lines. So each line that may begin one gets a number, and the conversion says which of them did.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mkdocs_bookreview.listings.blocks import NAMES, WrittenBlock

# Private-use characters, because no author writes them.
_START, _END = "\ue010", "\ue011"
_NUMBER = re.compile(rf"(?:[ ]?\|)?[ ]?{_START}(\d+){_END}")
_LINE = re.compile(
    r"^(?P<prefix>(?:[ \t]|>|(?:[-*+:]|\d+[.)])[ \t])*)(?P<fence>/{3,})(?P<name>[ ]*(?:"
    + NAMES
    + r"))(?P<rest>[ \t]*[|:][^\n]*|[ \t]+[^\s|][^\n|]*|[ \t]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_DEEPEST = 3  # spaces before a line that is not in a list
_MARKERS = re.compile(r"[-*+:\d.)]")


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
    """Says where a block is in the lines of a page.

    `prefix` comes before each of its lines: spaces in a list, `>` in a quote; empty at the top of
    the page. `first` comes before the first line, and may have the sign of a list.
    """

    prefix: str
    first: str


def replace_blocks(
    text: str,
    blocks: dict[int, WrittenBlock],
    write: Callable[[int, BlockPlace], str],
) -> str:
    """Return the text with what `write` makes in the place of each block, by number.

    Lines that look like a block, but have another number, stay as they are.
    """
    pieces: list[str] = []
    end = 0
    for number, match in enumerate(_LINE.finditer(text), 1):
        if number not in blocks or match.start() < end:
            continue
        first = match["prefix"]
        is_top = not first.strip() and len(first) <= _DEEPEST
        prefix = "" if is_top else _MARKERS.sub(" ", first)
        place = BlockPlace(prefix, first)
        pieces += (text[end : match.start()], write(number, place))
        end = _find_end(text, match, blocks[number])
    return "".join([*pieces, text[end:]])


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

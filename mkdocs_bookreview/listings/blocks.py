"""Reads the blocks `/// reviews`, `/// book | key`, `/// comments` and `/// ratings` of any page.

The HTML gets an empty element instead of a block, and the block's content is read when the whole
library is known. So a mistake in a block cannot print its content, or reveal a spoiler in it.
"""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import unescape
from textwrap import dedent
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor

from mkdocs_bookreview.model.invisible import BLANK, name_invisible
from mkdocs_bookreview.model.problem import Finding

REVIEWS = "reviews"
BOOK = "book"
COMMENTS = "comments"
RATINGS = "ratings"

_EXTENSIONS = ("admonition", "pymdownx.details", "pymdownx.superfences", "tables")
_ELSEWHERE = "Write it in a line of its own below an empty line, and not in HTML or in a table."
_CLASS = "bookreview-block"
# These wrong names are accepted, because their meaning is clear.
_MEANT = {"review": REVIEWS, "books": BOOK, "comment": COMMENTS, "rating": RATINGS}
_WRITTEN_NAMES = (REVIEWS, BOOK, COMMENTS, RATINGS, *_MEANT)
NAMES = "reviews?|books?|comments?|ratings?"
_HEADER = re.compile(
    rf"(?:^|\n)[ ]{{0,3}}(?P<line>(?P<fence>/{{3,}})[ ]*(?P<name>{NAMES})"
    r"(?:[ \t]*[|:][ \t]*(?P<argument>[^\n]*?)|[ \t]+(?P<words>[^\s|][^\n|]*?))?)[ \t]*(?=\n|$)",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^[ ]{0,3}(?P<fence>/{3,})[ ]*(?P<name>[\w-]*).*$", re.MULTILINE)
_OPTIONS = re.compile(r"\n*(?:(?:[ ]{4,}|\t)[^\n]*(?:\n|$))*")
_PLACE = re.compile(rf'<div class="{_CLASS}" data-block="(\w+)"></div>')
_CODE = re.compile(r"<(pre|code|script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
# These patterns match two slashes or more with the rest of their line. Invisible characters may be
# between the slashes, because the author cannot see them. Slashes after a word or a colon do not
# match, because addresses have them.
_GAP = rf"(?>(?:(?!\n)[{BLANK}])*)"
# The lookbehind comes after the slash, because Python then searches for a slash, which is 60 times
# as fast.
_SLASHES = rf"/(?<![\w/:]/){_GAP}/"
_PRINTED = re.compile(rf"(?P<before>^{_GAP})?{_SLASHES}[^\n\x02\x03]*", re.MULTILINE)
_ZERO_WIDTH = re.compile(rf"(?!\s)[{BLANK}]")
_PLAIN = re.compile(r"(?P<slashes>[/ ]+)(?P<name>\w+)(?P<rest>.*)")


class WrittenBlock(NamedTuple):
    """Describes a block as its author wrote it.

    `name` is `reviews`, `book`, `comments` or `ratings`. `argument` is the text after the name, or
    empty. `line` is the first line, `options` are the lines below it, as YAML. `is_closed` is False
    if the block has no end; `is_misspelt` is True if the first line was wrong, but clear.
    """

    name: str
    argument: str
    line: str
    options: str
    is_closed: bool
    is_misspelt: bool = False


class ListingBlocks(Extension):
    """Replaces each block by an empty element with a key, and keeps the block under that key.

    The key is a digest of the block, not a number, because an element in a spoiler stays there: it
    must be the same in each build, however many blocks were read before.
    """

    def __init__(self) -> None:
        super().__init__()
        self._written: dict[str, WrittenBlock] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        # This runs before the blocks of pymdownx, because these print a block that they do not
        # know.
        md.parser.blockprocessors.register(_Blocks(md, self._add), "bookreview_listings", 95)

    def _add(self, written: WrittenBlock) -> Element:
        key = sha256(repr(written).encode()).hexdigest()[:16]
        self._written[key] = written
        return Element("div", {"class": _CLASS, "data-block": key})

    def find(self, html: str) -> list[WrittenBlock]:
        """Return the blocks whose places are in `html`, without keys that no block has."""
        keys = _PLACE.findall(html) if _CLASS in html else ()
        return [self._written[key] for key in keys if key in self._written]

    def replace(self, html: str, render: Callable[[WrittenBlock], str]) -> str:
        """Return `html` with each place replaced by the markup of its block."""
        if _CLASS not in html:
            return html
        return _PLACE.sub(lambda place: "".join(map(render, self.find(place[0]))), html)

    def find_printed(self, html: str) -> Iterator[Finding]:
        """Report lines that the page prints although they were meant to begin a block."""
        if not re.search(_SLASHES, html):
            return
        # Put back the first lines of the blocks that were read, because `nth` counts them too: it
        # finds the printed line among equal lines of the author's text.
        text = _CODE.sub("", self.replace(html, lambda written: f"\x02{written.line}\x03"))
        lines: list[str] = []
        for match in _PRINTED.finditer(unescape(text)):
            line = match[0].strip()
            if match.string.startswith("\x02", match.start() - 1):
                lines.append(line)
            elif reason := _explain_printed(match[0], is_first=match["before"] is not None):
                nth = 1 + sum(line in other for other in lines)
                lines.append(line)
                yield Finding(*reason, line, nth)


def _explain_printed(line: str, *, is_first: bool) -> tuple[str, str] | None:
    """Return what is wrong and the fix, or None if the line was not meant for a block.

    Slashes count as misspelt only if they are first in their line, because prose has slashes too:
    `// reviews` means `/// reviews`, but `Text and // reviews` means no block.
    """
    plain = " ".join(_ZERO_WIDTH.sub("", line).split())
    match = _PLAIN.fullmatch(plain)
    name = _find_meant(match["name"].lower()) if match else None
    if not match or not name:
        return None
    meant = f"/// {name}{match['rest']}"
    is_exact = match["slashes"].startswith("///") and match["name"].lower() in _WRITTEN_NAMES
    is_alone = is_first and (not match["rest"] or bool(re.search("[|:=]", match["rest"])))
    if not is_exact and not is_alone:
        return None
    if found := name_invisible(line):
        what = f"The page shows `{plain}` as text, because this line has an invisible {found}."
        return what, f"Retype the line: `{meant}`."
    if is_exact:
        return f"The page shows `{plain}` as text, because no block can be here.", _ELSEWHERE
    what = f"The page shows `{plain}` as text, because it is not exactly `/// {name}`."
    return what, f"Write `{meant}`."


def _find_meant(word: str) -> str | None:
    """Return the name of the block that a word means; it may have one mistake."""
    names = (name for name in _WRITTEN_NAMES if word == name or _is_one_edit(word, name))
    return next((_MEANT.get(name, name) for name in names), None)


def _is_one_edit(word: str, name: str) -> bool:
    """Return whether one letter is missing, added or wrong, or two adjacent letters are swapped.

    For `reviwes` and `reviews` the rests after the common start are `wes` and `ews`. Their first
    two letters are swapped and the others are equal, so the result is True.
    """
    shorter = min(len(word), len(name))
    start = next((at for at in range(shorter) if word[at] != name[at]), shorter)
    left, right = word[start:], name[start:]
    is_swap = left[:2] == right[1::-1] and left[2:] == right[2:]
    return is_swap or left[1:] in {right, right[1:]} or left == right[1:]


class _Blocks(BlockProcessor):
    def __init__(self, md: Markdown, add: Callable[[WrittenBlock], Element]) -> None:
        super().__init__(md.parser)
        self._add = add

    def test(self, parent: Element, block: str) -> bool:
        return "///" in block and bool(_HEADER.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        match = _HEADER.search(block)
        assert match
        # A block needs no blank line before it, so the lines above are a paragraph of their own.
        if before := block[: match.start()].strip("\n"):
            self.parser.parseBlocks(parent, [before])
        rest = block[match.end() :]
        found = _find_end([rest, *blocks], match["fence"])
        if found:
            options, after, used = found
            del blocks[:used]
        else:
            # Without an end only indented lines are options, so that the text below stays.
            options = _read_indented(rest)
            after = rest[len(options) :]
        if after.strip("\n"):
            blocks.insert(0, after.lstrip("\n"))
        parent.append(self._add(_read(match, options, is_closed=bool(found))))


def _read(header: re.Match[str], options: str, *, is_closed: bool) -> WrittenBlock:
    name = header["name"].lower()
    argument = header["argument"] or header["words"] or ""
    text = dedent(options.expandtabs(4)).strip()
    is_misspelt = name in _MEANT or bool(header["words"] and _MEANT.get(name, name) == BOOK)
    return WrittenBlock(
        _MEANT.get(name, name), argument, header["line"], text, is_closed, is_misspelt
    )


def _find_end(blocks: list[str], fence: str) -> tuple[str, str, int] | None:
    r"""Find the end of a block in its text, which Markdown has split at blank lines.

    Return the text before the end, the text after it in the same part, and how many more parts are
    used: for `["a: 1", "b: 2\n///\nText"]` they are `"a: 1\n\nb: 2\n"`, `"\nText"` and 1.
    Return None if the text ends, or another block begins or ends, before the end.
    """
    before = ""
    for used, block in enumerate(blocks):
        if match := _FENCE.search(block):
            if match["fence"] != fence or match["name"]:
                return None
            return before + block[: match.start()], block[match.end() :], used
        before += block + "\n\n"
    return None


def _read_indented(text: str) -> str:
    match = _OPTIONS.match(text)
    return match[0] if match else ""


def convert_blocks(text: str) -> list[WrittenBlock]:
    """Return the blocks in a page's Markdown without a build.

    A few common extensions are enough, because few others change where a block is.
    """
    if not _HEADER.search(text):
        return []
    blocks = ListingBlocks()
    return blocks.find(Markdown(extensions=[*_EXTENSIONS, blocks]).convert(text))

"""Indents lines that continue the body of `??? spoiler` or `!!! spoiler` without an indent.

Python-Markdown would end the body there and show the rest of the paragraph.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.hidden import is_box

_HEADER = re.compile(r"(?:!!!|\?\?\?\+?) ?[^\"]*?\bspo", re.IGNORECASE)
# Other kinds of spaces count too, and one character may come before them, because it may be a
# typing mistake.
_INDENTED = re.compile(r"[^\S\n]|[^\n]?[^\S\n]{3,}")
# A line that begins like this does not continue a paragraph, because it starts a new element.
_BEGINNING = re.compile(
    r"[#>\x02]|\{:|[-+*] |\d+[.)] |!{3}|\?{3}|={3}[!+]* \"|`{3}|~{3}|</|\*?\[[^\]]+\]:"
    r"|([-*_])(?: *\1){2,} *$",
    re.MULTILINE,
)
# An indented line behind a fence of slashes without indent shows that the body continues.
_RESUMED = re.compile(r"^(?:/{3,} *|(?! |/{3})[^\n]+)\n {4,}\S", re.MULTILINE)


class LazyLinesProcessor(BlockProcessor):
    """Indents the lines of a block that continue a spoiler, and reports the first of them."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md.parser)
        self._conversion = conversion

    def test(self, parent: Element, block: str) -> bool:
        return "!!!" in block or "???" in block or self._is_in_body(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> bool:
        lines = blocks[0].split("\n")
        found = [*self._find_lines(parent, blocks[0], lines)]
        if found:
            self._conversion.report([_describe(lines[found[0]].strip())])
            for number in found:
                lines[number] = " " * self.tab_length + lines[number].lstrip(" ")
            blocks[0] = "\n".join(lines)
        return False

    def _find_lines(self, parent: Element, block: str, lines: list[str]) -> Iterator[int]:
        """Yield the numbers of the lines that continue the first spoiler without an indent.

        In `!!! spoiler`, `    one`, `two` this is line 2. The search stops at the next spoiler,
        because Python-Markdown passes on the rest of the block once the first is done.
        """
        is_in_box = has_body = self._is_in_body(parent, block)
        end = 0
        for number, line in enumerate(lines):
            start, end = end, end + len(line) + 1
            if _HEADER.match(line):
                if is_in_box:
                    return
                is_in_box = True
            elif line.startswith(" " * self.tab_length):
                has_body = is_in_box
            elif has_body and line.strip(" ") and (line[0] == " " or _goes_on(block, start)):
                yield number
            elif is_in_box and line.strip(" "):
                return

    def _is_in_body(self, parent: Element, block: str) -> bool:
        last = self.lastChild(parent)
        return last is not None and is_box(last) and _INDENTED.match(block) is not None


def _goes_on(block: str, start: int) -> bool:
    if block.startswith("///", start):
        return _RESUMED.search(block, start) is not None
    return not _BEGINNING.match(block, start)


def _describe(line: str) -> Finding:
    return Finding(
        f"A spoiler goes on with `{line}`, which is not indented by four spaces. The line is"
        " hidden anyway.",
        "Indent all that the spoiler hides by four spaces, and leave a blank line after it.",
        line,
    )

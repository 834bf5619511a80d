"""A body of `??? spoiler` or `!!! spoiler` may go on without its indent.

Python-Markdown ends the body there and shows the rest of the paragraph, so we add the indent.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.elements import is_box

_LINE = re.compile(
    r"^(?P<indent> *)(?P<header>(?<! )(?:!!!|\?\?\?\+?) ?[^\"\n]*?\bspo)?(?P<text>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
# Also with a character too many before the spaces, or with other spaces.
_INDENTED = re.compile(r"[^\S\n]|[^\n]?[^\S\n]{3,}")
_HINT = re.compile(r"!!!|\?\?\?")
# What begins something of its own, and so cannot go on a paragraph.
_BEGINNING = re.compile(
    r"[#>\x02]|\{:|[-+*] |\d+[.)] |!{3}|\?{3}|={3}[!+]* \"|`{3}|~{3}|</|\*?\[[^\]]+\]:"
    r"|([-*_])(?: *\1){2,} *$"
)


# Where the body goes on after a fence of slashes that was not indented.
_RESUMED = re.compile(r"^(?:/{3,} *|(?! |/{3})[^\n]+)\n {4,}\S", re.MULTILINE)


class LazyLinesProcessor(BlockProcessor):
    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md.parser)
        self._conversion = conversion

    def test(self, parent: Element, block: str) -> bool:
        return any(self._find_lines(parent, block))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        pieces: list[str] = []
        cursor = 0
        for line, indent in self._find_lines(parent, blocks[0]):
            if not pieces:
                self._conversion.tell([_tell_lazy(line[0].strip())])
            pieces += (blocks[0][cursor : line.start()], indent)
            cursor = line.end("indent")
        blocks[0] = "".join([*pieces, blocks[0][cursor:]])
        return False

    def _find_lines(self, parent: Element, block: str) -> Iterator[tuple[re.Match[str], str]]:
        """Yield the lines that go on the first spoiler, each with the indent it should have.

        When that one is done, the rest of the block is asked for again.
        """
        last = self.lastChild(parent)
        tab = " " * self.tab_length
        indent = tab if last is not None and is_box(last) and _INDENTED.match(block) else None
        for line in _LINE.finditer(block) if indent or _HINT.search(block) else ():
            own = line["indent"]
            if line["header"] and indent is not None:
                return
            if line["header"]:
                indent = ""
            elif len(own) >= len(tab):
                indent = indent if indent is None else own
            elif indent and (own or _goes_on(line, block)):
                yield line, indent
            elif indent is not None and line["text"]:
                return


def _goes_on(line: re.Match[str], block: str) -> bool:
    if line["text"].startswith("///"):
        return bool(_RESUMED.search(block, line.start()))
    return not _BEGINNING.match(line["text"])


def _tell_lazy(line: str) -> Finding:
    return Finding(
        f"A spoiler goes on with `{line}`, which is not indented by four spaces; it was"
        " hidden anyway.",
        "Indent all that the spoiler hides by four spaces, and leave a blank line behind it.",
        line,
    )

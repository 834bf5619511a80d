"""Reads `||text||` and `[text]{.spoiler}`, and protects `||text||` in tables."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.attributes import BRACKETS_PATTERN
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.tags import read_attributes

# The lookbehind comes second, because a search is fast only if the pattern begins with fixed text.
_PIPES = r"\|\|(?<!\|\|\|)\|*+"
# Only two of four bars match, because the others begin the next spoiler.
_PIPES_END = re.compile(r"(?<=[^\s|])\|\|(?:\|(?!\|))?")

_CLASS = re.compile(r"(?<!\S)\.([^\s\"']+)")
# A name with one of these signs is left out, because it is a class or an id, or is invalid as the
# name of an attribute.
_ODD = re.compile(r"[.#\"']")
_CODE_OR_PIPES = re.compile(
    r"(?P<ticks>`+)[^`].*?(?P=ticks)"
    r"|(?:\\?\|){2}(?=[^\s|\\])(?P<text>[^|\n]*?[^\s|\\])(?:\\?\|){2}"
)


class PipesProcessor(InlineProcessor):
    """Makes spoilers of `||text||`.

    It runs after everything that may contain bars (code, addresses, raw HTML), and before emphasis.
    Pipes without a partner stay as they are, because `caught` hides and reports them later.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(_PIPES, md)
        self._endless = ""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the stubs have an old signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        # Skip a text in which earlier pipes had no end, because each search goes through all of it.
        if data == self._endless or data[m.end() : m.end() + 1].isspace():
            return None, None, None
        end = _PIPES_END.search(data, m.end())
        if end is None:
            self._endless = data
            return None, None, None
        element = Element("span", {"class": SPOILER})
        element.text = data[m.end() : end.start()]
        return element, m.start(), end.end()


class BracketsProcessor(InlineProcessor):
    """Makes spoilers of `[text]{.spoiler}`, with all classes and attributes in the braces."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(BRACKETS_PATTERN, md)

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the stubs have an old signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        written = read_attributes(m[2])
        attributes = {name: value for name, value in written.items() if not _ODD.search(name)}
        classes = dict.fromkeys([SPOILER, *_CLASS.findall(m[2]), *written.get("class", "").split()])
        element = Element("span", {**attributes, "class": " ".join(classes)})
        element.text = m[1]
        return element, m.start(), m.end()


class TableRowProcessor(BlockProcessor):
    """Replaces `||text||` in tables by tags, because a table would lose the text or show it."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md.parser)
        self._conversion = conversion

    def test(self, parent: Element, block: str) -> bool:
        has_pipes = "||" in block or r"\|" in block
        return has_pipes and "table" in self.parser.blockprocessors

    def run(self, parent: Element, blocks: list[str]) -> bool:
        block = blocks[0]
        mended = _CODE_OR_PIPES.sub(_write_tags, block)
        is_table = self.parser.blockprocessors["table"].test
        # Both texts are tested, because pipes in the first row change the number of columns.
        if mended != block and (is_table(parent, block) or is_table(parent, mended)):
            for row in block.split("\n"):
                texts = [match["text"] for match in _CODE_OR_PIPES.finditer(row)]
                self._conversion.report(_describe(row, text) for text in texts if text)
            blocks[0] = mended
        return False


def _write_tags(match: re.Match[str]) -> str:
    return f"<{SPOILER}>{match['text']}</{SPOILER}>" if match["text"] else match[0]


def _describe(row: str, text: str) -> Finding:
    return Finding(
        f"In a table `||{text}||` is not a spoiler, because `|` ends a cell. The text is hidden"
        " anyway.",
        f"Write `[{text}]{{.spoiler}}`. If you mean an empty cell, write a space in it.",
        row.strip(),
    )

"""`||text||` and `[text]{.spoiler}`, and what becomes of the former in tables."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.attributes import BRACKETS_PATTERN
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed.tags import unquote

# Name and priority: after links (160) and raw HTML (90), in which brackets may be a mere attribute.
BRACKETS = ("bookreview_brackets", 89)

# Both begin with what must be there, which is what makes a search fast.
_PIPES = r"\|\|(?<!\|\|\|)\|*+"
_PIPES_END = re.compile(r"(?<=[^\s|])\|{2,}+")
_MOST_PIPES = 3

_ATTRIBUTE = re.compile(r"([.#])?([^\s=\"'{}]+)(?:=(\"[^\"]*\"|'[^']*'|[^\s\"'{}]+))?")

_CODE_OR_PIPES = re.compile(
    r"(?P<ticks>`+)[^`].*?(?P=ticks)"
    r"|(?:\\?\|){2}(?=[^\s|\\])(?P<text>[^|\n]*?[^\s|\\])(?:\\?\|){2}"
)


class PipesProcessor(InlineProcessor):
    """Runs after everything that may contain bars (code, addresses, raw HTML), before emphasis.

    Pipes without a partner stay as they are, for the recogniser of failed spoilers.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(_PIPES, md)
        self._endless = ""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the stubs have an old signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        start = m.end()
        # Where there was no end after earlier pipes, there is none now: each search takes long.
        if data == self._endless or data[start : start + 1].isspace():
            return None, None, None
        end = _PIPES_END.search(data, start)
        if end is None:
            self._endless = data
            return None, None, None
        element = Element("span", {"class": SPOILER})
        element.text = data[start : end.start()]
        # Four are an end and a new beginning.
        length = 2 if end.end() - end.start() > _MOST_PIPES else len(end[0])
        return element, m.start(), end.start() + length


class BracketsProcessor(InlineProcessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(BRACKETS_PATTERN, md)

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the stubs have an old signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element = Element("span", _read_attributes(m[2]))
        element.text = m[1]
        return element, m.start(), m.end()


def _read_attributes(text: str) -> dict[str, str]:
    classes: list[str] = []
    attributes: dict[str, str] = {}
    for sign, name, value in _ATTRIBUTE.findall(text):
        if sign == ".":
            classes.append(name)
        elif name == "class":
            classes.append(unquote(value))
        elif not sign:
            attributes[name] = unquote(value)
    return {"class": " ".join(classes), **attributes}


class TableRowProcessor(BlockProcessor):
    """Writes brackets for bars in tables, which would lose or show what is between two bars."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md.parser)
        self._md = md
        self._conversion = conversion

    def test(self, parent: Element, block: str) -> bool:
        processors = self._md.parser.blockprocessors
        if "table" not in processors or not any(_find_texts(block)):
            return False
        # Pipes in the first row make the number of columns another one.
        rows = (block, _CODE_OR_PIPES.sub(_bracket, block))
        return any(processors["table"].test(parent, row) for row in rows)

    def run(self, parent: Element, blocks: list[str]) -> bool:
        for row in blocks[0].split("\n"):
            self._conversion.tell(_tell_row(row, text) for text in _find_texts(row))
        blocks[0] = _CODE_OR_PIPES.sub(_bracket, blocks[0])
        self._md.inlinePatterns.register(BracketsProcessor(self._md), *BRACKETS)
        return False


def _find_texts(block: str) -> list[str]:
    if "||" not in block and "\\|" not in block:
        return []
    return [match["text"] for match in _CODE_OR_PIPES.finditer(block) if match["text"]]


def _bracket(match: re.Match[str]) -> str:
    return f"[{match['text']}]{{.{SPOILER}}}" if match["text"] else match[0]


def _tell_row(row: str, text: str) -> Finding:
    return Finding(
        f"In a table `||{text}||` is not a spoiler, because `|` ends a cell; it is hidden anyway.",
        f"Write `[{text}]{{.spoiler}}`, or a space into a cell that is empty.",
        row.strip(),
    )

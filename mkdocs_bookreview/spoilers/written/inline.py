"""`||text||` and `[text]{.spoiler}`, and what becomes of the former in tables."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.findings import tell_stray_pipes
from mkdocs_bookreview.spoilers.marks import UNCLOSED
from mkdocs_bookreview.spoilers.sealed.tags import unquote
from mkdocs_bookreview.spoilers.spelling import SPOILER

# Name and priority: after links (160) and raw HTML (90), in which brackets may be a mere attribute.
BRACKETS = ("bookreview_brackets", 89)

# Both begin with what must be there, which is what makes a search fast.
_PIPES = r"\|\|(?<!\|\|\|)\|*+"
_PIPES_END = re.compile(r"(?<=[^\s|])\|{2,}+")
_MOST_PIPES = 3
_ESCAPED_PIPE = f"{STX}{ord('|')}{ETX}"
_ESCAPED = f"{_ESCAPED_PIPE}|"  # what `\||` has become
_ALL_PIPES = re.compile(r"\|{2,}")
_BREAK = re.compile(f"[\n{STX}{ETX}]")
_SPACED_PIPES = re.compile(r"\|\|[ \t]+[^|\n]*[^|\s][ \t]+\|\|(?!\|)")

# Brackets in brackets to a fixed depth: to count them would take a walk to the end for each.
_TEXT = r"[^\[\]]*+"
for _ in range(4):
    _TEXT = rf"(?:[^\[\]]++|\[{_TEXT}\])*+"
BRACKETS_PATTERN = (
    rf"\[(?<!!\[)(?P<text>{_TEXT})\]"
    r"\{:?(?=[^{}\n]*(?<![\w-])(?:\.|class=[\"']?)(?i:spoiler)(?![\w-]))([^{}\n]*)\}"
)
_ATTRIBUTE = re.compile(r"([.#])?([^\s=\"'{}]+)(?:=(\"[^\"]*\"|'[^']*'|[^\s\"'{}]+))?")

_CODE_OR_PIPES = re.compile(
    r"(?P<ticks>`+)[^`].*?(?P=ticks)"
    r"|(?:\\?\|){2}(?=[^\s|\\])(?P<text>[^|\n]*?[^\s|\\])(?:\\?\|){2}"
)


class PipesProcessor(InlineProcessor):
    """After all that pipes may stand in (code, addresses, raw HTML), before emphasis."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(_PIPES, md)
        self._conversion = conversion

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the stubs have an old signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        start = m.end()
        if data[start : start + 1].isspace() or start == len(data):
            if spaced := _SPACED_PIPES.match(data, m.start()):
                self._conversion.tell([_tell_spaced(spaced[0])])
            is_apart = not m.start() or data[m.start() - 1].isspace()
            if is_apart or self._follows_escaped(data[: m.start()]):
                return None, None, None
            return self._hide_all(m, data)
        if end := _PIPES_END.search(data, start):
            element = Element("span", {"class": SPOILER})
            element.text = data[start : end.start()]
            # Four are an end and a new beginning.
            length = 2 if end.end() - end.start() > _MOST_PIPES else len(end[0])
            return element, m.start(), end.start() + length
        if m.start() and data[m.start() - 1].isalnum():
            return self._hide_all(m, data)
        self._conversion.reaches = True
        element = Element(UNCLOSED)
        element.text = data[start:]
        return element, m.start(), len(data)

    def _hide_all(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        """Nobody knows on which side of these pipes the secret is."""
        self._conversion.tell([tell_stray_pipes(_quote_around(data, m.start(), m.end()))])
        element = Element("span", {"class": SPOILER})
        # What is in emphasis is read again, and may have many more.
        element.text = _ALL_PIPES.sub(lambda pipes: _ESCAPED_PIPE * len(pipes[0]), data)
        return element, 0, len(data)

    def _follows_escaped(self, data: str) -> bool:
        return ETX in data and _ESCAPED in self.unescape(data)


def _quote_around(data: str, start: int, end: int) -> str:
    """What stands in the source as it stands here: the line, between what was parsed already."""
    before = _BREAK.split(data[:start])[-1]
    after = _BREAK.split(data[end:], maxsplit=1)[0]
    return f"{before}{data[start:end]}{after}".strip()


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
    """Tables take pipes for their own, and lose or show what stands between two of them."""

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
        f"In a table `||{text}||` is no spoiler, as `|` ends a cell; it was hidden all the same.",
        f"Write `[{text}]{{.spoiler}}`, or a space into a cell that is empty.",
        row.strip(),
    )


def _tell_spaced(text: str) -> Finding:
    return Finding(
        f"`{text}` hides nothing, as there are spaces next to the `||`.",
        "Write `||text||` without them, or `\\|\\|` where you mean the signs themselves.",
        text,
    )

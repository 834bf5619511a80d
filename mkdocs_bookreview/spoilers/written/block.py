"""The block `/// spoiler | What it gives away` … `///`."""

import re
from textwrap import dedent, indent
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import yaml
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from pymdownx.blocks.block import Block, type_any

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.sealed.facts import FACTS, tell_unknown
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER

_OPTIONS = re.compile(
    r"(?P<header>(?:^|\n)[ ]{0,3}/{3,}[ ]*spoiler[ ]*(?:\|[^\n]*)?\n)"
    r"(?P<options>(?:[ ]{4,}\S[^\n]*(?:\n|$))+)",
    re.IGNORECASE,
)
# Slashes of the block around a page that is a spoiler as a whole: nobody writes so many.
WHOLE_PAGE = 20
# Options are passed on as keyword arguments, beside these.
_TAKEN = frozenset({"arg", "parent", "self"})


class _AnyOption(dict[str, tuple[Any, Any]]):
    """Takes every option: a block that refuses one is printed, with all that it should hide."""

    def __contains__(self, name: object) -> bool:
        # Block claims this name for itself, and refuses classes that list it.
        return name != "attrs" or super().__contains__(name)

    def __missing__(self, name: str) -> tuple[Any, Any]:
        return (None, type_any)


class SpoilerBlock(Block):  # type: ignore[misc]  # pymdownx ships no types
    NAME = SPOILER
    ARGUMENT = None
    OPTIONS = _AnyOption()

    def on_create(self, parent: Element) -> Element:
        element = SubElement(parent, "details", {"class": SPOILER})
        if self.argument:
            SubElement(element, "summary").text = self.argument
        self._conversion.unclosed[self] = self._tell_unclosed
        for name, value in self.options.items():
            if name in FACTS:
                element.set(name, "" if value is None else str(value))
            elif name != "attrs":
                self._conversion.tell(tell_unknown([name]))
        return element

    def on_end(self, block: Element) -> None:
        self._conversion.unclosed.pop(self, None)

    @property
    def _conversion(self) -> Conversion:
        conversion: Conversion = self.config["conversion"]
        return conversion

    def _tell_unclosed(self) -> Finding:
        fence = "/" * self.length
        if self.length >= WHOLE_PAGE:
            return Finding(
                "This page is hidden as a whole, but something on it is never closed.",
                "Close what you opened: an element of HTML, or a block of slashes.",
            )
        return Finding(
            f"The block `{fence} spoiler` is never closed; everything after it is hidden with it.",
            f"Write a line `{fence}` at its end; a block around others needs more slashes.",
            self._conversion.find_line(fence, self.argument),
        )


class OptionLinesProcessor(BlockProcessor):
    """Removes options that would stop the build, because they cannot be keyword arguments."""

    def __init__(self, md: Markdown, conversion: Conversion) -> None:
        super().__init__(md.parser)
        self._conversion = conversion

    def test(self, parent: Element, block: str) -> bool:
        return "///" in block and any(_read_odd(match) for match in _OPTIONS.finditer(block))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        for match in _OPTIONS.finditer(blocks[0]):
            self._conversion.tell(tell_unknown(map(str, _read_odd(match))))
        blocks[0] = _OPTIONS.sub(_drop_odd, blocks[0])
        return False


def _read_options(match: re.Match[str]) -> dict[object, object]:
    try:
        options = yaml.safe_load(dedent(match["options"]))
    except (yaml.YAMLError, ValueError):
        return {}
    return options if isinstance(options, dict) else {}


def _read_odd(match: re.Match[str]) -> list[object]:
    names = _read_options(match)
    return [name for name in names if not isinstance(name, str) or name in _TAKEN]


def _drop_odd(match: re.Match[str]) -> str:
    odd = _read_odd(match)
    if not odd:
        return match[0]
    rest = {name: value for name, value in _read_options(match).items() if name not in odd}
    return match["header"] + indent(yaml.safe_dump(rest) if rest else "", "    ")

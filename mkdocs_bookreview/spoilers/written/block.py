"""Reads the block `/// spoiler | What it gives away` … `///`."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from pymdownx.blocks.block import Block

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.conversion import Conversion
from mkdocs_bookreview.spoilers.sealed.facts import FACTS, tell_unknown
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER

# A page that is a spoiler as a whole gets this many slashes, because no author writes so many.
WHOLE_PAGE = 20
_OPENING = re.compile(rf"(?im)^ {{0,3}}/{{3,}} *{SPOILER}\b")
_CALLOUT = re.compile(r"(?m)^(?:!!!|\?\?\?|===)")


class SpoilerBlock(Block):  # type: ignore[misc]  # pymdownx ships no types
    """Writes `<details class="spoiler">`, with the facts of the spoiler as attributes."""

    NAME = SPOILER
    ARGUMENT = None

    def on_init(self) -> None:
        self._conversion: Conversion = self.config["conversion"]

    def _validate(self, parent: Element, arg: Any, /, **options: Any) -> bool:
        """Accept every option, because a block with a refused option is printed with its text.

        The arguments are positional only, because options may have the same names.
        """
        attributes = options.pop("attrs", {})
        self._facts = options
        return bool(super()._validate(parent, arg, attrs=attributes))

    def on_create(self, parent: Element) -> Element:
        element = SubElement(parent, "details", {"class": SPOILER})
        if self.argument:
            SubElement(element, "summary").text = self.argument
        self._conversion.unclosed[self] = self._describe_unclosed
        for name, value in self._facts.items():
            if name in FACTS:
                element.set(name, "" if value is None else str(value))
            else:
                self._conversion.report(tell_unknown([name]))
        return element

    def on_end(self, block: Element) -> None:
        self._conversion.unclosed.pop(self, None)

    def _describe_unclosed(self) -> Finding:
        fence = "/" * self.length
        if self.length >= WHOLE_PAGE:
            return Finding(
                "This page is hidden as a whole, but something on it is never closed.",
                "Close what you opened: an element of HTML, or a block of slashes.",
            )
        return Finding(
            f"The block `{fence} spoiler` is never closed, so everything after it is hidden too.",
            f"Write a line `{fence}` where the spoiler ends. A block that contains other blocks"
            " needs more slashes than they have.",
            f"{fence} spoiler | {self.argument}" if self.argument else f"{fence} spoiler",
        )


class OpenSpoilerProcessor(BlockProcessor):
    """Puts the text after an open `/// spoiler` into it, before any other processor takes it.

    At the top level of a page, pymdownx reads a block to its end. In a list, a definition or a
    callout it gets one piece after another, and only pieces that no processor of a higher priority
    takes. The processors of `!!!`, `???` and `===` would put this callout behind the spoiler:

        - Innocent.

            /// spoiler | Who did it

            !!! note "The butler"
            …

    A callout that follows `/// spoiler` without a blank line becomes a piece of its own first,
    because these processors search for a callout anywhere in a piece.
    """

    def __init__(self, parser: BlockParser, manager: Any) -> None:
        super().__init__(parser)
        self._manager = manager

    def test(self, parent: Element, block: str) -> bool:
        return self._may_take(parent, block) or _find_callout(block) is not None

    def _may_take(self, parent: Element, block: str) -> bool:
        opened = self._manager.stack
        if not any(entry.block.NAME == SPOILER for entry in opened):
            return False
        # In any other parent the text is left alone, because its indent belongs to the list or
        # callout around the spoiler, whose processor must remove it first.
        is_inside = any(entry.parent is parent for entry in opened)
        has_indent = block.startswith((" ", "\t"))
        return (is_inside or not has_indent) and self._manager.get_parent(parent) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        at = None if self._may_take(parent, blocks[0]) else _find_callout(blocks[0])
        if at is None:
            self._manager.run(parent, blocks)
        else:
            blocks[:1] = [blocks[0][:at], blocks[0][at:]]


def _find_callout(block: str) -> int | None:
    """Return where a callout begins after the first line of a spoiler in the same piece."""
    opening = _OPENING.search(block)
    callout = _CALLOUT.search(block, opening.end()) if opening else None
    return callout.start() if callout else None


def name_options(split_header: Callable[..., Any]) -> Callable[..., Any]:
    """Return a reader of options that makes each name a string.

    Options are passed on as keyword arguments, so a name such as `45` would stop the build.
    """

    def split(*arguments: object) -> tuple[dict[str, Any] | None, str]:
        options, rest = split_header(*arguments)
        return options and {str(name): value for name, value in options.items()}, rest

    return split

"""Writes the pages of an export: the author's text, with cards and lists as HTML around it."""

import posixpath
import re
from collections.abc import Callable
from functools import partial

from mkdocs_bookreview.cli.markdown.converting import ConvertedPage
from mkdocs_bookreview.cli.markdown.front_matter import write_meta
from mkdocs_bookreview.listings.block_places import BlockPlace, replace_blocks
from mkdocs_bookreview.publishing.filling import PageFiller
from mkdocs_bookreview.publishing.markdown_text import split_heading
from mkdocs_bookreview.spoilers.sealed.vault import Vault
from mkdocs_bookreview.spoilers.written.parts import write_part

# This text replaces a block in a spoiler, because lists in spoilers stay empty.
_NOTHING = "<!-- -->"
# Extensions read these signs even in raw HTML: code fences, macros and CriticMarkup.
_SIGNS = re.compile(r"`{3}|~{3}|\{(?=[{%#+~=>-])")
# This link is left out, because Zensical adapts relative addresses in all attributes but
# `imagesrcset`.
_COPIES_LINK = re.compile(r'<link rel="preload" as="image"[^>]* imagesrcset=[^>]*>')


class PageWriter:
    """Writes pages; `filler` renders their cards and lists, and `vault` has the spoilers of cards.

    `write_sealed` takes one of these spoilers, and returns its form for pages, maybe encoded.
    """

    def __init__(
        self, filler: PageFiller, vault: Vault, write_sealed: Callable[[str], str]
    ) -> None:
        self._filler = filler
        self._open = partial(vault.open, write=write_sealed)

    def write(self, source: str, page: ConvertedPage) -> str:
        """Return the text of the file at `source`."""
        base = _find_base(source)
        parts = self._filler.build_parts(source, base)
        above, below, end = self._open(source, "".join(parts.above), parts.below, parts.end)
        heading, rest = split_heading(page.text)
        pieces = [
            heading,
            _wrap(above),
            self._fill(rest, page, source, base),
            page.notes,
            _wrap(below + end),
        ]
        text = "\n\n".join(stripped for piece in pieces if (stripped := piece.strip("\n")))
        text = _COPIES_LINK.sub("", self._filler.load_covers(source, text))
        return f"{write_meta(page.meta)}{text}\n"

    def _fill(self, text: str, page: ConvertedPage, source: str, base: str) -> str:
        blocks = page.blocks | page.hidden
        write = partial(self._write_block, page=page, source=source, base=base)
        return replace_blocks(text, blocks, write) if blocks else text

    def _write_block(
        self, number: int, place: BlockPlace, page: ConvertedPage, source: str, base: str
    ) -> str:
        is_hidden = number in page.hidden
        if is_hidden and not place.prefix:
            return ""
        if is_hidden:
            html = _NOTHING
        else:
            html = self._filler.render_block(page.blocks[number], source, base)
        first = place.first if place.prefix else ""
        return place.set_apart(write_part(_protect(html), first, place.prefix))


def _find_base(source: str) -> str:
    """Return the relative path of the docs folder, as seen from the file of a page."""
    return posixpath.relpath(".", posixpath.dirname(source) or ".")


def _wrap(html: str) -> str:
    """Return HTML in an element that Markdown does not change, and that search indexes skip."""
    if not html.strip():
        return ""
    return write_part(_protect(html))


def _protect(html: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0][0])};{sign[0][1:]}", html)

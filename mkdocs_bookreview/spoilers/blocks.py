"""The top-level blocks of a page that have spoilers: to seal them the others need not be read."""

from xml.etree.ElementTree import Element

from markdown import Markdown

from mkdocs_bookreview.spoilers.marks import UNCLOSED
from mkdocs_bookreview.spoilers.spelling import SPOILER

_MARK = "\x02bookreview-block\x03"
# What has these may reach beyond its block.
_REACHES = ("///", "???", "!!!", f"<{UNCLOSED}")


def mark_blocks(root: Element, md: Markdown) -> None:
    """Put a mark before and after each; none where one may reach into others.

    The tree is balanced, so only raw HTML does, and notes, which belong to where they are used.
    """
    raw = (block for block in md.htmlStash.rawHtmlBlocks if isinstance(block, str))
    if any("spo" in block.lower() for block in raw) or any(map(_has_notes, root)):
        return
    before = None
    for block in root:
        if _has_spoiler(block):
            if before is None:
                root.text = f"{root.text or ''}{_MARK}"
            else:
                before.tail = f"{before.tail or ''}{_MARK}"
            block.tail = f"{_MARK}{block.tail or ''}"
        before = block


def split_blocks(html: str) -> list[str]:
    """Every second part is a block with spoilers; just one part must be read as a whole."""
    parts = html.split(_MARK)
    reaches = parts[1:] and any(sign in html for sign in _REACHES)
    return ["".join(parts)] if reaches else parts


def _has_notes(block: Element) -> bool:
    return block.tag == "div" and block.get("class") == "footnote"


def _has_spoiler(block: Element) -> bool:
    return any(
        SPOILER in (element.get("class") or "").lower() or element.tag == SPOILER
        for element in block.iter()
    )

"""The top-level blocks of a page that have spoilers: to seal them the others need not be read."""

from xml.etree.ElementTree import Element

from markdown import Markdown

from mkdocs_bookreview.spoilers.caught.signs import has_signs
from mkdocs_bookreview.spoilers.caught.spelling import SPOILER
from mkdocs_bookreview.spoilers.elements import is_notes

_MARK = "\x02bookreview-block\x03"


def may_reach_out(text: str, md: Markdown) -> bool:
    """Whether spoilers may begin or end elsewhere than with an element of the tree.

    `text` is that of the tree, as far as it may be markup that failed.
    """
    raw = [block for block in md.htmlStash.rawHtmlBlocks if isinstance(block, str)]
    return has_signs(text) or any(SPOILER in block.lower() or has_signs(block) for block in raw)


def mark_blocks(root: Element) -> None:
    """Put a mark before and after each, unless notes belong to where they are used."""
    if any(map(is_notes, root)):
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
    return html.split(_MARK)


def join_blocks(html: str) -> str:
    return html.replace(_MARK, "")


def _has_spoiler(block: Element) -> bool:
    for element in block.iter():
        classes = element.get("class")
        if (classes and SPOILER in classes.lower()) or element.tag == SPOILER:
            return True
    return False

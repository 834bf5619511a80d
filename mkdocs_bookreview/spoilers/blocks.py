"""The top-level blocks of a page that have spoilers: to seal them the others need not be read."""

from xml.etree.ElementTree import Element

from markdown import Markdown

from mkdocs_bookreview.spoilers.elements import is_notes
from mkdocs_bookreview.spoilers.leftovers import has_leftovers
from mkdocs_bookreview.spoilers.spelling import SPOILER

_MARK = "\x02bookreview-block\x03"


def may_reach_out(text: str, md: Markdown) -> bool:
    """Whether spoilers may begin or end elsewhere than with an element of the tree.

    `text` is that of the tree, in lower case. One without an end is known when it is made.
    """
    return (
        "///" in text  # perhaps the end of another block, at which a spoiler ended too early
        or has_leftovers(text)
        or any(map(_has_spoilers, md.htmlStash.rawHtmlBlocks))
    )


def _has_spoilers(raw: object) -> bool:
    text = raw.lower() if isinstance(raw, str) else ""
    return "spo" in text or "spi" in text or has_leftovers(text)


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


def _has_spoiler(block: Element) -> bool:
    for element in block.iter():
        classes = element.get("class")
        if (classes and SPOILER in classes.lower()) or element.tag == SPOILER:
            return True
    return False

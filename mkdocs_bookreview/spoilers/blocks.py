"""The top-level blocks of a page stay as they are if no spoiler touches them."""

from xml.etree.ElementTree import Element

BLOCK_END = "\x02bookreview-block\x03"  # no author can write these control characters


def mark_blocks(root: Element) -> None:
    for block in root:
        block.tail = f"{BLOCK_END}{block.tail or ''}"


def split_blocks(html: str) -> list[str]:
    return html.split(BLOCK_END)

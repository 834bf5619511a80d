"""Blocks in which all spoilers are of the plainest shapes: most are, and are sealed as they are."""

import re
from collections.abc import Callable, Iterator

from mkdocs_bookreview.spoilers.marks import SPOILER
from mkdocs_bookreview.spoilers.sealed import form
from mkdocs_bookreview.words.language import Words

# Tags without attributes: nothing in them has an id, works as a link, or is a heading.
_NAMES = "code|del|em|ins|kbd|mark|strong|sub|sup"
_PHRASING = rf"(?:[^<]++|</?(?:{_NAMES})>|<br ?/?>)++"
_FLOW = rf"(?:[^<]++|</?(?:{_NAMES}|blockquote|li|ol|p|pre|ul)>|<[bh]r ?/?>)++"
_INLINE = re.compile(rf'<span class="spoiler">({_PHRASING})</span>')
_BLOCK = re.compile(
    rf'<details class="spoiler">(\s*)<summary>({_PHRASING})</summary>({_FLOW})</details>'
)
# A button may not stand in these, and is set beside them.
_INTERACTIVE = re.compile(r"<(?:a|button|label|summary)\b")

Lock = Callable[[str], str]


def seal_plain(block: str, words: Words, lock: Lock, numbers: Iterator[int]) -> str | None:
    """A top-level block of a page without raw HTML; None where it has to be read tag by tag."""
    count = block.lower().count(SPOILER)
    if block.startswith("<p>"):
        pieces = _INLINE.split(block)  # every second one is a body
        if len(pieces) < 2 * count or _INTERACTIVE.search(block):
            return None
        for at in range(1, len(pieces), 2):
            ident = f"bookreview-spoiler-{next(numbers)}"
            pieces[at] = lock(form.seal_inline(pieces[at], ident, words))
        return "".join(pieces)
    match = _BLOCK.fullmatch(block) if count == 1 else None
    return lock(_seal_block(match, words)) if match else None


def _seal_block(match: re.Match[str], words: Words) -> str:
    space, label, body = match.groups()
    start = form.start_block(words, {}) + space + form.LABEL_START + label + form.LABEL_END
    return start + form.start_body(words) + body + form.BLOCK_END

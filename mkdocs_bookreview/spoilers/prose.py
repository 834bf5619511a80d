"""Finds the hidden text of a plain page without converting the page.

For a page of a dozen paragraphs with three spoilers, a conversion was measured to take a fifth of
the page's build time. This module takes a hundredth of the time of a conversion.
"""

import re

from mkdocs_bookreview.spoilers.caught.signs import has_signs
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER_BYTES, lower_bytes

_GAP = re.compile(r"\n(?:[ \t]*\n)+")
# A line of prose has no sign of any other element. It may be an item of a list, but it may not be
# indented, because an indented line may belong to any element above it.
_LINE = (
    r"(?:#{1,6} |[-+*>] |\d+[.)] )?[\w\"'“\u2018«„(*–—…][\w \t.,;:'\"()!?–—’\u2018“”«»„…*%$+#&-]*"
)
_PROSE = re.compile(rf"\n*(?:{_LINE}(?:\n{_LINE})*)?\s*")
# These signs need a conversion: after a fence of code a paragraph may be code, and a footnote
# (`]:`) is hidden if only spoilers refer to it. Searching for fixed texts is faster than for a
# pattern.
_FAR = ("```", "~~~", "]:")
_ELEMENT = re.compile(r"<[a-zA-Z!/?]")
_TEXT = r"[\w ,.;:'’!?–-]+"
# In this pattern and the next, the lookbehind comes after the sign itself, because Python searches
# five times faster for a pattern that begins with a sign.
_LINK = re.compile(rf"\[(?<!!\[)({_TEXT})\]\([\w./:#-]*\)")
# The opening and closing signs of these spoilers are both valid, so none of these spoilers can
# reach beyond its paragraph.
_INLINE = re.compile(
    rf"\|(?<![|\\\w]\|)\|((?=\w){_TEXT}(?<=[\w.!?]))\|\|(?![|\w])"
    rf"|\[(?<![\]\\!]\[)({_TEXT})\]\{{\.spoiler\}}"
)
_OPENING = re.compile(rf"/// spoiler(?: \| (?:{_TEXT})?)?(?:\n|\Z)")
_CLOSING = re.compile(r"(?:\A|\n)///\Z")


def may_hide(markdown: str) -> bool:
    """Return whether a page may hide anything, by a quick look at all of its text."""
    is_foreign = ">!" in markdown  # as Reddit writes it; Markdown would read a quotation
    return is_foreign or SPOILER_BYTES in lower_bytes(markdown) or has_signs(markdown)


def read_plain(markdown: str) -> list[str] | None:
    r"""Return the hidden texts of a page, or None if only a conversion can find them.

    "One.\n\nTwo ||three||.\n\n/// spoiler\nFour.\n///\n" gives "three" and "Four.". All spoilers
    must have the plainest forms and be in prose, because a spoiler without an end may hide all that
    follows, and a spoiler in a list or a table may end anywhere.
    """
    if not may_hide(markdown):
        return []
    reader = _Reader()
    for paragraph in _GAP.split(markdown.strip("\n")):
        reader.read(paragraph)
    return reader.hidden if reader.is_plain else None


class _Reader:
    """Reads paragraph by paragraph; `hidden` has the hidden texts so far."""

    def __init__(self) -> None:
        self.hidden: list[str] = []
        self._shown: list[str] = []
        self._block: list[str] | None = None
        self._is_clear = True

    def read(self, paragraph: str) -> None:
        if "///" in paragraph:
            self._read_fences(paragraph)
        else:
            self._add(paragraph)

    def _read_fences(self, text: str) -> None:
        if self._block is None and (opening := _OPENING.match(text)):
            text, self._block = text[opening.end() :], []
        closing = None if self._block is None else _CLOSING.search(text)
        self._add(text[: closing.start()] if closing else text)
        if closing and self._block is not None:
            self.hidden.append("\n".join(self._block))
            self._block = None

    def _add(self, text: str) -> None:
        text = _LINK.sub(r"\1", text) if "[" in text else text
        must_be_prose = self._block is not None
        if "||" in text or "{" in text:
            text, count = _INLINE.subn(self._see_inline, text)
            must_be_prose = must_be_prose or count > 0
        if self._block is not None:
            self._block.append(text)
        # Other spoilers must be converted, because only their HTML shows what is in them.
        if must_be_prose and not _PROSE.fullmatch(text):
            self._is_clear = False
        self._shown.append(text)

    def _see_inline(self, match: re.Match[str]) -> str:
        if self._block is None:
            self.hidden.append(match[1] or match[2])
        return match[1] or match[2]

    @property
    def is_plain(self) -> bool:
        """Return whether the text can hide nothing except for the spoilers that were read."""
        shown = "\n".join(self._shown).replace("<!-- more -->", "")
        is_far = any(map(shown.__contains__, _FAR)) or _ELEMENT.search(shown)
        return self._block is None and self._is_clear and not is_far and not may_hide(shown)

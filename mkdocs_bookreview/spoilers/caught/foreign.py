"""Spoiler markup of other systems, and what to write instead."""

import re
from typing import NamedTuple

from mkdocs_bookreview.spoilers.caught.spelling import NEAR, SPOILER
from mkdocs_bookreview.spoilers.caught.text import EDGE, GUARDED_MARK

_IN_LINE = "Write `||text||`, or `/// spoiler` before and `///` after several paragraphs."
BLOCK_FIX = "Write `/// spoiler | What it gives away` before the text and `///` after it."


class Markup(NamedTuple):
    """`tokens` finds what begins a spoiler, as its group `open`, and what ends it.

    Where the end is missing, all that follows is hidden, or nothing if `needs_end`.
    """

    tokens: re.Pattern[str]
    fix: str
    needs_end: bool = False


def _read(opening: str, closing: str, fix: str, *, needs_end: bool = False) -> Markup:
    return Markup(re.compile(f"(?P<open>{opening})|{closing}", re.IGNORECASE), fix, needs_end)


_TAG = r"\{\{?[<%] ?"
FOREIGN = (
    # Forums, WordPress; Discourse.
    _read(rf"(?<!\[)\[ ?{NEAR} ?(?:=[^]\n]*+)?\](?!\])", rf"\[ ?/ ?{NEAR} ?\]", _IN_LINE),
    _read(rf"\[details ?=[^]\n]{{0,80}}?{NEAR}[^]\n]*+\]", r"\[ ?/details ?\]", BLOCK_FIX),
    # Reddit, Lemmy.
    _read(rf">[!{GUARDED_MARK}]", rf"!<|{EDGE}", _IN_LINE, needs_end=True),
    # Hugo, Jekyll; wikis.
    _read(rf"{_TAG}{NEAR}[^}}\n]*+\}}++", rf"{_TAG}(?:/ ?|end){SPOILER}[^}}\n]*+\}}++", BLOCK_FIX),
    _read(rf"\{{\{{ ?{NEAR} ?\|", r"\}\}", _IN_LINE),
)
# A fence of a code block: extensions that draw code keep its name as a class.
FENCE = re.compile(r'<pre>(?=<code class="language-((?:ad-)?spoiler)")', re.IGNORECASE)

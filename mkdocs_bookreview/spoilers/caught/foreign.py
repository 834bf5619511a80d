"""Spoiler markup of other systems, and what to write instead."""

import re
from typing import NamedTuple

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught.findings import tell
from mkdocs_bookreview.spoilers.caught.spelling import NEAR, SPOILER
from mkdocs_bookreview.spoilers.caught.text import EDGE, GUARDED_MARK

_IN_LINE, _BLOCK = "foreign in line", "foreign"


class Markup(NamedTuple):
    """`tokens` finds what begins a spoiler, as its group `open`, and what ends it.

    Where the end is missing, all that follows is hidden, or nothing if `needs_end`.
    """

    tokens: re.Pattern[str]
    kind: str
    needs_end: bool = False


def _read(opening: str, closing: str, kind: str, *, needs_end: bool = False) -> Markup:
    return Markup(re.compile(f"(?P<open>{opening})|{closing}", re.IGNORECASE), kind, needs_end)


_TAG = r"\{\{?[<%] ?"
FOREIGN = (
    # Forums, WordPress; Discourse.
    _read(rf"(?<!\[)\[ ?{NEAR} ?(?:=[^]\n]{{0,200}}+)?\](?!\])", rf"\[ ?/ ?{NEAR} ?\]", _IN_LINE),
    _read(rf"\[details ?=[^]\n]{{0,80}}?{NEAR}[^]\n]{{0,200}}+\]", r"\[ ?/details ?\]", _BLOCK),
    # Reddit, Lemmy.
    _read(rf">[!{GUARDED_MARK}]", rf"!<|{EDGE}", _IN_LINE, needs_end=True),
    # Hugo, Jekyll; wikis.
    _read(
        rf"{_TAG}{NEAR}[^}}\n]{{0,200}}+\}}++",
        rf"{_TAG}(?:/ ?|end){SPOILER}[^}}\n]{{0,200}}+\}}++",
        _BLOCK,
    ),
    _read(rf"\{{\{{ ?{NEAR} ?\|", r"\}\}", _IN_LINE),
)
_FENCE = re.compile(
    r"(?P<start>[ \t>*+-]*(?P<fence>`{3,}|~{3,}))[ \t]*(?P<name>\{?[ .]*(?:ad-)?spoilers?\b)?",
    re.IGNORECASE,
)


def read_fences(lines: list[str], found: list[Finding]) -> list[str]:
    """Return the lines with a class for fences of the name `spoiler`, which are no code."""
    read = [*lines]
    opened = ""
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if opened:
            opened = "" if line.strip(" \t>").startswith(opened) else opened
        elif fence:
            opened = fence["fence"]
            if fence["name"]:
                found.append(tell("foreign", line.strip()))
                read[number] = f"{fence['start']} {{ .text .{SPOILER} }}"
    return read

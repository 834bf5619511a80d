"""Split the text of a page into front matter and body, and find lines in the body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from mkdocs_bookreview.model.invisible import BLANK, name_invisible
from mkdocs_bookreview.model.problem import Finding

_GAP = rf"(?>(?:(?!\n)[{BLANK}])*)"
# One long dash counts too, because some editors turn several hyphens into one.
_DASHES = "(?:[-‐-―−]{2,}|[—―])"
# Groups are atomic, because plain groups backtrack exponentially: on pages that begin with 16, 20
# and 22 spaces they were measured to take 5, 88 and 350 ms, and atomic groups less than 0.1 ms.
# They are written as `(?>(…)*)`, because `(…)*+` matches nothing in Python 3.11.2 (Debian 12).
_OPENING = rf"(?P<opening>(?>(?:[{BLANK}]++|<!--.*?-->)*){_DASHES}{_GAP})\n"
# The closing line must not be indented, because text in YAML may have an indented line of dashes.
_CLOSING = rf"(?P<closing>(?>(?:(?![ \t\n])[{BLANK}])*)(?:\.{{3}}|{_DASHES}){_GAP})(?P<end>\n|\Z)"
_FRONT_MATTER = re.compile(rf"{_OPENING}(?P<text>.*?\n){_CLOSING}", re.DOTALL)
_UNCLOSED = re.compile(rf"{_OPENING}(?P<text>(?:[^\n]+(?:\n|\Z))*)", re.DOTALL)
# MkDocs accepts only these lines around front matter (mkdocs.utils.meta), so any other line is a
# flaw.
_SEEN_OPENING = re.compile(r"-{3}[ \t]*")
_SEEN_CLOSING = re.compile(r"(?:\.{3}|-{3})[ \t]*")
_LOOKS_LIKE_KEYS = re.compile(
    rf"^[{BLANK}{{\"']*(?:book|title|(?i:draft|spoil)\w*)[\"']?\s*:", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Explains why MkDocs does not see front matter.

    `line` counts from 1 in the file; `what` and `fix` are sentences about the mistake and its fix.
    """

    line: int
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Holds the front matter of a page, and the `body` after it.

    `text` is the YAML, which begins on line `first_line` of the file, counted from 1. `flaw` is
    None if MkDocs sees the front matter too.
    """

    text: str
    body: str
    first_line: int = 2
    flaw: Flaw | None = None


def split_front_matter(text: str) -> FrontMatter | None:
    r"""Return the parts of a page; None if it has no front matter.

    Front matter that MkDocs does not see counts only if it has a key such as `book` or `spoilers`,
    because it may be text below a horizontal rule. `"\n---\nspoilers: true\n---\nText\n"` gives the
    text `"spoilers: true\n"`, the body `"Text\n"`, the first line 3 and a flaw in line 2.
    """
    match = _FRONT_MATTER.match(text) or _UNCLOSED.match(text)
    if not match:
        return None
    inner = match["text"]
    flaw = _find_flaw(match)
    if flaw and not _LOOKS_LIKE_KEYS.search(inner.lstrip().partition("\n\n")[0]):
        return None
    first_line = 1 + text.count("\n", 0, match.start("text"))
    return FrontMatter(inner, text[match.end() :], first_line, flaw)


def _find_flaw(match: re.Match[str]) -> Flaw | None:
    opening, closing = match["opening"], match.groupdict().get("closing")
    line = 1 + opening.count("\n")
    if not _SEEN_OPENING.fullmatch(opening):
        fix = "Delete everything before the first key, and make `---` the first line of the file."
        if "<!--" in opening:
            fix = "Move the comment below the front matter, and make `---` the first line."
        return Flaw(line, _explain("begin with `---` on the first line of the file", opening), fix)
    if closing is None or (_SEEN_CLOSING.fullmatch(closing) and not match["end"]):
        fix = "Write a line `---` below the front matter, and a line break after the `---`."
        return Flaw(line + 1, "The front matter is never closed.", fix)
    if not _SEEN_CLOSING.fullmatch(closing):
        line += 1 + match["text"].count("\n")
        return Flaw(
            line, _explain("end with a line `---`", closing), "Type `---` again, alone on its line."
        )
    return None


def _explain(lacks: str, fence: str) -> str:
    found = name_invisible(fence)
    why = f"there is an invisible {found} at its `---`" if found else f"it does not {lacks}"
    return f"MkDocs does not see this front matter, because {why}."


def split_body(text: str) -> str:
    parts = split_front_matter(text)
    return parts.body if parts else text


def find_line(text: str, finding: Finding) -> int | None:
    """Return the line of the file that a finding is about, from 1; None if it is not found.

    Only lines below the front matter are searched.
    """
    body = split_body(text)
    # `splitlines` is not used, because it also splits at form feeds, U+2028 and the like, where
    # editors and Markdown see no new line.
    lines = body.split("\n")
    parts = (finding.source_line_text or "").removesuffix("\n").split("\n")
    if parts == [""]:
        return None
    whole = islice(_find_all(lines, parts), finding.nth - 1, None)
    # If the lines do not appear together, only the last of them is looked for, so that the message
    # still has a line number.
    place = next(chain(whole, _find_all(lines, parts[-1:])), None)
    before = text.count("\n") - body.count("\n")
    return None if place is None else before + place


def _find_all(lines: Sequence[str], parts: Sequence[str]) -> Iterator[int]:
    """Yield the last line number, from 1, of each run of lines that contain these parts in order.

    The parts `a`, `b` in the lines `a1`, `b1`, `a2`, `b2` give 2 and 4.
    """
    for end in range(len(parts), len(lines) + 1):
        here = zip(parts, lines[end - len(parts) : end], strict=True)
        if all(part in line for part, line in here):
            yield end

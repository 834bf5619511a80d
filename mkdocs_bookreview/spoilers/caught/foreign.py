"""Reads the spoiler markup of other systems, such as forums, Reddit and wikis."""

import re

from mkdocs_bookreview.model.problem import Finding
from mkdocs_bookreview.spoilers.caught import findings
from mkdocs_bookreview.spoilers.caught.spelling import ANY_NEAR, NEAR
from mkdocs_bookreview.spoilers.caught.text import EDGE, GUARDED_MARK, LINE_BEGIN, LINE_END, TAGS
from mkdocs_bookreview.spoilers.sealed.marks import SPOILER


def _read(opening: str, closing: str) -> re.Pattern[str]:
    return re.compile(f"(?i){opening}|(?P<end>{closing})")


_TAG = r"\{\{?[<%]-? *"
_TAG_END = r"[^}\n]{0,200}+\}++"
# If the end of such a spoiler is missing, everything after its start is hidden. The exception is a
# pattern whose end also matches EDGE or the end of the text: without an end it hides nothing.
FOREIGN = (
    # Forums and WordPress write the first, Discourse writes the second.
    _read(rf"(?<!\[)\[ ?{NEAR} ?(?:=[^]\n]{{0,200}}+)?\](?!\])", rf"\[ ?/ ?{NEAR} ?\]"),
    _read(rf"\[details ?=[^]\n]{{0,80}}?{NEAR}[^]\n]{{0,200}}+\]", r"\[ ?/details ?\]"),
    # The first is in text copied from Goodreads, a plugin of WordPress reads the second.
    _read(r"\(view spoiler\) ?\[", r"\(hide spoiler\) ?\]"),
    _read(r"\[su_spoiler\b[^]\n]{0,200}+\]", r"\[/su_spoiler\]"),
    # Reddit and Lemmy write this.
    _read(rf">[!{GUARDED_MARK}]", rf"!<|{EDGE}|\Z"),
    # Pandoc and HackMD write this.
    _read(
        rf"{LINE_BEGIN}::++[^\w\n{TAGS}]{{0,6}}{NEAR}[^\n{TAGS}]{{0,200}}",
        rf"{LINE_BEGIN}::++{LINE_END}",
    ),
    # Hugo and Jekyll write the first, wikis write the second.
    _read(rf"{_TAG}{NEAR}{_TAG_END}", rf"{_TAG}(?:/ *|end){SPOILER}{_TAG_END}"),
    _read(rf"\{{\{{ ?{NEAR} ?\|", r"\}\}"),
)
_FENCE = re.compile(
    r"(?i)(?P<start>[ \t>*+-]*)(?P<fence>`{3,}(?!.*`)|~{3,})[ \t]*"
    rf"(?P<name>\{{?[ .]*(?:ad-)?{ANY_NEAR})?",
)
_SLASHES = "/" * 6  # six, because a line of three slashes in the fence must not end the block


def read_fences(lines: list[str], found: list[Finding]) -> list[str]:
    """Return the lines with a spoiler block in place of each fence named `spoiler`.

    "~~~ spoiler", "text", "~~~" gives "////// spoiler", "text", "//////". The fence is replaced,
    because Markdown would print it as code. If the block is invalid, `catch` hides it later.
    """
    read = [*lines]
    opened = name = ""
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        bare = line.strip(" \t>")
        if opened and bare.startswith(opened) and not bare.strip(opened[0]):
            if name:
                read[number] = line.partition(opened)[0] + _SLASHES
            opened = ""
        elif fence and not opened:
            opened, name = fence["fence"], fence["name"]
            if name:
                found.append(findings.FOREIGN.report(line.strip()))
                read[number] = f"{fence['start']}{_SLASHES} {SPOILER}"
    return read

"""The text of a page: its front matter, its body, and the lines of that."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from mkdocs_bookreview.model.problem import Finding

# What MkDocs takes for front matter: mkdocs.utils.meta.
_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(\n|\Z)", re.DOTALL)
_UNCLOSED = re.compile(r"-{3}[ \t]*\n((?:[^\n]+(?:\n|\Z))*)")
_LOOKS_LIKE_KEYS = re.compile(r"^(book|draft|spoilers|title)\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    text: str
    body: str
    broken: bool = False


def split_front_matter(text: str) -> FrontMatter | None:
    """Text without keys, closed or not, has no front matter, as a page may begin with a line."""
    if match := _FRONT_MATTER.match(text):
        return FrontMatter(match[1], text[match.end() :], broken=not match[2])
    if (match := _UNCLOSED.match(text)) and _LOOKS_LIKE_KEYS.search(match[1]):
        return FrontMatter(match[1], text[match.end() :], broken=True)
    return None


def split_body(text: str) -> str:
    parts = split_front_matter(text)
    return parts.body if parts else text


def find_line(text: str, finding: Finding) -> int | None:
    """The line that is meant, counted from 1; it is looked for below the front matter."""
    body = split_body(text)
    lines = body.splitlines()
    parts = (finding.source_line_text or "").splitlines()
    if not parts:
        return None
    whole = islice(_find_all(lines, parts), finding.nth - 1, None)
    place = next(chain(whole, _find_all(lines, parts[-1:])), None)
    before = text.count("\n") - body.count("\n")
    return None if place is None else before + place


def _find_all(lines: Sequence[str], parts: Sequence[str]) -> Iterator[int]:
    """Where lines that follow each other have these parts: the number of the last, from 1."""
    for end in range(len(parts), len(lines) + 1):
        here = zip(parts, lines[end - len(parts) : end], strict=True)
        if all(part in line for part, line in here):
            yield end

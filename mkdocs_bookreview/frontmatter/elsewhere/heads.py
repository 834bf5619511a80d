"""Read front matter of other systems: TOML, JSON, and lines of keys without `---`."""

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time

from mkdocs_bookreview.settings.marked_yaml import read_marked_yaml

_TOML = re.compile(r"\s*\+{3}[ \t]*\n(?P<text>.*?\n)\+{3}[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"[ ]{0,3}(?P<key>[^\W\d][\w /-]{0,40})::?(?:[ \t]+(?P<value>.*)|[ \t]*)")
_HEADING = re.compile(r"#[ \t]+(?P<text>[^\n]+?)[ \t#]*")
_FURTHER = re.compile(r"[ \t]+\S|-[ \t]")
_MOST = 10_000  # characters of such front matter; a longer beginning is text, or data
_LEAST = 2  # keys below a heading, because a single one may be a sentence with a colon
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Head:
    """Holds front matter that MkDocs does not read as front matter.

    `data` has text, lists and mappings, as from our YAML reader; it is empty if the front matter
    has a mistake. `body` is the rest of the page. `what` is a sentence that says why MkDocs does
    not read the front matter. `is_in_text` is True for keys in lines below a heading, which may be
    ordinary text.
    """

    data: dict[str, object]
    body: str
    what: str
    is_in_text: bool = False


def find_head(text: str) -> Head | None:
    """Return front matter that is TOML, JSON or lines without `---`; None if there is none."""
    if text.lstrip()[:3] == "+++":
        return _read_toml(text)
    if text.lstrip()[:1] == "{":
        return _read_json(text)
    return _read_lines(text)


def _read_toml(text: str) -> Head | None:
    match = _TOML.match(text)
    try:
        # A line break replaces the line `+++`, because the message about a mistake has a line
        # number.
        data = tomllib.loads(f"\n{match['text']}") if match else None
    except RecursionError:
        return None
    except tomllib.TOMLDecodeError as error:
        what = (
            "The front matter is TOML, which MkDocs shows as text, and the TOML is not valid:"
            f" {error}."
        )
        return Head({}, text, what)
    if not match or not data:
        return None
    what = "The front matter is TOML, which MkDocs shows as text."
    return Head(_as_text(data), text[match.end() :], what)


def _read_json(text: str) -> Head | None:
    start = len(text) - len(text.lstrip())
    try:
        data, end = json.JSONDecoder().raw_decode(text[:_MOST], start)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or text[end:].lstrip(" \t")[:1] not in {"", "\n"}:
        return None
    what = "The front matter is JSON, which MkDocs shows as text."
    return Head(_as_text(data), text[end:].lstrip(), what)


def _read_lines(text: str) -> Head | None:
    """Return keys in the lines before the first blank line, as in the headers of an e-mail."""
    head, _, body = text.lstrip("\n")[:_MOST].partition("\n\n")
    if title := _HEADING.fullmatch(head):
        return _read_below_heading(text, title["text"])
    lines = head.splitlines()
    if not lines or not all(_LINE.fullmatch(line) or _FURTHER.match(line) for line in lines):
        return None
    # YAML would take the second colon of Logseq's `rating:: 4` for a part of the key.
    is_double = all("::" in line for line in lines)
    document = read_marked_yaml("" if is_double else head, "")
    data = document.data if isinstance(document.data, dict) and not document.problems else None
    if data is None:
        data = _read_pairs(lines)
    rest = text[text.index(head) + len(head) :] if body else ""
    return Head(data, rest, "The front matter has no `---` above and below it.") if data else None


def _read_below_heading(text: str, title: str) -> Head | None:
    """Return keys in lines below a heading, the form in which Notion exports pages."""
    heading, _, rest = text.partition("\n\n")
    head = _read_lines(rest)
    if not head or len(head.data) < _LEAST or _HEADING.match(rest.lstrip("\n")):
        return None
    body = f"{heading.strip()}\n\n{head.body.lstrip()}"
    return Head({"title": title, **head.data}, body, head.what, is_in_text=True)


def _read_pairs(lines: list[str]) -> dict[str, object]:
    """Return the values of lines such as `Title: Emma: A Novel`, which is not valid YAML."""
    found: dict[str, object] = {}
    key = ""
    for line in lines:
        match = _LINE.fullmatch(line)
        if match:
            key = match["key"].strip()
            found[key] = (match["value"] or "").strip() or None
        elif key:
            found[key] = f"{found[key] or ''} {line.strip()}".strip()
    return found


def _as_text(data: dict[str, object]) -> dict[str, object]:
    return {str(key): _value(value, 1) for key, value in data.items()}


def _value(value: object, depth: int) -> object:
    """Return a value with numbers, dates and switches as text, as our own YAML reader does."""
    if depth > _DEEPEST or value is None:
        return None
    if isinstance(value, dict):
        return {str(key): _value(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_value(item, depth + 1) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value)

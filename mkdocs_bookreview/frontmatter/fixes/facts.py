"""Join facts that a page states in keys of other programs, and make their values valid."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mkdocs_bookreview.frontmatter.fixes.shapes import take_single
from mkdocs_bookreview.frontmatter.schema import BookIn, ReviewIn
from mkdocs_bookreview.settings.fixes import accepts, guess_value
from mkdocs_bookreview.settings.schemas import Typed, known_keys

Key = tuple[str, ...]

REVIEW_KEYS = frozenset(known_keys(ReviewIn))
BOOK_KEYS = frozenset(known_keys(BookIn))


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact is a `value` at `key` of our front matter: `("book", "published")` or `("read",)`."""

    key: Key
    value: object


def settle(fact: Fact, context: object) -> Fact | None:
    """Return the fact with a value that is valid for its key; None if no such value is found.

    `context` has the facts about the site that validators need.
    """
    is_book = fact.key[0] == "book"
    schema: type[Typed] = BookIn if is_book else ReviewIn
    if fact.key[-1] not in (BOOK_KEYS if is_book else REVIEW_KEYS):
        return None
    error = accepts(schema, fact.key[-1], fact.value, context)
    if not error:
        return fact
    if isinstance(fact.value, list) and len(fact.value) == 1:
        return settle(replace(fact, value=fact.value[0]), context)
    better = guess_value(error) if isinstance(fact.value, str) else None
    if better is None or accepts(schema, fact.key[-1], better, context):
        return None
    return replace(fact, value=better)


def join(facts: Iterable[Fact]) -> dict[Key, object]:
    """Return one value for each key; several values, such as dates of a reading, are joined."""
    found: dict[Key, list[object]] = {}
    for fact in facts:
        found.setdefault(fact.key, []).append(fact.value)
    return {key: _join(key, values) for key, values in found.items()}


def _join(key: Key, values: list[object]) -> object:
    if len(values) == 1:
        return values[0]
    if key == ("read",):
        return _join_readings(values)
    if key == ("book", "series"):
        return _join_parts("name", values)
    mappings = [value for value in values if isinstance(value, dict)]
    if len(mappings) == len(values):
        return _join_named(mappings)
    if any(isinstance(value, list) for value in values):
        flat = [item for one in values for item in (one if isinstance(one, list) else [one])]
        return [item for number, item in enumerate(flat) if item not in flat[:number]]
    return max(values, key=lambda value: len(str(value)) if key == ("book", "isbn") else 0)


def _join_named(mappings: list[dict[str, object]]) -> dict[str, object]:
    """Return one mapping; a second value with the same name gets a number: `Website 2`."""
    found: dict[str, object] = {}
    for name, item in (pair for one in mappings for pair in one.items()):
        if item not in found.values():
            same = sum(
                re.fullmatch(rf"{re.escape(name)}(?: \d+)?", one) is not None for one in found
            )
            found[f"{name} {same + 1}" if same else name] = item
    return found


def _join_readings(values: list[object]) -> object:
    """Return one reading if the values are parts of it, such as its dates, or else a list."""
    dated = [value for value in values if value != "true"]
    ends = [value for value in dated if isinstance(value, str)]
    others = [value for value in dated if not isinstance(value, str)]
    if len(ends) <= 1 and all(isinstance(one, dict) for one in others):
        parts = [{"finished": end} for end in ends] if others else [*ends]
        merged = _join_parts("finished", [*others, *parts])
        if isinstance(merged, dict):
            return _end_once(merged)
    flat = [item for one in dated for item in (one if isinstance(one, list) else [one])]
    return flat if len(flat) > 1 else (flat or values)[0]


def _end_once(reading: dict[str, object]) -> dict[str, object]:
    """Return the reading with one end: if it has `stopped` and `finished`, only `stopped` stays.

    A `stopped` without a date gets the date of `finished`.
    """
    if "stopped" not in reading or "finished" not in reading:
        return reading
    end = reading["finished"] if reading["stopped"] == "true" else reading["stopped"]
    return {
        key: end if key == "stopped" else one for key, one in reading.items() if key != "finished"
    }


def _join_parts(name: str, values: list[object]) -> object:
    """Return a mapping that merges all values; a bare text becomes the value of `name`."""
    parts = [one if isinstance(one, dict) else {name: take_single(one)} for one in values]
    return {key: item for part in parts for key, item in part.items()}

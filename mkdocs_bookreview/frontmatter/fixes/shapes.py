"""Give values of other programs the shape that our keys take: a list, a date, a mapping.

A shape is a function that converts a value, or returns None if the value cannot be meant.
"""

import re
from collections.abc import Callable

from mkdocs_bookreview.frontmatter.fixes.guesses import guess_date, guess_readings
from mkdocs_bookreview.frontmatter.schema import ContributorIn
from mkdocs_bookreview.settings.switches import NO, YES

Shape = Callable[[object], object | None]

_NEVER = NO | {"", "none", "n/a", "-"}
_LINK = re.compile(r"(?P<sign>!?)\[\[(?:(?P<file>[^\]|]*)\|)?(?P<text>[^\]|]+)\]\]")


def unlink(value: object) -> object:
    """Return text without the brackets of Obsidian's links: `[[Jane Austen]]` is `Jane Austen`.

    `![[emma.jpg]]`, which shows a picture, is `emma.jpg`.
    """
    if isinstance(value, list):
        # A list in a list is a link too, because YAML reads `[[Jane Austen]]` as such a list.
        if len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1:
            return unlink(value[0][0])
        return [unlink(item) for item in value]
    if not isinstance(value, str):
        return value
    return _LINK.sub(_read_link, value).strip()


def _read_link(match: re.Match[str]) -> str:
    """Return the text of a link, or the file of a picture, because the text there is a width."""
    return match["file"] if match["sign"] and match["file"] else match["text"]


def keep(value: object) -> object:
    return value


def take_single(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def read_readings(value: object) -> object | None:
    """Return the readings that a value states; None for `no` and the like."""
    value = take_single(value)
    if isinstance(value, list):
        found = [read_readings(item) for item in value if item is not None]
        return None if None in found else found
    if not isinstance(value, str) or value.strip().lower() in _NEVER:
        return value if isinstance(value, dict) else None
    return "true" if value.strip().lower() in YES else guess_readings(value) or value


def read_reading_at(name: str, value: object) -> object | None:
    """Return a reading with a date at the key `name`; the date is `true` if it is not known."""
    found = read_readings(value)
    return {name: found} if isinstance(found, str) else None


def name_part(name: str, value: object) -> object | None:
    value = take_single(value)
    return {name: value} if isinstance(value, str) and value.strip() else None


def name_people(role: str, value: object) -> object | None:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        return None
    return [{"name": name, "role": role} for name in names]


def name_roles(value: object) -> object:
    """Return people with the key `role`, because some programs call it `type` or `job`."""
    people = value if isinstance(value, list) else [value]
    return [
        {ContributorIn.synonyms.get(key, key): item for key, item in person.items()}
        if isinstance(person, dict)
        else person
        for person in people
    ]


def link_goodreads(value: object) -> object | None:
    return name_part("goodreads", value) if str(value).strip().isdigit() else None


def link_page(name: str, value: object) -> object | None:
    return {name: value} if str(value).startswith(("http://", "https://")) else None


def link_shop(value: object) -> object | None:
    """Return an address of an affiliate link as a link marked as an ad."""
    linked = link_page("Shop", value)
    return {"Shop": {"url": value, "affiliate": "true"}} if linked else None


def name_copy(word: str, value: object) -> object | None:
    """Return the kind of copy that a key names, if its value is true: `arc: true`."""
    return word if str(value).strip().lower() in YES else None


def count_times(value: object) -> object | None:
    text = str(value).strip()
    return {"times": text} if text.isdigit() and int(text) > 0 else None


def split_list(value: object) -> object | None:
    """Return a list; text with commas is several items."""
    if isinstance(value, list):
        return value
    parts = re.split(r"\s*[,;]\s*", value) if isinstance(value, str) else []
    return [part.lstrip("#") for part in parts if part] or None


def keep_paths(value: object) -> object | None:
    """Return the values if all are paths, or else None, because aliases may also be names."""
    paths = value if isinstance(value, list) else [value]
    return paths if paths and all(str(path).startswith("/") for path in paths) else None


def read_date(value: object) -> object:
    return (guess_date(value) or value) if isinstance(value, str) else value


def keep_date(value: object) -> object | None:
    """Return a date; None for `publish: true`, which means something else."""
    return guess_date(value) if isinstance(value, str) else None


def keep_digits(value: object) -> object | None:
    value = take_single(value)
    return value if isinstance(value, str) and value.strip().isdigit() else None


def keep_list(value: object) -> object | None:
    """Return a list; None for text, because `category: reviews` names a part of the site."""
    return value if isinstance(value, list) else None

"""Reads a mapping according to a pydantic schema, and reports every problem in plain words.

A field of a schema may have `examples`; the first appears in the fix of a problem. Validators raise
`PydanticCustomError(kind, "must be …")`, and may pass `{"fix": "…"}` for a fix of their own,
`{"meant": "4.5"}` for the valid value that the author seems to mean, and `{"needs": "hosts"}` if
the value would be valid with that key, which is missing beside it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.fixes import CHOICES, find_fix, find_meant_key, suggest_key
from mkdocs_bookreview.settings.marked_yaml import Marks, Path
from mkdocs_bookreview.settings.schemas import Typed, find_schema

Schema = TypeVar("Schema", bound=BaseModel)

# Returns the fix for an unknown key or an invalid value, or None. Its arguments are the schema, the
# key, the value, and the mapping that has the key.
FindFix = Callable[[type[BaseModel], str, object, Mapping[str, object]], str | None]

_MOST_SHOWN = 60

_MUST = {
    "string_type": "must be text",
    "string_too_short": "must be text",
    "too_short": "must be text",
    "string_too_long": "must be at most {max_length} characters long",
    "too_long": "must be at most {max_length} characters long",
    "string_pattern_mismatch": "must be written as in the example",
    "invalid_key": "must be text",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number",
    "int_from_float": "must be a whole number",
    "finite_number": "must be a number",
    "decimal_parsing": "must be a number",
    "decimal_type": "must be a number",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of names to values",
    "mapping_type": "must be a mapping of names to values",
    "model_type": "must be a mapping of keys to values",
    "model_attributes_type": "must be a mapping of keys to values",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
}

_ABSENT = {"missing", "nothing"}  # validators raise `nothing` if one of several keys is required


def read_typed(
    schema: type[Schema],
    data: Mapping[str, object],
    marks: Marks,
    prefix: str = "",
    context: object = None,
) -> tuple[Schema | None, list[Problem]]:
    """Return the object that the valid keys give, and a problem for each invalid key.

    `prefix` comes before the names of keys in messages: `comments.`. `context` is passed to the
    validators of the schema. The object is None if a required key is missing or invalid.
    """
    found, _, problems = keep_valid(schema, data, marks, prefix, context)
    return found, problems


def keep_valid(
    schema: type[Schema],
    data: Mapping[str, object],
    marks: Marks,
    prefix: str = "",
    context: object = None,
    find_own_fix: FindFix = lambda *_: None,
) -> tuple[Schema | None, Mapping[str, object], list[Problem]]:
    """Return the results of `read_typed`, with the valid part of the data between the two.

    For `{pages: many, title: Emma}` the data is `{title: Emma}`, and `pages` is a problem. If
    `find_own_fix` returns a fix, the problem has that fix.
    """
    problems: dict[str, Problem] = {}
    reported: set[Path] = set()
    # Validate again after each removal, because pydantic checks a mapping as a whole only when all
    # of its keys are valid, and because a removed key may have been required.
    while True:
        try:
            found = schema.model_validate(data, context=context)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        else:
            return found, data, list(problems.values())
        reported.update(_list_reported(schema, data, errors))
        for detail in errors:
            if not _follows(detail, as_written(data, detail["loc"]), reported):
                problem = build_problem(schema, detail, data, marks, prefix, context, find_own_fix)
                problems.setdefault(str(problem), problem)
        kept = _without(schema, data, errors)
        # Nothing could be removed, because the mapping itself lacks a required key.
        if kept == data:
            return None, data, list(problems.values())
        data = kept


def as_written(data: object, path: Path) -> Path:
    """Return the path in the author's data of the value that has this `path` in the schema.

    The paths differ because an author may write a bare value for a list or a mapping, and because
    empty items of lists do not count. For `author: Ann`, `("author", 0, "name")` gives
    `("author",)`. If `authors` begins with an empty item, `("authors", 0)` gives `("authors", 1)`.
    """
    written: list[str | int] = []
    here = data
    for place, part in enumerate(path):
        if isinstance(here, dict):
            if part in here:
                written.append(part)
                here = here[part]
            elif isinstance(part, str):
                return (*written, *path[place:])
        elif isinstance(here, list) and isinstance(part, int):
            filled = [number for number, item in enumerate(here) if item is not None]
            if part >= len(filled):
                return (*written, *path[place:])
            written.append(filled[part])
            here = here[filled[part]]
    return tuple(written)


def build_problem(
    schema: type[BaseModel],
    error: ErrorDetails,
    data: Mapping[str, object],
    marks: Marks,
    prefix: str,
    context: object = None,
    find_own_fix: FindFix = lambda *_: None,
) -> Problem:
    path = as_written(data, error["loc"])
    key = prefix + _dotted(path)
    owner, around = find_schema(schema, error["loc"][:-1]), _find(data, path[:-1])
    beside = around if isinstance(around, dict) else {}
    own_fix = find_own_fix(owner, str(path[-1]), error["input"], beside) if owner and path else None
    if error["type"] == "extra_forbidden":
        fix = own_fix or suggest_key(owner, str(path[-1]), error["input"], beside, context)
        return Problem(marks.place(path), f"Unknown key `{key}`.", fix)
    fix = own_fix or find_fix(schema, error, path)
    if error["type"] == "missing":
        return Problem(marks.place(path[:-1]), f"`{key}` is missing.", fix)
    what = f"`{key}` {_describe(error)}"
    if error["type"] in _MUST or not isinstance(error["input"], Mapping | list):
        what += f", but is {shown(error['input'])}"
    return Problem(marks.place(path), f"{what}.", fix)


def _describe(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] in CHOICES:
        expected = re.sub(r"<[\w.]+: ('[^']*')>", r"\1", context["expected"])
        return f"must be {expected.replace(chr(39), '`')}"
    must = _MUST.get(error["type"])
    return must.format(**context) if must else error["msg"]


def shown(value: object) -> str:
    """Return the value for a message: on one line, and shortened."""
    if value is None:
        return "empty"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"  # as authors write it
    text = " ".join(str(value).split())
    if not text:
        return "empty"
    return f"`{text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + '…'}`"


def _dotted(path: Path) -> str:
    """Return the path as messages show it, with items counted from 1: `authors[1].name`."""
    parts = (
        f"[{part + 1}]" if isinstance(part, int) else f".{' '.join(part.split())}" for part in path
    )
    return "".join(parts).removeprefix(".")


def _list_reported(
    schema: type[BaseModel], data: Mapping[str, object], errors: Iterable[ErrorDetails]
) -> Iterator[Path]:
    """Yield the paths of invalid values and unknown keys, and the paths that those keys mean."""
    for error in errors:
        path = as_written(data, error["loc"])
        if error["type"] not in _ABSENT:
            yield path
        if error["type"] == "extra_forbidden" and (meant := _meant(schema, error["loc"])):
            yield (*path[:-1], meant)


def _follows(error: ErrorDetails, path: Path, reported: Collection[Path]) -> bool:
    """Return whether an error is only the result of another error, which is reported already.

    An invalid or misspelt key is also found to be missing, and a key beside it may need it. Without
    this check both would be reported too.
    """
    missing = [path] if error["type"] in _ABSENT else []
    if needed := error.get("ctx", {}).get("needs"):
        missing.append((*path[:-1], needed))
    return any(one[: len(key)] == key for key in missing for one in reported)


def _meant(schema: type[BaseModel], path: Path) -> str | None:
    owner = find_schema(schema, path[:-1])
    return find_meant_key(owner, str(path[-1])) if owner else None


def _without(
    schema: type[BaseModel], data: Mapping[str, object], errors: Iterable[ErrorDetails]
) -> dict[str, object]:
    kept: dict[str, object] = deepcopy(dict(data))
    for error in errors:
        path = as_written(data, error["loc"])
        # If a required key is missing, its mapping is removed, because it cannot be read.
        _remove(kept, path[:-1] if error["type"] == "missing" else path)
        owner = find_schema(schema, error["loc"][:-1])
        if owner and issubclass(owner, Typed) and owner.unsure:
            _close(kept, path, owner)
    return kept


def _remove(data: object, path: Path) -> None:
    """Remove the value at `path`; in a list it becomes an empty item, so that paths stay valid."""
    owner = _find(data, path[:-1])
    if isinstance(owner, dict) and path:
        # Keys are compared as text, because MkDocs reads the key `5` as a number.
        for key in [one for one in owner if str(one) == path[-1]]:
            del owner[key]
    elif isinstance(owner, list) and path and isinstance(path[-1], int):
        owner[path[-1]] = None


def _close(data: object, path: Path, schema: type[Typed]) -> None:
    """Set a key that hides something to its `unsure` value, because it could not be read."""
    owner = _find(data, path[:-1])
    meant = find_meant_key(schema, str(path[-1]))
    if meant and meant in schema.unsure and isinstance(owner, dict):
        owner[meant] = schema.unsure[meant]


def _find(data: object, path: Path) -> object:
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data

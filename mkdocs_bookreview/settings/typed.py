"""A mapping read by a pydantic schema, with every problem in plain words.

A schema's fields may have `examples`; the first is the cure. Validators raise
`PydanticCustomError(kind, "must be …")`, and with `{"cure": "…"}` a cure of their own.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, ClassVar, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.marked_yaml import Marks, Path

Schema = TypeVar("Schema", bound=BaseModel)

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

_NO = frozenset({"false", "no", "off", "0"})
_NEAR = 0.61  # of 1; not difflib's default of 0.6, because `asin` would then suggest `rating`
_ABSENT = {"missing", "nothing"}  # a validator says `nothing` where one of several keys is needed


class Typed(BaseModel):
    """What all schemas share: unknown keys are problems, and nothing is changed once read.

    `unsure` is what keys that hide something are taken for where they are wrong or misspelt.
    `synonyms` are words that authors write for a key: the word, and the key.
    """

    unsure: ClassVar[Mapping[str, str]] = {}
    synonyms: ClassVar[Mapping[str, str]] = {}

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def as_list(value: object) -> object:
    """One thing where a list may stand is a list of one; empty places are dropped."""
    if value is None:
        return []
    return [item for item in value if item is not None] if isinstance(value, list) else [value]


def read_typed(
    schema: type[Schema],
    data: Mapping[str, object],
    marks: Marks,
    prefix: str = "",
    context: object = None,
) -> tuple[Schema | None, list[Problem]]:
    """Read what can be read: wrong keys are left out, and each is a problem.

    `prefix` is put before key names in messages: `comments.`. `context` is for the schema's
    validators. None if a required key of the mapping itself is missing or wrong.
    """
    found, _, problems = keep_valid(schema, data, marks, prefix, context)
    return found, problems


def keep_valid(
    schema: type[Schema],
    data: Mapping[str, object],
    marks: Marks,
    prefix: str = "",
    context: object = None,
) -> tuple[Schema | None, Mapping[str, object], list[Problem]]:
    """Like `read_typed`; in the middle the data without what was wrong in it."""
    problems: dict[str, Problem] = {}
    told: set[Path] = set()
    while True:
        try:
            found = schema.model_validate(data, context=context)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        else:
            return found, data, list(problems.values())
        told.update(_told(schema, data, errors))
        for detail in errors:
            if not _follows(detail, as_written(data, detail["loc"]), told):
                problem = build_problem(schema, detail, data, marks, prefix)
                problems.setdefault(str(problem), problem)
        kept = _without(schema, data, errors)
        if kept == data:
            return None, data, list(problems.values())
        data = kept


def as_written(data: object, path: Path) -> Path:
    """Where in the author's data that stands which the schema has at `path`.

    There may be one thing instead of a list, a bare name instead of a mapping, a list instead of a
    mapping of lists; and empty places of lists do not count.
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
) -> Problem:
    path = as_written(data, error["loc"])
    key = prefix + _dotted(path)
    if error["type"] == "extra_forbidden":
        cure = _suggest_key(_schema_at(schema, error["loc"][:-1]), str(path[-1]), error["input"])
        return Problem(marks.place(path), f"`{key}` is no key that we know.", cure)
    context = error.get("ctx", {})
    is_bare = path[-1:] != error["loc"][-1:]
    cure = context.get("cure") or _example(schema, path if is_bare else error["loc"])
    if error["type"] == "missing":
        return Problem(marks.place(path[:-1]), f"`{key}` is missing.", cure)
    if error["type"] in {"literal_error", "enum"}:
        expected = re.sub(r"<[\w.]+: ('[^']*')>", r"\1", context["expected"])
        message = f"must be {expected.replace(chr(39), '`')}"
    else:
        must = _MUST.get(error["type"])
        message = must.format(**context) if must else error["msg"]
    what = f"`{key}` {message}"
    if error["type"] in _MUST or not isinstance(error["input"], Mapping | list):
        what += f", but is {shown(error['input'])}"
    return Problem(marks.place(path), f"{what}.", cure)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    if near := find_near(name, names):
        return f"Did you mean `{near}`?"
    return f"Known are {', '.join(f'`{one}`' for one in names)}."


def find_near(name: str, known: Iterable[str]) -> str | None:
    near = difflib.get_close_matches(name.lower(), sorted(known), n=1, cutoff=_NEAR)
    return near[0] if near else None


def _suggest_key(schema: type[BaseModel] | None, name: str, value: object) -> str:
    keys = known_keys(schema) if schema else []
    meant = _find_key(schema, name) if schema else None
    if not meant or find_near(name, keys) == meant:
        return did_you_mean(name, keys)
    return f"Write `{meant}: {'false' if str(value).lower() in _NO else 'true'}`."


def _find_key(schema: type[BaseModel], name: str) -> str | None:
    """Return the key that was meant by another name, misspelt or a synonym."""
    synonyms = schema.synonyms if issubclass(schema, Typed) else {}
    near = find_near(name, [*known_keys(schema), *synonyms])
    return synonyms.get(near, near) if near else None


def known_keys(schema: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in schema.model_fields.items()]


def shown(value: object) -> str:
    """As in a message: on one line, and short."""
    if value is None:
        return "empty"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = " ".join(str(value).split())
    if not text:
        return "empty"
    return f"`{text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + '…'}`"


def _dotted(path: Path) -> str:
    """Items of lists count from 1."""
    parts = (
        f"[{part + 1}]" if isinstance(part, int) else f".{' '.join(part.split())}" for part in path
    )
    return "".join(parts).removeprefix(".")


def _told(
    schema: type[BaseModel], data: Mapping[str, object], errors: Iterable[ErrorDetails]
) -> Iterator[Path]:
    """What is wrong, and what was meant by keys that are misspelt."""
    for error in errors:
        path = as_written(data, error["loc"])
        if error["type"] not in _ABSENT:
            yield path
        if error["type"] == "extra_forbidden" and (meant := _meant(schema, error["loc"])):
            yield (*path[:-1], meant)


def _follows(error: ErrorDetails, path: Path, told: Iterable[Path]) -> bool:
    """It is missing only because it was wrong, which is told already."""
    return error["type"] in _ABSENT and any(one[: len(path)] == path for one in told)


def _meant(schema: type[BaseModel], path: Path) -> str | None:
    owner = _schema_at(schema, path[:-1])
    return _find_key(owner, str(path[-1])) if owner else None


def _example(schema: type[BaseModel], path: Path) -> str:
    """Of the key itself, or of the nearest above it that has one."""
    names = [part for part in path if isinstance(part, str)]
    while names:
        name = names.pop()
        owner = _schema_at(schema, tuple(names))
        field = _field(owner, name)
        if field and field.examples:
            return f"Write for example `{name}: {field.examples[0]}`."
    return "See the manual for what it may be."


def _schema_at(schema: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The schema of the mapping at `path`, through lists, optional fields and names."""
    owner: type[BaseModel] | None = schema
    is_name = False
    for part in path:
        if is_name or isinstance(part, int):
            is_name = False
            continue
        field = _field(owner, part)
        owner = _schema_within(field.annotation) if field else None
        is_name = bool(field and get_origin(field.annotation) is Mapping)
    return owner


def _field(schema: type[BaseModel] | None, key: str) -> FieldInfo | None:
    fields = schema.model_fields if schema else {}
    return next((field for name, field in fields.items() if key == (field.alias or name)), None)


def _schema_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((found for one in arguments if (found := _schema_within(one))), None)


def _without(
    schema: type[BaseModel], data: Mapping[str, object], errors: Iterable[ErrorDetails]
) -> dict[str, object]:
    kept: dict[str, object] = deepcopy(dict(data))
    for error in errors:
        path = as_written(data, error["loc"])
        _remove(kept, path[:-1] if error["type"] == "missing" else path)
        owner = _schema_at(schema, error["loc"][:-1])
        if owner and issubclass(owner, Typed) and owner.unsure:
            _close(kept, path, owner)
    return kept


def _remove(data: object, path: Path) -> None:
    """Take out what stands at `path`; a list keeps an empty place, so that paths stay valid."""
    owner = _find(data, path[:-1])
    if isinstance(owner, dict) and path:
        owner.pop(path[-1], None)
    elif isinstance(owner, list) and path and isinstance(path[-1], int):
        owner[path[-1]] = None


def _close(data: object, path: Path, schema: type[Typed]) -> None:
    """Where a key that hides something cannot be read, the thing is hidden."""
    owner = _find(data, path[:-1])
    meant = _find_key(schema, str(path[-1]))
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

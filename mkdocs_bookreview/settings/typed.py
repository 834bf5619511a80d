"""Reads a mapping by a pydantic schema, and reports every problem in plain words.

A field of a schema may have `examples`; the first appears in the fix of a problem. Validators raise
`PydanticCustomError(kind, "must be …")`, and may pass `{"cure": "…"}` for a fix of their own,
`{"meant": "4.5"}` for the valid value that the author seems to mean, and `{"needs": "hosts"}` if
the value would be valid with that key, which is missing beside it.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.marked_yaml import Marks, Path

Schema = TypeVar("Schema", bound=BaseModel)

# Finds the fix for a key that a schema does not know, or for a value that it refuses; None if it
# knows none. It is given the schema, the key, its value, and the mapping that holds the key.
FindCure = Callable[[type[BaseModel], str, object, Mapping[str, object]], str | None]

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
_YES = frozenset({"true", "yes", "on", "1"})
# Words that people write for true and false, beside those that pydantic reads.
_SAY_YES = frozenset({"ja", "oui", "si", "sí", "x", "checked", "✓", "✔", "✅", "☑"})
_SAY_NO = frozenset({"nein", "non", "none", "unchecked", "✗", "✘", "❌", "☐"})
_NEAR = 0.61  # of 1; not difflib's default of 0.6, because `asin` would then suggest `rating`
_SURELY = 0.75  # of 1; so near is `pagess` to `pages`, but not `tags` (0.67)
_MOST_DIGITS = 9  # of a number that is understood in text
_NUMBER = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[.,’' ]\d{3})+(?![\d.,])|(?<![\d.,])\d+(?:\.0+)?(?![\d.,])"
)
_CHOICES = frozenset({"literal_error", "enum"})
_ABSENT = {"missing", "nothing"}  # validators raise `nothing` if one of several keys is required


class Typed(BaseModel):
    """All schemas derive from this one: unknown keys are problems, and objects are frozen.

    `unsure` maps keys that hide something to the value they get if they are invalid or misspelt:
    `{"spoiler": "true"}`. `synonyms` maps words that authors write to the key they mean. `answers`
    maps keys that other programs have, and that have no counterpart here, to the fix.
    """

    unsure: ClassVar[Mapping[str, str]] = {}
    synonyms: ClassVar[Mapping[str, str]] = {}
    answers: ClassVar[Mapping[str, str]] = {}

    # Built when it is used, because to build all schemas takes 0.1 s of each start.
    model_config = ConfigDict(
        defer_build=True, extra="forbid", frozen=True, str_strip_whitespace=True
    )


def as_list(value: object) -> object:
    """Return a list without its empty items; a single value becomes a list of one."""
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
    """Read what can be read: invalid keys are left out, and each is a problem.

    `prefix` goes before the names of keys in messages: `comments.`. `context` is passed to the
    validators of the schema. The first result is None if a required key is missing or invalid.
    """
    found, _, problems = keep_valid(schema, data, marks, prefix, context)
    return found, problems


def keep_valid(
    schema: type[Schema],
    data: Mapping[str, object],
    marks: Marks,
    prefix: str = "",
    context: object = None,
    find_cure: FindCure = lambda *_: None,
) -> tuple[Schema | None, Mapping[str, object], list[Problem]]:
    """Do the same as `read_typed`, and also return the data without what was invalid in it.

    For `{pages: many, title: Emma}` the data is `{title: Emma}`, and `pages` is a problem.
    `find_cure` is asked first for a fix.
    """
    problems: dict[str, Problem] = {}
    told: set[Path] = set()
    # Validate again after each removal, because pydantic checks a mapping as a whole only when all
    # of its keys are valid, and because a removed key may have been required.
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
                problem = build_problem(schema, detail, data, marks, prefix, context, find_cure)
                problems.setdefault(str(problem), problem)
        kept = _without(schema, data, errors)
        # Nothing could be removed, because the mapping itself lacks a required key.
        if kept == data:
            return None, data, list(problems.values())
        data = kept


def as_written(data: object, path: Path) -> Path:
    """Return where the author wrote what the schema has at `path`.

    They differ because an author may write a bare value for a list or a mapping, and because empty
    items of lists do not count. For `author: Ann` the path `("author", 0, "name")` is
    `("author",)`. If `authors` begins with an empty item, `("authors", 0)` is `("authors", 1)`.
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
    find_cure: FindCure = lambda *_: None,
) -> Problem:
    path = as_written(data, error["loc"])
    key = prefix + _dotted(path)
    owner, around = _schema_at(schema, error["loc"][:-1]), _find(data, path[:-1])
    beside = around if isinstance(around, dict) else {}
    own_cure = find_cure(owner, str(path[-1]), error["input"], beside) if owner and path else None
    if error["type"] == "extra_forbidden":
        cure = own_cure or _suggest_key(owner, str(path[-1]), error["input"], beside, context)
        return Problem(marks.place(path), f"Unknown key `{key}`.", cure)
    cure = own_cure or _find_cure(schema, error, path)
    if error["type"] == "missing":
        return Problem(marks.place(path[:-1]), f"`{key}` is missing.", cure)
    what = f"`{key}` {_describe(error)}"
    if error["type"] in _MUST or not isinstance(error["input"], Mapping | list):
        what += f", but is {shown(error['input'])}"
    return Problem(marks.place(path), f"{what}.", cure)


def _describe(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] in _CHOICES:
        expected = re.sub(r"<[\w.]+: ('[^']*')>", r"\1", context["expected"])
        return f"must be {expected.replace(chr(39), '`')}"
    must = _MUST.get(error["type"])
    return must.format(**context) if must else error["msg"]


def _find_cure(schema: type[BaseModel], error: ErrorDetails, path: Path) -> str:
    """Return the fix for an invalid value: the one that the author seems to mean, or an example."""
    if cure := error.get("ctx", {}).get("cure"):
        return str(cure)
    name = path[-1] if path else ""
    if (meant := guess_value(error)) is not None:
        return f"Write `{name}: {meant}`." if isinstance(name, str) else f"Write `{meant}`."
    # An example of one of a few values would be valid and mean something else.
    if error["type"] in _CHOICES:
        return "Write one of these, or leave the key out."
    # For a bare value in place of a mapping the fix shows the example of its own key, because the
    # keys of the mapping do not appear in the file.
    is_bare = path[-1:] != error["loc"][-1:]
    return _example(schema, path if is_bare else error["loc"])


def guess_value(error: ErrorDetails) -> str | None:
    """Return the valid value that an invalid one seems to mean; None if that is not known.

    `282 pages` means `282`, `ture` means `true`, and `Centrall` means `central`.
    """
    context, kind = error.get("ctx", {}), error["type"]
    if "meant" in context or not isinstance(error["input"], str):
        return context.get("meant")
    text = error["input"].strip().lower()
    if kind.startswith("int_"):
        found = [re.sub(r"\.0+$|\D", "", one) for one in _NUMBER.findall(text)]
        is_likely = len(found) == 1 and len(found[0]) <= _MOST_DIGITS and int(found[0]) > 0
        return found[0] if is_likely else None
    if kind.startswith("bool_"):
        return _guess_switch(text)
    if kind in _CHOICES:
        plain = re.sub(r"[\s_]+", "-", text)
        return find_near(plain, re.findall(r"'([^']*)'", context["expected"]), _SURELY)
    return None


def _guess_switch(text: str) -> str | None:
    if text in _SAY_YES | _SAY_NO:
        return "true" if text in _SAY_YES else "false"
    near = find_near(text, {"true", "false", "yes"}, _SURELY)
    return "true" if near == "yes" else near


def accepts(
    schema: type[BaseModel], key: str, value: object, context: object = None
) -> ErrorDetails | None:
    """Return the first error of a value of this key; None if the value is valid.

    A value whose own keys are unknown counts as valid, because they are reported at their place.
    """
    try:
        schema.model_validate({key: value}, context=context)
    except ValidationError as error:
        found = error.errors(include_url=False)
        own = [one for one in found if one["loc"][:1] == (key,)]
        is_deeper = any(one["type"] == "extra_forbidden" and len(one["loc"]) > 1 for one in own)
        return None if is_deeper else next(iter(own), None)
    return None


def did_you_mean(name: str, known: Iterable[str], kind: str = "keys") -> str:
    names = sorted(known)
    if near := find_near(name, names):
        return f"Did you mean `{near}`?"
    return f"Valid {kind}: {', '.join(f'`{one}`' for one in names)}."


def find_near(name: str, known: Iterable[str], least: float = _NEAR) -> str | None:
    return _find_near(name.lower(), tuple(sorted(known)), least)


# Kept, because a collection has the same wrong key in each of its pages: 13,000 problems were
# measured to take twice as long without.
@lru_cache(maxsize=4096)
def _find_near(name: str, known: tuple[str, ...], least: float) -> str | None:
    near = difflib.get_close_matches(name, known, n=1, cutoff=least)
    return near[0] if near else None


def _suggest_key(
    schema: type[BaseModel] | None,
    name: str,
    value: object,
    beside: Mapping[str, object],
    context: object,
) -> str:
    """Return the fix for an unknown key; for a synonym it says what to write with its value."""
    if schema and issubclass(schema, Typed) and name in schema.answers:
        return schema.answers[name]
    meant = _find_key(schema, name) if schema else None
    if schema and meant:
        return suggest_rename(schema, name, meant, value, beside, context) or _list_keys(schema)
    return _list_keys(schema)


def suggest_rename(
    schema: type[BaseModel],
    name: str,
    meant: str,
    value: object,
    beside: Mapping[str, object],
    context: object = None,
) -> str | None:
    """Return the fix that names the key that was meant; None if that cannot take the value.

    `beside` are the keys of the mapping that has `name`.
    """
    if meant in beside:
        return f"`{meant}` is here too. Keep one of them."
    unsure = schema.unsure if issubclass(schema, Typed) else {}
    if meant in unsure:
        is_near = find_near(name, known_keys(schema)) == meant
        is_valid = str(value).lower() in _YES | _NO
        return (
            f"Did you mean `{meant}`?"
            if is_near and is_valid
            else f"Write `{meant}: {'false' if str(value).lower() in _NO else 'true'}`."
        )
    error = accepts(schema, meant, value, context)
    if not error:
        return f"Did you mean `{meant}`?"
    if (better := guess_value(error)) is not None and len(error["loc"]) == 1:
        return f"Write `{meant}: {better}`."
    if find_near(name, [meant], _SURELY):
        example = _example(schema, (meant,))
        return f"If it means `{meant}`, {example[0].lower()}{example[1:]}"
    return None


def _list_keys(schema: type[BaseModel] | None) -> str:
    names = sorted(known_keys(schema)) if schema else []
    return f"Valid keys: {', '.join(f'`{one}`' for one in names)}."


def _find_key(schema: type[BaseModel], name: str) -> str | None:
    """Return the key that was meant by another name, misspelt or a synonym."""
    synonyms = schema.synonyms if issubclass(schema, Typed) else {}
    known = known_keys(schema)
    exact = synonyms.get(name.lower())
    near = exact or find_near(name, [*known, *synonyms])
    return synonyms.get(near, near) if near and near not in known else near


def known_keys(schema: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in schema.model_fields.items()]


def shown(value: object) -> str:
    """Return how a message shows the value: on one line, and short."""
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
    """Return the path as messages show it, with items counted from 1: `authors[1].name`."""
    parts = (
        f"[{part + 1}]" if isinstance(part, int) else f".{' '.join(part.split())}" for part in path
    )
    return "".join(parts).removeprefix(".")


def _told(
    schema: type[BaseModel], data: Mapping[str, object], errors: Iterable[ErrorDetails]
) -> Iterator[Path]:
    """Yield the paths that have a problem now, and those that misspelt keys were meant for."""
    for error in errors:
        path = as_written(data, error["loc"])
        if error["type"] not in _ABSENT:
            yield path
        if error["type"] == "extra_forbidden" and (meant := _meant(schema, error["loc"])):
            yield (*path[:-1], meant)


def _follows(error: ErrorDetails, path: Path, told: Collection[Path]) -> bool:
    """Return whether a key is missing only because it was invalid, which is reported already.

    The key is the one at `path`, or the one beside it that the error says it needs.
    """
    missing = [path] if error["type"] in _ABSENT else []
    if needed := error.get("ctx", {}).get("needs"):
        missing.append((*path[:-1], needed))
    return any(one[: len(key)] == key for key in missing for one in told)


def _meant(schema: type[BaseModel], path: Path) -> str | None:
    owner = _schema_at(schema, path[:-1])
    return _find_key(owner, str(path[-1])) if owner else None


def _example(schema: type[BaseModel], path: Path) -> str:
    """Return the fix that shows the example of the key, or of the nearest key above with one."""
    names = [part for part in path if isinstance(part, str)]
    while names:
        name = names.pop()
        owner = _schema_at(schema, tuple(names))
        field = _field(owner, name)
        if field and field.examples:
            return f"Write for example `{name}: {field.examples[0]}`."
    return "The manual says which values are valid."


def _schema_at(schema: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the schema of the mapping at `path`, through lists and optional fields.

    In a field that maps names to schemas, the part after it is a name: `("taxonomies", "genres")`
    leads to the schema of a taxonomy.
    """
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
        # If a required key is missing, the mapping that lacks it goes, because it cannot be read.
        _remove(kept, path[:-1] if error["type"] == "missing" else path)
        owner = _schema_at(schema, error["loc"][:-1])
        if owner and issubclass(owner, Typed) and owner.unsure:
            _close(kept, path, owner)
    return kept


def _remove(data: object, path: Path) -> None:
    """Remove what is at `path`; a list keeps an empty item there, so that paths stay valid."""
    owner = _find(data, path[:-1])
    if isinstance(owner, dict) and path:
        owner.pop(path[-1], None)
    elif isinstance(owner, list) and path and isinstance(path[-1], int):
        owner[path[-1]] = None


def _close(data: object, path: Path, schema: type[Typed]) -> None:
    """Set a key that hides something to its `unsure` value, because it could not be read."""
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

"""Defines the base of all schemas, and finds the part of a schema that a path leads to."""

from collections.abc import Mapping
from typing import Any, ClassVar, get_origin

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from mkdocs_bookreview.settings.marked_yaml import Path


class Typed(BaseModel):
    """The base of all schemas, which refuse unknown keys and whose objects are frozen.

    `unsure` maps keys that hide something to the value they get if they are invalid or misspelt:
    `{"spoiler": "true"}`. `synonyms` maps words that authors write to the keys that they mean.
    `answers` maps keys of other programs for which we have no key to the fix in the message.
    """

    unsure: ClassVar[Mapping[str, str]] = {}
    synonyms: ClassVar[Mapping[str, str]] = {}
    answers: ClassVar[Mapping[str, str]] = {}

    # A schema is built when it is first used, because building all schemas would make each start
    # 0.1 s slower. Numbers are accepted as text, because MkDocs reads `reviewer: 2024` as a number
    # and our commands read it as text.
    model_config = ConfigDict(
        coerce_numbers_to_str=True,
        defer_build=True,
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
    )


def as_list(value: object) -> object:
    """Return a list without its empty items; a single value becomes a list of one."""
    if value is None:
        return []
    return [item for item in value if item is not None] if isinstance(value, list) else [value]


def refuse_switch(value: object) -> object:
    """Return the value; raise an error for `true` and `false`, which readers would see as words."""
    if isinstance(value, str | bool) and (word := str(value).strip().lower()) in {"true", "false"}:
        fix = {"fix": "Leave the key out."} if word == "false" else {}
        raise PydanticCustomError("switch", "must be text for readers", fix)
    return value


def split_list(value: object) -> object:
    """Return a list as `as_list` does, but refuse one text with commas: `characters, prose`."""
    if isinstance(value, str) and "," in value:
        meant = ", ".join(filter(None, map(str.strip, value.split(","))))
        raise PydanticCustomError("joined", "must be a list", {"meant": f"[{meant}]"})
    return as_list(value)


def known_keys(schema: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in schema.model_fields.items()]


def find_schema(schema: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the schema of the mapping at `path`, through lists and optional fields.

    If a field maps names to schemas, the next part of the path is a name, and is skipped:
    `("taxonomies", "genres")` leads to the schema of a taxonomy.
    """
    owner: type[BaseModel] | None = schema
    is_name = False
    for part in path:
        if is_name or isinstance(part, int):
            is_name = False
            continue
        field = find_field(owner, part)
        owner = _schema_within(field.annotation) if field else None
        is_name = bool(field and get_origin(field.annotation) is Mapping)
    return owner


def find_field(schema: type[BaseModel] | None, key: str) -> FieldInfo | None:
    fields = schema.model_fields if schema else {}
    return next((field for name, field in fields.items() if key == (field.alias or name)), None)


def _schema_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    arguments = getattr(annotation, "__args__", ())
    return next((found for one in arguments if (found := _schema_within(one))), None)

"""Finds fixes for unknown keys and for invalid values of a schema.

A fix must be valid when it is followed literally, so a value is tried before it is suggested.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mkdocs_bookreview.settings.marked_yaml import Path
from mkdocs_bookreview.settings.schemas import Typed, find_field, find_schema, known_keys
from mkdocs_bookreview.settings.switches import NO, YES

# pydantic reads `0` and `1` as false and true, like the words in `NO` and `YES`.
_NO = NO | {"0"}
_YES = YES | {"1"}
# People write these words for true and false too, but pydantic does not read them.
_SAY_YES = frozenset({"ja", "oui", "si", "sí", "x", "checked", "✓", "✔", "✅", "☑"})
_SAY_NO = frozenset({"nein", "non", "none", "unchecked", "✗", "✘", "❌", "☐"})
_NEAR = 0.61  # similarity; not difflib's default of 0.6, because `asin` would then give `rating`
_SURELY = 0.75  # similarity; `pagess` is that near to `pages`, but `tags` is not (0.67)
_MOST_DIGITS = 9  # of a number that is found in a text
_NUMBER = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[.,’' ]\d{3})+(?![\d.,])|(?<![\d.,])\d+(?:\.0+)?(?![\d.,])"
)
CHOICES = frozenset({"literal_error", "enum"})  # errors of pydantic for one of a few values


def find_fix(schema: type[BaseModel], error: ErrorDetails, path: Path) -> str:
    """Return the fix for an invalid value: the one that the author seems to mean, or an example."""
    if fix := error.get("ctx", {}).get("fix"):
        return str(fix)
    name = path[-1] if path else ""
    if (meant := guess_value(error)) is not None:
        return f"Write `{name}: {meant}`." if isinstance(name, str) else f"Write `{meant}`."
    # No example is shown for a choice, because it would be valid and mean something else.
    if error["type"] in CHOICES:
        return "Write one of these, or leave the key out."
    # If the author wrote a bare value instead of a mapping, the example is that of the value's own
    # key, because the keys of the mapping do not appear in the file.
    is_bare = path[-1:] != error["loc"][-1:]
    return _show_example(schema, path if is_bare else error["loc"])


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
    if kind in CHOICES:
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
    """Return the first error that this key would have with the value; None if it is valid.

    A mapping with unknown keys counts as valid, because each unknown key is reported by itself.
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


# Results are cached, because a collection often has the same wrong key on each page: 13,000
# problems were measured to take twice as long without the cache.
@lru_cache(maxsize=4096)
def _find_near(name: str, known: tuple[str, ...], least: float) -> str | None:
    # Names are compared in lower case, because `sga` and `Saga` would share only two letters. If
    # known names differ only in case, the first is found.
    plain = {one.lower(): one for one in reversed(known)}
    near = difflib.get_close_matches(name, plain, n=1, cutoff=least)
    return plain[near[0]] if near else None


def suggest_key(
    schema: type[BaseModel] | None,
    name: str,
    value: object,
    beside: Mapping[str, object],
    context: object,
) -> str:
    """Return the fix for an unknown key: the key that it seems to mean, or all valid keys."""
    if schema and issubclass(schema, Typed) and name in schema.answers:
        return schema.answers[name]
    meant = find_meant_key(schema, name) if schema else None
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
    """Return the fix to write the key `meant` instead; None if that key cannot have the value.

    `beside` is the mapping that has the key `name`.
    """
    if meant in beside:
        return f"`{meant}` is here too. Keep only `{meant}`."
    if issubclass(schema, Typed) and meant in schema.unsure:
        return _suggest_switch(schema, name, meant, value)
    error = accepts(schema, meant, value, context)
    if not error:
        return f"Did you mean `{meant}`?"
    if (better := guess_value(error)) is not None and len(error["loc"]) == 1:
        return f"Write `{meant}: {better}`."
    if find_near(name, [meant], _SURELY):
        example = _show_example(schema, (meant,))
        return f"If you mean `{meant}`, {example[0].lower()}{example[1:]}"
    return None


def _suggest_switch(schema: type[Typed], name: str, meant: str, value: object) -> str:
    """Return the fix for a misspelt key such as `spoiler`: true, unless the value means no."""
    text = str(value).lower()
    if find_near(name, known_keys(schema)) == meant and text in _YES | _NO:
        return f"Did you mean `{meant}`?"
    return f"Write `{meant}: {'false' if text in _NO else 'true'}`."


def _list_keys(schema: type[BaseModel] | None) -> str:
    names = sorted(known_keys(schema)) if schema else []
    return f"Valid keys: {', '.join(f'`{one}`' for one in names)}."


def find_meant_key(schema: type[BaseModel], name: str) -> str | None:
    """Return the key that a misspelt name or a synonym means; None if no key is near."""
    synonyms = schema.synonyms if issubclass(schema, Typed) else {}
    known = known_keys(schema)
    exact = synonyms.get(name.lower())
    near = exact or find_near(name, [*known, *synonyms])
    return synonyms.get(near, near) if near and near not in known else near


def _show_example(schema: type[BaseModel], path: Path) -> str:
    """Return a fix with the example of the key, or of the nearest key above it that has one."""
    names = [part for part in path if isinstance(part, str)]
    while names:
        name = names.pop()
        owner = find_schema(schema, tuple(names))
        field = find_field(owner, name)
        if field and field.examples:
            return f"Write for example `{name}: {field.examples[0]}`."
    return "The manual says which values are valid."

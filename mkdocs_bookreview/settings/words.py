"""Reads the option `words:`, with which authors replace texts of the interface."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from babel import Locale, UnknownLocaleError

from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.settings.fixes import did_you_mean, find_near
from mkdocs_bookreview.settings.marked_yaml import Marks
from mkdocs_bookreview.settings.typed import shown

# A text, or a mapping from CLDR plural categories to texts.
Text = str | Mapping[str, str]
# Every text of the interface, by key and language.
Table = Mapping[str, Mapping[str, Text]]
# The author's texts by language and key. The language is `EVERY` for texts of all languages, or the
# name of one of Babel's locales, such as `de` and `pt_BR`.
OwnTexts = Mapping[str, Mapping[str, Text]]
# A fault has the keys that lead to a text, the mistake in the text, and the fix.
_Fault = tuple[tuple[str, ...], str, str]

EVERY = ""
_ENGLISH = "en"
_OTHER = "other"
_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", _OTHER})
_LONGEST = 500  # characters, because a label has fewer
_SURELY = 0.8  # similarity; `theme` means `themes`, though `stats_theme` has the text `Theme`
_NAME = re.compile(r"\{(\w+)\}")


def read_words(
    given: Mapping[str, object], marks: Marks, table: Table
) -> tuple[OwnTexts, list[Problem]]:
    """Return the valid texts of the author, and the problems of invalid texts.

    `marks` finds the lines of the option, and `table` has the texts that can be replaced.
    `{themes: Motifs, de: {themes: Motive}}` gives `{"": {"themes": "Motifs"}, "de": {"themes":
    "Motive"}}`.
    """
    own: dict[str, dict[str, Text]] = defaultdict(dict)
    problems: list[Problem] = []
    for path, value in _list_texts(given, table):
        language = EVERY if len(path) == 1 else _find_locale(path[0]) or EVERY
        faults = list(_check(path, value, table))
        problems += (Problem(marks.place(where), what, fix) for where, what, fix in faults)
        if not faults:
            own[language][path[-1]] = _clean(value)
    return dict(own), problems


def _list_texts(
    given: Mapping[str, object], table: Table
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield each text with the keys that lead to it: `("themes",)` or `("de", "themes")`."""
    for name, value in given.items():
        # A key of the table is never a language, because codes may be words too: `as`, `to`.
        if isinstance(value, Mapping) and name not in table and _find_locale(name):
            yield from (((name, str(key)), text) for key, text in value.items())
        else:
            yield (name,), value


def _find_locale(code: str) -> str | None:
    """Return the name of Babel's locale for a code such as `pt-BR`; None if there is none."""
    try:
        return str(Locale.parse(code.replace("_", "-"), sep="-"))
    except (UnknownLocaleError, ValueError):
        return None


def _check(path: tuple[str, ...], value: object, table: Table) -> Iterator[_Fault]:
    key = path[-1]
    if key not in table:
        yield _report_unknown(path, value, table)
        return
    original = table[key][_ENGLISH]
    names = set(_NAME.findall(" ".join(_list_forms(original))))
    if not isinstance(value, Mapping):
        yield from _check_text(path, value, original, names)
    elif isinstance(original, str):
        yield path, f"`{_dot(path)}` must be text, but is a mapping.", _show(key, original)
    else:
        yield from _check_plural(path, value, original, names)


def _check_plural(
    path: tuple[str, ...], texts: Mapping[object, object], original: Text, names: set[str]
) -> Iterator[_Fault]:
    """Yield the mistakes in the plural forms of a text."""
    for category, text in texts.items():
        where = (*path, str(category))
        if category in _CATEGORIES:
            yield from _check_text(where, text, original, names)
        else:
            fix = did_you_mean(str(category), _CATEGORIES)
            yield where, f"Unknown key `{_dot(where)}`.", fix
    if _OTHER not in texts:
        yield path, f"`{_dot(path)}.{_OTHER}` is missing.", _show(path[-1], original)


def _check_text(
    path: tuple[str, ...], text: object, original: Text, names: set[str]
) -> Iterator[_Fault]:
    """Yield the mistakes in a text, which may have each of the `names` once, in braces."""
    must = f"`{_dot(path)}` must"
    example = _show(path[-1], original)
    # A number becomes text, because MkDocs reads `themes: 5` as a number and our commands read
    # text.
    if isinstance(text, int | float):
        text = str(text).lower()  # `true`, as authors write it
    if not isinstance(text, str) or text.strip().lower() in {"", "true", "false"}:
        yield path, f"{must} be text, but is {shown(text)}.", example
        return
    if len(text) > _LONGEST:
        fix = "Shorten the text, or write it on a page of your own."
        yield path, f"{must} be at most {_LONGEST} characters long, but has {len(text)}.", fix
    found = _NAME.findall(text)
    for name in sorted({*found} - names):
        fix = did_you_mean(name, names, "names") if names else "Leave it out."
        yield path, f"{must} not have the name `{{{name}}}`, because nothing replaces it.", fix
    if re.search(r"[{}]", _NAME.sub("", text)):
        yield path, f"{must} have braces only around a name, but is {shown(text)}.", example
    if len(found) > len({*found}):
        yield path, f"{must} have each name once, but is {shown(text)}.", example


def _report_unknown(path: tuple[str, ...], value: object, table: Table) -> _Fault:
    key = path[-1]
    if len(path) == 1 and _find_locale(key) and not find_near(key, table):
        what = f"`{_dot(path)}` must be a mapping of keys to texts, but is {shown(value)}."
        return path, what, f'Write for example `{key}: {{themes: "Themes"}}`.'
    return path, f"Unknown key `{_dot(path)}`.", _suggest(key, table)


def _suggest(key: str, table: Table) -> str:
    """Return the fix for an unknown key, which may be misspelt, or an English text of the table."""
    texts = {name: [*map(str.casefold, _list_forms(table[name][_ENGLISH]))] for name in table}
    same = [name for name, forms in sorted(texts.items()) if key.casefold() in forms]
    surely = find_near(key, table, _SURELY)
    if meant := [surely] if surely else same or [*filter(None, [find_near(key, table)])]:
        return f"Did you mean {' or '.join(f'`{name}`' for name in meant)}?"
    return "The page “Words” of the manual lists all keys."


def _show(key: str, original: Text) -> str:
    """Return the fix with the English text, in quotes because `{` would begin a mapping."""
    if key in _CATEGORIES:
        text = original if isinstance(original, str) else original.get(key, original[_OTHER])
        return f"Write for example `{key}: {_quote(text)}`."
    if isinstance(original, str):
        return f"Write for example `{key}: {_quote(original)}`."
    forms = ", ".join(f"{category}: {_quote(text)}" for category, text in original.items())
    return f"Write for example `{key}: {{{forms}}}`."


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list_forms(text: Text) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def _dot(path: tuple[str, ...]) -> str:
    return ".".join(("words", *(" ".join(part.split()) for part in path)))


def _clean(value: object) -> Text:
    """Return valid texts on one line each, because YAML may fold them over several."""
    if isinstance(value, Mapping):
        return {str(category): _join_lines(str(text)) for category, text in value.items()}
    return _join_lines(str(value))


def _join_lines(text: str) -> str:
    return " ".join(text.replace("\0", "").split())

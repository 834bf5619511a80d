"""`themes.yml` and its like: what terms are called, what they belong to, what is said of them.

A mapping of ids to entries; a bare text is a name. An id stands in addresses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from mkdocs_bookreview.frontmatter.schema import empty_is_absent
from mkdocs_bookreview.frontmatter.values import Text, Texts, named
from mkdocs_bookreview.model.names import fold, slug
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.vocabulary import Entry, Hierarchy, Vocabulary
from mkdocs_bookreview.settings.marked_yaml import Marks, no_mapping, read_marked_yaml
from mkdocs_bookreview.settings.typed import Typed, find_near, keep_valid, shown

_EXAMPLE = "memory: {name: Memory}"


class EntryIn(Typed):
    unsure: ClassVar[Mapping[str, str]] = {"spoiler": "true"}

    name: Text | None = Field(None, examples=["Memory"])
    aliases: Texts = Field((), examples=["[Remembering]"])
    description: str | None = Field(None, examples=['"What we keep."'])
    parents: Texts = Field((), examples=["[mind]"])
    related: Texts = Field((), examples=["[identity]"])
    sort: Text | None = Field(None, examples=['"Ishiguro, Kazuo"'])
    spoiler: bool = Field(False, examples=["true"])


def read_vocabulary(text: str, file: str) -> tuple[Vocabulary, list[Problem]]:
    """What is wrong is left out, and each is a problem."""
    document = read_marked_yaml(text, file)
    problems = [*document.problems, *no_mapping(document, _EXAMPLE)]
    entries: dict[str, Entry] = {}
    keys: dict[str, str] = {}
    for key, value in document.mapping.items():
        entry, found = _read_entry(key, value, document.marks)
        problems += found
        if entry.id in entries:
            what = f"`{key}` and `{keys[entry.id]}` have one address, `{entry.id}`."
            problems.append(Problem(document.marks.place((key,)), what, "Rename one of them."))
        else:
            entries[entry.id] = entry
            keys[entry.id] = key
    problems += _check_spellings(entries, keys, document.marks)
    vocabulary = Vocabulary.of(entries.values())
    settled, found = _settle(vocabulary, keys, document.marks)
    return settled, [*problems, *found]


def _read_entry(key: str, value: object, marks: Marks) -> tuple[Entry, list[Problem]]:
    data = named(value) if value is not None else {}
    if not isinstance(data, dict):
        cure = f"Write for example `{_EXAMPLE}`."
        problem = Problem(marks.place((key,)), f"`{key}` must be a mapping or a name.", cure)
        return Entry(slug(key), _name(key)), [problem]
    found, _, problems = keep_valid(EntryIn, empty_is_absent(data), marks.below((key,)), f"{key}.")
    # What cannot be read may be what hides it.
    values = dict(found or EntryIn(spoiler=True))
    return Entry(id=slug(key), **values | {"name": values["name"] or _name(key)}), problems


def _name(key: str) -> str:
    """`found-family` is Found family; a key that is no address is a name itself."""
    return key.replace("-", " ").capitalize() if key == slug(key) else key


def _check_spellings(
    entries: Mapping[str, Entry], keys: Mapping[str, str], marks: Marks
) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries.values():
        for number, spelling in enumerate(entry.spellings):
            other = first.setdefault(fold(spelling), entry)
            if other is not entry:
                path = ("name",) if number < 2 else ("aliases", number - 2)  # noqa: PLR2004
                what = f"`{spelling}` is a name of `{keys[other.id]}`, too, which has it first."
                place = marks.place((keys[entry.id], *path))
                yield Problem(place, what, "Leave it in one of them.")


def _settle(
    vocabulary: Vocabulary, keys: Mapping[str, str], marks: Marks
) -> tuple[Vocabulary, list[Problem]]:
    """`parents` and `related` as ids."""
    problems: list[Problem] = []
    hierarchy = Hierarchy()
    settled: list[Entry] = []
    for entry in vocabulary.entries.values():
        known: dict[str, list[str]] = {"parents": [], "related": []}
        for key, found in known.items():
            for number, name in enumerate(getattr(entry, key)):
                place = marks.place((keys[entry.id], key, number))
                other = vocabulary.find(name)
                if other is None:
                    what = (
                        f"`{keys[entry.id]}.{key}` names {shown(name)}, which is not listed here."
                    )
                    cure = suggest(name, vocabulary) or "Add it to this file."
                    problems.append(Problem(place, what, cure))
                elif key == "parents" and not hierarchy.add(entry.id, other.id):
                    what = f"`{keys[entry.id]}` belongs to itself, by way of {shown(name)}."
                    problems.append(Problem(place, what, "Take one of the parents out."))
                else:
                    found.append(other.id)
        unique = {key: tuple(dict.fromkeys(found)) for key, found in known.items()}
        settled.append(replace(entry, **unique))  # type: ignore[arg-type]
    return Vocabulary.of(settled), problems


def suggest(name: str, vocabulary: Vocabulary) -> str | None:
    """The cure for a name that is almost one that is listed."""
    near = {fold(one): one for one in vocabulary.names}
    found = find_near(fold(name), near)
    return f"Did you mean `{near[found]}`?" if found else None

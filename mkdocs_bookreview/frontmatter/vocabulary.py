"""Read files such as `themes.yml`, which list terms with descriptions and parents.

Such a file is a mapping of ids to entries; an entry that is a bare text is a name. Ids appear in
the addresses of pages.
"""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import Field

from mkdocs_bookreview.frontmatter.schema import MayBeSpoiler
from mkdocs_bookreview.frontmatter.values import Text, Texts, named
from mkdocs_bookreview.model.names import fold, fold_softly, number_slug, slug
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.vocabulary import Hierarchy, Vocabulary, VocabularyEntry
from mkdocs_bookreview.settings.fixes import find_near
from mkdocs_bookreview.settings.marked_yaml import Path, no_mapping, read_marked_yaml
from mkdocs_bookreview.settings.schemas import Typed, known_keys
from mkdocs_bookreview.settings.typed import keep_valid, shown

_EXAMPLE = "memory: {name: Memory}"


class EntryIn(Typed):
    """Reads an entry. The fields are those of `VocabularyEntry`; None or empty if not given.

    `parents` and `related` may be names, aliases or ids of entries.
    """

    name: Text | None = Field(None, examples=["Memory"])
    aliases: Texts = Field((), examples=["[Remembering]"])
    description: str | None = Field(None, examples=['"What we keep."'])
    parents: Texts = Field((), examples=["[mind]"])
    related: Texts = Field((), examples=["[identity]"])
    sort: Text | None = Field(None, examples=['"Ishiguro, Kazuo"'])


class ThemeIn(EntryIn, MayBeSpoiler):
    """Reads an entry of `themes.yml`; `spoiler: true` hides the theme in every review."""


_KEYS = frozenset(known_keys(ThemeIn))
# An author may leave these empty for later. An empty `spoiler` is wrong, because it may mean that
# the theme is to be hidden.
_LATER = _KEYS - ThemeIn.unsure.keys()


def read_vocabulary(
    text: str, file: str, schema: type[EntryIn] = EntryIn
) -> tuple[Vocabulary, list[Problem]]:
    """Return the valid entries of a file as a vocabulary, and the problems.

    If two entries have the same name or alias, it belongs to the entry that is a spoiler, or else
    to the first entry. If the file as a whole is invalid, the vocabulary `is_broken`, because
    nobody knows which terms it should hide.
    """
    reader = _Reader(text, file, schema)
    return reader.read(), reader.problems


class _Reader:
    """Reads one file; `keys` maps the id of each entry to its key as the author wrote it."""

    def __init__(self, text: str, file: str, schema: type[EntryIn]) -> None:
        self.schema = schema
        document = read_marked_yaml(text, file)
        self.data = document.mapping
        self.marks = document.marks
        self.problems = [*document.problems, *no_mapping(document, _EXAMPLE)]
        self.keys: dict[str, str] = {}

    def read(self) -> Vocabulary:
        is_broken = bool(self.problems)
        entries: dict[str, VocabularyEntry] = {}
        for key, value in self.data.items():
            # A key such as `spoiler` that is not indented belongs to an entry, and nobody knows to
            # which, so the file counts as broken.
            if key in _KEYS and not isinstance(value, dict):
                is_broken = True
                what = f"`{key}` is a key of an entry, but it is not inside one."
                self.report((key,), what, "Indent it below the entry that it belongs to.")
                continue
            entry = self.read_entry(key, value)
            other = entries.get(entry.id)
            if other and _differ_in_accents(entry, other):
                entry = replace(entry, id=number_slug(entry.id, entries))
            elif other:
                what = (
                    f"{shown(key)} and `{self.keys[entry.id]}` would have the same address,"
                    f" `{entry.id}`."
                )
                self.report((key,), what, "Rename one of them.")
                spoiler = other.spoiler or entry.spoiler
                aliases = (*other.aliases, *entry.spellings)
                entry = replace(other, spoiler=spoiler, aliases=aliases)
            entries[entry.id] = entry
            self.keys.setdefault(entry.id, key)
        entries = self.claim_spellings(entries)
        vocabulary = Vocabulary.of(entries.values())
        hierarchy = Hierarchy()
        settled = [self.settle(entry, vocabulary, hierarchy) for entry in entries.values()]
        return Vocabulary.of(settled, is_broken=is_broken)

    def read_entry(self, key: str, value: object) -> VocabularyEntry:
        data = named(value) if value is not None else {}
        if not isinstance(data, dict):
            fix = f"Write for example `{_EXAMPLE}`."
            self.report((key,), f"{shown(key)} must be a mapping or a name.", fix)
            data = dict(self.schema.unsure)  # hide it, because its text may say so
        kept = {one: data[one] for one in data if data[one] is not None or one not in _LATER}
        marks = self.marks.below((key,))
        found, _, problems = keep_valid(self.schema, kept, marks, f"{' '.join(key.split())}.")
        self.problems += problems
        values = dict(found or self.schema.model_validate(self.schema.unsure))
        return VocabularyEntry(id=slug(key), **values | {"name": values["name"] or _name(key)})

    def claim_spellings(self, entries: Mapping[str, VocabularyEntry]) -> dict[str, VocabularyEntry]:
        """Return the entries by id, without aliases that are names of another entry."""
        first: dict[str, VocabularyEntry] = {}
        # Spoilers come first, so that a name in doubt is hidden.
        claims = sorted(entries.values(), key=lambda entry: not entry.spoiler)
        kept: dict[str, VocabularyEntry] = {}
        for entry in claims:
            lost: dict[str, VocabularyEntry] = {}
            for spelling in entry.spellings:
                other = first.setdefault(fold_softly(spelling), entry)
                if other is not entry:
                    lost.setdefault(fold_softly(spelling), other)
            for folded, other in lost.items():
                self.tell_lost(entry, folded, other)
            aliases = tuple(one for one in entry.aliases if fold_softly(one) not in lost)
            kept[entry.id] = replace(entry, aliases=aliases)
        return {ident: kept[ident] for ident in entries}

    def tell_lost(self, entry: VocabularyEntry, folded: str, other: VocabularyEntry) -> None:
        spellings = [fold_softly(one) for one in entry.spellings]
        number = spellings.index(folded)
        # The first two spellings are the id and the name.
        path: Path = ("aliases", number - 2) if number > 1 else ("name",)
        what = f"`{entry.spellings[number]}` is also a name of `{self.keys[other.id]}`"
        what += ", which is a spoiler." if other.spoiler else ", which comes first."
        self.report(
            (self.keys[entry.id], *path), what, "Keep this name in only one of the two entries."
        )

    def settle(
        self, entry: VocabularyEntry, vocabulary: Vocabulary, hierarchy: Hierarchy
    ) -> VocabularyEntry:
        """Return the entry with ids in `parents` and `related`; report invalid names in them."""
        known: dict[str, dict[str, None]] = {"parents": {}, "related": {}}
        for key, found in known.items():
            for number, name in enumerate(getattr(entry, key)):
                path = (self.keys[entry.id], key, number)
                other = vocabulary.find(name)
                if other is None:
                    what = f"`{path[0]}.{key}` names {shown(name)}, which is not listed here."
                    near = find_near_name(name, vocabulary)
                    fix = f"Did you mean `{near}`?" if near else "Add it to this file."
                    self.report(path, what, fix)
                elif other.spoiler and not entry.spoiler:
                    what = f"`{path[0]}.{key}` names {shown(name)}, which is a spoiler."
                    self.report(
                        path, what, "Remove this name, because readers of the entry would see it."
                    )
                elif key == "parents" and not hierarchy.add((other.id, entry.id)):
                    what = f"`{path[0]}` would belong to itself through {shown(name)}."
                    self.report(path, what, "Remove one of these `parents`.")
                elif other is not entry:
                    found[other.id] = None
        return replace(entry, **{key: tuple(found) for key, found in known.items()})  # type: ignore[arg-type]

    def report(self, path: Path, what: str, fix: str) -> None:
        self.problems.append(Problem(self.marks.place(path), what, fix))


def _name(key: str) -> str:
    """Return the name of an entry that has only a key: `found-family` gives `Found family`.

    A key that cannot be part of an address, such as `Found Family!`, is itself the name.
    """
    return key.replace("-", " ").capitalize() if key == slug(key) else " ".join(key.split())


def _differ_in_accents(entry: VocabularyEntry, other: VocabularyEntry) -> bool:
    """Return whether names such as `Péché` and `Pêche` differ in accents, and in nothing else."""
    is_same = fold(entry.name) == fold(other.name)
    return is_same and fold_softly(entry.name) != fold_softly(other.name)


def find_near_name(name: str, vocabulary: Vocabulary) -> str | None:
    near = vocabulary.names
    found = find_near(fold(name), near)
    return near[found] if found else None

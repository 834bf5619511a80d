"""Holds the terms that the author's files list, with their names, aliases and parents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mkdocs_bookreview.model.names import fold, fold_softly, slug

ENTRY = "\x00"  # the prefix that `Vocabulary.identify` puts before an id


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """An entry is a term that the author's file lists, with a unique `id` that is also its slug.

    `aliases` are other names. `description` is Markdown, None if not given. `parents` and `related`
    are ids of other entries. `sort` is the text it is sorted by, None for its name. If `spoiler` is
    True, every review that mentions the term hides it.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    parents: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sort: str | None = None
    spoiler: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.id, self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Holds `entries` by id. `names` maps folded names and aliases to their spelling in the file.

    If two entries share a spelling, the spelling means the entry with `spoiler`, or else the first.
    Entries may differ in accents alone: then `Péché` and `Pêche` mean one entry each. `is_broken`
    is True if the file as a whole is invalid, so that nobody knows which terms it hides.
    """

    entries: Mapping[str, VocabularyEntry] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_broken: bool = False
    _by_fold: Mapping[str, VocabularyEntry] = field(default_factory=dict, repr=False)
    _by_soft_fold: Mapping[str, VocabularyEntry] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, entries: Iterable[VocabularyEntry], *, is_broken: bool = False) -> "Vocabulary":
        listed = {entry.id: entry for entry in entries}
        by_fold: dict[str, VocabularyEntry] = {}
        by_soft_fold: dict[str, VocabularyEntry] = {}
        # Spoilers come first, because a spelling that two entries share must be hidden.
        for entry in sorted(listed.values(), key=lambda one: not one.spoiler):
            for spelling in entry.spellings:
                by_fold.setdefault(fold(spelling), entry)
                by_soft_fold.setdefault(fold_softly(spelling), entry)
        names = {fold(one): one for entry in listed.values() for one in entry.spellings[1:]}
        return cls(listed, names, is_broken, by_fold, by_soft_fold)

    def find(self, name: str, ident: str | None = None) -> VocabularyEntry | None:
        """Return the entry of a name, or of an `ident` if it is given; None if it is not listed.

        If an `ident` is given the name is ignored, because two people may share a name.
        """
        if not self.entries:
            return None  # to save time, because most sites list no terms
        if ident:
            return self.entries.get(slug(ident))
        return self._by_soft_fold.get(fold_softly(name)) or self._by_fold.get(fold(name))

    def identify(self, name: str, ident: str | None = None) -> str:
        """Return the key of a term: the `ident`, the entry's id, or the folded name.

        All spellings of a term have the same key. An id gets the prefix `ENTRY`, because the id may
        equal the folded name of another term.
        """
        entry = None if ident else self.find(name)
        found = slug(ident) if ident else entry and entry.id
        return f"{ENTRY}{found}" if found else fold(name)

    def settle(self, name: str) -> str:
        """Return the name of the entry for this name, or the name itself if it is not listed."""
        entry = self.find(name)
        return entry.name if entry else name


class Hierarchy:
    """Holds the parents of terms, and refuses parents that would make a term its own ancestor."""

    def __init__(self) -> None:
        self._parents: dict[str, dict[str, None]] = {}

    def add(self, path: Sequence[str]) -> bool:
        """Make each item of `path` the parent of the next; return False if that closes a circle.

        In that case no part of the path is added. After `("mind", "memory")`, the path `("memory",
        "loss", "mind")` is refused, and `loss` has no parent either.
        """
        added: list[tuple[str, str]] = []
        for parent, child in pairwise(path):
            if parent in self._parents.get(child, ()):
                continue
            if child == parent or child in self._ancestors(parent):
                for one, above in added:
                    del self._parents[one][above]
                return False
            self._parents.setdefault(child, {})[parent] = None
            added.append((child, parent))
        return True

    def parents(self, child: str) -> tuple[str, ...]:
        return tuple(self._parents.get(child, ()))

    def _ancestors(self, of: str) -> set[str]:
        found: set[str] = set()
        waiting = [of]
        while waiting:
            above = self._parents.get(waiting.pop(), {}).keys() - found
            found |= above
            waiting += above
        return found

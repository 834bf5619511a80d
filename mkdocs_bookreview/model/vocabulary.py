"""What an author has settled of a taxonomy: names, other names, what belongs to what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mkdocs_bookreview.model.names import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """A term that is listed. `id` is its address, too; `parents` and `related` are such ids.

    `description` is Markdown; `sort` is what it is sorted by, if not its name. All that mention an
    entry with `spoiler` hide it.
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
    """Entries by id. Of two that share a spelling the one that hides has it, or else the first.

    Of one that `is_broken` nobody knows what it hides. `names` are names and aliases by their fold.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_broken: bool = False
    _by_fold: Mapping[str, Entry] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry], *, is_broken: bool = False) -> "Vocabulary":
        listed = {entry.id: entry for entry in entries}
        by_fold: dict[str, Entry] = {}
        for entry in sorted(listed.values(), key=lambda one: not one.spoiler):
            for spelling in entry.spellings:
                by_fold.setdefault(fold(spelling), entry)
        names = {fold(one): one for entry in listed.values() for one in entry.spellings[1:]}
        return cls(listed, names, is_broken, by_fold)

    def find(self, name: str) -> Entry | None:
        return self._by_fold.get(fold(name))

    def settle(self, name: str) -> str:
        """The name of its entry; a name that is not listed stays as it is."""
        entry = self.find(name)
        return entry.name if entry else name


class Hierarchy:
    """What belongs to what; nothing belongs to itself, however long the way."""

    def __init__(self) -> None:
        self._parents: dict[str, dict[str, None]] = {}

    def add(self, path: Sequence[str]) -> bool:
        """Each belongs to the one before; nothing is added, and False, where that is a circle."""
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

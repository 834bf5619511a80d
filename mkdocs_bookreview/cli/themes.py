"""Find themes that no review names, that only one names, or that are almost alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from mkdocs_bookreview.cli.site import Progress, read_written_site
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.vocabulary import Vocabulary
from mkdocs_bookreview.settings.settings import THEMES

_LEAST_ALIKE = 4  # letters that twins must share at their beginning
_MOST_DIFFERENT = 3  # letters in which their ends may differ, as `memory` and `memories` do


@dataclass(frozen=True, slots=True)
class ThemeUse:
    """Describes how often a site names its themes, hidden ones too.

    `sources` are the reviews that name a theme, by its name. `unused` are listed themes that no
    review needs. `problems` are those of the file that lists themes.
    """

    sources: dict[str, list[str]]
    unused: list[str]
    problems: tuple[Problem, ...] = ()

    @property
    def single(self) -> list[tuple[str, str]]:
        """Return each theme that only one review has, with that review."""
        return [(name, found[0]) for name, found in self.sources.items() if len(found) == 1]

    @property
    def twins(self) -> list[tuple[str, str]]:
        return find_twins([*self.sources, *self.unused])


def read_themes(config_file: Path, progress: Progress) -> ThemeUse:
    """Return how a site uses its themes.

    Raise OSError if `mkdocs.yml` or its docs folder cannot be read.
    """
    written = read_written_site(config_file, progress)
    found = count_themes(written.reviews, written.site.vocabularies.get(THEMES, Vocabulary()))
    file = written.settings.vocabularies[THEMES]
    problems = tuple(one for one in written.problems if one.place.file == file)
    return replace(found, problems=problems)


def count_themes(reviews: Iterable[Review], vocabulary: Vocabulary) -> ThemeUse:
    """Return the use of themes, each by its first spelling.

    A theme also counts as used if a theme that belongs to it is used.
    """
    names: dict[str, str] = {}
    sources: dict[str, list[str]] = {}
    above: set[str] = set()
    for review in sorted(reviews, key=lambda one: one.source):
        for theme in review.themes:
            name = names.setdefault(fold(theme.name), theme.name)
            sources.setdefault(name, []).append(review.source)
            above |= {fold(one) for path in theme.paths for one in path}
    waiting = [*names, *above]
    while waiting:
        entry = vocabulary.find(waiting.pop())
        parents = (vocabulary.entries[one].name for one in (entry.parents if entry else ()))
        fresh = {fold(one) for one in parents} - above
        above |= fresh
        waiting += fresh
    unused = [
        entry.name
        for entry in vocabulary.entries.values()
        if fold(entry.name) not in above | names.keys()
    ]
    return ThemeUse(dict(sorted(sources.items(), key=lambda item: fold(item[0]))), unused)


def find_twins(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of names that differ in one letter, the order of their words, or their ends.

    `Colour` and `Color`, `Found family` and `Family found`, `Memory` and `Memories` are such pairs.
    """
    by_fold = {fold(name): name for name in names}
    # Sorted names that begin alike are neighbours, so there is no need to compare all pairs.
    pairs = {(one, other) for one, other in pairwise(sorted(by_fold)) if _end_otherwise(one, other)}
    alike: dict[str, list[str]] = defaultdict(list)
    for folded in sorted(by_fold):
        for shape in set(_shapes(folded)):
            alike[shape].append(folded)
    pairs |= {pair for found in alike.values() for pair in pairwise(found)}
    return [(by_fold[one], by_fold[other]) for one, other in sorted(pairs)]


def _end_otherwise(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    same = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return same >= _LEAST_ALIKE and max(len(one), len(other)) - same <= _MOST_DIFFERENT


def _shapes(folded: str) -> Iterator[str]:
    """Yield the name with its words in order, and with each letter left out in turn.

    Names with a shape in common differ in one letter or in the order of their words. So every name
    is looked up once, instead of being compared with all others.
    """
    yield " ".join(sorted(folded.split()))
    if len(folded) > _LEAST_ALIKE:
        yield from (folded[:at] + folded[at + 1 :] for at in range(len(folded)))

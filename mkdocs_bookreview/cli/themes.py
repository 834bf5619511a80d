"""Finds themes that no review or only one review names, and themes that are almost alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mkdocs_bookreview.cli.site import Progress, WrittenSite, read_written_site
from mkdocs_bookreview.listings.taxonomies import find_alike_terms, group_library
from mkdocs_bookreview.model.alike import find_alike
from mkdocs_bookreview.model.library import Library
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import Review
from mkdocs_bookreview.model.vocabulary import ENTRY, Vocabulary
from mkdocs_bookreview.settings.settings import THEMES


@dataclass(frozen=True, slots=True)
class ThemeUse:
    """Describes which reviews of a site name its themes, hidden themes included.

    `sources` maps each theme to the sources of the reviews that name it. `listed` are the names of
    all themes that the author's file lists, and `unused` are the listed themes that no review
    needs. `problems` are the mistakes in that file. `alike` has pairs of names in other lists that
    are almost alike, by the name of the list.
    """

    sources: dict[str, list[str]]
    unused: list[str]
    listed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    alike: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def single(self) -> list[tuple[str, str]]:
        """Return each theme that only one review has, with the source of that review."""
        return [(name, found[0]) for name, found in self.sources.items() if len(found) == 1]

    @property
    def twins(self) -> list[tuple[str, str]]:
        """Return pairs of themes that are almost alike.

        Pairs of two listed themes are left out, because the author keeps them apart.
        """
        pairs = find_alike([*self.sources, *self.unused])
        return [pair for pair in pairs if not self.listed.issuperset(pair)]


def read_themes(config_file: Path, progress: Progress) -> ThemeUse:
    """Return how a site uses its themes.

    Raise OSError if `mkdocs.yml` or its docs folder cannot be read.
    """
    written = read_written_site(config_file, progress)
    found = count_themes(written.reviews, written.site.vocabularies.get(THEMES, Vocabulary()))
    file = written.settings.vocabularies[THEMES]
    problems = tuple(one for one in written.problems if one.place.file == file)
    return replace(found, problems=problems, alike=_find_alike(written))


def _find_alike(written: WrittenSite) -> dict[str, list[tuple[str, str]]]:
    library = Library.of(written.reviews, written.site.shelved, written.words.language)
    grouped = group_library(library, written.site.vocabularies, written.settings, written.words)
    found = find_alike_terms(grouped)
    return {name: pairs for name, pairs in found.items() if name != THEMES}


def count_themes(reviews: Iterable[Review], vocabulary: Vocabulary) -> ThemeUse:
    """Return which reviews name each theme, under the theme's first spelling.

    A theme also counts as used if a theme that belongs to it is used.
    """
    names: dict[str, str] = {}
    sources: dict[str, list[str]] = {}
    above: set[str] = set()
    for review in sorted(reviews, key=lambda one: one.source):
        for theme in review.themes:
            name = names.setdefault(vocabulary.identify(theme.name), theme.name)
            sources.setdefault(name, []).append(review.source)
            above |= {vocabulary.identify(one) for path in theme.paths for one in path}
    waiting = [*names, *above]
    while waiting:
        entry = vocabulary.entries.get(waiting.pop().removeprefix(ENTRY))
        fresh = {f"{ENTRY}{one}" for one in (entry.parents if entry else ())} - above
        above |= fresh
        waiting += fresh
    unused = [
        entry.name
        for entry in vocabulary.entries.values()
        if f"{ENTRY}{entry.id}" not in above | names.keys()
    ]
    listed = frozenset(entry.name for entry in vocabulary.entries.values())
    return ThemeUse(dict(sorted(sources.items(), key=lambda item: fold(item[0]))), unused, listed)

"""What reviews call their themes, and what `themes.yml` calls them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from mkdocs_bookreview.frontmatter.read import Page
from mkdocs_bookreview.frontmatter.vocabulary import suggest
from mkdocs_bookreview.model.names import fold
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import WEIGHTS, ThemeMention
from mkdocs_bookreview.model.vocabulary import Hierarchy, Vocabulary
from mkdocs_bookreview.settings.typed import shown

_SEPARATOR = "/"


def settle_themes(
    pages: Mapping[str, Page], vocabulary: Vocabulary, file: str | None
) -> tuple[dict[str, Page], list[Problem]]:
    """Themes by the names that the vocabulary gives them, each once a review.

    A name that is a path (`Ethics/Cloning`) says what its theme belongs to. What is not listed is a
    problem if there is a `file` in which it should be.
    """
    settler = _Settler(vocabulary, file)
    return {source: settler.settle(pages[source]) for source in pages}, settler.problems


class _Settler:
    def __init__(self, vocabulary: Vocabulary, file: str | None) -> None:
        self.vocabulary = vocabulary
        self.file = file
        self.problems: list[Problem] = []
        self.hierarchy = Hierarchy()
        for entry in vocabulary.entries.values():
            for parent in entry.parents:
                self.hierarchy.add(fold(entry.name), fold(vocabulary.entries[parent].name))

    def settle(self, page: Page) -> Page:
        if not page.review or not page.review.themes:
            return page
        themes: dict[str, ThemeMention] = {}
        for number, mention in enumerate(page.review.themes):
            settled = self.settle_mention(page, number, mention)
            key = fold(settled.name)
            themes[key] = _join(themes[key], settled) if key in themes else settled
        return replace(page, review=replace(page.review, themes=tuple(themes.values())))

    def settle_mention(self, page: Page, number: int, mention: ThemeMention) -> ThemeMention:
        parts = [self.vocabulary.settle(part) for part in self.split(mention.name)]
        if self.file:
            self.problems += self.check_listed(page, number, parts)
        *path, name = parts
        entry = self.vocabulary.find(name)
        is_spoiler = mention.spoiler or bool(entry and entry.spoiler)
        belongs = path and not is_spoiler and self.check_path(page, number, parts)
        return replace(
            mention, name=name, spoiler=is_spoiler, paths=(tuple(path),) if belongs else ()
        )

    def split(self, name: str) -> list[str]:
        if _SEPARATOR not in name or self.vocabulary.find(name):
            return [name]
        return [part.strip() for part in name.split(_SEPARATOR) if part.strip()] or [name]

    def check_listed(self, page: Page, number: int, parts: list[str]) -> Iterator[Problem]:
        for part in parts:
            if not self.vocabulary.find(part):
                what = f"`themes[{number + 1}]` is {shown(part)}, which is not in `{self.file}`."
                cure = suggest(part, self.vocabulary) or "Add it there."
                yield Problem(page.marks.place(("themes", number)), what, cure)

    def check_path(self, page: Page, number: int, parts: list[str]) -> bool:
        """False where one would belong to itself."""
        for parent, child in pairwise(parts):
            if not self.hierarchy.add(fold(child), fold(parent)):
                what = (
                    f"`themes[{number + 1}]` puts `{child}` below `{parent}`, which belongs to it."
                )
                place = page.marks.place(("themes", number))
                self.problems.append(Problem(place, what, "Turn one of the two round."))
                return False
        return True


def _join(one: ThemeMention, other: ThemeMention) -> ThemeMention:
    """One theme under two names: what hides more wins, and what weighs more."""
    return replace(
        one,
        weight=min(one.weight, other.weight, key=WEIGHTS.index),
        reason=one.reason or other.reason,
        spoiler=one.spoiler or other.spoiler,
        paths=one.paths + other.paths,
    )

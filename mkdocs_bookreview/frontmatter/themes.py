"""Match the themes of reviews with the entries of `themes.yml`."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from mkdocs_bookreview.frontmatter.read import WrittenPage
from mkdocs_bookreview.frontmatter.vocabulary import find_near_name
from mkdocs_bookreview.model.problem import Problem
from mkdocs_bookreview.model.review import WEIGHTS, ThemeMention
from mkdocs_bookreview.model.vocabulary import Hierarchy, Vocabulary
from mkdocs_bookreview.settings.typed import shown

_SEPARATOR = "/"


def settle_themes(
    pages: Mapping[str, WrittenPage], vocabulary: Vocabulary, file: str | None
) -> tuple[dict[str, WrittenPage], list[Problem]]:
    """Return the pages with themes spelt as in the vocabulary, each theme once, and the problems.

    A name can be a path: `Ethics/Cloning` gives the theme `Cloning`, which belongs to `Ethics`. If
    `file` is not None, it must list all themes, and an unlisted theme is a problem. If paths
    contradict each other, the first path counts: pages are sorted by source, with drafts last.
    """
    settler = _Settler(vocabulary, file)
    ordered = sorted(pages.values(), key=lambda page: (page.draft, page.source))
    settled = {page.source: settler.settle(page) for page in ordered}
    return {source: settled[source] for source in pages}, settler.problems


class _Settler:
    def __init__(self, vocabulary: Vocabulary, file: str | None) -> None:
        self.vocabulary = vocabulary
        self.file = file
        self.problems: list[Problem] = []
        self.hierarchy = Hierarchy()
        # Suggestions are kept, because finding one compares a name with the whole vocabulary.
        self.near: dict[str, str | None] = {}
        for entry in vocabulary.entries.values():
            for parent in entry.parents:
                self.hierarchy.add(
                    (self.key(vocabulary.entries[parent].name), self.key(entry.name))
                )

    def settle(self, page: WrittenPage) -> WrittenPage:
        if not page.review or not page.review.themes:
            return page
        split = [self.split(mention.name) for mention in page.review.themes]
        mentions = [
            replace(mention, name=path[-1], spoiler=mention.spoiler or self.hides(path[-1]))
            for mention, path in zip(page.review.themes, split, strict=True)
        ]
        hidden = {self.key(mention.name) for mention in mentions if mention.spoiler}
        themes: dict[str, ThemeMention] = {}
        for number, (mention, path) in enumerate(zip(mentions, split, strict=True)):
            if self.file:
                self.check_listed(page, number, path)
            settled = self.place(page, number, mention, path[:-1], hidden)
            key = self.key(mention.name)
            themes[key] = _join(themes[key], settled) if key in themes else settled
        return replace(page, review=replace(page.review, themes=tuple(themes.values())))

    def key(self, name: str) -> str:
        return self.vocabulary.identify(name)

    def split(self, name: str) -> list[str]:
        """Return the names in a path like `Ethics/Cloning`, from the widest theme to the last.

        A name that is listed as a whole is not a path, even with a slash in it.
        """
        parts = [name]
        if _SEPARATOR in name and not self.vocabulary.find(name):
            parts = [part.strip() for part in name.split(_SEPARATOR) if part.strip()] or parts
        return [self.vocabulary.settle(part) for part in parts]

    def hides(self, name: str) -> bool:
        """Return whether the vocabulary makes a theme a spoiler in every review.

        A misspelt name is a spoiler if it resembles an entry that is a spoiler, because a typing
        mistake must not reveal the theme. If the vocabulary is broken, every theme is a spoiler.
        """
        if self.vocabulary.is_broken:
            return True
        meant = name if not self.file or self.vocabulary.find(name) else self.find_near(name)
        entry = self.vocabulary.find(meant) if meant else None
        return entry is not None and entry.spoiler

    def find_near(self, name: str) -> str | None:
        if name not in self.near:
            self.near[name] = find_near_name(name, self.vocabulary)
        return self.near[name]

    def check_listed(self, page: WrittenPage, number: int, path: Iterable[str]) -> None:
        for part in path:
            if not self.vocabulary.find(part):
                near = self.find_near(part)
                self.report(
                    page,
                    number,
                    f"is {shown(part)}, which is not in `{self.file}`.",
                    f"Did you mean `{near}`?" if near else f"Add it to `{self.file}`.",
                )

    def place(
        self,
        page: WrittenPage,
        number: int,
        mention: ThemeMention,
        above: list[str],
        hidden: Set[str],
    ) -> ThemeMention:
        """Return the mention, with its path if the path may be shown.

        A path is left out if it makes a theme its own ancestor, or if it contains a spoiler.
        """
        if not above or mention.spoiler:
            return mention
        # Readers see the whole path, so no theme in it may be a spoiler, in this review or in all.
        telling = [part for part in above if self.key(part) in hidden or self.hides(part)]
        path = [*above, mention.name]
        if telling:
            what = f"puts `{mention.name}` below `{telling[0]}`, which is a spoiler."
            self.report(page, number, what, f"Leave `{telling[0]}` out of the path.")
        elif not self.hierarchy.add([self.key(part) for part in path]):
            what = f"is `{_SEPARATOR.join(path)}`, which makes a theme belong to itself."
            fix = (
                "Check this path, other paths that have these themes, and the `parents` of these"
                " themes."
            )
            self.report(page, number, what, fix)
        else:
            return replace(mention, paths=(tuple(above),))
        return mention

    def report(self, page: WrittenPage, number: int, what: str, fix: str) -> None:
        place = page.marks.place(("themes", number))
        self.problems.append(Problem(place, f"`themes[{number + 1}]` {what}", fix))


def _join(one: ThemeMention, other: ThemeMention) -> ThemeMention:
    """Return one mention of a theme from two: hidden if either is, with the greater weight."""
    return replace(
        one,
        weight=min(one.weight, other.weight, key=WEIGHTS.index),
        reason=one.reason or other.reason,
        spoiler=one.spoiler or other.spoiler,
        paths=one.paths + other.paths,
    )

"""Reports problems to the author, as warnings, so that `--strict` fails on them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page

from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.frontmatter.split import find_line
from mkdocs_bookreview.model.problem import (
    Finding,
    Place,
    Problem,
    ProblemGroup,
    group_problems,
)
from mkdocs_bookreview.plugin.data_files import config_name
from mkdocs_bookreview.settings.config_file import find_file_with

_MOST_ALIKE = 3  # pairs of names that a message shows for each taxonomy
_PLACES = 3  # places that a message names if many problems are of one kind

log = get_plugin_logger("bookreview")


def warn(problems: Iterable[Problem], *, is_checked: bool = True) -> None:
    """Report problems; many problems of one kind share a message.

    `is_checked` says whether `bookreview check` finds these problems too.
    """
    rare, groups = group_problems(list(problems))
    for message in (*map(str, rare), *(_describe(group, is_checked) for group in groups)):
        log.warning(message)


def _describe(group: ProblemGroup, is_checked: bool) -> str:
    """Return the first of many problems, their number, and the places of some of them."""
    first, *others = group.problems
    places = ", ".join(str(problem.place) for problem in others[: _PLACES - 1])
    count, left = len(group.problems), len(others) - _PLACES + 1
    where = " `bookreview check` lists all of them." if is_checked else ""
    return (
        f"{count} problems of one kind, first {first}\n"
        f"    The others are in {places} and {left} more places.{where}"
    )


def advise(config: MkDocsConfig, provider: Provider | None, serving: bool) -> None:
    """Report settings that are valid but may surprise the author."""
    if not any(name.rpartition("/")[2] == "search" for name in config.plugins):
        log.info(f"The site has no search. Add `search` to `plugins` in {config_name(config)}.")
    absence = provider.find_absence() if provider and not serving else None
    if absence:
        log.info(absence.advice)


def advise_extension(config: MkDocsConfig, name: str) -> None:
    """Recommend a Markdown extension that the author does not list."""
    if not config.config_file_path:
        return
    key = "markdown_extensions"
    path, values = find_file_with(Path(config.config_file_path), key)
    item = f"{name}: {{}}" if isinstance(values.get(key), dict) else name
    fix = (
        f"Add `{item}` to `{key}` in {path.name}."
        if key in values
        else f"Add to {path.name}:\n{key}:\n  - {name}"
    )
    log.info(
        f"{path.name} does not list the Markdown extension `{name}`. This build hides all spoilers"
        " without it, but programs that ignore this plugin, such as Zensical, would show them."
        f" {fix}"
    )


def advise_alike(alike: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Report names that are nearly alike, by taxonomy, in one message."""
    if not alike:
        return
    lines = ""
    for name, pairs in alike.items():
        shown = [" / ".join(pair) for pair in pairs[:_MOST_ALIKE]]
        left = len(pairs) - len(shown)
        lines += f"\n  {name}: {', '.join(shown)}{f' and {left} more' if left else ''}"
    log.info(
        "Some names are nearly alike. If two of them mean the same, write one of them everywhere,"
        " or make it an alias of the other in a vocabulary. If they are different names, list"
        f" both in the vocabulary. `bookreview themes` prints all such names.{lines}"
    )


class Findings:
    """Collects mistakes in the text of pages.

    Findings are first added without a page, because the spoiler extension does not know which page
    it converts. `of_open_page` has the findings of the page that is being converted. `of_page`
    turns them into `problems`, which have a file and a line. `unchecked` are problems that only a
    build finds. `faulty` are the sources of pages with any of these problems.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.unchecked: list[Problem] = []
        self.faulty: set[str] = set()
        self.of_open_page: list[Finding] = []

    def add(self, finding: Finding) -> None:
        self.of_open_page.append(finding)

    def clear(self) -> None:
        self.of_open_page = []

    def of_page(
        self, page: Page, more: Iterable[Finding] = (), data_file: Path | None = None
    ) -> None:
        """Turn the findings of the open page, and `more`, into problems of `page`.

        `data_file` is the file with the text of a page that we made; None for other pages.
        """
        self.problems += self._place(page, (*self.of_open_page, *more), data_file)
        self.clear()

    def add_unchecked(self, page: Page, found: Iterable[Finding]) -> None:
        """Add findings that depend on other plugins, which `bookreview check` does not run."""
        self.unchecked += self._place(page, found)

    def _place(
        self, page: Page, found: Iterable[Finding], data_file: Path | None = None
    ) -> Iterator[Problem]:
        name = data_file.name if data_file else page.file.src_uri
        path = data_file or page.file.abs_src_path
        for finding in found:
            self.faulty.add(page.file.src_uri)
            yield Problem(Place(name, _find_line(path, finding)), finding.what, finding.fix)


def _find_line(path: Path | str | None, finding: Finding) -> int | None:
    """Return the line of a finding; None if the file lacks the text, or there is no file."""
    return find_line(Path(path).read_text("utf-8-sig"), finding) if path else None

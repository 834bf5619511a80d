"""Read and write `comments.lock.yml`, which keeps conversations with their pages.

It has a list for each service, because the services use different ids for the same page:

    SERVICE:
    - {id: /dune/, page: reviews/dune.md, book: dune-frank-herbert, review: 1}
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field

from mkdocs_bookreview.model.problem import Place, Problem
from mkdocs_bookreview.settings.fixes import did_you_mean
from mkdocs_bookreview.settings.marked_yaml import Marks, no_mapping, read_marked_yaml
from mkdocs_bookreview.settings.schemas import Typed
from mkdocs_bookreview.settings.typed import read_typed, shown

FILE_NAME = "comments.lock.yml"

_HEAD = """\
# `bookreview comments registry` writes this file. Commit it with your pages: it keeps each
# conversation with its page when titles, files or addresses change.
"""
_EXAMPLE = "- {id: /emma/, page: reviews/emma.md, book: emma-jane-austen}"


@dataclass(frozen=True, slots=True)
class LockLine:
    """Holds a line of the lock file, which gives a page its thread.

    `id` is the id of the thread, in the form of the service. `page` is the page's path below the
    docs folder. `book` is the key of the page's book; None if the page is not about a book.
    `review` is the number of the review among those of its book, from 1. `written` is the
    `comments.id` of the page, from which `id` was made with the help of `site_url`; None if the
    page has no such id, or if `id` is the same text. `find_place` returns the place of the line in
    the file; it is None for a new line.
    """

    id: str
    page: str
    book: str | None = None
    review: int = 1
    written: str | None = None
    # This is a function, because finding the place takes as long as reading the file.
    find_place: Callable[[], Place] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Lock:
    """Holds a lock file: the `lines` of each service, and the `problems` of the file."""

    lines: Mapping[str, tuple[LockLine, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class _LineIn(Typed):
    id: Annotated[str, Field(min_length=1)] = Field(examples=["/emma/"])
    page: Annotated[str, Field(min_length=1)] = Field(examples=["reviews/emma.md"])
    book: Annotated[str, Field(min_length=1)] | None = Field(None, examples=["emma-jane-austen"])
    review: int = Field(1, ge=1, examples=["1"])
    written: Annotated[str, Field(min_length=1)] | None = Field(None, examples=["emma"])


def read_lock_file(folder: Path, services: Collection[str]) -> Lock:
    """Read the lock file in a folder; if the folder has none, return an empty lock."""
    path = folder / FILE_NAME
    if not path.is_file():
        return Lock()
    try:
        return read_lock(path.read_text("utf-8-sig"), services)
    except (OSError, UnicodeDecodeError) as error:
        what = f"The file cannot be read: {error}."
        return Lock(
            problems=(
                Problem(
                    Place(FILE_NAME),
                    what,
                    "Make sure that you may read the file, and that it is saved as UTF-8.",
                ),
            )
        )


def read_lock(text: str, services: Collection[str]) -> Lock:
    """Read a lock file, and never raise an exception; `services` are the valid service names."""
    document = read_marked_yaml(text, FILE_NAME)
    problems = [*document.problems, *no_mapping(document, f"{min(services)}: [{_EXAMPLE[2:]}]")]
    lines: dict[str, tuple[LockLine, ...]] = {}
    for service, value in document.mapping.items():
        if service in services and isinstance(value, list):
            lines[service] = tuple(_read_lines(service, value, document.marks, problems))
            continue
        what, fix = f"Unknown service {shown(service)}.", did_you_mean(service, services)
        if service in services:
            what, fix = (
                f"`{service}` must be a list.",
                (f"Write for example `{_EXAMPLE}` below `{service}:`."),
            )
        problems.append(Problem(document.marks.place((service,)), what, fix))
    return Lock(lines, tuple(problems))


def _read_lines(
    service: str, items: Sequence[object], marks: Marks, problems: list[Problem]
) -> Iterable[LockLine]:
    for number, item in enumerate(items):
        path = (service, number)
        if not isinstance(item, dict):
            what = f"`{service}[{number + 1}]` must be a mapping, but is {shown(item)}."
            problems.append(Problem(marks.place(path), what, f"Write for example `{_EXAMPLE}`."))
            continue
        found, wrong = read_typed(_LineIn, item, marks.below(path), f"{service}[{number + 1}].")
        problems += wrong
        if found and not wrong:
            find_place = partial(marks.place, path)
            yield LockLine(**found.model_dump(), find_place=find_place)


def render_lock(lines: Mapping[str, Iterable[LockLine]]) -> str:
    """Return the text of a lock file, sorted so that a new review changes one place of it."""
    data = {
        service: [_fields(line) for line in sorted(lines[service], key=_order)]
        for service in sorted(lines)
    }
    body = yaml.safe_dump(
        data, allow_unicode=True, default_flow_style=None, sort_keys=False, width=float("inf")
    )
    return _HEAD + body


def _fields(line: LockLine) -> dict[str, object]:
    found: dict[str, object] = {"id": line.id, "page": line.page}
    if line.book:
        found |= {"book": line.book, "review": line.review}
    return found | {"written": line.written} if line.written else found


def _order(line: LockLine) -> tuple[bool, str, int, str]:
    return line.book is None, line.book or "", line.review, line.page


@dataclass(frozen=True, slots=True)
class LockedPage:
    """Identifies a page in `match_lines` by its `source`, and the key of its `book` or None."""

    source: str
    book: str | None


def match_lines(pages: Iterable[LockedPage], lines: Iterable[LockLine]) -> dict[str, LockLine]:
    """Return the line of each page that has one, by the source of the page.

    A line with the same book and source as the page comes first. Next comes a line with the same
    book, because a file may have been renamed or moved. Last comes a line with the same source,
    because a title may have been corrected, and the key of a book is made from its title. With the
    lines `emma, a.md` and `dune, b.md`, the page `c.md` about `emma` gets the first line, and the
    page `b.md` about `dune-2` gets the second line.
    """
    pages = list(pages)
    matching = _Matching(dict.fromkeys(sorted(lines, key=_order)))
    matching.match(
        pages, lambda page: (page.book, page.source), lambda line: (line.book, line.page)
    )
    matching.match(pages, lambda page: page.book, lambda line: line.book)
    matching.match(pages, lambda page: page.source, lambda line: line.page)
    return matching.found


class _Matching:
    """Gives lines to pages.

    `found` maps the source of a page to its line, and `left` holds the lines that no page has yet.
    """

    def __init__(self, left: dict[LockLine, None]) -> None:
        self.left = left
        self.found: dict[str, LockLine] = {}

    def match(
        self,
        pages: Iterable[LockedPage],
        of_page: Callable[[LockedPage], Hashable],
        of_line: Callable[[LockLine], Hashable],
    ) -> None:
        """Give each page that has no line yet the first unused line with the same key.

        `of_page` and `of_line` return the key of a page and of a line. A page whose key is None
        gets no line.
        """
        waiting: defaultdict[Hashable, deque[LockLine]] = defaultdict(deque)
        for line in self.left:
            waiting[of_line(line)].append(line)
        for page in pages:
            key = of_page(page)
            if key is not None and page.source not in self.found and waiting.get(key):
                line = self.found[page.source] = waiting[key].popleft()
                del self.left[line]

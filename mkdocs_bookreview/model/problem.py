"""Describes mistakes: what is wrong, where, and how to fix it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Text between backticks, or a list of such texts: `a`, `b` and `c`.
_QUOTED = re.compile(r"`[^`]*`(?:(?:, | and )`[^`]*`)*")
_KEY = re.compile(r"(?P<unknown>(?:Unknown key )?)`(?P<key>[^`]*)`")
_ITEM = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"\d+")
_MOST_NAMED = 3  # in a message that names the first of many


@dataclass(frozen=True, slots=True)
class Place:
    """A place is a `file`, perhaps with a line and a column in it, which count from 1.

    `line` and `column` are None if unknown. `file` is the path that messages show.
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem is one mistake of the author, and `place` is the place of the mistake.

    `what` is a sentence that names the key and its value. `fix` is a sentence that says what to
    write instead; lines to write may follow it. Problems with one `kind` are reported together; if
    `kind` is empty, it is derived from `what`.
    """

    place: Place
    what: str
    fix: str
    kind: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.fix}"

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.place.file, self.place.line or 0, self.place.column or 0, self.what)

    @property
    def group(self) -> str:
        """Return the name of the problem's kind: its key and what is wrong, without values.

        Values differ from page to page, so they are left out, as are the numbers of items and the
        mapping that has the key: `themes[2].weight` and `themes[1].weight` have one kind.
        """
        return self.kind or _name_kind(self.what, "0")


def _name_kind(what: str, number: str = r"\g<0>") -> str:
    """Return a sentence without values; `number` replaces the numbers outside of its key."""
    match = _KEY.match(what)
    rest = _NUMBER.sub(number, _QUOTED.sub("…", what[match.end() :] if match else what))
    if not match:
        return rest
    return f"{match['unknown']}`{_ITEM.sub('', match['key']).rpartition('.')[2]}`{rest}"


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Holds the `problems` of one `kind`, which are reported together, because they are many."""

    kind: str
    problems: tuple[Problem, ...]

    @property
    def label(self) -> str:
        """Return the kind, with numbers that all of its problems have, such as limits."""
        labels = {problem.kind or _name_kind(problem.what) for problem in self.problems}
        return labels.pop() if len(labels) == 1 else self.kind

    @property
    def differs_in_line(self) -> bool:
        """Return whether the problems have different texts, and the first fix is a single line."""
        words = {(problem.what, problem.fix) for problem in self.problems}
        return len(words) > 1 and "\n" not in self.problems[0].fix


MOST_ALONE = 5  # problems of one kind that are reported one by one


def group_problems(problems: Sequence[Problem]) -> tuple[list[Problem], list[ProblemGroup]]:
    """Return the problems whose kind is rare, and groups of all other problems.

    Both lists keep the order of the problems; a group has the place of its first problem.
    """
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.group, []).append(problem)
    groups = [
        ProblemGroup(kind, tuple(one)) for kind, one in found.items() if len(one) > MOST_ALONE
    ]
    large = {group.kind for group in groups}
    rare = [problem for problem in problems if problem.group not in large]
    return rare, groups


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding is a mistake in a page's text, found by code that knows neither page nor lines.

    `what` and `fix` are as in `Problem`. `source_line_text` is text in the line to report; None if
    no line is known. If several lines have this text, `nth` is the number of the line to report
    among them, counted from 1. If the text itself has several lines, the last line is reported.
    """

    what: str
    fix: str
    source_line_text: str | None = None
    nth: int = 1


def name_first(names: Sequence[str]) -> str:
    """Return names for a message, or only the first of many: "`A`, `B`, `C` and 2 more"."""
    named = ", ".join(f"`{name}`" for name in names[:_MOST_NAMED])
    left = len(names) - _MOST_NAMED
    return f"{named} and {left} more" if left > 0 else named

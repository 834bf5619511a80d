"""Describes mistakes: what is wrong, where, and how to fix it."""

from dataclasses import dataclass


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
    """A problem is one mistake of the author, and `place` is where it was made.

    `what` is a sentence that names the key and its value. `cure` is a sentence that says what to
    write instead.
    """

    place: Place
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.cure}"

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.place.file, self.place.line or 0, self.place.column or 0, self.what)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding is a mistake in a page's text, found by code that knows neither page nor lines.

    `what` and `cure` are as in `Problem`. `source_line_text` appears in the line to report; `nth`
    says which of the lines that have it, counted from 1. If it has several lines, which follow
    each other in the source, report the last. It is None if no line is known.
    """

    what: str
    cure: str
    source_line_text: str | None = None
    nth: int = 1

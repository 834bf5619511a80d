"""What is wrong, where, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file; lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of the author's.

    `what` is a sentence that names key and value, `cure` one that says what to write instead.
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
    """What is wrong in a page's text; who finds it knows neither the page nor its lines.

    `source_line_text` stands in the line that is meant, the `nth` one that has it; of several
    lines, which follow each other, the last is meant.
    """

    what: str
    cure: str
    source_line_text: str | None = None
    nth: int = 1

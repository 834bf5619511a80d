"""Writes tables of what was tried, in Markdown, for the manual."""

from collections.abc import Iterable, Mapping
from typing import Protocol


class Column(Protocol):
    """Describes what was tried, with a reason by each row that is impossible."""

    @property
    def label(self) -> str: ...

    @property
    def impossible(self) -> Mapping[str, str]: ...


def write_ticks(columns: Iterable[Column], rows: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return a table and its reasons. A cell is a tick, or the number of a reason.

    `rows` has the words of each row by its name.
    """
    columns = [*columns]
    reasons: list[str] = []
    lines = [
        _line(["", *(column.label for column in columns)]),
        _line(["---", *(":-:" for _ in columns)]),
    ]
    for row, words in rows.items():
        cells = [_cell(column.impossible.get(row), reasons) for column in columns]
        lines.append(_line([words, *cells]))
    return "\n".join(lines), reasons


def _cell(reason: str | None, reasons: list[str]) -> str:
    if reason is None:
        return "✓"
    if reason not in reasons:
        reasons.append(reason)
    return f"({reasons.index(reason) + 1})"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"

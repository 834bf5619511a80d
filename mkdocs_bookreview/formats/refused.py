"""Refuses a file that cannot be read completely."""

from pathlib import Path

from mkdocs_bookreview.model.problem import Place, Problem


class ExportRefusedError(Exception):
    """Raised for a file that cannot be read completely; `problem` has the place and the fix."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def refuse(path: Path, line: int | None, what: str, cure: str) -> ExportRefusedError:
    """Return the error for `line` of the file at `path`, for `raise`."""
    return ExportRefusedError(Problem(Place(str(path), line), what, cure))

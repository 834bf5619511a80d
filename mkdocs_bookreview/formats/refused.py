"""Refuses a file that cannot be read completely."""

from pathlib import Path

from mkdocs_bookreview.model.problem import Place, Problem

# Files of zip, gzip, bzip2, xz and 7z begin with these bytes.
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")


class ExportRefusedError(Exception):
    """Raised for a file that cannot be read completely; `problem` has the place and the fix."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def refuse(path: Path, line: int | None, what: str, fix: str) -> ExportRefusedError:
    """Return, for the caller to raise, the error for `line` of the file at `path`."""
    return ExportRefusedError(Problem(Place(str(path), line), what, fix))


def refuse_packed(path: Path, start: bytes, wanted: str) -> None:
    """Raise ExportRefusedError if a file that begins with `start` is packed.

    `wanted` is the kind of file that the message asks for instead, such as `XML file`.
    """
    if start.startswith(_PACKED):
        raise refuse(
            path,
            None,
            "The file is compressed.",
            f"Unpack it, and name the {wanted} that it contains.",
        )

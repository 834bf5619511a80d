"""Notices by time and size whether a file has changed."""

from contextlib import suppress
from pathlib import Path

Stamp = tuple[int, int]


def read_stamp(path: str | Path | None) -> Stamp | None:
    """Return time and size of a file; None if there is none."""
    with suppress(OSError):
        status = Path(path or "").stat()
        return status.st_mtime_ns, status.st_size
    return None

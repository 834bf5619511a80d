"""Reads the files of a finished site as text."""

import os
import zlib
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path

_TEXTS = ("json", "xml", "javascript")
_SUFFIXES = ("", ".md", ".jsonl", ".ndjson", ".opml", ".yml", ".yaml", ".toml", ".webmanifest")
_GZIP = b"\x1f\x8b"
_MOST = 50_000_000  # bytes, because a small file may decompress to one that fills the memory


def read_sizes(folder: str) -> Iterator[tuple[str, int]]:
    """Yield path and size of each file."""
    waiting = [(folder, "")]
    while waiting:
        path, base = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{base}{entry.name}/"))
                elif entry.is_file():
                    yield base + entry.name, entry.stat().st_size


def read_text(path: Path) -> str:
    """Return the text of a file, decompressed; empty for pictures, fonts and missing files."""
    data = path.read_bytes() if path.is_file() else b""
    kind = guess_type(path.name)[0] or ""
    is_text = kind.startswith("text/") or kind.endswith(_TEXTS) or path.suffix in _SUFFIXES
    if data.startswith(_GZIP):
        data = _decompress(data)
    elif not is_text:
        data = b""
    return data.decode("utf-8", "replace")


def _decompress(data: bytes) -> bytes:
    """Return what the members of a gzip file hold, up to a broken place."""
    text = b""
    while data.startswith(_GZIP) and len(text) < _MOST:
        member = zlib.decompressobj(wbits=31)  # of gzip, not of zlib
        try:
            text += member.decompress(data, _MOST - len(text))
        except zlib.error:
            break
        data = member.unused_data
    return text

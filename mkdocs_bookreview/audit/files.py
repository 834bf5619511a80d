"""Reads the files of a finished site as text."""

import codecs
import os
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from mimetypes import guess_type
from pathlib import Path

_BINARY = ("image/", "audio/", "video/", "font/")
_LOOK = 8000  # bytes, which show whether a file is text; Git looks at as many
_GZIP = b"\x1f\x8b"
_WESTERN = "bookreview_western"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROKEN = "The file is compressed but damaged, so only a part of it is searched."
_MEGABYTE = 1_000_000
_MOST = 50 * _MEGABYTE  # because a small file may decompress to one that fills the memory
_MOST_READ = 200 * _MEGABYTE  # because decoding and searching takes several times the memory


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


def read_size(path: str) -> int | None:
    """Return the size of a file in bytes; None if it does not exist."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - a Path takes four times as long
    except OSError:
        return None


def read_text(path: Path, note: Callable[[str], object] = lambda _: None) -> str:
    """Return the text of a file, decompressed; empty for binary and missing files.

    `note` gets a sentence about a file that is too large to be read to its end, or is broken.

    Raise OSError if the file cannot be read.
    """
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        data = file.read(_LOOK)
        if b"\0" in data and not data.startswith((_GZIP, *_WIDE)):
            return ""
        is_whole = os.fstat(file.fileno()).st_size <= _MOST_READ
        data += file.read(-1 if is_whole else _MOST_READ)
    why = "" if is_whole else _describe_cut(data)
    if data.startswith(_GZIP):
        data, why_not = _decompress(data)
        why = why_not or (why and _describe_cut(data))
    if why:
        note(why)
    return _decode(data)


def _describe_cut(data: bytes) -> str:
    return f"The file is large, so only its first {len(data) // _MEGABYTE} MB are searched."


def _decode(data: bytes) -> str:
    if data.startswith(_WIDE):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", _WESTERN)


def _read_western(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not UTF-8 as Windows-1252, which is common in Western languages."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_WESTERN, _read_western)


def is_media(name: str) -> bool:
    """Return whether a file is a picture, font or recording by its name; SVG counts as text."""
    return _is_media(name.rpartition(".")[2])


@cache
def _is_media(ending: str) -> bool:
    kind = guess_type(f"a.{ending}")[0] or ""
    return kind.startswith(_BINARY) and not kind.endswith("xml")


def _decompress(data: bytes) -> tuple[bytes, str]:
    """Return the content of a gzip file, and the reason why it is incomplete, or ""."""
    text = b""
    while data.startswith(_GZIP):
        if len(text) >= _MOST:
            return text, _describe_cut(text)
        member = zlib.decompressobj(wbits=31)  # of gzip, not of zlib
        try:
            text += member.decompress(data, _MOST - len(text))
        except zlib.error:
            return text, _BROKEN
        if member.unconsumed_tail:
            return text, _describe_cut(text)
        if not member.eof:
            return text, _BROKEN
        data = member.unused_data
    return text, ""

"""Turn ids of threads into names of files, and back."""

import re
from hashlib import sha256
from urllib.parse import quote, unquote

SUFFIX = ".yml"

_LONGEST = 200  # bytes, because file systems take 255, and other programs add an ending
_OTHER_FORM = "="
_CUT = "~"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # names of devices on Windows


def name_file(thread: str) -> str:
    """Return the name of the file for the archive of a thread. Each thread has its own file.

    `/dune-frank-herbert/` gives `dune-frank-herbert.yml`, `/2014/05/emma/` gives
    `2014%2F05%2Femma.yml`, and `Emma` gives `=%45mma.yml`: an id without the two slashes begins
    with `=`, and capitals are written as codes, because some file systems ignore case.
    """
    inner = re.fullmatch(r"/(.+)/", thread, re.DOTALL)
    name = _encode(inner[1]) if inner else _OTHER_FORM + _encode(thread)
    if _RESERVED.match(name):
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if len(name.encode()) > _LONGEST:
        digest = sha256(thread.encode()).hexdigest()[:16]
        start = name.encode()[: _LONGEST - len(digest)].decode(errors="ignore")
        name = f"{start}{_CUT}{digest}"
    return name + SUFFIX


def read_thread(name: str) -> str | None:
    """Return the id of the thread whose archive has this file name; None if the id was cut off."""
    stem = name.removesuffix(SUFFIX)
    if _CUT in stem:
        return None
    if stem.startswith(_OTHER_FORM):
        return unquote(stem.removeprefix(_OTHER_FORM))
    return f"/{unquote(stem)}/"


def _encode(text: str) -> str:
    return "".join(
        sign if _is_safe(sign) and (place or sign != ".") else _write_code(sign)
        for place, sign in enumerate(text)
    )


def _is_safe(sign: str) -> bool:
    return sign in "-_." or (sign.isalnum() and sign == sign.lower())


def _write_code(sign: str) -> str:
    """Return the codes of a character: `%45` for `E`, which `quote` would leave as it is."""
    return f"%{ord(sign):02X}" if sign.isascii() else quote(sign)

"""Read addresses of comment servers and of posts, as authors write them."""

import re
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(:\d{1,4})?(/[\w./-]*)?", re.ASCII)


def origin_of(url: str) -> str:
    """Return the scheme and the host: `https://a.example/b` gives `https://a.example`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def split_address(text: str) -> SplitResult | None:
    """Return the parts of an address on the web; None if the text is something else."""
    try:
        parts = urlsplit(text)
        # `port` is read, because reading it raises ValueError for an invalid port, which `urlsplit`
        # accepts.
        is_valid = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_valid else None


def _split(text: str) -> SplitResult:
    parts = split_address(text)
    if not parts or parts.query or parts.fragment or any(letter.isspace() for letter in text):
        # The fix for `c.example.org` is `https://c.example.org`, because only the scheme is
        # missing.
        fix = {"fix": f"Did you mean `https://{text}`?"} if _BARE.fullmatch(text) else None
        must = "must be the address of a server, with `https://`"
        raise PydanticCustomError("server", must, fix)
    return parts


def _url(text: str) -> str:
    return _split(text).geturl().rstrip("/")


def _origin(text: str) -> str:
    parts = _split(text)
    if parts.path not in {"", "/"}:
        raise PydanticCustomError("origin", "must be the address of a server without a path")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _folder(text: str) -> str:
    if not text.startswith("/"):
        return _url(text)
    if not re.fullmatch(r"/(?!/)[^\s?#\\]*", text):
        raise PydanticCustomError(
            "folder", "must be an address, or a path such as `/assets/folder`"
        )
    return text.rstrip("/")


ServerUrl = Annotated[str, AfterValidator(_url)]
ServerOrigin = Annotated[str, AfterValidator(_origin)]
Folder = Annotated[str, AfterValidator(_folder)]

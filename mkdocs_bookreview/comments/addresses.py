"""Read addresses of comment servers, as options."""

import re
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(:\d{1,4})?(/[\w./-]*)?", re.ASCII)


def _split(text: str) -> SplitResult:
    # For `c.example.org` the fix is its own address, because only `https://` is missing.
    cure = {"cure": f"Did you mean `https://{text}`?"} if _BARE.fullmatch(text) else None
    wrong = PydanticCustomError("server", "must be the address of a server, with `https://`", cure)
    try:
        parts = urlsplit(text)
        # Reading `port` raises ValueError for an invalid one, which `urlsplit` lets pass.
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"https", "http"} or not parts.hostname or not port_is_fine:
        raise wrong
    if any(letter.isspace() for letter in text) or parts.query or parts.fragment:
        raise wrong
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

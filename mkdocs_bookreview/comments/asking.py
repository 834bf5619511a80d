"""Ask comment servers from the author's computer, and say why a server is silent."""

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from mkdocs_bookreview.comments.provider import Answer

_TIMEOUT = 10  # seconds
_LONGEST = 1_000_000  # bytes, because a wrong address may lead to a video
_AGENT = "mkdocs-bookreview"
# These characters are not quoted, because they have a meaning in an address.
_SAFE = "/%:=&?~+!$,;'@()*[]"


class SilentError(OSError):
    """Raised if a server does not answer; the message is a sentence with host and reason."""


def ask_server(url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    """Return the answer to a request, whatever its status; a long body is cut off.

    Raise SilentError if there is no answer within ten seconds.
    """
    request = _prepare(url, headers, method)
    try:
        with urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310 - `_prepare` has checked it
            return _read(response.status, dict(response.headers), response.read(_LONGEST))
    except HTTPError as error:
        with error:
            return _read(error.code, dict(error.headers), error.read(_LONGEST))
    except (OSError, HTTPException, ValueError) as error:
        # The inner error is used, because the text of a URLError is not a sentence.
        reason = error.reason if isinstance(error, URLError) else error
        raise SilentError(_explain(urlsplit(url).netloc, reason)) from error


def _prepare(url: str, headers: Mapping[str, str] | None, method: str) -> Request:
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"}:
        raise SilentError(f"`{url}` is not the address of a server.")
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query = quote(parts.path, _SAFE), quote(parts.query, _SAFE)
    address = parts._replace(netloc=host, path=path, query=query).geturl()
    return Request(address, headers={"User-Agent": _AGENT, **(headers or {})}, method=method)  # noqa: S310 - checked above


def _read(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    return Answer(status, {name.lower(): value for name, value in headers.items()}, body)


def _explain(host: str, reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return f"{host} does not answer within {_TIMEOUT} seconds."
    if isinstance(reason, socket.gaierror):
        return f"There is no server {host}, or this computer is offline."
    if isinstance(reason, ConnectionRefusedError):
        return f"Nothing answers at {host}. Start the server, or check the port."
    if isinstance(reason, ssl.SSLError):
        why = getattr(reason, "verify_message", "") or reason.reason or str(reason)
        return f"{host} has no valid certificate for HTTPS: {why}."
    return f"{host} does not answer: {str(reason) or type(reason).__name__}."

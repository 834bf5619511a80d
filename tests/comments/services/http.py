"""Servers on loopback that note what they are asked for, and misbehave when a test says so."""

import json
import mimetypes
import re
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from playwright.sync_api import BrowserContext, Route

HOST = "127.0.0.1"

# A test that forgets to release an answer fails by its own timeout, long before this.
_LONGEST_WAIT = 60

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "content-type, authorization, x-xsrf-token",
}


def port_of(name: str) -> int:
    """Return a free port that stays reserved for this name as long as the process runs.

    Sites are built with the addresses of services in them. With one port for each name, all tests
    of a process can share a built site.
    """
    with _reserving:
        if name not in _reserved:
            _reserved[name] = _reserve()
        return int(_reserved[name].getsockname()[1])


_reserved: dict[str, socket.socket] = {}
_reserving = threading.Lock()


def _reserve() -> socket.socket:
    """Bind a socket without listening, so that nobody gets its port by chance.

    Linux lets another socket bind the same port and listen if both have SO_REUSEADDR, as servers
    of Python and Node have. Until one does, connections are refused.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind((HOST, 0))
    return held


@dataclass(frozen=True, slots=True)
class Request:
    """Describes a request that a server got.

    `url` is its path with the query. `headers` have names in lower case. `body` is what was sent.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, str]:
        """Return the parameters by name, also empty ones; the last of equal names counts."""
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """Describes what a server answers; `kind` is the media type."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def plus(self, **headers: str) -> Self:
        """Return the answer with more headers; `X_Frame_Options` gives `X-Frame-Options`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})


def html(text: str) -> Answer:
    return Answer(text.encode())


def script(text: str) -> Answer:
    return Answer(text.encode(), "text/javascript; charset=utf-8")


def style(text: str) -> Answer:
    return Answer(text.encode(), "text/css; charset=utf-8")


def data(value: object, status: int = 200) -> Answer:
    return Answer(json.dumps(value).encode(), "application/json", status)


NOT_FOUND = Answer(b"<!doctype html><title>404</title><p>Not found", status=404)

Page = Answer | Callable[[Request], Answer]

Misbehaviour = Callable[[Answer], Answer]
"""Gets the answer that a well-behaved server gives, and returns another, late or none."""

M = TypeVar("M", bound=Misbehaviour)


class NoAnswerError(Exception):
    """Raised by a misbehaviour instead of an answer: the connection is reset."""


def reset(_: Answer) -> Answer:
    """Break the connection after the request came."""
    raise NoAnswerError


def status(code: int) -> Misbehaviour:
    """Answer with an error page, which browsers load into frames as they load any page."""
    return lambda _: replace(NOT_FOUND, status=code)


def silent(body: str = "") -> Misbehaviour:
    """Answer 200 and the right media type, but with nothing of use in it."""
    return lambda answer: replace(answer, body=body.encode())


def no_frames(answer: Answer) -> Answer:
    """Refuse to be put in a frame, by X-Frame-Options."""
    return answer.plus(X_Frame_Options="DENY")


def no_ancestors(answer: Answer) -> Answer:
    """Refuse to be put in a frame, by the newer header."""
    return answer.plus(Content_Security_Policy="frame-ancestors 'none'")


def elsewhere(address: str) -> Misbehaviour:
    """Redirect to another address, as a server behind a login page or an expired domain does."""
    return lambda _: Answer(status=302).plus(Location=address)


def with_headers(**headers: str) -> Misbehaviour:
    """Answer as usual, with more headers; `X_Frame_Options` gives `X-Frame-Options`."""
    return lambda answer: answer.plus(**headers)


class Slow:
    """Answers when the test calls `release`: before the page gives up (slow) or after (late).

    A test can wait for the request with `until_asked`.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._released = threading.Event()
        self._held: list[Callable[[], None]] = []

    def __call__(self, answer: Answer) -> Answer:
        self._asked.set()
        self._released.wait(_LONGEST_WAIT)
        return answer

    def until_asked(self, seconds: float = 10) -> None:
        assert self._asked.wait(seconds), "Nobody asked."

    def is_asked(self) -> bool:
        return self._asked.is_set()

    def release(self) -> None:
        self._released.set()
        while self._held:
            self._held.pop(0)()

    def hold(self, answer: Callable[[], None]) -> None:
        """Call `answer` on release, for a caller that must not wait; see `route_to`."""
        self._asked.set()
        if self._released.is_set():
            answer()
        else:
            self._held.append(answer)


class Server:
    """Serves `pages` by path on loopback, and notes `requests`.

    A page is an answer, or a function that makes one from the request. What `misbehave` sets can
    change at any time. It is a context manager: it serves inside `with`.
    """

    def __init__(self, port: int = 0) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[Request] = []
        self.headers: dict[str, str] = {"Access-Control-Allow-Origin": "*"}
        self._misbehaviours: dict[str, Misbehaviour] = {}
        self._lock = threading.Lock()
        self._http: ThreadingHTTPServer | None = None
        self._port = port
        self._held: socket.socket | None = None

    @property
    def port(self) -> int:
        """Return the port that was given, or one that stays ours while the server is down."""
        if not self._port:
            self._held = _reserve()
            self._port = int(self._held.getsockname()[1])
        return self._port

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def asked(self) -> list[str]:
        """Return paths with queries in the order in which they were asked for."""
        return [request.url for request in self.requests]

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        self.behave()
        self.down()
        if self._held:
            self._held.close()

    def up(self) -> None:
        """Listen; do nothing if it listens."""
        if self._http is None:
            self._http = _Listener((HOST, self.port), partial(_Handler, self))
            serve = partial(self._http.serve_forever, poll_interval=0.02)
            threading.Thread(target=serve, daemon=True).start()

    def down(self) -> None:
        """Stop to listen, so that connections are refused; `up` ends it."""
        if self._http is not None:
            self._http.shutdown()
            self._http.server_close()
            self._http = None

    def misbehave(self, path: str, how: M) -> M:
        """Change the answers for a path, which may have wildcards (`*/widget`); return `how`."""
        self._misbehaviours[path] = how
        return how

    def behave(self, path: str | None = None) -> None:
        """End the misbehaviour of a path, or of all; slow answers are sent."""
        paths = [path] if path else list(self._misbehaviours)
        for how in [self._misbehaviours.pop(each, None) for each in paths]:
            if isinstance(how, Slow):
                how.release()

    def misbehaviour_for(self, path: str) -> Misbehaviour | None:
        """Return what was set last of all that matches."""
        found = [how for name, how in self._misbehaviours.items() if fnmatch(path, name)]
        return found[-1] if found else None

    def answer(self, request: Request) -> Answer:
        """Return the answer of a well-behaved server, and note the request."""
        with self._lock:
            self.requests.append(request)
        answer = self.respond(request)
        return replace(answer, headers={**self.headers, **answer.headers})

    def respond(self, request: Request) -> Answer:
        """Return the page of a path; other kinds of servers override this."""
        if request.method == "OPTIONS":
            return Answer(status=204, headers=_PREFLIGHT)
        page = self.pages.get(request.path, NOT_FOUND)
        return page(request) if callable(page) else page


class StaticSite(Server):
    """Serves a built folder, below the path `at`, with `headers` (such as CSP) on each answer.

    Each site of a process has the same port, because `site_url` holds it: Material follows links
    by instant navigation only to addresses of its sitemap. Two sites at once need a `name` each.
    """

    def __init__(self, folder: Path, *, at: str = "/", name: str = "site") -> None:
        super().__init__(port_of(name))
        self.folder = folder
        self.at = at
        self.headers = {}

    @property
    def address(self) -> str:
        return self.origin + self.at

    def respond(self, request: Request) -> Answer:
        """Return the page of that path that a test has set, else the file, else 404.html."""
        if request.path in self.pages:
            return super().respond(request)
        path = unquote(request.path)
        inside = path.removeprefix(self.at) if path.startswith(self.at) else None
        return self._missing() if inside is None else self._file(self.folder / inside)

    def _file(self, path: Path) -> Answer:
        file = path / "index.html" if path.is_dir() else path
        # Browsers resolve `..` themselves, so a path outside is a mistake of a test.
        if not file.resolve().is_relative_to(self.folder.resolve()) or not file.is_file():
            return self._missing()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return Answer(file.read_bytes(), kind)

    def _missing(self) -> Answer:
        page = self.folder / "404.html"
        return replace(NOT_FOUND, body=page.read_bytes()) if page.is_file() else NOT_FOUND


class _Listener(ThreadingHTTPServer):
    """Has room for all requests of a page at once."""

    request_queue_size = 64


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, owner: Server, *args: object) -> None:
        self.owner = owner
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        answer = self.owner.answer(request)
        change = self.owner.misbehaviour_for(request.path)
        try:
            self._send(change(answer) if change else answer)
        except NoAnswerError:
            self._reset()
        except (BrokenPipeError, ConnectionResetError):
            # The browser left the page, and no longer waits for the answer.
            pass

    do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - their names are given

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        # A cached answer would hide requests, and misbehaviour that a test sets later.
        self.send_header("Cache-Control", "no-store")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _reset(self) -> None:
        # With no time to linger, the kernel sends RST instead of FIN.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *_: object) -> None:
        pass


def route_to(context: BrowserContext, pattern: str | re.Pattern[str], server: Server) -> None:
    """Let a server answer for addresses of the web that match, with its misbehaviour.

    Nothing reaches the network: what the server cannot answer is refused.
    """
    context.route(pattern, partial(_answer_route, server))


def _answer_route(server: Server, route: Route) -> None:
    asked = route.request
    parts = urlsplit(asked.url)
    url = f"{parts.path}?{parts.query}" if parts.query else parts.path
    headers = {**asked.headers, "host": parts.netloc}
    request = Request(asked.method, url, headers, asked.post_data_buffer or b"")
    answer = server.answer(request)
    change = server.misbehaviour_for(request.path)
    # This runs in the thread of the test, which could not release an answer if we waited here.
    if isinstance(change, Slow):
        change.hold(partial(_fulfill, route, answer, None))
    else:
        _fulfill(route, answer, change)


def _fulfill(route: Route, answer: Answer, change: Misbehaviour | None) -> None:
    try:
        answer = change(answer) if change else answer
    except NoAnswerError:
        route.abort("connectionrefused")
        return
    if "Location" in answer.headers:
        _lead(route, answer.headers["Location"])
        return
    headers = {"Content-Type": answer.kind, **answer.headers}
    route.fulfill(status=answer.status, headers=headers, body=answer.body)


def _lead(route: Route, address: str) -> None:
    """Lead a page or frame to another address, because Playwright cannot answer by a redirect.

    What is no page, such as a script, is refused.
    """
    if route.request.is_navigation_request():
        page = f'<!doctype html><meta http-equiv="refresh" content="0;url={escape(address)}">'
        route.fulfill(headers={"Content-Type": "text/html"}, body=page)
    else:
        route.abort("connectionrefused")

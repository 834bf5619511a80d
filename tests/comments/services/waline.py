"""A real Waline server with SQLite, and its real client, from npm.

They are installed once into a cache folder outside of the repository. That takes some minutes,
because SQLite is compiled, so it is done only if BOOKREVIEW_REQUIRE_WALINE is 1; otherwise tests
are skipped with the reason. Two things are made up, because Waline asks the web for them: the list
of services for signing in (oauth.lithub.cc), and the chat Lark, which gets its notifications.
"""

import fcntl
import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import pytest

from tests.comments.services.http import HOST, Server, StaticSite, data, port_of

REQUIRE = "BOOKREVIEW_REQUIRE_WALINE"

# Another version has another folder, so that the cache of an older one is not used for it.
_SERVER = "@waline/vercel@1.39.3"
_CLIENT = "@waline/client@3"

_PRELOAD = Path(__file__).with_name("waline_loopback.cjs")

# npm 11 runs install scripts of listed packages only; SQLite's compiles the database.
_PACKAGE = {"private": True, "allowScripts": {"sqlite3": True}}

_INSTALL = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", _SERVER, _CLIENT]

_LONGEST_INSTALL = 1200

# The columns that the server reads and writes; its own file makes the same tables.
_TIMES = (
    "createdAt DATETIME DEFAULT (datetime('now')), updatedAt DATETIME DEFAULT (datetime('now'))"
)
_TABLES = f"""
CREATE TABLE wl_Comment (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER, comment TEXT,
  insertedAt DATETIME DEFAULT (datetime('now')), ip TEXT, link TEXT, mail TEXT, nick TEXT,
  rid INTEGER, pid INTEGER, sticky NUMERIC, status TEXT NOT NULL, like INTEGER, ua TEXT, url TEXT,
  {_TIMES});
CREATE TABLE wl_Counter (id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER, url TEXT,
  {", ".join(f"reaction{number} INTEGER" for number in range(9))}, {_TIMES});
CREATE TABLE wl_Users (id INTEGER PRIMARY KEY AUTOINCREMENT, display_name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '', password TEXT NOT NULL DEFAULT '', type TEXT NOT NULL DEFAULT '',
  label TEXT, url TEXT, avatar TEXT, "2fa" TEXT, github TEXT, twitter TEXT, facebook TEXT,
  google TEXT, weibo TEXT, qq TEXT, oidc TEXT, huawei TEXT, {_TIMES});
"""

_LINK = re.compile(r"https?://[^\s\"\\)\]]+#\d+")


class WalineError(Exception):
    """Raised if Waline cannot be installed or started, or refuses what a test asks of it."""


def folder() -> Path:
    """Return where the packages are, or would be."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    versions = f"waline-{_SERVER.rpartition('@')[2]}-{_CLIENT.rpartition('@')[2]}"
    return Path(cache) / "mkdocs-bookreview-tests" / versions


def client() -> Path:
    """Return the folder of the client's files, such as `waline.js` and `waline.css`."""
    return folder() / "node_modules" / "@waline" / "client" / "dist"


def need_waline() -> None:
    """Skip the test if Waline is not installed; install it if the environment requires it."""
    if os.environ.get(REQUIRE) == "1":
        install()
    elif reason := why_missing():
        pytest.skip(reason)


def why_missing() -> str | None:
    """Say why Waline cannot run here; None if it can. This asks no network."""
    if shutil.which("node") is None:
        return "Waline needs Node.js: node was not found."
    if not folder().exists():
        return f"Waline is not installed; {REQUIRE}=1 installs it by npm, which takes minutes."
    return None


def install() -> None:
    """Install Waline if it is missing. Raise WalineError with npm's last words if that fails."""
    if shutil.which("npm") is None:
        raise WalineError("Waline needs npm, which was not found.")
    folder().parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(folder().with_name(f"{folder().name}.lock")):
        if not folder().exists():
            _install(folder().with_name(f"{folder().name}.part"))


@contextmanager
def _one_at_a_time(file: Path) -> Iterator[None]:
    """Let one process of several in; the system opens the lock of one that dies."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(part: Path) -> None:
    # The folder gets its name last, so that one that an interruption left is not used.
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    (part / "package.json").write_text(json.dumps(_PACKAGE), "utf-8")
    try:
        done = subprocess.run(
            _INSTALL,
            cwd=part,
            capture_output=True,
            text=True,
            timeout=_LONGEST_INSTALL,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise WalineError(f"npm took more than {_LONGEST_INSTALL} seconds.") from error
    if done.returncode:
        raise WalineError(f"npm could not install Waline: {done.stderr[-2000:]}")
    if not any(part.glob("node_modules/sqlite3/**/*.node")):
        raise WalineError(f"npm did not compile SQLite: {done.stderr[-2000:]}")
    part.rename(folder())


class Waline:
    """Runs Waline on loopback, inside `with`, and serves its client at `client`.

    `site` is the address of the site, which Waline puts before the id of a thread in its
    notifications; see `links`. With `audit`, comments wait for a moderator. `only` are the domains
    that it serves; none means all. Each Waline of a process has the same port.
    """

    def __init__(
        self, folder: Path, site: str, *, audit: bool = False, only: tuple[str, ...] = ()
    ) -> None:
        self.folder = folder
        self.site = site.rstrip("/")
        self.audit = audit
        self.only = only
        self.port = port_of("waline")
        self.client = StaticSite(client(), name="waline client")
        self.client.headers["Access-Control-Allow-Origin"] = "*"
        self._web = Server(port_of("waline's web"))
        self._web.pages = {"/oauth": data({"services": []}), "/chat": data({"status": 200})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        file = self.folder / "waline.log"
        return file.read_text("utf-8") if file.exists() else ""

    @property
    def links(self) -> list[str]:
        """Return the links to comments that it put into notifications, oldest first."""
        told = [request.body for request in self._web.requests if request.path == "/chat"]
        return [unescape(link) for body in told for link in _LINK.findall(body.decode())]

    def __enter__(self) -> Self:
        self._web.up()
        self.client.up()
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.client.down()
        self._web.down()

    def start(self, seconds: float = 60) -> None:
        """Start the server and return when it answers; what it stored before is there again."""
        self._make_database()
        process = self._process = self._run()
        end = time.monotonic() + seconds
        while not self._answers():
            if process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise WalineError(f"Waline does not start: {self.log[-2000:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill the server, also if it is frozen; connections are refused then."""
        process, self._process = self._process, None
        if process is not None:
            # It runs a worker process beside, which is in its group.
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def restart(self) -> None:
        """Kill the server and start it at the same address, with what it stored."""
        self.kill()
        self.start()

    def freeze(self) -> None:
        """Stop the processes: connections are accepted, but nothing is answered until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def post(self, path: str, text: str, author: str = "Ann", **others: object) -> dict[str, Any]:
        """Write a comment as a reader does, and return it as Waline does.

        `others` are further fields: `pid` is the comment that this one replies to, and `rid` the
        first of that conversation.
        """
        comment = {"comment": text, "nick": author, "url": path, "mail": "", "link": "", "ua": "x"}
        written: dict[str, Any] = self._ask("POST", "/api/comment", {**comment, **others})
        return written

    def comments(self, path: str) -> list[dict[str, Any]]:
        """Return the comments of a thread that readers see, with replies in `children`."""
        query = f"path={quote(path, safe='')}&pageSize=100&page=1&sortBy=insertedAt_asc"
        return list(self._ask("GET", f"/api/comment?{query}")["data"])

    def _make_database(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "waline.sqlite"
        if not file.exists():
            connection = sqlite3.connect(file)
            connection.executescript(_TABLES)
            connection.close()

    def _run(self) -> subprocess.Popen[bytes]:
        program = folder() / "node_modules" / "@waline" / "vercel" / "vanilla.js"
        with (self.folder / "waline.log").open("ab") as log:
            return subprocess.Popen(
                ["node", "--require", str(_PRELOAD), str(program), str(self.port)],
                cwd=self.folder,
                env={**os.environ, **self._settings()},
                stdin=subprocess.PIPE,  # closes however we end, so that the server ends too
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _settings(self) -> dict[str, str]:
        return {
            "SQLITE_PATH": str(self.folder.resolve()),
            "SITE_URL": self.site,
            "SITE_NAME": "Shelf",
            "JWT_TOKEN": "test",
            "COMMENT_AUDIT": str(self.audit).lower(),
            "SECURE_DOMAINS": ",".join(self.only),
            "OAUTH_URL": f"{self._web.origin}/oauth",
            "LARK_WEBHOOK": f"{self._web.origin}/chat",
            "AKISMET_KEY": "false",
            "AVATAR_PROXY": "false",
            "DISABLE_REGION": "true",
            "IPQPS": "0",
        }

    def _answers(self) -> bool:
        try:
            return self._send("GET", "/api/comment?type=count&url=x")[0] == http.client.OK
        except (OSError, http.client.HTTPException):
            return False

    def _signal(self, number: signal.Signals) -> None:
        assert self._process, "Waline does not run."
        os.killpg(self._process.pid, number)

    def _ask(self, method: str, path: str, value: object = None) -> Any:
        code, body = self._send(method, path, value)
        answer = json.loads(body) if code == http.client.OK else {"errno": code}
        if answer["errno"]:
            raise WalineError(f"Waline answered {code} to {method} {path}: {body[:500]!r}")
        return answer["data"]

    def _send(self, method: str, path: str, value: object = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=20)
        try:
            headers = {"Content-Type": "application/json", "Origin": self.site}
            connection.request(method, path, json.dumps(value) if value else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

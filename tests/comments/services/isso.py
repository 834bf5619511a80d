"""A real Isso, with a database of its own, that a test may freeze, kill and start again."""

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from tests.comments.services.http import HOST, port_of

_RUN = Path(__file__).with_name("run_isso.py")

_CONFIG = """\
[general]
dbpath = comments.db
host =
{hosts}
notify = stdout
latest-enabled = true

[server]
listen = {address}/
public-endpoint = {address}

[moderation]
enabled = {moderation}

[guard]
enabled = false

[markup]
renderer = mistune
allowed-elements = span, div
allowed-attributes = class

[markup.mistune]
plugins = strikethrough, url, spoiler
parameters = escape, hard_wrap

[admin]
enabled = true
password = test
"""

_LINK = re.compile(r"Link to comment: (\S+)")
_ACTIVATE = re.compile(r"Activate comment: (\S+)")


class IssoError(Exception):
    """Raised if Isso does not start, or refuses what a test asks of it."""


class Isso:
    """Runs Isso on loopback, inside `with`.

    `hosts` are the addresses of the sites that it serves; with those of other sites only, it does
    not know the site of the test. With `moderation`, a comment waits until `activate`. Each Isso
    of a process has the same port, so that built sites can be shared; two at once need a `name`
    each.
    """

    def __init__(
        self, folder: Path, hosts: Iterable[str], *, moderation: bool = False, name: str = "isso"
    ) -> None:
        self.folder = folder
        self.hosts = tuple(hosts)
        self.moderation = moderation
        self.port = port_of(name)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        """Return all that Isso printed; `notify = stdout` prints what mails would say."""
        return self._log.read_text("utf-8") if self._log.exists() else ""

    @property
    def links(self) -> list[str]:
        """Return the links to comments that it put into mails, oldest first."""
        return _LINK.findall(self.log)

    @property
    def _log(self) -> Path:
        return self.folder / "isso.log"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self, seconds: float = 30) -> None:
        """Start the server and return when it answers; what it stored before is there again."""
        process = self._process = self._run(self._write())
        end = time.monotonic() + seconds
        while not self._answers():
            if process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise IssoError(f"Isso does not start: {self.log[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the server, also if it is frozen; connections are refused then."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def restart(self) -> None:
        """Kill the server and start it at the same address, with what it stored."""
        self.kill()
        self.start()

    def freeze(self) -> None:
        """Stop the process: connections are accepted, but nothing is answered until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def post(self, uri: str, text: str, author: str = "Ann", **others: object) -> dict[str, Any]:
        """Write a comment as a reader does, and return it as Isso does.

        `others` are further fields, such as `parent` (the id of a comment) and `title`.
        """
        comment = {"text": text, "author": author, "title": "A page", "parent": None, **others}
        written: dict[str, Any] = self._ask("POST", f"/new?uri={quote(uri, safe='')}", comment)
        return written

    def comments(self, uri: str) -> list[dict[str, Any]]:
        """Return the comments of a thread that readers see, without replies to them."""
        thread = self._ask("GET", f"/?uri={quote(uri, safe='')}")
        return list(thread["replies"])

    def activate(self) -> None:
        """Publish all comments that waited, by the addresses that its mails give moderators."""
        for address in _ACTIVATE.findall(self.log):
            self._ask("POST", address.removeprefix(self.address))

    def _write(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        hosts = "\n".join(f"    {host}" for host in self.hosts)
        moderation = str(self.moderation).lower()
        config = self.folder / "isso.cfg"
        text = _CONFIG.format(hosts=hosts, address=self.address, moderation=moderation)
        config.write_text(text, "utf-8")
        return config.resolve()

    def _run(self, config: Path) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                # With -P this module, beside the file, does not hide the package `isso`.
                [sys.executable, "-P", str(_RUN), str(config)],
                stdin=subprocess.PIPE,  # closes however we end, so that the server ends too
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _answers(self) -> bool:
        try:
            return self._send("GET", "/info")[0] == http.client.OK
        except (OSError, http.client.HTTPException):
            return False

    def _signal(self, number: signal.Signals) -> None:
        assert self._process, "Isso does not run."
        self._process.send_signal(number)

    def _ask(self, method: str, path: str, value: object = None) -> Any:
        code, body = self._send(method, path, value)
        if code >= http.client.BAD_REQUEST:
            raise IssoError(f"Isso answered {code} to {method} {path}: {body[:500]!r}")
        return json.loads(body) if body.startswith(b"{") else None

    def _send(self, method: str, path: str, value: object = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            connection.request(method, path, json.dumps(value) if value else None, self._headers())
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def _headers(self) -> Mapping[str, str]:
        # Isso puts the site that a request comes from into its links.
        return {"Content-Type": "application/json", "Origin": self.hosts[0].rstrip("/")}

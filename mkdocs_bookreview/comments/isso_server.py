"""Run an Isso server on the author's computer, as long as `mkdocs serve` runs."""

import http.client
import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from mkdocs_bookreview.comments.provider import PreviewError

INSTALL = 'pip install "mkdocs-bookreview[isso]"'

_HOST = "127.0.0.1"
_SERVER = "mkdocs_bookreview.comments.isso_process"

# Paths can be relative, because the server works in the folder of its configuration file.
_CONFIG = """\
[general]
dbpath = comments.db
host =
{hosts}
notify = stdout

[server]
listen = {address}
public-endpoint = {address}

[moderation]
enabled = false

[guard]
enabled = false

[markup]
renderer = mistune
allowed-elements = span, div
allowed-attributes = class

[markup.mistune]
plugins = strikethrough, url, spoiler
parameters = escape, hard_wrap
"""


def is_installed() -> bool:
    return importlib.util.find_spec("isso") is not None


class IssoPreview:
    """Runs an Isso server.

    `folder` keeps the comments between runs. `hosts` are the addresses of the previewed site. The
    port is reserved at once, because pages need `address` before the server starts.
    """

    def __init__(self, folder: Path, hosts: Iterable[str]) -> None:
        self.folder = folder
        self.hosts = tuple(hosts)
        self._held = socket.create_server((_HOST, 0), backlog=1)
        self.port: int = self._held.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{_HOST}:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "isso.log"

    def start(self, timeout: float = 20) -> None:
        """Start the server, and return when it answers.

        Raise PreviewError if its folder cannot be written, or if it ends, or does not answer within
        `timeout` seconds.
        """
        self._held.close()
        try:
            config = self._write_folder()
        except OSError as error:
            raise PreviewError(
                f"{error.filename or self.folder} cannot be written: {error.strerror}. The"
                f" preview stores its comments in {self.folder}. Make this folder writable, and"
                " restart `mkdocs serve`."
            ) from error
        self._process = self._run(config)
        try:
            self._wait(self._process, time.monotonic() + timeout)
        # This also catches Ctrl+C, because Ctrl+C must not leave the server running.
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        self._held.close()
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin
        # The server ends by itself when its standard input closes.
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _write_folder(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
        hosts = "\n".join(f"    {host}" for host in self.hosts)
        config = self.folder / "isso.cfg"
        config.write_text(_CONFIG.format(hosts=hosts, address=self.address), encoding="utf-8")
        self.log.write_bytes(b"")
        return config.resolve()

    def _run(self, config: Path) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - nothing in it comes from outside
                [sys.executable, "-m", _SERVER, str(config)],
                # The pipe closes however we end, even if we are killed, so the server ends too.
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _wait(self, process: subprocess.Popen[bytes], deadline: float) -> None:
        while not self._answers():
            if process.poll() is not None:
                raise PreviewError(
                    f"The Isso server stopped right after its start: {self._last_words()}"
                )
            if time.monotonic() > deadline:
                raise PreviewError(
                    f"The Isso server does not answer. The reason may be in {self.log}."
                )
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(_HOST, self.port, timeout=2)
        try:
            connection.request("GET", "/info")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), f"see {self.log}.")

"""Runs a host as its users do, from the command line."""

import gzip
import os
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import sleep
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from tests.hosts.table import Host
from tests.plugin.sites import review, write_site
from tests.plugin.syntaxes import SYNTAXES, sentinel

_SECONDS = 240  # before a command counts as stuck
_PAUSE = 0.1
_ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
_EXTENSIONS = ["bookreview_spoilers", "footnotes", "attr_list", "tables"]
_PAGEFIND = b"pagefind_dcd"

HOME = "# My books\n\n/// reviews\n    limit: 6\n///\n"
BLOG = {
    "index.md": HOME,
    "reviews/emma.md": review(body="She means well.\n\nIt is ||zqxhimzqx||.", themes=["Class"]),
}


def open_word(name: str) -> str:
    """Return a word that readers of a page may see, and find by a search."""
    return f"vqx{name}vqx"


def write_secrets() -> dict[str, str]:
    """Return a page for each syntax of spoilers, and one with a mistake."""
    pages = {
        f"reviews/{name}.md": review(
            f"Book of {name}", body=f"Open {open_word(name)}.\n\n{syntax.format(sentinel(name))}"
        )
        for name, syntax in SYNTAXES.items()
    }
    body = f"Words {sentinel('whole')}.\n"
    pages["reviews/whole.md"] = review("Book of whole", spoilers=True, body=body)
    pages["reviews/wrong.md"] = review("Book of wrong", rating="ten", read="2026-05-01")
    return {"index.md": HOME, **pages}


@dataclass(frozen=True, slots=True)
class Built:
    """Holds the files of a finished site, decompressed, and what its host printed."""

    files: Mapping[str, bytes]
    messages: str

    def find(self, word: str) -> list[str]:
        return [path for path, content in self.files.items() if word.encode() in content]


def read_files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _decompress(path.read_bytes()) for path in found}


def _decompress(content: bytes) -> bytes:
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content).removeprefix(_PAGEFIND)
    return content


class Bench:
    """Runs a host in the environment that it needs, below `folder`."""

    def __init__(self, host: Host, python: Path, folder: Path) -> None:
        self.host = host
        self.folder = folder
        self._command = [str(python), "-m", host.command]

    def run(self, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
        command = [*self._command, *arguments]
        return subprocess.run(
            command,
            cwd=folder,
            env=_ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )

    def write(self, name: str, pages: Mapping[str, str]) -> "Written":
        """Write a site into a folder of its own, with the file that the host finds by itself."""
        source = self.folder / name
        theme = {"name": self.host.theme}
        path = write_site(source, pages, theme=theme, markdown_extensions=_EXTENSIONS)
        path.rename(source / self.host.config)
        if not self.host.is_exported:
            return Written(source, source)
        written = Written(source, self.folder / f"{name} exported")
        # The status is 1 if pages have mistakes.
        done = subprocess.run(self._export(written), cwd=source, check=False)
        assert done.returncode in {0, 1}
        return written

    def _export(self, written: "Written", *arguments: str) -> list[str]:
        code = "from mkdocs_bookreview.cli.main import main; main()"
        command = [self._command[0], "-c", code, "export", "markdown", str(written.folder)]
        return [*command, *arguments]

    @cached_property
    def strict(self) -> subprocess.CompletedProcess[str]:
        """Return what the host printed when it published a small blog strictly.

        A host that cannot publish only builds the blog.
        """
        blog, bare = self.write("blog", BLOG).folder, self.folder / "bare.git"
        git("init", "--quiet", "--bare", str(bare), folder=blog)
        git("init", "--quiet", folder=blog)
        git("config", "user.email", "ann@example.org", folder=blog)
        git("config", "user.name", "Ann", folder=blog)
        git("remote", "add", "origin", str(bare), folder=blog)
        git("add", "docs", folder=blog)
        git("commit", "--quiet", "-m", "A blog", folder=blog)
        command = "build" if "publish" in self.host.impossible else "gh-deploy"
        return self.run(command, "--strict", folder=blog)

    @property
    def published(self) -> str:
        """Return the page of the blog's review, as it was published."""
        assert self.strict.returncode == 0
        return git("show", "gh-pages:reviews/emma/index.html", folder=self.folder / "bare.git")

    @cached_property
    def secrets(self) -> Built:
        """Return the site of `write_secrets`."""
        folder = self.write("secrets", write_secrets()).folder
        done = self.run("build", folder=folder)
        assert done.returncode == 0, done.stderr
        return Built(read_files(folder / "site"), done.stdout + done.stderr)

    @contextmanager
    def serve(self, written: "Written") -> Iterator[str]:
        """Serve a site until the end of the block; yield its address."""
        address = f"127.0.0.1:{free_port()}"
        with ExitStack() as stack:
            if self.host.is_exported:
                watch = self._export(written, "--watch")
                stack.enter_context(_running(watch, written.source))
            serve = [*self._command, "serve", "-a", address]
            stack.enter_context(_running(serve, written.folder))
            yield f"http://{address}/"


class Written(NamedTuple):
    """Holds the folder in which the author writes, and the one in which the host builds."""

    source: Path
    folder: Path


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    with (folder.parent / f"{folder.name}.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=_ENVIRONMENT, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield
        finally:
            process.kill()
            process.wait()


def git(*arguments: str, folder: Path) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(address: str, is_right: Callable[[str], bool]) -> str:
    """Return the text at an address once it is right; fail if it never is."""
    text = ""
    for _ in range(int(_SECONDS / _PAUSE)):
        try:
            with urlopen(address, timeout=_SECONDS) as answer:
                text = answer.read().decode()
        except (URLError, ConnectionError):
            text = ""  # because the server is still starting, or writes the page just now
        if is_right(text):
            return text
        sleep(_PAUSE)
    raise AssertionError(f"{address} never became right. It has: {text[-2000:]}")

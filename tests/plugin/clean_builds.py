"""Clean builds, each in a process that has not built anything before.

Starting Python and importing MkDocs and Material takes longer than building a small site. So one
process imports them, and forks for each build.
"""

import json
import logging
import os
import subprocess
import sys
import traceback
from functools import cache
from importlib import import_module
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.compiled import COMPILED, keep_compiled

Message = tuple[str, str]

_IMPORTED = (
    "material.plugins.blog.plugin",
    "material.plugins.search.plugin",
    "material.plugins.tags.plugin",
    "mkdocs_bookreview.plugin.events",
    "mkdocs_bookreview.plugin.plugin",
)
_ADDRESS = "http://127.0.0.1:8000/"


def build_clean(config: Path, into: Path) -> list[Message]:
    """Build a site as `mkdocs serve` begins; return the messages, with their levels."""
    answer = into.with_suffix(".json")
    request = {"config": str(config), "into": str(into), "answer": str(answer)}
    process = _start()
    assert process.stdin
    assert process.stdout
    print(json.dumps(request | {"environment": dict(os.environ)}), file=process.stdin, flush=True)
    assert process.stdout.readline() == "0\n", answer.read_text("utf-8")
    return [(level, text) for level, text in json.loads(answer.read_text("utf-8"))]


@cache
def _start() -> subprocess.Popen[str]:
    """Start the process that forks; it ends when the tests close its input by ending."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.plugin.clean_builds"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def main() -> None:
    for name in _IMPORTED:
        import_module(name)
    if COMPILED in os.environ:
        keep_compiled(Path(os.environ[COMPILED]))
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _answer(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _answer(request: dict[str, str]) -> None:
    status = 1
    answer = Path(request["answer"])
    try:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # only `main` answers there
        os.environ.clear()
        os.environ.update(request["environment"])
        answer.write_text(json.dumps(_build(request)), "utf-8")
        status = 0
    except BaseException:
        answer.write_text(traceback.format_exc(), "utf-8")
    finally:
        os._exit(status)


def _build(request: dict[str, str]) -> list[Message]:
    messages: list[Message] = []
    handler = logging.Handler()
    handler.emit = lambda record: messages.append((record.levelname, record.getMessage()))
    logging.getLogger("mkdocs").addHandler(handler)
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    config = load_config(request["config"], site_dir=request["into"])
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url=_ADDRESS)
    return messages


if __name__ == "__main__":
    main()

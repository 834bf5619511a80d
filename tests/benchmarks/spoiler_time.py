"""What it costs a build to hide: the shares of sealing, vault and audit in its time.

Run by hand: python tests/benchmarks/spoiler_time.py [--builds 5] [--reviews 1000]

Each review has three spoilers, one of each common form. The time is the CPU time of the process,
with clocks around the functions named below; what they cost counts as hiding. To read the syntaxes
is part of Markdown and is not counted. Medians of several builds, each in a process of its own.
"""

import argparse
import logging
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import wraps
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from build_time import SPOILERS, write_site
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_bookreview.plugin.audit import Audit
from mkdocs_bookreview.spoilers import conversion, extension, vault

PARTS = {
    "sealing": {
        conversion.Conversion: ("seal",),
        extension._ReadTree: ("run",),
        extension._EndTree: ("run",),
    },
    "vault": {vault.Vault: ("lock", "claim", "sealed", "open")},
    "audit": {
        Audit: (
            "add_reviews",
            "see_markdown",
            "add_page",
            "see_content",
            "see_output",
            "see_change",
            "find_problems",
        )
    },
}


class Clocks:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._running = False

    def time(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def timed(*args: object, **options: object) -> object:
            if self._running:
                return call(*args, **options)
            self._running = True
            start = process_time()
            try:
                return call(*args, **options)
            finally:
                self.seconds[part] += process_time() - start
                self._running = False

        return timed


def run(folder: Path) -> dict[str, float]:
    """Seconds of the whole build and of each part."""
    clocks = Clocks()
    for part, classes in PARTS.items():
        for kind, names in classes.items():
            for name in names:
                setattr(kind, name, clocks.time(part, getattr(kind, name)))
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    start = process_time()
    build(config)
    return {"build": process_time() - start, **clocks.seconds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--builds", type=int, default=5)
    parser.add_argument("--reviews", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_site(folder, options.reviews, spoilers=(*SPOILERS, "[{}]{{.spoiler}}"))
        with ProcessPoolExecutor(1, max_tasks_per_child=1) as pool:
            builds = list(pool.map(run, [folder] * options.builds))
    shares = {part: median(one[part] / one["build"] for one in builds) for part in PARTS}
    print(f"{options.reviews} reviews with three spoilers each")
    for part, share in shares.items():
        print(f"{part:10}{share:7.2%}")
    print(f"{'together':10}{sum(shares.values()):7.2%} of the time of a build")


if __name__ == "__main__":
    main()

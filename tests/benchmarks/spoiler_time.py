"""What it costs a build to hide: the shares of sealing, vault and audit in its time.

Run by hand: python tests/benchmarks/spoiler_time.py [--builds 5] [--reviews 1000]

Each review has three spoilers, one of each common form. The time is the CPU time of the process,
with clocks around the functions named below. Taken off are what it takes to read a clock, and from
the parts and the build the garbage collector: whom it stops depends on all that was made before.
To read the syntaxes is part of Markdown and is not counted. Medians of several builds, each in a
process of its own.
"""

import argparse
import gc
import logging
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import wraps
from operator import sub
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from libraries import SPOILERS, write_ours
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_bookreview.plugin import finishing
from mkdocs_bookreview.plugin.audit import AuditedBuild
from mkdocs_bookreview.spoilers import conversion, extension
from mkdocs_bookreview.spoilers.sealed import vault

PARTS = {
    "sealing": {
        conversion.Conversion: ("seal",),
        extension._Steps: ("read_tree", "end_tree"),
    },
    "vault": {vault.Vault: ("lock", "claim", "sealed", "open"), finishing: ("cut_out",)},
    "audit": {
        AuditedBuild: (
            "add_reviews",
            "see_markdown",
            "add_page",
            "see_pages",
            "see_content",
            "see_output",
            "see_change",
            "see_file",
            "find_problems",
        )
    },
}

Run = Callable[[Path], dict[str, float]]


class Clocks:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._running = False
        self._collected = 0.0
        gc.callbacks.append(self._see_collector)
        readings = [self.read() for _ in range(10_000)]
        self._reading = median(map(sub, readings[1:], readings))

    def _see_collector(self, phase: str, _: object) -> None:
        self._collected += -process_time() if phase == "start" else process_time()

    def read(self) -> float:
        """CPU seconds without those of the collector."""
        return process_time() - self._collected

    def time(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def timed(*args: object, **options: object) -> object:
            if self._running:
                return call(*args, **options)
            self._running = True
            start = self.read()
            try:
                return call(*args, **options)
            finally:
                self.seconds[part] += self.read() - start - self._reading
                self._running = False

        return timed


def run(folder: Path) -> dict[str, float]:
    return time_parts(folder, PARTS)


def time_parts(folder: Path, parts: Mapping[str, Mapping[Any, Sequence[str]]]) -> dict[str, float]:
    """Return the seconds of the whole build and of each part; a part has functions by owner."""
    clocks = Clocks()
    for part, classes in parts.items():
        for kind, names in classes.items():
            for name in names:
                setattr(kind, name, clocks.time(part, getattr(kind, name)))
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    start = clocks.read()
    build(config)
    return {"build": clocks.read() - start, **clocks.seconds}


def measure_shares(
    description: str, parts: Iterable[str], run: Run, spoilers: Sequence[str] = SPOILERS
) -> tuple[int, dict[str, float]]:
    """Build sites as the command line asks for, and return their reviews and each part's share."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--builds", type=int, default=5)
    parser.add_argument("--reviews", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_ours(folder, options.reviews, spoilers)
        with ProcessPoolExecutor(1, max_tasks_per_child=1) as pool:
            builds = list(pool.map(run, [folder] * options.builds))
    shares = {part: median(one.get(part, 0) / one["build"] for one in builds) for part in parts}
    return options.reviews, shares


def main() -> None:
    reviews, shares = measure_shares(__doc__, PARTS, run, (*SPOILERS, "[{}]{{.spoiler}}"))
    print(f"{reviews} reviews with three spoilers each")
    for part, share in shares.items():
        print(f"{part:10}{share:7.2%}")
    print(f"{'together':10}{sum(shares.values()):7.2%} of the time of a build")


if __name__ == "__main__":
    main()

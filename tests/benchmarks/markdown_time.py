"""Measures what `bookreview export markdown` takes, in parts of what a build takes.

    python tests/benchmarks/markdown_time.py [--reviews 1000] [--pairs 3]

Both are measured in processor time, each in a process of its own, in pairs in turn.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from libraries import write_ours

LIMIT = 1.0
RUN = "from mkdocs_bookreview.cli.main import main; main()"


def measure(*command: str) -> float:
    """Return the processor time of a run of Python, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_pair(folder: Path, number: int) -> tuple[float, float]:
    """Return the times of an export and of a build."""
    config, into = str(folder / "mkdocs.yml"), str(folder / f"export{number}")
    return (
        measure("-c", RUN, "export", "markdown", into, "-f", config),
        measure("-m", "mkdocs", "build", "-q", "-f", config),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--reviews", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_ours(folder, options.reviews)
        pairs = [measure_pair(folder, number) for number in range(options.pairs)]
    share = median(export / build for export, build in pairs)
    print(f"{options.reviews} reviews")
    print(f"export {share:.2f} of the time of a build, at most {LIMIT:.0f}")


if __name__ == "__main__":
    main()

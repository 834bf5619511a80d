"""What `bookreview audit` costs, as a part of the build of the site.

Run by hand: python tests/benchmarks/audit_time.py [--runs 3] [--reviews 1000] [--converted]

Each review has three spoilers, one of each common form. The pages that the build makes of them are
about as many again. With `--converted`, each review also has a table, so that what it hides can
only be read by converting its Markdown. The time is the CPU time of the process; build and audit
run in turns, each in a process of its own.
"""

import argparse
import logging
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from libraries import SPOILERS, write_ours
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_bookreview.cli.audit import audit_site

TABLE = "\n\n| a | b |\n|---|---|\n| c | d |\n"


def time_build(folder: Path) -> float:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    start = process_time()
    build(config)
    return process_time() - start


def time_audit(folder: Path) -> float:
    today = date(2026, 11, 29)
    start = process_time()
    found = audit_site(
        folder / "mkdocs.yml", folder / "site", today, lambda paths: paths, lambda files, _: files
    )
    assert not found.leaks
    return process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--reviews", type=int, default=1000)
    parser.add_argument("--converted", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_ours(folder, options.reviews, spoilers=(*SPOILERS, "[{}]{{.spoiler}}"))
        if options.converted:
            for page in (folder / "docs/reviews").glob("*.md"):
                page.write_text(page.read_text("utf-8") + TABLE, "utf-8")
        with ProcessPoolExecutor(1, max_tasks_per_child=1) as pool:
            shares = []
            for _ in range(options.runs):
                built = pool.submit(time_build, folder).result()
                shares.append(pool.submit(time_audit, folder).result() / built)
        pages = len([*(folder / "site").rglob("*.html")])
    print(f"{options.reviews} reviews with three spoilers each, {pages} pages")
    print(f"audit {median(shares):.2%} of the time of a build")


if __name__ == "__main__":
    main()

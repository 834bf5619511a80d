"""What it costs a build to recognise what authors mean: spellings, names, readings and orders.

Run by hand: python tests/benchmarks/names_time.py [--builds 5] [--reviews 1000]

The functions named below are those of a build that correct sites could do without: they look for
several names in one, names that are nearly alike, readings that contradict themselves, dates in the
future and files that changed later, and sort by the alphabet of a language. They are timed as in
`spoiler_time.py`. To build the whole schema of front matter, which has keys for all of it, is part
of reading it and is not counted.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from libraries import write_ours
from spoiler_time import time_parts

from mkdocs_bookreview.frontmatter import read, reviews, site
from mkdocs_bookreview.frontmatter.fixes.page import PageFixes
from mkdocs_bookreview.frontmatter.spellings import Speller
from mkdocs_bookreview.model import library
from mkdocs_bookreview.plugin import planning, plugin
from mkdocs_bookreview.publishing import plan

# Functions by the module or class that calls them.
PARTS: Mapping[str, Mapping[Any, Sequence[str]]] = {
    "several names": {
        reviews: ("find_bundles_of_book", "find_bundles_of_review"),
        site: ("report_bundles",),
    },
    "fixes": {PageFixes: ("__init__",), read: ("find_misspelt_books", "find_unread")},
    "files": {site: ("find_lone_pages", "find_unread_files")},
    "spellings": {Speller: ("settle",)},
    "alike": {plan: ("find_alike_terms",)},
    "readings": {reviews: ("check_published", "check_readings"), planning: ("mention_future",)},
    "order": {library: ("find_collation", "_title", "put_family_first")},
    "late changes": {planning: ("_is_settled", "_list_included"), plugin: ("gather_lists",)},
}
# These yield what they find, so they are run to their end before a clock around them stops.
LAZY: Mapping[Any, Sequence[str]] = {
    reviews: (
        "find_bundles_of_book",
        "find_bundles_of_review",
        "check_published",
        "check_readings",
    ),
    site: ("report_bundles", "find_unread_files"),
}
LIMIT = 0.01


def run(folder: Path) -> dict[str, float]:
    for owner, names in LAZY.items():
        for name in names:
            setattr(owner, name, _finish(getattr(owner, name)))
    return time_parts(folder, PARTS)


def _finish(call: Callable[..., Iterable[Any]]) -> Callable[..., list[Any]]:
    return lambda *args, **options: [*call(*args, **options)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--builds", type=int, default=5)
    parser.add_argument("--reviews", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_ours(folder, options.reviews)
        with ProcessPoolExecutor(1, max_tasks_per_child=1) as pool:
            builds = list(pool.map(run, [folder] * options.builds))
    shares = {part: median(one.get(part, 0) / one["build"] for one in builds) for part in PARTS}
    print(f"{options.reviews} reviews")
    for part, share in shares.items():
        print(f"{part:14}{share:7.2%}")
    print(f"{'together':14}{sum(shares.values()):7.2%} of the time of a build, at most {LIMIT:.0%}")


if __name__ == "__main__":
    main()

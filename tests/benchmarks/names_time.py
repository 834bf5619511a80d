"""What it costs a build to recognise what authors mean: spellings, names, readings and orders.

Run by hand: python tests/benchmarks/names_time.py [--builds 5] [--reviews 1000]

The functions named below are those of a build that correct sites could do without: they look for
several names in one, names that are nearly alike, readings that contradict themselves, dates in the
future and files that changed later, and sort by the alphabet of a language. They are timed as in
`spoiler_time.py`. To build the whole schema of front matter, which has keys for all of it, is part
of reading it and is not counted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from spoiler_time import measure_shares, time_parts

from mkdocs_bookreview.frontmatter import read, reviews, site
from mkdocs_bookreview.frontmatter.fixes.page import PageFixes
from mkdocs_bookreview.frontmatter.spellings import Speller
from mkdocs_bookreview.model import library
from mkdocs_bookreview.plugin import events, planning
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
    "late changes": {planning: ("_is_settled", "_list_included"), events: ("gather_lists",)},
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
    reviews, shares = measure_shares(__doc__, PARTS, run)
    print(f"{reviews} reviews")
    for part, share in shares.items():
        print(f"{part:14}{share:7.2%}")
    print(f"{'together':14}{sum(shares.values()):7.2%} of the time of a build, at most {LIMIT:.0%}")


if __name__ == "__main__":
    main()

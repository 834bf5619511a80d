"""What the plugin costs a build, beside Material alone: a table of ratios.

Run by hand: python tests/benchmarks/build_time.py [--sizes 1000 10000] [--pairs 5]

Four kinds of sites have the same texts as ours. Three are plain Material with as many pages: for
each page that we make there is a plain one. In one they are as many bytes when written as ours are;
in another they have only as many words as readers see on ours, though ours have covers and stars;
in the third (bare) they have nine short paragraphs with links. The fourth, of the first size only,
is Material's blog with its tags; it is quadratic. One site is ours without what it says to search
engines and services, also of the first size only. Sites without a review are built with and without
the plugin.

The sites are built in turn, as often as there are pairs, each in a process of its own; a build's
time is the CPU time of that, less the median of an empty site's builds. Nothing is taken off beside
bare sites, and of sites without a review. What is printed are ratios, as seconds say nothing on
another machine: medians of those of each pair.
"""

import argparse
import gzip
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from operator import truediv
from pathlib import Path
from statistics import median

from libraries import (
    Library,
    write_bare,
    write_blog,
    write_ours,
    write_plain,
    write_without_reviews,
)

OURS, BYTES, WORDS, BARE, BLOG = "ours", "bytes", "words", "bare", "blog"
SILENT = "silent"
WITH, WITHOUT = "with", "without"
COST = {1000: 1.10, 10_000: 1.15}  # at most, by the number of reviews
BARE_COST = {1000: 1.20}
METADATA_COST = {1000: 1.02}
NO_REVIEWS = {0: 1.03, 100: 1.03}  # by the number of pages beside the first
MEMORY = {10_000: 1.4}
GROWTH = {(1000, 10_000): 10.5}
REBUILD = {1000: 1.5}
DIRTY = {1000: 3}
DIRTY_SECONDS = {1000: 1.5}  # of CPU time; either this or the ratio must hold
BLOG_COST = {1000: 0.35}
ASSETS = {"css": 8, "js": 6}  # kB

Row = tuple[str, float, float | None]  # what, measured, at most


@dataclass(frozen=True)
class Build:
    seconds: float
    memory: int  # bytes, the most at any time


def run(folder: Path) -> Build:
    shutil.rmtree(folder / "site", ignore_errors=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"The build of {folder} failed.")
    return Build(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def rebuild(folder: Path, *options: str) -> float:
    """Return the CPU seconds of a build after one review was edited; `--dirty` is an option."""
    page = folder / "docs" / "reviews" / "book-0.md"
    script = Path(__file__).with_name("rebuild.py")
    result = subprocess.run(
        [sys.executable, str(script), str(folder / "mkdocs.yml"), str(page), *options],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(result.stdout)


def find_made_pages(folder: Path) -> list[str]:
    pages = sorted((folder / "site").rglob("index.html"))
    made = [path for path in pages if not re.search(r"site/(reviews/book-\d+/)?index", str(path))]
    return [path.read_text("utf-8") for path in made]


def count_words(html: str) -> int:
    article = html.partition("<article")[2].partition("</article>")[0]
    return len(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", article, flags=re.DOTALL).split())


def write_sites(sites: dict[str, Path], count: int) -> tuple[int, dict[str, float]]:
    """How many pages ours has, and how many compressed kB its styles and scripts are.

    The plain ones are written as its pages turn out.
    """
    ours = sites[OURS]
    write_ours(ours, count)
    run(ours)
    made = find_made_pages(ours)
    # The smallest page has next to nothing on it; a site without a review has no such pages.
    frame = min((len(html) for html in made), default=0)
    letters = len(Library(1).text(10_000)) / 10_000
    as_bytes = [max(1, round((len(html.encode()) - frame) / letters)) for html in made]
    write_plain(sites[BYTES], count, as_bytes)
    write_plain(sites[WORDS], count, [max(1, count_words(html)) for html in made])
    write_bare(sites[BARE], count, len(made))
    if BLOG in sites:
        write_blog(sites[BLOG], count)
    if SILENT in sites:
        write_ours(sites[SILENT], count, is_silent=True)
    return count + 1 + len(made), measure_assets(ours / "site") if count else {}


def measure_assets(site: Path) -> dict[str, float]:
    """What a review asks for, in kB, by its kind."""
    html = (site / "reviews" / "book-0" / "index.html").read_text("utf-8")
    sizes = dict.fromkeys(ASSETS, 0.0)
    for name, kind in re.findall(r"assets/bookreview/([\w.]+\.(css|js))\b", html):
        content = (site / "assets" / "bookreview" / name).read_bytes()
        sizes[kind] += len(gzip.compress(content)) / 1000
    return sizes


class Shelf:
    """Sites with the same reviews."""

    def __init__(self, folder: Path, count: int, kinds: Sequence[str]) -> None:
        self.count = count
        self.sites = {kind: folder / f"{kind}-{count}" for kind in kinds}
        # In a process of its own: the most memory of a build counts from that of its parent.
        with ProcessPoolExecutor(1) as pool:
            self.pages, self.assets = pool.submit(write_sites, self.sites, count).result()
        self.builds: dict[str, list[Build]] = {kind: [] for kind in kinds}
        self.rebuilds: dict[str, list[float]] = {OURS: [], BYTES: [], WORDS: []}
        self.dirty_rebuilds: dict[str, list[float]] = {OURS: [], BYTES: [], WORDS: []}

    def run(self, *, backwards: bool) -> None:
        for kind in sorted(self.sites, reverse=backwards):
            self.builds[kind].append(run(self.sites[kind]))
            seconds = self.builds[kind][-1].seconds
            print(f"{self.count:6} reviews, {kind:6}{seconds:7.1f} s", file=sys.stderr)

    def rebuild(self, *, backwards: bool) -> None:
        for kind in sorted(self.rebuilds, reverse=backwards):
            self.rebuilds[kind].append(rebuild(self.sites[kind]))
            self.dirty_rebuilds[kind].append(rebuild(self.sites[kind], "--dirty"))
            clean, dirty = self.rebuilds[kind][-1], self.dirty_rebuilds[kind][-1]
            what = f"{self.count:6} reviews, {kind:6}"
            print(f"{what}{clean:7.1f} s, built again, {dirty:.2f} s dirty", file=sys.stderr)

    def seconds(self, kind: str, empty: "Shelf") -> list[float]:
        """Without those of an empty site."""
        taken_off = median(build.seconds for build in empty.builds[kind])
        return [build.seconds - taken_off for build in self.builds[kind]]

    def memory(self, kind: str) -> list[float]:
        return [build.memory for build in self.builds[kind]]


class WithoutReviews:
    """Two sites with the same pages, none of which is a review: with and without the plugin."""

    def __init__(self, folder: Path, count: int) -> None:
        self.count = count
        self.sites = {kind: folder / f"{kind}-{count}" for kind in (WITH, WITHOUT)}
        write_without_reviews(self.sites[WITH], count, ["bookreview"])
        write_without_reviews(self.sites[WITHOUT], count, [])
        self.seconds: dict[str, list[float]] = {WITH: [], WITHOUT: []}

    def run(self, *, backwards: bool) -> None:
        for kind in sorted(self.sites, reverse=backwards):
            self.seconds[kind].append(run(self.sites[kind]).seconds)
            seconds = self.seconds[kind][-1]
            print(f"{self.count:6} pages, {kind:7}{seconds:7.2f} s", file=sys.stderr)


def compare(ours: Sequence[float], other: Sequence[float]) -> float:
    return median(map(truediv, ours, other))


def find_figures(
    empty: Shelf, shelves: Sequence[Shelf], without: Sequence[WithoutReviews]
) -> Iterator[Row]:
    first = shelves[0]
    for shelf in shelves:
        whole = {kind: [build.seconds for build in shelf.builds[kind]] for kind in (OURS, BARE)}
        what = f"whole time beside bare Material of as many pages, {shelf.count} reviews"
        yield what, compare(whole[OURS], whole[BARE]), BARE_COST.get(shelf.count)
    whole = {kind: [build.seconds for build in first.builds[kind]] for kind in (OURS, SILENT)}
    what = f"whole time beside ours without `metadata`, {first.count} reviews"
    yield what, compare(whole[OURS], whole[SILENT]), METADATA_COST.get(first.count)
    for pages in without:
        cost = compare(pages.seconds[WITH], pages.seconds[WITHOUT])
        what = f"whole time without a review, {pages.count + 1} pages, beside no plugin"
        yield what, cost, NO_REVIEWS.get(pages.count)
    for kind in (BYTES, WORDS):
        beside = f"beside plain Material of as many {kind}"
        for shelf in shelves:
            cost = compare(shelf.seconds(OURS, empty), shelf.seconds(kind, empty))
            limit = COST.get(shelf.count) if kind == BYTES else None
            yield f"cost per page {beside}, {shelf.count} reviews, {shelf.pages} pages", cost, limit
        for shelf in shelves:
            memory = compare(shelf.memory(OURS), shelf.memory(kind))
            limit = MEMORY.get(shelf.count) if kind == BYTES else None
            yield f"peak memory {beside}, {shelf.count} reviews", memory, limit
    for shelf in shelves[1:]:
        grown = compare(shelf.seconds(OURS, empty), first.seconds(OURS, empty))
        yield f"t({shelf.count}) / t({first.count})", grown, GROWTH.get((first.count, shelf.count))
    cost = compare(first.seconds(OURS, empty), first.seconds(BLOG, empty))
    what = f"time beside Material's blog with tags, {first.count} reviews"
    yield what, cost, BLOG_COST.get(first.count)
    for kind in (BYTES, WORDS):
        beside = f"after one edit, beside plain Material of as many {kind}, {first.count} reviews"
        again = compare(first.rebuilds[OURS], first.rebuilds[kind])
        yield f"a rebuild on serve {beside}", again, REBUILD.get(first.count)
        dirty = compare(first.dirty_rebuilds[OURS], first.dirty_rebuilds[kind])
        yield f"a rebuild on serve --dirty {beside}", dirty, DIRTY.get(first.count)
    seconds = median(first.dirty_rebuilds[OURS])
    what = f"CPU seconds of a rebuild on serve --dirty after one edit, {first.count} reviews"
    yield what, seconds, DIRTY_SECONDS.get(first.count)
    for kind, size in first.assets.items():
        yield f"{kind.upper()} of a page, compressed, in kB", size, ASSETS[kind]


def report(rows: Sequence[Row], pairs: int) -> None:
    """As a table in Markdown."""
    print("| figure | measured | at most |\n| --- | --- | --- |")
    for what, measured, limit in rows:
        print(f"| {what} | {measured:.2f} | {'' if limit is None else f'{limit:.2f}'} |")
    today = datetime.now(UTC)
    packages = {"MkDocs": "mkdocs", "Material": "mkdocs-material", "Markdown": "markdown"}
    versions = [f"{name} {version(package)}" for name, package in packages.items()]
    versions.insert(0, f"Python {platform.python_version()}")
    print(
        f"\nMedians of {pairs} pairs in one run, an empty site taken off,"
        f" on {today.day} {today:%B %Y} with {', '.join(versions)}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], metavar="REVIEWS")
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        # Python keeps compiled modules, as it does of installed packages: else each build compiles
        # ours again, but not those of MkDocs and Material.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{name}/compiled"
        kinds = (OURS, BYTES, WORDS, BARE)
        empty = Shelf(Path(name), 0, (*kinds, BLOG))
        first, *others = sorted(set(options.sizes))
        shelves = [
            Shelf(Path(name), first, (*kinds, BLOG, SILENT)),
            *(Shelf(Path(name), count, kinds) for count in others),
        ]
        without = [WithoutReviews(Path(name), count) for count in NO_REVIEWS]
        for number in range(options.pairs):
            print(f"round {number + 1} of {options.pairs}", file=sys.stderr)
            for shelf in (empty, *without, *shelves):
                shelf.run(backwards=number % 2 == 1)
            shelves[0].rebuild(backwards=number % 2 == 1)
    report(list(find_figures(empty, shelves, without)), options.pairs)


if __name__ == "__main__":
    main()

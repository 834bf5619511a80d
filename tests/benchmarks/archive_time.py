"""What archived comments add to a whole build: milliseconds of CPU time for each comment.

Run by hand: python tests/benchmarks/archive_time.py [--reviews 750] [--comments 4] [--pairs 5]

The same reviews are built with and without archives, in turn, each build in a process of its own.
Every second comment is a reply, and every eighth is sealed. What is printed are medians of the
differences of all pairs, in milliseconds and as a share of the build without archives.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from statistics import median

from build_time import run
from libraries import Library, write_ours

from mkdocs_bookreview.comments.archive.data import FOLDER, ArchivedComment, CommentSpoiler
from mkdocs_bookreview.comments.archive.writing import write_archive

MOST = 0.25  # milliseconds for each comment
FIRST = datetime(2014, 5, 3, 9, 12, tzinfo=UTC)


def write_site(folder: Path, reviews: int) -> None:
    """Write reviews whose conversations have simple ids, such as `/book-0/`."""
    write_ours(folder, reviews)
    for path in (folder / "docs" / "reviews").iterdir():
        text = path.read_text("utf-8").removeprefix("---\n")
        path.write_text(f"---\ncomments: {{id: /{path.stem}/}}\n{text}", "utf-8")


def write_archives(folder: Path, reviews: int, size: int) -> None:
    comments = make_comments(Library(1))
    for number in range(reviews):
        name = f"book-{number}.yml"
        write_archive(folder / FOLDER / name, islice(comments, size), name)


def make_comments(library: Library) -> Iterator[ArchivedComment]:
    for number in count():
        yield ArchivedComment(
            id=f"wp-{number}",
            name=f"Reader {number % 200}",
            text=f"<p>{library.text(30)}</p>\n<p>{library.text(20)}</p>",
            date=FIRST + timedelta(hours=7 * number),
            likes=number % 3,
            reply_to=f"wp-{number - 1}" if number % 2 else None,
            spoiler=None if number % 8 else CommentSpoiler(),
        )


def measure(folder: Path, archives: Path, *, has_archives: bool) -> float:
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    if has_archives:
        shutil.copytree(archives, folder / FOLDER)
    seconds = run(folder).seconds
    page = (folder / "site" / "reviews" / "book-0" / "index.html").read_text("utf-8")
    if ('class="bookreview-archive"' in page) != has_archives:
        sys.exit("The pages do not have the comments that were to be measured.")
    return seconds


def measure_pair(folder: Path, archives: Path, *, backwards: bool) -> tuple[float, float]:
    order = (True, False) if backwards else (False, True)
    seconds = {has: measure(folder, archives, has_archives=has) for has in order}
    return seconds[False], seconds[True]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reviews", type=int, default=750)
    parser.add_argument("--comments", type=int, default=4)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{name}/compiled"
        folder, archives = Path(name, "site"), Path(name, "archives")
        write_site(folder, options.reviews)
        write_archives(archives, options.reviews, options.comments)
        run(folder)  # because the first build compiles our modules
        pairs = []
        for number in range(options.pairs):
            pairs.append(measure_pair(folder, archives / FOLDER, backwards=number % 2 == 1))
            without, having = pairs[-1]
            print(f"{without:7.2f} s without, {having:7.2f} s with archives", file=sys.stderr)
    comments = options.reviews * options.comments
    cost = median(having - without for without, having in pairs) / comments * 1000
    share = median(having / without for without, having in pairs)
    print(f"{comments} comments in {options.reviews} archives, medians of {options.pairs} pairs")
    print(f"milliseconds for each comment  {cost:5.3f}  (at most {MOST})")
    print(f"time beside no archives        {share:5.3f}")


if __name__ == "__main__":
    main()

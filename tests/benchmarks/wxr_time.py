"""What it costs to read an export of WordPress, beside Expat alone without any handler.

Run by hand: python tests/benchmarks/wxr_time.py [--megabytes 10] [--pairs 9]

Both read the same made-up export: 12 comments of 50 to 900 letters on each review of 7000. The time
is CPU time. The least of each counts, because other work on the machine only adds to it. The peak
memory of reading is that of Python objects, for this size and for a tenth of it.
"""

import argparse
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import process_time
from xml.parsers import expat

from mkdocs_bookreview.formats.wxr import read_posts

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))
from made_exports import HEAD, TAIL, comment, item

MOST = 6  # times as long as Expat alone


def write(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD.format(version="1.2"))
        for text in make_items():
            file.write(text)
            if file.tell() >= size:
                break
        file.write(TAIL)


def make_items() -> Iterator[str]:
    random = Random(0)
    number = 0
    while True:
        number += 1
        comments = (
            comment(number * 100 + n, "In the film they find out. " * random.randint(2, 34))
            for n in range(12)
        )
        yield item(number, *comments, content="<p>Words of a review.</p>\n" * 270)


def parse(path: Path) -> None:
    parser = expat.ParserCreate()
    with path.open("rb") as file:
        parser.ParseFile(file)


def read(path: Path) -> int:
    return sum(len(post.comments) for post in read_posts(path))


def measure(work: Callable[[Path], object], path: Path) -> float:
    start = process_time()
    work(path)
    return process_time() - start


def measure_memory(path: Path) -> int:
    tracemalloc.start()
    read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=10)
    parser.add_argument("--pairs", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.xml", Path(folder) / "small.xml"
        write(large, options.megabytes * 10**6)
        write(small, options.megabytes * 10**5)
        times = [(measure(parse, large), measure(read, large)) for _ in range(options.pairs)]
        alone, ours = (min(column) for column in zip(*times, strict=True))
        memory = measure_memory(large) / measure_memory(small)
        print(f"{options.megabytes} MB, {read(large)} comments")
        print(f"time beside Expat alone  {ours / alone:5.2f}  (at most {MOST})")
        print(f"memory beside a tenth    {memory:5.2f}  (at most 1.1)")


if __name__ == "__main__":
    main()

"""What the plugin costs a build, beside plain Material with as many pages of the same size.

Run by hand: python tests/benchmarks/build_time.py [--pairs 5] [--reviews 1000] [--also 3000]

Both sites are built in turn, as often as there are pairs. A build's time is the CPU time of its own
process. The median of an empty site's builds is taken off. What is printed are ratios, as seconds
say nothing on another machine.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import yaml

SEED = 20261122
VOCABULARY = 20_000
THEMES = 120
PARAGRAPHS = 12
WORDS = 78  # in a paragraph: with twelve of them a review has about 6.5 kB
SPOILERS = ("||{}||", "\n\n/// spoiler | The end\n{}\n///\n\n")


@dataclass(frozen=True)
class Build:
    seconds: float
    memory: int  # bytes, the most at any time
    output: int  # bytes


class Library:
    """Made-up reviews in made-up words, as rare and as frequent as words are (Zipf)."""

    def __init__(self, count: int) -> None:
        self.random = random.Random(SEED)
        self.count = count
        letters = "aaeeiiouubcdfghklmnnprrssttvw"
        self.words = ["".join(self.random.choices(letters, k=2 + n % 9)) for n in range(VOCABULARY)]
        self.weights = [1 / (rank + 2.7) for rank in range(VOCABULARY)]
        self.themes = [f"{self.words[900 + n].title()} {n}" for n in range(THEMES)]
        self.theme_weights = [1 / (rank + 1) for rank in range(THEMES)]

    def text(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, self.weights, k=words)).capitalize() + "."

    def title(self) -> str:
        return " ".join(self.random.choices(self.words, k=3)).title()

    def pages(self, *, with_spoilers: bool) -> Iterator[tuple[str, str]]:
        for number in range(self.count):
            paragraphs = [self.text(WORDS) for _ in range(PARAGRAPHS)]
            for place, spoiler in zip((4, 9), SPOILERS, strict=True):
                hidden = self.text(12)
                shown = spoiler.format(hidden) if with_spoilers else hidden
                paragraphs[place] = f"{paragraphs[place]} {shown}"
            text = "\n\n".join(paragraphs)
            title = self.title()
            front = yaml.safe_dump(self.front_matter(number, title), sort_keys=False)
            yield f"reviews/book-{number}.md", f"---\n{front}---\n# {title}\n\n{text}\n"

    def front_matter(self, number: int, title: str) -> dict[str, object]:
        return {
            "date": f"{2010 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}",
            "book": {
                "title": title,
                "author": f"Author {number // 3}",
                "published": str(1900 + number % 120),
                "publisher": self.title(),
                "pages": 120 + number % 600,
                "genres": ["Novel"],
                "language": "en",
                "format": "paperback",
            },
            "rating": 0.5 + number % 10 / 2,
            "read": f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
            "themes": sorted(set(self.random.choices(self.themes, self.theme_weights, k=6)))[:4],
            "warnings": {"graphic": ["Death"], "minor": ["Illness"]},
            "verdict": self.text(6),
        }


def write_site(folder: Path, count: int, *, plain_pages: int | None) -> None:
    """Ours, or plain Material with `plain_pages` in place of the pages that we make."""
    ours = plain_pages is None
    library = Library(count)
    pages = dict(library.pages(with_spoilers=ours))
    pages["index.md"] = f"# Home\n\n{library.text(80)}\n"
    for number in range(plain_pages or 0):
        text = "\n\n".join(library.text(WORDS) for _ in range(PARAGRAPHS))
        pages[f"made/page-{number}.md"] = f"# Page {number}\n\n{text}\n"
    for name, text in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    comments = {
        "provider": "giscus",
        "repo": "ann/books",
        "repo_id": "R_kgDOABCDEF",
        "category": "Comments",
        "category_id": "DIC_kwDOABCDEF",
    }
    plugins: list[object] = ["search"]
    if ours:
        plugins.append({"bookreview": {"sign_off": "Read slowly.", "comments": comments}})
    config = {
        "site_name": "Library",
        "site_url": "https://example.org/",
        "theme": {"name": "material", "font": False},
        "plugins": plugins,
        "not_in_nav": "reviews/*\nmade/*\n",
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")


def run(folder: Path) -> Build:
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"The build of {folder} failed.")
    output = sum(path.stat().st_size for path in (folder / "site").rglob("*") if path.is_file())
    return Build(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def count_pages(folder: Path) -> int:
    return sum(1 for path in (folder / "site").rglob("index.html"))


class Pair:
    def __init__(self, folder: Path, count: int) -> None:
        self.ours, self.bare = folder / f"ours-{count}", folder / f"bare-{count}"
        write_site(self.ours, count, plain_pages=None)
        run(self.ours)  # to count its pages
        made = count_pages(self.ours) - count - 1
        write_site(self.bare, count, plain_pages=max(made, 0))
        self.builds: list[tuple[Build, Build]] = []

    def run(self) -> None:
        self.builds.append((run(self.ours), run(self.bare)))

    def median(self, side: int, name: str) -> float:
        return median(getattr(pair[side], name) for pair in self.builds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--reviews", type=int, default=1000)
    parser.add_argument("--also", type=int, default=3000, help="0 leaves the larger site out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        counts = [1, options.reviews, *([options.also] if options.also else [])]
        pairs = {count: Pair(Path(name), count) for count in counts}
        for number in range(options.pairs):
            for pair in pairs.values():
                pair.run()
            print(f"pair {number + 1} of {options.pairs}", file=sys.stderr)
        report(pairs, counts)


def report(pairs: dict[int, Pair], counts: list[int]) -> None:
    empty = [pairs[1].median(side, "seconds") for side in (0, 1)]
    net = {
        count: [pairs[count].median(side, "seconds") - empty[side] for side in (0, 1)]
        for count in counts
    }
    for count in counts[1:]:
        pair = pairs[count]
        pages = count_pages(pair.ours)
        print(f"{count} reviews, {pages} pages, beside bare Material with as many:")
        print(f"  cost per page   {net[count][0] / net[count][1]:.3f}")
        print(f"  output size     {pair.median(0, 'output') / pair.median(1, 'output'):.3f}")
        print(f"  peak memory     {pair.median(0, 'memory') / pair.median(1, 'memory'):.3f}")
    for count in counts[2:]:
        print(f"t({count})/t({counts[1]})  {net[count][0] / net[counts[1]][0]:.3f}")


if __name__ == "__main__":
    main()

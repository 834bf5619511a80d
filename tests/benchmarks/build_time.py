"""What the plugin costs a build, beside plain Material with as many pages.

Run by hand: python tests/benchmarks/build_time.py [--pairs 5] [--reviews 1000] [--also 3000]

The plain sites have the same reviews, without spoilers' signs, and a plain page for each page that
we make. There are two of them: in one these pages are as many bytes when written as ours are; in
the other they have only as many words as readers see on ours, though ours have covers and stars.

The sites are built in turn, as often as there are pairs. A build's time is the CPU time of its own
process. The median of an empty site's builds is taken off. What is printed are ratios, as seconds
say nothing on another machine.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import yaml

SEED = 20261122
PLAIN = ("bytes", "words")
VOCABULARY = 20_000
THEMES = 120
PARAGRAPHS = 12
IN_NAV = 2  # of the pages that we make: the lists of reviews and themes
WORDS = 78  # in a paragraph: with twelve of them a review has about 6.5 kB
SPOILERS = ("||{}||", "\n\n/// spoiler | The end\n{}\n///\n\n")
NO_SPOILERS = ("{}", "{}")


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

    def pages(self, spoilers: Sequence[str]) -> Iterator[tuple[str, str]]:
        for number in range(self.count):
            paragraphs = [self.text(WORDS) for _ in range(PARAGRAPHS)]
            for place, spoiler in enumerate(spoilers, 1):
                paragraphs[3 * place] += f" {spoiler.format(self.text(12))}"
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


def write_site(
    folder: Path, count: int, plain_words: list[int] | None = None, spoilers: Sequence[str] = ()
) -> None:
    """Ours, or plain Material with pages of so many words in place of the pages that we make."""
    ours = plain_words is None
    library = Library(count)
    pages = dict(library.pages(spoilers or (SPOILERS if ours else NO_SPOILERS)))
    pages["index.md"] = f"# Home\n\n{library.text(80)}\n"
    for number, words in enumerate(plain_words or ()):
        sizes = [*[WORDS] * (words // WORDS), words % WORDS]
        text = "\n\n".join(library.text(size) for size in sizes if size)
        below = "" if number < IN_NAV else "made/"
        pages[f"{below}page-{number}.md"] = f"# Page {number}\n\n{text}\n"
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


def find_made_pages(folder: Path) -> list[str]:
    pages = sorted((folder / "site").rglob("index.html"))
    made = [path for path in pages if not re.search(r"site/(reviews/book-\d+/)?index", str(path))]
    return [path.read_text("utf-8") for path in made]


def count_words(html: str) -> int:
    article = html.partition("<article")[2].partition("</article>")[0]
    return len(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", article, flags=re.DOTALL).split())


def write_sites(ours: Path, plain: dict[str, Path], count: int) -> int:
    """Write our site, and the plain ones as its pages turn out; return how many pages it has."""
    write_site(ours, count)
    run(ours)
    made = find_made_pages(ours)
    frame = min(len(html) for html in made)  # of a page with next to nothing on it
    letters = len(Library(1).text(10_000)) / 10_000
    words = {
        "bytes": [max(1, round((len(html.encode()) - frame) / letters)) for html in made],
        "words": [max(1, count_words(html)) for html in made],
    }
    for name, site in plain.items():
        write_site(site, count, words[name])
    return count + 1 + len(made)


class Trio:
    """Our site, and the plain ones beside it."""

    def __init__(self, folder: Path, count: int) -> None:
        self.count = count
        ours = folder / f"ours-{count}"
        plain = {name: folder / f"{name}-{count}" for name in PLAIN}
        self.sites = {"ours": ours, **plain}
        # In a process of its own: the most memory of a build counts from that of its parent.
        with ProcessPoolExecutor(1) as pool:
            self.pages = pool.submit(write_sites, ours, plain, count).result()
        self.builds: dict[str, list[Build]] = {name: [] for name in self.sites}

    def run(self) -> None:
        for name, site in self.sites.items():
            self.builds[name].append(run(site))

    def median(self, name: str, figure: str) -> float:
        return median(getattr(build, figure) for build in self.builds[name])

    def ratio(self, plain: str, figure: str) -> float:
        return self.median("ours", figure) / self.median(plain, figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--reviews", type=int, default=1000)
    parser.add_argument("--also", type=int, default=3000, help="0 leaves the larger site out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        counts = [1, options.reviews, *([options.also] if options.also else [])]
        trios = [Trio(Path(name), count) for count in counts]
        for number in range(options.pairs):
            for trio in trios:
                trio.run()
            print(f"{number + 1} of {options.pairs}", file=sys.stderr)
    report(*trios)


def report(empty: Trio, *trios: Trio) -> None:
    def net(trio: Trio, name: str) -> float:
        return trio.median(name, "seconds") - empty.median(name, "seconds")

    for trio in trios:
        print(f"{trio.count} reviews, {trio.pages} pages, beside plain Material with as many")
        print(f"{'':16}{'of as many bytes':>18}{'of as many words':>18}")
        costs = [net(trio, "ours") / net(trio, plain) for plain in PLAIN]
        print(f"{'cost per page':16}" + "".join(f"{cost:18.2f}" for cost in costs))
        for figure in ("output", "memory"):
            ratios = [trio.ratio(plain, figure) for plain in PLAIN]
            print(f"{figure:16}" + "".join(f"{ratio:18.2f}" for ratio in ratios))
    for trio in trios[1:]:
        grown = net(trio, "ours") / net(trios[0], "ours")
        print(f"t({trio.count})/t({trios[0].count})  {grown:.2f}")


if __name__ == "__main__":
    main()

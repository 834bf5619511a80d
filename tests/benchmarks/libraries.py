"""Made-up libraries in made-up words, as rare and as frequent as words are (Zipf), and their sites.

Sites beside ours have the same texts, without spoilers' signs.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path

import yaml

SEED = 20261122
VOCABULARY = 20_000
THEMES = 120
BOOKS = 3  # of an author
GENRES = ["Novel"]
PARAGRAPHS = 12
WORDS = 78  # in a paragraph: with twelve of them a review has about 6.5 kB
SPOILERS = ("||{}||", "\n\n/// spoiler | The end\n{}\n///\n\n")
NO_SPOILERS = ("{}", "{}")
IN_NAV = 2  # of the pages that we make: the lists of reviews and themes
# A bare page in place of one that we make: short paragraphs, each with a link to a review.
BARE_PARAGRAPHS = 9
BARE_WORDS = 20

COMMENTS = {
    "provider": "giscus",
    "repo": "ann/books",
    "repo_id": "R_kgDOABCDEF",
    "category": "Comments",
    "category_id": "DIC_kwDOABCDEF",
}


@dataclass(frozen=True)
class MadeUp:
    """A review."""

    title: str
    paragraphs: Sequence[str]
    front_matter: Mapping[str, object]


class Library:
    def __init__(self, count: int) -> None:
        self.random = random.Random(SEED)
        self.count = count
        letters = "aaeeiiouubcdfghklmnnprrssttvw"
        self.words = ["".join(self.random.choices(letters, k=2 + n % 9)) for n in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
        self.themes = [f"{self.words[900 + n].title()} {n}" for n in range(THEMES)]
        self.theme_weights = [1 / (rank + 1) for rank in range(THEMES)]

    def text(self, words: int) -> str:
        """Return a sentence that begins with a word in printed quotation marks.

        Almost all real reviews have signs beyond Latin-1, and Python reads, joins and encodes a
        text of ASCII faster than one that has them.
        """
        drawn = self.random.choices(self.words, cum_weights=self.weights, k=words)
        drawn[0] = f"“{drawn[0]}”"
        return " ".join(drawn).capitalize() + "."

    def title(self) -> str:
        return " ".join(self.random.choices(self.words, k=3)).title()

    def reviews(self, spoilers: Sequence[str]) -> Iterator[MadeUp]:
        for number in range(self.count):
            paragraphs = [self.text(WORDS) for _ in range(PARAGRAPHS)]
            for place, spoiler in enumerate(spoilers, 1):
                paragraphs[3 * place] += f" {spoiler.format(self.text(12))}"
            title = self.title()
            yield MadeUp(title, paragraphs, self.front_matter(number, title))

    def front_matter(self, number: int, title: str) -> dict[str, object]:
        return {
            "date": f"{2010 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}",
            "book": {
                "title": title,
                "author": f"Author {number // BOOKS}",
                "published": str(1900 + number % 120),
                "publisher": self.title(),
                "pages": 120 + number % 600,
                "genres": GENRES,
                "language": "en",
                "format": "paperback",
            },
            "rating": 0.5 + number % 10 / 2,
            "read": f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
            "themes": sorted(set(self.random.choices(self.themes, self.theme_weights, k=6)))[:4],
            "warnings": {"graphic": ["Death"], "minor": ["Illness"]},
            "verdict": self.text(6),
        }


def write_ours(
    folder: Path, count: int, spoilers: Sequence[str] = SPOILERS, *, is_silent: bool = False
) -> None:
    """`is_silent` is True for a site that says nothing to search engines and services."""
    library = Library(count)
    pages = _review_pages(library, spoilers)
    options: dict[str, object] = {"sign_off": "Read slowly.", "comments": COMMENTS}
    if is_silent:
        options["metadata"] = dict.fromkeys(("json_ld", "microformats", "open_graph"), False)
    _write(folder, library, pages, ["search", {"bookreview": options}])


def write_plain(folder: Path, count: int, made: Sequence[int]) -> None:
    """`made` are how many words each page has that stands for one of those that we make."""
    library = Library(count)
    pages = _review_pages(library, NO_SPOILERS)
    for number, words in enumerate(made):
        sizes = [*[WORDS] * (words // WORDS), words % WORDS]
        text = "\n\n".join(library.text(size) for size in sizes if size)
        below = "" if number < IN_NAV else "made/"
        pages[f"{below}page-{number}.md"] = f"# Page {number}\n\n{text}\n"
    _write(folder, library, pages, ["search"])


def write_bare(folder: Path, count: int, made: int) -> None:
    """Write a site that has `made` bare pages in place of those that we make."""
    library = Library(count)
    pages = _review_pages(library, NO_SPOILERS)
    for number in range(made):
        below, up = ("", "") if number < IN_NAV else ("made/", "../")
        links = [
            f"[{library.title()}]({up}reviews/book-{(number + nth) % count}.md)" if count else ""
            for nth in range(BARE_PARAGRAPHS)
        ]
        text = "\n\n".join(f"{library.text(BARE_WORDS)} {link}" for link in links)
        pages[f"{below}page-{number}.md"] = f"# Page {number}\n\n{text}\n"
    _write(folder, library, pages, ["search"])


def write_without_reviews(folder: Path, count: int, plugins: Sequence[object]) -> None:
    """Write a site of `count` pages that are not reviews, and a first page."""
    library = Library(count)
    pages: dict[str, str] = {}
    for number in range(count):
        text = "\n\n".join(library.text(WORDS) for _ in range(PARAGRAPHS))
        pages[f"page-{number}.md"] = f"# {library.title()}\n\n{text}\n"
    _write(folder, library, pages, ["search", *plugins])


def write_blog(folder: Path, count: int) -> None:
    """Of Material's: genres are categories, themes are tags; lists show first paragraphs."""
    library = Library(count)
    pages = {"blog/index.md": "# Blog\n", "tags.md": "# Tags\n\n<!-- material/tags -->\n"}
    for number, review in enumerate(library.reviews(NO_SPOILERS)):
        first, *others = review.paragraphs
        front = {
            "date": date.fromisoformat(str(review.front_matter["date"])),
            "categories": GENRES,
            "tags": review.front_matter["themes"],
        }
        text = _page(front, review.title, [first, "<!-- more -->", *others])
        pages[f"blog/posts/book-{number}.md"] = text
    _write(folder, library, pages, ["search", "blog", "tags"])


def _review_pages(library: Library, spoilers: Sequence[str]) -> dict[str, str]:
    return {
        f"reviews/book-{number}.md": _page(review.front_matter, review.title, review.paragraphs)
        for number, review in enumerate(library.reviews(spoilers))
    }


def _page(front: Mapping[str, object], title: str, paragraphs: Sequence[str]) -> str:
    text = "\n\n".join(paragraphs)
    return f"---\n{yaml.safe_dump(dict(front), sort_keys=False)}---\n# {title}\n\n{text}\n"


def _write(
    folder: Path, library: Library, pages: Mapping[str, str], plugins: Sequence[object]
) -> None:
    home = f"# Home\n\n{library.text(80)}\n"
    for name, text in {**pages, "index.md": home}.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    config = {
        "site_name": "Library",
        "site_url": "https://example.org/",
        "theme": {"name": "material", "font": False},
        "plugins": plugins,
        "not_in_nav": "reviews/*\nmade/*\n",
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")

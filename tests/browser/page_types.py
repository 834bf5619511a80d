"""A site with every type of page that we make, and the table of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.plugin.sites import Site, build_site, review

OPTIONS: dict[str, Any] = {
    "sign_off": "Read slowly.\nArgue kindly.",
    "reviewer": "Nell Ashworth",
    "reviews": {"per_page": 6},
    "themes": {"feed": True},
    "taxonomies": {
        "publishers": True,
        "languages": True,
        "formats": True,
        "ratings": True,
        "setting": {"title": "Places"},
    },
    "comments": {"provider": "isso", "url": "https://isso.example"},
}
FULL = """\
It is about ||donors|| and about [friends]{.spoiler chapter=3}, and links to [Dune](dune.md).

/// spoiler | How it ends
    chapter: 7

They do not run.

- One
- Two
///

/// spoiler
    progress: 90

The last page.
///
"""
VOCABULARY = """\
memory: {name: Memory, description: What people keep., aliases: [Remembering], related: [Grief]}
grief: {parents: [memory]}
"""
ARCHIVE = """\
- {id: a, name: Ann, date: 2014-05-03, likes: 2, website: "https://ann.example", text: I agree.}
- {id: b, name: Bea, date: 2014-05-04, reply_to: a, spoiler: true, text: <p>They do not run.</p>}
- {id: c, date: 2014-05-05, reply_to: a, hidden: true, text: <p>Gone.</p>}
- {id: d, reply_to: c, text: <p>An answer.</p>}
"""
BLOCKS = """\
# Blocks

## Cards

/// reviews
    limit: 3
///

## A list

/// reviews
    layout: list
///

## A table

/// reviews
    layout: table
///

## Covers

/// reviews
    layout: covers
///

## A book

/// book | dune-frank-herbert
///

## Comments

/// comments
///

## Ratings

/// ratings
///

## None

/// reviews
    author: Kazuo Ishiguro
    shelf: stopped
///
"""


def _write_full_review() -> str:
    return review(
        "Never Let Me Go",
        "Kazuo Ishiguro",
        FULL,
        book={
            "subtitle": "A Novel",
            "blurb": "A school in the country.",
            "isbn": "0571224148",
            "published": 2005,
            "publisher": "Faber and Faber",
            "pages": 282,
            "chapters": 23,
            "language": "en",
            "format": "paperback",
            "genres": ["Literary fiction"],
            "moods": ["Quiet"],
            "pace": "slow",
            "series": {"name": "Quiet books", "position": 2},
            "links": {
                "Open Library": "https://openlibrary.org/",
                "Shop": {"url": "https://shop.example/", "affiliate": True},
            },
        },
        date="2024-05-01",
        rating=4.5,
        read=["2014-03-02", {"started": "2024-04-01", "finished": "2024-04-12"}],
        setting=["England"],
        themes=[
            {"name": "Memory", "weight": "central", "reason": "Kathy remembers for all of them."},
            "Grief",
            {"name": "Cloning", "spoiler": True},
        ],
        warnings={"graphic": ["Death"], "minor": [{"name": "Surgery", "spoiler": True}]},
        copy="bought",
        verdict="So well behaved that it takes a day to hurt.",
        quotes=[{"text": "Poor creatures.", "page": 12}],
        related=[
            {"review": "dune.md", "why": "Another order that nobody leaves."},
            {
                "title": "The Island",
                "kind": "film",
                "url": "https://film.example/",
                "why": "Louder.",
            },
        ],
        redirect_from=["/old/address/"],
    )


def write_pages() -> dict[str, str]:
    pages = {
        "index.md": "# Home\n\nRead the [reviews](reviews/index.md).\n",
        "bare.md": "# Bare\n\nNothing of ours.\n",
        "blocks.md": BLOCKS,
        "../themes.yml": VOCABULARY,
        "../books.yml": "waiting: {title: Waiting, author: Ann Other}\n",
        "../comments/never-let-me-go-kazuo-ishiguro.yml": ARCHIVE,
        "reviews/never-let-me-go.md": _write_full_review(),
        "reviews/dune.md": review(
            "Dune", "Frank Herbert", date="2023-01-02", rating=3, spoilers=True, read="2023-01-01"
        ),
        "reviews/stopped.md": review("Stopped", read={"stopped": True, "started": "2024-02-01"}),
        "reviews/later.md": review("Later", shelf="to-read", themes=["Memory"]),
    }
    for n in range(12):
        pages[f"reviews/more-{n}.md"] = review(
            f"More {n}",
            f"Author {n % 3}",
            date=f"2022-{n + 1:02}-01",
            rating=1 + n % 5,
            read=f"2022-{n + 1:02}-01",
            themes=["Memory", *(f"{letter}theme {n}" for letter in "ABC")],
            book={"pages": 100 + 40 * n, "genres": ["Essays"], "publisher": "Faber and Faber"},
        )
    return pages


# Every type of page, and a page of it. Names of taxonomies stand for an index and a term.
TAXONOMIES = {
    "themes": "memory",
    "authors": "kazuo-ishiguro",
    "series": "quiet-books",
    "genres": "essays",
    "years": "2024",
    "shelves": "to-read",
    "publishers": "faber-and-faber",
    "languages": "english",
    "formats": "paperback",
    "ratings": "4-5",
    "setting": "england",
}
PATHS = {
    "home": "",
    "review": "reviews/never-let-me-go/",
    "sealed review": "reviews/dune/",
    "review of a book stopped": "reviews/stopped/",
    "reviews": "reviews/",
    "reviews, page 2": "reviews/page/2/",
    "theme, page 2": "themes/memory/page/2/",
    "year of many": "years/2022/",
    "browse": "browse/",
    "stats": "stats/",
    "blocks": "blocks/",
    "redirect": "old/address/",
    **{name: f"{name}/" for name in TAXONOMIES},
    **{f"{name}: {term}": f"{name}/{term}/" for name, term in TAXONOMIES.items()},
}


def build_page_types(folder: Path, theme: object = None, **config: object) -> Site:
    """Build the site with Material, or with another `theme`."""
    return build_site(
        folder,
        write_pages(),
        OPTIONS,
        theme=theme or {"name": "material", "font": False},
        site_url="https://example.org/",
        markdown_extensions=["attr_list"],
        **config,
    )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, its name there
        """Print nothing, because each request would be a line of the test's output."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a built site on a free port, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()

"""What Lighthouse says of our pages, beside bare Material with the same text: a table of medians.

Run by hand: python tests/benchmarks/lighthouse.py [--runs 5] [--config example_site/mkdocs.yml]

It needs Node.js with npm, and Chromium. Lighthouse is installed into a temporary folder, unless
`--lighthouse` names an installed one.

The bare site has the pages of ours, with the same titles, headings, words, links and menu. It has
none of what we add: styles, scripts, covers, stars, forms and closed elements, so what a spoiler
hides is open there. It has the search index of ours, because browsers read that on every page. Both
sites are served with gzip from this machine, and Lighthouse looks at their pages in turn as a phone
with a slow network does. Only the difference says something about other machines.
"""

import argparse
import functools
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

import nh3
import yaml
from selectolax.lexbor import LexborHTMLParser

from mkdocs_bookreview.publishing.plan import list_sources

PAGES = {"review": "reviews/never-let-me-go/", "reviews page": "reviews/"}
# Looked at once only, for search engines, because that score does not vary.
FOUND = {"theme": "themes/memory/", "author": "authors/kazuo-ishiguro/"}
OURS, BARE = "ours", "bare"
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best practices": "best-practices",
    "SEO": "seo",
}
AUDITS = {
    "blocking time (ms)": "total-blocking-time",
    "first paint (ms)": "first-contentful-paint",
    "largest paint (ms)": "largest-contentful-paint",
    "layout shift": "cumulative-layout-shift",
}
WORSE = {"performance": 0.02, "accessibility": 0.0}  # than bare, at most
LEAST = {"SEO": 1.0}
# The first is the same browser without a window, and its figures vary less.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
TAGS = {
    *("a", "blockquote", "br", "cite", "code", "dd", "dl", "dt", "em", "hr", "li", "ol", "p"),
    *("pre", "small", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    *(f"h{level}" for level in range(1, 7)),
}
PHRASES = {"-text", "a", "br", "cite", "code", "em", "small", "strong"}
DROPPED = {"form", "script", "select", "style", "svg", "template"}

Figures = dict[str, float]
_TEXT = re.compile(r"text/|javascript|json|xml")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_NESTS = re.compile(r"<(/?)(?:blockquote|dl|li|ol|table|ul)\b")


def read_figures(report: Mapping[str, Any]) -> Figures:
    """Return the figures of one run, as far as it has them. Scores are 0 to 1."""
    categories, audits = report["categories"], report["audits"]
    found = {
        name: categories[key]["score"] for name, key in CATEGORIES.items() if key in categories
    }
    return found | {
        name: audits[key]["numericValue"] for name, key in AUDITS.items() if key in audits
    }


@dataclass(frozen=True)
class Row:
    page: str
    what: str
    ours: float
    bare: float

    @property
    def is_good(self) -> bool:
        allowed, least = WORSE.get(self.what), LEAST.get(self.what, 0)
        is_near = allowed is None or self.ours >= round(self.bare - allowed, 4)
        return is_near and self.ours >= least


def compare(runs: Mapping[tuple[str, str], Sequence[Figures]]) -> Iterator[Row]:
    """Yield the medians of each figure; `runs` are by page and site."""
    for page in dict.fromkeys(page for page, _ in runs):
        for what in runs[page, OURS][0]:
            ours, bare = (median(run[what] for run in runs[page, site]) for site in (OURS, BARE))
            yield Row(page, what, ours, bare)


def report(rows: Sequence[Row], count: int) -> str:
    """Return the table in Markdown."""
    lines = ["| page | figure | ours | bare Material | |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        digits = 0 if "(ms)" in row.what else 2
        note = "" if row.is_good else "too low"
        shown = f"{row.ours:.{digits}f} | {row.bare:.{digits}f} | {note}"
        lines.append(f"| {row.page} | {row.what} | {shown} |")
    return "\n".join([*lines, "", f"Medians of {count} runs of each in turn; SEO alone is of one."])


def strip(article: str) -> str:
    """Return Markdown with the words of a page, as an author would have written them."""
    html = nh3.clean(
        article,
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        clean_content_tags=DROPPED,
        link_rel=None,
    )
    html = re.sub(r'<a href="#[^"]*"[^>]*>¶</a>', "", html)
    html = "\n".join(line for line in html.split("\n") if line.strip())  # else Markdown goes on
    parts, end = [], 0
    for heading in _HEADING.finditer(html):
        # Only Markdown puts headings into the table of contents, but in a list it needs HTML.
        if _is_outside(html[: heading.start()]):
            parts.append(_block(html[end : heading.start()]))
            parts.append(f"{'#' * int(heading[1])} {' '.join(heading[2].split())}\n")
            end = heading.end()
    return "\n".join(filter(None, [*parts, _block(html[end:])]))


def _is_outside(before: str) -> bool:
    return sum(-1 if closes else 1 for closes in _NESTS.findall(before)) == 0


def _block(html: str) -> str:
    """Return a block of HTML in which loose text is in paragraphs, as Markdown puts it.

    Chromium takes all loose text of an element for one text, however far apart its parts are. So a
    page would count as painted as soon as its first words are.
    """
    body = LexborHTMLParser(html).body
    nodes = body.iter(include_text=True) if body else ()
    parts = []
    for is_loose, found in groupby(nodes, lambda node: node.tag in PHRASES):
        part = "".join(node.html or "" for node in found).strip()
        parts.append(f"<p>{part}</p>" if is_loose and part else part)
    text = "\n".join(filter(None, parts))
    return f"<div>\n{text}\n</div>\n" if text else ""


def write_bare(ours: Path, config: Mapping[str, Any], into: Path) -> None:
    """Write the sources of a site without the plugin, with the text of the built site `ours`."""
    named = set(list_sources(config.get("nav", [])))
    for path in ours.rglob("index.html"):
        html = path.read_text("utf-8")
        if article := re.search(r"<article\b[^>]*>(.*)</article>", html, re.DOTALL):
            folder = path.relative_to(ours).parent.as_posix()
            beside = f"{folder}.md" in named
            source = into / "docs" / (f"{folder}.md" if beside else f"{folder}/index.md")
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_text(f"{_write_head(html, config)}{strip(article[1])}", "utf-8")
    plugins = [one for one in config["plugins"] if "bookreview" not in one]
    settings = {**config, "plugins": plugins, "not_in_nav": "*", "exclude_docs": ""}
    (into / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")


def _write_head(html: str, config: Mapping[str, Any]) -> str:
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    described = re.search(r'<meta name="description" content="(.*?)">', html, re.DOTALL)
    shown = title[1].strip().removesuffix(f" - {config['site_name']}") if title else ""
    head = {"title": shown, "description": described[1] if described else ""}
    return f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n"


def build(config: Path, into: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(into)]
    # Links in the HTML of the bare site lead to addresses, of which MkDocs would warn.
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)


def build_sites(config: Path, folder: Path) -> dict[str, Path]:
    sites = {name: folder / name for name in (OURS, BARE)}
    build(config, sites[OURS])
    write_bare(sites[OURS], yaml.safe_load(config.read_text("utf-8")), folder / "source")
    build(folder / "source" / "mkdocs.yml", sites[BARE])
    index = "search/search_index.json"
    shutil.copy(sites[OURS] / index, sites[BARE] / index)
    return sites


class Handler(SimpleHTTPRequestHandler):
    """Serves files as hosts do: with gzip, and on one connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return super().send_head()
        kind, content = self.guess_type(path), path.read_bytes()
        is_text = bool(_TEXT.search(kind))
        content = gzip.compress(content, 6) if is_text else content
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(content)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    handler = functools.partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def install(folder: Path) -> str:
    """Return the path of Lighthouse, installed into the folder."""
    if not shutil.which("npm"):
        sys.exit("npm was not found. Install Node.js, which has it.")
    subprocess.run(
        ["npm", "install", "--silent", "--prefix", str(folder), "lighthouse"], check=True
    )
    return str(folder / "node_modules" / ".bin" / "lighthouse")


@contextmanager
def open_browser(profile: Path) -> Iterator[str]:
    """Start Chromium with an empty profile, and yield the port at which Lighthouse controls it.

    All runs share it. In a browser that has just started, the first paint of any page was measured
    to come after 0.2 or 1.2 seconds, by chance.
    """
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not chromium:
        sys.exit("Chromium was not found. Install it: apt-get install chromium")
    flags = ("--headless=new", "--no-sandbox", "--remote-debugging-port=0")
    command = [chromium, *flags, f"--user-data-dir={profile}", "about:blank"]
    # The browser is several processes, which end together because they are a group.
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as browser:
        assert browser.stderr
        try:
            line = next((one for one in browser.stderr if "DevTools listening on ws://" in one), "")
            # The rest is read too, because a browser stops when nobody reads what it writes.
            threading.Thread(target=browser.stderr.read, daemon=True).start()
            yield line.rpartition(":")[2].partition("/")[0]
        finally:
            os.killpg(browser.pid, signal.SIGTERM)


def run(lighthouse: Sequence[str], address: str, *options: str) -> Figures:
    """Return the figures of a page; `lighthouse` is the program with its own options."""
    command = [*lighthouse, address, "--output=json", "--quiet", *options]
    result = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return read_figures(json.loads(result.stdout))


def measure(
    sites: Mapping[str, str], lighthouse: Sequence[str], count: int
) -> dict[Any, list[Figures]]:
    """Return the figures of all runs by page and site; `sites` are addresses."""
    runs: dict[Any, list[Figures]] = {(page, site): [] for page in PAGES for site in sites}
    for number in range(count):
        for page, site in sorted(runs, reverse=number % 2 == 1):
            figures = run(lighthouse, sites[site] + PAGES[page])
            runs[page, site].append(figures)
            show(f"{number + 1}/{count} {page}, {site}", figures)
    return runs


def measure_seo(sites: Mapping[str, str], lighthouse: Sequence[str]) -> dict[Any, list[Figures]]:
    """Return what Lighthouse says of other pages to search engines, by page and site."""
    runs: dict[Any, list[Figures]] = {}
    for page, path in FOUND.items():
        for site, address in sites.items():
            runs[page, site] = [run(lighthouse, address + path, "--only-categories=seo")]
            show(f"{page}, {site}", runs[page, site][0])
    return runs


def show(what: str, figures: Figures) -> None:
    shown = ", ".join(f"{name} {value:.4g}" for name, value in figures.items())
    print(f"{what}: {shown}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--config", type=Path, default=Path("example_site/mkdocs.yml"))
    parser.add_argument("--lighthouse", help="the program, if it is installed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = options.lighthouse or install(folder / "npm")
        sites = build_sites(options.config, folder)
        with (
            serve(sites[OURS]) as ours,
            serve(sites[BARE]) as bare,
            open_browser(folder / "profile") as port,
        ):
            both, lighthouse = {OURS: ours, BARE: bare}, (program, f"--port={port}")
            runs = measure(both, lighthouse, options.runs) | measure_seo(both, lighthouse)
    print(report(list(compare(runs)), options.runs))


if __name__ == "__main__":
    main()

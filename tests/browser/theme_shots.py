"""Pictures of our pages in twelve themes of MkDocs, to be looked at beside each other.

Run by hand: python tests/browser/theme_shots.py FOLDER [THEME …] [--all] [--site SITE]

It needs Chromium and PyPI. FOLDER gets a picture of a page's full height for each theme, page and
width. `--all` takes every type of page, not only three. `--site` takes the pages of a site that is
built already; THEME is then only its name.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import environ
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.page_types import OPTIONS, PATHS, serve, write_pages  # noqa: E402, from ROOT
from tests.conftest import NAMES, QUIET  # noqa: E402
from tests.hosts.environments import MATERIAL, Packages, make  # noqa: E402
from tests.plugin.sites import review, write_site  # noqa: E402

SHOWN = ("home", "review", "blocks")
WIDTHS = {1280: 800, 390: 844}
HOME = """\
# My books

Welcome.

/// reviews
    limit: 6
///
"""
EMMA = """\
She means well, and that is the trouble. What the village knows long before her is
||whom she loves||.
"""


@dataclass(frozen=True)
class Theme:
    """Describes a theme: `packages` of PyPI that have it, besides ours, and its `options`."""

    name: str
    packages: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)


THEMES = (
    Theme("material", options={"font": False}),
    Theme("materialx", ("mkdocs-materialx",), {"font": False}),
    Theme("mkdocs"),
    Theme("readthedocs"),
    Theme("flatly", ("mkdocs-bootswatch",)),
    # By default it publishes each page's Markdown, spoilers included.
    Theme("shadcn", ("mkdocs-shadcn",), {"hide_source_files": True}),
    Theme("terminal", ("mkdocs-terminal",)),
    Theme("cinder", ("mkdocs-cinder",)),
    Theme("dracula", ("mkdocs-dracula-theme",)),
    Theme("ivory", ("mkdocs-ivory",)),
    Theme("simple-blog", ("mkdocs-simple-blog",)),
    Theme("rtd-dropdown", ("mkdocs-rtd-dropdown",)),
)


def write_blog() -> dict[str, str]:
    """Return the pages of the README's blog, and of a site with every type of page."""
    emma = review(
        body=EMMA,
        date="2026-11-22",
        book={"published": 1815},
        rating=4.5,
        themes=["Class", "Self-deception"],
    )
    return {**write_pages(), "index.md": HOME, "reviews/emma.md": emma}


def build(theme: Theme, python: Path, folder: Path) -> Path | None:
    """Return the folder of the site in this theme, or None if it cannot be built."""
    config = write_site(
        folder,
        write_blog(),
        OPTIONS,
        theme={"name": theme.name, **theme.options},
        site_url="https://example.org/",
        markdown_extensions=["attr_list"],
    )
    done = subprocess.run(
        [python, "-m", "mkdocs", "build", "-f", config, "-d", folder / "site"],
        env={**environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    for line in done.stderr.splitlines():
        if line.startswith(("WARNING", "ERROR")):
            print(f"{theme.name}: {line}")
    if done.returncode:
        print(f"{theme.name} could not be built: {done.stderr.strip().splitlines()[-1]}")
        return None
    return folder / "site"


def take(browser: Browser, site: Path, name: str, pages: Iterable[str], to: Path) -> None:
    """Write pictures of pages of a site, whose names begin with `name`."""
    with serve(site) as address:
        for width, height in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            # Other hosts are not asked, because a page would wait for fonts that cannot come.
            page.route(lambda url: not url.startswith(address), lambda route: route.abort())
            for shown in pages:
                page.goto(address + PATHS[shown], wait_until="load")
                path = to / f"{name}-{shown.replace(' ', '-').replace(':', '')}-{width}.png"
                page.screenshot(path=path, full_page=True, animations="disabled")
            page.close()


def build_all(themes: Iterable[Theme], folder: Path) -> Iterator[tuple[str, Path]]:
    for theme in themes:
        made = folder / f"{theme.name}-python"
        left_out = MATERIAL if theme.name == "materialx" else frozenset[str]()
        if refusal := make(made, Packages(theme.packages, left_out)):
            print(f"{theme.name} could not be installed: {refusal}")
        elif site := build(theme, made / "bin" / "python", folder / theme.name):
            yield theme.name, site


def main() -> int:
    names = [theme.name for theme in THEMES]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the pictures are written")
    parser.add_argument("themes", nargs="*", metavar="THEME", help=f"one of {', '.join(names)}")
    parser.add_argument("--all", action="store_true", help="every type of page")
    parser.add_argument("--sites", type=Path, help="keep the built sites here")
    chosen = parser.parse_args()
    if unknown := set(chosen.themes) - set(names):
        parser.error(f"unknown theme {', '.join(sorted(unknown))}; known are {', '.join(names)}")
    themes = [one for one in THEMES if not chosen.themes or one.name in chosen.themes]
    pages = list(PATHS) if chosen.all else list(SHOWN)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        parser.error("Chromium is missing: apt-get install chromium-headless-shell")
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        taken = 0
        for name, site in build_all(themes, chosen.sites or Path(work)):
            take(browser, site, name, pages, chosen.folder)
            print(f"{name}: {len(pages) * len(WIDTHS)} pictures")
            taken += 1
        browser.close()
    return 0 if taken == len(themes) else 1


if __name__ == "__main__":
    sys.exit(main())

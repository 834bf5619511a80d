"""Small review sites, built by MkDocs and Material, for tests that need the real thing.

Instant navigation and the palette toggle are on, as on most sites that have comments.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from tests.comments.services.http import HOST, port_of
from tests.plugin.sites import Site, review
from tests.plugin.sites import build_site as build

TITLES = ("Dune", "Emma", "Beloved")
"""The reviews of a site; `visit` goes from each to each."""

_AUTHORS = {"Dune": "Frank Herbert", "Emma": "Jane Austen", "Beloved": "Toni Morrison"}

_LINKS = " · ".join(f"[Read {title}]({title.lower()}.md)" for title in TITLES)

_THEME = {
    "name": "material",
    "font": False,
    "features": ["navigation.instant"],
    "palette": [
        {"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "Go dark"}},
        {"scheme": "slate", "toggle": {"icon": "material/weather-sunny", "name": "Go light"}},
    ],
}

_built: dict[str, Path] = {}


def pages(**keys: Mapping[str, object]) -> dict[str, str]:
    """Return the pages of a site: a home page, and a review for each of `TITLES`.

    `keys` are front matter of reviews by title, such as `Dune={"comments": {"id": "/arrakis/"}}`.
    """
    reviews = {
        f"reviews/{title.lower()}.md": review(title, author, _body(title), **keys.get(title, {}))
        for title, author in _AUTHORS.items()
    }
    return {"index.md": "# Shelf\n\n" + _LINKS.replace("](", "](reviews/"), **reviews}


def _body(title: str) -> str:
    return f"# {title}\n\nWhat {title} says of us.\n\n{_LINKS}"


def site_url(at: str = "/", name: str = "site") -> str:
    """Return the address at which a `StaticSite` with the same arguments serves."""
    return f"http://{HOST}:{port_of(name)}{at}"


def consent(*services: str) -> dict[str, Any]:
    """Return the `extra` with which Material asks for consent, per cookie of that name."""
    cookies = {name: {"name": name.title(), "checked": False} for name in services}
    about = {"title": "Cookies", "description": "May we load comments?", "cookies": cookies}
    return {"consent": about}


def build_site(
    folder: Path,
    comments: object = None,
    pages: Mapping[str, str] = pages(),
    *,
    options: Mapping[str, object] | None = None,
    may_warn: bool = False,
    **config: Any,
) -> Path:
    """Build a site in `folder`, or return the one that was built with equal arguments before.

    Tests of a process share it, so that none may change it. `comments` and `options` are those of
    the plugin, `config` are other settings of `mkdocs.yml`. Fail with the messages of the plugin if
    it warns, because a site with a wrong option has no comment sections to test.
    """
    key = json.dumps([comments, pages, options, config], sort_keys=True, default=str)
    site = _built.get(key)
    if site is None or not site.exists():
        site = _built[key] = _build(folder, comments, pages, options, may_warn, config)
    return site


def _build(
    folder: Path,
    comments: object,
    pages: Mapping[str, str],
    options: Mapping[str, object] | None,
    may_warn: bool,
    config: Mapping[str, Any],
) -> Path:
    made = Site(folder)
    plugin = {**({"comments": comments} if comments is not None else {}), **(options or {})}
    defaults: dict[str, Any] = {"site_url": site_url(), "theme": _THEME}
    try:
        build(folder, pages, plugin or None, into=made, **{**defaults, **config})
    except Abort as error:
        raise AssertionError(made.messages) from error
    assert may_warn or not made.warnings, made.warnings
    return folder / "site"


def policy(site: Path, **hosts: str) -> str:
    """Return a Content-Security-Policy for a built site, without `unsafe-inline` for scripts.

    It allows the site itself, and Material's inline scripts by their hashes. `hosts` are what a
    provider needs more, by directive: `frame_src="https://giscus.app"`. Styles in attributes stay
    allowed, because MkDocs' pages may have them; those in elements do not.
    """
    own = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *sorted(_hashes(site, "script"))]),
        "style-src": " ".join(["'self'", *sorted(_hashes(site, "style"))]),
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data:",
    }
    for name, values in hosts.items():
        directive = name.replace("_", "-")
        own[directive] = f"{own.get(directive, '')} {values}".strip()
    return "; ".join(f"{name} {values}" for name, values in own.items())


def _hashes(site: Path, tag: str) -> set[str]:
    """Return the hashes of all inline elements of a kind, as a policy names them."""
    found: set[str] = set()
    for file in sorted(site.rglob("*.html")):
        for node in LexborHTMLParser(file.read_text("utf-8")).css(f"{tag}:not([src])"):
            digest = sha256(node.text(strip=False).encode()).digest()
            found.add(f"'sha256-{b64encode(digest).decode()}'")
    return found


def visit(page: Page, title: str) -> None:
    """Click the link to another review, and wait until instant navigation shows it."""
    page.evaluate("window.sameDocument = true")
    page.click(f".md-content a:text-is('Read {title}')")
    page.wait_for_selector(f"h1:text-is('{title}')")
    assert page.evaluate("window.sameDocument"), "The browser loaded the page anew."


def toggle_palette(page: Page) -> str:
    """Click the palette toggle, and return the scheme that the page has then."""
    page.click("form[data-md-component=palette] label:visible")
    return str(page.evaluate("document.body.dataset.mdColorScheme"))

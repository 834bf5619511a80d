"""What browser tests do with the comment section of a page that MkDocs and Material built."""

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page

SECTION = ".bookreview-comments"
BUTTON = f"{SECTION}__button"
STATUS = f"{SECTION}__status"
LIVE = f"{SECTION}__live"

_INLINE = re.compile(r"<(script|style)(?:\s[^>]*)?>(.*?)</\1>", re.DOTALL)


def state(page: Page) -> str | None:
    return page.locator(SECTION).get_attribute("data-state")


def wait_for(page: Page, name: str) -> None:
    """Wait until the section has this state."""
    page.wait_for_selector(f"{SECTION}[data-state={name}]", state="attached")


def show(page: Page) -> None:
    """Press the button, and wait until the comments can be read."""
    page.click(BUTTON)
    wait_for(page, "ready")


def note_errors(page: Page) -> list[str]:
    """Return a list to which all errors that the page throws are added."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def note_strangers(page: Page, own: str) -> list[str]:
    """Return a list to which all requests to other servers than our own are added."""
    asked: list[str] = []
    page.on("request", lambda one: None if one.url.startswith(own) else asked.append(one.url))
    return asked


def note_violations(page: Page) -> list[str]:
    """Return a list to which the console's words on a broken Content-Security-Policy are added."""
    found: list[str] = []
    page.on("console", lambda line: found.append(line.text) if "violates" in line.text else None)
    return found


def policy(site: Path, hosts: Mapping[str, tuple[str, ...]]) -> str:
    """Return a Content-Security-Policy that permits the site itself and `hosts`, no inline code.

    Scripts and styles that MkDocs' theme has in its pages are permitted by their digests.
    """
    digests: dict[str, set[str]] = {"script": set(), "style": set()}
    for path in site.rglob("*.html"):
        for kind, text in _INLINE.findall(path.read_text("utf-8")):
            digest = b64encode(sha256(text.encode()).digest()).decode()
            digests[kind].add(f"'sha256-{digest}'")
    own = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *sorted(digests["script"])),
        "style-src": ("'self'", *sorted(digests["style"])),
        "connect-src": ("'self'",),
        "img-src": ("'self'", "data:"),
        "worker-src": ("'self'",),
    }
    names = {**own, **hosts}
    parts = {name: (*own.get(name, ()), *hosts.get(name, ())) for name in names}
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in parts.items())
